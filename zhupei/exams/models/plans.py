"""Plans 考核计划: exams of a body, theory and practice, that are notified together. Sittings here
and sessions on the floor above name the plan they are of; the verbs stand above both (``plans``).

Source: Measures, art. 20 (bodies notify their plan according to how often they examine).
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import ASSIGNED, Division, Organization


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    NOTIFIED = "notified", _("已告知")
    CANCELLED = "cancelled", _("已取消")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Any) -> Self:
        """Their own body's; for the authorities of the area those that were notified."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        told = ~Q(state=PlanState.DRAFT) & acting.organization.area("")
        return self.filter(Q(organization=acting.organization_id) | told)

    def matching(self, words: str) -> Self:
        """Whose title, number or body contains ``words``."""
        return self.filter(
            Q(title__icontains=words)
            | Q(number__icontains=words)
            | Q(organization__name__icontains=words)
        )


class Plan(Stateful):
    """The exams of a while, as the bureau is told them. Each may also stand alone."""

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="exam_plans")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    title = models.TextField(_("计划名称"))
    note = models.TextField(_("说明"), blank=True)
    notified_at = models.DateTimeField(_("告知时间"), null=True, editable=False)
    state = models.TextField(choices=PlanState, default=PlanState.DRAFT, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-id"], name="exam_plan_by_organization"),
            models.Index(fields=["prefecture", "-id"], name="exam_plan_by_prefecture"),
        ]
        constraints = [
            known("state", PlanState, name="exam_plan_state_known"),
            both_or_neither("number", "notified_at", name="exam_plan_number_with_the_notice"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.NOTIFIED) | Q(number__isnull=False),
                name="exam_plan_notified_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title
