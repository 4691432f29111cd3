"""Blueprints 细目表, what was assembled from them, the forms that came out, and what was measured
of items.
"""

import json
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.crypto import EncryptedTextField
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates
from zhupei.organizations.models import Kind as OrganizationKind
from zhupei.organizations.models import Role
from zhupei.papers import rules
from zhupei.questions.models import ItemKind, ItemVersion, QuestionSet
from zhupei.questions.rules import Kind
from zhupei.syllabus.models import Job, Level


class State(models.TextChoices):
    DRAFT = "draft", _("起草中")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class RowKind(models.TextChoices):
    """What stands in one column of the matrix: items of a kind, or those of case groups."""

    SINGLE = Kind.SINGLE.value, ItemKind.SINGLE.label
    MULTIPLE = Kind.MULTIPLE.value, ItemKind.MULTIPLE.label
    JUDGE = Kind.JUDGE.value, ItemKind.JUDGE.label
    BLANK = Kind.BLANK.value, ItemKind.BLANK.label
    ESSAY = Kind.ESSAY.value, ItemKind.ESSAY.label
    CASE = rules.CASE, _("案例题")


class Band(models.TextChoices):
    EASY = rules.Band.EASY.value, _("易")
    MEDIUM = rules.Band.MEDIUM.value, _("中")
    HARD = rules.Band.HARD.value, _("难")


def plans_sittings(user: Any) -> bool:
    """Is ``user`` acting as an examiner of an assessment body?"""
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role == Role.EXAMINER
        and acting.organization.kind == OrganizationKind.ASSESSMENT_BODY
    )


class BlueprintQuerySet(models.QuerySet["Blueprint"]):
    def visible_to(self, user: Any) -> Self:
        """The region keeps them; who plans sittings sees that a published one exists."""
        if regulates(user):
            return self
        return self.published() if plans_sittings(user) else self.none()

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def matching(self, words: str, state: str) -> Self:
        """Whose title or job contains ``words``, in this state (any where empty)."""
        found = self.filter(Q(title__icontains=words) | Q(job__name__icontains=words))
        return found.filter(state=state) if state else found

    def with_size(self) -> Self:
        """Adds ``size``, how many items a form has, and ``worth``, their points."""
        worth = Sum(F("rows__count") * F("rows__points"), output_field=models.DecimalField())
        return self.annotate(size=Sum("rows__count", default=0), worth=worth)


