"""The class plan 开班计划: what is taught, where, by whom, when, to how many."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.queries import number_of
from zhupei.core.workflow import Stateful
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Organization, channel
from zhupei.syllabus.models import Syllabus, Unit
from zhupei.teachers.models import Teacher


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    REFERRED = "referred", _("已请示")
    RETURNED = "returned", _("退回补正")
    FILED = "filed", _("已备案")
    APPROVED = "approved", _("已通过")
    REVOKED = "revoked", _("已撤回许可")
    CANCELLED = "cancelled", _("已取消")
    FINISHED = "finished", _("已结班")


IN_REVIEW = (State.SUBMITTED, State.REFERRED)  # the clock of the bureau runs
EFFECTIVE = (State.FILED, State.APPROVED)  # people may sign up, lessons may be held
PLANNED = (State.DRAFT, *IN_REVIEW)  # nobody has allowed it yet: there is no class to look at
CAN_FREEZE = (State.SUBMITTED, State.REFERRED, *EFFECTIVE)


class Mode(models.TextChoices):
    """How a prefecture takes plans. Source: Measures, art. 12 (提交); notice, part 2 (审批)."""

    FILING = "filing", _("备案")
    APPROVAL = "approval", _("审批")


class ClassQuerySet(models.QuerySet["TrainingClass"]):
    def visible_to(self, user: Any) -> Self:
        """Their own institution's; those held in, or run from, the area their authority oversees,
        once they were submitted (a draft is its institution's own business);
        for a teacher, those they teach; for a learner, those they are in.
        """
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(
                Q(enrolments__person=user.person_id) | Q(lessons__teacher__person=user.person_id)
            ).distinct()
        organization = user.acting.organization
        overseen = organization.area("") | organization.area("organization__")
        return self.filter(Q(organization=organization.pk) | (overseen & Q(number__isnull=False)))

    def public(self) -> Self:
        """What anybody may know: classes in effect whose last day has not passed."""
        return self.in_effect().filter(ends_on__gte=timezone.localdate())

    def in_effect(self) -> Self:
        """People may sign up and lessons may be held: filed or approved, and not frozen."""
        return self.filter(state__in=EFFECTIVE, frozen_since__isnull=True)

    def open_for_sign_up(self) -> Self:
        """Public, and not yet begun."""
        return self.public().filter(starts_on__gt=timezone.localdate())

    def open_to_late_comers(self) -> Self:
        """Public, and its last lesson has not begun."""
        coming = Lesson.objects.filter(training_class=OuterRef("pk"), starts_at__gt=timezone.now())
        return self.public().filter(Exists(coming))

    def with_online(self) -> Self:
        """Adds ``online``: some of its lessons are held online."""
        return self.annotate(online=Exists(_online_lessons()))

    def held(self, *, online: bool) -> Self:
        """Those with lessons online, or those all of whose lessons are held in a room."""
        some = Exists(_online_lessons())
        return self.filter(some if online else ~some)

    def awaiting_review(self) -> Self:
        """Submitted for approval, also while the region is asked; the most urgent first."""
        return self.filter(state__in=IN_REVIEW).order_by("due_at", "pk")

    def found_by(self, words: str) -> Self:
        """Whose job, title or institution contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(syllabus__job__name__icontains=word)
                | Q(title__icontains=word)
                | Q(organization__name__icontains=word)
            )
        return found

    def with_bureau(self) -> Self:
        """Adds ``bureau``, ``bureau_phone`` and ``bureau_hours``: where people complain about it.

        Source: Measures, art. 24 (complaints go to the authority of the place).
        """
        return self.annotate(**channel())

    def with_places(self) -> Self:
        """Adds ``taken``: how many are enrolled now; and ``kept``: places offered to the line."""
        same = TrainingClass._base_manager.filter(pk=OuterRef("pk"))
        return self.annotate(
            taken=number_of(same.filter(enrolments__state="enrolled")),
            kept=number_of(same.filter(waiting__state="offered")),
        )


def _online_lessons() -> models.QuerySet["Lesson"]:
    return Lesson.objects.filter(training_class=OuterRef("pk"), kind=LessonKind.ONLINE)


