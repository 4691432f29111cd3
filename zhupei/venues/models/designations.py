"""Joint designation of assessment bodies 考核机构确定.

Source: Measures, art. 18 and 19 (the housing bureau of the prefecture determines the bodies
together with the HR department).
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import ASSIGNED, Division, Kind, Organization
from zhupei.syllabus.models import Job


class State(models.TextChoices):
    DRAFT = "draft", _("起草中")
    SIGNED = "signed", _("待另一部门签署")
    IN_FORCE = "in_force", _("已确定")
    SUSPENDED = "suspended", _("暂停")
    WITHDRAWN = "withdrawn", _("已撤销")
    DROPPED = "dropped", _("已作废")


class DesignationQuerySet(models.QuerySet["Designation"]):
    def visible_to(self, user: Any) -> Self:
        """The housing and HR departments of the place, and the region; the body once both signed.

        Source: Measures, art. 19.
        """
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        here = acting.organization
        if here.kind == Kind.ASSESSMENT_BODY:
            signed = [State.IN_FORCE, State.SUSPENDED, State.WITHDRAWN]
            return self.filter(organization=here.pk, state__in=signed)
        if here.kind == Kind.HR:
            return self.filter(prefecture=here.prefecture_id)
        if here.kind == Kind.COUNTY_AUTHORITY:
            return self.filter(prefecture=here.prefecture_id, state=State.IN_FORCE)
        return self.filter(here.area(""))

    def public(self) -> Self:
        """Those both departments signed and nobody has withdrawn: learners choose among them.

        Source: Measures, art. 18 (the body is chosen freely).
        """
        return self.filter(state__in=[State.IN_FORCE, State.SUSPENDED])

    def on(self, day: date) -> Self:
        """Whose days hold ``day``."""
        return self.filter(valid_from__lte=day, valid_until__gte=day)

    def covering(self, organization: Organization, prefecture: str, job: Job, day: date) -> Self:
        """Those under which this body may examine this job there on that day."""
        return self.on(day).filter(
            organization=organization, prefecture=prefecture, jobs=job, state=State.IN_FORCE
        )

    def found_by(self, words: str) -> Self:
        """Whose number or body contains every word."""
        found = self
        for word in words.split():
            found = found.filter(Q(number__icontains=word) | Q(organization__name__icontains=word))
        return found


class Designation(Stateful):
    """That a body may examine these jobs in this prefecture, between two days, once the housing
    and the HR department have both signed.

    ``affiliates`` are the institutions that belong to the same owner: whether their learners may
    be examined here is the parameter venues.separation.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="designations", verbose_name=_("考核机构")
    )
    prefecture = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("地州市")
    )
    jobs = models.ManyToManyField(Job, related_name="+", verbose_name=_("岗位、工种"))
    affiliates = models.ManyToManyField(
        Organization,
        related_name="+",
        blank=True,
        verbose_name=_("同属一个单位的培训机构"),
    )
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"))
    conditions = models.TextField(_("条件和要求"), blank=True)
    housing = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("住建部门")
    )
    hr = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("人社部门")
    )
    housing_signed_at = models.DateTimeField(null=True, editable=False)
    housing_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    hr_signed_at = models.DateTimeField(null=True, editable=False)
    hr_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    stopped_by = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("暂停的部门"),
    )
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "prefecture"], name="designation_by_body"),
            models.Index(fields=["prefecture", "state"], name="designation_by_prefecture"),
        ]
        constraints = [
            known("state", State, name="designation_state_known"),
            in_order("valid_from", "valid_until", name="designation_ends_after_it_begins"),
            both_or_neither(
                "housing_signed_at", "housing_signed_by", name="designation_housing_signed"
            ),
            both_or_neither("hr_signed_at", "hr_signed_by", name="designation_hr_signed"),
            models.CheckConstraint(
                condition=Q(housing_signed_at__isnull=False, hr_signed_at__isnull=False)
                | ~Q(state__in=[State.IN_FORCE, State.SUSPENDED, State.WITHDRAWN]),
                name="designation_in_force_signed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__isnull=False) | ~Q(state=State.SUSPENDED),
                name="designation_suspended_by_a_department",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("考核机构确定（草稿）"))

    def holds_on(self, day: date) -> bool:
        """Is it in force on ``day``?"""
        return self.state == State.IN_FORCE and self.valid_from <= day <= self.valid_until

    @property
    def awaited(self) -> Organization | None:
        """The department whose signature is missing, while one is."""
        if self.state != State.SIGNED:
            return None
        if self.hr_signed_at is None:
            return self.hr
        return self.housing if self.housing_signed_at is None else None


class PaperKind(models.TextChoices):
    APPLICATION = "application", _("考核机构申请材料")
    MINUTES = "minutes", _("联合评审意见")
    DECISION = "decision", _("确定文件")
    OTHER = "other", _("其他材料")


class DesignationDocumentQuerySet(models.QuerySet["DesignationDocument"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(designation__in=Designation.objects.visible_to(user))


class DesignationDocument(models.Model):
    """What the two departments decided on."""

    designation = models.ForeignKey(Designation, models.CASCADE, related_name="documents")
    kind = models.TextField(_("类别"), choices=PaperKind, default=PaperKind.OTHER)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = DesignationDocumentQuerySet.as_manager()

    class Meta:
        constraints = [known("kind", PaperKind, name="designation_document_kind_known")]

    def __str__(self) -> str:
        return self.file.name
