"""The year's plan of an authority: how often it will draw, what from, and how large a share."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.inspections.models.lists import Grip, Target
from zhupei.organizations.models import AUTHORITIES, Kind, Organization


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已公布")


class YearPlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Any) -> Self:
        """The authority's own; the region sees all; HR departments those of their prefecture."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        here = acting.organization
        if here.kind == Kind.REGION_AUTHORITY:
            return self
        if here.kind == Kind.HR:
            return self.public().filter(authority__prefecture=here.prefecture_id)
        return self.filter(authority=here.pk) if here.kind in AUTHORITIES else self.none()

    def public(self) -> Self:
        return self.filter(state=PlanState.PUBLISHED)


class Plan(Stateful):
    """The plan of one authority for one year."""

    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.TextField(choices=PlanState, default=PlanState.DRAFT, editable=False)
    published_at = models.DateTimeField(_("公布时间"), null=True, editable=False)

    objects = YearPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("authority", "year", name="plan_one_a_year"),
            known("state", PlanState, name="inspection_plan_state_known"),
            models.CheckConstraint(
                condition=Q(year__range=(2020, 2100)), name="inspection_plan_year"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(year)s 年度抽查计划") % {"year": self.year})


class PlannedDrawQuerySet(models.QuerySet["PlannedDraw"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def with_draws(self) -> Self:
        """Adds ``draws``: how many draws of it stand (called off ones do not)."""
        standing = ~Q(draws__state="called_off")
        return self.annotate(
            draws_standing=models.Count("draws", filter=standing & Q(draws__isnull=False))
        )


class PlannedDraw(models.Model):
    """One draw the year's plan promises."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rows")
    title = models.TextField(_("抽查名称"))
    target = models.TextField(_("抽查对象"), choices=Target)
    grip = models.TextField(_("事项类别"), choices=Grip, default=Grip.GENERAL)
    month = models.PositiveSmallIntegerField(_("计划月份"))
    percent = models.PositiveSmallIntegerField(_("抽查比例（%）"))
    joint = models.BooleanField(_("与人社部门联合"), default=False)
    added_because = models.TextField(_("公布以后增加的理由"), blank=True, editable=False)

    objects = PlannedDrawQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "month", "pk"]
        constraints = [
            known("target", Target, name="planned_draw_target_known"),
            known("grip", Grip, name="planned_draw_grip_known"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="planned_draw_month"),
            models.CheckConstraint(
                condition=Q(percent__range=(1, 100)), name="planned_draw_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.title
