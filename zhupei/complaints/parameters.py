"""Clocks and limits of complaints. What no rule of the region says is a proposal."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

_NONE = "自治区没有规定，平台建议值"
_WORKDAYS = _("个工作日")

ASSIGN_DAYS = Parameter(
    key="complaints.assign_days",
    label=_("收到投诉后多少个工作日内分派到人"),
    default=1,
    unit=_WORKDAYS,
    source=_NONE,
    per_prefecture=True,
    minimum=1,
    maximum=15,
)
REPLY_DAYS = Parameter(
    key="complaints.reply_days",
    label=_("收到投诉后多少个工作日内首次答复"),
    default=5,
    unit=_WORKDAYS,
    source=f"{_NONE}；市场监管实名举报 5 个工作日告知是否立案，供参考",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
CLOSE_DAYS = Parameter(
    key="complaints.close_days",
    label=_("收到投诉后多少个工作日内答复结果"),
    default=15,
    unit=_WORKDAYS,
    source=f"{_NONE}；12345 热线各地 13–20 个工作日，供参考",
    per_prefecture=True,
    minimum=1,
    maximum=90,
)
NOTICE_DAYS = Parameter(
    key="complaints.notice_days",
    label=_("收到投诉后多少天内书面告知是否受理"),
    default=15,
    unit=_("天"),
    source="《信访工作条例》（登记后 15 日内书面告知），借用",
    confidence="law",
    minimum=1,
    maximum=15,
)
WARN_DAYS = Parameter(
    key="complaints.warn_days",
    label=_("办结时限前多少个工作日提醒"),
    default=3,
    unit=_WORKDAYS,
    source=_NONE,
    minimum=1,
    maximum=10,
)
ANSWER_DAYS = Parameter(
    key="complaints.answer_days",
    label=_("被投诉机构说明情况的时限"),
    default=5,
    unit=_WORKDAYS,
    source=_NONE,
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
REOPEN_DAYS = Parameter(
    key="complaints.reopen_days",
    label=_("收到答复后多少个工作日内可以要求重新办理"),
    default=15,
    unit=_WORKDAYS,
    source=f"{_NONE}；《信访工作条例》复查申请 30 日，供参考",
    minimum=1,
    maximum=60,
)
REOPEN_TIMES = Parameter(
    key="complaints.reopen_times",
    label=_("同一件投诉最多重新办理几次"),
    default=1,
    unit=_("次"),
    source=f"{_NONE}；仍不服的可以走信访或复议",
    minimum=0,
    maximum=5,
)
FILM_MEGABYTES = Parameter(
    key="complaints.film_megabytes",
    label=_("投诉人一段录像或录音最大多少"),
    default=100,
    unit="MB",
    source="平台建议值：手机 1080p 约一分钟；需要时可以调大，断线续传",
    minimum=10,
    maximum=2000,
)
PICTURES = Parameter(
    key="complaints.pictures",
    label=_("一次最多附几张照片"),
    default=6,
    unit=_("张"),
    source="平台建议值",
    minimum=1,
    maximum=20,
)
FILED_PER_HOUR = Parameter(
    key="complaints.filed_per_hour",
    label=_("同一网络地址每小时最多提交几件投诉"),
    default=20,
    unit=_("件"),
    source="平台建议值：一个班的人可能共用一个网络，不设得太低",
    minimum=1,
    maximum=1000,
)
WRONG_CODES = Parameter(
    key="complaints.wrong_codes",
    label=_("查询码输错几次后要等一刻钟"),
    default=5,
    unit=_("次（同一编号；同一网络地址为四倍）"),
    source="平台建议值：防止逐个试码",
    minimum=3,
    maximum=20,
)
SIMILAR_DAYS = Parameter(
    key="complaints.similar_days",
    label=_("多少天内对同一单位的投诉提示经办人可能重复"),
    default=30,
    unit=_("天"),
    source="平台建议值",
    minimum=1,
    maximum=365,
)
LIKENESS = Parameter(
    key="complaints.likeness_percent",
    label=_("两件投诉的文字多像才提示很可能重复"),
    default=25,
    unit="%",
    source="平台建议值：按相邻两字比对，同一件事各人写法不同，不设得太高",
    minimum=5,
    maximum=95,
)
EXTENSION_DAYS = Parameter(
    key="complaints.extension_days",
    label=_("答复结果的时限最多延长多少天"),
    default=30,
    unit=_("天"),
    source="《信访工作条例》（情况复杂的，经本机关负责人批准可以延长，不超过 30 日），借用",
    confidence="law",
    minimum=1,
    maximum=30,
)
EXTENSION_TIMES = Parameter(
    key="complaints.extension_times",
    label=_("同一件投诉最多延期几次"),
    default=1,
    unit=_("次"),
    source=f"{_NONE}；《信访工作条例》只说可以适当延长",
    minimum=0,
    maximum=3,
)
FEWEST_SHOWN = Parameter(
    key="complaints.fewest_shown",
    label=_("公开统计中少于多少件不显示"),
    default=5,
    unit=_("件"),
    source="个人信息保护法第五十一条（去标识化，未定件数，建议值）",
    minimum=2,
    maximum=50,
)
