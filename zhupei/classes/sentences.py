"""How each event reads in the timeline, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from zhupei.classes.events import ClassEvent, EnrolmentEvent, InvitationEvent

SENTENCES = {
    ClassEvent.DRAFTED: _("%(actor)s 起草开班计划"),
    ClassEvent.CHANGED: _("%(actor)s 修改计划：%(fields)s"),
    ClassEvent.TIMETABLED: _("%(actor)s 排课，共 %(lessons)s 节、%(hours)s 学时"),
    ClassEvent.SUBMITTED: _("%(actor)s 第 %(round)s 次提交审核"),
    ClassEvent.FILED: _("%(actor)s 第 %(round)s 次提交备案，计划生效"),
    ClassEvent.WITHDRAWN: _("%(actor)s 收回提交，继续修改"),
    ClassEvent.APPROVED: _("%(actor)s 通过开班计划"),
    ClassEvent.RETURNED: _("%(actor)s 退回补正：%(note)s"),
    ClassEvent.REVOKED: _("%(actor)s 撤回许可：%(note)s"),
    ClassEvent.CANCELLED: _("%(actor)s 取消班级：%(note)s"),
    ClassEvent.FINISHED: _("%(actor)s 办理结班"),
    ClassEvent.OVERDUE: _("审核超过时限，已提醒审核员并报告自治区住建厅"),
    ClassEvent.DOCUMENT_ATTACHED: _("%(actor)s 上传“%(name)s”"),
    ClassEvent.DOCUMENT_REMOVED: _("%(actor)s 删除“%(name)s”"),
    ClassEvent.INVITED: _("%(actor)s 导入名册，向 %(count)s 人发出邀请"),
    ClassEvent.IDENTITIES_VIEWED: _("%(actor)s 查看了名册上 %(count)s 人的完整证件号码"),
    EnrolmentEvent.ENROLLED: _("%(actor)s 报名参加"),
    EnrolmentEvent.WITHDRAWN: _("%(actor)s 退出本班"),
    InvitationEvent.CONFIRMED: _("%(actor)s 确认了邀请"),
    InvitationEvent.DECLINED: _("%(actor)s 不参加，谢绝邀请"),
}
