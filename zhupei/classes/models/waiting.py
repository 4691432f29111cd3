"""A roster between its dry run and its import: kept sealed, for as long as that takes."""

import base64
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from zhupei.classes.models.plan import TrainingClass
from zhupei.core.crypto import EncryptedTextField


class WaitingRosterQuerySet(models.QuerySet["WaitingRoster"]):
    def visible_to(self, user: Any) -> Self:
        """Only whoever sent it."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()


class WaitingRoster(models.Model):
    """A spreadsheet of people somebody sent. Its bytes are emptied when they are imported."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.TextField()
    sealed = EncryptedTextField(editable=False)
    sent_at = models.DateTimeField(db_default=Now())
    imported_at = models.DateTimeField(null=True)

    objects = WaitingRosterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="waiting_roster_by_age")]

    def __str__(self) -> str:
        return self.name

    @property
    def content(self) -> bytes:
        """The bytes as they were sent."""
        return base64.b64decode(self.sealed)
