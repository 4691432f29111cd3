"""If judged today: what an institution would get by the facts of a day."""

from typing import Any, Self

from django.db import models

from zhupei.evaluation.models.scheme import Scheme
from zhupei.organizations.models import OFFICERS, Organization


class OutlookQuerySet(models.QuerySet["Outlook"]):
    def visible_to(self, user: Any) -> Self:
        """The institution's own officers; the authorities of its area."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        here = acting.organization
        return self.filter(models.Q(organization=here.pk) | here.area("organization__"))


class Outlook(models.Model):
    """The last reckoning of one institution; ``lines`` are its indicators, as the page reads them.
    No deed: nobody is graded by it, and the next one replaces it.
    """

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="outlook")
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+")
    day = models.DateField()
    reckoned_at = models.DateTimeField()
    lines = models.JSONField(default=list)
    sums = models.JSONField(default=dict)

    objects = OutlookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organization} {self.day}"
