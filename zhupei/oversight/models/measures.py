"""Measures of the sector 行业管理措施: a talk, an order to correct, a stop, removal from the list.

Told, heard, decided, served, carried out. None of them is a penalty, and none is called one.

Source: Measures, art. 23; Administrative Penalty Law, art. 44 and 45 (the order of telling and
hearing, followed although these are no penalties).
"""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.sources import Sourced, SourcedQuerySet
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import OFFICERS, Organization
from zhupei.oversight import rules
from zhupei.oversight.models.law import LegalBasis
from zhupei.oversight.models.suspensions import Suspension


class MeasureKind(models.TextChoices):
    TALK = "talk", _("约谈")
    CORRECT = "correct", _("限期改正")
    SUSPEND = "suspend", _("暂停受理")
    REMOVE = "remove", _("移出名单")


class MeasureState(models.TextChoices):
    DRAFT = "draft", _("拟办")
    NOTICED = "noticed", _("已告知，待陈述申辩")
    STATED = "stated", _("已陈述申辩，待决定")
    DECIDED = "decided", _("已决定，待送达")
    SERVED = "served", _("已送达，执行中")
    DONE = "done", _("执行完毕")
    LIFTED = "lifted", _("已解除")
    DROPPED = "dropped", _("不予采取")
    REVOKED = "revoked", _("已撤销")


class ServedHow(models.TextChoices):
    PLATFORM = "platform", _("平台签收")
    HANDED = "handed", _("直接送达")
    POST = "post", _("邮寄送达")
    LEFT = "left", _("留置送达")
    ANNOUNCED = "announced", _("公告送达")


class PaperKind(models.TextChoices):
    EVIDENCE = "evidence", _("证据")
    STATEMENT = "statement", _("陈述申辩材料")
    HEARING = "hearing", _("听证笔录")
    SERVICE = "service", _("送达回证")
    OUTCOME = "outcome", _("执行材料")


TOLD = (
    MeasureState.NOTICED,
    MeasureState.STATED,
    MeasureState.DECIDED,
    MeasureState.SERVED,
    MeasureState.DONE,
    MeasureState.LIFTED,
    MeasureState.REVOKED,
)
OPEN = (MeasureState.DRAFT, MeasureState.NOTICED, MeasureState.STATED)
HOLDING = (MeasureState.DECIDED, MeasureState.SERVED)


class MeasureQuerySet(SourcedQuerySet["Measure"]):
    def visible_to(self, user: Any) -> Self:
        """The authorities' of the area; the institution's own, once it was told."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        told = Q(noticed_at__isnull=False) | Q(urgent_why__gt="")
        mine = Q(organization=acting.organization_id) & told
        return self.filter(mine | acting.organization.area("organization__"))

    def open(self) -> Self:
        """Not decided yet."""
        return self.filter(state__in=OPEN)

    def waiting_for_hearing(self) -> Self:
        """A hearing was asked for and has not been held."""
        asked = self.filter(state=MeasureState.STATED, hearing_asked=True)
        return asked.filter(heard_at__isnull=True)

    def unanswered(self, now: datetime) -> Self:
        """The institution was told, has said nothing, and still may."""
        open_still = Q(statement_until__gt=now) | Q(hearing_until__gte=timezone.localdate(now))
        return self.filter(open_still, state=MeasureState.NOTICED)

    def ripe(self, now: datetime) -> Self:
        """May be decided on, as ``rules.why_not_decide`` says it of one."""
        told = self.filter(state__in=[MeasureState.NOTICED, MeasureState.STATED])
        over = Q(statement_until__lte=now, hearing_until__lt=timezone.localdate(now))
        heard = told.filter(Q(hearing_asked=False) | Q(heard_at__isnull=False))
        return heard.filter(over | Q(waived_at__isnull=False))

    def holding(self) -> Self:
        """Decided, and not yet carried out or lifted."""
        return self.filter(state__in=HOLDING)

    def taken(self) -> Self:
        """Decided, and not taken back since: what counts against an institution."""
        return self.filter(decided_at__isnull=False).exclude(state=MeasureState.REVOKED)

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def overdue(self, day: date) -> Self:
        """Orders to correct, talks to hold, whose day is over and nothing came."""
        return self.holding().filter(due_on__lt=day)

    def found_by(self, words: str) -> Self:
        """Whose number, institution or facts contain every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(facts__icontains=word)
            )
        return found


