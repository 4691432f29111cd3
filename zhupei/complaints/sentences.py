"""How the events of complaints read. None of them says who complained."""

from django.utils.translation import gettext_lazy as _

from zhupei.complaints.events import ChannelEvent, ComplaintEvent, InquiryEvent

SENTENCES = {
    ComplaintEvent.FILED: _("收到投诉，%(handler)s 办理"),
    ComplaintEvent.TAKEN_DOWN: _("%(actor)s 代为登记（%(channel)s），%(handler)s 办理"),
    ComplaintEvent.ASSIGNED: _("%(actor)s 分派给 %(investigator)s"),
    ComplaintEvent.REASSIGNED: _("%(actor)s 改由 %(investigator)s 办理"),
    ComplaintEvent.TRANSFERRED: _("%(actor)s 转给 %(to)s 办理：“%(note)s”"),
    ComplaintEvent.REFERRED: _("%(actor)s 转出到 %(to)s：“%(note)s”"),
    ComplaintEvent.ACCEPTED: _("%(actor)s 受理"),
    ComplaintEvent.REFUSED: _("%(actor)s 不予受理：%(ground)s"),
    ComplaintEvent.NOTED: _("%(actor)s 写了一条调查记录"),
    ComplaintEvent.ANSWERED: _("%(actor)s 答复了投诉人"),
    ComplaintEvent.ASKED: _("%(actor)s 向被投诉机构询问 %(number)s"),
    ComplaintEvent.DECIDED: _("%(actor)s 认定：%(outcome)s"),
    ComplaintEvent.REPLIED: _("%(actor)s 把结果答复了投诉人"),
    ComplaintEvent.EXTENSION_ASKED: _("%(actor)s 申请延期到 %(until)s：“%(note)s”"),
    ComplaintEvent.EXTENDED: _("%(actor)s 批准延期到 %(until)s：“%(note)s”"),
    ComplaintEvent.EXTENSION_REFUSED: _("%(actor)s 不同意延期：“%(note)s”"),
    ComplaintEvent.JOINED: _("%(actor)s 并入 %(number)s，一并办理和答复"),
    ComplaintEvent.LEADS: _("%(actor)s 把 %(number)s 并入本件"),
    ComplaintEvent.SEPARATED: _("%(actor)s 从 %(number)s 分出，单独办理：“%(note)s”"),
    ComplaintEvent.LEFT: _("%(actor)s 把 %(number)s 从本件分出"),
    ComplaintEvent.ADDED_TO: _("投诉人补充了内容"),
    ComplaintEvent.RATED: _("投诉人评价 %(score)s 分"),
    ComplaintEvent.SATISFIED: _("投诉人评价后办结"),
    ComplaintEvent.REOPENED: _("投诉人要求重新办理"),
    ComplaintEvent.CLOSED: _("答复后期限已过，办结"),
    ComplaintEvent.WARNED: _("离办结时限还有 %(days)s 个工作日以内，已提醒"),
    ComplaintEvent.ESCALATED: _("%(clock)s逾期，已报自治区住建厅"),
    ComplaintEvent.URGED: _("%(actor)s 督办：“%(note)s”"),
    ComplaintEvent.FOUND: _("%(actor)s 把查实的情况立为问题，要求整改"),
    ComplaintEvent.IDENTITY_SEEN: _("%(actor)s 查看了投诉人身份：“%(note)s”"),
    ComplaintEvent.PAPER_SEEN: _("%(actor)s 查看了投诉材料"),
    ComplaintEvent.EXPORTED: _("%(actor)s 导出了 %(count)s 件投诉的清单"),
    InquiryEvent.ASKED: _("%(actor)s 发出询问，限 %(until)s 前说明"),
    InquiryEvent.ANSWERED: _("%(actor)s 作了说明"),
    InquiryEvent.PAPER_SEEN: _("%(actor)s 查看了材料“%(file)s”"),
    ChannelEvent.CHANGED: _("%(actor)s 更新了投诉渠道：%(phone)s，%(hours)s"),
}
