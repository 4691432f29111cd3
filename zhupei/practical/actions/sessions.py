"""What can be done to a session: plan it, notify it, fix its turns, close, release, cancel.

Source: Measures, art. 17–20.
"""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, numbers, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_plan
from zhupei.exams.actions.checks import check_of_plan, check_told_alone, locked_plan
from zhupei.exams.actions.readiness import check_designated
from zhupei.exams.models import Plan
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.practical.actions import tellings, timetable
from zhupei.practical.events import SessionEvent, TurnEvent
from zhupei.practical.models import RubricState, Session, Sheet, State, Turn
from zhupei.practical.parameters import DEVIATION, PASS_MARK, THIRD
from zhupei.practical.rules import marks
from zhupei.practical.workflow import SESSION
from zhupei.venues.actions import bookings

PLANNED = {
    "title": _("场次名称"),
    "rubric": _("评分表"),
    "room": _("实训场地"),
    "stations": _("工位"),
    "opens_at": _("第一轮开始"),
    "closes_at": _("最迟结束"),
    "pause_from": _("午休开始"),
    "pause_until": _("午休结束"),
    "change_minutes": _("换场时间"),
}


@transaction.atomic
def draft(organization: Organization, *, by: User, **fields: Any) -> Session:
    """Plan a session. ``fields`` are those of PLANNED, and perhaps the ``plan`` it is one of; a
    region-wide body without one adds ``prefecture``.

    Raises NotAllowed; Refused "prefecture_missing", "starts_in_past", "room_not_yours",
    "too_many_stations", "rubric_not_in_force", "no_turn_fits", or as ``check_of_plan``.
    """
    if not may_plan(by, organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能安排实操考核。"))
    plan = fields.get("plan")
    prefecture = fields.pop("prefecture", None) or organization.prefecture
    if plan is not None:
        fields["plan"] = plan = locked_plan(plan)
        prefecture = plan.prefecture
    row = Session(
        organization=organization,
        prefecture=prefecture,
        division=organization.division if organization.prefecture else prefecture,
        seed=secrets.token_hex(16),
        **fields,
    )
    check_plan(row)
    row.save()
    audit.record(SessionEvent.DRAFTED, row, by=by)
    return row


@transaction.atomic
def change(session: Session, *, by: User, **fields: Any) -> Session:
    """Change the plan; the turns are laid out anew, and a bureau that was notified is told. Whether
    the body may examine this job on this day is asked again when job or day are others.

    Raises NotAllowed; Refused "fixed", "rubric_has_turns", "room_taken", "not_designated", or as
    ``draft``.
    """
    row = timetable.changeable(session, by=by)
    before = {name: getattr(row, name) for name in PLANNED}
    asked = (row.rubric.job_id, timezone.localdate(row.opens_at))
    for name in PLANNED:
        setattr(row, name, fields.get(name, before[name]))
    changed = [name for name in PLANNED if before[name] != getattr(row, name)]
    if not changed:
        return row
    check_plan(row)
    placed = [turn.enrolment for turn in _turns(row)]
    if placed and "rubric" in changed and row.rubric.subject != before["rubric"].subject:
        raise Refused(
            "rubric_has_turns",
            _("已排了考生，不能换成别的工种或等级。请另开一场。"),
            field="rubric",
        )
    row.save(update_fields=changed)
    if row.number:
        if (row.rubric.job_id, timezone.localdate(row.opens_at)) != asked:
            check_designated(row, row.rubric.job, row.opens_at)
        _book(row)
    timetable.lay_out(row, placed, list(row.panel.all()))
    audit.record(
        SessionEvent.CHANGED,
        row,
        by=by,
        changed="、".join(str(PLANNED[name]) for name in changed),
        before={name: str(before[name]) for name in changed},
        after={name: str(getattr(row, name)) for name in changed},
    )
    if row.number:
        tellings.plan_changed(row)
    return row


def _turns(session: Session) -> list[Turn]:
    return list(
        session.turns.standing().select_related("person", "enrolment__training_class__syllabus")
    )


def check_plan(row: Session) -> None:
    """Do the parts of a plan fit together? Raises as ``draft`` says, and ValidationError for what
    a constraint says.
    """
    if row.prefecture_id is None:
        raise Refused("prefecture_missing", _("请选择在哪个地州市举行。"), field="prefecture")
    if row.opens_at <= timezone.now():
        raise Refused(
            "starts_in_past", _("第一轮的时间已经过去。请选择以后的时间。"), field="opens_at"
        )
    if row.plan is not None:
        check_of_plan(row, row.plan)
    if row.room.organization_id != row.organization_id:
        raise Refused(
            "room_not_yours", _("“%(room)s”不是本机构的场地。"), field="room", room=row.room
        )
    if row.stations > row.room.stations:
        raise Refused(
            "too_many_stations",
            _("“%(room)s”只有 %(has)d 个工位，计划用 %(wanted)d 个。"),
            field="stations",
            room=row.room,
            has=row.room.stations,
            wanted=row.stations,
        )
    if row.rubric.state != RubricState.PUBLISHED:
        raise _not_in_force(row)
    row.full_clean(exclude=["number", "room"])
    if not timetable.slots(row):
        raise Refused(
            "no_turn_fits",
            _("一个轮次要 %(minutes)d 分钟，这段时间排不下。请延长时间或缩短午休。"),
            field="closes_at",
            minutes=row.rubric.values.minutes,
        )


def _not_in_force(row: Session) -> Refused:
    return Refused(
        "rubric_not_in_force",
        _("评分表“%(rubric)s”现在不是已发布的版本。请换成现行版本。"),
        field="rubric",
        rubric=row.rubric,
    )


def _not_begun(row: Session) -> None:
    if timezone.now() >= row.opens_at:
        raise Refused(
            "already_started", _("“%(session)s”第一轮的时间已到，不能再做这一步。"), session=row
        )


@transaction.atomic
def notify(session: Session, *, by: User, note: str = "") -> Session:
    """Tell the bureau of the prefecture; it needs no approval. One of a plan that nobody was told
    of yet is notified with the others; one more of a plan that was, by itself.

    Raises Refused as ``told``.

    Source: Measures, art. 20 (assessment bodies notify their plans to the bureau).
    """
    row = told(session, by=by, note=note)
    tellings.plan_notified(row)
    return row


def told(session: Session, *, by: User, note: str = "", within: Plan | None = None) -> Session:
    """Give it its number and its workshop; the caller holds the transaction and tells the bureau.

    Raises Refused "already_started", "not_designated" or "room_taken"; unless it is told ``within``
    its plan, as ``check_told_alone``.

    Source: Measures, art. 19 (only bodies that were determined).
    """
    number = numbers.take(f"SC-{timezone.localdate().year}", digits=4)
    row = _locked(SESSION.move(session, "notify", by=by, note=note, within=within, number=number))
    if within is None:
        check_told_alone(row)
    _not_begun(row)
    check_designated(row, row.rubric.job, row.opens_at)
    _book(row)
    row.number = number
    row.save(update_fields=["number"])
    return row


def _book(row: Session) -> None:
    """The workshop is its own at that time. Raises Refused "room_taken"."""
    bookings.book(row, [row.room], row.opens_at, row.closes_at)


@transaction.atomic
def fix(session: Session, *, by: User, note: str = "") -> Session:
    """Freeze the turns, the assessors and the figures, and tell everybody their time and place.

    Raises Refused "no_turns", "assessors_missing", "rubric_not_in_force", "already_started",
    "not_eligible" or "assessor_not_independent" when facts changed since.

    Source: Measures, art. 17 (two judge each candidate) and art. 20.
    """
    row = _locked(session)
    SESSION.check(row, "fix", by=by)
    _not_begun(row)
    if row.rubric.state != RubricState.PUBLISHED:
        raise _not_in_force(row)
    turns = _turns(row)
    if not turns:
        raise Refused("no_turns", _("还没有考生。请先选考生和考评员，再排定。"))
    short = row.turns.annotate(n=Count("sheets")).filter(n__lt=marks.PAIR).count()
    if short:
        raise Refused(
            "assessors_missing",
            _("还有 %(short)d 个轮次不够两名考评员。请增加与培训机构无关的考评员。"),
            short=short,
        )
    timetable.check_everybody_entitled(row, [turn.enrolment_id for turn in turns])
    _check_independent(row)
    figures = parameters.settings_of(PASS_MARK, DEVIATION, THIRD)
    pass_mark, deviation, third = figures.values()
    row.pass_mark, row.deviation, row.method = pass_mark.value, deviation.value, third.value
    row.save(update_fields=["pass_mark", "deviation", "method"])
    facts = {
        "pass_mark": pass_mark.as_fact(),
        "deviation": deviation.as_fact(),
        "third": third.as_fact(),
        "rubric_sha256": row.rubric.sha256,
        "pass_at": pass_mark.value,
    }
    row = SESSION.move(row, "fix", by=by, note=note, count=len(turns), **facts)
    tellings.turns_given(row, turns)
    return row


def _locked(session: Session) -> Session:
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("rubric__job", "room", "organization", "prefecture")
        .get(pk=session.pk)
    )


