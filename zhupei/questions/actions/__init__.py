"""The verbs of the question bank: sets and files here, items one by one in ``items``."""

from zhupei.questions.actions.exchange import receive, receive_text, rehearse, take_in
from zhupei.questions.actions.handing_out import export, say_origin
from zhupei.questions.actions.sets import look, publish, retire, start

__all__ = [
    "export",
    "look",
    "publish",
    "receive",
    "receive_text",
    "rehearse",
    "retire",
    "say_origin",
    "start",
    "take_in",
]
