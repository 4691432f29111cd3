"""Which departments determine together, and the people to tell."""

from django.db.models import QuerySet

from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User
from zhupei.venues.models import Designation


def housing(prefecture: str) -> Organization | None:
    """The housing bureau of a prefecture."""
    known = Organization.objects.filter(kind=Kind.PREFECTURE_AUTHORITY, prefecture=prefecture)
    return known.order_by("pk").first()


def hr(prefecture: str) -> Organization | None:
    """The HR department of a prefecture, its own before one of its counties."""
    known = Organization.objects.filter(kind=Kind.HR, prefecture=prefecture)
    return known.order_by("division", "pk").first()


def officers(department: Organization) -> QuerySet[User]:
    """Those who sign for a department."""
    return holders(Role.REVIEWER, Organization.objects.filter(pk=department.pk))


def examiners(organization: Organization) -> QuerySet[User]:
    """Those who plan for an assessment body."""
    return holders(Role.EXAMINER, Organization.objects.filter(pk=organization.pk))


def other(designation: Designation, department: Organization) -> Organization:
    """The department beside this one."""
    return designation.hr if department == designation.housing else designation.housing
