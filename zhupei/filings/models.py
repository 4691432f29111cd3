"""Filing a class away from home: 异地备案.

Source: Measures, art. 10 (training in another prefecture is filed with the HR department there;
that department sends copies to housing and education).
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
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
            seen &= Q(state__in=[State.FILED, State.REVOKED]) | Q(copies__organization=here.pk)
        return self.filter(Q(organization=here.pk) | (seen & Q(number__isnull=False))).distinct()

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

    def waiting(self) -> Self:
        """Submitted and not decided on, the most urgent first."""
        return self.filter(state=State.SUBMITTED).order_by("due_at", "pk")

    def found_by(self, words: str) -> Self:
        """Whose number, institution or address contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(address__icontains=word)
            )
        return found


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


class PaperKind(models.TextChoices):
    LICENCE = "licence", _("办学许可证复印件")
    PREMISES = "premises", _("场地租赁或使用证明")
    OTHER = "other", _("其他材料")


class FilingDocumentQuerySet(models.QuerySet["FilingDocument"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(filing__in=Filing.objects.visible_to(user))


class FilingDocument(models.Model):
    """A paper that belongs to a filing."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="documents")
    kind = models.TextField(_("类别"), choices=PaperKind, default=PaperKind.OTHER)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = FilingDocumentQuerySet.as_manager()

    class Meta:
        constraints = [known("kind", PaperKind, name="filing_document_kind_known")]

    def __str__(self) -> str:
        return self.file.name


class CopyQuerySet(models.QuerySet["Copy"]):
    def visible_to(self, user: Any) -> Self:
        """Those sent to the body one acts for."""
        acting = getattr(user, "acting", None)
        return self.filter(organization=acting.organization_id) if acting else self.none()

    def with_own_reading(self, user: Any) -> Self:
        """Adds ``read``: has this person opened it?"""
        own = Reading.objects.filter(copy=OuterRef("pk"), reader=user.pk)
        return self.annotate(read=Exists(own))

    def unread(self, user: Any) -> Self:
        """Those this person has not opened."""
        return self.with_own_reading(user).filter(read=False)


class Copy(models.Model):
    """A filing as another department got it (抄送), from the moment the HR department filed it."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="copies")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=Now())

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint("filing", "organization", name="filing_copied_once_to_a_body")
        ]
        indexes = [models.Index(fields=["organization", "-sent_at"], name="copy_by_body")]

    def __str__(self) -> str:
        return f"{self.filing} {self.organization}"


class Reading(models.Model):
    """Who opened a copy, and when first."""

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("copy", "reader", name="copy_read_once_by_a_person")]

    def __str__(self) -> str:
        return f"{self.copy} {self.reader}"
