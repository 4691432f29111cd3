"""Answers that came after the end: kept as evidence, judged by a person, never by the clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules
from zhupei.exams.access import may_run
from zhupei.exams.actions import attempts as verbs
from zhupei.exams.actions import marks
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Attempt, LateAnswer, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.people.models import User


class Line(NamedTuple):
    """The late answers of one attempt, as the page shows them."""

    attempt: Attempt
    answers: int
    in_time: int  # of them written before the end, if the page's word is true
    arrived_at: datetime
    counts: bool | None


def lines(sitting: Sitting) -> list[Line]:
    """Every attempt with late answers, undecided ones first."""
    attempts = {one.pk: one for one in sitting.attempts.select_related("sitting").order_by("pk")}
    of: dict[int, list[LateAnswer]] = {}
    for row in LateAnswer.objects.of(attempts.values()).order_by("attempt_id", "item"):
        of.setdefault(row.attempt_id, []).append(row)
    found = [_line(attempts[pk], rows) for pk, rows in of.items()]
    return sorted(found, key=lambda line: (line.counts is not None, line.attempt.pk))


def _line(attempt: Attempt, rows: Sequence[LateAnswer]) -> Line:
    open_ = [row for row in rows if row.counts is None] or list(rows)
    in_time = sum(rules.written_in_time(row.turn, attempt.ends_at) for row in open_)
    arrived = max(row.arrived_at for row in open_)
    return Line(attempt, len(open_), in_time, arrived, open_[0].counts)


def waiting(sitting: Sitting) -> int:
    """How many late answers of this sitting nobody has decided on."""
    of_it = LateAnswer.objects.filter(attempt_id__in=sitting.attempts.values("pk"))
    return of_it.undecided().count()


def of(attempt: Attempt) -> Line | None:
    """What waits for a decision of this one attempt."""
    rows = list(LateAnswer.objects.of([attempt]).undecided().order_by("item"))
    return _line(attempt, rows) if rows else None


@transaction.atomic
def decide(
    attempt: Attempt, *, by: User, counts: bool, note: str, in_review: bool = False
) -> Attempt:
    """Say whether what came too late counts; if it does, the attempt is marked anew.

    An essay that is let in takes the mark away until people have judged it; what was given to its
    old text and is not settled yet is set aside. Once marks are known,
    only who answers a review of this very mark decides: ``in_review``.
    Raises NotAllowed; Refused "note_required", "nothing_late", "not_handed_in", "released",
    "judged".

    Source: Measures, art. 20 (results are recorded truthfully); project register of facts, §5.
    """
    [row] = verbs.locked([attempt])
    if not may_run(by, row.sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能决定。"))
    if not note.strip():
        raise Refused("note_required", _("请写明理由，会记入考试经过。"), field="note")
    _check_when(row, in_review=in_review)
    late = list(LateAnswer.objects.of([row]).undecided().order_by("item"))
    if not late:
        raise Refused("nothing_late", _("%(person)s 没有等待决定的迟到答案。"), person=row)
    if counts:
        _check_not_judged(row, late)
    LateAnswer.objects.of([row]).undecided().update(counts=counts)
    if counts:
        newest = {one.item: (one.choice, one.turn) for one in late}
        verbs.store(row, newest, timezone.now())
        marks.rewritten(row, sorted(newest))
    figure = rules.receipt(row.choices())
    audit.record(
        AttemptEvent.LATE_COUNTED if counts else AttemptEvent.LATE_LEFT,
        row,
        by=by,
        within=row.sitting,
        answers=len(late),
        places=[one.item for one in late],
        in_time=sum(rules.written_in_time(one.turn, row.ends_at) for one in late),
        sha256=figure,
        short=figure[:8],
        note=note.strip(),
    )
    return marks.again(row, by=by, note=note.strip()) if counts else row


def _check_not_judged(row: Attempt, late: Sequence[LateAnswer]) -> None:
    """What people have judged they judged as it stood; another text would have their points."""
    judged = {one.item for one in late} & set(marks.people_gave([row]).get(row.pk, {}))
    if judged:
        raise Refused(
            "judged",
            _(
                "%(person)s 的第 %(places)s 题已由考评员定分，迟到的改动不能再计入。"
                "请选“不计”；要改得分，请考生申请复核。"
            ),
            person=row,
            places="、".join(str(place + 1) for place in sorted(judged)),
        )


def _check_when(row: Attempt, *, in_review: bool) -> None:
    if row.handed_in_at is None:
        raise Refused("not_handed_in", _("%(person)s 还没有交卷，先等收卷。"), person=row)
    if row.sitting.state == SittingState.RELEASED and not in_review:
        raise Refused(
            "released",
            _("成绩已经公布。考生申请复核后，由办理复核的人在复核页决定迟到的答案。"),
        )
