"""An institution says that something is no fault, or a lighter one; the authority looks again."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.corrections.models.findings import Finding


class DisputeState(models.TextChoices):
    RAISED = "raised", _("待答复")
    UPHELD = "upheld", _("维持原认定")
    CHANGED = "changed", _("更改认定")
    CONCEDED = "conceded", _("异议成立，已撤回")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(finding__in=Finding.objects.visible_to(user))

    def waiting(self) -> Self:
        """Those nobody has answered."""
        return self.filter(state=DisputeState.RAISED)

    def overdue(self, when: datetime | None = None) -> Self:
        """Those the authority has not answered in its own time."""
        return self.waiting().filter(answer_due_at__lt=when or timezone.now())


class Dispute(Stateful):
    """What an institution has against a finding, once. It stops no clock.

    ``was`` holds what a changed finding said before.
    """

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="dispute")
    reason = models.TextField(_("异议理由"))
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer_due_at = models.DateTimeField()
    note = models.TextField(_("答复理由"), blank=True)
    was = models.JSONField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.TextField(choices=DisputeState, default=DisputeState.RAISED, editable=False)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("state", DisputeState, name="dispute_state_known"),
            both_or_neither("answered_at", "answered_by", name="dispute_answered_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=DisputeState.RAISED) | Q(answered_at__isnull=False),
                name="dispute_answered_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dispute_says_why"),
        ]
        indexes = [
            models.Index(
                "answer_due_at", condition=Q(state=DisputeState.RAISED), name="dispute_waiting"
            ),
        ]

    def __str__(self) -> str:
        return str(self.finding)


class DisputeFileQuerySet(models.QuerySet["DisputeFile"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(dispute__in=Dispute.objects.visible_to(user))


class DisputeFile(models.Model):
    """A paper that speaks for the institution."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = DisputeFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
