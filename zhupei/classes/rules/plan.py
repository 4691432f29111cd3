"""Judging a class plan: every check is a function of ``Plan`` that tells what it found.

A finding carries a code, not words: the words are in ``words.py``, for people. Findings with the
tone "bad" stop a submission; those with "warn" are for the eyes of the reviewer.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from zhupei.classes.rules.facts import Finding, Plan, PlannedLesson, Tone, UnitHours
from zhupei.classes.rules.rooms import fire_safety, room_seats, rooms_usable, stations
from zhupei.classes.rules.shares import hours_least, online_hours, practice_share
from zhupei.classes.rules.standing import admitted, filing, licence, platform
from zhupei.classes.rules.timetable import SECONDS_PER_HOUR, hours, planned


def unit_hours(plan: Plan) -> Finding:
    """Every unit gets the hours its syllabus asks for.

    Source: Measures, art. 8 and 9 (training follows the syllabus of the region).
    """
    required = sum(unit.required for unit in plan.units)
    given = sum(planned(plan.lessons, unit) for unit in plan.units)
    facts = {"planned": hours(given), "required": hours(required)}
    short = [
        _short(plan, unit) for unit in plan.units if planned(plan.lessons, unit) < unit.required
    ]
    if short:
        return Finding("class_shorter_than_syllabus", Tone.BAD, "第八条", "timetable", facts, short)
    return Finding("hours_match", Tone.OK, "第八条", "timetable", facts)


def _short(plan: Plan, unit: UnitHours) -> dict[str, Any]:
    given = planned(plan.lessons, unit)
    return {
        "position": unit.position,
        "title": unit.title,
        "planned": hours(given),
        "required": hours(unit.required),
        "short": hours(unit.required - given),
    }


def practice_hours(plan: Plan) -> Finding:
    """What the syllabus wants practised is practised, not lectured.

    Source: Measures, art. 13 (training on the job follows the practice scheme).
    """
    required = sum(unit.practice for unit in plan.units)
    given = sum(planned(plan.lessons, unit, practice=True) for unit in plan.units)
    facts = {"planned": hours(given), "required": hours(required)}
    short = [
        {"position": unit.position, "title": unit.title, "short": hours(unit.practice - given_here)}
        for unit in plan.units
        if (given_here := planned(plan.lessons, unit, practice=True)) < unit.practice
    ]
    if short:
        return Finding("practice_hours_short", Tone.BAD, "第十三条", "timetable", facts, short)
    return Finding("practice_hours_match", Tone.OK, "第十三条", "timetable", facts)


def ethics(plan: Plan) -> Finding:
    """Professional ethics are part of what is taught.

    Source: Measures, art. 8 (ethics go into the training).
    """
    units = [unit for unit in plan.units if unit.is_ethics]
    if not units:
        return Finding("syllabus_without_ethics", Tone.WARN, "第八条", "syllabus")
    given = sum(planned(plan.lessons, unit) for unit in units)
    if not given:
        return Finding("ethics_missing", Tone.BAD, "第八条", "timetable")
    return Finding("ethics_planned", Tone.OK, "第八条", "timetable", {"planned": hours(given)})


def units_of_syllabus(plan: Plan) -> Finding | None:
    """No lesson teaches a unit of another syllabus.

    Source: Measures, art. 8.
    """
    strange = sum(lesson.unit is None for lesson in plan.lessons)
    if not strange:
        return None
    facts = {"count": strange}
    return Finding("unit_of_another_syllabus", Tone.BAD, "第八条", "timetable", facts)


def dates(plan: Plan) -> Finding | None:
    """A plan comes before the class it plans.

    Source: Measures, art. 12 (submitted before the training is held).
    """
    if plan.submitted or plan.starts_on >= plan.today:
        return None
    facts = {"starts_on": plan.starts_on}
    return Finding("class_already_begun", Tone.BAD, "第十二条", "starts_on", facts)


def lesson_days(plan: Plan) -> Finding | None:
    """Lessons are held between the first day of the class and its last, not too many a day.

    Source: Measures, art. 12 (the teaching plan); the daily figure is a parameter.
    """
    if not plan.lessons:
        return None
    days = {lesson.day: 0 for lesson in plan.lessons}
    for lesson in plan.lessons:
        days[lesson.day] += lesson.seconds
    outside = [day for day in sorted(days) if not plan.starts_on <= day <= plan.ends_on]
    if outside:
        items = [{"day": day} for day in outside]
        return Finding("lesson_outside_class", Tone.BAD, "第十二条", "timetable", items=items)
    limit = plan.limits.daily_hours
    full = [day for day in sorted(days) if days[day] > limit * SECONDS_PER_HOUR]
    if full:
        packed = [{"day": day, "hours": hours(days[day])} for day in full]
        return Finding(
            "too_many_hours_a_day", Tone.WARN, "第十二条", "timetable", {"limit": limit}, packed
        )
    return Finding("lesson_days_fit", Tone.OK, "第十二条", "timetable", {"days": len(days)})


def teachers(plan: Plan) -> Finding:
    """Every trade is taught by two teachers at least, all engaged by the institution.

    Source: Measures, art. 9 and 12; notice of 2023, part 3 (two teachers for each trade).
    """
    strangers = sorted({lesson.teacher for lesson in plan.lessons if not lesson.engaged})
    if strangers:
        items = [{"name": name} for name in strangers]
        return Finding("teacher_not_engaged", Tone.BAD, "第九条", "timetable", items=items)
    facts = {
        "count": len({lesson.teacher for lesson in plan.lessons}),
        "least": plan.limits.teachers,
    }
    if facts["count"] < plan.limits.teachers:
        return Finding("few_teachers", Tone.WARN, "第九条", "timetable", facts)
    return Finding("enough_teachers", Tone.OK, "第九条", "timetable", facts)


def teacher_clashes(lessons: Iterable[PlannedLesson]) -> list[dict[str, Any]]:
    """The lessons whose teacher is elsewhere then."""
    return [vars(lesson.teacher_clash) for lesson in lessons if lesson.teacher_clash]


def room_clashes(lessons: Iterable[PlannedLesson]) -> list[dict[str, Any]]:
    """The lessons whose room is taken then."""
    return [vars(lesson.room_clash) for lesson in lessons if lesson.room_clash]


def teachers_free(plan: Plan) -> Finding | None:
    """A teacher is in one place at a time.

    Source: Measures, art. 12 (the teachers named really teach).
    """
    items = teacher_clashes(plan.lessons)
    if items:
        return Finding("teacher_double_booked", Tone.BAD, "第十二条", "timetable", items=items)
    if not plan.lessons:
        return None
    return Finding("teachers_free", Tone.OK, "第十二条", "timetable")


def rooms_free(plan: Plan) -> Finding | None:
    """A room holds one class at a time.

    Source: Measures, art. 9 (places fit the task).
    """
    items = room_clashes(plan.lessons)
    if items:
        return Finding("room_double_booked", Tone.BAD, "第九条", "timetable", items=items)
    if not plan.lessons:
        return None
    return Finding("rooms_free", Tone.OK, "第九条", "timetable")


def practice_scheme(plan: Plan) -> Finding | None:
    """Where practice is taught, a scheme says how.

    Source: Measures, art. 12 (a practice scheme, where there is practice).
    """
    if not any(unit.practice for unit in plan.units):
        return None
    if plan.has_scheme:
        return Finding("practice_scheme_given", Tone.OK, "第十二条", "practice_scheme")
    return Finding("practice_scheme_missing", Tone.BAD, "第十二条", "practice_scheme")


def resources(plan: Plan) -> Finding:
    """What is taught from lies with the plan.

    Source: Measures, art. 12 (teaching resources are part of the plan).
    """
    if plan.documents:
        facts = {"count": plan.documents}
        return Finding("resources_given", Tone.OK, "第十二条", "documents", facts)
    return Finding("resources_missing", Tone.WARN, "第十二条", "documents")


def roster(plan: Plan) -> Finding:
    """The roster is there, its people have said yes, and they fit into the class.

    Source: Measures, art. 11 (taking part is voluntary) and 12 (a roster belongs to the plan).
    """
    people = plan.roster
    listed = people.waiting + people.confirmed
    facts = {**vars(people), "listed": listed, "seats": plan.seats}
    if listed > plan.seats:
        return Finding("roster_over_seats", Tone.WARN, "第十二条", "roster", facts)
    if not listed and not people.enrolled:
        return Finding("roster_empty", Tone.WARN, "第十二条", "roster", facts)
    if people.waiting:
        return Finding("roster_unanswered", Tone.WARN, "第十一条", "roster", facts)
    return Finding("roster_confirmed", Tone.OK, "第十一条", "roster", facts)


CHECKS: Final[tuple[Callable[[Plan], Finding | None], ...]] = (
    unit_hours,
    practice_hours,
    hours_least,
    practice_share,
    online_hours,
    units_of_syllabus,
    ethics,
    dates,
    admitted,
    licence,
    filing,
    platform,
    lesson_days,
    teachers_free,
    rooms_free,
    teachers,
    room_seats,
    stations,
    rooms_usable,
    fire_safety,
    practice_scheme,
    roster,
    resources,
)
ORDER: Final = (Tone.BAD, Tone.WARN, Tone.OK)


def precheck(plan: Plan) -> list[Finding]:
    """Everything the checks found, the worst first.

    Source: Measures, art. 12.
    """
    found = [finding for check in CHECKS if (finding := check(plan))]
    return sorted(found, key=lambda finding: ORDER.index(finding.tone))
