"""Two items that look alike, and whether they are one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.questions.models.items import Item
from zhupei.questions.models.words import ItemState


class Likeness(models.TextChoices):
    OPEN = "open", _("待判断")
    SAME = "same", _("是同一道")
    DIFFERENT = "different", _("不是同一道")


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: Any) -> Self:
        """Both have to be: whoever judges reads both."""
        items = Item.objects.visible_to(user)
        return self.filter(first__in=items, second__in=items)

    def standing(self) -> Self:
        """Neither is retired."""
        retired = ItemState.RETIRED
        return self.exclude(first__state=retired).exclude(second__state=retired)


class Pair(models.Model):
    """Two items that look alike; somebody says whether they are one. The older stands first."""

    first = models.ForeignKey(Item, models.CASCADE, related_name="pairs_after")
    second = models.ForeignKey(Item, models.CASCADE, related_name="pairs_before")
    score = models.FloatField(help_text="0 nothing alike … 1 the same words")
    found_at = models.DateTimeField(db_default=Now())
    verdict = models.TextField(choices=Likeness, default=Likeness.OPEN)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_decided_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_older_first"),
            known("verdict", Likeness, name="pair_verdict_known"),
            both_or_neither("decided_at", "decided_by", name="pair_decided_by_somebody"),
        ]
        indexes = [models.Index(F("score").desc(), name="pair_by_score")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
