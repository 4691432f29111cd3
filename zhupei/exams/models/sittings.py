"""Sittings 考核场次 and those who have a seat in them."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment
from zhupei.core.constraints import known
from zhupei.core.queries import number_of
from zhupei.core.workflow import Stateful
from zhupei.exams.models.answers import Answer
from zhupei.exams.models.plans import Plan
from zhupei.institutions.models import Room
from zhupei.organizations.models import ASSIGNED, Division, Organization
from zhupei.papers.models import Blueprint
from zhupei.people.models import Person
from zhupei.syllabus.models import Job
from zhupei.venues.models import Seat


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    NOTIFIED = "notified", _("已告知")
    SEALED = "sealed", _("已封卷")
    CLOSED = "closed", _("已结束")
    RELEASED = "released", _("已公布成绩")
    CANCELLED = "cancelled", _("已取消")


CHANGEABLE = (State.DRAFT, State.NOTIFIED)  # before the paper is sealed
RUNNING = (State.DRAFT, State.NOTIFIED, State.SEALED)  # still to be held, or being held


class InvigilatorState(models.TextChoices):
    INVITED = "invited", _("待确认")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("已谢绝")
    RELIEVED = "relieved", _("已撤换")


CALLED = (InvigilatorState.INVITED, InvigilatorState.ACCEPTED)  # counted on for the day


class SittingQuerySet(models.QuerySet["Sitting"]):
    def visible_to(self, user: Any) -> Self:
        """Their own body's; those in the area they oversee; a learner's own; an invigilator's or
        assessor's only while they are called to it.
        """
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(candidates__person=user.person_id).distinct()
        if user.acting.role in ASSIGNED:
            called = {"invigilators__user": user.pk, "invigilators__state__in": CALLED}
            return self.filter(**called)
        organization = user.acting.organization
        return self.filter(Q(organization=organization.pk) | organization.area(""))

    def loose(self) -> Self:
        """Nobody was told of them, and they are of no plan: they may be put into one."""
        return self.filter(state=State.DRAFT, plan=None).order_by("starts_at", "pk")

    def ended_by(self, moment: datetime) -> Self:
        """Whose end, without grace, has come."""
        length = ExpressionWrapper(
            F("minutes") * Value(timedelta(minutes=1)), output_field=models.DurationField()
        )
        return self.filter(starts_at__lte=moment - length)

    def with_counts(self) -> Self:
        """Adds ``seated``, ``sat`` and ``passing``: seats, who began, and who passed."""
        passing = Q(candidates__attempt__passed=True)
        return self.annotate(
            seated=Count("candidates"),
            sat=Count("candidates__attempt__started_at"),
            passing=Count("candidates__attempt", filter=passing),
        )

    def matching(self, words: str) -> Self:
        """Whose title, number, job or body contains ``words``."""
        return self.filter(
            Q(title__icontains=words)
            | Q(number__icontains=words)
            | Q(job__name__icontains=words)
            | Q(organization__name__icontains=words)
        )


class Sitting(Stateful):
    """One sitting of one theory exam, in one room or several; alone, or one of a plan."""

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sittings")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sittings",
        verbose_name=_("考核计划"),
        help_text="none when it was notified by itself",
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="+", verbose_name=_("岗位或工种"))
    blueprint = models.ForeignKey(
        Blueprint, models.PROTECT, related_name="sittings", verbose_name=_("细目表")
    )
    title = models.TextField(_("场次名称"))
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("考场"))
    more_rooms = models.ManyToManyField(
        Room, related_name="+", blank=True, verbose_name=_("另外的考场")
    )
    starts_at = models.DateTimeField(_("开考时间"))
    minutes = models.PositiveSmallIntegerField(_("考试时长（分钟）"), default=60)
    forms = models.PositiveSmallIntegerField(_("平行卷份数"), default=2)
    pass_mark = models.DecimalField(
        _("合格线"), max_digits=5, decimal_places=2, editable=False, null=True
    )
    grace_seconds = models.PositiveSmallIntegerField(default=0, editable=False)
    needs_admission = models.BooleanField(default=False, editable=False)
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)

    objects = SittingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-starts_at"], name="sitting_by_organization"),
            models.Index(fields=["prefecture", "-starts_at"], name="sitting_by_prefecture"),
        ]
        constraints = [
            known("state", State, name="sitting_state_known"),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 300)),
                name="sitting_minutes_sensible",
                violation_error_message=_("考试时长应在 5 到 300 分钟之间。"),
            ),
            models.CheckConstraint(
                condition=Q(forms__range=(1, 8)),
                name="sitting_forms_sensible",
                violation_error_message=_("平行卷应在 1 到 8 份之间。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(person=user.person_id) if user.person_id else self.none()
        return self.filter(sitting__in=Sitting.objects.visible_to(user))

    def own(self, user: Any) -> Self:
        """The seats of this very person, for the pages on which they sit."""
        return self.visible_to(user).filter(person=user.person_id)

    def with_progress(self) -> Self:
        """With person and attempt; ``answered`` of ``place_count`` answers are stored."""
        stored = Answer.objects.filter(
            attempt_id=OuterRef("attempt__pk"), item__lt=OuterRef("attempt__paper__place_count")
        ).exclude(choice="")
        return self.select_related("person", "attempt").annotate(
            answered=number_of(stored), place_count=F("attempt__paper__place_count")
        )


class Candidate(models.Model):
    """A person with a seat in a sitting, entitled by an enrolment whose hours are complete."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="candidacies")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="candidacies")
    seat = models.PositiveSmallIntegerField(
        _("座位"), help_text="the number on the desk; with 2000, 3000 … in further rooms"
    )
    place = models.ForeignKey(
        Seat,
        models.PROTECT,
        null=True,
        related_name="candidacies",
        help_text="none in sittings from before there were seat maps",
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "seat"]
        constraints = [
            models.UniqueConstraint("sitting", "person", name="candidate_once_in_a_sitting"),
            models.UniqueConstraint("sitting", "seat", name="candidate_seat_once"),
            models.UniqueConstraint("sitting", "place", name="candidate_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} #{self.seat}"
