"""More time for the result of a complaint: asked for by who investigates, given by who is above."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.complaints.models.complaint import Complaint
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("待批准")
    GRANTED = "granted", _("同意延期")
    REFUSED = "refused", _("不同意延期")


class Extension(Stateful):
    """A wish for more time, and what became of it. Asking stops no clock."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="extensions")
    reason = models.TextField(_("延期理由"))
    wanted_until = models.DateField(_("延期到"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.TextField(choices=ExtensionState, default=ExtensionState.ASKED, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("state", ExtensionState, name="complaint_extension_state_known"),
            models.UniqueConstraint(
                "complaint",
                condition=Q(state=ExtensionState.ASKED),
                name="complaint_extension_asked_once",
            ),
            both_or_neither("answered_at", "answered_by", name="complaint_extension_answered"),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.GRANTED) | Q(granted_until__isnull=False),
                name="complaint_extension_granted_until_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.complaint)
