"""How the events of an evaluation read."""

from django.utils.translation import gettext_lazy as _

from zhupei.evaluation.events import EvaluationEvent as E
from zhupei.evaluation.events import ObjectionEvent, SchemeEvent

SENTENCES = {
    SchemeEvent.DRAFTED: _("%(actor)s 起草 %(year)s 年度评估方案，%(count)s 项指标"),
    SchemeEvent.CHANGED: _("%(actor)s 修改方案的日期"),
    SchemeEvent.INDICATOR_CHANGED: _("%(actor)s 修改指标 %(code)s：%(changed)s"),
    SchemeEvent.FROZEN: _("%(actor)s 定稿发布方案，校验值 %(short)s，%(count)s 家机构开始自评"),
    SchemeEvent.ANNOUNCED: _("%(actor)s 发布通报 %(number)s"),
    E.COMPUTED: _("%(actor)s 取数并按规则计分，得 %(score)s 分（已评 %(assessed)s 分）"),
    E.READ_LAST: _(
        "%(actor)s 在数据期满后最后取数：由 %(before)s 分变为 %(score)s 分，变了的指标：%(codes)s"
    ),
    E.STATED: _("%(actor)s 填写指标 %(code)s 的自评说明"),
    E.SUMMED_UP: _("%(actor)s 填写自评总结"),
    E.EVIDENCE_ADDED: _("%(actor)s 为指标 %(code)s 附上“%(file)s”"),
    E.EVIDENCE_TAKEN_BACK: _("%(actor)s 撤下“%(file)s”"),
    E.REPORTED: _("%(actor)s 提交自评"),
    E.REPORTS_CLOSED: _("自评到期，没有提交，按系统数据进入属地评分"),
    E.SENT_BACK: _("%(actor)s 退回自评：“%(note)s”"),
    E.REASSIGNED: _("%(actor)s 把属地评分改由“%(scorer)s”负责：“%(note)s”"),
    E.SCORED: _("%(actor)s 给 %(count)s 项指标评分：%(codes)s"),
    E.LOCALLY_SCORED: _("%(actor)s 完成属地评分"),
    E.APPOINTED: _("%(actor)s 请 %(expert)s 复核（%(seat)s）"),
    E.RECUSED: _("%(expert)s 回避：“%(note)s”"),
    E.HANDED_IN: _("%(actor)s 的专家复核：%(step)s"),
    E.TAKEN_UP_AGAIN: _("%(actor)s 复议，重新打开自己的评分"),
    E.SEAT_REOPENED: _("%(expert)s 的专家复核退回补评"),
    E.REVIEWED: _("专家复核完成"),
    E.VETOED: _("%(actor)s 认定否决项“%(kind)s”：%(facts)s"),
    E.VETO_LIFTED: _("%(actor)s 撤销否决项“%(kind)s”：“%(note)s”"),
    E.REOPENED: _("%(actor)s 退回补评：“%(note)s”"),
    E.PUBLICISED: _("%(actor)s 公示结果：%(score)s 分，至 %(until)s"),
    E.WITHDRAWN: _("%(actor)s 撤回公示：“%(note)s”"),
    E.RESCORED: _("%(actor)s 重评指标 %(code)s：由 %(old)s 分改为 %(new)s 分，“%(note)s”"),
    E.DECIDED: _("%(actor)s 定级：%(score)s 分，%(grade)s"),
    E.EXITED: _("%(actor)s 记为退出：“%(note)s”"),
    ObjectionEvent.MADE: _("%(actor)s 提出异议（%(about)s）：“%(grounds)s”"),
    ObjectionEvent.UPHELD: _("%(actor)s 认定异议成立：“%(note)s”"),
    ObjectionEvent.REJECTED: _("%(actor)s 认定异议不成立：“%(note)s”"),
}
