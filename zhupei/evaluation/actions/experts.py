"""Experts: called in pairs, blind to each other, a third one where they stay apart."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.evaluation.access import may_move_scheme, may_regulate, may_review
from zhupei.evaluation.actions import computing, scores
from zhupei.evaluation.actions.scores import Entry
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import (
    Answer,
    Appointment,
    Block,
    Evaluation,
    Scheme,
    Score,
    Seat,
    SeatState,
    Source,
    State,
)
from zhupei.evaluation.rules.points import Status
from zhupei.evaluation.rules.settle import Stage
from zhupei.evaluation.workflow import APPOINTMENT, EVALUATION
from zhupei.organizations.models import Interest, Membership, Role
from zhupei.organizations.offices import regulators
from zhupei.people.models import User

CAN_REVIEW = (Role.EXPERT, Role.REVIEWER)
PAIR = (Seat.FIRST, Seat.SECOND)
BEFORE_REVIEW = (State.OPEN, State.REPORTED, State.SCORED)


@transaction.atomic
def appoint(evaluation: Evaluation, *, by: User, expert: User, seat: int) -> Appointment:
    """Call an expert to one evaluation.

    Raises NotAllowed; Refused "wrong_state", "not_an_expert", "expert_recused",
    "expert_scores_locally", "seat_taken", "no_third_needed".
    """
    row = scores.locked(evaluation)
    if not may_regulate(by, row):
        raise NotAllowed("not_allowed", gettext_lazy("只有自治区住建厅能请专家。"))
    if row.state not in BEFORE_REVIEW:
        raise Refused("wrong_state", gettext_lazy("复核已经完成，不用再请专家。"))
    _check_expert(row, expert)
    standing = row.appointments.standing()
    if standing.filter(seat=seat).exists() or standing.filter(expert=expert).exists():
        raise Refused(
            "seat_taken", gettext_lazy("这个席位已有专家，或者这位专家已经请过。"), field="expert"
        )
    if seat == Seat.THIRD and not row.answers.filter(differ=True).exists():
        raise Refused(
            "no_third_needed",
            gettext_lazy("两位专家没有差距过大的指标，不用请第三位。"),
            field="seat",
        )
    return _call(row, expert, seat, by)


def _check_expert(evaluation: Evaluation, expert: User) -> None:
    today = timezone.localdate()
    roles = Membership.objects.in_force(today).filter(user=expert, role__in=CAN_REVIEW)
    bodies = set(roles.values_list("organization", flat=True))
    if not bodies:
        raise Refused(
            "not_an_expert",
            gettext_lazy("“%(name)s”不是专家，也不是审核员。"),
            field="expert",
            name=expert,
        )
    if evaluation.scorer_id in bodies:
        raise Refused(
            "expert_scores_locally",
            gettext_lazy("“%(name)s”在负责属地评分的单位，不能再作专家复核。请另选一位。"),
            field="expert",
            name=expert,
        )
    if Interest.objects.between([expert.pk], [evaluation.organization_id], today):
        raise Refused(
            "expert_recused",
            gettext_lazy("“%(name)s”和这家机构有利害关系，要回避。请另选一位。"),
            field="expert",
            name=expert,
        )


def _call(row: Evaluation, expert: User, seat: int, by: User) -> Appointment:
    made = Appointment.objects.create(
        evaluation=row, expert=expert, seat=seat, appointed_at=timezone.now()
    )
    audit.record(
        EvaluationEvent.APPOINTED, row, by=by, expert=str(expert), seat=str(Seat(seat).label)
    )
    title = _("请您复核：%(name)s %(year)s 年度评估") % {
        "name": row.organization,
        "year": row.scheme.year,
    }
    messages.tell([expert], title, url=f"/evaluation/{row.pk}/")
    return made


@transaction.atomic
def deal(scheme: Scheme, *, by: User, experts: Sequence[User]) -> tuple[int, int]:
    """Fill the empty seats of a whole scheme evenly, past everybody who has to stay away.

    Returns how many were called and how many seats stay empty. Raises NotAllowed; Refused
    "too_few_experts".
    """
    if not may_move_scheme(by, scheme):
        raise NotAllowed("not_allowed", gettext_lazy("只有自治区住建厅能请专家。"))
    if len(experts) < len(PAIR):
        raise Refused("too_few_experts", gettext_lazy("请至少选两位专家。"), field="experts")
    rows = Evaluation.objects.select_for_update(of=("self",)).filter(
        scheme=scheme, state__in=BEFORE_REVIEW
    )
    found = list(rows.select_related("organization", "scheme").order_by("pk"))
    away = _away(found, experts)
    seated = Appointment.objects.filter(evaluation__in=found)
    known = set(seated.values_list("evaluation", "expert"))
    taken = set(seated.standing().values_list("evaluation", "seat"))
    load = Counter({expert.pk: 0 for expert in experts})
    called = left = 0
    for row in found:
        for seat in (seat for seat in PAIR if (row.pk, seat) not in taken):
            free = [
                one
                for one in experts
                if (one.pk, row.pk) not in away and (row.pk, one.pk) not in known
            ]
            if not free:
                left += 1
                continue
            chosen = min(free, key=lambda one: (load[one.pk], one.pk))
            load[chosen.pk] += 1
            known.add((row.pk, chosen.pk))
            _call(row, chosen, seat, by)
            called += 1
    return called, left


def _away(rows: Sequence[Evaluation], experts: Sequence[User]) -> set[tuple[int, int]]:
    """(expert, evaluation): those who are close to the institution, or score its local part."""
    today = timezone.localdate()
    keys = [one.pk for one in experts]
    bodies = Membership.objects.in_force(today).filter(user__in=keys)
    works = set(bodies.values_list("user", "organization"))
    close = Interest.objects.between(keys, [row.organization_id for row in rows], today)
    return {
        (key, row.pk)
        for row in rows
        for key in keys
        if (key, row.organization_id) in close or (key, row.scorer_id) in works
    }


@transaction.atomic
def review(appointment: Appointment, entries: Sequence[Entry], *, by: User) -> list[Score]:
    """An expert scores; the other cannot see it before both have handed in.

    Raises NotAllowed; Refused "wrong_state", "not_in_dispute", and what ``scores.put`` refuses.
    """
    evaluation = scores.locked(appointment.evaluation)
    row = Appointment.objects.select_for_update().get(pk=appointment.pk)
    row.evaluation = evaluation
    if not may_review(by, row):
        raise NotAllowed(
            "not_allowed", gettext_lazy("这不是请您复核的机构，或者您和它有利害关系，要回避。")
        )
    if row.state != SeatState.CALLED or evaluation.state != State.SCORED:
        raise Refused(
            "wrong_state",
            gettext_lazy("现在不能评分：评估是“%(state)s”，您的复核是“%(seat)s”。"),
            state=evaluation.get_state_display(),
            seat=row.get_state_display(),
        )
    third = row.seat == Seat.THIRD
    if third or row.ended_at is not None:
        _check_in_dispute(evaluation, entries, by, third=third)
    return scores.put(evaluation, entries, stage=Stage.THIRD if third else Stage.EXPERT, by=by)


def _check_in_dispute(
    evaluation: Evaluation, entries: Sequence[Entry], by: User, *, third: bool
) -> None:
    """Who comes back, or comes third, scores only what the two are apart on."""
    open_still = set(evaluation.answers.filter(differ=True).values_list("pk", flat=True))
    own = Score.objects.filter(answer__evaluation=evaluation, by=by)
    if third:
        open_still |= set(own.filter(stage=Stage.THIRD).values_list("answer", flat=True))
    else:
        open_still |= {entry.answer for entry in entries if _unchanged(entry, own)}
    if any(entry.answer not in open_still for entry in entries if entry.value is not None):
        raise Refused(
            "not_in_dispute", gettext_lazy("只能评两位专家差距过大的指标，其他的已经定了。")
        )


def _unchanged(entry: Entry, own: QuerySet[Score]) -> bool:
    last = own.filter(answer=entry.answer).last()
    return last is not None and (last.status, last.value) == (entry.status, entry.value)


@transaction.atomic
def hand_in(appointment: Appointment, *, by: User, note: str = "") -> Appointment:
    """An expert is done; with the last one the review is over, if nobody is far apart.

    Raises NotAllowed; Refused "wrong_state", "not_all_scored".
    """
    evaluation = scores.locked(appointment.evaluation)
    row = APPOINTMENT.move(
        appointment, "hand_in", by=by, note=note, within=evaluation, step=_("提交")
    )
    if evaluation.state != State.SCORED:
        raise Refused("wrong_state", gettext_lazy("属地评分还没有完成，现在不能提交复核。"))
    third = row.seat == Seat.THIRD
    wanted = evaluation.answers.filter(differ=True) if third else _owed(evaluation)
    stage = Stage.THIRD if third else Stage.EXPERT
    scored = Score.objects.filter(answer__evaluation=evaluation, by=by, stage=stage)
    scores.check_all_scored(wanted.exclude(pk__in=scored.values("answer")))
    row.ended_at = row.ended_at or timezone.now()
    row.save(update_fields=["ended_at"])
    _conclude(evaluation)
    return row


def _owed(evaluation: Evaluation) -> QuerySet[Answer]:
    """What nobody but people can tell, the bureau's part apart."""
    human = evaluation.answers.filter(indicator__source=Source.HUMAN)
    return human.exclude(indicator__block=Block.BUREAU).exclude(
        computed_status=Status.NOT_APPLICABLE, indicator__block__in=[Block.BASICS, Block.TEACHING]
    )


