"""Safe Exam Browser for a sitting: the configuration handed out, and who may do without."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.crypto import EncryptedTextField
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.models.shared import OfSittingQuerySet


class SafeBrowser(models.Model):
    """The configuration of one sitting, kept as it was made: its key is what browsers prove."""

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="safe_browser")
    required = models.BooleanField(_("必须使用安全考试浏览器"), default=False)
    config = models.BinaryField(help_text="the .seb file, a property list in XML")
    config_key = models.CharField(max_length=64)
    quit_password = EncryptedTextField()
    exam_keys = models.TextField(_("浏览器考试密钥（BEK）"), blank=True)
    made_at = models.DateTimeField()

    objects = OfSittingQuerySet["SafeBrowser"].as_manager()

    def __str__(self) -> str:
        return f"{self.sitting} {self.config_key[:8]}"


class Waiver(models.Model):
    """An invigilator let one candidate sit in another browser, for a reason."""

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="safe_browser_waiver")
    reason = models.TextField(_("理由"))
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.candidate}: {self.reason}"
