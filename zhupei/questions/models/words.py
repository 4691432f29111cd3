"""The words of items and reviews: kinds, states, reasons why experts are asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.questions.rules import Kind


class ItemKind(models.TextChoices):
    """The kinds of ``rules.Kind`` in words."""

    SINGLE = Kind.SINGLE.value, _("单选题")
    MULTIPLE = Kind.MULTIPLE.value, _("多选题")
    JUDGE = Kind.JUDGE.value, _("判断题")
    BLANK = Kind.BLANK.value, _("填空题")
    ESSAY = Kind.ESSAY.value, _("简答题")


class Difficulty(models.IntegerChoices):
    EASY = 1, _("易")
    RATHER_EASY = 2, _("较易")
    MIDDLE = 3, _("中")
    RATHER_HARD = 4, _("较难")
    HARD = 5, _("难")


class Cognition(models.TextChoices):
    """What the head has to do to answer."""

    RECALL = "recall", _("识记")
    UNDERSTAND = "understand", _("理解")
    APPLY = "apply", _("应用")
    ANALYSE = "analyse", _("综合")


class ItemState(models.TextChoices):
    DRAFT = "draft", _("未发布")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    IN_REVIEW = "in_review", _("审题中")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("已发布")
    REPLACED = "replaced", _("已被替换")
    DROPPED = "dropped", _("已作废")


class Cause(models.TextChoices):
    """Why experts are asked."""

    SUBMITTED = "submitted", _("作者提交")
    FLAGGED = "flagged", _("使用中发现疑点")


class Outcome(models.TextChoices):
    """How a round ended. Agreed: to be published, or to stay; objected: to be changed."""

    OPEN = "open", _("审题中")
    AGREED = "agreed", _("通过")
    OBJECTED = "objected", _("不通过")
    CALLED_OFF = "called_off", _("已撤回")


class Decision(models.TextChoices):
    NONE = "none", _("未审")
    AGREE = "agree", _("同意")
    OBJECT = "object", _("退回修改")
