"""What experts are asked about a version, and what they say."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from zhupei.core.constraints import known
from zhupei.questions.models.items import Item, ItemVersion
from zhupei.questions.models.words import Cause, Decision, Outcome


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the items somebody may see."""
        return self.filter(version__item__in=Item.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(outcome=Outcome.OPEN)

    def holding_back(self) -> Self:
        """Those that keep their version out of new papers, as ``ItemVersion`` says it."""
        held = Q(outcome=Outcome.OPEN, holds_back=True)
        return self.filter(Q(outcome=Outcome.OBJECTED) | held, cause=Cause.FLAGGED)


class Review(models.Model):
    """One round of asking experts about one version. Two who say the same end it.

    A version that was put right in a sitting is not drawn while such a round is open.
    """

    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="reviews")
    cause = models.TextField(choices=Cause)
    reason = models.TextField(blank=True, help_text="why it was flagged")
    facts = models.JSONField(default=dict, help_text="the figures behind it")
    holds_back = models.BooleanField(default=False, help_text="not drawn while it is open")
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.TextField(choices=Outcome, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            known("cause", Cause, name="review_cause_known"),
            known("outcome", Outcome, name="review_outcome_known"),
            models.CheckConstraint(
                condition=Q(holds_back=False) | Q(cause=Cause.FLAGGED),
                name="review_holds_back_what_is_in_use",
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(outcome=Outcome.OPEN), name="review_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, closed_at__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & Q(closed_at__isnull=False)),
                name="review_closed_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; those of the items one keeps."""
        return self.filter(review__version__item__in=Item.objects.visible_to(user))

    def awaited(self) -> Self:
        """Not given yet, in rounds that are still open, what is due first before the others."""
        return self.filter(decision=Decision.NONE, review__outcome=Outcome.OPEN).order_by(
            "assigned_at", "pk"
        )


class Opinion(models.Model):
    """One expert asked in one round; what they decided and why, field by field."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="opinions")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expert_name = models.TextField()
    assigned_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decision = models.TextField(choices=Decision, default=Decision.NONE)
    reasons = models.JSONField(default=dict, help_text="by field; '' is the item as a whole")
    decided_at = models.DateTimeField(null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            known("decision", Decision, name="opinion_decision_known"),
            models.UniqueConstraint(fields=["review", "expert"], name="opinion_once_each"),
            models.CheckConstraint(
                condition=Q(decision=Decision.NONE, decided_at__isnull=True)
                | (~Q(decision=Decision.NONE) & Q(decided_at__isnull=False)),
                name="opinion_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.OBJECT) | ~Q(reasons={}),
                name="opinion_objects_with_reasons",
            ),
        ]
        indexes = [
            models.Index("expert", condition=Q(decision=Decision.NONE), name="opinion_awaited"),
            models.Index(F("decided_at").desc(nulls_last=True), name="opinion_by_time"),
        ]

    def __str__(self) -> str:
        return self.expert_name

    @property
    def is_awaited(self) -> bool:
        """As ``awaited`` says it of one row."""
        return self.decision == Decision.NONE and self.review.outcome == Outcome.OPEN
