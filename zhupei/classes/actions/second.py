"""The second reading: the draw of a day, and what the region says of the plans it chose.

Source: notice of 2023, part 3, section 1 (4: checks are increased).
"""

import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices, parameters, review
from zhupei.classes.actions.review import require_read
from zhupei.classes.actions.shared import tell
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Draw, SecondReading, TrainingClass
from zhupei.classes.workflow import SECOND_READING
from zhupei.core import audit, messages
from zhupei.core.models import Event
from zhupei.core.parameters import value
from zhupei.people.models import User

LONGEST_GAP = 31  # days made up for when nothing was drawn for a while
SEED_BYTES = 32


def draw_due() -> list[Draw]:
    """Draw for every day over that was not drawn yet, yesterday the last."""
    yesterday = timezone.localdate() - timedelta(days=1)
    last = Draw.objects.order_by("-day").values_list("day", flat=True).first()
    first = max(last + timedelta(days=1) if last else yesterday, yesterday - _days(LONGEST_GAP))
    return [draw(first + _days(n)) for n in range((yesterday - first).days + 1)]


def draw(day: date) -> Draw:
    """Choose among the plans approved on ``day``; drawn once, whoever asks how often.

    The seed is fresh, the candidates are those of the record of deeds, both are kept: anybody may
    draw again (``review.recompute``).
    """
    with transaction.atomic():
        approved = _approved_on(day)
        made, fresh = Draw.objects.get_or_create(
            day=day,
            defaults={
                "seed": secrets.token_hex(SEED_BYTES),
                "share": value(parameters.SECOND_READING_SHARE),
                "candidates": sorted(approved),
                "drawn_at": timezone.now(),
            },
        )
        if fresh:
            _choose(made, approved)
    return made


@transaction.atomic
def agree(second: SecondReading, *, by: User, note: str = "") -> SecondReading:
    """The region read it and has nothing to say against it.

    Raises Refused "evidence_not_opened" when ``by`` has not opened everything.
    """
    row = SecondReading._base_manager.select_for_update().get(pk=second.pk)
    SECOND_READING.check(row, "agree", by=by)
    plan = row.training_class
    read = require_read(plan, by=by).as_facts()
    row = SECOND_READING.move(row, "agree", by=by, note=note, within=plan, **read)
    return _decided(row, by)


@transaction.atomic
def object_to(second: SecondReading, *, by: User, note: str = "") -> SecondReading:
    """The region would have decided otherwise; the bureau is told why. Nothing is revoked by it."""
    plan = second.training_class
    read = review.desk(plan, by).as_facts()
    row = SECOND_READING.move(second, "object", by=by, note=note, within=plan, **read)
    tell(plan, offices.reviewers(plan), _("复读有异议：%(title)s"), note)
    return _decided(row, by)


def _decided(second: SecondReading, by: User) -> SecondReading:
    second.read_at, second.read_by = timezone.now(), by
    second.save(update_fields=["read_at", "read_by"])
    return second


def _approved_on(day: date) -> dict[str, tuple[TrainingClass, int | None]]:
    """The plans approved on a day (Beijing time) by number, each with who approved it."""
    start = timezone.make_aware(datetime.combine(day, time()))
    events = Event.objects.filter(
        verb=ClassEvent.APPROVED, at__gte=start, at__lt=start + _days(1)
    ).order_by("at")
    actors = {int(subject.rpartition("/")[2]): actor
              for subject, actor in events.values_list("subject", "actor_id")}  # fmt: skip
    plans = TrainingClass._base_manager.filter(pk__in=actors, number__isnull=False)
    return {str(plan.number): (plan, actors[plan.pk]) for plan in plans}


def _choose(made: Draw, approved: dict[str, tuple[TrainingClass, int | None]]) -> None:
    for number in review.recompute(made):
        plan, actor = approved[number]
        second = SecondReading.objects.create(training_class=plan, draw=made, first_reader_id=actor)
        audit.record(ClassEvent.DRAWN, plan, by=None, day=made.day.isoformat(), seed=made.seed)
        url = reverse("classes:second_reading", args=[second.pk])
        words = str(_("抽中复读：%(title)s")) % {"title": plan.title}
        messages.tell(offices.regulators(), words, url=url)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
