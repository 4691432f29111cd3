"""Sessions 实操场次 and their turns: who works at which station, when, and with what result."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment
from zhupei.core.constraints import both_or_neither, known, span
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Plan, Sitting
from zhupei.institutions.models import Room
from zhupei.organizations.models import ASSIGNED, Division, Organization
from zhupei.people.models import Person, User
from zhupei.practical.models.rubrics import Rubric


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    NOTIFIED = "notified", _("已告知")
    FIXED = "fixed", _("已排定")
    CLOSED = "closed", _("评分结束")
    RELEASED = "released", _("已公布成绩")
    CANCELLED = "cancelled", _("已取消")


CHANGEABLE = (State.DRAFT, State.NOTIFIED)  # before the timetable is fixed
RUNNING = (State.DRAFT, State.NOTIFIED, State.FIXED)


class Method(models.TextChoices):
    MEDIAN = "median", _("三人成绩的中位数")
    NEAREST = "nearest", _("最接近的两人的平均")


class Trouble(models.TextChoices):
    """Why a turn had to be taken again."""

    EQUIPMENT = "equipment", _("设备故障")
    POWER = "power", _("停电停水")
    MATERIAL = "material", _("材料不合格")
    WEATHER = "weather", _("天气")
    OTHER = "other", _("其他")


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any) -> Self:
        """Their own body's; those in the area they oversee; a learner's own; an assessor's only
        while they judge in it.
        """
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            mine = Turn.objects.filter(session=OuterRef("pk"), person=user.person_id)
            return self.filter(Exists(mine))
        if user.acting.role in ASSIGNED:
            return self.filter(turns__sheets__assessor=user.pk).distinct()
        organization = user.acting.organization
        return self.filter(Q(organization=organization.pk) | organization.area(""))

    def loose(self) -> Self:
        """Nobody was told of them, and they are of no plan: they may be put into one."""
        return self.filter(state=State.DRAFT, plan=None).order_by("opens_at", "pk")

    def with_counts(self) -> Self:
        """Adds ``taken`` (turns that stand), ``settled``, ``missed`` and ``passing``."""
        stands = Q(turns__void=False)
        return self.annotate(
            taken=Count("turns", filter=stands),
            settled=Count("turns", filter=stands & Q(turns__settled_at__isnull=False)),
            missed=Count("turns", filter=stands & Q(turns__absent=True)),
            passing=Count("turns", filter=stands & Q(turns__passed=True)),
        )

    def matching(self, words: str) -> Self:
        """Whose title, number, job or body contains ``words``."""
        return self.filter(
            Q(title__icontains=words)
            | Q(number__icontains=words)
            | Q(rubric__job__name__icontains=words)
            | Q(organization__name__icontains=words)
        )


class Session(Stateful):
    """One day of practical exams of one job and level in one workshop; alone, or one of a plan.

    ``seed`` orders the candidates. Pass mark, deviation and method are those in force when the
    timetable was fixed.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sessions")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("考核计划"),
        help_text="none when it was notified by itself",
    )
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, related_name="sessions", verbose_name=_("评分表")
    )
    title = models.TextField(_("场次名称"))
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("实训场地"))
    stations = models.PositiveSmallIntegerField(_("同时使用的工位"), default=4)
    opens_at = models.DateTimeField(_("第一轮开始"))
    closes_at = models.DateTimeField(_("最迟结束"))
    pause_from = models.DateTimeField(_("午休开始"), null=True, blank=True)
    pause_until = models.DateTimeField(_("午休结束"), null=True, blank=True)
    change_minutes = models.PositiveSmallIntegerField(_("换场时间（分钟）"), default=15)
    panel = models.ManyToManyField(User, related_name="+", verbose_name=_("考评员"))
    seed = models.CharField(max_length=32, editable=False)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    deviation = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    method = models.TextField(choices=Method, default=Method.MEDIAN, editable=False)
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-opens_at"], name="session_by_organization"),
            models.Index(fields=["prefecture", "-opens_at"], name="session_by_prefecture"),
        ]
        constraints = [
            known("state", State, name="session_state_known"),
            known("method", Method, name="session_method_known"),
            both_or_neither("pause_from", "pause_until", name="session_pause_begins_and_ends"),
            both_or_neither("pass_mark", "deviation", name="session_figures_fixed_together"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("最迟结束要晚于第一轮开始。"),
            ),
            models.CheckConstraint(
                condition=Q(pause_from__isnull=True) | Q(pause_until__gt=F("pause_from")),
                name="session_pause_ends_after_it_begins",
                violation_error_message=_("午休结束要晚于午休开始。"),
            ),
            models.CheckConstraint(
                condition=Q(stations__range=(1, 60)),
                name="session_stations_sensible",
                violation_error_message=_("同时使用的工位应在 1 到 60 之间。"),
            ),
            models.CheckConstraint(
                condition=Q(change_minutes__lte=120),
                name="session_change_sensible",
                violation_error_message=_("换场时间不超过 120 分钟。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def pause(self) -> tuple[datetime, datetime] | None:
        if self.pause_from is None or self.pause_until is None:
            return None
        return (self.pause_from, self.pause_until)


Exam = Sitting | Session  # read alike: body, place, room, title, number, state, plan


class TurnQuerySet(models.QuerySet["Turn"]):
    def visible_to(self, user: Any) -> Self:
        """A learner's own; an assessor's those they judge; for others those of their sessions."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(person=user.person_id) if user.person_id else self.none()
        if user.acting.role in ASSIGNED:
            return self.filter(sheets__assessor=user.pk).distinct()
        return self.filter(session__in=Session.objects.visible_to(user))

    def own(self, user: Any) -> Self:
        """The turns of this very person, for the pages of a candidate."""
        return self.visible_to(user).filter(person=user.person_id)

    def standing(self) -> Self:
        """Those that count: not taken again, not of a session called off."""
        return self.filter(void=False)

    def begun(self) -> Self:
        """Of those who came, or whose work was judged."""
        came = Q(arrived_at__isnull=False) | Q(settled_at__isnull=False)
        return self.standing().filter(came, absent=False)

    def passed_in(self, job: Any) -> Self:
        """Passed in this job, and the marks are known."""
        released = self.standing().filter(passed=True, session__state=State.RELEASED)
        return released.filter(session__rubric__job=job)


class Turn(models.Model):
    """One candidate at one station. What broke down is void and has another turn in its place.

    ``annulled``: a decision on misconduct took the mark away; the turn was held all the same.
    ``differences`` says where the first two assessors disagreed; then a third one is asked.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="turns")
    person = models.ForeignKey(Person, models.PROTECT, related_name="practical_turns")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="practical_turns")
    station = models.PositiveSmallIntegerField(_("工位"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    arrived_at = models.DateTimeField(_("签到"), null=True)
    absent = models.BooleanField(_("缺考"), default=False)
    void = models.BooleanField(_("作废"), default=False)
    trouble = models.TextField(_("重考原因"), choices=Trouble, null=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_again")
    differences = models.JSONField(default=list)
    mark = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)
    fatal = models.BooleanField(_("否决"), default=False)
    settled_at = models.DateTimeField(null=True)
    annulled = models.BooleanField(_("成绩无效"), default=False, db_default=False)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "station", "pk"]
        constraints = [
            known("trouble", Trouble, name="turn_trouble_known"),
            both_or_neither("mark", "passed", name="turn_mark_and_verdict_together"),
            both_or_neither("mark", "settled_at", name="turn_mark_and_moment_together"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="turn_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(absent=False) | Q(arrived_at__isnull=True, mark__isnull=True),
                name="turn_absent_has_no_mark",
            ),
            models.CheckConstraint(
                condition=Q(fatal=False) | Q(passed=False), name="turn_fatal_is_failed"
            ),
            models.CheckConstraint(
                condition=Q(annulled=False) | Q(passed=False), name="turn_annulled_is_failed"
            ),
            models.UniqueConstraint(
                "session", "person", condition=Q(void=False), name="turn_once_in_a_session"
            ),
            ExclusionConstraint(
                name="turn_station_for_one",
                expressions=[
                    ("session", RangeOperators.EQUAL),
                    ("station", RangeOperators.EQUAL),
                    (span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(void=False),
            ),
            ExclusionConstraint(
                name="turn_person_in_one_place",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(void=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.station} 号工位"
