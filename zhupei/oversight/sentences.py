"""How the events of oversight read."""

from django.utils.translation import gettext_lazy as _

from zhupei.oversight.events import BasisEvent, HandoverEvent, MeasureEvent

SENTENCES = {
    MeasureEvent.DRAFTED: _("%(actor)s 拟采取%(kind)s"),
    MeasureEvent.EDITED: _("%(actor)s 修改了事实或者依据"),
    MeasureEvent.PAPER_ADDED: _("%(actor)s 提交材料“%(file)s”"),
    MeasureEvent.SEEN: _("%(actor)s 查看了“%(file)s”"),
    MeasureEvent.URGENT: _("%(actor)s 因情况紧急先行暂停：“%(note)s”"),
    MeasureEvent.NOTICED: _("%(actor)s 告知事实、依据和陈述申辩的权利，期限到 %(until)s"),
    MeasureEvent.STATED: _("%(actor)s 陈述申辩"),
    MeasureEvent.HEARING_CALLED: _("%(actor)s 通知听证：%(when)s，%(place)s"),
    MeasureEvent.HEARD: _("%(actor)s 记录听证情况"),
    MeasureEvent.DECIDED: _("%(actor)s 决定%(kind)s：“%(note)s”"),
    MeasureEvent.SERVED: _("%(actor)s 送达决定（%(how)s）"),
    MeasureEvent.ACKNOWLEDGED: _("%(actor)s 签收决定"),
    MeasureEvent.DONE: _("%(actor)s 确认执行完毕：“%(note)s”"),
    MeasureEvent.LIFTED: _("%(actor)s 解除措施：“%(note)s”"),
    MeasureEvent.DROPPED: _("%(actor)s 不予采取措施：“%(note)s”"),
    MeasureEvent.REVOKED: _("%(actor)s 撤销决定：“%(note)s”"),
    HandoverEvent.DRAFTED: _("%(actor)s 拟移送%(receiver)s"),
    HandoverEvent.PAPER_ADDED: _("%(actor)s 加入证据“%(title)s”"),
    HandoverEvent.PAPER_REMOVED: _("%(actor)s 删除证据“%(title)s”"),
    HandoverEvent.SEEN: _("%(actor)s 查看了“%(file)s”"),
    HandoverEvent.SENT: _("%(actor)s 移送%(receiver)s，附证据 %(count)s 件"),
    HandoverEvent.RECEIVED: _("%(actor)s 回执接收 %(receipt)s"),
    HandoverEvent.DECLINED: _("%(actor)s 退回，不接收：“%(note)s”"),
    HandoverEvent.REPORTED: _("%(actor)s 反馈%(step)s（%(day)s）"),
    HandoverEvent.FILED: _("%(actor)s 反馈立案，决定期限到 %(until)s"),
    HandoverEvent.PENALISED: _("%(actor)s 反馈已作出处罚：“%(note)s”"),
    HandoverEvent.CLEARED: _("%(actor)s 反馈不予处罚：“%(note)s”"),
    HandoverEvent.REVOKED: _("%(actor)s 反馈处罚决定已撤销：“%(note)s”"),
    HandoverEvent.CANCELLED: _("%(actor)s 取消移送：“%(note)s”"),
    BasisEvent.ENTERED: _("%(actor)s 登记法律依据"),
    BasisEvent.CHANGED: _("%(actor)s 修改法律依据：%(changed)s"),
}
