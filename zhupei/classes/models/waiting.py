"""Who waits for a place in a full class."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models.plan import TrainingClass
from zhupei.core.constraints import known
from zhupei.core.queries import number_of
from zhupei.core.workflow import Stateful
from zhupei.people.models import Person


class WaitingState(models.TextChoices):
    WAITING = "waiting", _("候补中")
    OFFERED = "offered", _("有名额，待本人确认")
    TAKEN = "taken", _("已递补")
    LAPSED = "lapsed", _("未在时限内确认")
    LEFT = "left", _("已退出候补")
    ENDED = "ended", _("班级停办或结班")


ON_THE_LIST = (WaitingState.WAITING, WaitingState.OFFERED)


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def visible_to(self, user: Any) -> Self:
        """A learner's own; for those who work on a class, its list."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(person=user.person_id) if user.person_id else self.none()
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def in_line(self) -> Self:
        """Those still on the list, the first come first."""
        return self.filter(state__in=ON_THE_LIST).order_by("since", "pk")

    def with_number(self) -> Self:
        """Adds ``number``: the place in the line of its class, counted from 1."""
        before = Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lte=OuterRef("pk"))
        line = Waiting.objects.filter(
            before, training_class=OuterRef("training_class"), state__in=ON_THE_LIST
        )
        return self.annotate(number=number_of(line))


class Waiting(Stateful):
    """One person on the waiting list of one class. ``offered_until``: a place is kept till then."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="waiting")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, editable=False)
    state = models.TextField(choices=WaitingState, default=WaitingState.WAITING, editable=False)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "waiting"
        constraints = [
            known("state", WaitingState, name="waiting_state_known"),
            models.UniqueConstraint(
                "training_class",
                "person",
                condition=Q(state__in=ON_THE_LIST),
                name="waiting_once_in_a_class",
            ),
            models.CheckConstraint(
                condition=~Q(state=WaitingState.OFFERED) | Q(offered_until__isnull=False),
                name="waiting_offer_has_an_end",
            ),
        ]
        indexes = [
            models.Index(
                "offered_until", condition=Q(state=WaitingState.OFFERED), name="waiting_offered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.training_class}"
