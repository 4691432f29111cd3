"""An order to put findings right by a day (限期整改通知), and the rounds of answers to it."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    Exists,
    F,
    OuterRef,
    Q,
    When,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.corrections.models.findings import Finding
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Organization


class OrderState(models.TextChoices):
    ISSUED = "issued", _("整改中")
    ANSWERED = "answered", _("待核查")
    RETURNED = "returned", _("退回再改")
    CLOSED = "closed", _("已销号")
    WITHDRAWN = "withdrawn", _("已撤回")


AWAITED = (OrderState.ISSUED, OrderState.RETURNED)
"""The institution has to do something."""

LIVE = (*AWAITED, OrderState.ANSWERED)
"""Neither closed nor taken back."""


class Median(Aggregate):
    """The middle value; PostgreSQL interpolates between two."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, user: Any) -> Self:
        """The officers of the institution it was sent to, and of the authorities over its place."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        if acting.organization.kind in AUTHORITIES:
            here = Q(authority=acting.organization_id)
            return self.filter(here | acting.organization.area("organization__"))
        return self.filter(organization=acting.organization_id)

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def by_authority(self, authority: Organization) -> Self:
        return self.filter(authority=authority)

    def issued_in(self, first: date, last: date) -> Self:
        """Those issued from one day to another, both included (Beijing time)."""
        return self.filter(issued_at__date__range=(first, last))

    def standing(self) -> Self:
        """Those that were not taken back: what every figure counts."""
        return self.exclude(state=OrderState.WITHDRAWN)

    def live(self) -> Self:
        """Those still to be closed."""
        return self.filter(state__in=LIVE)

    def awaited(self) -> Self:
        """Those the institution has to answer."""
        return self.filter(state__in=AWAITED)

    def unverified(self) -> Self:
        """Those answered, which the bureau has to look at."""
        return self.filter(state=OrderState.ANSWERED)

    def closed(self) -> Self:
        return self.filter(state=OrderState.CLOSED)

    def overdue(self, when: datetime | None = None) -> Self:
        """Those not answered by the time in force, as of ``when`` (now unless told)."""
        return self.awaited().filter(due_at__lt=when or timezone.now())

    def verification_overdue(self, when: datetime | None = None) -> Self:
        """Those answered which the bureau has not looked at in its own time."""
        return self.unverified().filter(verify_due_at__lt=when or timezone.now())

    def with_lateness(self) -> Self:
        """Adds ``was_late``: was any answer handed in after the time in force then?"""
        late = Round.objects.filter(order=OuterRef("pk"), submitted_at__gt=F("due_at"))
        return self.annotate(was_late=Exists(late))

    def closed_in_time(self) -> Self:
        """Those closed, every answer of which came by the time in force then.

        The same as ``rules.is_in_time``, asked of many.
        """
        return self.closed().with_lateness().filter(was_late=False)

    def found_by_words(self, words: str) -> Self:
        """Whose number, institution or findings contain every word."""
        found = self
        for word in words.split():
            findings = Finding.objects.filter(text__icontains=word, order__isnull=False)
            found = found.filter(
                Q(number__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(pk__in=findings.values("order"))
            )
        return found

    def from_app(self, app: str) -> Self:
        """Those with a finding that came of the rows of one app above."""
        return self.filter(pk__in=Finding.objects.from_app(app).values("order"))

    def with_findings(self) -> Self:
        return self.prefetch_related("findings")

    def most_urgent_first(self) -> Self:
        """Those somebody has to act on by the time they are due, then the newest."""
        waits = Case(When(state__in=AWAITED, then="due_at"), default="verify_due_at")
        first = F("waits_until").asc(nulls_last=True)
        return self.annotate(waits_until=waits).order_by(first, "-issued_at", "-pk")

    def figures(self, when: datetime | None = None) -> dict[str, Any]:
        """What became of these orders. ``share`` is the part of the closed ones closed in time,
        in percent; ``days`` the median from issue to closing. None where nothing was closed.
        """
        moment = when or timezone.now()
        closed = Q(state=OrderState.CLOSED)
        said = (
            self.standing()
            .with_lateness()
            .aggregate(
                issued=Count("pk"),
                live=Count("pk", filter=Q(state__in=LIVE)),
                closed=Count("pk", filter=closed),
                in_time=Count("pk", filter=closed & Q(was_late=False)),
                overdue=Count("pk", filter=Q(state__in=AWAITED, due_at__lt=moment)),
                median=Median(
                    F("closed_at") - F("issued_at"), filter=closed, output_field=DurationField()
                ),
            )
        )
        median = said.pop("median")
        said["days"] = round(median.total_seconds() / 86_400, 1) if median is not None else None
        said["share"] = round(100 * said["in_time"] / said["closed"], 1) if said["closed"] else None
        return said


class Order(Stateful):
    """An order of an authority to an institution, about one or several findings.

    ``due_at`` is the time in force, ``first_due_at`` the one in the letter. ``verify_due_at`` is
    there only while the bureau has to look at an answer.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="correction_orders", verbose_name=_("机构")
    )
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("下达部门")
    )
    issued_at = models.DateTimeField(_("下达时间"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.TextField(_("整改要求"), blank=True)
    first_due_at = models.DateTimeField(_("原定期限"))
    due_at = models.DateTimeField(_("整改期限"))
    verify_due_at = models.DateTimeField(_("核查期限"), null=True, editable=False)
    received_at = models.DateTimeField(_("签收时间"), null=True, editable=False)
    closed_at = models.DateTimeField(_("销号时间"), null=True, editable=False)
    letter = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=OrderState, default=OrderState.ISSUED, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", OrderState, name="order_state_known"),
            in_order("issued_at", "due_at", name="order_due_after_it_was_issued"),
            in_order("first_due_at", "due_at", name="order_due_only_later"),
            models.CheckConstraint(
                condition=~Q(state=OrderState.CLOSED) | Q(closed_at__isnull=False),
                name="order_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=OrderState.ANSWERED) | Q(verify_due_at__isnull=True),
                name="order_verified_while_answered",
            ),
        ]
        indexes = [
            models.Index("due_at", condition=Q(state__in=AWAITED), name="order_awaited"),
            models.Index(
                "verify_due_at",
                condition=Q(state=OrderState.ANSWERED),
                name="order_unverified",
            ),
            models.Index(fields=["organization", "-issued_at"], name="order_by_organization"),
            models.Index(fields=["authority", "-issued_at"], name="order_by_authority"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("corrections:order", args=[self.pk])

    def is_overdue(self, when: datetime) -> bool:
        """Is an answer missing that was due before ``when``?"""
        return self.state in AWAITED and self.due_at < when


class Method(models.TextChoices):
    PAPERS = "papers", _("书面核查")
    ON_SITE = "on_site", _("现场核查")


class RoundQuerySet(models.QuerySet["Round"]):
    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def verified(self) -> Self:
        return self.filter(verified_at__isnull=False)

    def verified_in_time(self) -> Self:
        """Those the bureau looked at by its own time."""
        return self.verified().filter(verified_at__lte=F("verify_due_at"))


class Round(models.Model):
    """One answer to an order as a whole: a draft until submitted, then looked at by the bureau.

    ``due_at`` is the time in force when it was handed in, ``verify_due_at`` that of the bureau.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True, editable=False)
    verify_due_at = models.DateTimeField(null=True, editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    method = models.TextField(_("核查方式"), choices=Method, blank=True)
    visited_on = models.DateField(_("现场核查日期"), null=True)
    note = models.TextField(_("核查意见"), blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("order", "number", name="round_number_once"),
            models.UniqueConstraint(
                "order", condition=Q(submitted_at__isnull=True), name="round_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(method__in=["", *Method.values]), name="round_method_known"
            ),
            both_or_neither("submitted_at", "submitted_by", name="round_submitted_by_somebody"),
            both_or_neither("submitted_at", "due_at", name="round_submitted_with_a_term"),
            both_or_neither("submitted_at", "verify_due_at", name="round_submitted_to_be_verified"),
            both_or_neither("verified_at", "verified_by", name="round_verified_by_somebody"),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(submitted_at__isnull=False),
                name="round_verified_once_submitted",
            ),
            models.CheckConstraint(
                condition=(Q(method=Method.ON_SITE) & Q(visited_on__isnull=False))
                | (~Q(method=Method.ON_SITE) & Q(visited_on__isnull=True)),
                name="round_visited_when_on_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.number}"
