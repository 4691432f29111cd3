"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.organizations.events import OrganizationEvent as E

SENTENCES = {
    E.REGISTERED: _("%(actor)s 登记了 %(thing)s"),
    E.MEMBER_JOINED: _("%(actor)s 让 %(member)s 担任%(role)s"),
    E.PARAMETER_SET: _(
        "%(actor)s 把“%(label)s”定为 %(value)s，%(valid_from)s 起生效（依据：%(source)s）"
    ),
}
