"""What stands beside a plan for those who decide on it, and for those who answer their reasons."""

from typing import Any

from django.utils.translation import gettext as _

from zhupei.classes import returns, review
from zhupei.classes.access import OPEN_TO_CHANGE, may_open_evidence, may_read_again, may_review
from zhupei.classes.actions.review import OPEN_TO_FINDINGS
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import SecondReading, SecondState, State, TrainingClass
from zhupei.classes.precheck import Check
from zhupei.classes.review import Desk
from zhupei.classes.workflow import SECOND_READING
from zhupei.core.models import Event
from zhupei.people.models import User

SECOND_ICONS = {
    SecondState.WAITING: ("hourglass", "warn"),
    SecondState.AGREED: ("circle-check", "ok"),
    SecondState.OBJECTED: ("alert-triangle", "bad"),
}


def beside(
    user: User,
    training_class: TrainingClass,
    checks: list[Check],
    context: dict[str, Any],
    decisions: list[Event],
) -> dict[str, Any]:
    """The checklist, the reasons and whether they were answered, the referral, the second reading.

    ``context`` is that of the page so far; ``decisions`` the newest first (``returns.DECISIONS``).
    """
    reasons = (
        returns.reasons(decisions, context.get("after"))
        if training_class.state in OPEN_TO_CHANGE
        else []
    )
    second = _second(user, training_class, decisions)
    desk = _desk(user, training_class, checks, second)
    return {
        "desk": desk,
        "found_wrong": _labelled(desk) if desk else [],
        "moves": [_held_up(move, desk) for move in context["moves"]],
        "returned": reasons,
        "unchanged": sum(reason["changed"] is False for reason in reasons),
        "referral": _referral(decisions),
        "second": second,
    }


def _desk(
    user: User, training_class: TrainingClass, checks: list[Check], second: dict[str, Any] | None
) -> Desk | None:
    deciding = training_class.state in OPEN_TO_FINDINGS and may_review(user, training_class)
    asked = training_class.state == State.REFERRED and may_open_evidence(user, training_class)
    again = second is not None and second["moves"]
    return review.desk(training_class, user, checks) if deciding or asked or again else None


def _held_up(move: dict[str, Any], desk: Desk | None) -> dict[str, Any]:
    """Approving is drawn with what it still waits for."""
    if move["name"] != "approve" or desk is None:
        return move
    waits = [
        (_("还有 %(count)d 项材料没看"), len(desk.unread)),
        (_("清单还有 %(count)d 项没填"), len(desk.unanswered)),
        (_("清单有 %(count)d 项不符"), len(desk.bad)),
    ]
    words = "，".join(sentence % {"count": count} for sentence, count in waits if count)
    return move | {"blocked": _("还不能通过：%(why)s") % {"why": words} if words else ""}


def _labelled(desk: Desk) -> list[dict[str, Any]]:
    return [
        reason | {"label": line.title}
        for line, reason in zip(desk.bad, desk.reasons(), strict=True)
    ]


def _referral(decisions: list[Event]) -> dict[str, Event | None] | None:
    """The question of this round and its answer."""
    for place, event in enumerate(decisions):
        if event.verb in returns.SUBMISSIONS:
            return None
        if event.verb == ClassEvent.REFERRED:
            later = decisions[:place]
            answers = [x for x in later if x.verb == ClassEvent.REFERRAL_ANSWERED]
            return {"asked": event, "answered": answers[-1] if answers else None}
    return None


def _second(
    user: User, training_class: TrainingClass, decisions: list[Event]
) -> dict[str, Any] | None:
    """The second reading of the plan, if it was drawn."""
    if not any(event.verb == ClassEvent.DRAWN for event in decisions):
        return None
    visible = SecondReading.objects.visible_to(user).filter(training_class=training_class)
    found = visible.select_related("draw").order_by("-pk").first()
    return describe(found, user) if found else None


def describe(second: SecondReading, user: User) -> dict[str, Any]:
    """A second reading as pages show it."""
    icon, tone = SECOND_ICONS[SecondState(second.state)]
    own = second.first_reader_id == user.pk
    return {
        "second": second,
        "badge": {"icon": icon, "tone": tone, "word": second.get_state_display()},
        "moves": SECOND_READING.available(second, user) if may_read_again(user, second) else [],
        "own": own,
    }
