"""Jobs and what has to be taught for each: versioned syllabi of units and hours."""

from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates


class Category(models.TextChoices):
    SITE_POST = "site_post", _("施工现场专业人员")
    TRADE = "trade", _("技能工人")
    MUNICIPAL = "municipal", _("市政公用")


class Job(models.Model):
    """A site post or trade people are trained for. Our code; others' codes stand beside it."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.TextField(_("名称"))
    category = models.TextField(choices=Category)
    ministry_code = models.TextField(_("部编代码"), blank=True)

    class Meta:
        constraints = [known("category", Category, name="job_category_known")]

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    DRAFT = "draft", _("起草中")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class SyllabusQuerySet(models.QuerySet["Syllabus"]):
    def visible_to(self, user: Any) -> Self:
        """Published syllabi are for everybody; drafts for the region, who writes them."""
        return self if regulates(user) else self.filter(state=State.PUBLISHED)

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def with_hours(self) -> Self:
        """Adds ``hours``: all units together, in 学时."""
        return self.annotate(hours=Sum("units__theory_hours") + Sum("units__practice_hours"))


class Syllabus(Stateful):
    """A training syllabus in one version."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="syllabi")
    version = models.CharField(_("版本"), max_length=20)
    effective_from = models.DateField(_("施行日期"))
    basis = models.TextField(_("依据"), blank=True)
    online_hours_limit = models.PositiveSmallIntegerField(_("线上学时上限"), default=0)
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)

    objects = SyllabusQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "syllabi"
        constraints = [
            models.UniqueConstraint("job", "version", name="syllabus_version_once"),
            known("state", State, name="syllabus_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.version}"


class Unit(models.Model):
    """One unit of a syllabus. Hours are 学时 of 45 minutes."""

    syllabus = models.ForeignKey(Syllabus, models.CASCADE, related_name="units")
    position = models.PositiveSmallIntegerField()
    title = models.TextField(_("单元"))
    theory_hours = models.PositiveSmallIntegerField(_("理论学时"))
    practice_hours = models.PositiveSmallIntegerField(_("实操学时"), default=0)
    is_ethics = models.BooleanField(_("职业道德"), default=False)

    class Meta:
        ordering = ["syllabus", "position"]
        constraints = [
            models.UniqueConstraint("syllabus", "position", name="unit_position_once"),
            models.CheckConstraint(
                condition=Q(theory_hours__gt=0) | Q(practice_hours__gt=0), name="unit_has_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"

    @property
    def hours(self) -> int:
        return self.theory_hours + self.practice_hours
