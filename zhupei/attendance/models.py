"""Who was in the room, from when to when. A row exists where somebody signed in or was entered;
no row means absent. Hours are computed from these rows (rules.py), never typed.
"""

import uuid
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, Lesson
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful

# Seconds by learner and unit. Somebody who changed classes keeps what they were credited with
# before, as far as it belongs to the syllabus they learn by now.
CREDITED = """
    WITH RECURSIVE chain (learner, enrolment, came_from, syllabus) AS (
        SELECT e.id, e.id, e.came_from_id, c.syllabus_id
          FROM classes_enrolment e JOIN classes_trainingclass c ON c.id = e.training_class_id
         WHERE e.id = ANY(%(enrolments)s)
         UNION ALL
        SELECT chain.learner, e.id, e.came_from_id, chain.syllabus
          FROM chain JOIN classes_enrolment e ON e.id = chain.came_from
    )
    SELECT chain.learner, l.unit_id, sum(a.credited_seconds)::bigint
      FROM chain
      JOIN attendance_attendance a ON a.enrolment_id = chain.enrolment
      JOIN classes_lesson l ON l.id = a.lesson_id
      JOIN syllabus_unit u ON u.id = l.unit_id AND u.syllabus_id = chain.syllabus
     WHERE %(kind)s = '' OR l.kind = %(kind)s
     GROUP BY 1, 2
"""


class Method(models.TextChoices):
    SCAN = "scan", _("扫码")
    TYPED = "typed", _("输入数字")
    TEACHER = "teacher", _("更正登记")
    OFFLINE = "offline", _("离线点名")
    PAPER = "paper", _("纸质签到表")


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.visible_to(user))

    def waiting(self) -> Self:
        """Sign-ins from a phone somebody else had used, not yet looked at by the teacher."""
        return self.filter(waiting=True)

    def credited_by_unit(self, enrolment: Enrolment) -> dict[int, int]:
        """The seconds credited to one learner, by unit of the syllabus; one query."""
        return self.credited_by_enrolment([enrolment])[enrolment.pk]

    def credited_by_enrolment(
        self, enrolments: Iterable[Enrolment], *, kind: str = ""
    ) -> dict[int, dict[int, int]]:
        """The same for many learners: enrolment → unit → seconds; one query. With ``kind``, only
        what was earned in lessons held that way.

        What was earned in a class somebody changed from counts on.
        """
        found: dict[int, dict[int, int]] = {enrolment.pk: {} for enrolment in enrolments}
        with connection.cursor() as cursor:
            cursor.execute(CREDITED, {"enrolments": list(found), "kind": kind})
            for learner, unit, seconds in cursor.fetchall():
                found[learner][unit] = seconds
        return found


class Attendance(models.Model):
    """One learner in one lesson. ``credited_seconds`` is what the rule gave for it.

    ``signed_at`` is the learner's own deed, ``arrived_at`` what counts. ``device`` tells two phones
    apart and names none. While ``waiting`` the sign-in counts nothing.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendance")
    method = models.TextField(choices=Method)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    credited_seconds = models.PositiveIntegerField()
    corrected = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    signed_out_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=32, blank=True, db_default="")
    waiting = models.BooleanField(default=False, db_default=False)
    phones_differ = models.BooleanField(default=False, db_default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            known("method", Method, name="attendance_method_known"),
            models.UniqueConstraint("lesson", "enrolment", name="attendance_once_a_lesson"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=False) | Q(credited_seconds=0),
                name="attendance_absent_earns_nothing",
            ),
            models.CheckConstraint(
                condition=Q(waiting=False) | Q(credited_seconds=0),
                name="attendance_waiting_earns_nothing",
            ),
        ]
        indexes = [
            models.Index("lesson", condition=Q(waiting=True), name="attendance_waiting"),
            models.Index(
                "lesson",
                condition=Q(
                    ~Q(device=""),
                    signed_at=None,
                    arrived_at=None,
                    waiting=False,
                    corrected=False,
                ),
                name="attendance_denied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.lesson}"


Part = TypeVar("Part", bound=models.Model)


class OfClassQuerySet(models.QuerySet[Part]):
    """Rows with a ``lesson``, for those who work on its class or oversee it; not for learners."""

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated or user.acting is None:
            return self.none()
        return self.filter(lesson__in=Lesson.objects.visible_to(user))


class PaperSheet(models.Model):
    """A signed sheet of paper, photographed: the evidence for the corrections entered from it."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="sheets")
    photo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = OfClassQuerySet["PaperSheet"].as_manager()

    def __str__(self) -> str:
        return f"Q{self.lesson_id:06d}"


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("待第二人确认")
    CONFIRMED = "confirmed", _("已确认")
    REJECTED = "rejected", _("未同意")
    TAKEN_BACK = "taken_back", _("已收回")


class CorrectionQuerySet(OfClassQuerySet["Correction"]):
    def open(self) -> Self:
        return self.filter(state=CorrectionState.PROPOSED)

    def for_second_person(self, user: Any) -> Self:
        """The open ones of the institution which somebody else than ``user`` proposed."""
        mine = self.visible_to(user).open().exclude(proposed_by=user)
        return mine.filter(lesson__training_class__organization=user.acting.organization_id)


class Correction(Stateful):
    """What somebody says really happened, until a second person agrees; then it counts.

    ``arrived_at`` None means absent; ``was_…`` is what the roll said when it was proposed.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="corrections")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="corrections")
    sheet = models.ForeignKey(PaperSheet, models.PROTECT, null=True, related_name="corrections")
    was_arrived_at = models.DateTimeField(null=True)
    was_left_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    note = models.TextField()
    state = models.TextField(
        choices=CorrectionState, default=CorrectionState.PROPOSED, editable=False
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", CorrectionState, name="correction_state_known"),
            both_or_neither("decided_by", "decided_at", name="correction_decided_by_somebody"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "rejected"]) | ~Q(decided_by=F("proposed_by")),
                name="correction_by_two_people",
            ),
            models.UniqueConstraint(
                "lesson",
                "enrolment",
                condition=Q(state="proposed"),
                name="correction_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.lesson}"


class MarkKind(models.TextChoices):
    HERE = "here", _("到")
    LATE = "late", _("迟到")
    ABSENT = "absent", _("缺勤")
    LEFT = "left", _("早退")


class RollMark(models.Model):
    """One tap on a phone without network. ``id`` was made there, so that it arrives once.

    ``phone_at`` is by the phone's clock, ``at`` by ours; they differ by ``clock_error`` seconds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="marks")
    kind = models.TextField(choices=MarkKind)
    phone = models.CharField(max_length=40)
    phone_at = models.DateTimeField()
    at = models.DateTimeField()
    clock_error = models.IntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    objects = OfClassQuerySet["RollMark"].as_manager()

    class Meta:
        constraints = [known("kind", MarkKind, name="roll_mark_kind_known")]
        indexes = [models.Index(fields=["lesson", "enrolment"], name="roll_mark_by_line")]

    def __str__(self) -> str:
        return f"{self.enrolment.person} {self.lesson} {self.get_kind_display()}"
