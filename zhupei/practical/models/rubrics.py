"""Rubrics 评分表: one version for one job and level, kept by the region."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import AUTHORITIES, Kind, Role
from zhupei.practical.rules import rubric as content_rules
from zhupei.syllabus.models import Job, Level


class RubricState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class RubricQuerySet(models.QuerySet["Rubric"]):
    def visible_to(self, user: Any) -> Self:
        """All for the region; what is or was published for authorities and for bodies' people.

        Invigilators hold theory sittings and see none.
        """
        acting = user.acting if user.is_authenticated else None
        if acting is None or acting.role == Role.INVIGILATOR:
            return self.none()
        kind = acting.organization.kind
        if kind == Kind.REGION_AUTHORITY:
            return self
        if kind in AUTHORITIES | {Kind.ASSESSMENT_BODY, Kind.INSTITUTION}:
            return self.exclude(state=RubricState.DRAFT)
        return self.none()

    def published(self) -> Self:
        return self.filter(state=RubricState.PUBLISHED)


class Rubric(Stateful):
    """What assessors judge by. ``content`` is the document of ``rules.rubric``, frozen once
    published. ``mark`` counts the changes of a draft: whoever saves sends back the one they read,
    so that two people at once lose nothing.
    """

    job = models.ForeignKey(
        Job, models.PROTECT, related_name="rubrics", verbose_name=_("岗位或工种")
    )
    level = models.TextField(_("等级"), choices=Level, blank=True, default="")
    version = models.CharField(_("版本"), max_length=20)
    basis = models.TextField(_("依据"), blank=True)
    content = models.JSONField(default=dict, editable=False)
    mark = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    state = models.TextField(choices=RubricState, default=RubricState.DRAFT, editable=False)

    objects = RubricQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", RubricState, name="rubric_state_known"),
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values]), name="rubric_level_known"
            ),
            models.UniqueConstraint(
                "job",
                "level",
                "version",
                name="rubric_version_once",
                violation_error_message=_("这个岗位和等级已有同名版本，请换一个版本号。"),
            ),
            models.UniqueConstraint(
                "job",
                "level",
                condition=Q(state=RubricState.PUBLISHED),
                name="rubric_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state=RubricState.DRAFT) | ~Q(sha256=""),
                name="rubric_frozen_when_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.version}"

    @property
    def subject(self) -> str:
        """What is examined: the job, with its level where it has one."""
        return f"{self.job} {self.get_level_display()}" if self.level else str(self.job)

    @property
    def values(self) -> content_rules.Rubric:
        """The content as values."""
        return content_rules.read(self.content)
