"""Who sits where: seats given by rule, taken back, moved on the day; forms dealt over the room.

Source: Measures, art. 18 and 20; project register of facts, §5.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.actions.checks import check_everybody_entitled
from zhupei.exams.events import SittingEvent
from zhupei.exams.models import CHANGEABLE, Attempt, Candidate, Sitting, State
from zhupei.institutions.models import Room
from zhupei.people.models import User
from zhupei.venues import rules
from zhupei.venues.models import Condition, Seat
from zhupei.venues.rules import Sitter, Spot

FURTHER_ROOM = 1000  # a seat of a second room is 2001, of a third 3001
OUT_OF_THE_WAY = 20_000  # where seat numbers wait while everybody changes places


# ── What there is ────────────────────────────────────────────────────────────────────────────


def rooms_of(sitting: Sitting) -> list[Room]:
    """The rooms of a sitting, its first one first."""
    return [sitting.room, *sitting.more_rooms.order_by("name", "pk")]


def seats_of(sitting: Sitting) -> list[Seat]:
    """Every seat for candidates of every room, also those taken."""
    rooms = [room.pk for room in rooms_of(sitting)]
    found = Seat.objects.for_candidates().filter(room__in=rooms).select_related("room")
    return sorted(found, key=lambda seat: (rooms.index(seat.room_id), seat.row, seat.column))


def free_seats(sitting: Sitting) -> int:
    """How many more people there is room for."""
    taken = set(sitting.candidates.values_list("place_id", flat=True))
    return sum(seat.pk not in taken for seat in seats_of(sitting))


def whole_rooms(rooms: Sequence[Room]) -> QuerySet[Seat]:
    """Every seat that stands in these rooms, whatever it is for."""
    return Seat.objects.filter(room__in=[room.pk for room in rooms])


def open_seats(sitting: Sitting) -> QuerySet[Seat]:
    """Where somebody may be moved to: free seats and spare ones, in working order."""
    rooms = [room.pk for room in rooms_of(sitting)]
    taken = sitting.candidates.filter(place__isnull=False).values("place")
    usable = Seat.objects.filter(room__in=rooms, usable=True).exclude(condition=Condition.BROKEN)
    free = usable.exclude(pk__in=taken).select_related("room")
    return free.order_by("-spare", "room", "number")


def spot(seat: Seat) -> Spot:
    return Spot(seat.room_id, seat.row, seat.column)


# ── Giving seats ─────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def seat(sitting: Sitting, enrolments: Iterable[Any], *, by: User) -> list[Candidate]:
    """Give each person a seat: people spread over the rooms, one class apart where it can be.

    Raises NotAllowed; Refused "sealed", "nobody_chosen", "not_eligible", "no_seat_map",
    "room_full".

    Source: Measures, art. 18 (assessment of those trained).
    """
    sitting = changeable(sitting, by=by)
    by_person = {enrolment.person_id: enrolment for enrolment in enrolments}
    if not by_person:
        raise Refused("nobody_chosen", _("没有选中学员。请在名单里勾选符合条件的学员。"))
    check_everybody_entitled(sitting, [one.pk for one in by_person.values()])
    there = list(sitting.candidates.select_related("place", "enrolment__training_class"))
    taken = {spot(one.place): _sitter(one.enrolment) for one in there if one.place}
    free = {spot(place): place for place in seats_of(sitting) if spot(place) not in taken}
    check_fit(sitting, len(by_person), len(free), taken=len(there))
    seed = secrets.token_hex(8)
    people = [_sitter(one) for one in by_person.values()]
    plan = rules.spread(people, list(free), seed, taken)
    numbers = _numbers(sitting)
    seated = Candidate.objects.bulk_create(
        Candidate(
            sitting=sitting,
            person=one.person,
            enrolment=one,
            place=free[plan[one.pk]],
            seat=numbers[free[plan[one.pk]].room_id] + free[plan[one.pk]].number,
        )
        for one in by_person.values()
    )
    _record_plan(SittingEvent.SEATED, sitting, seated, by=by, seed=seed)
    return seated


@transaction.atomic
def arrange(sitting: Sitting, *, by: User) -> list[Candidate]:
    """Give everybody seated a place anew, by rule, in the rooms as they are now.

    Raises NotAllowed; Refused "sealed", "nobody_chosen", "no_seat_map", "room_full".
    """
    return rearranged(changeable(sitting, by=by), by=by)


def rearranged(sitting: Sitting, *, by: User) -> list[Candidate]:
    """As ``arrange``, on a locked row."""
    people = list(sitting.candidates.select_related("enrolment__training_class"))
    if not people:
        raise Refused("nobody_chosen", _("这场还没有考生，没有座位可以重排。"))
    free = {spot(place): place for place in seats_of(sitting)}
    check_fit(sitting, len(people), len(free), taken=0)
    seed = secrets.token_hex(8)
    plan = rules.spread([_sitter(one.enrolment) for one in people], list(free), seed)
    sitting.candidates.update(seat=F("seat") + OUT_OF_THE_WAY, place=None)
    numbers = _numbers(sitting)
    for one in people:
        one.place = free[plan[one.enrolment_id]]
        one.seat = numbers[one.place.room_id] + one.place.number
    Candidate.objects.bulk_update(people, ["place", "seat"])
    _record_plan(SittingEvent.ARRANGED, sitting, people, by=by, seed=seed)
    return people


@transaction.atomic
def unseat(candidate: Candidate, *, by: User) -> Sitting:
    """Take a seat back. Raises NotAllowed; Refused "sealed"."""
    sitting = changeable(candidate.sitting, by=by)
    audit.record(
        SittingEvent.UNSEATED,
        sitting,
        by=by,
        seat=candidate.seat,
        enrolment=candidate.enrolment_id,
    )
    candidate.delete()
    return sitting


@transaction.atomic
def reseat(candidate: Candidate, place: Seat, *, by: User, note: str) -> Candidate:
    """Move somebody to another free seat or a spare one, with the reason; the form goes with them.

    Until the sealing the examiner does it, afterwards whoever watches. Raises NotAllowed; Refused
    "note_required", "over", "seat_elsewhere", "seat_unusable", "seat_taken".

    Source: project register of facts, §5 (spare machines are kept for those whose machine fails).
    """
    row = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=row.sitting_id)
    _check_may_move(sitting, by)
    if not note.strip():
        raise Refused("note_required", _("请写明换座位的原因。"), field="note")
    _check_place(sitting, place)
    before = row.seat
    row.place, row.seat = place, _numbers(sitting)[place.room_id] + place.number
    row.save(update_fields=["place", "seat"])
    Attempt.objects.filter(candidate=row).update(label=str(row))
    facts: dict[str, Any] = {"before": before, "after": row.seat, "note": note.strip()}
    audit.record(
        SittingEvent.RESEATED, sitting, by=by, person=row.person.name, candidate=row.pk, **facts
    )
    return row


def _check_may_move(sitting: Sitting, by: User) -> None:
    ask = may_run if sitting.state in CHANGEABLE else may_invigilate
    if not ask(by, sitting):
        raise NotAllowed("not_allowed", _("封卷前由考务员、封卷后由这场的监考员换座位。"))
    if sitting.state not in {*CHANGEABLE, State.SEALED}:
        raise Refused("over", _("“%(sitting)s”已经结束，不能再换座位。"), sitting=sitting)


def _check_place(sitting: Sitting, place: Seat) -> None:
    if place.room_id not in {room.pk for room in rooms_of(sitting)}:
        raise Refused("seat_elsewhere", _("这个座位不在本场的考场里。"), field="place")
    if not place.usable or place.condition == Condition.BROKEN:
        raise Refused(
            "seat_unusable",
            _("%(seat)s 现在不能用。请选另一个空座位或备用座位。"),
            field="place",
            seat=place,
        )
    sits = sitting.candidates.filter(place=place).select_related("person").first()
    if sits:
        raise Refused(
            "seat_taken",
            _("%(seat)s 已安排给 %(person)s。请选空座位或备用座位。"),
            field="place",
            seat=place,
            person=sits.person,
        )


def check_fit(sitting: Sitting, wanted: int, free: int, *, taken: int) -> None:
    """Raises Refused "no_seat_map" or "room_full"."""
    rooms = "、".join(room.name for room in rooms_of(sitting))
    if not free and not taken:
        raise Refused(
            "no_seat_map",
            _("“%(room)s”没有可用的座位。请先到“考点”里设置考场，生成座位图。"),
            field="room",
            room=rooms,
        )
    if wanted > free:
        raise Refused(
            "room_full",
            _("“%(room)s”还空 %(free)d 个座位，选了 %(chosen)d 人。请少选，或加一个考场。"),
            field="room",
            room=rooms,
            free=free,
            chosen=wanted,
        )


def _sitter(enrolment: Any) -> Sitter:
    training_class = enrolment.training_class
    return Sitter(enrolment.pk, training_class.pk, training_class.organization_id)


def _numbers(sitting: Sitting) -> dict[int, int]:
    """What is added to the number on the desk, by room: nothing in the first."""
    return {
        room.pk: FURTHER_ROOM * (turn + 1) if turn else 0
        for turn, room in enumerate(rooms_of(sitting))
    }


def _record_plan(
    verb: SittingEvent, sitting: Sitting, seated: Sequence[Candidate], *, by: User, seed: str
) -> None:
    """The seed is kept: whoever has the same people and rooms can lay the plan again."""
    audit.record(
        verb,
        sitting,
        by=by,
        count=len(seated),
        seed=seed,
        seats={str(one.seat): one.enrolment_id for one in seated},
    )


def changeable(sitting: Sitting, *, by: User) -> Sitting:
    """The locked row of a sitting that ``by`` may still change.

    Raises NotAllowed; Refused "sealed".
    """
    row = Sitting.objects.select_for_update(of=("self",)).select_related("room").get(pk=sitting.pk)
    if not may_run(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改这场考核。"))
    if row.state not in CHANGEABLE:
        raise Refused(
            "sealed",
            _("“%(sitting)s”已是“%(state)s”，试题、座位和时间都不能再改。"),
            sitting=row,
            state=row.get_state_display(),
        )
    return row


# ── Dealing forms ────────────────────────────────────────────────────────────────────────────


def deal(candidates: Sequence[Candidate], forms: int, seed: str) -> Mapping[int, int]:
    """Which form, from 1, lies before whom (by the candidate's key); neighbours get others.

    ``candidates`` come with their places. Somebody without a place stands in a row of their own.

    Source: Measures, art. 20; the rule is ``venues.rules.deal``.
    """
    where = {one.pk: spot(one.place) if one.place else Spot(0, 1, one.seat) for one in candidates}
    dealt = rules.deal(list(where.values()), forms, seed)
    return {key: dealt[at] + 1 for key, at in where.items()}
