"""What counts as help to a county, and for which year."""

from datetime import date


def is_paired(day: date, since: date, until: date | None) -> bool:
    """Did a pairing that began on ``since`` hold on ``day``? Both ends belong to it.

    Source: notice, part 1, section 3 (help to the counties an institution is paired with).
    """
    return since <= day and (until is None or day <= until)


def counted_in(last_day: date) -> int:
    """The year help counts for: that in which it ended.

    Source: notice, part 1, section 3 (what was completed within the year).
    """
    return last_day.year
