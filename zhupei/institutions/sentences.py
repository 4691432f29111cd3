"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.institutions.events import InstitutionEvent as E

SENTENCES = {
    E.ROOM_ADDED: _("%(actor)s 登记了场地 %(room)s，%(seats)s 座"),
    E.LICENCE_ENTERED: _("%(actor)s 登记了办学许可证 %(number)s，有效期至 %(valid_until)s"),
}
