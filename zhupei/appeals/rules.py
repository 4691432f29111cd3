"""Review of a mark, appeal against it, and misconduct: what may be asked until when, what a
breach leads to.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from zhupei.organizations.rules import years_later


def may_ask(today: date, released_on: date | None, last_day: date | None) -> str | None:
    """Why a mark may not be questioned on this day: ``not_released`` or ``too_late``, else None.

    Source: Measures, art. 20 (results are true); project register of facts, §5 (review after
    publication; the term is the parameter appeals.review_window).
    """
    if released_on is None or last_day is None or today < released_on:
        return "not_released"
    return "too_late" if today > last_day else None


class Breach(StrEnum):
    """The categories of misconduct, as the rules for professional examinations sort them."""

    ORDER = "order"
    CHEATING = "cheating"
    GRAVE = "grave"
    DISRUPTION = "disruption"
    FALSE_PAPERS = "false_papers"
    ALIKE = "alike"


class Effect(StrEnum):
    """Which marks are void: of this sitting, or of every exam of the same round."""

    THIS = "this"
    ROUND = "round"


class Category(NamedTuple):
    """A category: what it covers, what becomes of the mark, how long it is kept against a person.

    ``years``: 0, not kept; None, without end.
    """

    breach: Breach
    effect: Effect
    years: int | None


def categories(years: int) -> dict[Breach, Category]:
    """Every category; ``years`` is how long an ordinary record lasts.

    Source: project register of facts, §5 (人社部令第31号, borrowed as a default classification; it
    binds professional qualification examinations); the years are the parameter
    appeals.record_years.
    """
    lines = [
        Category(Breach.ORDER, Effect.THIS, 0),
        Category(Breach.CHEATING, Effect.ROUND, years),
        Category(Breach.GRAVE, Effect.ROUND, None),
        Category(Breach.DISRUPTION, Effect.THIS, 0),
        Category(Breach.FALSE_PAPERS, Effect.ROUND, years),
        Category(Breach.ALIKE, Effect.THIS, 0),
    ]
    return {line.breach: line for line in lines}


def kept_until(decided_on: date, years: int | None) -> date | None:
    """The last day a record is held against a person; None, without end.

    29 February ends on 28 February. Raises ValueError for a record that is not kept.
    """
    if years == 0:
        raise ValueError("this category leaves no record")
    if years is None:
        return None
    return years_later(decided_on, years)
