"""How each event reads in the timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.assistance.events import AssistanceEvent as E
from zhupei.assistance.events import PairingEvent as P

SENTENCES = {
    P.ASSIGNED: _("%(actor)s 指定%(organization)s对口帮扶%(county)s，%(since)s起：%(ground)s"),
    P.ENDED: _("%(actor)s 结束对口关系，到 %(until)s：%(note)s"),
    E.DRAFTED: _("%(actor)s 登记帮扶"),
    E.CHANGED: _("%(actor)s 修改帮扶记录"),
    E.EVIDENCE_ADDED: _("%(actor)s 上传凭据“%(name)s”"),
    E.EVIDENCE_REMOVED: _("%(actor)s 删除凭据“%(name)s”"),
    E.SUBMITTED: _("%(actor)s 报送，申报 %(count)s 人次"),
    E.RETURNED: _("%(actor)s 退回补充：%(note)s"),
    E.CONFIRMED: _("%(actor)s 确认，计 %(count)s 人次"),
    E.REVOKED: _("%(actor)s 撤销确认：%(note)s"),
    E.CANCELLED: _("%(actor)s 取消：%(note)s"),
    E.OVERDUE: _("超过确认期限 %(due)s 未确认，已提醒住建局"),
}