class Measure(Stateful, Sourced):
    """One measure against one institution, from the facts to what came of it.

    ``due_on`` is the day to have corrected by, or to come for a talk. ``suspension`` is what a
    stop rests on, also one ordered at once, before the hearing, for the reason in ``urgent_why``.
    ``statement`` grows with whatever is said until the term ends; ``stated_at`` is the last time.
    ``waived_at`` says that nothing more comes, and that no hearing is wanted.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="measures", verbose_name=_("机构")
    )
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("办理机关")
    )
    kind = models.TextField(_("措施"), choices=MeasureKind)
    facts = models.TextField(_("事实"))
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="+", verbose_name=_("依据"))
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    suspension = models.OneToOneField(Suspension, models.PROTECT, null=True, related_name="measure")
    urgent_why = models.TextField(_("先行暂停的理由"), blank=True)
    noticed_at = models.DateTimeField(null=True)
    statement_until = models.DateTimeField(null=True)
    hearing_until = models.DateField(null=True)
    statement = models.TextField(_("陈述申辩"), blank=True)
    stated_at = models.DateTimeField(null=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    hearing_asked = models.BooleanField(_("要求听证"), default=False)
    waived_at = models.DateTimeField(_("放弃听证，不再补充"), null=True)
    hearing_at = models.DateTimeField(_("听证时间"), null=True)
    hearing_place = models.TextField(_("听证地点"), blank=True)
    heard_at = models.DateTimeField(null=True)
    hearing_account = models.TextField(_("听证情况"), blank=True)
    decide_by = models.DateTimeField(_("决定时限"), null=True)
    decision = models.TextField(_("决定"), blank=True)
    weighed = models.TextField(_("陈述申辩采纳情况"), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    due_on = models.DateField(_("期限"), null=True)
    place = models.TextField(_("约谈地点"), blank=True)
    served_how = models.TextField(_("送达方式"), choices=ServedHow, blank=True)
    served_at = models.DateTimeField(null=True)
    outcome = models.TextField(_("执行结果"), blank=True)
    ended_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    state = models.TextField(choices=MeasureState, default=MeasureState.DRAFT, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", MeasureState, name="measure_state_known"),
            known("kind", MeasureKind, name="measure_kind_known"),
            models.CheckConstraint(
                condition=Q(served_how__in=["", *ServedHow.values]), name="measure_served_how_known"
            ),
            both_or_neither("noticed_at", "statement_until", name="measure_told_with_a_term"),
            both_or_neither("stated_at", "stated_by", name="measure_stated_by_somebody"),
            both_or_neither("decided_at", "decided_by", name="measure_decided_by_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=[MeasureState.DRAFT, MeasureState.DROPPED])
                | Q(noticed_at__isnull=False),
                name="measure_nobody_is_judged_untold",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN, MeasureState.DROPPED]) | Q(decided_at__isnull=False),
                name="measure_holds_by_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("drafted_by")),
                name="measure_accuser_is_no_judge",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeasureKind.SUSPEND) | Q(suspension__isnull=True, urgent_why=""),
                name="measure_only_a_stop_suspends",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-drafted_at"], name="measure_of_an_institution"),
        ]

    @property
    def words_until(self) -> datetime | None:
        """The end of the term for statements and for asking for a hearing, whichever is later."""
        if self.statement_until is None or self.hearing_until is None:
            return self.statement_until
        return rules.term_ends(timezone.localtime(self.statement_until), self.hearing_until)

    @property
    def last_day(self) -> date | None:
        """The last day on which something may be said."""
        if self.words_until is None:
            return None
        return timezone.localdate(self.words_until - timedelta(microseconds=1))

    @property
    def listening(self) -> bool:
        """May the institution speak, or ask for a hearing?"""
        told = self.state in {MeasureState.NOTICED, MeasureState.STATED}
        return told and self.words_until is not None and timezone.now() < self.words_until

    @property
    def told(self) -> Organization | None:
        """The institution, once it was told: only then what happens stands in its own record."""
        return self.organization if self.noticed_at or self.urgent_why else None

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:measure", args=[self.pk])


class MeasurePaper(models.Model):
    """A paper of a measure: of the authority, or of the institution with its statement."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="papers")
    kind = models.TextField(_("种类"), choices=PaperKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [known("kind", PaperKind, name="measure_paper_kind_known")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
