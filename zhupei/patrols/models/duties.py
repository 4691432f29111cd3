"""The ledger: each class and each sitting owes its bureau a look.

Source: Measures, art. 6 (逢培必巡、逢考必督).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import TrainingClass
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Sitting
from zhupei.organizations.models import ASSIGNED, AUTHORITIES, Division, Organization
from zhupei.patrols.rules.coverage import Tally
from zhupei.practical.models import Session
from zhupei.syllabus.models import Category


class Subject(models.TextChoices):
    CLASS = "class", _("班级")
    THEORY = "theory", _("理论考核")
    PRACTICAL = "practical", _("实操考核")


class State(models.TextChoices):
    OWED = "owed", _("待安排")
    PLANNED = "planned", _("已安排")
    DONE = "done", _("已巡查")
    MISSED = "missed", _("未巡查")
    LIFTED = "lifted", _("不需要")


OPEN = (State.OWED, State.PLANNED)
SOON = timedelta(days=7)  # before its end a duty comes onto the lists of its bureau


class Ground(models.TextChoices):
    """Why nobody looked."""

    PEOPLE = "people", _("人手不足")
    MOVED = "moved", _("班级或场次临时变动")
    STOPPED = "stopped", _("中途停办或停课")
    TRAVEL = "travel", _("交通、天气")
    FORGOTTEN = "forgotten", _("没有及时安排")
    OTHER = "other", _("其他")


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the area an authority oversees; an inspector's those they are sent to. Whoever
        is looked at sees it afterwards, and not that somebody will come.
        """
        acting = user.acting if user.is_authenticated else None
        if acting is None:
            return self.none()
        if acting.organization.kind in AUTHORITIES:
            if acting.role in ASSIGNED:
                return self.filter(Exists(self._visits().filter(members=user.pk)))
            return self.filter(acting.organization.area(""))
        mine = self.filter(organization=acting.organization_id)
        return mine.filter(Exists(self._visits().filter(state="filed")))

    @staticmethod
    def _visits() -> models.QuerySet[Any]:
        visits: Any = Duty._meta.get_field("patrols").related_model
        found: models.QuerySet[Any] = visits._base_manager.filter(duty=OuterRef("pk"))
        return found

    def open(self) -> Self:
        """Still to be looked at."""
        return self.filter(state__in=OPEN)

    def running(self) -> Self:
        """Open, and not while its institution is suspended."""
        return self.open().filter(paused_since__isnull=True)

    def looked_at_again(self) -> Self:
        """Done, and somebody is sent once more."""
        return self.filter(Exists(self._visits().filter(state="planned")), state=State.DONE)

    def ending_soon(self, now: datetime) -> Self:
        """Nobody is sent yet, and it ends within a week."""
        soon = self.running().filter(state=State.OWED, closes_at__gt=now)
        return soon.ending_by(now + SOON)

    def ending_by(self, moment: datetime) -> Self:
        return self.filter(closes_at__lte=moment)

    def unexplained(self) -> Self:
        """Missed, and the bureau has not said why."""
        return self.filter(state=State.MISSED, explained_at__isnull=True)

    def news(self) -> Self:
        """Without what was history already when the ledger came to it: nobody is asked why."""
        return self.exclude(escalated_at__lte=F("missed_at"))

    def due_between(self, first: date, last: date) -> Self:
        """Whose last day lies between two days, both included: the day a look is owed by."""
        zone = timezone.get_current_timezone()
        begin = datetime.combine(first, time.min, zone)
        end = datetime.combine(last, time.min, zone) + timedelta(days=1)
        return self.filter(closes_at__gte=begin, closes_at__lt=end)

    def in_prefecture(self, prefecture: str) -> Self:
        return self.filter(prefecture=prefecture)

    def figures(
        self,
        *,
        prefecture: str | None = None,
        authority: Organization | None = None,
        period: tuple[date, date] | None = None,
    ) -> Tally:
        """How many are owed, planned, done and missed; with the coverage they make."""
        rows = self._narrowed(prefecture, authority, period)
        counted = rows.order_by().values_list("state").annotate(n=Count("pk"))
        return Tally.of(dict(counted))

    def figures_by(
        self, field: str, *, period: tuple[date, date] | None = None
    ) -> dict[Any, Tally]:
        """``figures`` for each value of ``field`` (prefecture, authority, organization), in one
        question.
        """
        rows = self._narrowed(None, None, period)
        counted = rows.order_by().values_list(field, "state").annotate(n=Count("pk"))
        return Tally.grouped(counted)

    def figures_by_day(self, first: date, last: date) -> dict[date, Tally]:
        """``figures`` for each day that something was due on."""
        rows = self.due_between(first, last).order_by()
        days = rows.annotate(day=TruncDate("closes_at")).values_list("day", "state")
        return Tally.grouped(days.annotate(n=Count("pk")))

    def _narrowed(
        self,
        prefecture: str | None,
        authority: Organization | None,
        period: tuple[date, date] | None,
    ) -> Self:
        rows = self.filter(prefecture=prefecture) if prefecture else self
        rows = rows.filter(authority=authority) if authority else rows
        return rows.due_between(*period) if period else rows

    def found_by(self, words: str) -> Self:
        """Whose title, number or body contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(number__icontains=word)
                | Q(organization__name__icontains=word)
            )
        return found


class Duty(Stateful):
    """What one class or one sitting owes: how many looks, between which moments.

    Title, place and times are those of the subject; a job keeps them so (``actions.ledger``).
    ``looks`` counts the patrols that were handed in. While ``paused_since`` is set the subject
    stands still, and so does the duty. ``authority`` is None where no bureau is registered.
    """

    kind = models.TextField(_("类别"), choices=Subject)
    training_class = models.OneToOneField(
        TrainingClass, models.PROTECT, null=True, related_name="patrol_duty"
    )
    sitting = models.OneToOneField(Sitting, models.PROTECT, null=True, related_name="patrol_duty")
    session = models.OneToOneField(Session, models.PROTECT, null=True, related_name="patrol_duty")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    category = models.TextField(_("培训类别"), choices=Category)
    number = models.TextField(_("编号"))
    title = models.TextField(_("名称"))
    opens_at = models.DateTimeField(_("开始"))
    closes_at = models.DateTimeField(_("结束"))
    wanted = models.PositiveSmallIntegerField(_("应巡次数"))
    looks = models.PositiveSmallIntegerField(_("已巡次数"), default=0)
    paused_since = models.DateTimeField(null=True)
    state = models.TextField(choices=State, default=State.OWED, editable=False)
    alerted_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    ground = models.TextField(_("原因"), choices=Ground, null=True)
    explanation = models.TextField(_("说明"), blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        indexes = [
            models.Index(fields=["prefecture", "closes_at"], name="duty_by_prefecture"),
            models.Index(fields=["organization", "closes_at"], name="duty_by_organization"),
            models.Index(fields=["closes_at", "state"], name="duty_by_day"),
            models.Index("closes_at", condition=Q(state__in=OPEN), name="duty_open_by_end"),
        ]
        constraints = [
            known("kind", Subject, name="duty_kind_known"),
            known("state", State, name="duty_state_known"),
            known("category", Category, name="duty_category_known"),
            known("ground", Ground, name="duty_ground_known"),
            models.CheckConstraint(
                condition=Q(kind="class", training_class__isnull=False, sitting=None, session=None)
                | Q(kind="theory", sitting__isnull=False, training_class=None, session=None)
                | Q(kind="practical", session__isnull=False, training_class=None, sitting=None),
                name="duty_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("opens_at")), name="duty_ends_after_it_begins"
            ),
            both_or_neither("explained_at", "explained_by", name="duty_explained_by_somebody"),
            both_or_neither("explained_at", "ground", name="duty_explained_with_a_ground"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(looks__gte=F("wanted")),
                name="duty_done_when_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("patrols:duty", args=[self.pk])

    @property
    def subject(self) -> TrainingClass | Sitting | Session:
        """What is looked at."""
        found = self.training_class or self.sitting or self.session
        assert found
        return found


def bureaus_of(prefectures: Iterable[str]) -> dict[str, Organization]:
    """The authority each prefecture's duties fall to."""
    rows = Organization.objects.bureaus().filter(prefecture__in=set(prefectures))
    return {str(one.prefecture_id): one for one in rows.order_by("-pk")}
