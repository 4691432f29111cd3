"""Policies, rooms, stations, equipment and platforms, from the institution's file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Max, Sum

from zhupei.classes.models import TrainingClass
from zhupei.classes.parameters import LEARNERS_PER_STATION
from zhupei.core.parameters import value
from zhupei.evaluation.facts.classes import HELD
from zhupei.evaluation.facts.reading import Found, Reading, cases
from zhupei.institutions import filefacts
from zhupei.institutions.models import Condition, Equipment, Station
from zhupei.institutions.rules.completeness import POLICIES, FileFacts

ByTrade = Mapping[int, Mapping[str, int]]
Facts = dict[str, dict[str, Any]]


class Ledgers(NamedTuple):
    """For each institution and trade: stations, pieces of equipment, seats of the largest class."""

    stations: ByTrade
    equipment: ByTrade
    largest: ByTrade
    per_station: int


def read(reading: Reading) -> Found:
    """Facts of the file on the day."""
    files = filefacts.gather(reading.organizations, reading.day)
    keys = reading.keys
    stations = Station.objects.filter(organization__in=keys, room__closed_on=None)
    pieces = Equipment.objects.filter(organization__in=keys, condition=Condition.GOOD)
    classes = TrainingClass.objects.filter(
        organization__in=keys, state__in=HELD, starts_on__range=reading.days
    )
    job = "syllabus__job__name"
    ledgers = Ledgers(
        _by_trade(stations.values_list("organization", "job__name").annotate(n=Sum("count"))),
        _by_trade(pieces.values_list("organization", "job__name").annotate(n=Sum("quantity"))),
        _by_trade(classes.values_list("organization", job).annotate(n=Max("seats"))),
        value(LEARNERS_PER_STATION, on=reading.day),
    )
    return {
        key: _file(key, one.file) | _practice(key, one.file, ledgers) for key, one in files.items()
    }


def _by_trade(rows: Iterable[tuple[int, str | None, int]]) -> ByTrade:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for organization, trade, n in rows:
        if trade is not None:
            found[organization][trade] = n
    return found


def _file(key: int, file: FileFacts) -> Facts:
    rooms, today = file.rooms, file.today
    here, policies = cases("rooms", [(key, "场地")]), cases("policies", [(key, "制度与平台")])
    safe = [room for room in rooms if room.fire_paper and room.fire_until]
    platforms = [one for one in file.platforms if one.assessed_until]
    return {
        "policies": {
            "has": len(file.policies & set(POLICIES)),
            "needed": len(POLICIES),
            "cases": policies,
        },
        "tenure": {
            "rooms": len(rooms),
            "lasting": sum(room.term is None or room.term >= today for room in rooms),
            "cases": here,
        },
        "computers": {
            "rooms": len(rooms),
            "computers": sum(room.computers for room in rooms),
            "cases": here,
        },
        "fire": {
            "rooms": len(rooms),
            "checked": sum(
                room.fire_until is not None and room.fire_until >= today for room in safe
            ),
            "cases": here,
        },
        "online_platform": {
            "platforms": len(file.platforms),
            "holding": sum(
                one.assessed_until is not None and one.assessed_until >= today for one in platforms
            ),
            "cases": policies,
        },
    }


def _practice(key: int, file: FileFacts, ledgers: Ledgers) -> Facts:
    practised, per = sorted(file.practised), ledgers.per_station
    stations, largest = ledgers.stations.get(key, {}), ledgers.largest.get(key, {})
    equipment = ledgers.equipment.get(key, {})
    roomy = {trade for trade, n in stations.items() if n * per >= largest.get(trade, 0)}
    cramped = [trade for trade in practised if trade not in roomy]
    bare = [trade for trade in practised if not equipment.get(trade)]
    return {
        "stations": {
            "practised": len(practised),
            "fitting": len(practised) - len(cramped),
            "short": cramped,
            "per_station": per,
            "cases": cases("rooms", [(key, "实训工位")]),
        },
        "equipment": {
            "practised": len(practised),
            "equipped": len(practised) - len(bare),
            "short": bare,
            "cases": cases("equipment", [(key, "设备台账")]),
        },
        "ledgers": {
            "practised": len(practised),
            "equipment": file.equipment,
            "consumables": file.consumables,
            "cases": cases("uses", [(key, "设备使用记录")]),
        },
    }
