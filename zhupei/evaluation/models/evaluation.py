"""One institution in one year: its state, its answers to the indicators, its evidence."""

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.evaluation.models.scheme import Indicator, Scheme, SchemeState
from zhupei.evaluation.rules.points import Status
from zhupei.organizations.models import OFFICERS, Organization


class State(models.TextChoices):
    OPEN = "open", _("机构自评中")
    REPORTED = "reported", _("待属地评分")
    SCORED = "scored", _("待专家复核")
    REVIEWED = "reviewed", _("待公示")
    PUBLIC = "public", _("公示中")
    DECIDED = "decided", _("已定级")
    EXITED = "exited", _("已退出")


class Grade(models.TextChoices):
    A = "A", _("A 类")
    B = "B", _("B 类")
    C = "C", _("C 类")
    D = "D", _("不合格")


SEEN_BY_ALL = (State.PUBLIC, State.DECIDED)  # scores are no secret any more


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Any) -> Self:
        """The institution's own; those of the area of an authority, or given to it to score; for
        an expert those they are appointed to.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        called = Q(
            pk__in=Evaluation._base_manager.filter(
                appointments__expert=user.pk, appointments__state__in=["called", "done"]
            ).values("pk")
        )
        if acting.role not in OFFICERS:
            return self.filter(called)
        here = acting.organization
        mine = Q(organization=here.pk) | Q(scorer=here.pk) | here.area("organization__")
        return self.filter(mine | called)

    def public(self) -> Self:
        """What is published to be objected to, and what was announced."""
        announced = Q(scheme__state=SchemeState.ANNOUNCED)
        return self.filter(
            Q(state=State.PUBLIC) | announced & Q(state__in=[State.DECIDED, State.EXITED])
        )

    def running(self) -> Self:
        return self.exclude(state__in=[State.DECIDED, State.EXITED])

    def found_by(self, words: str) -> Self:
        """Whose institution's name contains every word."""
        found = self
        for word in words.split():
            found = found.filter(organization__name__icontains=word)
        return found


class Evaluation(Stateful):
    """The evaluation of one institution. ``scorer`` is the authority that scores the local part;
    never one that runs the institution (``sponsor``). The sums are those of ``totals``.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="evaluations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="evaluations")
    scorer = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("属地评分单位")
    )
    sponsor = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("举办单位")
    )
    summary = models.TextField(_("自评总结"), blank=True)
    declared_pass_rate = models.DecimalField(
        _("自报合格率"), max_digits=5, decimal_places=2, null=True
    )
    declared_certificate_rate = models.DecimalField(
        _("自报取证率"), max_digits=5, decimal_places=2, null=True
    )
    reported_at = models.DateTimeField(null=True, editable=False)
    reported_by_name = models.TextField(null=True, editable=False)
    scored_at = models.DateTimeField(null=True, editable=False)
    scored_by_name = models.TextField(null=True, editable=False)
    public_since = models.DateTimeField(null=True, editable=False)
    public_until = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    computed_at = models.DateTimeField(null=True, editable=False)
    sums = models.JSONField(default=dict, editable=False)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    assessed = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    applicable = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    grade = models.TextField(choices=Grade, blank=True, editable=False)
    state = models.TextField(choices=State, default=State.OPEN, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", State, name="evaluation_state_known"),
            models.CheckConstraint(
                condition=Q(grade__in=["", *Grade.values]), name="evaluation_grade_known"
            ),
            models.UniqueConstraint("scheme", "organization", name="evaluation_once_a_year"),
            models.CheckConstraint(
                condition=Q(scorer__isnull=True) | ~Q(scorer=models.F("organization")),
                name="evaluation_not_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(scorer__isnull=True)
                | Q(sponsor__isnull=True)
                | ~Q(scorer=models.F("sponsor")),
                name="evaluation_not_by_its_sponsor",
            ),
            both_or_neither("reported_at", "reported_by_name", name="evaluation_reported_by_one"),
            both_or_neither("scored_at", "scored_by_name", name="evaluation_scored_by_one"),
            both_or_neither("public_since", "public_until", name="evaluation_public_for_a_term"),
            models.CheckConstraint(
                condition=~Q(state=State.DECIDED) | Q(public_until__isnull=False),
                name="evaluation_decided_after_publicity",
            ),
        ]
        indexes = [models.Index(fields=["scheme", "-score"], name="evaluation_by_score")]

    def __str__(self) -> str:
        return f"{self.organization} {self.scheme.year}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:detail", args=[self.pk])


class StatusChoices(models.TextChoices):
    SCORED = Status.SCORED.value, _("已评")
    NOT_APPLICABLE = Status.NOT_APPLICABLE.value, _("不适用")
    NOT_ASSESSED = Status.NOT_ASSESSED.value, _("未评")


Part = TypeVar("Part", bound=models.Model)


class PartQuerySet(models.QuerySet[Part]):
    """Rows with an ``evaluation``, for those who may see it."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(evaluation__in=Evaluation.objects.visible_to(user))


class Answer(models.Model):
    """One indicator of one institution. ``facts`` are canonical JSON as it was scored, so that the
    same rule gives the same points again; ``value`` is what holds, by ``stage`` ("" the system).
    """

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="answers")
    facts = models.JSONField(default=dict, editable=False)
    facts_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    computed_status = models.TextField(
        choices=StatusChoices, default=StatusChoices.NOT_ASSESSED, editable=False
    )
    computed = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    because = models.TextField(blank=True, editable=False)
    said = models.JSONField(default=dict, editable=False)
    computed_at = models.DateTimeField(null=True, editable=False)
    status = models.TextField(
        choices=StatusChoices, default=StatusChoices.NOT_ASSESSED, editable=False
    )
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    stage = models.TextField(blank=True, editable=False)
    differ = models.BooleanField(default=False, editable=False)
    statement = models.TextField(_("自评说明"), blank=True)
    stated_at = models.DateTimeField(null=True, editable=False)

    objects = PartQuerySet["Answer"].as_manager()

    class Meta:
        constraints = [
            known("computed_status", StatusChoices, name="answer_computed_status_known"),
            known("status", StatusChoices, name="answer_status_known"),
            models.UniqueConstraint("evaluation", "indicator", name="answer_once"),
            models.CheckConstraint(
                condition=Q(status=Status.SCORED.value, value__isnull=False)
                | (~Q(status=Status.SCORED.value) & Q(value__isnull=True)),
                name="answer_scored_has_a_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.indicator}"


class Evidence(models.Model):
    """A paper the institution or a scorer laid beside an answer. Taken back, it stays on record."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="evidence")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    organization_name = models.TextField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = PartQuerySet["Evidence"].as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.file.name
