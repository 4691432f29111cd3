"""Who the institutions and authorities are, where, and which people act for them."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.parameters import setting
from zhupei.organizations.parameters import RECUSAL_YEARS
from zhupei.organizations.rules import years_later


class Level(models.TextChoices):
    REGION = "region", _("自治区")
    PREFECTURE = "prefecture", _("地州市")
    COUNTY = "county", _("县市区")


class DivisionQuerySet(models.QuerySet["Division"]):
    def prefectures(self) -> Self:
        """The 14 side by side. 659000 is a container of cities, not a prefecture."""
        return self.filter(level=Level.PREFECTURE).order_by("code")

    def on(self, day: date) -> Self:
        """The divisions that exist on ``day``."""
        ended = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(ended, valid_from__lte=day)


class Division(models.Model):
    """An administrative division (GB/T 2260), with the days between which it exists."""

    code = models.CharField(_("代码"), max_length=6, primary_key=True)
    name = models.TextField(_("名称"))
    short_name = models.TextField(_("简称"))
    level = models.TextField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(default=date(2000, 1, 1))
    valid_until = models.DateField(null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        constraints = [
            known("level", Level, name="division_level_known"),
            in_order("valid_from", "valid_until", name="division_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    REGION_AUTHORITY = "region_authority", _("自治区住建厅")
    PREFECTURE_AUTHORITY = "prefecture_authority", _("地州市住建局")
    COUNTY_AUTHORITY = "county_authority", _("县市住建局")
    HR = "hr", _("人社部门")
    EDUCATION = "education", _("教育部门")
    ASSOCIATION = "association", _("协会")
    INSTITUTION = "institution", _("培训机构")
    ASSESSMENT_BODY = "assessment_body", _("考核机构")


HELD = ("classes", "sittings", "sessions")
"""What a body holds at a place, by the names the floors above give it; what has a number was
approved or notified.
"""

AUTHORITIES = {Kind.REGION_AUTHORITY, Kind.PREFECTURE_AUTHORITY, Kind.COUNTY_AUTHORITY}


def channel() -> dict[str, Subquery]:
    """Where people complain, as columns of rows with a prefecture: ``bureau``, ``bureau_phone`` and
    ``bureau_hours``.

    Source: Measures, art. 24 (complaints go to the authority of the place).
    """
    here = Organization.objects.bureaus().filter(prefecture=OuterRef("prefecture"))
    names = {"bureau": "name", "bureau_phone": "complaint_phone", "bureau_hours": "complaint_hours"}
    return {column: Subquery(here.values(name)[:1]) for column, name in names.items()}


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: Any, *, visiting: bool = False) -> Self:
        """Their own organization, and those in the area their authority oversees; for HR
        departments the institutions of their prefecture, which they supervise as well. With
        ``visiting`` also those from elsewhere that hold something there (``reach``).

        Source: Measures, art. 10.
        """
        acting = user.acting if user.is_authenticated else None
        if acting is None:
            return self.none()
        here = acting.organization
        seen = here.reach() if visiting else here.area("")
        if here.kind == Kind.HR:
            seen = Q(kind=Kind.INSTITUTION, prefecture=here.prefecture_id)
        return self.filter(Q(pk=here.pk) | seen).distinct()

    def public(self) -> Self:
        """The institutions: who trains is public (建人〔2019〕9号, the list is published)."""
        return self.filter(kind=Kind.INSTITUTION)

    def with_bureau(self) -> Self:
        """Adds where people complain about it."""
        return self.annotate(**channel())

    def bureaus(self) -> Self:
        """The prefectures' bureaus; their complaint channels are public (Measures, art. 24)."""
        return self.filter(kind=Kind.PREFECTURE_AUTHORITY)


