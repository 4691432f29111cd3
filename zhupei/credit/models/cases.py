"""What an institution says to a record: that it has put things right, or that it is wrong."""

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.credit.models.records import CreditRecord, seen_by

Case = TypeVar("Case", bound=models.Model)
FILED = "filed"  # both kinds wait in a state of this name


class RepairState(models.TextChoices):
    FILED = "filed", _("修复办理中")
    GRANTED = "granted", _("准予修复")
    REFUSED = "refused", _("不予修复")
    WITHDRAWN = "withdrawn", _("已撤回")


class ObjectionState(models.TextChoices):
    FILED = "filed", _("异议办理中")
    UPHELD = "upheld", _("成立，已撤销记录")
    AMENDED = "amended", _("部分成立，已更正")
    DISMISSED = "dismissed", _("不成立")
    WITHDRAWN = "withdrawn", _("已撤回")


class CaseQuerySet(models.QuerySet[Case]):
    def visible_to(self, user: Any) -> Self:
        """Those of the records somebody may see."""
        seen = seen_by(user, "record__")
        return self.none() if seen is None else self.filter(seen)

    def open(self) -> Self:
        """Waiting for the authority that decided, the most urgent first."""
        return self.filter(state=FILED).order_by("due_at", "pk")


class CreditRepairQuerySet(CaseQuerySet["Repair"]):
    pass


class CreditObjectionQuerySet(CaseQuerySet["Objection"]):
    pass


class CreditCase(Stateful):
    """What both have in common: filed within a record, due on a day, answered by somebody."""

    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="%(class)ss")
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("办理时限"))
    late_told_at = models.DateTimeField(null=True)
    answer = models.TextField(_("办理意见"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            both_or_neither(
                "answered_at", "answered_by", name="credit_%(class)s_answered_by_somebody"
            ),
            models.UniqueConstraint(
                "record", condition=Q(state=FILED), name="credit_%(class)s_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.record.number

    def get_absolute_url(self) -> str:
        return reverse("credit:record", args=[self.record_id])


class Repair(CreditCase):
    """An application to end a record early: proof that things were put right, and a promise.

    Source: project register of facts, §9.3 (order 36).
    """

    account = models.TextField(_("整改和履行情况"))
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("整改证明")
    )
    commitment = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("信用承诺书")
    )
    state = models.TextField(choices=RepairState, default=RepairState.FILED, editable=False)

    objects = CreditRepairQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", RepairState, name="credit_repair_state_known"),
            *CreditCase.Meta.constraints,
        ]


class Objection(CreditCase):
    """The institution says a record is wrong; the public page says so while it is looked into."""

    grounds = models.TextField(_("异议理由"))
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("证据材料")
    )
    state = models.TextField(choices=ObjectionState, default=ObjectionState.FILED, editable=False)

    objects = CreditObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", ObjectionState, name="credit_objection_state_known"),
            *CreditCase.Meta.constraints,
        ]
