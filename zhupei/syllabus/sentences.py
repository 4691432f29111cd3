"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.syllabus.events import JobEvent as J
from zhupei.syllabus.events import SyllabusEvent as E
from zhupei.syllabus.events import TextbookEvent as T

SENTENCES = {
    E.DRAFTED: _("%(actor)s 起草了大纲"),
    E.COPIED: _("%(actor)s 从“%(copied_from)s”复制出这一版"),
    E.CHANGED: _("%(actor)s 修改了大纲"),
    E.UNIT_ADDED: _("%(actor)s 加了单元“%(title)s”，理论 %(theory)s、实操 %(practice)s 学时"),
    E.UNIT_CHANGED: _("%(actor)s 修改了单元“%(title)s”"),
    E.UNIT_MOVED: _("%(actor)s 移动了单元“%(title)s”"),
    E.UNIT_REMOVED: _("%(actor)s 删除了单元“%(title)s”"),
    E.TOPIC_ADDED: _("%(actor)s 在“%(unit)s”里加了知识点“%(title)s”"),
    E.TOPIC_CHANGED: _("%(actor)s 修改了知识点“%(title)s”"),
    E.TOPIC_MOVED: _("%(actor)s 移动了知识点“%(title)s”"),
    E.TOPIC_REMOVED: _("%(actor)s 删除了知识点“%(title)s”"),
    E.PUBLISHED: _("%(actor)s 发布了大纲"),
    E.RETIRED: _("%(actor)s 停用了大纲：%(note)s"),
    J.ENTERED: _("%(actor)s 登记了“%(thing)s”"),
    J.CHANGED: _("%(actor)s 修改了“%(thing)s”：%(changes)s"),
    J.CODED: _("%(actor)s 录入了%(system)s：%(code)s（来源：%(source)s）"),
    J.CODE_ENDED: _("%(actor)s 停用了%(system)s：%(code)s"),
    J.SYSTEM_ENTERED: _("%(actor)s 登记了编码体系“%(thing)s”"),
    T.PROPOSED: _("%(actor)s 推荐了教材%(thing)s"),
    T.CHANGED: _("%(actor)s 修改了教材%(thing)s：%(changes)s"),
    T.APPROVED: _("%(actor)s 认定了教材"),
    T.DECLINED: _("%(actor)s 没有认定这本教材：%(note)s"),
    T.RETIRED: _("%(actor)s 停止使用这本教材：%(note)s"),
}
