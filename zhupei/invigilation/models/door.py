"""At the door: who was let in or sent away, by which proof, by whom."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.models.shared import OfSittingQuerySet


class IdentityMethod(models.TextChoices):
    """How it was proved who somebody is. A method is a function in ``identity.py``."""

    DOCUMENT = "document", _("核对证件和本人")
    TEMPORARY = "temporary", _("临时身份证明，人工核验")


class Verdict(models.TextChoices):
    ADMITTED = "admitted", _("准予入场")
    REFUSED = "refused", _("不予入场")


class Reason(models.TextChoices):
    """Why somebody was sent away."""

    OTHER_FACE = "other_face", _("本人与证件照片不符")
    OTHER_NUMBER = "other_number", _("证件号码与报名信息不符")
    NO_DOCUMENT = "no_document", _("没有带有效证件")
    FORGED = "forged", _("证件疑似伪造或涂改")
    LATE = "late", _("迟到超过规定时间")
    OTHER = "other", _("其他原因")


class CheckInQuerySet(OfSittingQuerySet["CheckIn"]):
    def entries(self) -> Self:
        """Those by which somebody is inside: let in, and it was not undone."""
        return self.filter(verdict=Verdict.ADMITTED, undone_at__isnull=True)


class CheckIn(models.Model):
    """One time somebody stood at the door: admitted once at most, sent away any number of times.

    Letting in the wrong one can be undone until they begin; it stays on record with the reason.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="check_ins")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="check_ins")
    method = models.TextField(_("核验方式"), choices=IdentityMethod)
    verdict = models.TextField(choices=Verdict)
    reason = models.TextField(_("不予入场的原因"), choices=Reason, blank=True)
    note = models.TextField(_("说明"), blank=True)
    late = models.BooleanField(default=False, help_text="after the start")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    undone_why = models.TextField(_("撤销的原因"), blank=True, editable=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            known("method", IdentityMethod, name="check_in_method_known"),
            known("verdict", Verdict, name="check_in_verdict_known"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *Reason.values]), name="check_in_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.ADMITTED, reason="")
                | (Q(verdict=Verdict.REFUSED) & ~Q(reason="")),
                name="check_in_refused_for_a_reason",
            ),
            models.UniqueConstraint(
                "candidate",
                condition=Q(verdict=Verdict.ADMITTED, undone_at__isnull=True),
                name="check_in_once",
            ),
            both_or_neither("undone_at", "undone_by", name="check_in_undone_by_somebody"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_why="")
                | (Q(undone_at__isnull=False, verdict=Verdict.ADMITTED) & ~Q(undone_why="")),
                name="check_in_undone_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["sitting", "at"], name="check_in_by_sitting")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.get_verdict_display()}"

    @property
    def lets_in(self) -> bool:
        """Is somebody inside by this one?"""
        return self.verdict == Verdict.ADMITTED and self.undone_at is None
