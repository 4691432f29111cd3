"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.leads.events import LeadEvent as E

SENTENCES = {
    E.FOUND: _("系统按规则“%(rule)s”列出线索，等人判断"),
    E.VIEWED: _("%(actor)s 查看了线索和有关人员的记录"),
    E.CONFIRMED: _("%(actor)s 认为线索成立：“%(note)s”"),
    E.DISMISSED: _("%(actor)s 排除了线索：“%(note)s”"),
    E.REOPENED: _("%(actor)s 重新打开线索：“%(note)s”"),
    E.HANDED_ON: _("%(actor)s 把线索转为“%(organization)s”的问题：“%(text)s”"),
    E.FORGOTTEN: _("排除的线索到期，涉及人员的记录已清除"),
    E.SEARCHED: _("%(actor)s 按规则查了 %(first)s 到 %(last)s 的记录，新线索 %(new)s 条"),
}
