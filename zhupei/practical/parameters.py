"""The figures of practical exams. Most are proposals until the department sets them."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.syllabus.models import Category

PASS_MARK = Parameter(
    key="practical.pass_mark",
    label=_("实操考核合格线"),
    default=60,
    unit=_("分（满分 100）"),
    source="技能鉴定通例（理论、实操各 60 分，两项都合格），自治区没有规定",
    confidence="practice",
    minimum=1,
    maximum=100,
)
DEVIATION = Parameter(
    key="practical.deviation",
    label=_("两名考评员总分相差超过多少分要第三人评"),
    default=Decimal(10),
    unit=_("分"),
    source="平台建议值",
    minimum=1,
    maximum=50,
)
THIRD = Parameter(
    key="practical.third",
    label=_("有第三人时怎样定成绩"),
    default="median",
    unit="",
    source="平台建议值",
    choices=(("median", _("三人成绩的中位数")), ("nearest", _("最接近的两人的平均"))),
)
PRACTICE_SHARE = Parameter(
    key="practical.practice_share",
    label=_("参加实操考核须完成的实操学时比例"),
    default=90,
    unit=_("%（占大纲实操学时）"),
    source="平台建议值，与 exams.hours_share 相同",
    per_prefecture=True,
    minimum=0,
    maximum=100,
)
THEORY_FIRST = Parameter(
    key="practical.theory_first",
    label=_("理论考核合格后才能参加实操考核"),
    default="no",
    unit="",
    source="平台建议值",
    choices=(("no", _("不要求")), ("yes", _("要求"))),
    per_prefecture=True,
)
STATIONS_AT_ONCE = Parameter(
    key="practical.stations_at_once",
    label=_("一名考评员最多同时看几个工位"),
    default=4,
    unit=_("个"),
    source="平台建议值",
    minimum=1,
    maximum=10,
)
EARLY_MINUTES = Parameter(
    key="practical.early_minutes",
    label=_("轮次开始前多久可以签到和评分"),
    default=60,
    unit=_("分钟"),
    source="平台建议值",
    minimum=0,
    maximum=240,
)
LATE_HOURS = Parameter(
    key="practical.late_hours",
    label=_("轮次结束后多久还可以评分"),
    default=12,
    unit=_("小时"),
    source="平台建议值",
    minimum=0,
    maximum=72,
)
OFFLINE_HOURS = Parameter(
    key="practical.offline_hours",
    label=_("离线评分最迟多久上传"),
    default=72,
    unit=_("小时（轮次结束后）"),
    source="平台建议值",
    minimum=1,
    maximum=240,
)
WARN_MINUTES = Parameter(
    key="practical.warn_minutes",
    label=_("任务时限到前几分钟提醒考评员"),
    default=5,
    unit=_("分钟"),
    source="平台建议值",
    minimum=1,
    maximum=30,
)
GOOD_MONTHS = Parameter(
    key="practical.good_months",
    label=_("实操合格多久内可以发证"),
    default=24,
    unit=_("个月"),
    source="平台建议值",
    minimum=1,
    maximum=120,
)

WAYS = (("theory", _("只考理论")), ("both", _("理论和实操都要合格")))
SOURCE = "技能鉴定通例：技能工种理论、实操都考；其余类别为平台建议值"


def _needed(category: Category, label: str | Promise, default: str) -> Parameter:
    return Parameter(
        key=f"practical.needed_{category}",
        label=label,
        default=default,
        unit="",
        source=SOURCE,
        choices=WAYS,
    )


NEEDED = {  # by category: what a certificate rests on
    one: _needed(one, label, default)
    for one, label, default in [
        (Category.TRADE, _("技能工人发证须通过的考核"), "both"),
        (Category.MUNICIPAL, _("市政公用工种发证须通过的考核"), "both"),
        (Category.SITE_POST, _("施工现场专业人员发证须通过的考核"), "theory"),
        (Category.CONTINUING, _("继续教育发证须通过的考核"), "theory"),
    ]
}
