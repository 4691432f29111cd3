"""How the events of credit records read."""

from django.utils.translation import gettext_lazy as _

from zhupei.credit.events import GradeEvent, ObjectionEvent, RecordEvent, RepairEvent

SENTENCES = {
    RecordEvent.ENTERED: _("%(actor)s 登记%(seriousness)s失信记录：%(ground)s"),
    RecordEvent.AMENDED: _("%(actor)s 更正信用记录：%(changed)s"),
    RecordEvent.REPAIRED: _("修复完成，停止公示和使用"),
    RecordEvent.EXPIRED: _("最长期限已满，自动停止公示和使用"),
    RecordEvent.WITHDRAWN: _("%(actor)s 撤销信用记录：“%(note)s”"),
    RecordEvent.FELL: _("所依据的决定已撤销，记录随之撤下"),
    RecordEvent.EXPORTED: _("%(actor)s 导出 %(count)s 条信用记录"),
    RepairEvent.FILED: _("%(actor)s 申请信用修复，提交了整改证明和信用承诺书"),
    RepairEvent.GRANTED: _("%(actor)s 准予信用修复：“%(note)s”"),
    RepairEvent.REFUSED: _("%(actor)s 不予信用修复：“%(note)s”"),
    RepairEvent.WITHDRAWN: _("%(actor)s 撤回了修复申请"),
    RepairEvent.SEEN: _("%(actor)s 查看了“%(file)s”"),
    ObjectionEvent.FILED: _("%(actor)s 对信用记录提出异议"),
    ObjectionEvent.UPHELD: _("%(actor)s 认定异议成立，撤销记录：“%(note)s”"),
    ObjectionEvent.AMENDED: _("%(actor)s 认定异议部分成立，更正记录：“%(note)s”"),
    ObjectionEvent.DISMISSED: _("%(actor)s 认定异议不成立：“%(note)s”"),
    ObjectionEvent.WITHDRAWN: _("%(actor)s 撤回了异议"),
    GradeEvent.SET: _("%(actor)s 登记 %(year)s 年度等级：%(grade)s"),
    GradeEvent.REPLACED: _("%(actor)s 把 %(year)s 年度等级由 %(grade_before)s 改为 %(grade)s"),
    GradeEvent.EXPORTED: _("%(actor)s 导出 %(year)s 年度等级名单"),
}
