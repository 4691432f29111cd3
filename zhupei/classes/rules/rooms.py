"""Whether the rooms of a plan hold its people, and may be used on its days."""

from collections.abc import Iterable
from typing import Any

from zhupei.classes.rules.facts import Finding, Plan, PlannedLesson, Tone
from zhupei.classes.rules.timetable import hours


def _in_rooms(plan: Plan) -> list[PlannedLesson]:
    """The lessons people come to; for those held online nobody needs a seat."""
    return [lesson for lesson in plan.lessons if not lesson.online]


def room_seats(plan: Plan) -> Finding | None:
    """There is a seat for everybody in every room.

    Source: Measures, art. 9 and 13 (places fit the task).
    """
    lessons = _in_rooms(plan)
    if not lessons:
        return None
    facts = {"seats": plan.seats}
    small = {(x.room, x.seats) for x in lessons if x.seats < plan.seats}
    if small:
        items = [{"room": room, "has": has} for room, has in sorted(small)]
        return Finding("room_too_small", Tone.BAD, "第九条", "seats", facts, items)
    return Finding("rooms_fit", Tone.OK, "第九条", "seats", facts)


def batches(learners: int, places: int, share: int) -> int:
    """How many groups have to take turns when ``share`` people work at each station."""
    return -(-learners // (places * share))


def stations(plan: Plan) -> Finding | None:
    """Stations enough for everybody at once, or practice lessons enough to take turns.

    Source: Measures, art. 13 (places fit the task); people at a station is a parameter.
    """
    practice = [lesson for lesson in plan.lessons if lesson.practice]
    if not practice:
        return None
    share = plan.limits.learners_per_station
    facts: dict[str, Any] = {"seats": plan.seats, "share": share}
    if none := sorted({lesson.room for lesson in practice if not lesson.stations}):
        items = [{"room": room} for room in none]
        return Finding("stations_unknown", Tone.WARN, "第十三条", "seats", facts, items)
    fewest = min(lesson.stations for lesson in practice)
    groups = batches(plan.seats, fewest, share)
    if groups == 1:
        return Finding("stations_enough", Tone.OK, "第十三条", "seats", facts | {"has": fewest})
    required = groups * sum(unit.practice for unit in plan.units)
    given = sum(lesson.seconds for lesson in practice)
    facts |= {
        "has": fewest,
        "batches": groups,
        "each": hours(required // groups),
        "required": hours(required),
        "given": hours(given),
        "short": hours(max(required - given, 0)),
    }
    if given < required:
        return Finding("few_stations", Tone.WARN, "第十三条", "seats", facts)
    return Finding("stations_in_turns", Tone.OK, "第十三条", "seats", facts)


def rooms_usable(plan: Plan) -> Finding | None:
    """No lesson is held in a room after its lease or after it was closed.

    Source: Measures, art. 9 (an institution has places of its own or by agreement).
    """
    late = [
        lesson
        for lesson in _in_rooms(plan)
        if lesson.usable_until is not None and lesson.day > lesson.usable_until
    ]
    if not late:
        return None
    items = [{"room": x.room, "until": x.usable_until, "day": x.day} for x in _first_of_each(late)]
    return Finding("room_not_usable", Tone.BAD, "第九条", "timetable", items=items)


def fire_safety(plan: Plan) -> Finding | None:
    """Every room has a fire-safety check that holds today; one that ends before the last lesson
    has to be made again in time.

    Source: Measures, art. 13 (places are safe); notice of 2023, part 1, section 3.
    """
    lessons = _in_rooms(plan)
    late = [x for x in lessons if x.fire_until is not None and x.day > x.fire_until]
    if over := [x for x in late if x.fire_until is not None and x.fire_until < plan.today]:
        return Finding("fire_check_over", Tone.BAD, "第十三条", "timetable", items=_until(over))
    if late:
        return Finding("fire_check_ends", Tone.WARN, "第十三条", "timetable", items=_until(late))
    never = [x for x in lessons if not x.fire_checked]
    if never:
        unknown = [{"room": x.room} for x in _first_of_each(never)]
        return Finding("fire_check_missing", Tone.WARN, "第十三条", "timetable", items=unknown)
    return Finding("fire_check_valid", Tone.OK, "第十三条", "timetable") if lessons else None


def _until(lessons: Iterable[PlannedLesson]) -> list[dict[str, Any]]:
    return [{"room": x.room, "until": x.fire_until, "day": x.day} for x in _first_of_each(lessons)]


def _first_of_each(lessons: Iterable[PlannedLesson]) -> list[PlannedLesson]:
    """The earliest lesson in each room."""
    first: dict[str, PlannedLesson] = {}
    for lesson in sorted(lessons, key=lambda lesson: lesson.day):
        first.setdefault(lesson.room, lesson)
    return [first[room] for room in sorted(first)]
