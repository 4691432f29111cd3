"""Keeping the ledger: every class and sitting that takes place has its duty, and follows it.

Nothing is told to this module by the apps below, which do not know it. It compares what there is
with what the ledger says, as often as a job asks; run twice it changes nothing, run late it loses
nothing.

Source: Measures, art. 6.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes.models import State as ClassState
from zhupei.core import audit
from zhupei.core.parameters import settings_of, value
from zhupei.core.templatetags.ui import beijing
from zhupei.patrols import parameters as p
from zhupei.patrols import subjects, tellings
from zhupei.patrols.actions import planning, reminders
from zhupei.patrols.events import DutyEvent
from zhupei.patrols.models import OPEN, Duty, State, Subject
from zhupei.patrols.models.duties import bureaus_of
from zhupei.patrols.rules import coverage
from zhupei.patrols.subjects import CLASS_HELD, SESSION_HELD, SITTING_HELD, Seen
from zhupei.patrols.workflow import DUTY

AT_ONCE = 200  # duties in one transaction
FOLLOWED = timedelta(days=2)  # after its end a subject is looked at no more
NEWS = timedelta(days=3)  # what was missed before that is history: a new ledger wakes nobody
LOOKS = {Subject.THEORY: p.THEORY_LOOKS, Subject.PRACTICAL: p.PRACTICAL_LOOKS}


class Changes(NamedTuple):
    """What one run did."""

    opened: int
    followed: int
    missed: int


def keep() -> Changes:
    """Compare everything that is not over with the ledger, and put the ledger right."""
    now = timezone.now()
    opened = sum(_open(part) for part in _parts(_fresh(now)))
    followed = sum(_follow_all(part, now) for part in _parts(_known(now)))
    return Changes(opened, followed, close_overdue())


def _parts(seen: Iterable[Seen]) -> Iterator[Sequence[Seen]]:
    rows = list(seen)
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _fresh(now: datetime) -> Iterator[Seen]:
    """What takes place and has no duty yet."""
    since = date.fromisoformat(value(p.BEGINS_ON))
    none = Q(patrol_duty__isnull=True)
    classes = Q(state__in=[*CLASS_HELD, ClassState.REVOKED], ends_on__gte=since)
    yield from subjects.of_classes(none & classes, now)
    yield from subjects.of_sittings(
        none & Q(state__in=SITTING_HELD, starts_at__date__gte=since), now
    )
    yield from subjects.of_sessions(
        none & Q(state__in=SESSION_HELD, closes_at__date__gte=since), now
    )


def _known(now: datetime) -> Iterator[Seen]:
    """What has a duty that may still change: open, or the thing itself is not over."""
    open_ones = Q(patrol_duty__state__in=OPEN)
    late = timezone.localdate(now - FOLLOWED)
    yield from subjects.of_classes(open_ones | Q(patrol_duty__isnull=False, ends_on__gte=late), now)
    recent = Q(patrol_duty__isnull=False)
    yield from subjects.of_sittings(open_ones | (recent & Q(starts_at__date__gte=late)), now)
    yield from subjects.of_sessions(open_ones | (recent & Q(closes_at__date__gte=late)), now)


@transaction.atomic
def _open(seen: Sequence[Seen]) -> int:
    """Write the duties of what owes a look, with the figures in force when it begins."""
    owing = [(one, coverage.standing(one.facts)) for one in seen]
    owing = [(one, stand) for one, stand in owing if stand.owed]
    bureaus = bureaus_of(one.columns["prefecture_id"] for one, _stand in owing)
    wanted = _remembered(_wanted)
    duties = [
        Duty(
            kind=one.kind,
            **{f"{subjects.field_of(one.kind)}_id": one.thing.pk},
            authority=bureaus.get(one.columns["prefecture_id"]),
            opens_at=stand.opens_at,
            closes_at=stand.closes_at,
            paused_since=one.facts.frozen_since,
            wanted=wanted(
                one.kind,
                one.columns["category"],
                one.columns["prefecture_id"],
                timezone.localdate(stand.opens_at),
            ),
            **one.columns,
        )
        for one, stand in owing
    ]
    Duty.objects.bulk_create(duties)
    audit.record_all(DutyEvent.OPENED, duties, by=None)
    return len(duties)


def _wanted(kind: Subject, category: str, prefecture: str, day: date) -> int:
    parameter = LOOKS.get(kind) or p.CLASS_LOOKS[category]
    return int(value(parameter, on=day, prefecture=prefecture))


def _remembered(ask: Callable[..., int]) -> Callable[..., int]:
    """The same question is asked once a run."""
    known: dict[Any, int] = {}

    def answer(*said: Any) -> int:
        if said not in known:
            known[said] = ask(*said)
        return known[said]

    return answer


@transaction.atomic
def _follow_all(seen: Sequence[Seen], now: datetime) -> int:
    by_subject = {(one.kind, one.thing.pk): one for one in seen}
    wanted = Q()
    for kind in Subject:
        keys = [pk for one, pk in by_subject if one == kind]
        wanted |= Q(**{f"{subjects.field_of(kind)}__in": keys})
    duties = Duty.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk")
    changed = 0
    for duty in duties:
        subject = getattr(duty, f"{subjects.field_of(duty.kind)}_id")
        changed += _follow(duty, by_subject[Subject(duty.kind), subject], now)
    return changed


def _follow(duty: Duty, seen: Seen, now: datetime) -> bool:
    """Let one duty say what its subject says."""
    stand = coverage.standing(seen.facts)
    moved = _copy(duty, seen, stand, now)
    paused = _pause(duty, seen, now)
    if paused:
        duty.refresh_from_db(fields=["state"])
    return _settle(duty, stand, now) or moved or paused


def _copy(duty: Duty, seen: Seen, stand: coverage.Standing, now: datetime) -> bool:
    """Take over what changed; another time is told in the timeline."""
    said = seen.columns | {"opens_at": stand.opens_at, "closes_at": stand.closes_at}
    over = duty.closes_at <= now or not stand.owed
    if duty.state == State.DONE and over:  # what was looked at and is over stays as it was
        said = {name: said[name] for name in ("title", "number")}
    changed = [name for name, new in said.items() if getattr(duty, name) != new]
    if not changed:
        return False
    before = duty.closes_at
    for name in changed:
        setattr(duty, name, said[name])
    if "prefecture_id" in changed:
        duty.authority = bureaus_of([duty.prefecture_id]).get(duty.prefecture_id)
    if duty.closes_at > before:
        duty.alerted_at = None  # more time: whoever forgets it is reminded again
    duty.save()
    if before != duty.closes_at:
        audit.record(
            DutyEvent.MOVED, duty, by=None, before=beijing(before), after=beijing(duty.closes_at)
        )
    return True


def _pause(duty: Duty, seen: Seen, now: datetime) -> bool:
    """An institution that is suspended teaches nothing: there is nothing to look at."""
    since, before = seen.facts.frozen_since, duty.paused_since
    if since == before:
        return False
    duty.paused_since = since
    duty.save(update_fields=["paused_since"])
    if since is not None:
        audit.record(DutyEvent.PAUSED, duty, by=None)
        return True
    audit.record(DutyEvent.RESUMED, duty, by=None)
    assert before
    if (
        duty.state in OPEN
        and coverage.after_a_pause(duty.closes_at, before, now) is coverage.Due.LIFTED
    ):
        lift(duty, _("暂停业务期间到了结束时间，没有办完"))
    return True


def _settle(duty: Duty, stand: coverage.Standing, now: datetime) -> bool:
    if duty.state == State.DONE and not stand.owed:
        return bool(planning.call_off_all(duty, note=_("班级或场次没有举办")))
    if not stand.owed and duty.state in {State.OWED, State.PLANNED, State.MISSED}:
        lift(duty, _("班级或场次没有举办"))
        return True
    again = stand.owed and stand.closes_at > now
    if again and duty.state in {State.MISSED, State.LIFTED}:
        Duty.objects.filter(pk=duty.pk).update(
            missed_at=None,
            ground=None,
            explanation="",
            explained_at=None,
            explained_by=None,
            escalated_at=None,
            alerted_at=None,
        )
        DUTY.move(duty, "reopen", by=None)
        return True
    return False


def lift(duty: Duty, why: str) -> Duty:
    """Nothing took place: no look is owed, and whoever was to go need not."""
    planning.call_off_all(duty, note=why)
    return DUTY.move(duty, "lift", by=None, why=why)


@transaction.atomic
def close_overdue() -> int:
    """Note as missed what ended without a look. A deed of the clock; the bureau is asked why."""
    now = timezone.now()
    offline = timedelta(hours=settings_of(p.OFFLINE_HOURS)[p.OFFLINE_HOURS.key].value)
    _call_off_further(now - offline)
    rows = Duty.objects.select_for_update(of=("self",), skip_locked=True).open().ending_by(now)
    missed = [
        duty
        for duty in rows.order_by("closes_at", "pk")
        if coverage.due(
            duty.closes_at,
            now,
            planned=duty.state == State.PLANNED,
            offline=offline,
            paused_since=duty.paused_since,
        )
        is coverage.Due.MISSED
    ]
    for duty in missed:
        old = now - duty.closes_at > NEWS
        planning.call_off_all(duty, note=_("到时间没有提交巡查表"))
        duty.missed_at = now
        duty.escalated_at = now if old else None
        duty.save(update_fields=["missed_at", "escalated_at"])
        row = DUTY.move(duty, "miss", by=None)
        if not old:
            tellings.missed(row, reminders.explained_by(row))
    return len(missed)


def _call_off_further(moment: datetime) -> None:
    """Who was to look once more at what was looked at already, and it ended without them."""
    rows = Duty.objects.select_for_update(of=("self",), skip_locked=True).ending_by(moment)
    for duty in rows.looked_at_again().order_by("pk"):
        planning.call_off_all(duty, note=_("到时间没有提交巡查表"))
