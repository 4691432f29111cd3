"""Waiting for a place in a full class: who waits longest is offered what becomes free.

Whoever changes a line holds the class row, so that a place is offered to one person only.

Source: Measures, art. 11 (taking part is voluntary; the order is that of coming).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import parameters
from zhupei.classes.actions import places
from zhupei.classes.events import WaitingEvent
from zhupei.classes.models import EFFECTIVE, Enrolment, TrainingClass, Waiting, WaitingState
from zhupei.classes.workflow import WAITING
from zhupei.core import audit, messages
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.people.models import Person, Purpose, User


@transaction.atomic
def join(training_class: TrainingClass, *, by: User, consents: Iterable[Purpose] = ()) -> Waiting:
    """Stand in line for a class that is full.

    Raises Refused "already_waiting", "class_has_places" or what a sign-up refuses.
    """
    person = places.learner(by)
    row = places.held(training_class)
    places.refuse_closed(row)
    places.refuse_twice(row, person)
    places.refuse_young(row, person)
    if row.waiting.in_line().filter(person=person).exists():
        raise Refused("already_waiting", _("您已经在“%(thing)s”的候补里。"), thing=row)
    if places.free(row, person) > 0:
        raise Refused("class_has_places", _("“%(thing)s”还有名额，请直接报名。"), thing=row)
    places.agree(person, consents, by)
    made = Waiting.objects.create(training_class=row, person=person, since=timezone.now())
    audit.record(WaitingEvent.JOINED, made, by=by, within=row)
    return made


@transaction.atomic
def leave(waiting: Waiting, *, by: User) -> Waiting:
    """Leave the line, without a reason and without consequence."""
    row = places.held(waiting.training_class)
    left = WAITING.move(waiting, "leave", by=by, within=row)
    offer_next(row)
    return left


@transaction.atomic
def take(waiting: Waiting, *, by: User, consents: Iterable[Purpose] = ()) -> Enrolment:
    """Take the place that is kept for oneself.

    Raises Refused "not_offered_yet", "offer_lapsed" or what a sign-up refuses.
    """
    row = places.held(waiting.training_class)
    places.refuse_closed(row)
    waiting = Waiting.objects.get(pk=waiting.pk)
    if waiting.state == WaitingState.WAITING:
        raise Refused("not_offered_yet", _("现在还没有放开的名额。轮到您时会通知您。"))
    if waiting.offered_until and waiting.offered_until < timezone.now():
        raise Refused(
            "offer_lapsed",
            _("这个名额留到 %(until)s，已经过时。想参加可以重新候补。"),
            until=beijing(waiting.offered_until),
        )
    WAITING.check(waiting, "take", by=by)
    return places.enrol(row, waiting.person, by=by, consents=consents)


def offer_next(training_class: TrainingClass) -> list[Waiting]:
    """Offer every free place to whoever has waited longest; the caller holds the class row."""
    if not training_class.in_effect or places.closed(training_class):
        return []
    free = places.free(training_class)
    line = training_class.waiting.in_line().filter(state=WaitingState.WAITING)
    return [_offer(training_class, one) for one in line[: max(free, 0)]]


def resume(training_class: TrainingClass) -> None:
    """A class that stood still goes on: offers get their whole time again."""
    offered = training_class.waiting.filter(state=WaitingState.OFFERED)
    offered.update(offered_until=_until(training_class))
    offer_next(training_class)


def end(training_class: TrainingClass) -> None:
    """A class that is called off or over has no line any more; whoever stood in it is told."""
    for waiting in training_class.waiting.in_line():
        WAITING.move(waiting, "end", by=None, within=training_class)
        title = str(_("候补的班级不再办了：%(title)s")) % {"title": training_class.title}
        body = str(_("候补随之结束，没有任何影响。可以在开班信息里另选一个班。"))
        _tell(waiting.person, title, body, training_class)


def lapse_overdue() -> int:
    """Let offers nobody took in time go to the next in line; how many lapsed."""
    late = Waiting.objects.filter(
        state=WaitingState.OFFERED,
        offered_until__lt=timezone.now(),
        training_class__state__in=EFFECTIVE,
        training_class__frozen_since__isnull=True,
    )
    return sum(_lapse(waiting) for waiting in late.order_by("offered_until", "pk"))


@transaction.atomic
def _lapse(waiting: Waiting) -> bool:
    row = places.held(waiting.training_class)
    now = Waiting.objects.get(pk=waiting.pk)
    if now.state != WaitingState.OFFERED:  # taken or left in the meantime
        return False
    WAITING.move(now, "lapse", by=None, within=row)
    title = str(_("候补的名额已过时限：%(title)s")) % {"title": row.title}
    _tell(now.person, title, str(_("名额留给了下一位。想参加可以重新候补，没有任何影响。")), row)
    offer_next(row)
    return True


def _offer(row: TrainingClass, waiting: Waiting) -> Waiting:
    until = _until(row)
    facts = {"title": row.title, "until": beijing(until)}
    waiting.offered_until = until
    waiting.save(update_fields=["offered_until"])
    offered = WAITING.move(waiting, "offer", by=None, within=row, until=facts["until"])
    title = str(_("“%(title)s”有名额了，给您留到 %(until)s")) % facts
    _tell(offered.person, title, str(_("请在此之前确认。不想参加就不用理会。")), row)
    words = _(
        "【筑培】您候补的“%(title)s”有名额了，给您留到%(until)s（北京时间）。"
        "参加请登录筑培确认，不参加不用理会。"
    )
    messages.text(offered.person.phone, str(words) % facts)
    return offered


def _until(row: TrainingClass) -> datetime:
    """The parameter's time from now, but not past the beginning of the last lesson."""
    last: datetime | None = row.lessons.aggregate(last=Max("starts_at"))["last"]
    usual = timezone.now() + timedelta(hours=value(parameters.OFFER_HOURS))
    return min(usual, last) if last else usual


def _tell(person: Person, title: str, body: str, row: TrainingClass) -> None:
    accounts = User.objects.filter(person=person)
    messages.tell(accounts, title, body=body, url=reverse("join:class", args=[row.pk]))
