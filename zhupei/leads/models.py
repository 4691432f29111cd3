"""Leads on stand-ins: what the record says that cannot be, put before people to judge.

Nothing follows from a lead by itself. The institution and the learner see none; what becomes of a
confirmed one is another procedure.
"""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import Division, Kind, Organization, Role


class Rule(models.TextChoices):
    """By what something was noticed. Published with its definition (``definitions``)."""

    TWO_PLACES = "two_places", _("同一人在两处")
    IDENTITY = "identity", _("身份核验未通过")
    ONE_DEVICE = "one_device", _("一部手机替多人签到")
    BURST = "burst", _("扎堆签到")
    ROLL_CALL = "roll_call", _("抽点名不符")
    NO_TRACE = "no_trace", _("全勤而无其他记录")


class State(models.TextChoices):
    OPEN = "open", _("待判断")
    CONFIRMED = "confirmed", _("线索成立")
    DISMISSED = "dismissed", _("已排除")


class StandInQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, user: Any) -> Self:
        """The bureaus of the places it is about, and the region; nobody else ever."""
        acting = getattr(user, "acting", None)
        if not acting or acting.role not in {Role.REVIEWER, Role.REGULATOR}:
            return self.none()
        here = acting.organization
        if here.kind == Kind.REGION_AUTHORITY:
            return self
        if here.kind != Kind.PREFECTURE_AUTHORITY:
            return self.none()
        places = LeadPlace.objects.filter(lead=OuterRef("pk"), prefecture=here.prefecture_id)
        return self.filter(Exists(places))

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def confirmed(self) -> Self:
        """Those a person found to be right."""
        return self.filter(state=State.CONFIRMED)

    def of(self, organization: Organization) -> Self:
        """Those that concern a body, alone or with others."""
        places = LeadPlace.objects.filter(lead=OuterRef("pk"), organization=organization.pk)
        return self.filter(Exists(places))

    def tally(self) -> dict[str, dict[str, int]]:
        """How many there are, by rule and state."""
        found: dict[str, dict[str, int]] = {}
        for row in self.order_by().values("rule", "state").annotate(n=Count("pk")):
            found.setdefault(row["rule"], {})[row["state"]] = row["n"]
        return found

    def matching(self, words: str) -> Self:
        """Whose title or body contains ``words``."""
        return self.filter(Q(title__icontains=words) | Q(organization__name__icontains=words))

    def queue(self) -> Self:
        """Those to be judged first, the oldest at the head; then the latest judged."""
        return self.annotate(judged=~Q(state=State.OPEN)).order_by("judged", "found_at", "pk")

    def stale(self, days: int) -> Self:
        """Dismissed so long ago that the people in it should be forgotten."""
        bound = timezone.now() - timedelta(days=days)
        return self.filter(state=State.DISMISSED, judged_at__lt=bound, forgotten_at=None)


class Lead(Stateful):
    """One thing the record says that cannot be, or hardly.

    ``key`` names the facts it rests on, so that the same facts give one lead however often they
    are searched. ``organization`` is the body it is mostly about. ``evidence``: rows as they were
    when it was found (``finders.Row``); ``figures``: what the rule used, with its source.
    """

    rule = models.TextField(_("规则"), choices=Rule)
    key = models.CharField(max_length=100)
    title = models.TextField(_("线索"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="leads")
    happened_on = models.DateField(_("发生日期"))
    evidence = models.JSONField()
    figures = models.JSONField()
    found_at = models.DateTimeField()
    state = models.TextField(choices=State, default=State.OPEN, editable=False)
    note = models.TextField(_("理由"), blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True)

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints = [
            known("rule", Rule, name="leads_rule_known"),
            known("state", State, name="leads_state_known"),
            models.UniqueConstraint("rule", "key", name="leads_once_for_the_same_facts"),
            both_or_neither("judged_at", "judged_by", name="leads_judged_by_somebody"),
        ]
        indexes = [
            models.Index("found_at", condition=Q(state="open"), name="leads_open"),
            models.Index(fields=["organization", "state"], name="leads_by_body"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.pk])


class StandInPlaceQuerySet(models.QuerySet["LeadPlace"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(lead__in=Lead.objects.visible_to(user))


class LeadPlace(models.Model):
    """A body a lead is about, and the prefecture where that happened: whose bureau sees it."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="places")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")

    objects = StandInPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("lead", "organization", "prefecture", name="lead_place_once"),
        ]
        indexes = [models.Index(fields=["prefecture", "lead"], name="lead_place_by_prefecture")]

    def __str__(self) -> str:
        return f"{self.lead} {self.organization}"
