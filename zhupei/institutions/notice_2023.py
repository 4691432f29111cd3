"""Reading a file of institutions as they were assessed for 2023: tests/data/notice-2023."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from zhupei.institutions import parameters
from zhupei.institutions.rules.grades import Points, Scale
from zhupei.institutions.rules.notice_2023 import Case, Parts
from zhupei.institutions.rules.staffing import (
    HeadFacts,
    Limits,
    ManagerFacts,
    Staff,
    TeacherFacts,
)

AS_THEY_ARE = (
    "roster_by_trade",
    "tenure",
    "practice",
    "practice_renewed",
    "practice_shared",
    "ledgers_complete",
    "fire_hazard",
    "rooms_equipped",
    "teaching_rules",
    "preparation_complete",
    "logs_complete",
    "proper_textbooks",
    "feedback",
    "records_complete",
    "platform",
    "helps_county",
    "people_trained",
    "built_base",
)


def read(path: Path) -> list[Case]:
    """The institutions of a file, to be judged by the figures of its day."""
    told = json.loads(path.read_text(encoding="utf-8"))
    day = date.fromisoformat(told["assessed_on"])
    return cases(told["institutions"], day, parameters.limits(day), parameters.scale(day))


def cases(rows: list[Mapping[str, Any]], day: date, limits: Limits, scale: Scale) -> list[Case]:
    """The rows as the rules want them. A teacher with the same number elsewhere is shared."""
    places: dict[str, list[str]] = {}
    for row in rows:
        for teacher in row.get("teachers", ()):
            places.setdefault(teacher["teacher"], []).append(row["name"])
    return [
        Case(
            name=row["name"],
            standing=row["standing"],
            stand_ins=row["stand_ins"],
            points=Points(**row["points"]) if row["points"] else None,
            scale=scale,
            parts=_parts(row, _staff(row, day, limits, places)) if row["assessed"] else None,
        )
        for row in rows
    ]


def _parts(row: Mapping[str, Any], staff: Staff) -> Parts:
    told = {name: row[name] for name in AS_THEY_ARE}
    return Parts(staff=staff, policies=frozenset(row["policies"]), **told)


def _staff(
    row: Mapping[str, Any], day: date, limits: Limits, places: Mapping[str, list[str]]
) -> Staff:
    head = row["head"]
    return Staff(
        today=day,
        categories=row["categories"],
        trades=row["trades"],
        licences=[row["name"]],
        head=HeadFacts(head["name"], head["senior"], date.fromisoformat(head["managing_since"])),
        managers=[
            ManagerFacts(one["name"], one["full_time"], one["charge"]) for one in row["managers"]
        ],
        teachers=[_teacher(one, row["name"], day, places) for one in row["teachers"]],
        limits=limits,
    )


def _teacher(
    told: Mapping[str, Any], here: str, day: date, places: Mapping[str, list[str]]
) -> TeacherFacts:
    """Contracts and insurance were found in order everywhere (notice, part 1, section 2)."""
    return TeacherFacts(
        name=told["teacher"],
        in_pool=True,
        trades=frozenset(told["trades"]),
        full_time=told["full_time"],
        has_contract=True,
        contract_until=day,
        insured_until=day,
        elsewhere=[place for place in places[told["teacher"]] if place != here],
    )
