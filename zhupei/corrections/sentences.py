"""How each event reads in the timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.corrections.events import DisputeEvent as D
from zhupei.corrections.events import ExtensionEvent as X
from zhupei.corrections.events import FindingEvent as F
from zhupei.corrections.events import OrderEvent as E

SENTENCES = {
    F.FOUND: _("%(actor)s 发现问题（%(severity)s）：%(text)s"),
    F.EVIDENCE_ADDED: _("%(actor)s 补充凭据“%(name)s”"),
    F.ORDERED: _("%(actor)s 列入限期整改通知 %(number)s"),
    F.SETTLED: _("%(actor)s 确认当场改正：%(note)s"),
    F.CORRECTED: _("%(actor)s 确认已整改"),
    F.WITHDRAWN: _("%(actor)s 撤回问题：%(note)s"),
    F.OVERDUE: _("超过处理期限 %(due)s 没有处理，已提醒住建局并报告自治区住建厅"),
    E.ISSUED: _("%(actor)s 下达限期整改通知 %(number)s，共 %(count)s 个问题，期限 %(due)s"),
    E.RECEIVED: _("%(actor)s 签收"),
    E.LETTER_CORRECTED: _("%(actor)s 第 %(count)s 次更正通知书，原件存档"),
    E.EVIDENCE_ADDED: _("%(actor)s 上传整改凭据“%(name)s”"),
    E.EVIDENCE_REMOVED: _("%(actor)s 删除整改凭据“%(name)s”"),
    E.SUBMITTED: _("%(actor)s 第 %(round)s 次报送整改情况"),
    E.RECALLED: _("%(actor)s 收回报送，继续补充"),
    E.RETURNED: _("%(actor)s 核查后退回 %(count)s 个问题，期限 %(due)s：%(note)s"),
    E.CLOSED: _("%(actor)s 核查通过，整改销号"),
    E.WITHDRAWN: _("%(actor)s 撤回限期整改通知：%(note)s"),
    E.REMINDED: _("离整改期限不到 %(days)s 个工作日，已提醒机构"),
    E.OVERDUE: _("超过整改期限 %(due)s 未报送，已提醒机构并报告自治区住建厅"),
    E.VERIFICATION_OVERDUE: _("超过核查期限 %(due)s 未核查，已提醒住建局并报告自治区住建厅"),
    D.RAISED: _("%(actor)s 对问题“%(finding)s”提出异议：%(note)s"),
    D.EVIDENCE_ADDED: _("%(actor)s 补充异议凭据“%(name)s”"),
    D.UPHELD: _("%(actor)s 复核异议，维持“%(finding)s”：%(note)s"),
    D.CHANGED: _("%(actor)s 复核异议，更改问题为“%(finding)s”：%(note)s"),
    D.CONCEDED: _("%(actor)s 复核异议成立，撤回“%(finding)s”：%(note)s"),
    D.OVERDUE: _("超过答复期限 %(due)s 未答复异议，已提醒住建局并报告自治区住建厅"),
    X.ASKED: _("%(actor)s 申请延期到 %(until)s：%(reason)s"),
    X.GRANTED: _("%(actor)s 同意延期到 %(until)s：%(note)s"),
    X.REFUSED: _("%(actor)s 不同意延期：%(note)s"),
}
