"""The sealed forms of a sitting, and what each candidate did with one.

``exams_attempt`` is written by the hot process too (hot.py), with SQL of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from zhupei.exams import rules, sealing
from zhupei.exams.models.answers import Answer
from zhupei.exams.models.corrections import ItemCorrection
from zhupei.exams.models.sittings import Candidate, Sitting, State
from zhupei.papers.models import Form


class PaperQuerySet(models.QuerySet["Paper"]):
    def public(self) -> Self:
        """Sealed bytes are for everybody: nobody can read them without the key of the start."""
        return self.filter(sitting__state__in=[State.SEALED, State.CLOSED, State.RELEASED])


class Paper(models.Model):
    """One sealed form of a sitting: what its candidates see, and apart from it the keys.

    ``sealed`` is what browsers fetch beforehand, named by ``sealed_sha256``: {places, points,
    shuffle} under the form's own key; ``sealed_keys`` is rules.Marking under another. Nothing
    of a form is stored in plain. ``sha256`` is that of the places, as canonical JSON.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="papers")
    form = models.OneToOneField(
        Form, models.PROTECT, null=True, related_name="paper", help_text="None in the oldest"
    )
    number = models.PositiveSmallIntegerField(help_text="1, 2, … within the sitting")
    label = models.CharField(max_length=4)
    place_count = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    sealed_sha256 = models.CharField(max_length=64, unique=True)
    sealed_keys = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    seed = models.TextField(help_text="recorded, so that the choice of items can be repeated")
    sealed_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "number"]
        constraints = [models.UniqueConstraint("sitting", "number", name="paper_number_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.sha256[:8]}"

    @cached_property
    def content(self) -> Mapping[str, Any]:
        """What candidates see: {places, points, shuffle}."""
        content: Mapping[str, Any] = sealing.opened(
            sealing.form_key(self.sitting_id, self.number), self.sealed
        )
        return content

    @property
    def places(self) -> Sequence[Mapping[str, Any]]:
        places: Sequence[Mapping[str, Any]] = self.content["places"]
        return places

    @property
    def points(self) -> dict[int, Decimal]:
        """What each place is worth."""
        return {int(place): Decimal(worth) for place, worth in self.content["points"].items()}

    @property
    def shuffle(self) -> bool:
        """Has every candidate an order of their own?"""
        return bool(self.content["shuffle"])

    @cached_property
    def marking(self) -> rules.Marking:
        """What its answers are marked by."""
        key = sealing.marking_key(self.sitting_id, self.number)
        return rules.Marking.read(sealing.opened(key, self.sealed_keys))

    @cached_property
    def in_force(self) -> rules.Marking:
        """The same with what was decided of its items since the sitting was over."""
        rows = ItemCorrection.objects.filter(sitting=self.sitting_id)
        return self.corrected(rows.rulings())

    def corrected(self, rulings: Mapping[int, rules.Correction]) -> rules.Marking:
        """The same with these corrections, by version of the item."""
        if not rulings:
            return self.marking
        by_place = {
            place: rulings[shown["item"]]
            for place, shown in enumerate(self.places)
            if shown["item"] in rulings
        }
        return self.marking._replace(corrections=by_place)

    @property
    def keys(self) -> Mapping[int, Any]:
        """The key of each place, as questions/rules.py writes keys."""
        return self.marking.keys


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(candidate__in=Candidate.objects.visible_to(user))

    def own(self, user: Any) -> Self:
        """Those of this very person."""
        return self.visible_to(user).filter(candidate__person=user.person_id)

    def begun(self) -> Self:
        """Of those who came."""
        return self.filter(started_at__isnull=False)

    def open(self) -> Self:
        """Started and not yet handed in."""
        return self.filter(started_at__isnull=False, handed_in_at__isnull=True)

    def overdue(self) -> Self:
        """Open, past the deadline, and the clock does not stand still."""
        return self.open().filter(closes_at__lt=timezone.now(), paused_at__isnull=True)

    def forgotten(self, hours: int) -> Self:
        """Open, and paused so long ago that nobody thinks of them any more."""
        return self.open().filter(paused_at__lt=timezone.now() - timedelta(hours=hours))

    def waited_for(self) -> Self:
        """Not handed in, and they still may answer or begin."""
        left = Q(closes_at__gt=timezone.now()) | Q(paused_at__isnull=False)
        return self.filter(left, handed_in_at__isnull=True)

    def outcome(self) -> dict[str, int]:
        """What their marks come to: sat, absent, unmarked, passing, failing, voided."""
        begun = Q(started_at__isnull=False)
        return self.aggregate(
            sat=Count("pk", filter=begun),
            absent=Count("pk", filter=~begun),
            unmarked=Count("pk", filter=begun & Q(mark__isnull=True)),
            passing=Count("pk", filter=Q(passed=True)),
            failing=Count("pk", filter=Q(passed=False, void=False)),
            voided=Count("pk", filter=Q(void=True)),
        )

    def unmarked(self) -> Self:
        """Begun, and nobody has given the mark."""
        return self.begun().filter(mark__isnull=True)


class Attempt(models.Model):
    """What one candidate does with one form. Made when the sitting is sealed; begun when
    ``started_at`` is set. Changed by the hot process too.

    ``closes_at`` is the deadline with its grace, by the database's clock: added minutes and pauses
    move it. While ``paused_at`` is set the clock stands still and nothing is taken. ``notice``
    grows with every announcement, so that the page asks for it. ``label`` and ``account_…``
    are what an event of the hot process says of the candidate.
    """

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="attempt")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attempts")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="attempts")
    label = models.TextField()
    account_id = models.BigIntegerField(null=True)
    account_name = models.TextField()
    seed = models.TextField(help_text="order of items and options for this candidate")
    admitted_at = models.DateTimeField(null=True)
    turned_away = models.BooleanField(
        default=False, db_default=False, help_text="begins only after the door let them in"
    )
    started_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    closes_at = models.DateTimeField(help_text="deadline with its grace, by the database's clock")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by_clock = models.BooleanField(default=False)
    mark = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)
    void = models.BooleanField(
        default=False,
        db_default=False,
        help_text="a decision on misconduct took the mark away",
    )
    notice = models.PositiveIntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "closes_at",
                condition=Q(handed_in_at__isnull=True, started_at__isnull=False),
                name="attempt_open_by_deadline",
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
            models.CheckConstraint(
                condition=Q(void=False) | Q(passed=False), name="attempt_void_is_not_passed"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(started_at__isnull=False),
                name="attempt_begun_before_hand_in",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | Q(handed_in_at__isnull=True),
                name="attempt_paused_only_while_open",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def ends_at(self) -> datetime:
        """The end a candidate sees: the deadline without its grace."""
        return self.closes_at - timedelta(seconds=self.sitting.grace_seconds)

    def answers(self) -> "models.QuerySet[Answer]":
        """What the hot process stored, in the order of the paper."""
        return Answer.objects.filter(attempt_id=self.pk).order_by("item")

    def choices(self) -> dict[int, str]:
        """The answers given, by place in the sealed form.

        Answers taken back are left out, and so is what somebody sent for places the form has not:
        the hot process stores it unread.
        """
        chosen = self.answers().filter(item__lt=self.paper.place_count).exclude(choice="")
        return dict(chosen.values_list("item", "choice"))
