"""Who watches a sitting 监考, for which body they do it, and whether they will come."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known, span
from zhupei.core.workflow import Stateful
from zhupei.exams.models.sittings import CALLED, InvigilatorState, Sitting
from zhupei.institutions.models import Room
from zhupei.organizations.models import Organization


class InvigilatorQuerySet(models.QuerySet["Invigilator"]):
    def visible_to(self, user: Any) -> Self:
        """For those who may see the sitting."""
        return self.filter(sitting__in=Sitting.objects.visible_to(user))

    def own(self, user: Any) -> Self:
        """What this very person was asked to watch."""
        return self.visible_to(user).filter(user=user.pk)

    def called(self) -> Self:
        """Those counted on: asked or agreed, and not taken off again."""
        return self.filter(state__in=CALLED)


class Invigilator(Stateful):
    """One person called to watch one sitting, in the whole of it or in one of its rooms.

    ``starts_at`` and ``ends_at`` are the sitting's; they stand here so that the database can keep
    one person from two places. ``independent`` is what the facts said when last asked: neither a
    member nor a teacher of an institution whose learners sit.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="invigilators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="invigilations",
        verbose_name=_("监考员"),
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("派出单位")
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("考场")
    )
    chief = models.BooleanField(_("主监考"), default=False)
    independent = models.BooleanField(_("与培训机构无关"), default=False, editable=False)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    state = models.TextField(
        choices=InvigilatorState, default=InvigilatorState.INVITED, editable=False
    )

    objects = InvigilatorQuerySet.as_manager()

    class Meta:
        ordering = ["-chief", "pk"]
        constraints = [
            known("state", InvigilatorState, name="invigilator_state_known"),
            models.UniqueConstraint(
                "sitting",
                "user",
                condition=Q(state__in=CALLED),
                name="invigilator_once_in_a_sitting",
            ),
            models.UniqueConstraint(
                "sitting",
                condition=Q(state__in=CALLED, chief=True),
                name="invigilator_one_chief",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="invigilator_ends_after_start"
            ),
            ExclusionConstraint(
                name="invigilator_in_one_place",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=CALLED),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
