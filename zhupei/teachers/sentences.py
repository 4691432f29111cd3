"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.teachers.events import TeacherEvent as E

SENTENCES = {
    E.ADMITTED: _("%(actor)s 把 %(thing)s 收入师资库"),
    E.ENGAGED: _("%(actor)s 聘用了教师 %(thing)s"),
}
