"""Late answers that nobody decided on before the marks were known: whoever answers the review of
that mark says whether they count.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.access import may_answer
from zhupei.appeals.actions import requests
from zhupei.appeals.models import ReviewRequest, ReviewState
from zhupei.appeals.workflow import REVIEW
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.actions import late
from zhupei.people.models import User


@transaction.atomic
def decide(review: ReviewRequest, *, by: User, counts: bool, note: str) -> ReviewRequest:
    """Count them or leave them. Where they change the mark, or people have to judge them first,
    that is the answer to the review; otherwise it still waits for one.

    Raises NotAllowed; Refused "not_open", and what ``late.decide`` refuses.

    Source: Measures, art. 20 (results are recorded truthfully).
    """
    row = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not may_answer(by, row):
        raise NotAllowed("not_allowed", _("只有办理这次复核的考务员能决定。"))
    if row.state != ReviewState.FILED:
        raise Refused("not_open", _("这次复核已经办结，不能再决定迟到的答案。"))
    assert row.attempt, "answers come late in a theory exam only"
    before = row.attempt.mark
    attempt = late.decide(row.attempt, by=by, counts=counts, note=note, in_review=True)
    if attempt.mark == before:
        return row
    row = REVIEW.move(
        row,
        "correct",
        by=by,
        note=note,
        within=attempt.sitting,
        mark_before=str(before),
        mark=str(attempt.mark) if attempt.mark is not None else str(_("待评")),
    )
    return requests.answered(row, by, note)
