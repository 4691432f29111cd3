"""The room of the exam that runs now: a board with something in every state, and kept alive.

Nobody sits at the machines of a demo. So that its board is not all silence, ``go_on`` lets one of
its candidates answer the next question, and says that the others were heard of. It touches only
those whom the demo itself made begin.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Subquery

from zhupei.core.models import Event
from zhupei.exams.actions import attempts, room
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Answer, Attempt, Candidate, Sitting, State
from zhupei.invigilation.actions import door, incidents, log, notices
from zhupei.invigilation.actions import help as helping
from zhupei.invigilation.actions.incidents import Seen
from zhupei.invigilation.identity import Evidence
from zhupei.invigilation.models import Heard, Reason
from zhupei.people.models import User
from zhupei.portal.demo import pictures
from zhupei.portal.demo.names import chance

REFUSED, MISSING = 1, 2  # who of those that have not begun stands outside, and is not here
CHECKS = {"room_ready": True, "devices_ready": True, "forms_sealed": True}


def before(sitting: Sitting, begun: int) -> Iterator[datetime]:
    """The opening check, then one candidate after the other at the door."""
    yield sitting.starts_at - timedelta(minutes=45)
    unlock(sitting)
    seats = list(sitting.candidates.select_related("person").order_by("seat"))
    outside = {REFUSED, MISSING} if len(seats) - begun > MISSING else set()
    for turn, seat in enumerate(seats):
        yield sitting.starts_at - timedelta(minutes=30 - turn)
        if turn not in outside:
            let_in(seat)
        elif turn == REFUSED:
            by = _watching(sitting)[turn % 2]
            door.refuse(seat, by=by, reason=Reason.NO_DOCUMENT, note="回去取身份证")


def unlock(sitting: Sitting) -> None:
    """The opening check of the room."""
    log.open_room(sitting, by=_watching(sitting)[0], checks=CHECKS)


def let_in(seat: Candidate) -> None:
    """The document and the human at the door are theirs."""
    by = _watching(seat.sitting)[seat.pk % 2]
    proof = Evidence(seat.person.id_last_four)
    door.admit(seat, by=by, method="document", evidence=proof)


def during(sitting: Sitting) -> Iterator[datetime]:
    """Words to all, a pause, minutes and a broken mouse, somebody out of the seat, a hand."""
    chief, second = _watching(sitting)
    rows = sitting.attempts.open().select_related("candidate__person__account")
    writing = list(rows.order_by("candidate__seat"))
    yield sitting.starts_at + timedelta(minutes=7)
    notices.announce(sitting, by=chief, text="请检查桌面，手机放进储物柜。")
    for minute, attempt in enumerate(writing[1:5]):
        yield sitting.starts_at + timedelta(minutes=7.5 + minute / 2)
        if sitting.attempts.open().filter(pk=attempt.pk, paused_at__isnull=True).exists():
            _deed(minute, sitting, attempt, (chief, second))
    for attempt in writing[:1]:
        yield sitting.starts_at + timedelta(minutes=9.5)
        helping.call(attempt.candidate, by=_user(attempt.candidate), text="第 7 题图片看不清")


def _deed(number: int, sitting: Sitting, attempt: Attempt, by: tuple[User, User]) -> None:
    """One of four things that happen in a room."""
    chief, second = by
    if number == 0:
        room.pause([attempt], by=second, note="身体不适，医务人员已到")
    elif number == 1:
        room.add_time([attempt], 10, by=chief, note="鼠标失灵，换机耽误 10 分钟")
        photo = pictures.classroom(chance(sitting.pk), "考场.png")
        seen = Seen("machine", "note", "鼠标失灵，已换一个", attempt.candidate, photo)
        noted = incidents.note(sitting, seen, by=second)
        incidents.settle(noted, by=second, outcome="换了鼠标，补时 10 分钟")
    elif number == 2:  # noqa: PLR2004
        attempts.hand_in(attempt, by=_user(attempt.candidate))
    else:
        seen = Seen("left_seat", "warning", "未经允许离座，经提醒已坐好", attempt.candidate)
        incidents.note(sitting, seen, by=chief)


def go_on(now: datetime) -> int:
    """One of the candidates of the demo answers the next question; all but one are heard of."""
    began = Event.objects.filter(
        verb=AttemptEvent.STARTED, facts__simulated=True, at__gte=now - timedelta(days=1)
    )
    keys = [int(subject.rpartition("/")[2]) for subject in began.values_list("subject", flat=True)]
    newest = Answer.objects.filter(attempt_id=OuterRef("pk")).values("attempt_id")
    rows = Attempt.objects.open().filter(
        pk__in=keys,
        paused_at__isnull=True,
        closes_at__gt=now,
        sitting__state=State.SEALED,
    )
    saved = newest.annotate(newest=Max("saved_at")).values("newest")
    rows = rows.annotate(saved=Subquery(saved)).order_by("-candidate__seat")
    related = ("candidate__person__account", "paper", "sitting")
    living = list(rows.select_related(*related))[1:]  # the machine of the last seat is silent
    heard = [Heard(attempt_id=one.pk, at=now) for one in living]
    Heard.objects.bulk_create(
        heard, update_conflicts=True, update_fields=["at"], unique_fields=["attempt_id"]
    )
    if living:
        _answer_next(min(living, key=lambda one: (getattr(one, "saved", None) or now, one.pk)))
    return len(heard)


def _answer_next(attempt: Attempt) -> None:
    given = attempt.choices()
    free = [place for place in range(attempt.paper.place_count) if place not in given]
    if free:
        attempts.save(attempt, {free[0]: "A"}, by=_user(attempt.candidate))


def _watching(sitting: Sitting) -> tuple[User, User]:
    chief, second = [one.user for one in sitting.invigilators.called().order_by("-chief", "pk")][:2]
    return chief, second


def _user(candidate: Candidate) -> User:
    return candidate.person.account
