"""What a hand-in comes to: receipt, mark where the machine can give one, and the events.

Plain values, no Django: the hot process and the verbs of the site both ask here and then run
``statements.HAND_IN`` with what they got.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from zhupei.exams import rules
from zhupei.exams.events import AttemptEvent

Actor = tuple[int | None, str]  # id and name, as an event keeps them
NOBODY: Actor = (None, "")  # the clock, the machine


class Sheet(NamedTuple):
    """An attempt that is being handed in, and everything its mark depends on."""

    attempt: int
    answers: Mapping[int, str]  # also of places the form has not; those are left out here
    marking: rules.Marking
    pass_mark: Decimal
    by_clock: bool
    actor: Actor = NOBODY
    note: str = ""

    @property
    def counted(self) -> dict[int, str]:
        """What was answered, of the places the form has; taken back is not answered."""
        places = range(len(self.marking.kinds))
        return {place: text for place, text in self.answers.items() if text and place in places}


class Result(NamedTuple):
    """What the candidate hears, and what is written."""

    answered: int
    receipt: str
    mark: Decimal | None
    passed: bool | None


def result(sheet: Sheet) -> Result:
    """The receipt; and the mark, unless people have to judge.

    Source: Measures, art. 20 (results are recorded truthfully).
    """
    counted = sheet.counted
    mark = rules.final_mark(sheet.marking, rules.by_machine(sheet.marking, counted))
    passed = None if mark is None else rules.passes(mark, sheet.pass_mark)
    return Result(len(counted), rules.receipt(counted), mark, passed)


def events(sheet: Sheet, found: Result) -> list[tuple[str, Actor, dict[str, Any]]]:
    """What the record says of it: verb, actor, facts."""
    handed_in = {
        "answers": found.answered,
        "sha256": found.receipt,
        "short": found.receipt[:8],
        "by_clock": sheet.by_clock,
    } | ({"note": sheet.note} if sheet.note else {})
    said: list[tuple[str, Actor, dict[str, Any]]] = [
        (AttemptEvent.HANDED_IN, sheet.actor, handed_in)
    ]
    if found.mark is not None:
        marked = {
            "mark": str(found.mark),
            "pass_mark": str(sheet.pass_mark),
            "passed": found.passed,
        }
        said.append((AttemptEvent.MARKED, NOBODY, marked))
    return said


def values(
    sheets: Sequence[Sheet],
    results: Sequence[Result],
    *,
    at: datetime | None = None,
    place: tuple[int | None, str, str, str] = (None, "", "", ""),
) -> list[Any]:
    """The parameters of ``statements.HAND_IN``. ``place``: organization's id and name, request,
    address.
    """
    noted = [
        (sheet.attempt, str(verb), *actor, json.dumps(facts))
        for sheet, found in zip(sheets, results, strict=True)
        for verb, actor, facts in events(sheet, found)
    ]
    columns = [list(column) for column in zip(*noted, strict=True)] or [[]] * 5
    return [
        [sheet.attempt for sheet in sheets],
        [sheet.by_clock for sheet in sheets],
        [found.mark for found in results],
        [found.passed for found in results],
        at,
        *columns,
        *place,
    ]
