"""What the tables of attendance say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_HOURS = Personal(
    _("计算本人学时，证明培训真实发生"),
    _("结班后 10 年，随培训档案"),
    what=_("签到和离开时间、方式、学时、更正"),
)

FIELDS: dict[str, Personal | None] = {
    "attendance.id": None,
    "attendance.lesson": None,
    "attendance.enrolment": _HOURS,
    "attendance.method": _HOURS,
    "attendance.arrived_at": _HOURS,
    "attendance.left_at": _HOURS,
    "attendance.credited_seconds": _HOURS,
    "attendance.corrected": _HOURS,
}
