"""Points of one indicator: what it was given, out of how many, and why.

Facts come as plain JSON, because the very facts a score was made of are kept beside it and scored
again years later. A rule is kept under its name and version for the same reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Final

CENT: Final = Decimal("0.01")


class Status(StrEnum):
    """Whether there are points at all. Nothing but what is scored enters a denominator."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"  # the institution does nothing of the kind
    NOT_ASSESSED = "not_assessed"  # nobody knows


@dataclass(frozen=True)
class Points:
    """``value`` out of ``of``; None unless it is scored. ``because`` is a code, ``said`` what its
    sentence is filled in with.
    """

    of: Decimal
    status: Status
    value: Decimal | None
    because: str
    said: Mapping[str, Any] = field(default_factory=dict)


Facts = Mapping[str, Any]
Figures = Mapping[str, Any]
Rule = Callable[[Facts, Decimal, Figures], Points]
RULES: Final[dict[tuple[str, int], Rule]] = {}


def rule(version: int = 1) -> Callable[[Rule], Rule]:
    """Keep a rule under its name and ``version``. A rule that changes gets a new number; the old
    one stays, for what was scored by it.
    """

    def keep(function: Rule) -> Rule:
        RULES[function.__name__, version] = function
        return function

    return keep


def apply(name: str, version: int, facts: Facts, of: Decimal, figures: Figures) -> Points:
    """The points a kept rule gives. Without facts nobody can say: not assessed.

    Raises KeyError for a rule nobody kept.

    Source: project register of facts, §9.2 (a missing part is told, and stays out of the sum).
    """
    found = RULES[name, version]
    return found(facts, of, figures) if facts else not_assessed(of, "no_data")


def rounded(value: Decimal) -> Decimal:
    """To two decimals, halves up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def scored(of: Decimal, value: Decimal | int, because: str, **said: Any) -> Points:
    """Points between nothing and all."""
    return Points(
        of, Status.SCORED, rounded(min(of, max(Decimal(0), Decimal(value)))), because, said
    )


def not_applicable(of: Decimal, because: str, **said: Any) -> Points:
    return Points(of, Status.NOT_APPLICABLE, None, because, said)


def not_assessed(of: Decimal, because: str, **said: Any) -> Points:
    return Points(of, Status.NOT_ASSESSED, None, because, said)


def share(facts: Facts, of: Decimal, part: str, whole: str) -> Decimal:
    """As much of ``of`` as ``part`` is of ``whole``, which is not 0."""
    return of * int(facts[part]) / int(facts[whole])


def by_share(facts: Facts, of: Decimal, because: str, part: str, whole: str) -> Points:
    """Points in proportion; without anything to count the indicator does not apply."""
    if not facts[whole]:
        return not_applicable(of, f"{because}_none")
    counted = {part: facts[part], whole: facts[whole]}
    return scored(of, share(facts, of, part, whole), because, **counted)


def figure(figures: Figures, name: str) -> Decimal:
    """A figure of the scheme, such as how much a case costs."""
    return Decimal(str(figures[name]))
