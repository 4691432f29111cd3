"""What can happen in feedback. Stored for ever: never rename a value.

An opinion given is no event: an event has an actor.
"""

from enum import StrEnum


class FeedbackEvent(StrEnum):
    SELF_EVALUATED = "feedback.self_evaluated"
    CALLS_CHOSEN = "feedback.calls_chosen"
    CALLED = "feedback.called"
    NOT_REACHED = "feedback.not_reached"
    GIVEN_UP = "feedback.given_up"
    DECLINED = "feedback.declined"
