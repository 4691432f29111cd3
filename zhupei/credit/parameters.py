"""Terms of credit records and clocks of repair.

A term is taken as it was on the day of the decision: a record decided before 2026-04-01 follows
older figures where the region has entered them from an earlier day on.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

ORDER = "《信用修复管理办法》（国家发展和改革委员会令第36号，2026年4月1日起施行）"
CENTURY = 1200  # months


def _months(key: str, label: Promise, default: int, note: str = "") -> Parameter:
    return Parameter(
        key=f"credit.{key}",
        label=label,
        default=default,
        unit=_("个月（自认定之日起）"),
        source=f"{ORDER}{note}",
        confidence="law",
        minimum=0,
        maximum=CENTURY,
    )


MINOR_SHORTEST = _months(
    "minor_shortest",
    _("轻微失信：最短多久后可以申请修复"),
    0,
    "：义务履行完毕即可申请",
)
MINOR_LONGEST = _months(
    "minor_longest",
    _("轻微失信：最长多久（原则上不公示）"),
    3,
    "：原则上不公示，确需公示的不超过3个月",
)
ORDINARY_SHORTEST = _months("ordinary_shortest", _("一般失信：最短公示期"), 3)
ORDINARY_LONGEST = _months("ordinary_longest", _("一般失信：最长公示期"), 12)
SERIOUS_SHORTEST = _months("serious_shortest", _("严重失信：最短公示期"), 12)
SERIOUS_LONGEST = _months("serious_longest", _("严重失信：最长公示期"), 36)
REPAIR_DAYS = Parameter(
    key="credit.repair_days",
    label=_("认定单位办理信用修复申请的时限"),
    default=10,
    unit=_("个工作日"),
    source="办理天数待核对，平台建议值；“谁认定、谁修复”见国家发展改革委令第36号",
    minimum=1,
    maximum=60,
)
OBJECTION_DAYS = Parameter(
    key="credit.objection_days",
    label=_("认定单位办理信用异议的时限"),
    default=10,
    unit=_("个工作日"),
    source="办理天数待核对，平台建议值",
    minimum=1,
    maximum=60,
)
WITHDRAWN_DAYS = Parameter(
    key="credit.withdrawn_days",
    label=_("所依据的决定被撤销后，公示最迟多久撤下（系统随即撤下）"),
    default=3,
    unit=_("个工作日"),
    source="《行政处罚法》第四十八条第二款、第八十五条",
    confidence="law",
    minimum=1,
    maximum=3,
)
