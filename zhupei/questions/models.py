"""The unified question bank: items with their keys, in sets that are published as a whole."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates
from zhupei.organizations.models import Kind
from zhupei.syllabus.models import Job


class State(models.TextChoices):
    DRAFT = "draft", _("整理中")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class QuestionSetQuerySet(models.QuerySet["QuestionSet"]):
    def visible_to(self, user: Any) -> Self:
        """The region keeps the bank; assessment bodies see that a published set exists."""
        acting = getattr(user, "acting", None)
        if regulates(user):
            return self
        if acting and acting.organization.kind == Kind.ASSESSMENT_BODY:
            return self.filter(state=State.PUBLISHED)
        return self.none()

    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)


class QuestionSet(Stateful):
    """Items for one job, imported, checked and published together."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="question_sets")
    title = models.TextField(_("名称"))
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("job", "title", name="question_set_title_once"),
            known("state", State, name="question_set_state_known"),
        ]

    def __str__(self) -> str:
        return self.title


class ItemKind(models.TextChoices):
    SINGLE = "single", _("单选题")
    MULTIPLE = "multiple", _("多选题")
    JUDGE = "judge", _("判断题")


class Item(models.Model):
    """One question. ``key`` is the letters of the right options, sorted: "B", "ABD".

    A judgement has the options 正确 and 错误.
    """

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="items")
    kind = models.TextField(choices=ItemKind)
    stem = models.TextField(_("题干"))
    options = models.JSONField(help_text="the texts of A, B, C … in order")
    key = models.CharField(_("答案"), max_length=8)
    unit_title = models.TextField(_("知识点"), blank=True)
    difficulty = models.PositiveSmallIntegerField(_("难度"), default=3, help_text="1 easy … 5 hard")
    analysis = models.TextField(_("解析"), blank=True)
    stem_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            known("kind", ItemKind, name="item_kind_known"),
            models.UniqueConstraint("question_set", "stem_hash", name="item_once_in_a_set"),
            models.CheckConstraint(condition=Q(key__regex=r"^[A-H]+$"), name="item_key_letters"),
            models.CheckConstraint(
                condition=Q(difficulty__range=(1, 5)), name="item_difficulty_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return self.stem[:40]
