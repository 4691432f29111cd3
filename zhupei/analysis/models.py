"""What released sittings tell: figures of forms and items, and answers too alike for chance."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Candidate, Paper, Sitting
from zhupei.organizations.access import regulates
from zhupei.organizations.models import AUTHORITIES, Role
from zhupei.questions.models import ItemVersion


class SittingFiguresQuerySet(models.QuerySet["SittingFigures"]):
    def visible_to(self, user: Any) -> Self:
        """Figures of items are for those who keep the bank."""
        return self if regulates(user) else self.none()

    def with_counts(self) -> Self:
        """Adds ``doubtful``: how many items were put before experts."""
        return self.annotate(doubtful=Count("items", filter=~Q(items__doubts=[])))

    def matching(self, words: str) -> Self:
        return self.filter(
            Q(sitting__title__icontains=words)
            | Q(sitting__number__icontains=words)
            | Q(sitting__job__name__icontains=words)
        )


class SittingFigures(models.Model):
    """What one released sitting tells. Made anew when marks change; ``pairs`` is how many pairs of
    candidates were compared, ``left_out`` how many handed in and are not in the figures: their
    mark is void, or a case of misconduct stands.
    """

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="study")
    people = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    marks = models.JSONField(help_text="how many marks lie in each ten of 0 to 100")
    made_at = models.DateTimeField()

    objects = SittingFiguresQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return str(self.sitting)


class FormFigures(models.Model):
    """The figures of one form; marks out of 100."""

    study = models.ForeignKey(SittingFigures, models.CASCADE, related_name="forms")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="figures")
    people = models.PositiveIntegerField()
    items = models.PositiveSmallIntegerField()
    mean = models.FloatField()
    deviation = models.FloatField()
    alpha = models.FloatField(null=True)
    kr20 = models.FloatField(null=True)
    sem = models.FloatField(null=True)

    class Meta:
        ordering = ["study", "paper__number"]

    def __str__(self) -> str:
        return str(self.paper)


class ItemFiguresQuerySet(models.QuerySet["ItemFigures"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(study__in=SittingFigures.objects.visible_to(user))

    def others_of(self, row: "ItemFigures") -> Self:
        """The same version in other sittings or on other forms, the latest first."""
        same = self.filter(version=row.version_id).exclude(pk=row.pk)
        return same.select_related("study__sitting", "paper").order_by("-study__made_at", "pk")

    def worst_first(self) -> Self:
        """Doubtful ones first, then by how little they tell."""
        return self.annotate(doubtful=Q(doubts=[])).order_by(
            "doubtful", F("rest").asc(nulls_last=True), "pk"
        )


class ItemFigures(models.Model):
    """The figures of one version on one form. ``options``: lists of answer, right, people, share,
    upper, lower; ``doubts``: words of ``rules.Doubt``.
    """

    study = models.ForeignKey(SittingFigures, models.CASCADE, related_name="items")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    share = models.FloatField()
    rest = models.FloatField(null=True)
    contrast = models.FloatField()
    options = models.JSONField(default=list)
    doubts = models.JSONField(default=list)

    objects = ItemFiguresQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("study", "paper", "place", name="item_figures_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.place + 1}"


class LeadState(models.TextChoices):
    OPEN = "open", _("待判断")
    CONFIRMED = "confirmed", _("线索成立")
    DISMISSED = "dismissed", _("已排除")


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, user: Any) -> Self:
        """The authorities over the sitting; the examiners of the body that held it once a lead is
        confirmed; never the candidates.
        """
        acting = getattr(user, "acting", None)
        if not acting:
            return self.none()
        if acting.role == Role.EXAMINER:
            mine = Q(study__sitting__organization=acting.organization)
            return self.filter(mine, state=LeadState.CONFIRMED)
        if acting.organization.kind not in AUTHORITIES:
            return self.none()
        if acting.role not in {Role.REVIEWER, Role.REGULATOR}:
            return self.none()
        return self.filter(acting.organization.area("study__sitting__"))

    def open(self) -> Self:
        return self.filter(state=LeadState.OPEN)

    def open_first(self) -> Self:
        """Those to be judged first, the least likely at the head."""
        return self.annotate(judged=~Q(state=LeadState.OPEN)).order_by("judged", "chance", "pk")


class Lead(Stateful):
    """Two candidates whose wrong answers are the same more often than chance explains: a question
    for people, never an answer.

    ``both`` items they got both wrong, of which ``same`` with the same answer, where ``expected``
    would be; ``chance`` of that, ``adjusted`` for all pairs compared. ``evidence``: lists of
    version, the two answers, how many others answered the same, how many others were wrong.
    """

    study = models.ForeignKey(SittingFigures, models.CASCADE, related_name="leads")
    first = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    second = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    both = models.PositiveSmallIntegerField()
    same = models.PositiveSmallIntegerField()
    expected = models.FloatField()
    chance = models.FloatField()
    adjusted = models.FloatField()
    distance = models.PositiveSmallIntegerField()
    near = models.BooleanField()
    evidence = models.JSONField()
    state = models.TextField(choices=LeadState, default=LeadState.OPEN, editable=False)
    note = models.TextField(blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by_name = models.TextField(null=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", LeadState, name="lead_state_known"),
            models.UniqueConstraint("study", "first", "second", name="lead_once_a_pair"),
            both_or_neither("judged_at", "judged_by_name", name="lead_judged_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.first} — {self.second}"