def _check_independent(row: Session) -> None:
    """Raises Refused "assessor_not_independent"."""
    sheets = row.sheets.live().select_related("assessor", "turn__enrolment__training_class")
    institutions = {one.turn.enrolment.training_class.organization_id for one in sheets}
    judges = {one.assessor for one in sheets}
    barred = timetable.barred_from(institutions, judges)
    for one in sheets:
        if one.assessor_id in barred[one.turn.enrolment.training_class.organization_id]:
            raise Refused(
                "assessor_not_independent",
                _("%(person)s 现在与考生的培训机构有关，不能评这一轮。请重新选考评员。"),
                person=one.assessor,
            )


@transaction.atomic
def close(session: Session, *, by: User, note: str = "") -> Session:
    """End the scoring: who neither signed in nor was scored is absent.

    Raises Refused "not_over" before the last turn ends, "turns_open" while a turn that was begun
    has no mark yet.
    """
    row = _locked(session)
    SESSION.check(row, "close", by=by)
    turns = row.turns.standing()
    last = turns.order_by("-ends_at").first()
    if last and timezone.now() < last.ends_at and turns.filter(settled_at=None).exists():
        raise Refused("not_over", _("最后一个轮次还没有结束，现在不能结束评分。"))
    waiting = turns.filter(settled_at__isnull=True, absent=False)
    begun = waiting.filter(Q(arrived_at__isnull=False) | Q(sheets__taps__isnull=False)).distinct()
    if open_ones := begun.count():
        raise Refused(
            "turns_open",
            _("还有 %(count)d 个轮次没有定成绩：请催交评分、指定第三人，或安排重考。"),
            count=open_ones,
        )
    for turn in waiting.select_related("person"):
        turn.absent = True
        turn.save(update_fields=["absent"])
        audit.record(TurnEvent.ABSENT, turn, by=by, within=row)
    bookings.free(row)
    return SESSION.move(row, "close", by=by, note=note, **_counts(row))


