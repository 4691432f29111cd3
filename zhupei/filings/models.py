"""Filing a class away from home: 异地备案.

Source: Measures, art. 10 (training in another prefecture is filed with the HR department there;
that department sends copies to housing and education).
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import Division, Kind, Organization
from zhupei.syllabus.models import Job


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待备案")
    RETURNED = "returned", _("退回补正")
    FILED = "filed", _("已备案")
    REVOKED = "revoked", _("已撤销")
    CANCELLED = "cancelled", _("已取消")


class FilingQuerySet(models.QuerySet["Filing"]):
    def visible_to(self, user: Any) -> Self:
        """The institution's own; the HR and education departments of the destination; the housing
        authorities of either end. A draft is its institution's own business.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        here = acting.organization
        seen = here.area("") | here.area("organization__")
        if here.kind in {Kind.HR, Kind.EDUCATION}:
            seen = Q(prefecture=here.prefecture_id)
        if here.kind == Kind.EDUCATION:
            seen &= Q(state__in=[State.FILED, State.REVOKED])
        return self.filter(Q(organization=here.pk) | (seen & Q(number__isnull=False)))

    def covering(
        self, organization: Organization, prefecture: str, job: Job, first: date, last: date
    ) -> Self:
        """The filings under which ``organization`` may teach ``job`` there on all these days."""
        return self.filter(
            organization=organization,
            prefecture=prefecture,
            jobs=job,
            state=State.FILED,
            valid_from__lte=first,
            valid_until__gte=last,
        )


class Filing(Stateful):
    """What an institution wants to teach in another prefecture. Numbered when first submitted."""

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="filings")
    prefecture = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("办学地州市")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("办学县市")
    )
    jobs = models.ManyToManyField(Job, related_name="+", verbose_name=_("职业（工种）"))
    address = models.TextField(_("办学地址"))
    valid_from = models.DateField(_("拟办班开始"))
    valid_until = models.DateField(_("拟办班结束"))
    learners = models.PositiveIntegerField(_("预计人数"))
    contact = models.TextField(_("现场负责人"))
    contact_phone = models.TextField(_("联系电话"))
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(_("办理时限"), null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = FilingQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", State, name="filing_state_known"),
            in_order("valid_from", "valid_until", name="filing_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(learners__gt=0), name="filing_for_somebody"),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(state__in=[State.DRAFT, State.CANCELLED]),
                name="filing_in_the_world_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "prefecture"], name="filing_by_place"),
            models.Index("due_at", condition=Q(state=State.SUBMITTED), name="filing_awaiting"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("异地备案草稿"))


class FilingDocumentQuerySet(models.QuerySet["FilingDocument"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(filing__in=Filing.objects.visible_to(user))


class FilingDocument(models.Model):
    """A paper that belongs to a filing."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = FilingDocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file.name
