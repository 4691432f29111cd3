"""What a candidate does: start, save without scripts, hand in. And what the clock does for them.

Answers are saved by the hot process; here the attempt begins and ends. Answers are no events:
they are rows with their own time, frozen by the hand-in.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, parameters, tickets
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules
from zhupei.exams.access import may_sit
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Answer, Attempt, Candidate, State
from zhupei.exams.parameters import GRACE_SECONDS
from zhupei.people.models import User

TICKET = "exams.answer"  # the purpose of the ticket, as the hot process reads it
TICKET_OUTLIVES = timedelta(hours=2)  # beyond the deadline, which an invigilator may move
OF_ONE_SITTING = ("candidate__sitting", "candidate__person")


@transaction.atomic
def start(candidate: Candidate, *, by: User) -> Attempt:
    """Begin, or go on: a second press and a second device find the same attempt.

    Raises NotAllowed; Refused "not_sealed", "too_early" or "too_late".

    Source: Measures, art. 20 (the time of the assessment is kept as it was notified).
    """
    candidate = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("sitting", "person")
        .get(pk=candidate.pk)
    )
    if not may_sit(by, candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能开始作答。"))
    begun = Attempt.objects.select_related(*OF_ONE_SITTING).filter(candidate=candidate).first()
    if begun:
        return begun
    now = timezone.now()
    _check_open(candidate, now)
    sitting = candidate.sitting
    grace = parameters.value(GRACE_SECONDS)
    attempt = Attempt.objects.create(
        candidate=candidate,
        sitting=sitting,
        seed=secrets.token_hex(8),
        started_at=now,
        closes_at=rules.closes_at(sitting.ends_at, grace),
    )
    audit.record(
        AttemptEvent.STARTED, attempt, by=by, within=sitting, seat=candidate.seat, grace=grace
    )
    return attempt


def _check_open(candidate: Candidate, now: datetime) -> None:
    sitting = candidate.sitting
    if sitting.state != State.SEALED:
        raise Refused(
            "not_sealed",
            _("“%(sitting)s”现在是“%(state)s”，不能作答。"),
            sitting=sitting,
            state=sitting.get_state_display(),
        )
    if rules.may_start_at(now, sitting.starts_at, sitting.ends_at):
        return
    if now < sitting.starts_at:
        raise Refused("too_early", _("还没有到开考时间。到时间后本页会出现“开始作答”。"))
    raise Refused("too_late", _("考试时间已过，不能再开始作答。请联系考核机构。"))


@transaction.atomic
def save(attempt: Attempt, choices: Mapping[int, str], *, by: User) -> Attempt:
    """Save answers without the hot process: for browsers without scripts.

    Like a save there, it is refused once the attempt is closed, and it is newer than what is
    stored. Raises NotAllowed; Refused "closed".
    """
    attempt = _locked(attempt)
    if not may_sit(by, attempt.candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能作答。"))
    now = timezone.now()
    if attempt.handed_in_at or now >= attempt.closes_at:
        raise Refused("closed", _("已经收卷，这次的答案没有存上。之前存上的都在。"))
    stored = {answer.item: answer for answer in attempt.answers()}
    newest = max((answer.turn for answer in stored.values()), default=0)
    turn = max(newest + 1, int(now.timestamp() * 1000))
    changed = [
        Answer(attempt_id=attempt.pk, item=item, choice=choice, turn=turn, saved_at=now)
        for item, choice in choices.items()
        if choice != (stored[item].choice if item in stored else "")
    ]
    Answer.objects.bulk_create(
        changed,
        update_conflicts=True,
        update_fields=["choice", "turn", "saved_at"],
        unique_fields=["attempt_id", "item"],
    )
    return attempt


@transaction.atomic
def hand_in(attempt: Attempt, *, by: User | None) -> Attempt:
    """Close the attempt for good and mark it at once; ``by`` is None for the clock.

    Locking the row waits for the saves under way (they hold it FOR SHARE), so none of them is
    left out; what comes later is refused by the hot process. A second press changes nothing.

    Source: Measures, art. 20 (results are recorded truthfully).
    """
    attempt = _locked(attempt)
    if by is not None and not may_sit(by, attempt.candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能交卷。"))
    if attempt.handed_in_at:
        return attempt
    now = timezone.now()
    choices = attempt.choices()
    attempt.handed_in_at = now
    attempt.handed_in_by_clock = by is None or now >= attempt.sitting.ends_at
    figure = rules.receipt(choices)
    audit.record(
        AttemptEvent.HANDED_IN,
        attempt,
        by=by,
        within=attempt.sitting,
        answers=len(choices),
        sha256=figure,
        short=figure[:8],
        by_clock=attempt.handed_in_by_clock,
    )
    return _mark(attempt, choices)


def _mark(attempt: Attempt, choices: Mapping[int, str]) -> Attempt:
    """Give the mark by the sealed key and the pass mark fixed with it."""
    sitting = attempt.sitting
    assert sitting.pass_mark is not None, "it is fixed when the paper is sealed"
    key = {int(place): letters for place, letters in sitting.paper.keys.items()}
    attempt.mark = rules.score(choices, key)
    attempt.passed = rules.passes(attempt.mark, sitting.pass_mark)
    attempt.save(update_fields=["handed_in_at", "handed_in_by_clock", "mark", "passed"])
    audit.record(
        AttemptEvent.MARKED,
        attempt,
        by=None,
        within=sitting,
        mark=str(attempt.mark),
        pass_mark=str(sitting.pass_mark),
        passed=attempt.passed,
    )
    return attempt


def _locked(attempt: Attempt) -> Attempt:
    return (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("sitting__paper", "candidate__person")
        .get(pk=attempt.pk)
    )


def close_overdue() -> int:
    """Hand in every attempt past its deadline, each in its own transaction; return how many."""
    overdue = list(Attempt.objects.overdue().order_by("closes_at"))
    for attempt in overdue:
        hand_in(attempt, by=None)
    return len(overdue)


def ticket(attempt: Attempt) -> str:
    """What the exam page shows to the hot process with every save."""
    return tickets.issue(TICKET, attempt.pk, attempt.closes_at + TICKET_OUTLIVES)