def _counts(row: Session) -> dict[str, Any]:
    return row.turns.standing().aggregate(
        sat=Count("pk", filter=Q(settled_at__isnull=False)),
        missed=Count("pk", filter=Q(absent=True)),
        passing=Count("pk", filter=Q(passed=True)),
    )


@transaction.atomic
def release(session: Session, *, by: User, note: str = "") -> Session:
    """Make the marks known.

    Source: Measures, art. 18 (results of the assessment).
    """
    row = SESSION.move(session, "release", by=by, note=note, **_counts(session))
    tellings.marks_released(row)
    return row


@transaction.atomic
def cancel(session: Session, *, by: User, note: str) -> Session:
    """Call the session off before it starts; a draft, which nobody takes, at any time.

    Raises Refused "already_started".
    """
    row = call_off(session, by=by, note=note)
    if row.number:
        tellings.plan_withdrawn(row, note)
    return row


def call_off(session: Session, *, by: User, note: str, within: Plan | None = None) -> Session:
    """As ``cancel``; the caller holds the transaction and tells the bureau."""
    fixed = _locked(session).state == State.FIXED
    row = SESSION.move(session, "cancel", by=by, note=note, within=within)
    if row.number:
        _not_begun(row)
    bookings.free(row)
    if fixed:
        tellings.called_off(row, note)
    Sheet.objects.filter(session=row).update(live=False)
    row.turns.update(void=True)
    return row
