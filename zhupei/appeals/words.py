"""Words of the pages: how states look, who holds a request or a case and until when."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.appeals.models import (
    Appeal,
    AppealState,
    CaseState,
    Misconduct,
    ReviewRequest,
    ReviewState,
)
from zhupei.core import clock

CASES = {
    CaseState.OPENED: ("search", "info"),
    CaseState.NOTICED: ("hourglass", "info"),
    CaseState.STATED: ("scale", "warn"),
    CaseState.DECIDED: ("circle-check", ""),
    CaseState.DROPPED: ("x", ""),
}
REVIEWS = {
    ReviewState.FILED: ("hourglass", "warn"),
    ReviewState.UPHELD: ("circle-check", ""),
    ReviewState.CORRECTED: ("edit", "ok"),
    ReviewState.WITHDRAWN: ("arrow-back-up", ""),
}
APPEALS = {
    AppealState.FILED: ("hourglass", "warn"),
    AppealState.DISMISSED: ("circle-check", ""),
    AppealState.GRANTED: ("refresh", "ok"),
    AppealState.WITHDRAWN: ("arrow-back-up", ""),
}


def case_badge(case: Misconduct) -> dict[str, Any]:
    return _badge(CASES[CaseState(case.state)], case)


def review_badge(review: ReviewRequest) -> dict[str, Any]:
    return _badge(REVIEWS[ReviewState(review.state)], review)


def appeal_badge(appeal: Appeal) -> dict[str, Any]:
    return _badge(APPEALS[AppealState(appeal.state)], appeal)


def _badge(look: tuple[str, str], thing: Misconduct | ReviewRequest | Appeal) -> dict[str, Any]:
    return {"icon": look[0], "tone": look[1], "word": thing.get_state_display()}


def case_waits(case: Misconduct) -> dict[str, Any] | None:
    """For whom a case waits, for what, and how long is left; None once it is closed."""
    body = case.exam.organization
    if case.state == CaseState.OPENED:
        return {"who": body, "what": _("告知当事人"), "left": None}
    if case.listening and not case.waived_at:
        return {"who": case.person.name, "what": _("陈述申辩"), "left": _left(case.statement_until)}
    if case.state in {CaseState.NOTICED, CaseState.STATED}:
        return {"who": body, "what": _("由另一名考务员决定"), "left": None}
    return None


def review_waits(review: ReviewRequest) -> dict[str, Any] | None:
    """The same for a request to review a mark."""
    if review.state != ReviewState.FILED:
        return None
    what = _("复核并答复考生")
    return {"who": review.exam.organization, "what": what, "left": _left(review.due_at)}


def _left(due: Any) -> clock.Left | None:
    now = timezone.now()
    return clock.left(due, now, clock.calendar(now))
