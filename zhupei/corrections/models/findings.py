"""Something found wrong at an institution, whoever found it and however."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.models import StoredFile
from zhupei.core.sources import Sourced, SourcedQuerySet
from zhupei.core.workflow import Stateful
from zhupei.corrections.rules import Gravity
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Organization


class Severity(models.TextChoices):
    MINOR = Gravity.MINOR.value, _("轻微")
    ORDINARY = Gravity.ORDINARY.value, _("一般")
    SERIOUS = Gravity.SERIOUS.value, _("严重")


class KindOfFinding(models.TextChoices):
    """What it is about, in the order of the notice of 2023, part 2."""

    STAFF = "staff", _("组织机构和管理制度")
    TEACHERS = "teachers", _("师资配备")
    PREMISES = "premises", _("场地和实训条件")
    SAFETY = "safety", _("消防和安全")
    ROUTINE = "routine", _("日常教学管理")
    PREPARATION = "preparation", _("培训准备和教材")
    RECORDS = "records", _("评价、成绩和档案")
    CONDUCT = "conduct", _("培训行为不规范")
    EXAMS = "exams", _("考核组织")
    OTHER = "other", _("其他")


class FindingState(models.TextChoices):
    OPEN = "open", _("待处理")
    ORDERED = "ordered", _("整改中")
    CORRECTED = "corrected", _("已整改")
    WITHDRAWN = "withdrawn", _("已撤回")


TOLD = (FindingState.ORDERED, FindingState.CORRECTED)
UNRESOLVED = (FindingState.OPEN, FindingState.ORDERED)
SHORT = 40  # letters of a finding where it is only named


class FindingQuerySet(SourcedQuerySet["Finding"]):
    def visible_to(self, user: Any) -> Self:
        """The officers of the authority it was found for, and of those over the place; whoever
        found it; the institution's own officers, from the moment it was put to them.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        found = Q(found_by=user.pk, authority=acting.organization_id)
        if acting.role not in OFFICERS:
            return self.filter(found)
        if acting.organization.kind in AUTHORITIES:
            ours = Q(authority=acting.organization_id)
            return self.filter(ours | acting.organization.area("organization__"))
        told = Q(organization=acting.organization_id, order__isnull=False)
        on_the_spot = Q(organization=acting.organization_id, state__in=TOLD)
        return self.filter(told | on_the_spot)

    def from_app(self, app: str) -> Self:
        """What came of the rows of one app above; "" for what somebody just noted."""
        return self.filter(source__startswith=f"{app}.") if app else self.filter(source="")

    def saying(self, word: str) -> Self:
        """Whose text or institution contains the word."""
        return self.filter(Q(text__icontains=word) | Q(organization__name__icontains=word))

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.exclude(state=FindingState.WITHDRAWN)

    def open(self) -> Self:
        """Those nobody has acted on yet."""
        return self.filter(state=FindingState.OPEN)

    def found_in(self, first: date, last: date) -> Self:
        """Those found from one day to another, both included (Beijing time)."""
        return self.filter(found_at__date__range=(first, last))

    def act_overdue(self, when: datetime | None = None) -> Self:
        """Those nobody acted on in time, as of ``when`` (now unless told)."""
        return self.open().filter(act_due_at__lt=when or timezone.now())

    def unresolved(self) -> Self:
        """Those that are not put right yet, whether ordered or not."""
        return self.filter(state__in=UNRESOLVED)

    def disputed(self) -> Self:
        """Those the institution sees otherwise, while that waits for an answer."""
        return self.filter(dispute__state="raised")

    def with_files(self) -> Self:
        papers = Prefetch("files", FindingFile.objects.select_related("file"))
        return self.select_related("repeats").prefetch_related(papers)

    def repeated(self) -> Self:
        """Those that came again: of the same kind as an earlier one that still stands."""
        earlier = Q(repeats__isnull=False) & ~Q(repeats__state=FindingState.WITHDRAWN)
        return self.standing().filter(earlier)


class Finding(Sourced, Stateful):
    """One thing that is wrong, and the paragraph that says so.

    Its source is empty when somebody noted it without one. ``repeats`` is the latest
    earlier finding of the same kind there. By ``act_due_at`` the authority has to act on it.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="findings", verbose_name=_("机构")
    )
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("发现部门")
    )
    kind = models.TextField(_("类别"), choices=KindOfFinding, default=KindOfFinding.OTHER)
    severity = models.TextField(_("程度"), choices=Severity)
    text = models.TextField(_("问题"))
    law = models.TextField(_("依据"))
    found_at = models.DateTimeField(_("发现时间"))
    act_due_at = models.DateTimeField(_("处理期限"), null=True, editable=False)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")
    order = models.ForeignKey(
        "corrections.Order", models.PROTECT, null=True, related_name="findings"
    )
    resolved_at = models.DateTimeField(null=True, editable=False)
    state = models.TextField(choices=FindingState, default=FindingState.OPEN, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("state", FindingState, name="finding_state_known"),
            known("kind", KindOfFinding, name="finding_kind_known"),
            known("severity", Severity, name="finding_severity_known"),
            models.CheckConstraint(
                condition=~Q(state=FindingState.ORDERED) | Q(order__isnull=False),
                name="finding_ordered_by_an_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNRESOLVED) | Q(resolved_at__isnull=False),
                name="finding_resolved_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something"),
        ]
        indexes = [
            models.Index(fields=["organization", "kind", "-found_at"], name="finding_by_kind"),
            models.Index(fields=["-found_at"], name="finding_by_day"),
            models.Index(fields=["source"], name="finding_by_source"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= SHORT else f"{self.text[:SHORT]}…"

    def get_absolute_url(self) -> str:
        return reverse("corrections:finding", args=[self.pk])

    @property
    def is_repeated(self) -> bool:
        """Did it come again, after one that still stands?"""
        return self.repeats is not None and self.repeats.state != FindingState.WITHDRAWN


class FindingFile(models.Model):
    """A photo, a recording or a paper that shows it."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("finding", "file", name="finding_file_once")]

    def __str__(self) -> str:
        return self.file.name
