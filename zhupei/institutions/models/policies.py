"""The management policies an institution has to have.

Source: notice, part 1, section 1 (teaching, learners, practice rooms, safety, logistics,
emergencies; staff and their assessment).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization


class PolicyKind(models.TextChoices):
    TEACHING = "teaching", _("教学管理制度")
    LEARNERS = "learners", _("学员管理制度")
    WORKSHOPS = "workshops", _("实训室管理制度")
    SAFETY = "safety", _("安全管理制度")
    LOGISTICS = "logistics", _("后勤保障管理制度")
    EMERGENCIES = "emergencies", _("应急预案")
    STAFF = "staff", _("工作人员管理制度")
    ASSESSMENT = "assessment", _("考核细则")


class Policy(models.Model):
    """One policy in the version that was adopted on a day, until another replaced it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="policies")
    kind = models.TextField(_("制度"), choices=PolicyKind)
    title = models.TextField(_("名称"))
    adopted_on = models.DateField(_("施行日期"))
    replaced_on = models.DateField(null=True, blank=True, editable=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("制度文本")
    )

    objects = FileQuerySet["Policy"].as_manager()

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            known("kind", PolicyKind, name="policy_kind_known"),
            in_order("adopted_on", "replaced_on", name="policy_replaced_after_adoption"),
            models.UniqueConstraint(
                "organization",
                "kind",
                condition=Q(replaced_on__isnull=True),
                name="policy_one_of_a_kind_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title
