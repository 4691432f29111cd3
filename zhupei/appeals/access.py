"""Who may ask, who answers, who decides."""

from typing import Any

from zhupei.appeals.models import Appeal, Misconduct, ReviewRequest
from zhupei.exams.access import may_run, may_sit
from zhupei.exams.models import Attempt, Sitting
from zhupei.organizations.access import oversees_prefecture, works_for
from zhupei.organizations.models import Role


def may_ask(user: Any, attempt: Attempt) -> bool:
    """Nobody but the candidate doubts a mark."""
    return may_sit(user, attempt.candidate)


def may_withdraw_review(user: Any, review: ReviewRequest) -> bool:
    return may_ask(user, review.attempt)


def may_answer(user: Any, review: ReviewRequest) -> bool:
    """The examiners of the body, but not one whose own marking is doubted.

    Source: Measures, art. 20.
    """
    if not may_run(user, review.attempt.sitting):
        return False
    return not review.attempt.scripts.filter(readings__reader=user.pk).exists()


def may_reopen(user: Any, review: ReviewRequest) -> bool:
    """Whoever decides on the appeal."""
    appeal = Appeal.objects.filter(review=review.pk).first()
    return appeal is not None and may_decide_appeal(user, appeal)


def may_withdraw_appeal(user: Any, appeal: Appeal) -> bool:
    return may_ask(user, appeal.review.attempt)


def may_decide_appeal(user: Any, appeal: Appeal) -> bool:
    """The bureau of the prefecture, except who works for the body as well.

    Source: Measures, art. 6 (prefecture bureaus oversee assessment) and art. 24.
    """
    sitting = appeal.review.attempt.sitting
    return oversees_prefecture(user, Role.REVIEWER, sitting.prefecture_id) and not works_for(
        user, sitting.organization
    )


def may_open_case(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body open a case, also on what an invigilator noted."""
    return may_run(user, sitting)


def may_handle(user: Any, case: Misconduct) -> bool:
    """The examiners of the body inform the person and gather what is known."""
    return may_run(user, case.candidate.sitting)


def may_state(user: Any, case: Misconduct) -> bool:
    """Only the person it is about speaks to it."""
    return may_sit(user, case.candidate)


def may_decide(user: Any, case: Misconduct) -> bool:
    """Another examiner than the one who opened it: nobody accuses and judges alone.

    Source: Measures, art. 20 (assessment is orderly and its results are true).
    """
    return may_handle(user, case) and user.pk != case.opened_by_id
