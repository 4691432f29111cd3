"""Clocks of reviews, appeals and cases. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

REVIEW_WINDOW = Parameter(
    key="appeals.review_window",
    label=_("成绩公布后多少个工作日内可以申请复核"),
    default=5,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=60,
)
REVIEW_DAYS = Parameter(
    key="appeals.review_days",
    label=_("考核机构办理复核的时限"),
    default=5,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=60,
)
APPEAL_WINDOW = Parameter(
    key="appeals.appeal_window",
    label=_("收到复核结果后多少个工作日内可以向住建局申诉"),
    default=5,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=60,
)
APPEAL_DAYS = Parameter(
    key="appeals.appeal_days",
    label=_("住建局办理申诉的时限"),
    default=10,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=90,
)
STATEMENT_DAYS = Parameter(
    key="appeals.statement_days",
    label=_("违纪告知后陈述申辩的时限"),
    default=5,
    unit=_("个工作日"),
    source="处理前告知、听取陈述申辩是通行要求，天数自治区没有规定，平台建议值",
    minimum=1,
    maximum=30,
)
RECORD_YEARS = Parameter(
    key="appeals.record_years",
    label=_("一般作弊行为的记录保留多久"),
    default=5,
    unit=_("年"),
    source="借用《专业技术人员资格考试违纪违规行为处理规定》（人社部令第31号）第七条",
    minimum=1,
    maximum=20,
)
ROUND_DAYS = Parameter(
    key="appeals.round_days",
    label=_("同一次考核的各科最多相隔几天"),
    default=30,
    unit=_("天（同一岗位、同一考核机构）"),
    source="“当次全部科目”的范围自治区没有规定，平台建议值",
    minimum=0,
    maximum=180,
)
