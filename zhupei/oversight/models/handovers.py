"""Matters handed over 移送: penalties the housing authorities may not set themselves.

Source: Measures, art. 23 (the HR department deals with grave cases); Administrative Penalty Law,
art. 16, 36, 60, 63 and 64.
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.models import StoredFile
from zhupei.core.sources import Sourced, SourcedQuerySet
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import OFFICERS, Kind, Organization
from zhupei.oversight.models.law import LegalBasis
from zhupei.oversight.models.measures import Measure


class HandoverState(models.TextChoices):
    DRAFT = "draft", _("拟移送")
    SENT = "sent", _("已移送，待回执")
    RECEIVED = "received", _("已接收，办理中")
    DECLINED = "declined", _("不接收，已退回")
    FILED = "filed", _("已立案")
    PENALISED = "penalised", _("已作出处罚")
    CLEARED = "cleared", _("不予处罚")
    REVOKED = "revoked", _("处罚已撤销")
    CANCELLED = "cancelled", _("已取消")


class ReportKind(models.TextChoices):
    FILED = "filed", _("立案")
    TOLD = "told", _("告知当事人")
    HEARING = "hearing", _("举行听证")
    PENALISED = "penalised", _("作出行政处罚决定")
    CLEARED = "cleared", _("不予立案或者不予处罚")
    REVOKED = "revoked", _("处罚决定被撤销或者变更")


class HandoverQuerySet(SourcedQuerySet["Handover"]):
    def visible_to(self, user: Any) -> Self:
        """The authorities' of the area; what was sent to one's own department. The institution
        hears of a penalty from whoever sets it.
        """
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        here = acting.organization
        if here.kind == Kind.HR:
            return self.filter(receiver=here).exclude(
                state__in=[HandoverState.DRAFT, HandoverState.CANCELLED]
            )
        return self.filter(here.area("organization__"))

    def waiting_for_receipt(self) -> Self:
        return self.filter(state=HandoverState.SENT)

    def late(self, day: date) -> Self:
        """Filed, and its last day to decide is over."""
        return self.filter(state=HandoverState.FILED, decide_by__lt=day)

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def found_by(self, words: str) -> Self:
        """Whose number, institution or facts contain every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(facts__icontains=word)
            )
        return found


class Handover(Stateful, Sourced):
    """One matter on its way to whoever may punish it, and what they report back.

    ``receiver`` is a department of this system; one outside it is ``receiver_name``, and the
    sender enters what it answers on paper.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="handovers", verbose_name=_("机构")
    )
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("移送机关")
    )
    receiver = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("接收机关")
    )
    receiver_name = models.TextField(_("接收机关名称"), blank=True)
    facts = models.TextField(_("涉嫌违法的事实"))
    happened_until = models.DateField(_("行为终了日期"))
    basis = models.ForeignKey(
        LegalBasis, models.PROTECT, related_name="+", verbose_name=_("法律依据")
    )
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="handovers")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    letter = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("移送函")
    )
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    receipt_due = models.DateTimeField(_("回执时限"), null=True)
    receipt_number = models.TextField(_("回执文号"), blank=True)
    received_at = models.DateTimeField(null=True)
    decide_by = models.DateField(_("处罚决定时限"), null=True)
    late_told_at = models.DateTimeField(null=True)
    state = models.TextField(choices=HandoverState, default=HandoverState.DRAFT, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", HandoverState, name="handover_state_known"),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False, receiver_name="")
                | (Q(receiver__isnull=True) & ~Q(receiver_name="")),
                name="handover_goes_to_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[HandoverState.DRAFT, HandoverState.CANCELLED])
                | Q(letter__isnull=False, sent_at__isnull=False, sent_by__isnull=False),
                name="handover_goes_with_a_letter",
            ),
            models.CheckConstraint(
                condition=~Q(sent_by=models.F("drafted_by")), name="handover_is_sent_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-drafted_at"], name="handover_of_an_institution"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("oversight:handover", args=[self.pk])

    @property
    def receives(self) -> str:
        """The name of whoever it goes to."""
        return str(self.receiver) if self.receiver else self.receiver_name


class HandoverPaper(models.Model):
    """One line of the list of evidence, with the file."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="papers")
    title = models.TextField(_("证据名称"))
    proves = models.TextField(_("证明什么"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class HandoverReport(models.Model):
    """One step the receiver reports: filed, told, heard, decided, with the day it happened."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="reports")
    kind = models.TextField(_("进展"), choices=ReportKind)
    day = models.DateField(_("日期"))
    paper_number = models.TextField(_("文书号"), blank=True)
    text = models.TextField(_("内容"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [known("kind", ReportKind, name="handover_report_kind_known")]
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
