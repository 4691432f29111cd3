"""Who may report, score, review, decide. Nobody scores themselves, or whom they are close to."""

from typing import Any

from zhupei.evaluation.models import (
    Appointment,
    Evaluation,
    Objection,
    Scheme,
    SchemeState,
    SeatState,
    State,
)
from zhupei.evaluation.rules.settle import Stage
from zhupei.organizations.access import holds, oversees, regulates, tied, works_for
from zhupei.organizations.models import AUTHORITIES, Kind, Organization, Role


def may_write_schemes(user: Any) -> bool:
    """The region says how a year is evaluated.

    Source: Measures, art. 5 (the region supervises training and those who give it).
    """
    return regulates(user)


def may_change_scheme(user: Any, scheme: Scheme) -> bool:
    """Nobody changes what was frozen."""
    return regulates(user) and scheme.state == SchemeState.DRAFT


def may_move_scheme(user: Any, scheme: Scheme) -> bool:  # noqa: ARG001 - a predicate
    return regulates(user)


def may_report(user: Any, evaluation: Evaluation) -> bool:
    """The institution's registrar speaks for it."""
    return holds(user, Role.REGISTRAR, evaluation.organization)


def recused(user: Any, organization: Organization) -> bool:
    """Must ``user`` stay away: do they work there, or have they declared a tie?"""
    return works_for(user, organization) or tied(user, organization)


def acts_for_scorer(user: Any, evaluation: Evaluation) -> bool:
    """Does ``user`` act, as one who decides, for the authority that scores the local part?"""
    acting = getattr(user, "acting", None)
    if acting is None or acting.organization_id != evaluation.scorer_id:
        return False
    region = acting.organization.kind == Kind.REGION_AUTHORITY
    return bool(acting.role == (Role.REGULATOR if region else Role.REVIEWER))


def may_score_locally(user: Any, evaluation: Evaluation) -> bool:
    """A reviewer of the bureau of the place, or of the one the region named instead.

    Source: notice, part 1 (the bureau of the place gives 10 points).
    """
    return acts_for_scorer(user, evaluation) and not recused(user, evaluation.organization)


def may_regulate(user: Any, evaluation: Evaluation) -> bool:
    """The region, except who is close to the institution.

    Source: Measures, art. 5.
    """
    return regulates(user) and not recused(user, evaluation.organization)


def may_review(user: Any, appointment: Appointment) -> bool:
    """The expert who was called, unless they have to stay away since."""
    own = user is not None and appointment.expert_id == user.pk and user.acting is not None
    return own and not recused(user, appointment.evaluation.organization)


def may_recuse(user: Any, appointment: Appointment) -> bool:
    """The expert themself, or the region."""
    own = user is not None and appointment.expert_id == user.pk
    return own or regulates(user)


def may_read_tables(user: Any) -> bool:
    """The tables of a year are for authorities, each those of its area."""
    acting = getattr(user, "acting", None)
    return acting is not None and acting.organization.kind in AUTHORITIES


def may_talk_again(user: Any, appointment: Appointment) -> bool:
    """An expert who handed in may change what the two differ on, once both have."""
    evaluation = appointment.evaluation
    open_still = evaluation.state == State.SCORED
    return (
        open_still
        and may_review(user, appointment)
        and evaluation.answers.filter(differ=True).exists()
    )


def may_object(user: Any, evaluation: Evaluation) -> bool:
    """Nobody but the institution objects for it."""
    return may_report(user, evaluation)


def may_answer_objection(user: Any, objection: Objection) -> bool:
    return may_regulate(user, objection.evaluation)


def stages_shown(user: Any, evaluation: Evaluation) -> frozenset[str]:
    """Whose scores the person may read: all once they are published; the region at any time; the
    bureau its own, and after the review the others; an expert their own (by key), and after both
    have handed in the other's; the institution none before publicity.
    """
    every = frozenset(Stage)
    if evaluation.state in {State.PUBLIC, State.DECIDED} or regulates(user):
        return every
    if acts_for_scorer(user, evaluation):
        return every if evaluation.state == State.REVIEWED else frozenset({Stage.BUREAU})
    if may_see_both(user, evaluation):
        return every
    called = evaluation.appointments.filter(expert=user.pk).exclude(state=SeatState.RECUSED)
    return frozenset({Stage.BUREAU}) if called.exists() else frozenset()


def may_see_both(user: Any, evaluation: Evaluation) -> bool:
    """An expert reads the other's scores when neither can be led by them any more."""
    seats = list(evaluation.appointments.exclude(state=SeatState.RECUSED))
    mine = any(seat.expert_id == user.pk for seat in seats)
    blind = any(seat.seat != 3 and seat.ended_at is None for seat in seats)  # noqa: PLR2004
    return mine and not blind


def may_reckon(user: Any, organization: Organization) -> bool:
    """The institution itself; the bureau of its place and the region, which advise it."""
    own = holds(user, Role.REGISTRAR, organization)
    return own or regulates(user) or oversees(user, Role.REVIEWER, organization)
