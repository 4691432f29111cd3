"""What may be decided when, and by what kind of text."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Text(StrEnum):
    """Ranks of legal texts, the highest first."""

    LAW = "law"
    REGULATION = "regulation"
    LOCAL = "local"
    MINISTRY = "ministry"
    LOCAL_RULE = "local_rule"
    NORMATIVE = "normative"


def may_set_penalties(rank: Text) -> bool:
    """May a text of this rank provide for a penalty? A normative document may not.

    Source: Administrative Penalty Law, art. 16; art. 10–14 (what the higher ones may).
    """
    return rank != Text.NORMATIVE


def why_not_decide(
    now: datetime, *, until: datetime | None, waived: bool, hearing_asked: bool, heard: bool
) -> str | None:
    """Why a measure may not be decided on yet: ``not_told``, ``statement_pending`` or
    ``hearing_pending``; None when it may.

    Who has spoken may speak again and ask for a hearing until the term ends. Only saying that no
    more comes, and that no hearing is wanted, ends it earlier.

    Source: Administrative Penalty Law, art. 44, 45, 63 and 64 (told, heard, and never worse off
    for it; measures of the sector follow the same order).
    """
    if until is None:
        return "not_told"
    if hearing_asked and not heard:
        return "hearing_pending"
    if not waived and now < until:
        return "statement_pending"
    return None


def term_ends(statement_until: datetime, hearing_until: date) -> datetime:
    """The moment from which nothing more may be said: the term for a statement is over, and the
    last day to ask for a hearing is, too.

    Source: Administrative Penalty Law, art. 44, 45 and 64.
    """
    after = datetime.combine(hearing_until + timedelta(days=1), time.min, statement_until.tzinfo)
    return max(statement_until, after)


def may_ask_for_hearing(today: date, last_day: date | None) -> bool:
    """Is a hearing asked for in time?

    Source: Administrative Penalty Law, art. 64 (within five days of being told; the figure is the
    parameter oversight.hearing_ask_days).
    """
    return last_day is not None and today <= last_day


def is_called_in_time(workdays_ahead: int, needed: int) -> bool:
    """Is a hearing called so many working days ahead?

    Source: Administrative Penalty Law, art. 64 (told seven days before; the figure is the
    parameter oversight.hearing_notice_days).
    """
    return workdays_ahead >= needed


def decide_by(filed_on: date, days: int) -> date:
    """The last day to decide on a penalty, counted from the day the case was filed.

    Source: Administrative Penalty Law, art. 60 (ninety days; the figure is the parameter
    oversight.penalty_days).
    """
    return filed_on + timedelta(days=days)


def may_be_barred(ended_on: date, today: date, years: int) -> bool:
    """Did what happened end so long ago that it may no longer be punished, unless it was found
    before? 29 February counts as 28.

    Source: Administrative Penalty Law, art. 36 (two years from the day it ended; the figure is
    the parameter oversight.limit_years).
    """
    try:
        last = ended_on.replace(year=ended_on.year + years)
    except ValueError:
        last = ended_on.replace(year=ended_on.year + years, day=28)
    return today > last
