"""What can be done to a sitting: plan it, notify it, seat people, seal, close, release, cancel.

Source: Measures, art. 18–21.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, numbers, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_plan
from zhupei.exams.actions import attempts, invigilators, late, papers, seating, tellings
from zhupei.exams.actions.checks import (
    check_everybody_entitled,
    check_fields,
    check_not_started,
    check_over,
    check_told_alone,
    locked_plan,
)
from zhupei.exams.actions.readiness import check_designated, check_rooms, check_watched
from zhupei.exams.actions.seating import seat, unseat  # noqa: F401 - verbs of a sitting as well
from zhupei.exams.events import SittingEvent
from zhupei.exams.models import Attempt, Plan, Sitting
from zhupei.exams.parameters import ADMISSION, GRACE_SECONDS, PASS_MARK
from zhupei.exams.workflow import SITTING
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.venues.actions import bookings

PLANNED = {
    "title": _("场次名称"),
    "job": _("岗位或工种"),
    "blueprint": _("细目表"),
    "room": _("考场"),
    "more_rooms": _("另外的考场"),
    "starts_at": _("开考时间"),
    "minutes": _("考试时长"),
    "forms": _("平行卷份数"),
}


@transaction.atomic
def draft(organization: Organization, *, by: User, **fields: Any) -> Sitting:
    """Plan a sitting. ``fields`` are those of PLANNED, and perhaps the ``plan`` it is one of; a
    region-wide body without one adds ``prefecture``.

    Raises NotAllowed, and Refused as ``checks.check_fields`` says.
    """
    if not may_plan(by, organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能安排考核。"))
    plan = fields.get("plan")
    prefecture = fields.pop("prefecture", None) or organization.prefecture
    if plan is not None:
        fields["plan"] = plan = locked_plan(plan)
        prefecture = plan.prefecture
    more_rooms = list(fields.pop("more_rooms", ()))
    sitting = Sitting(
        organization=organization,
        prefecture=prefecture,
        division=organization.division if organization.prefecture else prefecture,
        **fields,
    )
    check_fields(sitting, more_rooms)
    sitting.save()
    sitting.more_rooms.set(more_rooms)
    audit.record(SittingEvent.DRAFTED, sitting, by=by)
    return sitting


@transaction.atomic
def change(sitting: Sitting, *, by: User, **fields: Any) -> Sitting:
    """Change the plan; once it was notified, the bureau is told again.

    Raises NotAllowed; Refused "sealed", "has_candidates", "room_full", or as ``check_fields``.

    Source: Measures, art. 20 (the bureau knows the plan as it stands).
    """
    sitting = seating.changeable(sitting, by=by)
    before = _planned(sitting)
    for name in PLANNED:
        if name in fields and name != "more_rooms":
            setattr(sitting, name, fields[name])
    more_rooms = list(fields.get("more_rooms", sitting.more_rooms.all()))
    check_fields(sitting, more_rooms)
    sitting.save(update_fields=[name for name in PLANNED if name != "more_rooms"])
    sitting.more_rooms.set(more_rooms)
    after = _planned(sitting)
    changed = [name for name in PLANNED if before[name] != after[name]]
    if not changed:
        return sitting
    _check_job_stays(sitting, changed)
    if sitting.number:
        check_designated(sitting, sitting.job, sitting.starts_at)
        _book(sitting)
    audit.record(
        SittingEvent.CHANGED,
        sitting,
        by=by,
        changed="、".join(str(PLANNED[name]) for name in changed),
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    _follow(sitting, changed, by=by)
    if sitting.number:
        tellings.plan_changed(sitting)
    return sitting


def _planned(sitting: Sitting) -> dict[str, str]:
    """What the plan says, in words."""
    said = {name: str(getattr(sitting, name)) for name in PLANNED if name != "more_rooms"}
    rooms = sitting.more_rooms.order_by("name").values_list("name", flat=True)
    return said | {"more_rooms": "、".join(rooms)}


def _check_job_stays(sitting: Sitting, changed: list[str]) -> None:
    seated = sitting.candidates.count()
    if "job" in changed and seated:
        raise Refused(
            "has_candidates",
            _("已有 %(seated)d 名考生安排了座位，不能改岗位。请先取消座位，或另开一场。"),
            field="job",
            seated=seated,
        )


def _follow(sitting: Sitting, changed: list[str], *, by: User) -> None:
    """Invigilators move with the time, candidates with the rooms."""
    if {"starts_at", "minutes"} & set(changed):
        invigilators.follow(sitting)
    if {"room", "more_rooms"} & set(changed) and sitting.candidates.exists():
        seating.rearranged(sitting, by=by)


@transaction.atomic
def notify(sitting: Sitting, *, by: User, note: str = "") -> Sitting:
    """Tell the bureau of the prefecture; it needs no approval. One of a plan that nobody was told
    of yet is notified with the others; one more of a plan that was, by itself.

    Raises Refused as ``told``.

    Source: Measures, art. 20 (plans are notified).
    """
    sitting = told(sitting, by=by, note=note)
    tellings.plan_notified(sitting)
    return sitting


def told(sitting: Sitting, *, by: User, note: str = "", within: Plan | None = None) -> Sitting:
    """Give it its number and its rooms; the caller holds the transaction and tells the bureau.

    Raises Refused "already_started", "not_designated" or "room_taken"; unless it is told ``within``
    its plan, as ``check_told_alone``.

    Source: Measures, art. 19 (only bodies that were determined).
    """
    number = numbers.take(f"KH-{timezone.localdate().year}", digits=4)
    sitting = SITTING.move(sitting, "notify", by=by, note=note, within=within, number=number)
    whole = Sitting.objects.select_related("organization", "prefecture", "job", "room")
    sitting = whole.get(pk=sitting.pk)  # read at once: the counter of the region is held
    if within is None:
        check_told_alone(sitting)
    check_not_started(sitting)
    check_designated(sitting, sitting.job, sitting.starts_at)
    _book(sitting)
    sitting.number = number
    sitting.save(update_fields=["number"])
    return sitting


def _book(sitting: Sitting) -> None:
    """Its rooms are its own at that time. Raises Refused "room_taken"."""
    bookings.book(sitting, seating.rooms_of(sitting), sitting.starts_at, sitting.ends_at)


@transaction.atomic
def seal(sitting: Sitting, *, by: User, note: str = "") -> Sitting:
    """Assemble and seal the forms, deal them, fix the figures of the day, tell the candidates.

    Raises Refused "no_candidates", "not_eligible" when somebody lost their entitlement since,
    "already_started", "room_not_ready", "invigilators_missing", or as ``papers.assemble``.

    Source: Measures, art. 20 and 21 (the unified question bank).
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    SITTING.check(sitting, "seal", by=by)
    seated = check_ready(sitting)
    sealed = papers.assemble(sitting, by=by, now=timezone.now())
    pass_mark = parameters.setting(PASS_MARK)
    first = sealed[0]
    sitting = SITTING.move(
        sitting,
        "seal",
        by=by,
        note=note,
        items=first.place_count,
        count=len(seated),
        forms=len(sealed),
        sha256=first.sha256,
        short="、".join(paper.sha256[:8] for paper in sealed),
        papers={paper.label: paper.sha256 for paper in sealed},
        pass_mark=pass_mark.as_fact(),
    )
    sitting.pass_mark = pass_mark.value
    sitting.grace_seconds = parameters.value(GRACE_SECONDS)
    admission = parameters.value(ADMISSION, prefecture=sitting.prefecture_id)
    sitting.needs_admission = admission == "yes"
    sitting.save(update_fields=["pass_mark", "grace_seconds", "needs_admission"])
    papers.deal(sitting, sealed)
    tellings.seats_given(sitting)
    return sitting


