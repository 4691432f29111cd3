"""In the room: what went wrong, who asked for help, what was said to all, who was heard of."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.models.shared import OfSittingQuerySet


class IncidentKind(models.TextChoices):
    MACHINE = "machine", _("设备故障")
    NETWORK = "network", _("网络中断")
    POWER = "power", _("停电")
    ILLNESS = "illness", _("身体不适")
    IDENTITY = "identity", _("身份核验不符")
    LEFT_SEAT = "left_seat", _("擅自离座或未按座位就座")
    MATERIAL = "material", _("夹带或使用违规物品")
    COPYING = "copying", _("抄袭或传递答案")
    IMPOSTOR = "impostor", _("疑似替考")
    DISORDER = "disorder", _("扰乱考场秩序")
    LEFT_WINDOW = "left_window", _("离开考试窗口")
    OTHER = "other", _("其他情况")


class Severity(models.TextChoices):
    NOTE = "note", _("记录")
    WARNING = "warning", _("提醒或警告")
    SERIOUS = "serious", _("疑似违纪，考后处理")


class Incident(models.Model):
    """One thing out of order, of a candidate or of the whole room, as somebody saw it."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="incidents")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    kind = models.TextField(_("情况"), choices=IncidentKind)
    severity = models.TextField(_("程度"), choices=Severity, default=Severity.NOTE)
    note = models.TextField(_("经过"))
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    outcome = models.TextField(_("处理结果"), blank=True)

    objects = OfSittingQuerySet["Incident"].as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            known("kind", IncidentKind, name="incident_kind_known"),
            known("severity", Severity, name="incident_severity_known"),
            both_or_neither("settled_at", "settled_by", name="incident_settled_by_somebody"),
        ]
        indexes = [models.Index(fields=["sitting", "-at"], name="incident_by_sitting")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class HelpCall(models.Model):
    """A candidate raised a hand on the screen. One is open at a time."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="help_calls")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="help_calls")
    text = models.TextField(_("需要什么帮助"), blank=True)
    at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = OfSittingQuerySet["HelpCall"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "candidate", condition=Q(answered_at__isnull=True), name="help_call_one_open"
            ),
            both_or_neither("answered_at", "answered_by", name="help_call_answered_by_somebody"),
        ]
        indexes = [models.Index(fields=["sitting"], name="help_call_by_sitting")]

    def __str__(self) -> str:
        return self.text or str(_("举手"))


class NoticeQuerySet(OfSittingQuerySet["Notice"]):
    def to(self, candidate: Candidate) -> Self:
        """What this candidate is to read: said to all, or to them alone."""
        mine = Q(candidate=candidate) | Q(candidate__isnull=True)
        return self.filter(mine, sitting=candidate.sitting_id)


class Notice(models.Model):
    """Something said to every screen of a sitting, or to one."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="notices")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    text = models.TextField(_("通知内容"))
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["sitting", "at"], name="notice_by_sitting")]

    def __str__(self) -> str:
        return self.text


class Heard(models.Model):
    """When the machine of an attempt was last heard of. Written only by the hot process, some
    seconds late, into an unlogged table: after a crash of the database it is empty, and full
    again within a minute.
    """

    attempt_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.at:%T}"
