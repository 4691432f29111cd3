"""What happens to attempts in the room: admitted, paused, resumed, given more time, ended.

Every verb takes one attempt, several, or all of a room, of one sitting; whoever it does not apply
to is left out, and it is refused when it applies to nobody. It returns those it changed. The page
of the candidate learns of it with its next save or look at the clock.

Source: Measures, art. 20 (assessment bodies hold their sittings in good order).
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_invigilate
from zhupei.exams.actions import attempts as verbs
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Attempt, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.exams.parameters import EXTRA_MINUTES_MOST
from zhupei.people.models import User


@transaction.atomic
def admit(attempts: Iterable[Attempt], *, by: User) -> list[Attempt]:
    """They were seen at the door and are who they say. Raises Refused "nobody_to_admit"."""
    rows = _those(attempts, lambda one: not (one.admitted_at or one.handed_in_at), by=by)
    _some(rows, "nobody_to_admit", _("选中的考生都已入场或已交卷。"))
    now = timezone.now()
    for one in rows:
        one.admitted_at, one.turned_away = now, False
    return _noted(rows, ["admitted_at", "turned_away"], AttemptEvent.ADMITTED, by=by)


@transaction.atomic
def turn_away(attempts: Iterable[Attempt], *, by: User, note: str) -> list[Attempt]:
    """They were not let in: nowhere can they begin before somebody admits them, whether or not
    the sitting asks everybody to be seen. Raises Refused "note_required", "has_started".
    """
    note = _said(note)
    rows = _those(attempts, lambda one: one.started_at is None, by=by)
    _some(rows, "has_started", _("考生已经开始作答，不能再“不予入场”。请记一条情况，或结束作答。"))
    for one in rows:
        one.turned_away = True
    return _noted(rows, ["turned_away"], AttemptEvent.TURNED_AWAY, by=by, note=note)


@transaction.atomic
def undo_admission(attempts: Iterable[Attempt], *, by: User, note: str) -> list[Attempt]:
    """They were let in by mistake; they begin only after they were seen at the door again.

    The row is locked, so that who presses start at this moment either has begun before, and it is
    refused, or is not let begin.
    Raises Refused "note_required", "has_started".
    """
    note = _said(note)
    rows = _those(attempts, lambda one: bool(one.admitted_at and not one.started_at), by=by)
    _some(rows, "has_started", _("考生已经开始作答，不能再撤销入场。请记一条情况，或结束作答。"))
    for one in rows:
        one.admitted_at, one.turned_away = None, True
    changed = ["admitted_at", "turned_away"]
    return _noted(rows, changed, AttemptEvent.ADMISSION_UNDONE, by=by, note=note)


@transaction.atomic
def pause(attempts: Iterable[Attempt], *, by: User, note: str) -> list[Attempt]:
    """Stop their clocks; nothing is taken until they resume.

    Raises Refused "note_required", "nobody_writing".
    """
    note = _said(note)
    rows = _those(attempts, lambda one: _writing(one) and not one.paused_at, by=by)
    _some(rows, "nobody_writing", _("选中的考生没有在作答的，或已经暂停。"))
    now = timezone.now()
    for one in rows:
        one.paused_at = now
    return _noted(rows, ["paused_at"], AttemptEvent.PAUSED, by=by, note=note)


@transaction.atomic
def resume(attempts: Iterable[Attempt], *, by: User, note: str = "") -> list[Attempt]:
    """Go on; the time they stood still is added to their end. Raises Refused "nobody_paused"."""
    rows = _those(attempts, lambda one: one.paused_at is not None, by=by)
    _some(rows, "nobody_paused", _("选中的考生没有暂停的。"))
    now = timezone.now()
    for one in rows:
        assert one.paused_at is not None
        one.closes_at += now - one.paused_at
        one.paused_at = None
    changed = ["paused_at", "closes_at"]
    return _noted(rows, changed, AttemptEvent.RESUMED, by=by, note=note.strip())


@transaction.atomic
def add_time(attempts: Iterable[Attempt], minutes: int, *, by: User, note: str) -> list[Attempt]:
    """Move their end; also of those who have not begun.

    Raises Refused "note_required", "minutes_odd", "too_many_minutes", "nobody_writing".
    """
    note = _said(note)
    if minutes < 1:
        raise Refused("minutes_odd", _("请写要增加几分钟，至少 1 分钟。"), field="minutes")
    rows = _those(attempts, lambda one: one.handed_in_at is None, by=by)
    _some(rows, "nobody_writing", _("选中的考生都已交卷，不能再加时。"))
    most = parameters.value(EXTRA_MINUTES_MOST)
    for one in rows:
        one.extra_minutes += minutes
        one.closes_at += timedelta(minutes=minutes)
        if one.extra_minutes > most:
            raise Refused(
                "too_many_minutes",
                _("%(person)s 加时累计将达 %(sum)d 分钟，超过上限 %(most)d 分钟。"),
                field="minutes",
                person=one,
                sum=one.extra_minutes,
                most=most,
            )
    return _noted(
        rows,
        ["extra_minutes", "closes_at"],
        AttemptEvent.EXTENDED,
        by=by,
        note=note,
        minutes=minutes,
    )


@transaction.atomic
def end(attempts: Iterable[Attempt], *, by: User, note: str) -> list[Attempt]:
    """Hand in for them, as they are. Raises Refused "note_required", "nobody_writing"."""
    note = _said(note)
    rows = _those(attempts, _writing, by=by)
    _some(rows, "nobody_writing", _("选中的考生没有在作答的。"))
    audit.record_all(AttemptEvent.ENDED, rows, by=by, within=rows[0].sitting, note=note)
    verbs.end(rows, by=by, by_clock=False)
    for one in rows:
        one.refresh_from_db(fields=["handed_in_at", "paused_at", "mark", "passed"])
    return rows


def notice(sitting: Sitting) -> int:
    """There is something new to read for everybody in the sitting: their pages ask for it within
    seconds. Called inside the transaction that writes what is new; returns how many are told.
    """
    return sitting.attempts.filter(handed_in_at__isnull=True).update(notice=F("notice") + 1)


# ── What all of them ask ─────────────────────────────────────────────────────────────────────


def _those(
    attempts: Iterable[Attempt], applies: Callable[[Attempt], bool], *, by: User
) -> list[Attempt]:
    """The locked rows a verb applies to. Raises NotAllowed; Refused "nobody_chosen", "not_now"."""
    rows = verbs.locked(attempts)
    sittings = {one.sitting_id: one.sitting for one in rows}
    if not rows:
        raise Refused("nobody_chosen", _("没有选中考生。"))
    for sitting in sittings.values():
        if not may_invigilate(by, sitting):
            raise NotAllowed("not_allowed", _("只有这场考试的监考员和考务员能这样做。"))
        if sitting.state != SittingState.SEALED:
            raise Refused(
                "not_now",
                _("“%(sitting)s”现在是“%(state)s”，考场操作只在封卷之后、结束之前。"),
                sitting=sitting,
                state=sitting.get_state_display(),
            )
    return [one for one in rows if applies(one)]


def _some(rows: list[Attempt], code: str, sentence: str | Promise) -> None:
    if not rows:
        raise Refused(code, sentence)


def _said(note: str) -> str:
    if not note.strip():
        raise Refused("note_required", _("请写明原因，会记入考试经过。"), field="note")
    return note.strip()


def _writing(one: Attempt) -> bool:
    return one.started_at is not None and one.handed_in_at is None


def _noted(
    rows: list[Attempt], changed: list[str], event: AttemptEvent, *, by: User, **facts: object
) -> list[Attempt]:
    Attempt.objects.bulk_update(rows, changed)
    for sitting in {one.sitting_id: one.sitting for one in rows}.values():
        of_it = [one for one in rows if one.sitting_id == sitting.pk]
        audit.record_all(event, of_it, by=by, within=sitting, **facts)
    return rows
