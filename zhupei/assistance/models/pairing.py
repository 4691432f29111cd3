"""Which institution helps which county: 对口."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order
from zhupei.organizations.models import ASSIGNED, Division, Kind, Level, Organization


def counties() -> QuerySet[Division]:
    """The counties of today that lie in a prefecture."""
    here = Division.objects.on(timezone.localdate())
    return here.filter(level=Level.COUNTY, parent__level=Level.PREFECTURE).select_related("parent")


def in_area(authority: Organization, path: str) -> Q:
    """The condition "the county at ``path`` lies in the area of this authority"."""
    if authority.kind == Kind.REGION_AUTHORITY:
        return Q(pk__isnull=False)
    if authority.kind == Kind.PREFECTURE_AUTHORITY:
        return Q(**{f"{path}__parent": authority.prefecture_id})
    if authority.kind == Kind.COUNTY_AUTHORITY:
        return Q(**{path: authority.division_id})
    return Q(pk__in=[])


class CountyQuerySet(models.QuerySet[Any]):
    """Rows of an ``organization`` that have to do with a ``county``."""

    def visible_to(self, user: Any) -> Self:
        """The institution's own, and those of the authorities at either end."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        here = acting.organization
        overseen = here.area("organization__") | in_area(here, "county")
        return self.filter(Q(organization=here.pk) | overseen)


class PairingQuerySet(CountyQuerySet):
    def in_force(self, day: date) -> Self:
        """Those that hold on ``day``; the same as ``rules.is_paired``."""
        lasting = Q(until__isnull=True) | Q(until__gte=day)
        return self.filter(lasting, since__lte=day)


class Pairing(models.Model):
    """An institution is to help a county, from a day on, perhaps until a day."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="pairings", verbose_name=_("培训机构")
    )
    county = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("对口县市")
    )
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)
    ground = models.TextField(_("依据的文件或会议"))
    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("指定部门")
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            in_order("since", "until", name="pairing_ends_after_it_begins"),
            models.UniqueConstraint(
                "organization", "county", condition=Q(until__isnull=True), name="pairing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.county}"
