"""The sealed papers of a sitting, and what each candidate did with one.

``exams_attempt`` is written by the hot process too (hot.py), with SQL of its own.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhupei.exams.models.answers import Answer
from zhupei.exams.models.sittings import Candidate, Sitting


class Paper(models.Model):
    """The sealed paper of a sitting: what candidates see, and apart from it the keys.

    ``items`` is the list of {kind, stem, options, item}; ``keys`` maps the item's place to its
    letters. Both are frozen when the sitting is sealed; ``sha256`` is of the canonical items.
    """

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="paper")
    items = models.JSONField()
    keys = models.JSONField()
    seed = models.TextField(help_text="recorded, so that the draw of items can be repeated")
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sitting} {self.sha256[:8]}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(candidate__in=Candidate.objects.visible_to(user))

    def own(self, user: Any) -> Self:
        """Those of this very person."""
        return self.visible_to(user).filter(candidate__person=user.person_id)

    def open(self) -> Self:
        """Started and not yet handed in."""
        return self.filter(handed_in_at__isnull=True)

    def overdue(self) -> Self:
        """Open, and past the deadline."""
        return self.open().filter(closes_at__lt=timezone.now())


class Attempt(models.Model):
    """One candidate's go at the paper. No foreign key points to it from the hot table."""

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="attempt")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attempts")
    seed = models.TextField(help_text="order of items and options for this candidate")
    started_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="deadline with its grace, by the database's clock")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by_clock = models.BooleanField(default=False)
    mark = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "closes_at", condition=Q(handed_in_at__isnull=True), name="attempt_open_by_deadline"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(handed_in_at__isnull=False),
                name="attempt_marked_after_hand_in",
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=True, passed__isnull=True)
                | Q(mark__isnull=False, passed__isnull=False),
                name="attempt_mark_and_verdict_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.candidate)

    def answers(self) -> "models.QuerySet[Answer]":
        """What the hot process stored, in the order of the paper."""
        return Answer.objects.filter(attempt_id=self.pk).order_by("item")

    def choices(self) -> dict[int, str]:
        """The letters chosen, by place in the sealed paper.

        Answers taken back are left out, and so is what somebody sent for places the paper has
        not: the hot process stores it unread.
        """
        chosen = self.answers().filter(item__lt=self.sitting.item_count).exclude(choice="")
        return dict(chosen.values_list("item", "choice"))
