"""An institution that may not train for a while.

Source: Measures, art. 23; notice, part 2, section 4 (four institutions suspended).
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order
from zhupei.core.models import StoredFile
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization


class SuspensionQuerySet(FileQuerySet["Suspension"]):
    def open(self) -> Self:
        """Those that still hold."""
        return self.filter(lifted_at__isnull=True)


class Suspension(models.Model):
    """An institution may not train for a while: who said so, why, and on what evidence it ended.

    ``touched`` counts what it stopped: classes, plans, learners, lessons, certificates.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="suspensions")
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("决定机关")
    )
    ordered_by_name = models.TextField(_("承办人"))
    ordered_at = models.DateTimeField(_("暂停时间"))
    reason = models.TextField(_("理由"))
    law = models.TextField(_("依据"))
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("凭据")
    )
    certificates_from = models.DateField(_("标记此日起签发的证书"), null=True)
    touched = models.JSONField(default=dict)
    lifted_at = models.DateTimeField(_("恢复时间"), null=True)
    lifted_by_name = models.TextField(_("恢复承办人"), null=True)
    lift_reason = models.TextField(_("恢复理由"), blank=True)
    lift_evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("整改凭据")
    )

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organization", condition=Q(lifted_at__isnull=True), name="suspension_one_at_a_time"
            ),
            both_or_neither("lifted_at", "lifted_by_name", name="suspension_lifted_by_somebody"),
            both_or_neither("lifted_at", "lift_evidence", name="suspension_lifted_on_evidence"),
            in_order("ordered_at", "lifted_at", name="suspension_lifted_after_it_began"),
        ]
        indexes = [models.Index(fields=["-ordered_at"], name="suspension_by_day")]

    def __str__(self) -> str:
        return self.organization.name

    def get_absolute_url(self) -> str:
        return reverse("oversight:suspension", args=[self.pk])
