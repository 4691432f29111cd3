"""How each event reads in the timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.inspections.events import DrawEvent as D
from zhupei.inspections.events import InspectionEvent as I
from zhupei.inspections.events import ListEvent as L
from zhupei.inspections.events import PlanEvent as P

SENTENCES = {
    L.DRAFTED: _("%(actor)s 起草抽查事项清单"),
    L.ITEM_ADDED: _("%(actor)s 增加事项“%(item)s”"),
    L.ITEM_CHANGED: _("%(actor)s 修改事项“%(item)s”"),
    L.ITEM_REMOVED: _("%(actor)s 删除事项“%(item)s”"),
    L.PUBLISHED: _("%(actor)s 发布清单，即日起执行"),
    L.REPLACED: _("清单由新版更替"),
    P.DRAFTED: _("%(actor)s 起草年度抽查计划"),
    P.ROW_ADDED: _("%(actor)s 增加“%(row)s”"),
    P.ROW_REMOVED: _("%(actor)s 删除“%(row)s”"),
    P.PUBLISHED: _("%(actor)s 公布年度抽查计划，共 %(draws)s 次"),
    D.DRAFTED: _("%(actor)s 准备一次抽查"),
    D.CHANGED: _("%(actor)s 修改抽查"),
    D.INPUT_NAMED: _("%(actor)s 约定种子来源“%(input)s”"),
    D.INPUT_REMOVED: _("%(actor)s 取消种子来源“%(input)s”"),
    D.FROZEN: _("%(actor)s 冻结名单：%(objects)s 个对象、%(inspectors)s 名检查员，摘要 %(terms)s"),
    D.TYPED: _("%(actor)s 录入“%(input)s”，等第二人录入"),
    D.KNOWN: _("%(actor)s 录入“%(input)s”，值为“%(value)s”"),
    D.DRAWN: _("%(actor)s 抽取 %(sample)s 个对象，种子 %(seed)s"),
    D.FINISHED: _("检查结果全部公示"),
    D.CALLED_OFF: _("%(actor)s 作废这次抽查：%(note)s"),
    I.FILLED: _("%(actor)s 填写检查清单，%(count)s 条"),
    I.RECORDED: _("%(actor)s 记录检查结果：%(outcome)s"),
    I.SIGNED: _("%(actor)s 签字"),
    I.SETTLED: _("检查员全部签字"),
    I.REOPENED: _("%(actor)s 退回修改：%(note)s"),
    I.PUBLISHED: _("%(actor)s 公示检查结果"),
    I.REPLACED: _("%(out)s 不去，由 %(successor)s 接替：%(note)s"),
    I.PICTURE_ADDED: _("%(actor)s 上传“%(name)s”"),
    I.LATE: _("超过时限，已提醒检查员和组织单位，并报告自治区住建厅"),
}
