"""Roll calls: whom the system asks for at an hour, and who was there.

The sample is drawn here and sealed with the server's key before a phone sees it, so that whoever
stands in the room, without network, calls those who were drawn and nobody else.

Source: Measures, art. 6 and 13; notice, part 2, section 2 (4: paid stand-ins).
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, Lesson
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.exams.models import Candidate
from zhupei.patrols import parameters as p
from zhupei.patrols.events import PatrolEvent
from zhupei.patrols.models import Deed, Duty, Found, Patrol, Roll, RollLine, Subject
from zhupei.patrols.rules import sampling
from zhupei.practical.models import Turn

SALT = "patrols.roll"
AHEAD = 3  # days whose lessons a form is good for, from the planned day on
BEFORE = timedelta(minutes=10)  # a roll may be called so long before the hour begins
MOST_HOURS = 24  # of one form


class Expected(NamedTuple):
    """Somebody who has to be there. ``place``: the number of a seat or a station, in words."""

    enrolment: int
    place: str = ""


class Hour(NamedTuple):
    """A stretch of time with the people who have to be there. ``lesson`` 0: a sitting."""

    lesson: int
    title: str
    opens_at: datetime
    closes_at: datetime
    people: list[Expected]

    def around(self, moment: datetime) -> bool:
        """May a roll be called at this moment?"""
        return self.opens_at - BEFORE <= moment <= self.closes_at

    def days(self) -> set[date]:
        return {timezone.localdate(self.opens_at), timezone.localdate(self.closes_at)}


class Drawn(NamedTuple):
    """Somebody to look for: who, where they sit, how the number on their card ends, and what was
    found so far.
    """

    enrolment: int
    name: str
    place: str
    tail: str
    found: str


class Offer(NamedTuple):
    """A sample for one hour, sealed. ``begun``: it is being called already."""

    hour: Hour
    expected: int
    ticket: str
    sample: list[Drawn]
    begun: bool

    @property
    def unanswered(self) -> int:
        return sum(not one.found for one in self.sample) if self.begun else 0


def hours(duty: Duty, first: datetime, last: datetime) -> list[Hour]:
    """When somebody has to be there between two moments, and who."""
    found = {
        Subject.CLASS: _lessons,
        Subject.THEORY: _sitting,
        Subject.PRACTICAL: _turns,
    }[Subject(duty.kind)](duty, first, last)
    return [hour for hour in found if hour.people]


def expected_on(duty: Duty, day: date) -> bool:
    """Does anybody have to be there on this day?"""
    start = _midnight(day)
    return bool(hours(duty, start, start + timedelta(days=1)))


def offers(patrol: Patrol) -> list[Offer]:
    """The samples for every hour a form may be used in. A sample somebody began to call stays what
    it was, whatever changed since.
    """
    size = value(p.SAMPLE, prefecture=patrol.duty.prefecture_id)
    begun = _begun(patrol)
    found = [
        (hour, _said(patrol, hour, size), begun.get(_key(hour.lesson, hour.opens_at)))
        for hour in _within_reach(patrol, begun.values())
    ]
    samples = {one for _hour, said, roll in found if roll is None for one in said["s"]}
    people = Enrolment.objects.select_related("person").in_bulk(samples)
    return [_offer(hour, said, roll, people) for hour, said, roll in found]


def _within_reach(patrol: Patrol, begun: Iterable[Roll]) -> list[Hour]:
    """The hours of the planned day and those after it, of the day of the look, and of days a roll
    call was begun on.
    """
    first = max(patrol.planned_for, timezone.localdate())
    days = {first + timedelta(days=n) for n in range(AHEAD)}
    days |= {timezone.localdate(roll.at) for roll in begun}
    if patrol.looked_at is not None:
        days.add(timezone.localdate(patrol.looked_at))
    end = _midnight(max(days) + timedelta(days=1))
    found = hours(patrol.duty, _midnight(min(days)), end)
    return [hour for hour in found if days & hour.days()][:MOST_HOURS]


def _offer(
    hour: Hour, said: dict[str, Any], roll: Roll | None, people: Mapping[int, Enrolment]
) -> Offer:
    places = {one.enrolment: one.place for one in hour.people}
    if roll is not None:
        lines = [(one.enrolment_id, one.person, one.found or "") for one in roll.lines.all()]
    else:
        lines = [(one, people[one].person, "") for one in said["s"]]
    sample = [
        Drawn(pk, person.name, places.get(pk, ""), person.id_last_four, found)
        for pk, person, found in lines
    ]
    if roll is not None:
        return Offer(hour, roll.expected, roll.deed.value, sample, begun=True)
    ticket = _seal().sign_object(said, compress=True)
    return Offer(hour, len(hour.people), ticket, sample, begun=False)


def _said(patrol: Patrol, hour: Hour, size: int) -> dict[str, Any]:
    """What a ticket says. Of the same hour and people it is the same text whenever it is made."""
    occasion = f"{hour.lesson}|{hour.opens_at.timestamp():.0f}"
    keys = [one.enrolment for one in hour.people]
    return {
        "p": patrol.pk,
        "l": hour.lesson,
        "b": int(hour.opens_at.timestamp()),
        "e": int(hour.closes_at.timestamp()),
        "n": len(keys),
        "s": list(sampling.drawn(patrol.seed, occasion, keys, size)),
    }


def _begun(patrol: Patrol) -> dict[tuple[int, int], Roll]:
    """The roll calls of a patrol, by their hour."""
    rows = patrol.rolls.select_related("deed").prefetch_related("lines__person")
    found = {}
    for roll in rows:
        try:
            said = _read(roll.deed.value, patrol)
        except Refused:  # sealed with a key that is gone
            continue
        found[said["l"], said["b"]] = roll
    return found


def _seal() -> signing.Signer:
    return signing.Signer(salt=SALT)


def _opening(ticket: str) -> signing.Signer:
    """What opens a ticket: those made before they were without a time have one more part."""
    old = ticket.count(":") > 1
    return signing.TimestampSigner(salt=SALT) if old else _seal()


def _key(lesson: int, opens_at: datetime) -> tuple[int, int]:
    return lesson, int(opens_at.timestamp())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _lessons(duty: Duty, first: datetime, last: datetime) -> Iterator[Hour]:
    lessons = list(
        Lesson.objects.filter(
            training_class=duty.training_class_id, ends_at__gt=first, starts_at__lt=last
        )
        .select_related("unit")
        .order_by("starts_at")
    )
    enrolled = list(
        Enrolment.objects.active()
        .filter(training_class=duty.training_class_id)
        .values_list("pk", "enrolled_at")
        .order_by("pk")
    )
    for lesson in lessons:
        there = [Expected(pk) for pk, at in enrolled if at < lesson.ends_at]
        title = f"{beijing(lesson.starts_at)} {lesson.unit.title}"
        yield Hour(lesson.pk, title, lesson.starts_at, lesson.ends_at, there)


def _sitting(duty: Duty, first: datetime, last: datetime) -> Iterator[Hour]:
    sitting = duty.sitting
    assert sitting
    if sitting.ends_at <= first or sitting.starts_at >= last:
        return
    seated = Candidate.objects.filter(sitting=sitting, attempt__void=False).order_by("pk")
    seats = seated.values_list("enrolment_id", "seat")
    people = [Expected(pk, _now("%(n)d 号座") % {"n": seat}) for pk, seat in seats]
    title = f"{beijing(sitting.starts_at)} {_now('理论考核')}"
    yield Hour(0, title, sitting.starts_at, sitting.ends_at, people)


def _turns(duty: Duty, first: datetime, last: datetime) -> Iterator[Hour]:
    turns = Turn.objects.standing().filter(
        session=duty.session_id, ends_at__gt=first, starts_at__lt=last, absent=False
    )
    by_slot: dict[tuple[datetime, datetime], list[Expected]] = {}
    rows = turns.values_list("starts_at", "ends_at", "enrolment_id", "station")
    for starts, ends, enrolment, station in rows.order_by("starts_at", "station"):
        place = _now("%(n)d 号工位") % {"n": station}
        by_slot.setdefault((starts, ends), []).append(Expected(enrolment, place))
    for (starts, ends), people in by_slot.items():
        yield Hour(0, f"{beijing(starts)} {_now('实操轮次')}", starts, ends, people)


def take_up(patrol: Patrol, deed: Deed) -> Roll:
    """Somebody in the room begins to call a sample that was drawn; in the caller's transaction.
    An hour has one roll call: whoever begins it again, on another phone, goes on with it.

    Raises Refused "not_drawn" for what we did not seal, "not_this_hour".
    """
    said = _read(deed.value, patrol)
    begin, end = (datetime.fromtimestamp(said[one], deed.at.tzinfo) for one in ("b", "e"))
    if not begin - BEFORE <= deed.at <= end:
        raise Refused(
            "not_this_hour",
            _("点名是 %(time)s（北京时间）做的，不在这一节的时间里。"),
            time=beijing(deed.at),
        )
    known = _begun(patrol).get((said["l"], said["b"]))
    if known is not None:
        return _go_on(known, said["s"], deed.at)
    roll = Roll.objects.create(
        patrol=patrol,
        deed=deed,
        lesson_id=said["l"] or None,
        at=deed.at,
        expected=said["n"],
    )
    _add_lines(roll, said["s"])
    audit.record(
        PatrolEvent.ROLL_DRAWN,
        patrol,
        by=deed.made_by,
        within=patrol.duty,
        expected=roll.expected,
        count=len(said["s"]),
        enrolments=said["s"],
        seed=patrol.seed,
    )
    return roll


def _read(ticket: str, patrol: Patrol) -> dict[str, Any]:
    try:
        said: dict[str, Any] = _opening(ticket).unsign_object(ticket)
    except (signing.BadSignature, ValueError, zlib.error) as fault:
        raise Refused("not_drawn", _("这份点名名单不是系统抽的。请刷新巡查表。")) from fault
    if said["p"] != patrol.pk:
        raise Refused("not_drawn", _("这份点名名单是另一次巡查的。请刷新巡查表。"))
    return said


def _go_on(roll: Roll, sample: Sequence[int], at: datetime) -> Roll:
    """The same hour from another phone. Whoever its sample has besides, drawn before somebody left
    the class or came to it, is looked for as well.
    """
    if at < roll.at:
        roll.at = at
        roll.save(update_fields=["at"])
    there = {line.enrolment_id for line in roll.lines.all()}
    _add_lines(roll, [one for one in sample if one not in there], after=len(there))
    return roll


def _add_lines(roll: Roll, sample: Sequence[int], after: int = 0) -> None:
    persons = dict(Enrolment.objects.filter(pk__in=sample).values_list("pk", "person_id"))
    RollLine.objects.bulk_create(
        RollLine(roll=roll, place=place, enrolment_id=one, person_id=persons[one])
        for place, one in enumerate(sample, after + 1)
    )


def found(patrol: Patrol, ticket: str) -> dict[int, str | None]:
    """What was seen of those on a sample that was begun, by enrolment; nothing of another one."""
    lines = RollLine.objects.filter(roll__patrol=patrol, roll__deed__value=ticket)
    return dict(lines.values_list("enrolment_id", "found"))


def mark(patrol: Patrol, deed: Deed) -> RollLine:
    """One person of the newest roll call that was begun before; in the caller's transaction.

    Raises Refused "not_in_the_sample" or "not_a_mark".
    """
    if deed.value not in Found.values:
        raise Refused("not_a_mark", _("点名只能是：在场、不在场、不是本人。"))
    lines = RollLine.objects.filter(roll__patrol=patrol, roll__at__lte=deed.at)
    wanted = lines.filter(enrolment=int(deed.about) if deed.about.isdecimal() else 0)
    line = wanted.order_by("-roll__at", "-roll").first()
    if line is None:
        raise Refused("not_in_the_sample", _("这个人不在抽出的名单里。"))
    newest = patrol.deeds.filter(kind=deed.kind, about=deed.about, at__gt=deed.at)
    if not newest.exists():
        line.found = deed.value
        line.save(update_fields=["found"])
    return line
