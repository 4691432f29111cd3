"""Who may ask, who answers, who decides."""

from typing import Any

from zhupei.appeals.models import Appeal, Misconduct, ReviewRequest
from zhupei.appeals.models.exams import exam_of, person_of
from zhupei.exams.access import may_plan
from zhupei.exams.models import Attempt, Candidate
from zhupei.organizations.access import oversees_prefecture, works_for
from zhupei.organizations.models import Role
from zhupei.practical.models import Turn


def _is(user: Any, about: Attempt | Candidate | Turn) -> bool:
    return user is not None and user.person_id == person_of(about).pk


def may_ask(user: Any, about: Attempt | Turn) -> bool:
    """Nobody but the candidate doubts a mark."""
    return _is(user, about)


def may_withdraw_review(user: Any, review: ReviewRequest) -> bool:
    return may_ask(user, review.about)


def may_answer(user: Any, review: ReviewRequest) -> bool:
    """The examiners of the body, but not one whose own marking is doubted.

    Source: Measures, art. 20.
    """
    if not may_plan(user, review.exam.organization):
        return False
    about = review.about
    if isinstance(about, Turn):
        return not about.sheets.filter(assessor=user.pk).exists()
    return not about.scripts.filter(readings__reader=user.pk).exists()


def may_reopen(user: Any, review: ReviewRequest) -> bool:
    """Whoever decides on the appeal."""
    appeal = Appeal.objects.filter(review=review.pk).first()
    return appeal is not None and may_decide_appeal(user, appeal)


def may_withdraw_appeal(user: Any, appeal: Appeal) -> bool:
    return may_ask(user, appeal.review.about)


def may_decide_appeal(user: Any, appeal: Appeal) -> bool:
    """The bureau of the prefecture, except who works for the body as well.

    Source: Measures, art. 6 (prefecture bureaus oversee assessment) and art. 24.
    """
    exam = appeal.review.exam
    return oversees_prefecture(user, Role.REVIEWER, exam.prefecture_id) and not works_for(
        user, exam.organization
    )


def may_open_case(user: Any, about: Candidate | Turn) -> bool:
    """The examiners of the body open a case, also on what an invigilator noted."""
    return may_plan(user, exam_of(about).organization)


def may_handle(user: Any, case: Misconduct) -> bool:
    """The examiners of the body inform the person and gather what is known."""
    return may_plan(user, case.exam.organization)


def may_state(user: Any, case: Misconduct) -> bool:
    """Only the person it is about speaks to it."""
    return _is(user, case.about)


def may_decide(user: Any, case: Misconduct) -> bool:
    """Another examiner than the one who opened it: nobody accuses and judges alone.

    Source: Measures, art. 20 (assessment is orderly and its results are true).
    """
    return may_handle(user, case) and user.pk != case.opened_by_id
