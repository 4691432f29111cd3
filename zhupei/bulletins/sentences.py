"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.bulletins.events import BulletinEvent as E

SENTENCES = {
    E.DRAFTED: _("%(actor)s 起草了“%(thing)s”，数据取自 %(events)s 条记录"),
    E.GATHERED: _("%(actor)s 重新取了数"),
    E.EDITED: _("%(actor)s 改了“%(section)s”的文字"),
    E.ISSUED: _("%(actor)s 印发了“%(thing)s”，文号 %(number)s"),
    E.WITHDRAWN: _("%(actor)s 撤回了“%(thing)s”：%(note)s"),
    E.DISCARDED: _("%(actor)s 作废了草稿"),
}
