"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.attendance.events import AttendanceEvent as E
from zhupei.attendance.events import CorrectionEvent as C

SENTENCES = {
    E.SIGNED_IN: _("%(actor)s 签到：%(lesson)s（%(method)s）"),
    E.HELD: _(
        "%(actor)s 签到：%(lesson)s（%(method)s）；同一部手机已有 %(others)s 人签到，等教师确认"
    ),
    E.SIGNED_OUT: _("%(actor)s 签退：%(lesson)s"),
    E.PRESENCE_CONFIRMED: _("%(actor)s 确认 %(learner)s 在场：%(lesson)s"),
    E.PRESENCE_DENIED: _("%(actor)s 没有看到 %(learner)s 在场：%(lesson)s。%(note)s"),
    E.STAY_CONFIRMED: _("%(actor)s 确认 %(learner)s 没有签退但上到下课：%(lesson)s"),
    E.MARKED: _("%(actor)s 离线点名 %(learner)s：%(lesson)s，%(after)s"),
    E.CORRECTED: _(
        "%(actor)s 更正 %(learner)s 的考勤：%(lesson)s，%(before)s 改为 %(after)s。%(note)s"
    ),
    C.PROPOSED: _(
        "%(actor)s 提出更正 %(learner)s 的考勤：%(lesson)s，%(before)s 改为 %(after)s。%(note)s"
    ),
    C.CONFIRMED: _("%(actor)s 确认了 %(learner)s 的更正：%(lesson)s，%(change)s"),
    C.REJECTED: _("%(actor)s 没有同意 %(learner)s 的更正：%(lesson)s，%(change)s。%(note)s"),
    C.TAKEN_BACK: _("%(actor)s 收回了 %(learner)s 的更正：%(lesson)s，%(change)s"),
    C.SHEET_ENTERED: _("%(actor)s 录入纸质签到表 %(number)s：%(lesson)s，%(count)s 人"),
}
