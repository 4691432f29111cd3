"""Which bodies have to do with a filing, and the people to tell there."""

from django.db.models import Q, QuerySet

from zhupei.filings.models import Filing
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


def department(prefecture: str) -> Organization | None:
    """The HR department that takes filings there: the prefecture's own before one of its counties.

    Source: Measures, art. 10.
    """
    known = Organization.objects.filter(kind=Kind.HR, prefecture=prefecture)
    return known.order_by("division", "pk").first()


def officers(filing: Filing) -> QuerySet[User]:
    """Those who decide for the HR department of the place."""
    bodies = Organization.objects.filter(kind=Kind.HR, prefecture=filing.prefecture_id)
    return holders(Role.REVIEWER, bodies)


def registrars(filing: Filing) -> QuerySet[User]:
    """Those who file for the institution."""
    own = Organization.objects.filter(pk=filing.organization_id)
    return holders(Role.REGISTRAR, own)


def copied(filing: Filing) -> QuerySet[Organization]:
    """Who is to get a copy: housing at both ends, education at the place.

    Source: Measures, art. 10.
    """
    ends = [filing.prefecture_id, filing.organization.prefecture_id]
    housing = Q(kind=Kind.PREFECTURE_AUTHORITY, prefecture__in=ends)
    education = Q(kind=Kind.EDUCATION, prefecture=filing.prefecture_id)
    return Organization.objects.filter(housing | education).order_by("kind", "prefecture", "pk")


def readers(filing: Filing) -> QuerySet[User]:
    """The people of the bodies that got a copy."""
    bodies = Organization.objects.filter(pk__in=filing.copies.values("organization"))
    return holders(Role.REVIEWER, bodies)
