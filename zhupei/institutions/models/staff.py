"""Who runs an institution: its head and its managers.

Source: notice, part 1, section 1 (three full-time managers and one more for each category of
training; a head with a senior title and two years of managing teaching).
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization
from zhupei.syllabus.models import Category
from zhupei.teachers.models import Rank


class Post(models.TextChoices):
    HEAD = "head", _("负责人")
    MANAGER = "manager", _("管理人员")


class StaffQuerySet(FileQuerySet["StaffMember"]):
    def on(self, day: date) -> Self:
        """Those in office on ``day``."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class StaffMember(models.Model):
    """A head or a manager, from a day on, perhaps until a day."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="staff")
    post = models.TextField(_("岗位"), choices=Post)
    name = models.TextField(_("姓名"))
    title = models.TextField(_("职称"), blank=True)
    rank = models.TextField(_("职称级别"), choices=Rank, default=Rank.NONE)
    full_time = models.BooleanField(_("专职"), default=True)
    charge = models.TextField(_("负责的培训类别"), choices=Category, blank=True)
    managing_since = models.DateField(_("从事教学管理始于"), null=True, blank=True)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("聘书或社保证明")
    )

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            known("post", Post, name="staff_post_known"),
            known("rank", Rank, name="staff_rank_known"),
            models.CheckConstraint(
                condition=Q(charge__in=["", *Category.values]), name="staff_charge_known"
            ),
            in_order("since", "until", name="staff_leaves_after_coming"),
            models.UniqueConstraint(
                "organization",
                condition=Q(post=Post.HEAD, until__isnull=True),
                name="staff_one_head_at_a_time",
                violation_error_message=_("已有在任的负责人。请先登记他的离任日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
