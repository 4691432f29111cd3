"""Who can be called as an expert, and who can score a local part: what a form offers."""

from django.db.models import QuerySet
from django.utils import timezone

from zhupei.evaluation.models import Evaluation
from zhupei.organizations.models import AUTHORITIES, Interest, Membership, Organization, Role
from zhupei.people.models import User

CAN_REVIEW = (Role.EXPERT, Role.REVIEWER)


def experts(evaluation: Evaluation | None = None) -> QuerySet[User]:
    """Experts and reviewers; for one evaluation without those who have to stay away from it."""
    today = timezone.localdate()
    worn = Membership.objects.in_force(today).filter(role__in=CAN_REVIEW)
    found = User.objects.filter(pk__in=worn.values("user"), is_active=True).order_by("name", "pk")
    if evaluation is None:
        return found
    scoring = worn.filter(organization=evaluation.scorer_id).values("user")
    keys = list(found.values_list("pk", flat=True))
    close = Interest.objects.between(keys, [evaluation.organization_id], today)
    called = evaluation.appointments.values("expert")
    return (
        found.exclude(pk__in=scoring)
        .exclude(pk__in=called)
        .exclude(pk__in={user for user, _body in close})
    )


def scorers() -> QuerySet[Organization]:
    """The authorities of the region and its prefectures."""
    return Organization.objects.filter(kind__in=AUTHORITIES).order_by("kind", "name")
