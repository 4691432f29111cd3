"""A learner's practical turns in the list of their exams, whose page lies on a lower floor."""

from typing import Any

from django import template
from django.utils import timezone

from zhupei.practical.access import sees_result
from zhupei.practical.models import State, Turn
from zhupei.practical.views.own import TOLD

register = template.Library()


@register.inclusion_tag("practical/_mine.html")
def own_turns(user: Any, when: str) -> dict[str, Any]:
    """The turns of ``user`` that are still to come, or those that are past."""
    now = timezone.now()
    turns = (
        Turn.objects.own(user)
        .filter(session__state__in=TOLD)
        .select_related("session__room", "session__rubric__job", "session__organization")
        .order_by("starts_at" if when == "coming" else "-starts_at")
    )
    return {
        "when": when,
        "rows": [
            {"turn": turn, "session": turn.session, "result": sees_result(turn)}
            for turn in turns
            if _past(turn, now) == (when == "past")
        ],
    }


def _past(turn: Turn, now: Any) -> bool:
    called_off = turn.session.state == State.CANCELLED
    return turn.void or called_off or turn.settled_at is not None or now >= turn.ends_at
