"""How each event reads in a timeline, and what is missing in words."""

from django.utils.translation import gettext_lazy as _

from zhupei.teachers.events import TeacherEvent as E

SENTENCES = {
    E.PROPOSED: _("%(actor)s 填报 %(thing)s 的入库资料"),
    E.CHANGED: _("%(actor)s 修改资料：%(fields)s"),
    E.APPLIED: _("%(actor)s 第 %(round)s 次提交 %(thing)s 的入库审核"),
    E.WITHDRAWN: _("%(actor)s 收回 %(thing)s 的提交，继续修改"),
    E.RETURNED: _("%(actor)s 退回 %(thing)s 的入库资料：%(note)s"),
    E.ADMITTED: _("%(actor)s 把 %(thing)s 收入师资库"),
    E.REMOVED: _("%(actor)s 把 %(thing)s 移出师资库：%(note)s"),
    E.REOPENED: _("%(actor)s 重新填报 %(thing)s 的入库资料"),
    E.OVERDUE: _("入库审核超过时限，已提醒审核员并报告自治区住建厅"),
    E.EVIDENCE_ADDED: _("%(actor)s 登记资格证明“%(name)s”"),
    E.EVIDENCE_REMOVED: _("%(actor)s 删除资格证明“%(name)s”"),
    E.ENGAGED: _("%(actor)s 聘用了教师 %(thing)s"),
    E.RENEWED: _("%(actor)s 更新 %(institution)s 的聘用材料：%(fields)s"),
    E.LEFT: _("%(institution)s 对 %(thing)s 的聘用到 %(day)s 结束"),
    E.EXPIRING: _("%(what)s %(until)s 到期，已提醒"),
    E.STUDY_ENTERED: _("%(actor)s 登记研修“%(name)s”"),
    E.STUDY_CONFIRMED: _("%(actor)s 确认研修“%(name)s”，计 %(hours)s 学时"),
    E.STUDY_REMOVED: _("%(actor)s 删除研修“%(name)s”"),
    E.EXPORTED: _("%(actor)s 导出教师花名册，%(count)s 人"),
}

# By the codes of rules.gaps: what is missing in a teacher's file, and what then to do.
GAPS = {
    "trade_unproven": _("“%(what)s”没有有效的资格证明扫描件"),
    "no_contract": _("没有合同或聘书"),
    "contract_term_unknown": _("合同或聘书没有登记期限"),
    "contract_lapsed": _("合同或聘书已过期"),
    "no_insurance": _("专职教师没有社保缴费记录"),
    "insurance_lapsed": _("社保缴费记录已过期"),
}
