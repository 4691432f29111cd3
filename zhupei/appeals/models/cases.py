"""Cases of misconduct 违纪案件: from the facts to a decision, the person heard before it."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.models.exams import exam_of, overseen, own, person_of
from zhupei.appeals.rules import Breach
from zhupei.core.constraints import known, one_of
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Candidate
from zhupei.organizations.models import OFFICERS
from zhupei.people.models import Person
from zhupei.practical.models import Exam, Turn


class CaseState(models.TextChoices):
    OPENED = "opened", _("调查中")
    NOTICED = "noticed", _("已告知，待陈述申辩")
    STATED = "stated", _("已陈述申辩，待决定")
    DECIDED = "decided", _("已处理")
    DROPPED = "dropped", _("已撤销")


class BreachChoices(models.TextChoices):
    ORDER = Breach.ORDER.value, _("不按规定就座、不听提醒等（第六条）")
    CHEATING = Breach.CHEATING.value, _("抄袭、传递、违规电子用品、散布试题等（第七条）")
    GRAVE = Breach.GRAVE.value, _("替考、串通或有组织作弊等（第八条）")
    DISRUPTION = Breach.DISRUPTION.value, _("扰乱考场秩序（第九条）")
    FALSE_PAPERS = Breach.FALSE_PAPERS.value, _("以虚假材料取得资格（第十条）")
    ALIKE = Breach.ALIKE.value, _("答案雷同（第十一条）")


class MisconductQuerySet(models.QuerySet["Misconduct"]):
    def visible_to(self, user: Any) -> Self:
        """For officers those of the exams they may see; to the person, once they were told."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            told = ~Q(state=CaseState.OPENED) & Q(noticed_at__isnull=False)
            return self.filter(told, own(user, "candidate__person"))
        if user.acting.role not in OFFICERS:
            return self.none()
        return self.filter(overseen(user, "candidate__sitting"))

    def open(self) -> Self:
        return self.exclude(state__in=[CaseState.DECIDED, CaseState.DROPPED])

    def ripe(self, now: datetime) -> Self:
        """May be decided on: the term is over, or the person said that no more comes."""
        told = self.filter(state__in=[CaseState.NOTICED, CaseState.STATED])
        return told.filter(Q(waived_at__isnull=False) | Q(statement_until__lt=now))

    def with_exam(self) -> Self:
        """With whom it is about, and the exam."""
        return self.select_related(
            "candidate__person",
            "candidate__sitting__organization",
            "turn__person",
            "turn__session__organization",
        )

    def on_record(self, day: date) -> Self:
        """Decided, and held against the person on that day still."""
        held = Q(kept_until__isnull=True) | Q(kept_until__gte=day)
        return self.filter(held, state=CaseState.DECIDED, kept=True)

    def of_people(self, people: Any) -> Self:
        """About one of these persons, in theory or practice."""
        return self.filter(Q(candidate__person__in=people) | Q(turn__person__in=people))

    def standing(self) -> Self:
        """Decided or on the way to it: all but those that came to nothing."""
        return self.exclude(state=CaseState.DROPPED)


class Misconduct(Stateful):
    """What somebody is said to have done in a sitting, or in their turn of a practical exam.

    ``facts`` and ``breach`` are what the person is told; ``statement`` what they say to it, until
    the term ends or they say (``waived_at``) that no more comes.
    ``kept_until`` is the last day of a record; ``kept`` without a day: without end.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="cases")
    turn = models.ForeignKey(Turn, models.PROTECT, null=True, related_name="cases")
    breach = models.TextField(_("类别"), choices=BreachChoices)
    facts = models.TextField(_("事实"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    noticed_at = models.DateTimeField(null=True)
    statement_until = models.DateTimeField(null=True)
    statement = models.TextField(_("陈述申辩"), blank=True)
    stated_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(_("不再补充"), null=True)
    decision = models.TextField(_("处理决定"), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    kept = models.BooleanField(default=False)
    kept_until = models.DateField(null=True)
    state = models.TextField(choices=CaseState, default=CaseState.OPENED, editable=False)

    objects = MisconductQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("candidate", "turn", name="case_about_one_exam"),
            known("state", CaseState, name="case_state_known"),
            known("breach", BreachChoices, name="case_breach_known"),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.OPENED, CaseState.DROPPED])
                | Q(noticed_at__isnull=False, statement_until__isnull=False),
                name="case_nobody_is_judged_untold",
            ),
            models.CheckConstraint(
                condition=Q(kept=True) | Q(kept_until__isnull=True), name="case_kept_until_a_day"
            ),
        ]

    @property
    def listening(self) -> bool:
        """May the person speak?"""
        told = self.state in {CaseState.NOTICED, CaseState.STATED}
        until = self.statement_until
        return told and until is not None and timezone.now() <= until

    def __str__(self) -> str:
        return str(self.about)

    @property
    def about(self) -> Candidate | Turn:
        """The seat or the turn."""
        found = self.candidate or self.turn
        assert found, "a constraint says so"
        return found

    @property
    def person(self) -> Person:
        return person_of(self.about)

    @property
    def exam(self) -> Exam:
        return exam_of(self.about)


class CaseEvidence(models.Model):
    """A paper or picture of a case."""

    case = models.ForeignKey(Misconduct, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
