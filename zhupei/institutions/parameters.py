"""The figures institutions are judged by, each with its source."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter, Setting, settings_of
from zhupei.institutions.rules.grades import Scale
from zhupei.institutions.rules.staffing import Limits

NOTICE = "2023 年度评估通报"

MANAGERS = Parameter(
    "institutions.managers_least",
    _("专职管理人员至少"),
    default=3,
    unit=_("人"),
    source=f"{NOTICE}一（一）1（3 名以上专职管理人员）",
    confidence="practice",
    minimum=1,
    maximum=20,
)
MANAGERS_PER_CATEGORY = Parameter(
    "institutions.managers_per_further_category",
    _("每增加一类培训增加的专职管理人员"),
    default=1,
    unit=_("人"),
    source=f"{NOTICE}一（一）1（每增加一类培训增 1 名）",
    confidence="practice",
    minimum=0,
    maximum=10,
)
HEAD_YEARS = Parameter(
    "institutions.head_years",
    _("负责人从事教学管理至少"),
    default=2,
    unit=_("年"),
    source=f"{NOTICE}一（一）1（2 年及以上教学管理经验）",
    confidence="practice",
    minimum=0,
    maximum=20,
)
TEACHERS_PER_TRADE = Parameter(
    "institutions.teachers_per_trade",
    _("每个专业工种的师资至少"),
    default=2,
    unit=_("人"),
    source=f"{NOTICE}一（一）2（各专业工种师资不少于 2 人）",
    confidence="practice",
    minimum=1,
    maximum=20,
)
INSURANCE_LAG = Parameter(
    "institutions.insurance_lag",
    _("社保缴费记录至多滞后"),
    default=60,
    unit=_("天"),
    source=f"{NOTICE}一（一）2（专职师资社保缴费记录，未定期限，建议值）",
    minimum=0,
    maximum=366,
)
POINTS_BASICS = Parameter(
    "institutions.points_basics",
    _("评估分值：基本条件"),
    default=40,
    unit=_("分"),
    source=f"{NOTICE}一（百分制打分方式）",
    confidence="practice",
    minimum=0,
    maximum=100,
)
POINTS_TEACHING = Parameter(
    "institutions.points_teaching",
    _("评估分值：教学管理"),
    default=50,
    unit=_("分"),
    source=f"{NOTICE}一（百分制打分方式）",
    confidence="practice",
    minimum=0,
    maximum=100,
)
POINTS_BUREAU = Parameter(
    "institutions.points_bureau",
    _("评估分值：属地住建局评价"),
    default=10,
    unit=_("分"),
    source=f"{NOTICE}一（百分制打分方式）",
    confidence="practice",
    minimum=0,
    maximum=100,
)
POINTS_BONUS = Parameter(
    "institutions.points_bonus",
    _("评估加分至多"),
    default=10,
    unit=_("分"),
    source=f"{NOTICE}一（加分项，未定上限，建议值）",
    minimum=0,
    maximum=50,
)
POINTS_TOTAL = Parameter(
    "institutions.points_total",
    _("评估总分至多"),
    default=100,
    unit=_("分"),
    source=f"{NOTICE}一（百分制；加分后的上限为建议值）",
    minimum=100,
    maximum=200,
)
GRADE_A = Parameter(
    "institutions.grade_a",
    _("A 类机构至少"),
    default=85,
    unit=_("分"),
    source=f"{NOTICE}一（分 A、B、C 三类，未定分数线，建议值）",
    minimum=0,
    maximum=200,
)
GRADE_B = Parameter(
    "institutions.grade_b",
    _("B 类机构至少"),
    default=70,
    unit=_("分"),
    source=f"{NOTICE}一（分 A、B、C 三类，未定分数线，建议值）",
    minimum=0,
    maximum=200,
)
GRADE_C = Parameter(
    "institutions.grade_c",
    _("C 类机构至少"),
    default=60,
    unit=_("分"),
    source=f"{NOTICE}一（分 A、B、C 三类，未定分数线，建议值）",
    minimum=0,
    maximum=200,
)
LICENCE_WARNINGS = tuple(
    Parameter(
        f"institutions.licence_warning_{nth}",
        label,
        default=days,
        unit=_("天"),
        source="第九条（取得许可证后方可培训；未定提醒期限，建议值）",
        minimum=1,
        maximum=366,
    )
    for nth, label, days in (
        (1, _("办学许可证到期前第一次提醒"), 90),
        (2, _("办学许可证到期前第二次提醒"), 30),
        (3, _("办学许可证到期前最后一次提醒"), 7),
    )
)

STAFFING = (MANAGERS, MANAGERS_PER_CATEGORY, HEAD_YEARS, TEACHERS_PER_TRADE, INSURANCE_LAG)
GRADING = (
    POINTS_BASICS,
    POINTS_TEACHING,
    POINTS_BUREAU,
    POINTS_BONUS,
    POINTS_TOTAL,
    GRADE_A,
    GRADE_B,
    GRADE_C,
)


def limits(on: date | None = None, settings: Mapping[str, Setting] | None = None) -> Limits:
    """What staff is judged by on a day; from ``settings`` where they are known already."""
    known = settings_of(*STAFFING, on=on) if settings is None else settings
    return Limits(*(known[parameter.key].value for parameter in STAFFING))


def staffing_facts() -> dict[str, Any]:
    """The figures staff is judged by today, as an event keeps them."""
    return {key: setting.as_fact() for key, setting in settings_of(*STAFFING).items()}


def scale(on: date | None = None) -> Scale:
    """What points are worth on a day."""
    settings = settings_of(*GRADING, on=on)
    return Scale(*(settings[parameter.key].value for parameter in GRADING))


def warn_at(on: date | None = None) -> list[int]:
    """How many days before its end a licence is warned of."""
    settings = settings_of(*LICENCE_WARNINGS, on=on)
    return [settings[parameter.key].value for parameter in LICENCE_WARNINGS]
