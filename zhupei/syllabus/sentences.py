"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.syllabus.events import SyllabusEvent as E

SENTENCES = {
    E.DRAFTED: _("%(actor)s 起草了大纲"),
    E.CHANGED: _("%(actor)s 修改了大纲"),
    E.PUBLISHED: _("%(actor)s 发布了大纲"),
    E.RETIRED: _("%(actor)s 停用了大纲：%(note)s"),
}
