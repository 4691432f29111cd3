"""Who was in the room, from when to when. A row exists where somebody signed in or was entered;
no row means absent. Hours are computed from these rows (rules.py), never typed.
"""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, Lesson
from zhupei.core.constraints import known


class Method(models.TextChoices):
    SCAN = "scan", _("扫码")
    TYPED = "typed", _("输入数字")
    TEACHER = "teacher", _("教师登记")


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def credited_by_unit(self, enrolment: Enrolment) -> dict[int, int]:
        """The seconds credited to one learner, by unit of the syllabus; one query."""
        rows = self.filter(enrolment=enrolment).values_list("lesson__unit")
        return dict(rows.annotate(seconds=Sum("credited_seconds")).order_by())

    def credited_by_enrolment(self, enrolments: Iterable[Enrolment]) -> dict[int, dict[int, int]]:
        """The same for many learners: enrolment → unit → seconds; one query."""
        found: dict[int, dict[int, int]] = {enrolment.pk: {} for enrolment in enrolments}
        rows = self.filter(enrolment__in=found).values_list("enrolment", "lesson__unit")
        for enrolment, unit, seconds in rows.annotate(s=Sum("credited_seconds")).order_by():
            found[enrolment][unit] = seconds
        return found


class Attendance(models.Model):
    """One learner in one lesson. ``credited_seconds`` is what the rule gave for it."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendance")
    method = models.TextField(choices=Method)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    credited_seconds = models.PositiveIntegerField()
    corrected = models.BooleanField(default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            known("method", Method, name="attendance_method_known"),
            models.UniqueConstraint("lesson", "enrolment", name="attendance_once_a_lesson"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=False) | Q(credited_seconds=0),
                name="attendance_absent_earns_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.lesson}"
