"""Sets of items, and who holds the keys of a sealed one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates
from zhupei.organizations.models import Kind, Role
from zhupei.syllabus.models import Job


class State(models.TextChoices):
    DRAFT = "draft", _("整理中")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class Origin(models.TextChoices):
    """Whose bank the items come from: the ministry's stands beside the region's own."""

    REGIONAL = "regional", _("自治区题库")
    NATIONAL = "national", _("部题库")


def acts_as_expert(user: Any) -> bool:
    """Is ``user`` acting as an expert of the question bank, named by the association?"""
    acting = getattr(user, "acting", None)
    return bool(
        acting and acting.role == Role.EXPERT and acting.organization.kind == Kind.ASSOCIATION
    )


class QuestionSetQuerySet(models.QuerySet["QuestionSet"]):
    def visible_to(self, user: Any) -> Self:
        """The region keeps the bank; assessment bodies see that a published set exists; experts
        see the sets that are being filled or used, not what is in them.

        That a sealed set exists is known to the region and to those named on it.
        """
        acting = getattr(user, "acting", None)
        if regulates(user):
            return self
        if acting and acting.organization.kind == Kind.ASSESSMENT_BODY:
            return self.published().filter(sealed_at__isnull=True)
        if acts_as_expert(user):
            mine = Keyholder.objects.holding().filter(user=user).values("question_set")
            return self.exclude(state=State.RETIRED).filter(
                Q(sealed_at__isnull=True) | Q(pk__in=mine)
            )
        return self.none()

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def unsealed(self) -> Self:
        return self.filter(sealed_at__isnull=True)

    def held_by(self, user: Any) -> Self:
        """The sealed sets this person is named on."""
        mine = Keyholder.objects.holding().filter(user=user.pk).values("question_set")
        return self.filter(sealed_at__isnull=False, pk__in=mine)


class QuestionSet(Stateful):
    """Items for one job. Assessment bodies draw from it while it is published and not sealed."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="question_sets")
    title = models.TextField(_("名称"))
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    origin = models.TextField(_("来自"), choices=Origin, default=Origin.REGIONAL)
    origin_source = models.TextField(_("出处"), blank=True)
    origin_on = models.DateField(_("日期"), null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    unseal_asked_at = models.DateTimeField(null=True, editable=False)
    unseal_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("job", "title", name="question_set_title_once"),
            known("state", State, name="question_set_state_known"),
            known("origin", Origin, name="question_set_origin_known"),
            models.CheckConstraint(
                condition=~Q(origin=Origin.NATIONAL)
                | ~Q(origin_source="") & Q(origin_on__isnull=False),
                name="question_set_national_says_where_from",
            ),
            both_or_neither("sealed_at", "sealed_by", name="question_set_sealed_by_somebody"),
            both_or_neither(
                "unseal_asked_at", "unseal_asked_by", name="question_set_unseal_asked_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(unseal_asked_at__isnull=True) | Q(sealed_at__isnull=False),
                name="question_set_only_sealed_is_unsealed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None


class KeyholderQuerySet(models.QuerySet["Keyholder"]):
    def visible_to(self, user: Any) -> Self:
        """The region gives the keys; who else has one is nobody's business."""
        return self if regulates(user) else self.none()

    def holding(self) -> Self:
        """Those who may open their set now: named by one, confirmed by another, not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)

    def open(self) -> Self:
        """Named, whether confirmed or not yet."""
        return self.filter(ended_at__isnull=True)


class Keyholder(models.Model):
    """Somebody named on a sealed set: two people of the region name them, one may end it."""

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="keyholders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(_("事由"))
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = KeyholderQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("confirmed_at", "confirmed_by", name="keyholder_confirmed_by_somebody"),
            both_or_neither("ended_at", "ended_by", name="keyholder_ended_by_somebody"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("named_by")),
                name="keyholder_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["question_set", "user"],
                condition=Q(ended_at__isnull=True),
                name="keyholder_named_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