def _conclude(evaluation: Evaluation) -> None:
    """Both have handed in: the review is over, or what they are apart on is told to them."""
    seats = list(evaluation.appointments.standing().select_related("expert"))
    done = {one.seat for one in seats if one.state == SeatState.DONE}
    if not set(PAIR) <= done or any(one.state == SeatState.CALLED for one in seats):
        return
    computing.resettle(evaluation)
    differ = evaluation.answers.filter(differ=True)
    if not differ.exists():
        EVALUATION.move(evaluation, "review", by=None)
        return
    codes = "、".join(differ.values_list("indicator__code", flat=True))
    title = _("两位专家差距过大，请复议：%(name)s") % {"name": evaluation.organization}
    body = _("指标 %(codes)s。可以互相看评分和理由后修改，或由厅里请第三位专家。") % {
        "codes": codes
    }
    told = [*(one.expert for one in seats), *regulators()]
    messages.tell(told, title, body=body, url=f"/evaluation/{evaluation.pk}/")


@transaction.atomic
def talk_again(appointment: Appointment, *, by: User, note: str = "") -> Appointment:
    """Take one's own scores up again where the two are apart. Raises NotAllowed, Refused."""
    evaluation = scores.locked(appointment.evaluation)
    return APPOINTMENT.move(appointment, "talk_again", by=by, note=note, within=evaluation)


@transaction.atomic
def recuse(appointment: Appointment, *, by: User, note: str = "") -> Appointment:
    """Step back, with the reason; the region calls somebody else.

    Raises NotAllowed; Refused "wrong_state", "note_required".
    """
    evaluation = scores.locked(appointment.evaluation)
    row = APPOINTMENT.move(
        appointment,
        "recuse",
        by=by,
        note=note,
        within=evaluation,
        expert=str(appointment.expert),
    )
    row.note, row.ended_at = note.strip(), timezone.now()
    row.save(update_fields=["note", "ended_at"])
    title = _("专家回避，请另请一位：%(name)s") % {"name": evaluation.organization}
    messages.tell(regulators(), title, body=note, url=f"/evaluation/{evaluation.pk}/")
    return row
