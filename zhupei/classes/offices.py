"""Who has to be told of what happens to a class."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhupei.classes.models import TrainingClass
from zhupei.organizations.models import Kind, Role
from zhupei.people.models import User


def registrars(training_class: TrainingClass) -> QuerySet[User]:
    """Those who plan the institution's classes."""
    return _holding(Role.REGISTRAR, Q(memberships__organization=training_class.organization_id))


def reviewers(training_class: TrainingClass) -> QuerySet[User]:
    """Those who review for the authority of the place where the class is held."""
    bureau = Q(
        memberships__organization__kind=Kind.PREFECTURE_AUTHORITY,
        memberships__organization__prefecture=training_class.prefecture_id,
    )
    return _holding(Role.REVIEWER, bureau)


def regulators() -> QuerySet[User]:
    """Those who regulate for the region."""
    return _holding(Role.REGULATOR, Q(memberships__organization__kind=Kind.REGION_AUTHORITY))


def learners(training_class: TrainingClass) -> QuerySet[User]:
    """The accounts of those enrolled now."""
    return User.objects.filter(
        person__enrolments__training_class=training_class, person__enrolments__state="enrolled"
    ).distinct()


def _holding(role: Role, where: Q) -> QuerySet[User]:
    lasting = Q(memberships__until__isnull=True) | Q(memberships__until__gte=timezone.localdate())
    return User.objects.filter(where & lasting, memberships__role=role, is_active=True).distinct()
