"""Who may do what with sittings and attempts."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from zhupei.core.parameters import value
from zhupei.exams.models import (
    Attempt,
    Candidate,
    Invigilator,
    InvigilatorState,
    ItemCorrection,
    Plan,
    Sitting,
    State,
)
from zhupei.exams.parameters import INVIGILATION_HOURS, SHOW_MARK_AT_ONCE
from zhupei.organizations.access import holds, oversees_prefecture, regulates
from zhupei.organizations.models import ASSIGNED, Kind, Organization, Role


def may_plan(user: Any, organization: Organization) -> bool:
    """Only an assessment body holds sittings.

    Source: Measures, art. 19 (assessment bodies are determined) and art. 20.
    """
    return organization.kind == Kind.ASSESSMENT_BODY and holds(user, Role.EXAMINER, organization)


def may_keep(user: Any, plan: Plan) -> bool:
    """The examiners of the body whose plan it is. Bureaus are told; nobody approves.

    Source: Measures, art. 20.
    """
    return may_plan(user, plan.organization)


def may_run(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body that holds the sitting. Bureaus look on: 告知 is not approval.

    Source: Measures, art. 20.
    """
    return may_plan(user, sitting.organization)


def may_invigilate(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body; and those who agreed to watch this sitting, from a day before its
    start until a day after its end (exams.invigilation_hours).

    Source: Measures, art. 20 (assessment bodies hold their sittings in good order).
    """
    if may_run(user, sitting):
        return True
    acting = getattr(user, "acting", None)
    if not acting or acting.role not in ASSIGNED:
        return False
    near = timedelta(hours=value(INVIGILATION_HOURS))
    if not sitting.starts_at - near <= timezone.now() <= sitting.ends_at + near:
        return False
    return sitting.invigilators.filter(user=user.pk, state=InvigilatorState.ACCEPTED).exists()


def may_answer_call(user: Any, called: Invigilator) -> bool:
    """Who is called says whether they come; their examiner may note what they said on the phone."""
    return user is not None and (user.pk == called.user_id or may_run(user, called.sitting))


def may_relieve(user: Any, called: Invigilator) -> bool:
    """The examiners of the body call somebody else instead."""
    return may_run(user, called.sitting)


def may_ask(user: Any, about: Sitting | Plan) -> bool:
    """The bureau that was told the sitting or the plan, and the region.

    Source: Measures, art. 20.
    """
    return about.number is not None and (
        oversees_prefecture(user, Role.REVIEWER, about.prefecture_id)
        or oversees_prefecture(user, Role.REGULATOR, about.prefecture_id)
    )


def may_close(user: Any, sitting: Sitting) -> bool:
    """The clock, or an examiner after the end."""
    return user is None or may_run(user, sitting)


def may_sit(user: Any, candidate: Candidate) -> bool:
    """Nobody but the person the seat is for."""
    return user is not None and user.person_id == candidate.person_id


def may_propose(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body; and the region, where the experts of the bank objected.

    Source: Measures, art. 20 and 21 (the region keeps the unified question bank).
    """
    return may_run(user, sitting) or regulates(user)


def may_decide_correction(user: Any, correction: ItemCorrection) -> bool:
    """The region, and there not who proposed it.

    Source: Measures, art. 21.
    """
    return regulates(user) and user.pk != correction.proposed_by_id


def may_replace_correction(user: Any, correction: ItemCorrection) -> bool:  # noqa: ARG001 - a predicate's signature
    """A newer one takes its place, whoever proposed the older one."""
    return regulates(user)


def may_withdraw_correction(user: Any, correction: ItemCorrection) -> bool:
    """Whoever proposed it, as long as they may still propose."""
    return (
        user is not None
        and user.pk == correction.proposed_by_id
        and may_propose(user, correction.sitting)
    )


def sees_mark(attempt: Attempt) -> bool:
    """May the candidate see the mark now: at once, or only when the marks are released?"""
    sitting = attempt.sitting
    if attempt.mark is None:
        return False
    if sitting.state == State.RELEASED:
        return True
    return bool(value(SHOW_MARK_AT_ONCE, prefecture=sitting.prefecture_id) == "yes")
