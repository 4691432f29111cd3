"""The reasons a plan was sent back for, and whether what they point at has changed since."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhupei.classes import words
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import TrainingClass
from zhupei.classes.snapshots import differences
from zhupei.core import audit
from zhupei.core.models import Event
from zhupei.core.templatetags.ui import beijing_day

SUBMISSIONS = (ClassEvent.SUBMITTED, ClassEvent.FILED)
DECISIONS = (
    *SUBMISSIONS,
    ClassEvent.RETURNED,
    ClassEvent.REFERRED,
    ClassEvent.REFERRAL_ANSWERED,
    ClassEvent.DRAWN,
)


def reasons(decisions: Sequence[Event], after: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The last reasons, each with ``changed``: is its field other in ``after`` than in the
    submission it was said about? None where that cannot be told.

    ``decisions`` are the submissions and returns of a plan (``DECISIONS``), the newest first.
    """
    back = next((x for x in decisions if x.verb == ClassEvent.RETURNED), None)
    if back is None:
        return []
    judged = next((x for x in decisions if x.seq < back.seq and x.verb in SUBMISSIONS), None)
    before = judged.facts["plan"] if judged else {}
    return [
        reason
        | {
            "label": words.FIELDS[reason["field"]],
            "changed": _changed(reason["field"], before, after),
        }
        for reason in back.facts["reasons"]
    ]


def compared(training_class: TrainingClass) -> dict[str, Any]:
    """What the newest submission changed of the one that was sent back, and of its reasons."""
    history = audit.own_history(training_class).filter(verb__in=DECISIONS).order_by("-seq")
    decisions = list(history)
    rounds = [event for event in decisions if event.verb in SUBMISSIONS]
    if len(rounds) < 2:  # noqa: PLR2004 - nothing to compare the first submission with
        return {"reasons": [], "changes": []}
    after, before = rounds[:2]
    told = reasons(decisions, after.facts["plan"])
    return {
        "reasons": told,
        "changes": differences(before.facts["plan"], after.facts["plan"], told),
        "before": beijing_day(before.at),
        "after": beijing_day(after.at),
    }


def _changed(field: str, before: Mapping[str, Any], after: Mapping[str, Any] | None) -> bool | None:
    if after is None or field not in before:
        return None
    names = ("documents", "hashes") if field == "documents" else (field,)
    return any(before.get(name) != after.get(name) for name in names)
