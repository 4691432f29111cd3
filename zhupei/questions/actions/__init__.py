"""The verbs of the question bank: sets here, items one by one in ``items``."""

from zhupei.questions.actions.sets import (
    look,
    publish,
    receive,
    rehearse,
    retire,
    start,
    take_in,
)

__all__ = ["look", "publish", "receive", "rehearse", "retire", "start", "take_in"]
