"""How each event reads in the timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.filings.events import FilingEvent as E

SENTENCES = {
    E.DRAFTED: _("%(actor)s 起草异地备案"),
    E.CHANGED: _("%(actor)s 修改：%(fields)s"),
    E.PAPER_ATTACHED: _("%(actor)s 上传“%(name)s”"),
    E.PAPER_REMOVED: _("%(actor)s 删除“%(name)s”"),
    E.SUBMITTED: _("%(actor)s 第 %(round)s 次提交，由%(department)s办理"),
    E.WITHDRAWN: _("%(actor)s 收回提交，继续修改"),
    E.RETURNED: _("%(actor)s 退回补正：%(note)s"),
    E.ACCEPTED: _("%(actor)s 准予备案"),
    E.COPIED: _("备案信息抄送 %(recipients)s"),
    E.COPY_READ: _("%(actor)s 打开了抄送件"),
    E.REVOKED: _("%(actor)s 撤销备案：%(note)s"),
    E.CANCELLED: _("%(actor)s 取消备案：%(note)s"),
    E.OVERDUE: _("办理超过时限，已提醒人社部门并报告自治区住建厅"),
}
