"""What the institution says to each finding, and more time it asks for."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.corrections.models.findings import Finding
from zhupei.corrections.models.orders import Order, Round


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("通过")
    RETURNED = "returned", _("退回")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: Any) -> Self:
        """With the order; a draft only for the institution that writes it."""
        rows = self.filter(round__order__in=Order.objects.visible_to(user))
        acting = getattr(user, "acting", None)
        own = Q(round__order__organization=acting.organization_id if acting else None)
        return rows.filter(own | Q(round__submitted_at__isnull=False))

    def of(self, order: Order) -> Self:
        """Those to one order, the newest round first, with their papers and who acted."""
        papers = Prefetch("files", AnswerFile.objects.select_related("file"))
        people = ("round__submitted_by", "round__verified_by")
        rows = self.filter(round__order=order).select_related(*people).prefetch_related(papers)
        return rows.order_by("-round__number", "finding")


class Answer(models.Model):
    """What the institution says to one finding in one round, and what the bureau says to that."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="answers")
    cause = models.TextField(_("原因分析"), blank=True)
    corrective = models.TextField(_("整改措施和结果"), blank=True)
    preventive = models.TextField(_("防止再发生的措施"), blank=True)
    verdict = models.TextField(_("核查结论"), choices=Verdict, blank=True, editable=False)
    remark = models.TextField(_("退回理由"), blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["finding"]
        constraints = [
            models.UniqueConstraint("round", "finding", name="answer_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict.values]), name="answer_verdict_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.RETURNED) | ~Q(remark=""),
                name="answer_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.finding)


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(answer__in=Answer.objects.visible_to(user))


class AnswerFile(models.Model):
    """Evidence that a finding was put right."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("answer", "file", name="answer_file_once")]

    def __str__(self) -> str:
        return self.file.name


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("待答复")
    GRANTED = "granted", _("同意延期")
    REFUSED = "refused", _("不同意延期")


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(order__in=Order.objects.visible_to(user))

    def asked(self) -> Self:
        """Those nobody has answered."""
        return self.filter(state=ExtensionState.ASKED)


class Extension(Stateful):
    """More time an institution asked for, and what became of it. Asking stops no clock."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="extensions")
    reason = models.TextField(_("申请理由"))
    wanted_until = models.DateField(_("申请延至"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_until = models.DateTimeField(_("同意延至"), null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(_("答复理由"), blank=True)
    state = models.TextField(choices=ExtensionState, default=ExtensionState.ASKED, editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("state", ExtensionState, name="extension_state_known"),
            models.UniqueConstraint(
                "order", condition=Q(state=ExtensionState.ASKED), name="extension_asked_once"
            ),
            both_or_neither("answered_at", "answered_by", name="extension_answered_by_somebody"),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.GRANTED) | Q(granted_until__isnull=False),
                name="extension_granted_until_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.order)
