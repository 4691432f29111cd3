"""How the events of reviews, appeals and cases read."""

from django.utils.translation import gettext_lazy as _

from zhupei.appeals.events import AppealEvent, CaseEvent, ReviewEvent

SENTENCES = {
    ReviewEvent.FILED: _("%(actor)s 申请复核成绩"),
    ReviewEvent.WITHDRAWN: _("%(actor)s 撤回了复核申请"),
    ReviewEvent.UPHELD: _("%(actor)s 复核后维持成绩 %(mark)s 分：“%(note)s”"),
    ReviewEvent.CORRECTED: _(
        "%(actor)s 复核后把成绩由 %(mark_before)s 分更正为 %(mark)s 分：“%(note)s”"
    ),
    ReviewEvent.REOPENED: _("住建局支持申诉，退回重新复核"),
    AppealEvent.FILED: _("%(actor)s 向住建局申诉"),
    AppealEvent.WITHDRAWN: _("%(actor)s 撤回了申诉"),
    AppealEvent.DISMISSED: _("%(actor)s 不支持申诉：“%(note)s”"),
    AppealEvent.GRANTED: _("%(actor)s 支持申诉，要求重新复核：“%(note)s”"),
    CaseEvent.OPENED: _("%(actor)s 立案：%(breach)s"),
    CaseEvent.EVIDENCE_ADDED: _("%(actor)s 补充材料“%(file)s”"),
    CaseEvent.NOTICED: _("%(actor)s 告知当事人事实、依据和陈述申辩的权利，限 %(until)s 前"),
    CaseEvent.STATED: _("%(actor)s 陈述申辩"),
    CaseEvent.DECIDED: _("%(actor)s 作出处理决定：“%(note)s”"),
    CaseEvent.DROPPED: _("%(actor)s 撤销案件：“%(note)s”"),
    CaseEvent.SEEN: _("%(actor)s 查看了案件材料“%(file)s”"),
}
