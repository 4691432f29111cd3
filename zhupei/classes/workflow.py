"""Every way a class plan may move, on one screen."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.classes.access import (
    may_advise,
    may_answer,
    may_plan,
    may_read_again,
    may_review,
    may_take_back,
    may_wait,
    may_withdraw,
)
from zhupei.classes.events import ClassEvent as E
from zhupei.classes.events import EnrolmentEvent, InvitationEvent, SecondReadingEvent
from zhupei.classes.events import WaitingEvent as W
from zhupei.classes.models import (
    Enrolment,
    EnrolmentState,
    Invitation,
    SecondReading,
    SecondState,
    TrainingClass,
    Waiting,
)
from zhupei.classes.models import InvitationState as I
from zhupei.classes.models import State as S
from zhupei.classes.models import WaitingState as L
from zhupei.core.actors import Actor
from zhupei.core.errors import Refused
from zhupei.core.workflow import Move, Workflow, the_clock


class ClassPlan(Workflow[TrainingClass]):
    """A class plan; while it is frozen it can only be called off."""

    def available(
        self, thing: TrainingClass, user: Any, *, among: Collection[str] | None = None
    ) -> list[Move]:
        moves = super().available(thing, user, among=among)
        return [move for move in moves if thing.frozen_since is None or move.name == "cancel"]

    def check(self, row: TrainingClass, name: str, *, by: Actor | None) -> None:
        super().check(row, name, by=by)
        if row.frozen_since and name != "cancel":
            raise Refused(
                "class_frozen",
                _("“%(thing)s”已随机构暂停业务冻结，恢复之前只能取消。"),
                thing=row,
            )


# Source: Measures, art. 12. "submit" and "file" are the two modes of a prefecture: a plan moves by
# the one its prefecture has set (parameter classes.mode); actions.plan.submit picks it.
# fmt: off
CLASS_PLAN = ClassPlan([
    Move("submit", {S.DRAFT, S.RETURNED}, S.SUBMITTED, E.SUBMITTED, may_plan, _("提交审核"),
         _("送办学地住建局审核；教师和教室的时间随即占用，审核期间不能修改"), "primary"),
    Move("file", {S.DRAFT, S.RETURNED}, S.FILED, E.FILED, may_plan, _("提交备案"),
         _("提交即生效：班级进入公开目录，可以报名；住建局仍可退回补正"), "primary"),
    Move("approve", {S.SUBMITTED}, S.APPROVED, E.APPROVED, may_review, _("通过"),
         _("班级进入公开目录，学员可以报名；机构收到通知"), "primary"),
    Move("return", {S.SUBMITTED, S.FILED}, S.RETURNED, E.RETURNED, may_review, _("退回补正"),
         _("机构按理由修改后重新提交；时限中止，占用的教师和教室放开"), needs_note=True),
    Move("refer", {S.SUBMITTED}, S.REFERRED, E.REFERRED, may_review, _("请示"),
         _("把拿不准的问题报自治区住建厅；审核时限照走，答复后本局再决定"), needs_note=True),
    Move("advise", {S.REFERRED}, S.SUBMITTED, E.REFERRAL_ANSWERED, may_advise, _("答复请示"),
         _("意见发给办学地住建局，由该局决定"), "primary", needs_note=True),
    Move("recall", {S.REFERRED}, S.SUBMITTED, E.REFERRAL_RECALLED, may_review, _("收回请示"),
         _("不等答复，本局继续审核")),
    Move("withdraw", {S.SUBMITTED, S.REFERRED}, S.DRAFT, E.WITHDRAWN, may_plan, _("收回修改"),
         _("回到草稿，可以修改后再提交；占用的教师和教室放开")),
    Move("finish", {S.FILED, S.APPROVED}, S.FINISHED, E.FINISHED, may_plan, _("结班"),
         _("不再排课和报名；学员可以报考，档案可以生成"), "primary"),
    Move("revoke", {S.FILED, S.APPROVED}, S.REVOKED, E.REVOKED, may_review, _("撤回许可"),
         _("班级停办并移出公开目录；机构和已报名的学员收到通知"), "danger", needs_note=True),
    Move("cancel", {S.DRAFT, S.RETURNED, S.SUBMITTED, S.REFERRED, S.FILED, S.APPROVED},
         S.CANCELLED, E.CANCELLED, may_plan, _("取消班级"),
         _("班级不再举办；占用的教师和教室放开，已报名的学员收到通知"), "danger", needs_note=True),
])

# Source: Measures, art. 11 (taking part is voluntary): only the person moves these, and declining
# closes nothing; they may still confirm while there is a place.
INVITATION: Workflow[Invitation] = Workflow([
    Move("confirm", {I.OPEN, I.DECLINED}, I.CONFIRMED, InvitationEvent.CONFIRMED, may_answer,
         _("确认参加"), _("报上本班，开课前会收到通知；随时可以退出"), "primary"),
    Move("decline", {I.OPEN}, I.DECLINED, InvitationEvent.DECLINED, may_answer,
         _("不参加"), _("没有任何影响；改主意了，有名额时还可以再确认")),
    Move("take_back", {I.OPEN, I.DECLINED}, I.WITHDRAWN, InvitationEvent.TAKEN_BACK, may_take_back,
         _("撤回邀请"), _("短信里的链接随即失效；已确认的人不受影响")),
])
ENROLMENT: Workflow[Enrolment] = Workflow([
    Move("withdraw", {EnrolmentState.ENROLLED}, EnrolmentState.WITHDRAWN, EnrolmentEvent.WITHDRAWN,
         may_withdraw, _("退出本班"), _("名额让给别人；已记的学时保留，不留任何不良记录")),
    Move("transfer", {EnrolmentState.ENROLLED}, EnrolmentState.TRANSFERRED,
         EnrolmentEvent.TRANSFERRED, may_withdraw, _("转班"), _("已记的学时带到新班")),
])

# Who comes first is offered a place first; nobody is taken off the line but by themself or by time.
WAITING: Workflow[Waiting] = Workflow([
    Move("offer", {L.WAITING}, L.OFFERED, W.OFFERED, the_clock, _("通知递补")),
    Move("take", {L.WAITING, L.OFFERED}, L.TAKEN, W.TAKEN, may_wait,
         _("参加"), _("报上本班，随时可以退出"), "primary"),
    Move("lapse", {L.OFFERED}, L.LAPSED, W.LAPSED, the_clock, _("过时限")),
    Move("leave", {L.WAITING, L.OFFERED}, L.LEFT, W.LEFT, may_wait,
         _("退出候补"), _("名额留给下一位，没有任何影响")),
    Move("end", {L.WAITING, L.OFFERED}, L.ENDED, W.ENDED, the_clock, _("候补结束")),
])

# Source: notice of 2023, part 3, section 1 (4: checks are increased). An objection revokes nothing:
# the bureau is told, and decides.
SECOND_READING: Workflow[SecondReading] = Workflow([
    Move("agree", {SecondState.WAITING}, SecondState.AGREED, SecondReadingEvent.AGREED,
         may_read_again, _("无异议"), _("记入审核统计，计划照常"), "primary"),
    Move("object", {SecondState.WAITING}, SecondState.OBJECTED, SecondReadingEvent.OBJECTED,
         may_read_again, _("有异议"), _("办学地住建局收到理由并决定怎样处理；不会自动撤回许可"),
         needs_note=True),
])
# fmt: on
