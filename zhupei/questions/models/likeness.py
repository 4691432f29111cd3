"""Two items that look alike, and whether they are one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from zhupei.questions.models.items import Item


class Pair(models.Model):
    """Somebody looked at two likely duplicates and said what they are. The older stands first."""

    first = models.ForeignKey(Item, models.CASCADE, related_name="+")
    second = models.ForeignKey(Item, models.CASCADE, related_name="+")
    same = models.BooleanField()
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_decided_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_older_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
