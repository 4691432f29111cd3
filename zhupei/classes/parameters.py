"""The figures classes are judged by, each with its source."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Mode
from zhupei.core.parameters import Parameter
from zhupei.syllabus.models import Category, Level, Syllabus

MODE = Parameter(
    "classes.mode",
    _("开班计划的受理方式"),
    default=Mode.APPROVAL.value,
    unit="",
    source="第十二条（提交开班计划）；2023 年度评估通报（先申请、审核批准后实施）",
    confidence="proposal",
    choices=tuple(Mode.choices),
    per_prefecture=True,
)
REVIEW_WORKDAYS = Parameter(
    "classes.review_workdays",
    _("开班计划的审核时限"),
    default=5,
    unit=_("个工作日"),
    source="第十二条（未定时限，建议值）",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
TEACHERS = Parameter(
    "classes.teachers_least",
    _("每班任课教师至少"),
    default=2,
    unit=_("人"),
    source="2023 年度评估通报（每专业工种师资不少于 2 人）",
    confidence="practice",
    minimum=1,
    maximum=20,
)
DAILY_HOURS = Parameter(
    "classes.daily_hours_limit",
    _("每天至多排课"),
    default=8,
    unit=_("学时"),
    source="各地培训系统通行做法",
    confidence="practice",
    minimum=1,
    maximum=16,
)
LEARNERS_PER_STATION = Parameter(
    "classes.learners_per_station",
    _("每个实训工位至多"),
    default=4,
    unit=_("人"),
    source="第十三条（场所符合教学和安全要求，未定人数，建议值）",
    minimum=1,
    maximum=20,
)
SECOND_READING_SHARE = Parameter(
    "classes.second_reading_share",
    _("通过的计划由自治区复读的比例"),
    default=5,
    unit="%",
    source="2023 年度评估通报第三部分（一）4（加大抽查力度，未定比例，建议值）",
    minimum=0,
    maximum=100,
)
EVIDENCE_SECONDS = Parameter(
    "classes.evidence_seconds",
    _("每份材料看过多久才算细看（只用于统计）"),
    default=10,
    unit=_("秒"),
    source="2023 年度评估通报第二部分（无审核即通过；未定时长，建议值）",
    minimum=1,
    maximum=600,
)
OFFER_HOURS = Parameter(
    "classes.offer_hours",
    _("候补名额保留"),
    default=24,
    unit=_("小时"),
    source="第十一条（自愿参加，未定时限，建议值）",
    minimum=1,
    maximum=240,
)
STAFFING = Parameter(
    "classes.staffing_stops",
    _("机构人员不符规定时，开班计划"),
    default="warn",
    unit="",
    source="2023 年度评估通报第一部分（一）（管理人员、师资；未定后果，建议值）",
    choices=(("warn", _("可以提交，标明给审核人看")), ("bad", _("不能提交"))),
    per_prefecture=True,
)
LIMITS = (TEACHERS, DAILY_HOURS, LEARNERS_PER_STATION)


class Standard(NamedTuple):
    """What a class of one kind usually has, and where that is written."""

    label: str | Promise
    hours: int
    practice: int
    online: int
    source: str
    confidence: str = "practice"


# Source: project register of facts, §3. Figures of other provinces: samples to be confirmed here.
STANDARDS: Mapping[str, Standard] = {
    "site_post": Standard(
        _("施工现场专业人员"), 24, 0, 50, "江苏做法（新取证 24 学时）", "proposal"
    ),
    "trade_junior": Standard(
        _("技能工人（初级工及以下）"), 40, 60, 40, "淮安市培训补贴目录（初级工 40 课时，实操 60%）"
    ),
    "trade_senior": Standard(
        _("技能工人（中级工及以上）"), 56, 60, 40, "淮安市培训补贴目录（中级工 56 课时，实操 60%）"
    ),
    "municipal": Standard(
        _("市政公用"), 24, 30, 50, "参照施工现场专业人员和技能工人（建议值）", "proposal"
    ),
    "continuing": Standard(_("继续教育"), 32, 0, 100, "安徽、浙江、湖北、陕西做法（每年 32 学时）"),
}
HOURS_LEAST = {
    kind: Parameter(
        f"classes.hours_least.{kind}",
        format_lazy(_("{kind}：总学时至少"), kind=usual.label),
        default=usual.hours,
        unit=_("学时"),
        source=usual.source,
        confidence=usual.confidence,
        minimum=0,
        maximum=1000,
    )
    for kind, usual in STANDARDS.items()
}
PRACTICE_SHARE = {
    kind: Parameter(
        f"classes.practice_share.{kind}",
        format_lazy(_("{kind}：实操至少占"), kind=usual.label),
        default=usual.practice,
        unit="%",
        source=usual.source,
        confidence=usual.confidence,
        minimum=0,
        maximum=100,
    )
    for kind, usual in STANDARDS.items()
}
ONLINE_SHARE = {
    kind: Parameter(
        f"classes.online_share.{kind}",
        format_lazy(_("{kind}：线上至多占"), kind=usual.label),
        default=usual.online,
        unit="%",
        source="第十五条（未定比例，建议值）",
        minimum=0,
        maximum=100,
    )
    for kind, usual in STANDARDS.items()
}
JUNIOR = {Level.HELPER, Level.APPRENTICE, Level.FIVE, ""}


def kind_of(syllabus: Syllabus) -> str:
    """Which of the standards a syllabus is judged by: its category, of trades also its level."""
    category = syllabus.job.category
    if category != Category.TRADE:
        return category
    return "trade_junior" if syllabus.level in JUNIOR else "trade_senior"


def standard(kind: str) -> tuple[Parameter, Parameter, Parameter]:
    """The figures of one kind: hours, practice, online; in the order of ``rules.facts.Limits``."""
    return HOURS_LEAST[kind], PRACTICE_SHARE[kind], ONLINE_SHARE[kind]
