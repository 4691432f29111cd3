"""Help an institution gave to a county: people trained, practice bases built."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.assistance.models.pairing import CountyQuerySet, Pairing, in_area
from zhupei.classes.models import TrainingClass
from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import ASSIGNED, Division, Organization


class HelpKind(models.TextChoices):
    TRAINING = "training", _("培训帮扶")
    BASE = "base", _("建立实训基地")


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待确认")
    RETURNED = "returned", _("退回补充")
    CONFIRMED = "confirmed", _("已确认")
    REVOKED = "revoked", _("已撤销确认")
    CANCELLED = "cancelled", _("已取消")


OPEN_TO_CHANGE = (State.DRAFT, State.RETURNED)
OWN_BUSINESS = (State.DRAFT, State.CANCELLED)


class AssistanceQuerySet(CountyQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The institution's own; once handed in, those of the authorities at either end."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        here = acting.organization
        overseen = here.area("organization__") | in_area(here, "county")
        handed_in = Q(number__isnull=False)
        return self.filter(Q(organization=here.pk) | (overseen & handed_in))

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def to_confirm(self, authority: Organization) -> Self:
        """Those the authority of the county has to look at, the oldest first."""
        here = in_area(authority, "county")
        return self.filter(here, state=State.SUBMITTED).order_by("due_at", "pk")

    def confirmed(self, year: int | None = None) -> Self:
        """What counts, of one year or of all."""
        rows = self.filter(state=State.CONFIRMED)
        return rows if year is None else rows.ended_in(year)

    def ended_in(self, year: int) -> Self:
        """What counts for a year; the same as ``rules.counted_in``."""
        return self.filter(ended_on__year=year)

    def paired(self) -> Self:
        """Help to a county the institution was paired with on the last day of it."""
        held = Pairing.objects.filter(
            Q(until__isnull=True) | Q(until__gte=OuterRef("ended_on")),
            organization=OuterRef("organization"),
            county=OuterRef("county"),
            since__lte=OuterRef("ended_on"),
        )
        return self.filter(Exists(held))

    def figures(self) -> dict[str, int]:
        """Person-times trained, bases built, counties helped."""
        said = self.aggregate(**FIGURES)
        return {name: value or 0 for name, value in said.items()}

    def by_organization(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """The same for each institution, the most person-times first."""
        grouped = self.order_by().values("organization", name=F("organization__name"))
        ordered = F("person_times").desc(nulls_last=True)
        rows: Any = grouped.annotate(**FIGURES).order_by(ordered, "name")
        return rows  # type: ignore[no-any-return]  # of values, which the stub does not follow

    def found_by_words(self, words: str) -> Self:
        """Whose number, title, institution or county contains every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(title__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(county__name__icontains=word)
            )
        return found


class Assistance(Stateful):
    """One piece of help to one county.

    Of a ``training_class`` the person-times are those the roll knows; without one they are
    ``typed`` and rest on evidence. ``person_times`` is what was confirmed.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="assistance", verbose_name=_("培训机构")
    )
    kind = models.TextField(_("帮扶方式"), choices=HelpKind)
    county = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("受援县市")
    )
    title = models.TextField(_("名称"))
    story = models.TextField(_("做了什么"))
    started_on = models.DateField(_("开始日期"))
    ended_on = models.DateField(_("完成日期"))
    training_class = models.ForeignKey(
        TrainingClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistance",
        verbose_name=_("对应的班级"),
    )
    typed = models.PositiveIntegerField(_("培训人次"), null=True, blank=True)
    stations = models.PositiveIntegerField(_("工位数"), null=True, blank=True)
    address = models.TextField(_("基地地址"), blank=True)
    person_times = models.PositiveIntegerField(_("确认人次"), null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(_("确认期限"), null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    authority = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("确认部门"),
    )
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", State, name="assistance_state_known"),
            known("kind", HelpKind, name="assistance_kind_known"),
            in_order("started_on", "ended_on", name="assistance_ends_after_it_begins"),
            models.UniqueConstraint(
                "training_class",
                condition=~Q(state__in=[State.CANCELLED, State.REVOKED]),
                name="assistance_class_once",
                violation_error_message=_("这个班级已经报过一次帮扶。"),
            ),
            models.CheckConstraint(
                condition=Q(kind=HelpKind.TRAINING)
                | Q(training_class__isnull=True, typed__isnull=True),
                name="assistance_people_only_of_training",
            ),
            models.CheckConstraint(
                condition=~Q(training_class__isnull=False, typed__isnull=False),
                name="assistance_counted_one_way",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(state__in=OWN_BUSINESS),
                name="assistance_in_the_world_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CONFIRMED)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    authority__isnull=False,
                ),
                name="assistance_confirmed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "ended_on"], name="assistance_by_year"),
            models.Index(fields=["county"], name="assistance_by_county"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assistance:detail", args=[self.pk])

    def counted(self) -> int:
        """The person-times as they are known today: of the roll, or as typed."""
        if self.training_class_id is None:
            return self.typed or 0
        came = Q(attendance__credited_seconds__gt=0)
        assert self.training_class
        return int(self.training_class.enrolments.filter(came).distinct().count())

    def pairing(self, day: date | None = None) -> Pairing | None:
        """The pairing it falls under, if any."""
        held = Pairing.objects.in_force(day or self.ended_on)
        found: Pairing | None = held.filter(
            organization=self.organization_id, county=self.county_id
        ).first()
        return found


FIGURES = {
    "person_times": Sum("person_times"),
    "bases": Count("pk", filter=Q(kind=HelpKind.BASE)),
    "counties": Count("county", distinct=True),
    "records": Count("pk"),
}


class AssistanceFile(models.Model):
    """Evidence of it: a roster, an agreement, photos."""

    assistance = models.ForeignKey(Assistance, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("assistance", "file", name="assistance_file_once")]

    def __str__(self) -> str:
        return self.file.name
