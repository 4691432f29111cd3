"""What is held against an institution, its principal or its organizer, from when to when.

Source: Measures, art. 14 and 23; Private Education Regulations, art. 47 (credit files of schools,
practice credit of organizers and principals).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.sources import Sourced, SourcedQuerySet
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import OFFICERS, Kind, Organization


class Seriousness(models.TextChoices):
    MINOR = "minor", _("轻微")
    ORDINARY = "ordinary", _("一般")
    SERIOUS = "serious", _("严重")


class About(models.TextChoices):
    INSTITUTION = "institution", _("机构")
    PRINCIPAL = "principal", _("校长（负责人）")
    ORGANIZER = "organizer", _("举办者")


class RecordState(models.TextChoices):
    IN_FORCE = "in_force", _("有效")
    REPAIRED = "repaired", _("已修复")
    EXPIRED = "expired", _("期满停止")
    WITHDRAWN = "withdrawn", _("已撤销")


def seen_by(user: Any, path: str) -> Q | None:
    """The condition "may be seen" on rows whose institution is at ``path`` (``"record__"``, or
    ``""``): its own officers', the authorities' of the area, its HR department's. None: nothing.
    """
    acting = getattr(user, "acting", None)
    if acting is None or acting.role not in OFFICERS:
        return None
    here = acting.organization
    seen: Q = here.area(f"{path}organization__")
    if here.kind == Kind.HR:
        seen = Q(**{f"{path}organization__prefecture": here.prefecture_id})
    own: Q = Q(**{f"{path}organization": here.pk})
    return own | seen


class CreditRecordQuerySet(SourcedQuerySet["CreditRecord"]):
    def visible_to(self, user: Any) -> Self:
        seen = seen_by(user, "")
        return self.none() if seen is None else self.filter(seen)

    def public(self) -> Self:
        """What anybody may read today, and not a day longer."""
        return self.published(timezone.localdate())

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def in_use(self, day: date) -> Self:
        """Those held against somebody on ``day``, shown to the public or not. It does not wait
        for the job that closes them.
        """
        still = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.filter(still, entered_on__lte=day, longest_until__gte=day)

    def published(self, day: date) -> Self:
        """Those the public can read on ``day``."""
        return self.in_use(day).filter(shown=True)

    def run_out(self, day: date) -> Self:
        """Still in force, though their longest term was over before ``day``."""
        return self.filter(state=RecordState.IN_FORCE, longest_until__lt=day)

    def resting_on(self, sources: Iterable[str]) -> Self:
        """Those in force that came from these rows and fall with them."""
        return self.filter(state=RecordState.IN_FORCE, source__in=sources).order_by("pk")

    def repairable(self, day: date) -> Self:
        """In use, their shortest term over, and nobody has asked yet."""
        ripe = self.in_use(day).filter(state=RecordState.IN_FORCE, shortest_until__lt=day)
        return ripe.exclude(repairs__state="filed")

    def counts(self, organizations: Iterable[Organization], day: date) -> dict[int, int]:
        """How many records are in use on ``day``, by institution; none: not in it."""
        rows = self.in_use(day).filter(organization__in=organizations).order_by()
        return dict(
            rows.values_list("organization")
            .annotate(n=models.Count("pk"))
            .values_list("organization", "n")
        )

    def with_open_cases(self) -> Self:
        """With ``repairing`` and ``objected``: is somebody asked to decide on it?"""
        from zhupei.credit.models.cases import Objection, Repair  # noqa: PLC0415 - they point here

        return self.annotate(
            repairing=Exists(Repair.objects.open().filter(record=OuterRef("pk"))),
            objected=Exists(Objection.objects.open().filter(record=OuterRef("pk"))),
        )

    def found_by(self, words: str) -> Self:
        """Whose number, institution or ground contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(ground__icontains=word)
            )
        return found


class CreditRecord(Stateful, Sourced):
    """One entry of a credit file.

    ``authority`` decided it and repairs it. ``shortest_until`` and ``longest_until`` are the last
    days of both terms, counted from ``decided_on``. ``shown``: the public reads it while it is in
    use; a minor one only for a reason that is written down.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="credit_records", verbose_name=_("机构")
    )
    about = models.TextField(_("记在谁名下"), choices=About, default=About.INSTITUTION)
    person_name = models.TextField(_("当事人姓名"), blank=True)
    seriousness = models.TextField(_("程度"), choices=Seriousness)
    ground = models.TextField(_("事由"))
    law = models.TextField(_("依据"))
    paper = models.TextField(_("文书号"), blank=True)
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("认定单位")
    )
    decided_on = models.DateField(_("认定日期"))
    shortest_until = models.DateField(_("最短期限到"))
    longest_until = models.DateField(_("最长期限到"))
    shown = models.BooleanField(_("向社会公示"))
    shown_why = models.TextField(_("公示轻微记录的理由"), blank=True)
    entered_on = models.DateField(_("登记日期"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_on = models.DateField(_("停止日期"), null=True)
    state = models.TextField(choices=RecordState, default=RecordState.IN_FORCE, editable=False)

    objects = CreditRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", RecordState, name="credit_record_state_known"),
            known("seriousness", Seriousness, name="credit_record_seriousness_known"),
            known("about", About, name="credit_record_about_known"),
            models.CheckConstraint(
                condition=Q(about=About.INSTITUTION, person_name="")
                | (~Q(about=About.INSTITUTION) & ~Q(person_name="")),
                name="credit_record_names_the_person_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(state=RecordState.IN_FORCE) | Q(ended_on__isnull=False),
                name="credit_record_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(seriousness=Seriousness.MINOR, shown=True, shown_why=""),
                name="credit_record_minor_is_shown_for_a_reason",
            ),
            in_order("decided_on", "shortest_until", name="credit_record_shortest_after_decision"),
            in_order(
                "shortest_until", "longest_until", name="credit_record_longest_after_shortest"
            ),
            in_order("decided_on", "entered_on", name="credit_record_entered_after_decision"),
            models.UniqueConstraint(
                "source",
                "about",
                "person_name",
                condition=~Q(source="") & ~Q(state=RecordState.WITHDRAWN),
                name="credit_record_once_from_a_source",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-decided_on"], name="credit_record_of_somebody"),
            models.Index(
                fields=["longest_until"],
                condition=Q(state=RecordState.IN_FORCE),
                name="credit_record_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("credit:record", args=[self.pk])

    def is_in_use(self, day: date) -> bool:
        """What ``in_use`` asks of many."""
        running = self.entered_on <= day <= self.longest_until
        return running and (self.ended_on is None or self.ended_on > day)
