"""Who has to be told of what happens to an institution."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhupei.organizations.models import Kind, Organization, Role
from zhupei.people.models import User


def registrars(organization: Organization) -> QuerySet[User]:
    """Those who keep the institution's file."""
    return _holding(Role.REGISTRAR, Q(memberships__organization=organization))


def reviewers(organization: Organization) -> QuerySet[User]:
    """Those who review for the authority of its prefecture."""
    bureau = Q(
        memberships__organization__kind=Kind.PREFECTURE_AUTHORITY,
        memberships__organization__prefecture=organization.prefecture_id,
    )
    return _holding(Role.REVIEWER, bureau)


def _holding(role: Role, where: Q) -> QuerySet[User]:
    lasting = Q(memberships__until__isnull=True) | Q(memberships__until__gte=timezone.localdate())
    return User.objects.filter(where & lasting, memberships__role=role, is_active=True).distinct()
