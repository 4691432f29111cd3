"""The figures classes are judged by, each with its source."""

from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Mode
from zhupei.core.parameters import Parameter

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
