"""Plans whose review takes too long. Nobody approves by silence: people are reminded."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices
from zhupei.classes.actions.shared import tell
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import IN_REVIEW, TrainingClass
from zhupei.core import audit
from zhupei.core.models import Event


@transaction.atomic
def remind() -> int:
    """Tell reviewers and region of every plan past its time, once a submission; return how many."""
    late = TrainingClass._base_manager.select_for_update(skip_locked=True).filter(
        state__in=IN_REVIEW, due_at__lt=timezone.now(), frozen_since__isnull=True
    )
    plans = list(late.order_by("due_at", "pk"))
    told = _told(plans)
    fresh = [plan for plan in plans if (audit.subject_key(plan), _moment(plan)) not in told]
    for plan in fresh:
        audit.record(ClassEvent.OVERDUE, plan, by=None, due_at=_moment(plan))
        tell(plan, offices.reviewers(plan), _("审核已超过时限，请尽快办理：%(title)s"))
        tell(plan, offices.regulators(), _("地州审核超过时限：%(title)s"))
    return len(fresh)


def _moment(plan: TrainingClass) -> str:
    assert plan.due_at
    return plan.due_at.isoformat()


def _told(plans: list[TrainingClass]) -> set[tuple[str, str]]:
    """Which submissions were reported already: the plan, and the moment it was due."""
    keys = [audit.subject_key(plan) for plan in plans]
    events = Event.objects.filter(verb=ClassEvent.OVERDUE, subject__in=keys)
    return set(events.values_list("subject", "facts__due_at"))
