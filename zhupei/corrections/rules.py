"""How long an institution has to put something right, and what counts as in time."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum


class Gravity(StrEnum):
    """How grave a finding is, the lightest first."""

    MINOR = "minor"
    ORDINARY = "ordinary"
    SERIOUS = "serious"


def term(gravities: Collection[Gravity], days: Mapping[Gravity, int]) -> int:
    """The working days an order gives: those of its gravest finding.

    Raises ValueError for an order about nothing.

    Source: Measures, art. 23 (ordered to correct within a time limit; the figure is a parameter).
    """
    if not gravities:
        raise ValueError("an order is about at least one finding")
    ranks = list(Gravity)
    return days[max(gravities, key=ranks.index)]


def is_in_time(answers: Collection[tuple[datetime, datetime]]) -> bool:
    """Was every answer handed in by the time in force then? Pairs of handed in, due.

    An order nobody answered was not. More time counts only when it was granted before.

    Source: Measures, art. 23; notice, part 3 (problems put right in time).
    """
    return bool(answers) and all(handed_in <= due for handed_in, due in answers)


class Closed(StrEnum):
    """Why a finding cannot be disputed."""

    DISPUTED = "disputed_already"
    TOO_LATE = "disputed_too_late"


def may_dispute(now: datetime, until: datetime, *, disputed: bool) -> Closed | None:
    """Why an institution may not dispute a finding now; None when it may: once, and in time.

    Source: Administrative Penalty Law, art. 45 (whoever is found at fault is heard; borrowed, the
    term is the parameter corrections.dispute_workdays).
    """
    if disputed:
        return Closed.DISPUTED
    return Closed.TOO_LATE if now > until else None


def is_graver(after: Gravity, before: Gravity) -> bool:
    """Would a finding weigh more after it was disputed than before? That may not be.

    Source: Administrative Penalty Law, art. 45 (nobody is dealt with more severely for having
    defended themselves; borrowed).
    """
    ranks = list(Gravity)
    return ranks.index(after) > ranks.index(before)


def due_once_answered(
    due: datetime, answered_at: datetime, answer_due: datetime, at_least: datetime
) -> datetime:
    """Until when an institution has time once its dispute was answered and the finding stands.

    The clock goes on while it waits. Only an answer that came after its own term costs the
    institution nothing: then it has ``at_least`` so long.

    Source: Administrative Penalty Law, art. 73 (objecting does not suspend; borrowed).
    """
    return max(due, at_least) if answered_at > answer_due else due


def looks_back_to(day: date, months: int) -> date:
    """The first day on which an earlier finding of the same kind makes one of ``day`` a repeated
    one. A day its month does not have is the last one of that month.

    Source: Measures, art. 23 (grave cases weigh more; the figure is a parameter).
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def needs_prevention(gravity: Gravity) -> bool:
    """Must the institution say how it will not happen again? Not for what is minor.

    Source: notice, part 3 (mechanisms are to be established, not single faults mended).
    """
    return gravity != Gravity.MINOR