class Blueprint(Stateful):
    """What a form has to hold, and how far two of them may be alike.

    ``overlap`` is in percent of a form's items; ``exposure`` is on how many forms an item may
    stand while its use counts, None for any number. ``mark`` counts the changes of a draft.
    """

    job = models.ForeignKey(
        Job, models.PROTECT, related_name="blueprints", verbose_name=_("岗位或工种")
    )
    level = models.TextField(_("等级"), choices=Level, blank=True, default="")
    question_set = models.ForeignKey(
        QuestionSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("只用这个题库"),
    )
    title = models.TextField(_("名称"))
    minutes = models.PositiveSmallIntegerField(_("考试时长（分钟）"), default=60)
    overlap = models.PositiveSmallIntegerField(_("两卷相同题上限（%）"), default=20)
    exposure = models.PositiveSmallIntegerField(_("每题最多上几份卷"), null=True, blank=True)
    shuffle = models.BooleanField(_("每名考生题目和选项乱序"), default=True)
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    mark = models.PositiveIntegerField(default=0, editable=False)

    objects = BlueprintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("job", "level", "title", name="blueprint_title_once"),
            known("state", State, name="blueprint_state_known"),
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values]), name="blueprint_level_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 300)),
                name="blueprint_minutes_sensible",
                violation_error_message=_("考试时长应在 5 到 300 分钟之间。"),
            ),
            models.CheckConstraint(
                condition=Q(overlap__lte=100),
                name="blueprint_overlap_percent",
                violation_error_message=_("两卷相同题的上限应在 0 到 100% 之间。"),
            ),
            models.CheckConstraint(
                condition=Q(exposure__isnull=True) | Q(exposure__gte=1),
                name="blueprint_exposure_sensible",
                violation_error_message=_("每题至少要能上一份卷。不限请留空。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What is examined: the job, with its level where it has one."""
        return f"{self.job} {self.get_level_display()}" if self.level else str(self.job)


class BlueprintRow(models.Model):
    """One cell of the matrix. An empty ``point`` or ``band`` is any."""

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    point = models.TextField(_("知识点"), blank=True, default="")
    kind = models.TextField(_("题型"), choices=RowKind)
    band = models.TextField(_("难度"), choices=Band, blank=True, default="")
    count = models.PositiveSmallIntegerField(_("题数"))
    points = models.DecimalField(_("每题分值"), max_digits=5, decimal_places=2, default=1)

    class Meta:
        ordering = ["blueprint", "position"]
        constraints = [
            known("kind", RowKind, name="blueprint_row_kind_known"),
            models.CheckConstraint(
                condition=Q(band__in=["", *Band.values]), name="blueprint_row_band_known"
            ),
            models.UniqueConstraint(
                "blueprint", "point", "kind", "band", name="blueprint_cell_once"
            ),
            models.CheckConstraint(
                condition=Q(count__range=(1, 200)), name="blueprint_row_count_sensible"
            ),
            models.CheckConstraint(
                condition=Q(points__gt=0, points__lte=100), name="blueprint_row_points_sensible"
            ),
        ]

    def __str__(self) -> str:
        words = [self.point, self.get_kind_display(), self.get_band_display()]
        return " × ".join(word for word in words if word)


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: Any) -> Self:
        """The region knows which sealed sets there are, and what they are let for."""
        return self if regulates(user) else self.none()

    def standing(self, day: date) -> Self:
        """Proposed or confirmed, neither ended nor over, and of no seal from before."""
        since = F("question_set__sealed_at")
        return self.filter(ended_at__isnull=True, until__gte=day, proposed_at__gte=since)

    def in_force(self, day: date) -> Self:
        """The machine may draw by these today."""
        return self.standing(day).filter(confirmed_at__isnull=False)

    def waiting_for(self, user: Any, day: date) -> Self:
        """Those another person named on the set may agree to."""
        mine = QuestionSet.objects.held_by(user)
        waiting = self.standing(day).filter(confirmed_at__isnull=True, question_set__in=mine)
        return waiting.exclude(proposed_by=user.pk)


class Release(models.Model):
    """One blueprint may draw from a sealed set until a day, without anybody reading it. Two people
    named on the set let it, one ends it.
    """

    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="releases")
    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, related_name="releases", verbose_name=_("封存的题库")
    )
    until = models.DateField(_("放行到"))
    reason = models.TextField(_("事由"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("confirmed_at", "confirmed_by", name="release_confirmed_by_somebody"),
            both_or_neither("ended_at", "ended_by", name="release_ended_by_somebody"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="release_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.question_set)


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    def visible_to(self, user: Any) -> Self:
        """What was chosen is for those who keep the bank, nobody else."""
        return self if regulates(user) else self.none()

    def latest_of(self, blueprint: Blueprint) -> Self:
        """What was made of one blueprint, newest first, with how many forms."""
        made = self.filter(blueprint=blueprint).annotate(count=Count("forms"))
        return made.order_by("-made_at", "-pk")


class Assembly(models.Model):
    """One run of the solver: what it was asked, from which seed, and how good the result is.

    ``asked`` is the blueprint as it was and the bank it met, so that the run can be repeated;
    ``versions`` names the solver. A ``trial`` is looked at by those who write blueprints; its
    forms are never sat and its items count as unused.
    """

    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="assemblies")
    seed = models.TextField()
    asked = models.JSONField()
    trial = models.BooleanField(default=False)
    status = models.TextField(help_text="what the solver said")
    gap = models.FloatField(help_text="between the best found and the best possible, 0 = proven")
    seconds = models.FloatField()
    versions = models.JSONField()
    made_at = models.DateTimeField()
    made_by_name = models.TextField()

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "assemblies"
        indexes = [models.Index(fields=["blueprint", "-made_at"], name="assembly_by_blueprint")]

    def __str__(self) -> str:
        return f"{self.blueprint} {self.seed[:8]}"

    @property
    def sealed_sets(self) -> "models.QuerySet[QuestionSet]":
        """The sets its items are from that are sealed now."""
        drawn = QuestionSet.objects.filter(items__versions__uses__assembly=self)
        return drawn.filter(sealed_at__isnull=False).distinct()


class FormQuerySet(models.QuerySet["Form"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(assembly__in=Assembly.objects.visible_to(user))


class Form(models.Model):
    """One form, frozen: its places, and apart from them its keys (see rules.py).

    Both are at rest only in ``sealed``, which no reader of the database can open. ``difficulty``
    is the mark out of 100 an average candidate is expected to get; ``information`` the sum of what
    its items tell about such a candidate.
    """

    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="forms")
    label = models.CharField(max_length=4)
    sealed = EncryptedTextField()
    points = models.JSONField()
    sha256 = models.CharField(max_length=64)
    difficulty = models.FloatField()
    information = models.FloatField()

    objects = FormQuerySet.as_manager()

    class Meta:
        ordering = ["assembly", "label"]
        constraints = [models.UniqueConstraint("assembly", "label", name="form_label_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.sha256[:8]}"

    @property
    def content(self) -> rules.Form:
        """What the form holds, in plain values."""
        inside = json.loads(self.sealed)
        return rules.Form(inside["places"], self.points, inside["keys"])

    @property
    def places(self) -> list[dict[str, Any]]:
        return self.content.places

    @property
    def keys(self) -> dict[str, Any]:
        return self.content.keys


class Use(models.Model):
    """On how many forms of one assembly a version stands; not on which."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="uses")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="uses")
    forms = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("assembly", "version", name="use_once")]

    def __str__(self) -> str:
        return f"{self.version_id} × {self.forms}"


class Measurement(models.Model):
    """What released sittings tell of one version of an item, with how many people that rests on.

    ``share``: the part of its points they earned; ``rest``: its correlation with the rest of the
    form, None where nobody or everybody was right.
    """

    version = models.OneToOneField(ItemVersion, models.PROTECT, related_name="measurement")
    people = models.PositiveIntegerField()
    share = models.FloatField()
    rest = models.FloatField(null=True)
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="measurement_share_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(rest__isnull=True) | Q(rest__gte=-1, rest__lte=1),
                name="measurement_rest_is_a_correlation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.share:.2f}"