class Organization(models.Model):
    """A body that people act for. ``prefecture`` is None only for region-wide bodies."""

    name = models.TextField(_("名称"), unique=True)
    short_name = models.TextField(_("简称"), blank=True)
    kind = models.TextField(choices=Kind)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    prefecture = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+"
    )
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    complaint_phone = models.TextField(_("投诉电话"), blank=True)
    complaint_hours = models.TextField(_("投诉受理时间"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", Kind, name="organization_kind_known"),
            models.UniqueConstraint(
                "uscc",
                condition=~Q(uscc=""),
                name="organization_uscc_once",
                violation_error_message=_("这个统一社会信用代码已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(prefecture__isnull=False)
                | ~Q(kind__in=[Kind.PREFECTURE_AUTHORITY, Kind.COUNTY_AUTHORITY, Kind.INSTITUTION]),
                name="organization_has_a_prefecture",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def area(self, path: str) -> Q:
        """The condition "lies in the area this authority oversees" on rows whose place is at
        ``path`` ("" for an organization itself, "organization__" for what one owns).

        Bodies that oversee nothing get a condition that no row meets.
        """
        if self.kind == Kind.REGION_AUTHORITY:
            return Q(pk__isnull=False)  # an empty Q would vanish from "mine or in my area"
        if self.kind == Kind.PREFECTURE_AUTHORITY:
            return Q(**{f"{path}prefecture": self.prefecture_id})
        if self.kind == Kind.COUNTY_AUTHORITY:
            return Q(**{f"{path}division": self.division_id})
        return Q(pk__in=[])

    def reach(self) -> Q:
        """The condition "lies within the reach of this authority" on organizations: those of its
        area; for a prefecture those as well that hold a class, a sitting or a practical exam there.

        Source: Measures, art. 10 (who trains elsewhere is supervised there) and art. 19 (exams are
        supervised where they are held).
        """
        found = self.area("")
        if self.kind != Kind.PREFECTURE_AUTHORITY:
            return found
        for held in HELD:
            there = {f"{held}__prefecture": self.prefecture_id, f"{held}__number__isnull": False}
            found |= Q(pk__in=Organization.objects.filter(**there).values("pk"))
        return found


class Role(models.TextChoices):
    """The word stored in the database. What a role may do is in each app's access.py."""

    REGULATOR = "regulator", _("厅管理员")
    REVIEWER = "reviewer", _("审核员")
    REGISTRAR = "registrar", _("教务员")
    TEACHER = "teacher", _("教师")
    EXAMINER = "examiner", _("考务员")
    INVIGILATOR = "invigilator", _("监考员")
    ASSESSOR = "assessor", _("考评员")
    EXPERT = "expert", _("题库专家")
    INSPECTOR = "inspector", _("检查员")


OFFICERS = frozenset({Role.REGULATOR, Role.REVIEWER, Role.REGISTRAR, Role.EXAMINER})
"""Who does the work of their body; the others are assigned single lessons, sittings or items."""

ASSIGNED = frozenset({Role.INVIGILATOR, Role.ASSESSOR, Role.INSPECTOR})
"""Who sees of their body's work only what they are called to."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> Self:
        """Those of one's own body, for whoever does its work; the region's regulators see all."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        if acting.role == Role.REGULATOR and acting.organization.kind == Kind.REGION_AUTHORITY:
            return self
        return self.filter(organization=acting.organization_id)

    def in_force(self, day: date) -> Self:
        """Those that may be worn on ``day``."""
        return self.not_over(day).filter(since__lte=day)

    def not_over(self, day: date) -> Self:
        """Those worn on ``day`` or after it."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))


class Membership(models.Model):
    """One person holding one role in one organization, from a day on, perhaps until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    role = models.TextField(choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "organization", "role", name="membership_once"),
            known("role", Role, name="membership_role_known"),
            in_order("since", "until", name="membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_role_display()}"


class InterestKind(models.TextChoices):
    EMPLOYED = "employed", _("曾任职或兼职")
    OWNER = "owner", _("出资或持股")
    RELATIVE = "relative", _("近亲属在该单位")
    OTHER = "other", _("其他可能影响公正的关系")


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; those of the people whose memberships one sees."""
        seen = Membership.objects.visible_to(user).values("user")
        return self.filter(Q(user=user.pk) | Q(user__in=seen))

    def between(
        self, users: Collection[int], organizations: Collection[int], day: date
    ) -> set[tuple[int, int]]:
        """Which of these people must stay away from which of these bodies on ``day``: (user's
        key, organization's key). What they declared counts, and so does acting for the body, both
        until ``organizations.recusal_years`` after it ended.

        Source: Measures, art. 14 (双随机、一公开; whoever has an interest stays away).
        """
        since = years_later(day, -int(setting(RECUSAL_YEARS).value))
        pairs: set[tuple[int, int]] = set()
        for rows in (self.all(), Membership.objects.all()):
            met = rows.filter(user__in=users, organization__in=organizations, since__lte=day)
            recent = met.filter(Q(until__isnull=True) | Q(until__gte=since))
            pairs.update(recent.values_list("user", "organization"))
        return pairs

    def bodies_of(self, user: int, day: date) -> set[int]:
        """Which bodies one person must stay away from on ``day``, in one question as a rule: how
        long a tie lasts after its end is asked only of those that have ended.
        """
        declared, worn = (
            rows.filter(user=user, since__lte=day).values_list("organization", "until").order_by()
            for rows in (self.all(), Membership.objects.all())
        )
        found = list(declared.union(worn, all=True))
        lasting = {body for body, until in found if until is None or until >= day}
        ended = {body for body, until in found if until is not None and until < day} - lasting
        if not ended:
            return lasting
        return lasting | {body for _user, body in self.between([user], ended, day)}


class Interest(models.Model):
    """A tie between an official and a body that they declared; it keeps them from judging it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("单位")
    )
    kind = models.TextField(_("关系"), choices=InterestKind)
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "organization", "kind", name="interest_once"),
            known("kind", InterestKind, name="interest_kind_known"),
            in_order("since", "until", name="interest_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization}"