@transaction.atomic
def check_ready(sitting: Sitting) -> list[int]:
    """All that must hold before the forms are assembled; the enrolments of those seated.

    Raises Refused as ``seal`` does.
    """
    check_not_started(sitting)
    seated = list(sitting.candidates.values_list("enrolment_id", flat=True))
    if not seated:
        raise Refused(
            "no_candidates", _("这场还没有考生，不能封卷。请先安排符合条件的学员，再封卷。")
        )
    check_everybody_entitled(sitting, seated)
    check_rooms(sitting)
    check_watched(sitting)
    return seated


@transaction.atomic
def close(sitting: Sitting, *, by: User | None, note: str = "") -> Sitting:
    """End the sitting: what is still open is handed in by the clock, and everything is marked.

    ``by`` is None when the clock does it. Raises Refused "not_over" while somebody may still
    answer.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    SITTING.check(sitting, "close", by=by)
    check_over(sitting)
    left = attempts.locked(sitting.attempts.open())
    if left:
        attempts.end(left, by=None, by_clock=True)
    counts = sitting.attempts.aggregate(
        sat=Count("started_at"), absent=Count("pk", filter=Q(started_at__isnull=True))
    )
    bookings.free(sitting)
    return SITTING.move(sitting, "close", by=by, note=note, **counts)


@transaction.atomic
def release(sitting: Sitting, *, by: User, note: str = "") -> Sitting:
    """Make the marks known; those who passed may be certified from now on.

    Raises Refused "marks_missing" while somebody who sat has no mark, "late_undecided" while nobody
    has said whether late answers count.

    Source: Measures, art. 20 (results are recorded truthfully).
    """
    counts = sitting.attempts.aggregate(
        sat=Count("started_at"), passed=Count("pk", filter=Q(passed=True))
    )
    waiting = sitting.attempts.unmarked().count()
    sitting = SITTING.move(sitting, "release", by=by, note=note, **counts)
    if waiting:
        raise Refused(
            "marks_missing",
            _("还有 %(waiting)d 份答卷没有评完分，不能公布成绩。"),
            waiting=waiting,
        )
    _check_late_decided(sitting)
    tellings.marks_released(sitting)
    return sitting


def _check_late_decided(sitting: Sitting) -> None:
    undecided = late.waiting(sitting)
    if undecided:
        raise Refused(
            "late_undecided",
            _("还有 %(undecided)d 题迟到的答案没有决定计不计，不能公布成绩。"),
            undecided=undecided,
        )


@transaction.atomic
def cancel(sitting: Sitting, *, by: User, note: str) -> Sitting:
    """Call the sitting off before it starts; a draft, which nobody sits, at any time.

    Raises Refused "already_started".
    """
    sitting = call_off(sitting, by=by, note=note)
    if sitting.number:
        tellings.plan_withdrawn(sitting, note)
    return sitting


def call_off(sitting: Sitting, *, by: User, note: str, within: Plan | None = None) -> Sitting:
    """As ``cancel``; the caller holds the transaction and tells the bureau."""
    sitting = SITTING.move(sitting, "cancel", by=by, note=note, within=within)
    if sitting.number:
        check_not_started(sitting)
    bookings.free(sitting)
    tellings.called_off(sitting, note)
    for called in sitting.invigilators.called():
        invigilators.relieve(called, by=by, note=note)
    return sitting


def close_overdue() -> int:
    """Hand in and mark every attempt past its deadline, then close the sittings that are over.

    Returns how many attempts and sittings were closed. The clock's deed: it may run twice.
    """
    closed = attempts.close_overdue()
    over = Sitting.objects.filter(state="sealed").ended_by(timezone.now())
    for sitting in over.exclude(pk__in=Attempt.objects.waited_for().values("sitting")):
        close(sitting, by=None)
        closed += 1
    return closed
