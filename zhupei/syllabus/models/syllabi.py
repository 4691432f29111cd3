"""What has to be taught: versioned syllabi of units with hours, and of topics below them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates
from zhupei.syllabus.models.jobs import Job, Level


class State(models.TextChoices):
    DRAFT = "draft", _("起草中")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class SyllabusQuerySet(models.QuerySet["Syllabus"]):
    def visible_to(self, user: Any) -> Self:
        """What was ever published is for everybody; drafts for the region, who writes them."""
        return self if regulates(user) else self.exclude(state=State.DRAFT)

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def in_force(self, on: date | None = None) -> Self:
        """The version a new class is to use, one for each job and level: of those published, the
        one that took effect last. On the same day the one drawn up later.
        """
        day = on or timezone.localdate()
        same = Syllabus.objects.published().filter(
            job=OuterRef("job"), level=OuterRef("level"), effective_from__lte=day
        )
        newer = same.filter(
            Q(effective_from__gt=OuterRef("effective_from"))
            | Q(effective_from=OuterRef("effective_from"), pk__gt=OuterRef("pk"))
        )
        return self.published().filter(~Exists(newer), effective_from__lte=day)

    def in_force_or(self, key: int | None) -> Self:
        """What a plan may choose now; and ``key``, under which it was begun, though replaced."""
        return self.filter(Q(pk__in=Syllabus.objects.in_force().values("pk")) | Q(pk=key))

    def with_hours(self) -> Self:
        """Adds ``hours``: all units together, in 学时."""
        return self.annotate(hours=Sum("units__theory_hours") + Sum("units__practice_hours"))


class Syllabus(Stateful):
    """A training syllabus in one version. ``mark`` counts the changes of a draft: whoever saves
    sends back the one they read, so that two people at once lose nothing.
    """

    job = models.ForeignKey(
        Job, models.PROTECT, related_name="syllabi", verbose_name=_("岗位或工种")
    )
    level = models.TextField(_("等级"), choices=Level, blank=True, default="")
    version = models.CharField(_("版本"), max_length=20)
    effective_from = models.DateField(_("施行日期"))
    basis = models.TextField(_("依据"), blank=True)
    online_hours_limit = models.PositiveSmallIntegerField(_("线上学时上限"), default=0)
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    mark = models.PositiveIntegerField(default=0, editable=False)

    objects = SyllabusQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "syllabi"
        constraints = [
            models.UniqueConstraint("job", "level", "version", name="syllabus_version_once"),
            known("state", State, name="syllabus_state_known"),
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values]), name="syllabus_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.version}"

    @property
    def subject(self) -> str:
        """What is learnt: the job, with its level where it has one."""
        return f"{self.job} {self.get_level_display()}" if self.level else str(self.job)


class Unit(models.Model):
    """One unit of a syllabus, which lessons are held on. Hours are 学时 of 45 minutes; of those
    of theory up to ``online_hours`` may be learnt online.
    """

    syllabus = models.ForeignKey(Syllabus, models.CASCADE, related_name="units")
    position = models.PositiveSmallIntegerField()
    title = models.TextField(_("单元"))
    theory_hours = models.PositiveSmallIntegerField(_("理论学时"))
    practice_hours = models.PositiveSmallIntegerField(_("实操学时"), default=0)
    online_hours = models.PositiveSmallIntegerField(_("可线上学时"), default=0)
    is_ethics = models.BooleanField(_("职业道德"), default=False)

    class Meta:
        ordering = ["syllabus", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["syllabus", "position"],
                name="unit_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(theory_hours__gt=0) | Q(practice_hours__gt=0), name="unit_has_hours"
            ),
            models.CheckConstraint(
                condition=Q(online_hours__lte=F("theory_hours")), name="unit_online_within_theory"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"

    @property
    def hours(self) -> int:
        return self.theory_hours + self.practice_hours


class Requirement(models.TextChoices):
    """How well a topic has to be known."""

    KNOW = "know", _("了解")
    UNDERSTAND = "understand", _("熟悉")
    MASTER = "master", _("掌握")


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the syllabi somebody may see."""
        return self.filter(unit__syllabus__in=Syllabus.objects.visible_to(user))


class Topic(models.Model):
    """A point of knowledge below a unit, three deep at most. ``position`` numbers the topics of a
    unit as they are read, those below another right after it.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="topics")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    depth = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.TextField(_("知识点"))
    requirement = models.TextField(_("要求"), choices=Requirement)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "position"]
        constraints = [
            known("requirement", Requirement, name="topic_requirement_known"),
            models.UniqueConstraint(
                fields=["unit", "position"],
                name="topic_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(depth=1, parent__isnull=True)
                | Q(depth__range=(2, 3), parent__isnull=False),
                name="topic_at_most_three_deep",
            ),
        ]

    def __str__(self) -> str:
        return self.title
