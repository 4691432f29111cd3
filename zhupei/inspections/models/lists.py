"""抽查事项清单: what may be checked at all, in versions; what is not on the list is not checked."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates


class Target(models.TextChoices):
    INSTITUTION = "institution", _("培训机构")
    CLASS = "class", _("培训班")
    SITTING = "sitting", _("考核场次")


class Grip(models.TextChoices):
    """General items are limited in their share, key items are not."""

    GENERAL = "general", _("一般事项")
    KEY = "key", _("重点事项")


class ListState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    IN_FORCE = "in_force", _("现行")
    REPLACED = "replaced", _("已更替")


class ItemListQuerySet(models.QuerySet["ItemList"]):
    def visible_to(self, user: Any) -> Self:
        """Everybody who acts for a body; drafts are the region's own business."""
        if getattr(user, "acting", None) is None:
            return self.none()
        return self if regulates(user) else self.public()

    def public(self) -> Self:
        """The list is published, old versions too."""
        return self.exclude(state=ListState.DRAFT)

    def in_force(self) -> Self:
        return self.filter(state=ListState.IN_FORCE)


class ItemList(Stateful):
    """One version of the list of the region."""

    number = models.PositiveSmallIntegerField(_("版次"), unique=True, editable=False)
    title = models.TextField(_("名称"))
    state = models.TextField(choices=ListState, default=ListState.DRAFT, editable=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, editable=False)

    objects = ItemListQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", ListState, name="item_list_state_known"),
            models.UniqueConstraint(
                "state",
                condition=Q(state__in=[ListState.DRAFT, ListState.IN_FORCE]),
                name="item_list_one_in_force_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=ListState.DRAFT) | Q(published_at__isnull=False),
                name="item_list_in_force_was_published",
            ),
        ]

    def __str__(self) -> str:
        return str(
            _("%(title)s（第 %(number)s 版）") % {"title": self.title, "number": self.number}
        )


class ListItemQuerySet(models.QuerySet["ListItem"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(item_list__in=ItemList.objects.visible_to(user))

    def about(self, target: str) -> Self:
        """Those that are checked on such objects."""
        return self.filter(target=target)


class ListItem(models.Model):
    """One thing to check, with the law it rests on and how it is looked at."""

    item_list = models.ForeignKey(ItemList, models.CASCADE, related_name="items")
    code = models.CharField(_("编号"), max_length=10)
    title = models.TextField(_("检查内容"))
    target = models.TextField(_("检查对象"), choices=Target)
    grip = models.TextField(_("事项类别"), choices=Grip, default=Grip.GENERAL)
    law = models.TextField(_("依据"))
    method = models.TextField(_("怎样检查"), blank=True)

    objects = ListItemQuerySet.as_manager()

    class Meta:
        ordering = ["item_list", "target", "code"]
        constraints = [
            models.UniqueConstraint(
                "item_list",
                "code",
                name="list_item_code_once",
                violation_error_message=_("清单里已经有这个编号。"),
            ),
            known("target", Target, name="list_item_target_known"),
            known("grip", Grip, name="list_item_grip_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
