"""What really happened in a class: the log, the evidence, the checks, the books handed out.

Source: Measures, art. 13 (training leaves words, pictures and recordings, and can be traced);
notice, part 2, section 2 (incomplete logs, no teaching checks, textbooks taken back).
"""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, Lesson, TrainingClass
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.syllabus.models import Textbook
from zhupei.teachers.models import Teacher


class PartQuerySet(models.QuerySet[Any]):
    """Rows with a ``training_class``, for those who work on the class, not for its learners."""

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated or user.acting is None:
            return self.none()
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))


class Held(models.TextChoices):
    AS_PLANNED = "as_planned", _("按课表上课")
    CHANGED = "changed", _("有变动")
    NOT_HELD = "not_held", _("没有上")


class LessonLog(models.Model):
    """The log of one lesson, by whoever gave it. What is not said was as the timetable has it."""

    lesson = models.OneToOneField(Lesson, models.PROTECT, related_name="log")
    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="logs")
    held = models.TextField(_("上课情况"), choices=Held, default=Held.AS_PLANNED)
    content = models.TextField(_("讲了什么、练了什么"))
    taught_by = models.ForeignKey(
        Teacher, models.PROTECT, related_name="+", verbose_name=_("实际授课教师")
    )
    note = models.TextField(_("变动或没有上的原因"), blank=True)
    batches = models.PositiveSmallIntegerField(_("分几批"), null=True, blank=True)
    stations_used = models.PositiveSmallIntegerField(_("用了几个工位"), null=True, blank=True)
    briefed = models.BooleanField(_("操作前讲过安全"), null=True)
    materials = models.TextField(_("用了哪些设备和耗材"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            known("held", Held, name="lesson_log_held_known"),
            models.CheckConstraint(
                condition=Q(held=Held.AS_PLANNED) | ~Q(note=""),
                name="lesson_log_exception_has_a_reason",
                violation_error_message=_("有变动或没有上，请写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.lesson)


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("照片")
    VIDEO = "video", _("录像或录音")
    PAPER = "paper", _("文件")


class EvidenceQuerySet(PartQuerySet):
    def standing(self) -> Self:
        """What was not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Evidence(models.Model):
    """A picture, recording or paper of the training. What was handed in stays, even taken back."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="evidence")
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    kind = models.TextField(choices=EvidenceKind)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    caption = models.TextField(_("说明"), blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_note = models.TextField(null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            known("kind", EvidenceKind, name="evidence_kind_known"),
            both_or_neither("withdrawn_at", "withdrawn_note", name="evidence_taken_back_with_why"),
        ]
        indexes = [models.Index(fields=["training_class", "lesson"], name="evidence_by_lesson")]

    def __str__(self) -> str:
        return self.file.name


class Verdict(models.TextChoices):
    GOOD = "good", _("正常")
    BAD = "bad", _("有问题")


class TeachingCheck(models.Model):
    """教学检查: the institution looks at its own teaching."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="checks")
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("哪一节课")
    )
    checked_on = models.DateField(_("检查日期"))
    verdict = models.TextField(_("结论"), choices=Verdict)
    found = models.TextField(_("看到了什么"))
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True, editable=False)
    corrected = models.TextField(_("怎样改的"), null=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            known("verdict", Verdict, name="teaching_check_verdict_known"),
            both_or_neither("corrected_at", "corrected", name="teaching_check_corrected_with_how"),
        ]

    def __str__(self) -> str:
        return f"{self.training_class} {self.checked_on}"


class ClassBook(models.Model):
    """A textbook a class is taught from; everybody in it gets one to keep."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="books")
    textbook = models.ForeignKey(Textbook, models.PROTECT, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("training_class", "textbook", name="class_book_once")
        ]

    def __str__(self) -> str:
        return str(self.textbook)


class HandOutQuerySet(models.QuerySet["HandOut"]):
    def visible_to(self, user: Any) -> Self:
        """A learner's own; for those who work on the class, its list."""
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def unconfirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=True)


class Confirmation(models.TextChoices):
    ACCOUNT = "account", _("本人登录确认")
    CODE = "code", _("本人手机验证码")


class HandOut(models.Model):
    """A book given to one learner; received when they say so, not when others say so."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="hand_outs")
    book = models.ForeignKey(ClassBook, models.PROTECT, related_name="hand_outs")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_how = models.TextField(choices=Confirmation, null=True, editable=False)

    objects = HandOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("enrolment", "book", name="hand_out_once"),
            known("confirmed_how", Confirmation, name="hand_out_confirmed_how_known"),
            both_or_neither("confirmed_at", "confirmed_how", name="hand_out_confirmed_somehow"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.book}"
