"""Who has to be told of what happens to a teacher."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhupei.organizations.models import Kind, Role
from zhupei.people.models import User
from zhupei.teachers.models import Teacher


def officers() -> QuerySet[User]:
    """Those who review for the association."""
    return _holding(Role.REVIEWER, Q(memberships__organization__kind=Kind.ASSOCIATION))


def regulators() -> QuerySet[User]:
    """Those who regulate for the region."""
    return _holding(Role.REGULATOR, Q(memberships__organization__kind=Kind.REGION_AUTHORITY))


def registrars(organizations: Collection[int]) -> QuerySet[User]:
    """The offices of these institutions."""
    return _holding(Role.REGISTRAR, Q(memberships__organization__in=organizations))


def themself(teacher: Teacher) -> QuerySet[User]:
    """The account of the teacher, if they have one."""
    return User.objects.filter(person=teacher.person_id, is_active=True)


def submitters(teacher: Teacher) -> list[User]:
    """Whoever handed the teacher in, and the teacher."""
    office = registrars([teacher.proposed_by_id]) if teacher.proposed_by_id else []
    return list({user.pk: user for user in [*office, *themself(teacher)]}.values())


def _holding(role: Role, where: Q) -> QuerySet[User]:
    lasting = Q(memberships__until__isnull=True) | Q(memberships__until__gte=timezone.localdate())
    return User.objects.filter(where & lasting, memberships__role=role, is_active=True).distinct()
