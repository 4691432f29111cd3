"""What a reviewer did to decide on a plan: what they opened, what they found, who read again.

Source: notice, part 2, section 1 (plans approved "without reading").
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models.plan import TrainingClass
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import AUTHORITIES


class Reading(models.Model):
    """One piece of evidence one reviewer opened in one round of review.

    ``round`` counts the submissions of the plan, from 1. ``paper`` names the evidence: "timetable",
    "document/12", "roster/57" (by its newest row). ``seconds`` is how long it was on the screen, as
    the server counts.
    """

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="readings")
    round = models.PositiveSmallIntegerField()
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    paper = models.TextField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="when the page last said it was still on the screen")
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "training_class", "round", "reader", "paper", name="reading_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.training_class} {self.round} {self.paper}"


class Verdict(models.TextChoices):
    GOOD = "good", _("符合")
    BAD = "bad", _("不符")
    NONE = "none", _("不适用")


class Finding(models.Model):
    """A reviewer's answer to one item of the checklist in one round."""

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="findings")
    round = models.PositiveSmallIntegerField()
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    item = models.TextField()
    verdict = models.TextField(choices=Verdict)
    note = models.TextField(blank=True)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            known("verdict", Verdict, name="finding_verdict_known"),
            models.UniqueConstraint(
                "training_class", "round", "reader", "item", name="finding_once_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class} {self.round} {self.item}"


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, user: Any) -> Self:
        """Every authority sees every draw: it names numbers, and anybody may draw again."""
        acting = getattr(user, "acting", None)
        seen = acting is not None and acting.organization.kind in AUTHORITIES
        return self.all() if seen else self.none()


class Draw(models.Model):
    """The draw of one day: which of the plans approved that day are read a second time.

    A plan is drawn when sha256(seed + " " + number) as a fraction of 2^256 is below ``share``
    per cent; anybody who knows the seed can draw again.
    """

    day = models.DateField(unique=True)
    seed = models.CharField(max_length=64)
    share = models.PositiveSmallIntegerField(help_text="per cent")
    candidates = models.JSONField(help_text="numbers of the plans approved that day, in order")
    drawn_at = models.DateTimeField()

    objects = DrawQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.day}"


class SecondState(models.TextChoices):
    WAITING = "waiting", _("待复读")
    AGREED = "agreed", _("复读无异议")
    OBJECTED = "objected", _("复读有异议")


class SecondReadingQuerySet(models.QuerySet["SecondReading"]):
    def visible_to(self, user: Any) -> Self:
        """For those who may see the class, authorities only."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        return self.filter(acting.organization.area("training_class__"))

    def waiting(self) -> Self:
        return self.filter(state=SecondState.WAITING).order_by("draw__day", "pk")


class SecondReading(Stateful):
    """A plan the draw chose, read again by the region."""

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="second_readings"
    )
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="chosen")
    first_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.TextField(choices=SecondState, default=SecondState.WAITING, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", SecondState, name="second_reading_state_known"),
            models.UniqueConstraint("training_class", "draw", name="second_reading_once_a_draw"),
            both_or_neither("read_at", "read_by", name="second_reading_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.training_class)
