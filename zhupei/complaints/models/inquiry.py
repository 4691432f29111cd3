"""What the body complained about is asked: a statement of the matter, in an officer's words.

It is all that body ever gets of a complaint. It has a number of its own, and its pages and events
lead back to nothing.
"""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import TrainingClass
from zhupei.complaints.models.complaint import Complaint
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind, Organization


class InquiryState(models.TextChoices):
    ASKED = "asked", _("待说明")
    ANSWERED = "answered", _("已说明")


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: Any) -> Self:
        """To the officers of the body that is asked; to whoever sees the complaint."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.organization.kind in AUTHORITIES | {Kind.HR}:
            return self.filter(complaint__in=Complaint.objects.visible_to(user))
        if acting.role not in OFFICERS:
            return self.none()
        return self.filter(organization=acting.organization_id)

    def waiting(self) -> Self:
        return self.filter(state=InquiryState.ASKED).order_by("due_at", "pk")


class Inquiry(Stateful):
    """A question to a body, and what it answers."""

    number = models.CharField(_("编号"), max_length=20, unique=True)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="inquiries")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="inquiries")
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, related_name="+", verbose_name=_("涉及班级")
    )
    statement = models.TextField(_("询问事项"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(_("情况说明"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    state = models.TextField(choices=InquiryState, default=InquiryState.ASKED, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            known("state", InquiryState, name="inquiry_state_known"),
            both_or_neither("answered_at", "answered_by", name="inquiry_answered_by_somebody"),
        ]
        indexes = [models.Index(fields=["organization", "-asked_at"], name="inquiry_by_body")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("complaints:inquiry", args=[self.pk])

    def heard(self, now: datetime) -> bool:
        """Has the body spoken, or had its time to?"""
        return self.state == InquiryState.ANSWERED or self.due_at < now


class InquiryPaper(models.Model):
    """What the body lays beside its answer."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
