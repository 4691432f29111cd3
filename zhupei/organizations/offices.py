"""Who does the work of a body: the people to tell."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhupei.organizations.models import Kind, Organization, Role
from zhupei.people.models import User


def holders(role: Role, bodies: QuerySet[Organization]) -> QuerySet[User]:
    """The accounts that hold ``role`` in one of ``bodies`` today."""
    today = timezone.localdate()
    lasting = Q(memberships__until__isnull=True) | Q(memberships__until__gte=today)
    return User.objects.filter(
        lasting,
        memberships__role=role,
        memberships__since__lte=today,
        memberships__organization__in=bodies,
        is_active=True,
    ).distinct()


def reviewers(prefecture: Any) -> QuerySet[User]:
    """Those who review for the bureau of a prefecture, told by its key."""
    return holders(Role.REVIEWER, Organization.objects.bureaus().filter(prefecture=prefecture))


def regulators() -> QuerySet[User]:
    """Those who regulate for the region."""
    return holders(Role.REGULATOR, Organization.objects.filter(kind=Kind.REGION_AUTHORITY))
