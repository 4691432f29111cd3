"""How the criteria of a rubric look as fields, on paper, on a phone and without script."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from zhupei.practical.rules import rubric as rules
from zhupei.practical.rules.rubric import Criterion, Rubric

MOST_BUTTONS = 21  # more points than that are typed


def plain(points: Decimal) -> str:
    """Points without idle zeros: ``12``, ``7.5``."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def choices(one: Criterion) -> list[dict[str, str]]:
    """What can be tapped: the points each button stands for, and its words."""
    if one.steps:
        return [{"points": plain(rules.worth(one, step)), "word": step.word} for step in one.steps]
    return [{"points": plain(points), "word": ""} for points in rules.allowed(one)]


def groups(
    rubric: Rubric,
    chosen: Mapping[str, Decimal] | None = None,
    notes: Mapping[str, str] | None = None,
    fatal: Collection[str] = (),
) -> dict[str, Any]:
    """Tasks with their criteria, each with what can be chosen and what was."""
    chosen, notes = chosen or {}, notes or {}
    return {
        "tasks": [
            {
                "task": task,
                "criteria": [
                    {
                        "one": one,
                        "choices": (found := choices(one)),
                        "typed": len(found) > MOST_BUTTONS,
                        "chosen": plain(chosen[one.key]) if one.key in chosen else None,
                        "note": notes.get(one.key, ""),
                    }
                    for one in task.criteria
                ],
            }
            for task in rubric.tasks
        ],
        "fatal": [{"one": one, "seen": one.key in fatal} for one in rubric.fatal],
    }
