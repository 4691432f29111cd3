"""Which days a bulletin covers, and when it may be written."""

from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """From a first day to a last day, both included, and what people call it."""

    since: date
    until: date

    @property
    def label(self) -> str:
        """``2026年10月`` or ``2026年第三季度``."""
        if self.since.month == self.until.month:
            return f"{self.since.year}年{self.since.month}月"
        return f"{self.since.year}年第{'一二三四'[(self.since.month - 1) // 3]}季度"


def month_of(day: date) -> Period:
    """The month a day lies in."""
    first = day.replace(day=1)
    return Period(first, _next(first, 1) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return Period(first, _next(first, 3) - timedelta(days=1))


def last_ended(kind: str, today: date) -> Period:
    """The latest ``monthly`` or ``quarterly`` period that is over on ``today``.

    Source: notice, part 3, section 1 (月小结、季通报).
    """
    of = month_of if kind == "monthly" else quarter_of
    return of(of(today).since - timedelta(days=1))


def recent(kind: str, today: date, count: int) -> list[Period]:
    """The last ``count`` periods that are over, the latest first."""
    of = month_of if kind == "monthly" else quarter_of
    found = [last_ended(kind, today)]
    while len(found) < count:
        found.append(of(found[-1].since - timedelta(days=1)))
    return found


def before(kind: str, period: Period) -> Period:
    """The period of the same kind that came before, to compare with."""
    return (month_of if kind == "monthly" else quarter_of)(period.since - timedelta(days=1))


def share(part: int, whole: int) -> float | None:
    """Per cent with one digit; None where there is nothing to divide by."""
    return round(part * 100 / whole, 1) if whole else None


def _next(first: date, months: int) -> date:
    place = first.month - 1 + months
    return date(first.year + place // 12, place % 12 + 1, 1)
