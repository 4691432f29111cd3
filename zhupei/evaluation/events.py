"""What can happen in an evaluation. Stored for ever: never rename a value."""

from enum import StrEnum


class SchemeEvent(StrEnum):
    DRAFTED = "scheme.drafted"
    CHANGED = "scheme.changed"
    INDICATOR_CHANGED = "scheme.indicator_changed"
    FROZEN = "scheme.frozen"
    ANNOUNCED = "scheme.announced"


class EvaluationEvent(StrEnum):
    COMPUTED = "evaluation.computed"
    READ_LAST = "evaluation.read_last"
    STATED = "evaluation.stated"
    SUMMED_UP = "evaluation.summed_up"
    EVIDENCE_ADDED = "evaluation.evidence_added"
    EVIDENCE_TAKEN_BACK = "evaluation.evidence_taken_back"
    REPORTED = "evaluation.reported"
    REPORTS_CLOSED = "evaluation.reports_closed"
    SENT_BACK = "evaluation.sent_back"
    REASSIGNED = "evaluation.reassigned"
    SCORED = "evaluation.scored"
    LOCALLY_SCORED = "evaluation.locally_scored"
    APPOINTED = "evaluation.expert_appointed"
    RECUSED = "evaluation.expert_recused"
    HANDED_IN = "evaluation.expert_handed_in"
    TAKEN_UP_AGAIN = "evaluation.expert_took_up_again"
    SEAT_REOPENED = "evaluation.expert_reopened"
    REVIEWED = "evaluation.reviewed"
    VETOED = "evaluation.vetoed"
    VETO_LIFTED = "evaluation.veto_lifted"
    REOPENED = "evaluation.reopened"
    PUBLICISED = "evaluation.publicised"
    WITHDRAWN = "evaluation.publicity_withdrawn"
    RESCORED = "evaluation.rescored"
    DECIDED = "evaluation.decided"
    EXITED = "evaluation.exited"


class ObjectionEvent(StrEnum):
    MADE = "evaluation_objection.made"
    UPHELD = "evaluation_objection.upheld"
    REJECTED = "evaluation_objection.rejected"
