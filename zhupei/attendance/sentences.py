"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.attendance.events import AttendanceEvent as E

SENTENCES = {
    E.SIGNED_IN: _("%(actor)s 签到：%(lesson)s（%(method)s）"),
    E.CORRECTED: _(
        "%(actor)s 更正 %(learner)s 的考勤：%(lesson)s，%(before)s 改为 %(after)s。%(note)s"
    ),
}
