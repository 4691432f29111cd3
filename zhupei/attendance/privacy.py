"""What the tables of attendance say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_HOURS = Personal(
    _("计算本人学时，证明培训真实发生"),
    _("结班后 10 年，随培训档案"),
    what=_("签到和离开时间、方式、学时、更正"),
)
_PHONE = Personal(
    _("看出一部手机替几个人签到；只认得出是同一部，认不出是谁的"),
    _("结班后 10 年，随培训档案"),
    what=_("签到用的手机的随机标记"),
)
_WHO_DID = Personal(
    _("证明更正由谁提出、由谁确认"),
    _("结班后 10 年，随培训档案"),
    what=_("提出、确认和点名的人"),
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
    "attendance.signed_at": _HOURS,
    "attendance.signed_out_at": _HOURS,
    "attendance.device": _PHONE,
    "attendance.waiting": _HOURS,
    "attendance.phones_differ": _HOURS,
    "papersheet.id": None,
    "papersheet.lesson": None,
    "papersheet.photo": _HOURS,
    "papersheet.entered_by": _WHO_DID,
    "papersheet.entered_at": None,
    "correction.id": None,
    "correction.lesson": None,
    "correction.enrolment": _HOURS,
    "correction.sheet": None,
    "correction.was_arrived_at": _HOURS,
    "correction.was_left_at": _HOURS,
    "correction.arrived_at": _HOURS,
    "correction.left_at": _HOURS,
    "correction.note": _HOURS,
    "correction.state": None,
    "correction.proposed_by": _WHO_DID,
    "correction.proposed_at": None,
    "correction.decided_by": _WHO_DID,
    "correction.decided_at": None,
    "rollmark.id": None,
    "rollmark.lesson": None,
    "rollmark.enrolment": _HOURS,
    "rollmark.kind": _HOURS,
    "rollmark.phone": _WHO_DID,
    "rollmark.phone_at": None,
    "rollmark.at": _HOURS,
    "rollmark.clock_error": None,
    "rollmark.made_by": _WHO_DID,
    "rollmark.received_at": None,
}
