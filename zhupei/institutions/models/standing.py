"""Whether an institution may train in this industry: admitted, suspended, left.

Source: Measures, art. 9 and 23; notice, part 2 (one institution left, four suspended).
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization


class Standing(models.TextChoices):
    FILING = "filing", _("建档中")
    APPLIED = "applied", _("待准入")
    RETURNED = "returned", _("退回补正")
    ACTIVE = "active", _("正常")
    SUSPENDED = "suspended", _("暂停业务")
    LEFT = "left", _("已退出")


ON_THE_LIST = (Standing.ACTIVE, Standing.SUSPENDED)  # the public list says who is suspended


class AdmissionQuerySet(FileQuerySet["Admission"]):
    def active(self) -> Self:
        return self.filter(state=Standing.ACTIVE)


class Admission(Stateful):
    """The standing of one institution. It has one from the day its file was opened."""

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="admission")
    state = models.TextField(choices=Standing, default=Standing.FILING, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    admitted_on = models.DateField(_("准入日期"), null=True, editable=False)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        constraints = [known("state", Standing, name="admission_state_known")]

    def __str__(self) -> str:
        return self.organization.name