class TrainingClass(Stateful):
    """One class. Its number is given when it is first submitted."""

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="classes")
    prefecture = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("办学地州市")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("办学县市")
    )
    syllabus = models.ForeignKey(Syllabus, models.PROTECT, verbose_name=_("培训大纲"))
    title = models.TextField(_("班级名称"))
    starts_on = models.DateField(_("开课日期"))
    ends_on = models.DateField(_("结课日期"))
    seats = models.PositiveSmallIntegerField(_("计划人数"))
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("主要教室"))
    contact_phone = models.TextField(_("咨询电话"))
    practice_scheme = models.TextField(_("实训实习方案"), blank=True)
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    mode = models.TextField(choices=Mode, null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(_("审核时限"), null=True, editable=False)
    frozen_since = models.DateTimeField(
        _("冻结时间"), null=True, editable=False, help_text="while its institution is suspended"
    )

    objects = ClassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "training classes"
        indexes = [
            models.Index(
                "due_at", condition=Q(state=State.SUBMITTED), name="class_awaiting_review"
            ),
            models.Index(fields=["organization", "-starts_on"], name="class_by_organization"),
            models.Index(fields=["prefecture", "-starts_on"], name="class_by_prefecture"),
        ]
        constraints = [
            known("state", State, name="class_state_known"),
            known("mode", Mode, name="class_mode_known"),
            in_order(
                "starts_on",
                "ends_on",
                name="class_ends_after_it_starts",
                sentence=_("结课日期早于开课日期，请检查两个日期。"),
            ),
            models.CheckConstraint(
                condition=Q(seats__range=(1, 200)),
                name="class_seats_sensible",
                violation_error_message=_("计划人数应在 1 到 200 之间。"),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(state__in=[State.DRAFT, State.CANCELLED]),
                name="class_in_the_world_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_effect(self) -> bool:
        return self.state in EFFECTIVE and self.frozen_since is None


class LessonKind(models.TextChoices):
    THEORY = "theory", _("理论")
    PRACTICE = "practice", _("实操")
    ONLINE = "online", _("线上")


class TsTzRange(Func):
    """The time between two columns, as PostgreSQL compares it."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: Any) -> Self:
        """The lessons of the classes somebody may see."""
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def at(self, moment: datetime) -> Self:
        return self.filter(starts_at__lte=moment, ends_at__gte=moment)


class Lesson(models.Model):
    """One sitting of teaching. While ``booked`` its teacher and room can be nowhere else.

    The room of a lesson held online is the one it is taught from.
    """

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="lessons")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单元"))
    kind = models.TextField(_("方式"), choices=LessonKind)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    teacher = models.ForeignKey(
        Teacher, models.PROTECT, related_name="lessons", verbose_name=_("教师")
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("地点"))
    booked = models.BooleanField(default=False, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index("starts_at", name="lesson_by_start")]
        constraints = [
            known("kind", LessonKind, name="lesson_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="lesson_ends_after_it_starts",
                violation_error_message=_("这节课的结束时间不晚于开始时间。"),
            ),
            ExclusionConstraint(
                name="lesson_teacher_in_one_place",
                expressions=[
                    ("teacher", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(booked=True),
            ),
            ExclusionConstraint(
                name="lesson_room_for_one_class",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(booked=True),
            ),
            ExclusionConstraint(
                name="lesson_one_at_a_time_in_a_class",
                expressions=[
                    ("training_class", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        begins = timezone.localtime(self.starts_at)
        return f"{begins.month}月{begins.day}日 {begins:%H:%M} {self.unit.title}"

    @property
    def seconds(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds())


class DocumentKind(models.TextChoices):
    LESSON_PLAN = "lesson_plan", _("教案")
    PRACTICE_SCHEME = "practice_scheme", _("实训实习方案")
    RESOURCE = "resource", _("教学资源")


class ClassDocumentQuerySet(models.QuerySet["ClassDocument"]):
    def visible_to(self, user: Any) -> Self:
        """Attachments are for those who work on the class, not for its learners."""
        if not user.is_authenticated or user.acting is None:
            return self.none()
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))


class ClassDocument(models.Model):
    """A file that belongs to the plan."""

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="documents")
    kind = models.TextField(_("类别"), choices=DocumentKind)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单元")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    objects = ClassDocumentQuerySet.as_manager()

    class Meta:
        constraints = [known("kind", DocumentKind, name="class_document_kind_known")]

    def __str__(self) -> str:
        return self.file.name
