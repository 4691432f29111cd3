"""The letter of an order made anew, when what it said of the findings no longer holds."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core.models import StoredFile
from zhupei.corrections.models.orders import Order


class CorrectedLetterQuerySet(models.QuerySet["CorrectedLetter"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(order__in=Order.objects.visible_to(user))


class CorrectedLetter(models.Model):
    """A correction of an order's letter: the same order, counted from 1. The one before is kept."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="corrected_letters")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    reason = models.TextField(_("更正原因"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CorrectedLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("order", "number", name="corrected_letter_number_once"),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="corrected_letter_counted_from_one"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="corrected_letter_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("corrections:corrected-letter", args=[self.order_id, self.number])
