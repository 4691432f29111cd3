"""The verbs of marking by people."""

from zhupei.marking.actions.dealing import (
    available,
    deal,
    left_to_mark,
    name_marker,
    remove_marker,
)
from zhupei.marking.actions.reading import (
    correct,
    figure_of,
    give,
    is_final,
    rubric_of,
    set_aside,
    shares_of,
    text_of,
    worth_of,
)

__all__ = [
    "available",
    "correct",
    "deal",
    "figure_of",
    "give",
    "is_final",
    "left_to_mark",
    "name_marker",
    "remove_marker",
    "rubric_of",
    "set_aside",
    "shares_of",
    "text_of",
    "worth_of",
]
