"""How the hours of a plan are divided: between practice and theory, between room and network."""

from typing import Any

from zhupei.classes.rules.facts import Finding, Plan, Tone, UnitHours
from zhupei.classes.rules.timetable import SECONDS_PER_HOUR, hours


def per_cent(part: int, whole: int) -> int:
    """A share in whole per cent, never rounded up; of nothing it is 0.

    >>> per_cent(2, 3)
    66
    """
    return part * 100 // whole if whole else 0


def _all(plan: Plan) -> int:
    return sum(lesson.seconds for lesson in plan.lessons)


def hours_least(plan: Plan) -> Finding | None:
    """A class of this kind has so many hours at least, whatever its syllabus says.

    Source: project register of facts, §3 (figures of other provinces; a parameter).
    """
    least = plan.limits.hours_least
    given = _all(plan)
    if not plan.lessons or given >= least * SECONDS_PER_HOUR:
        return None
    facts = {"planned": hours(given), "least": least}
    return Finding("hours_few", Tone.WARN, "第八条", "timetable", facts)


def practice_share(plan: Plan) -> Finding | None:
    """So much of a class of this kind is practice.

    Source: project register of facts, §3 (figures of other provinces; a parameter).
    """
    least = plan.limits.practice_share
    if not plan.lessons or not least:
        return None
    given = sum(lesson.seconds for lesson in plan.lessons if lesson.practice)
    facts = {
        "planned": hours(given),
        "total": hours(_all(plan)),
        "share": per_cent(given, _all(plan)),
        "least": least,
    }
    if given * 100 < least * _all(plan):
        return Finding("practice_share_low", Tone.WARN, "第十三条", "timetable", facts)
    return Finding("practice_share_met", Tone.OK, "第十三条", "timetable", facts)


def online_hours(plan: Plan) -> Finding | None:
    """No more is taught online than the syllabus allows, in all and in each unit; practice never.

    Source: Measures, art. 8 (the syllabus decides) and art. 15; the general share is a parameter.
    """
    online = [lesson for lesson in plan.lessons if lesson.online]
    if not online:
        return None
    given = sum(lesson.seconds for lesson in online)
    limit = plan.online_limit or sum(unit.online for unit in plan.units)
    facts = {
        "planned": hours(given),
        "limit": hours(limit),
        "share": per_cent(given, _all(plan)),
        "most": plan.limits.online_share,
    }
    over = [case for unit in plan.units if (case := _over(plan, unit))]
    if given > limit:
        return Finding("online_over_limit", Tone.BAD, "第八条", "timetable", facts, over)
    if over:
        return Finding("online_unit_over_limit", Tone.BAD, "第八条", "timetable", facts, over)
    if given * 100 > plan.limits.online_share * _all(plan):
        return Finding("online_share_high", Tone.WARN, "第十五条", "timetable", facts)
    return Finding("online_within_limit", Tone.OK, "第八条", "timetable", facts)


def _over(plan: Plan, unit: UnitHours) -> dict[str, Any] | None:
    """What a unit has online beyond its own limit; a syllabus may set only one for the whole."""
    if not any(other.online for other in plan.units):
        return None
    given = sum(x.seconds for x in plan.lessons if x.online and x.unit == unit.position)
    if given <= unit.online:
        return None
    return {
        "position": unit.position,
        "title": unit.title,
        "planned": hours(given),
        "limit": hours(unit.online),
    }
