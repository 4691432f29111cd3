"""How an institution taught in a year, added up from its classes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models.functions import TruncMonth
from django.utils import timezone

from zhupei.classes.models import Lesson, LessonKind, State
from zhupei.core.parameters import value
from zhupei.evaluation.facts.classes import HELD, Year, completed, hours_asked, load
from zhupei.evaluation.facts.reading import Found, Reading, cases
from zhupei.feedback.models import Question
from zhupei.feedback.parameters import FEWEST_ANSWERS
from zhupei.institutions.models import EquipmentUse
from zhupei.syllabus.models import Category
from zhupei.teaching.models import Held

Months = Mapping[int, set[date]]
Facts = dict[str, dict[str, Any]]


def read(reading: Reading) -> Found:
    """Facts of the classes that began in the year."""
    classes = load(reading)
    asked = hours_asked(classes)
    practised, used = _months_of_practice(reading), _months_of_use(reading)
    fewest = value(FEWEST_ANSWERS, on=reading.day)
    finished = completed(filter(_of_a_trade, classes), reading.day)
    mine: dict[int, list[Year]] = defaultdict(list)
    for one in classes:
        mine[one.owner].append(one)
    found: Found = {}
    for key in reading.keys:
        held = [one for one in mine[key] if one.held]
        over = [one for one in held if one.over]
        found[key] = {
            **_plans(mine[key], held, asked),
            **_lessons(held),
            **_afterwards(over),
            **_opinions(over, fewest),
            **_rates(held, reading.declared.get(key), reading.certified.get(key)),
            **_trained([one for one in over if _of_a_trade(one)], finished),
            "ledgers": {
                "months": len(practised[key]),
                "used_months": len(practised[key] & used[key]),
            },
        }
        found[key]["computers"] = _seats(held)
    return found


def _sum(classes: Sequence[Year], name: str) -> int:
    return sum(one.n[name] for one in classes)


def _where(classes: Sequence[Year], lacks: Callable[[Year], bool]) -> list[list[Any]]:
    """The classes where something is missing; where nothing is, those that were counted."""
    lacking = [one.named for one in classes if lacks(one)]
    return cases("class", lacking or [one.named for one in classes])


def _late(one: Year) -> bool:
    handed_in = timezone.localdate(one.submitted_at) if one.submitted_at else None
    return handed_in is not None and handed_in > one.starts_on


def _planned(one: Year) -> int:
    """Units with a lesson plan; a plan for the whole class is one for each."""
    return one.n["units"] if one.n["whole_plans"] else min(one.n["units"], one.n["planned"])


def _seats(held: Sequence[Year]) -> dict[str, Any]:
    return {
        "classes": len(held),
        "fitting": sum(one.seats <= one.room_seats for one in held),
        "largest": max((one.seats for one in held), default=0),
    }


def _plans(
    handed_in: Sequence[Year], held: Sequence[Year], asked: Mapping[int, tuple[int, int]]
) -> Facts:
    def short(one: Year) -> bool:
        whole, practice = asked.get(one.syllabus_id, (0, 0))
        return one.n["time"] < whole or one.n["practice_time"] < practice

    return {
        "applied_first": {
            "classes": len(held),
            "late": sum(map(_late, held)),
            "cases": _where(held, _late),
        },
        "first_time": {
            "submitted": len(handed_in),
            "never_returned": sum(not one.n["returned"] for one in handed_in),
            "cases": _where(handed_in, lambda one: one.n["returned"] > 0),
        },
        "plan_hours": {
            "classes": len(held),
            "fitting": sum(not short(one) for one in held),
            "cases": _where(held, short),
        },
        "lesson_plans": {
            "units": _sum(held, "units"),
            "planned": sum(map(_planned, held)),
            "cases": _where(held, lambda one: _planned(one) < one.n["units"]),
        },
        "resources": {
            "classes": len(held),
            "with_resources": sum(one.n["resources"] > 0 for one in held),
            "cases": _where(held, lambda one: not one.n["resources"]),
        },
    }


def _lessons(held: Sequence[Year]) -> Facts:
    online = [one.named for one in held if one.n["online"]]
    return {
        "logs": {
            "lessons": _sum(held, "over"),
            "logged": _sum(held, "logged"),
            "cases": _where(held, lambda one: one.n["logged"] < one.n["over"]),
        },
        "attendance": {
            "arrivals": _sum(held, "arrivals"),
            "own": _sum(held, "own"),
            "stand_ins": 0,
            "cases": _where(held, lambda one: one.n["own"] < one.n["arrivals"]),
        },
        "practice_held": {
            "due": _sum(held, "practice_due"),
            "held": _sum(held, "practice_held"),
            "cases": _where(held, lambda one: one.n["practice_held"] < one.n["practice_due"]),
        },
        "roster": {"lessons": _sum(held, "over"), "by_roster": _sum(held, "by_roster")},
        "reporting": {
            "written": _sum(held, "logged"),
            "in_time": _sum(held, "in_time"),
            "cases": _where(held, lambda one: one.n["in_time"] < one.n["logged"]),
        },
        "online_platform": {"lessons": _sum(held, "online")},
        "online_measured": {"lessons": _sum(held, "online"), "cases": cases("class", online)},
    }


def _afterwards(over: Sequence[Year]) -> Facts:
    def owed(one: Year) -> int:
        return one.n["enrolled"] * max(1, one.n["books"])

    return {
        "checks": {
            "classes": len(over),
            "checked": sum(one.n["checks"] > 0 for one in over),
            "evaluated": sum(one.n["evaluated"] > 0 for one in over),
            "cases": _where(over, lambda one: not (one.n["checks"] and one.n["evaluated"])),
        },
        "books": {
            "owed": sum(map(owed, over)),
            "confirmed": _sum(over, "confirmed"),
            "taken_back": _sum(over, "taken_back"),
            "cases": _where(over, lambda one: one.n["confirmed"] < owed(one)),
        },
        "follow_up": {
            "learners": _sum(over, "enrolled"),
            "reached": _sum(over, "reached"),
            "cases": _where(over, lambda one: not one.n["reached"]),
        },
        "records": {
            "classes": len(over),
            "packed": sum(one.n["packages"] > 0 for one in over),
            "heard": sum(one.n["answers"] + one.n["reached"] > 0 for one in over),
            "cases": _where(
                over, lambda one: not one.n["packages"] or not one.n["answers"] + one.n["reached"]
            ),
        },
    }


def _opinions(over: Sequence[Year], fewest: int) -> Facts:
    """Scores are only counted; nobody can be known from them."""
    answers, mean = _sum(over, "answers"), None
    if answers:
        exact = Decimal(_sum(over, "scores")) / answers
        mean = str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return {
        "satisfaction": {
            "voices": answers // len(Question),
            "mean": mean,
            "fewest": fewest,
            "cases": cases("class", [one.named for one in over if one.n["answers"]]),
        }
    }


def _rates(held: Sequence[Year], declared: Decimal | None, certified: Decimal | None) -> Facts:
    return {
        "pass_rate": {
            "sat": _sum(held, "sat"),
            "passed": _sum(held, "passed"),
            "certified": _sum(held, "certified"),
            "declared": None if declared is None else str(declared),
            "declared_certified": None if certified is None else str(certified),
            "cases": cases("class", [one.named for one in held if one.n["sat"]]),
        }
    }


def _of_a_trade(one: Year) -> bool:
    return one.category == Category.TRADE and one.state == State.FINISHED


def _trained(trades: Sequence[Year], finished: Mapping[int, int]) -> Facts:
    return {
        "trained": {
            "people": _sum(trades, "enrolled"),
            "completed": sum(finished.get(one.key, 0) for one in trades),
            "cases": cases("class", [one.named for one in trades]),
        }
    }


def _months_of_practice(reading: Reading) -> Months:
    """The months in which practice lessons were held."""
    rows = Lesson.objects.filter(
        training_class__organization__in=reading.keys,
        training_class__state__in=HELD,
        kind=LessonKind.PRACTICE,
        ends_at__range=reading.moments,
        log__isnull=False,
    ).exclude(log__held=Held.NOT_HELD)
    found = rows.order_by().values_list("training_class__organization", TruncMonth("ends_at"))
    return _months(found.distinct())


def _months_of_use(reading: Reading) -> Months:
    rows = EquipmentUse.objects.filter(organization__in=reading.keys, used_on__range=reading.days)
    return _months(rows.order_by().values_list("organization", TruncMonth("used_on")).distinct())


def _months(rows: Any) -> Months:
    found: dict[int, set[date]] = defaultdict(set)
    for organization, month in rows:
        day = timezone.localdate(month) if isinstance(month, datetime) else month
        found[organization].add(day.replace(day=1))
    return found
