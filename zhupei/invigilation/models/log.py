"""The invigilators' log 监考日志 of a sitting, and who signed it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither
from zhupei.exams.models import Sitting
from zhupei.invigilation.models.shared import OfSittingQuerySet


class RoomLog(models.Model):
    """What the invigilators found when they opened the room, and said when they closed it.

    Incidents, check-ins and times are not repeated here: the printed log reads them.
    """

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="room_log")
    room_ready = models.BooleanField(_("考场已清场，座位、编号、考试须知齐全"))
    devices_ready = models.BooleanField(_("考试机、备用机、监控、网络已检查"))
    forms_sealed = models.BooleanField(_("试卷在封存状态，未提前打开"))
    opening_note = models.TextField(_("开场检查说明"), blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closing_note = models.TextField(_("考场情况小结"), blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = OfSittingQuerySet["RoomLog"].as_manager()

    class Meta:
        constraints = [both_or_neither("closed_at", "closed_by", name="room_log_closed_by_one")]

    def __str__(self) -> str:
        return str(self.sitting)


class Signature(models.Model):
    """One invigilator stands by the closed log."""

    log = models.ForeignKey(RoomLog, models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint("log", "user", name="signature_once")]

    def __str__(self) -> str:
        return str(self.user)
