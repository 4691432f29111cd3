"""What a candidate does: start, save without scripts, hand in. And what the clock does for them.

Answers are saved by the hot process, which also starts and hands in for pages with scripts, by
the same two statements (statements.py). Answers are no events: they are rows with their own time,
frozen by the hand-in.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NoReturn

import psycopg
from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import context, parameters, tickets
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import handing_in, statements
from zhupei.exams.access import may_sit
from zhupei.exams.handing_in import NOBODY, Actor, Sheet
from zhupei.exams.models import Answer, Attempt, AttemptQuerySet, Candidate, Paper
from zhupei.exams.parameters import PAUSE_HOURS
from zhupei.people.models import User

TICKET = "exams.answer"  # the purpose of the ticket, as the hot process reads it
TICKET_OUTLIVES = timedelta(hours=2)  # beyond the deadline, which an invigilator may move
TOGETHER = 500  # attempts the clock hands in within one transaction

WHY_NOT_STARTED: dict[str, str | Promise] = {
    "not_sealed": _("“%(sitting)s”现在是“%(state)s”，不能作答。"),
    "too_early": _("还没有到开考时间。到时间后本页会出现“开始作答”。"),
    "too_late": _("考试时间已过，不能再开始作答。请联系考核机构。"),
    "not_admitted": _("监考员还没有确认您入场。请先到考场门口核对身份。"),
    "paused": _("考试暂停中，恢复后再继续。请听监考员安排。"),
}


@transaction.atomic
def start(candidate: Candidate, *, by: User) -> Attempt:
    """Begin, or go on: a second press and a second device find the same attempt.

    Raises NotAllowed; Refused "not_sealed", "too_early", "too_late", "not_admitted", "paused".

    Source: Measures, art. 20 (the time of the assessment is kept as it was notified).
    """
    if not may_sit(by, candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能开始作答。"))
    attempt = _locked(candidate=candidate.pk)
    if attempt is None:
        _refuse_start("not_sealed", candidate)
    now = timezone.now()
    [(_pk, state, *_rest)] = _run(statements.START, [[attempt.pk], now])
    if attempt.started_at is None and state != "open":
        _refuse_start("too_late" if state == "closed" else state, candidate)
    attempt.refresh_from_db(fields=["started_at"])
    return attempt


def _refuse_start(code: str, candidate: Candidate) -> NoReturn:
    sitting = candidate.sitting
    raise Refused(code, WHY_NOT_STARTED[code], sitting=sitting, state=sitting.get_state_display())


@transaction.atomic
def save(attempt: Attempt, choices: Mapping[int, str], *, by: User) -> Attempt:
    """Save answers without the hot process: for browsers without scripts.

    Like a save there, it is refused once the attempt is closed, and it is newer than what is
    stored. Raises NotAllowed; Refused "not_started", "closed" or "paused".
    """
    attempt = _one(attempt)
    if not may_sit(by, attempt.candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能作答。"))
    now = timezone.now()
    _check_open(attempt, now)
    stored = {answer.item: answer for answer in attempt.answers()}
    newest = max((answer.turn for answer in stored.values()), default=0)
    turn = max(newest + 1, int(now.timestamp() * 1000))
    changed = {
        item: choice
        for item, choice in choices.items()
        if choice != (stored[item].choice if item in stored else "")
    }
    store(attempt, {item: (choice, turn) for item, choice in changed.items()}, now)
    return attempt


def _check_open(attempt: Attempt, now: datetime) -> None:
    if attempt.started_at is None:
        raise Refused("not_started", _("还没有开始作答。请从考试首页进入考场。"))
    if attempt.paused_at and not attempt.handed_in_at:
        raise Refused("paused", _("考试暂停中，这次的答案没有存上。恢复后请再按一次保存。"))
    if attempt.handed_in_at or now >= attempt.closes_at:
        raise Refused("closed", _("已经收卷，这次的答案没有存上。之前存上的都在。"))


def store(attempt: Attempt, answers: Mapping[int, tuple[str, int]], now: datetime) -> None:
    """Write answers as they are given; the caller locked the attempt and knows they are newest."""
    Answer.objects.bulk_create(
        [
            Answer(attempt_id=attempt.pk, item=item, choice=choice, turn=turn, saved_at=now)
            for item, (choice, turn) in answers.items()
        ],
        update_conflicts=True,
        update_fields=["choice", "turn", "saved_at"],
        unique_fields=["attempt_id", "item"],
    )


@transaction.atomic
def hand_in(attempt: Attempt, *, by: User | None) -> Attempt:
    """Close the attempt for good, and mark it at once where the machine can; ``by`` is None for
    the clock.

    Locking the row waits for the saves under way (they hold it FOR SHARE), so none of them is
    left out; what comes later is kept as late by the hot process. A second press changes nothing.
    Raises NotAllowed; Refused "not_started" or "paused".

    Source: Measures, art. 20 (results are recorded truthfully).
    """
    attempt = _one(attempt)
    if by is not None and not may_sit(by, attempt.candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能交卷。"))
    if attempt.handed_in_at:
        return attempt
    if by is not None and attempt.started_at and attempt.paused_at:
        raise Refused("paused", _("考试暂停中，恢复后才能交卷。"))
    if attempt.started_at is None:
        raise Refused("not_started", _("还没有开始作答，没有卷可交。"))
    end([attempt], by=by, by_clock=by is None or timezone.now() >= attempt.ends_at)
    attempt.refresh_from_db()
    return attempt


def end(attempts: Sequence[Attempt], *, by: User | None, by_clock: bool, note: str = "") -> None:
    """Hand in these attempts, which the caller locked and knows to be open, in one statement."""
    answers: dict[int, dict[int, str]] = {attempt.pk: {} for attempt in attempts}
    for row in Answer.objects.filter(attempt_id__in=answers):
        answers[row.attempt_id][row.item] = row.choice
    actor: Actor = (by.pk, str(by)) if by else NOBODY
    sheets = []
    for attempt in sorted(attempts, key=lambda one: one.pk):
        assert attempt.sitting.pass_mark is not None, "it is fixed when the sitting is sealed"
        sheets.append(
            Sheet(
                attempt.pk,
                answers[attempt.pk],
                attempt.paper.marking,
                attempt.sitting.pass_mark,
                by_clock,
                actor,
                note,
            )
        )
    results = [handing_in.result(sheet) for sheet in sheets]
    here = context.current.get()
    organization = by.acting.organization if by and by.acting else None
    place = (
        organization.pk if organization else None,
        str(organization) if organization else "",
        here.request_id,
        here.address,
    )
    _run(
        statements.HAND_IN,
        handing_in.values(sheets, results, at=timezone.now(), place=place),
    )


def locked(attempts: Iterable[Attempt], *, skip: bool = False) -> list[Attempt]:
    """The rows, locked in the order of their keys and complete for ``end``; with ``skip`` those
    that are locked by somebody else are left out. Attempts of one form share its ``paper``.
    """
    rows = list(
        Attempt.objects.select_for_update(of=("self",), no_key=True, skip_locked=skip)
        .filter(pk__in=[attempt.pk for attempt in attempts])
        .select_related("sitting", "candidate__person")
        .order_by("pk")
    )
    papers = Paper.objects.in_bulk({row.paper_id for row in rows})
    for row in rows:
        row.paper = papers[row.paper_id]
    return rows


def _one(attempt: Attempt) -> Attempt:
    return locked([attempt])[0]


def _locked(**which: Any) -> Attempt | None:
    found = Attempt.objects.filter(**which).first()
    return _one(found) if found else None


def close_overdue() -> int:
    """Hand in every attempt past its deadline, many in one transaction; return how many. So are
    those whose pause nobody ended for hours (exams.pause_hours).

    An attempt that is being changed at this moment is left for the next time.
    """
    forgotten = Attempt.objects.forgotten(parameters.value(PAUSE_HOURS))
    return _end_all(Attempt.objects.overdue()) + _end_all(forgotten)


def _end_all(due: AttemptQuerySet) -> int:
    closed = 0
    while batch := list(due.order_by("closes_at")[:TOGETHER]):
        with transaction.atomic():
            rows = [row for row in locked(batch, skip=True) if not row.handed_in_at]
            end(rows, by=None, by_clock=True)
        closed += len(rows)
        if len(rows) < len(batch):
            break
    return closed


def ticket(attempt: Attempt) -> str:
    """What the exam page shows to the hot process with every save."""
    return tickets.issue(TICKET, attempt.pk, attempt.closes_at + TICKET_OUTLIVES)


def _run(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """One of statements.py, in the caller's transaction; it numbers its parameters."""
    connection.ensure_connection()
    with psycopg.RawCursor(connection.connection) as cursor:
        return cursor.execute(statement, values).fetchall()
