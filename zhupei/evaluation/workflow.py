"""The moves of a scheme, an evaluation, an expert's seat and an objection."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow, the_clock
from zhupei.evaluation.access import (
    may_answer_objection,
    may_move_scheme,
    may_recuse,
    may_regulate,
    may_report,
    may_review,
    may_score_locally,
    may_talk_again,
)
from zhupei.evaluation.events import EvaluationEvent as E
from zhupei.evaluation.events import ObjectionEvent, SchemeEvent
from zhupei.evaluation.models import (
    Appointment,
    Evaluation,
    Objection,
    ObjectionState,
    Scheme,
    SchemeState,
    SeatState,
    State,
)

S, T, O = State, SeatState, ObjectionState  # noqa: E741 - a table should look like one
RUNNING = {S.OPEN, S.REPORTED, S.SCORED, S.REVIEWED, S.PUBLIC}

# fmt: off
SCHEME: Workflow[Scheme] = Workflow([
    Move("freeze", {SchemeState.DRAFT}, SchemeState.FROZEN, SchemeEvent.FROZEN, may_move_scheme, _("定稿并发布"), tone="primary"),
    Move("announce", {SchemeState.FROZEN}, SchemeState.ANNOUNCED, SchemeEvent.ANNOUNCED, may_move_scheme, _("发布通报"), tone="primary"),
])

EVALUATION: Workflow[Evaluation] = Workflow([
    Move("report", {S.OPEN}, S.REPORTED, E.REPORTED, may_report, _("提交自评"), _("提交后数据按此刻再取一次，自评不能再改；属地住建局退回才能改"), tone="primary"),
    Move("close_reports", {S.OPEN}, S.REPORTED, E.REPORTS_CLOSED, the_clock, _("自评截止")),
    Move("send_back", {S.REPORTED}, S.OPEN, E.SENT_BACK, may_score_locally, _("退回补充"), _("机构可以改自评，截止日期不变"), needs_note=True),
    Move("finish", {S.REPORTED}, S.SCORED, E.LOCALLY_SCORED, may_score_locally, _("完成属地评分"), _("交厅里组织专家复核；您的评分不能再改"), tone="primary"),
    Move("review", {S.SCORED}, S.REVIEWED, E.REVIEWED, the_clock, _("复核完成")),
    Move("reopen", {S.SCORED, S.REVIEWED}, S.REPORTED, E.REOPENED, may_regulate, _("退回补评"), _("属地和专家再评一次再提交；已评的分都留着，数据可以重新取"), needs_note=True),
    Move("publicise", {S.REVIEWED}, S.PUBLIC, E.PUBLICISED, may_regulate, _("公示"), tone="primary"),
    Move("withdraw", {S.PUBLIC}, S.REVIEWED, E.WITHDRAWN, may_regulate, _("撤回公示"), _("公众和机构不再看到，回到待公示；更正后再公示"), needs_note=True),
    Move("decide", {S.PUBLIC}, S.DECIDED, E.DECIDED, may_regulate, _("定级"), tone="primary"),
    Move("exit", RUNNING, S.EXITED, E.EXITED, may_regulate, _("退出评估"), _("记为“自愿退出”，不评分、不定级"), tone="danger", needs_note=True),
])

APPOINTMENT: Workflow[Appointment] = Workflow([
    Move("hand_in", {T.CALLED}, T.DONE, E.HANDED_IN, may_review, _("提交复核"), _("提交后您的评分不能再改；两位专家都提交后互相可见"), tone="primary"),
    Move("talk_again", {T.DONE}, T.CALLED, E.TAKEN_UP_AGAIN, may_talk_again, _("复议，改我的评分"), _("只看两人差距过大的指标；改后再提交")),
    Move("reopen", {T.DONE}, T.CALLED, E.SEAT_REOPENED, the_clock, _("补评")),
    Move("recuse", {T.CALLED}, T.RECUSED, E.RECUSED, may_recuse, _("回避"), _("由厅里另请专家"), needs_note=True),
])

OBJECTION: Workflow[Objection] = Workflow([
    Move("uphold", {O.MADE}, O.UPHELD, ObjectionEvent.UPHELD, may_answer_objection, _("异议成立，重评"), needs_note=True),
    Move("reject", {O.MADE}, O.REJECTED, ObjectionEvent.REJECTED, may_answer_objection, _("异议不成立"), needs_note=True),
])
# fmt: on
