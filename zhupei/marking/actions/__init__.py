"""The verbs of marking by people."""

from zhupei.marking.actions.dealing import (
    available,
    deal,
    left_to_mark,
    name_marker,
    remove_marker,
)
from zhupei.marking.actions.reading import correct, give, is_final, rubric_of, shares_of, worth_of

__all__ = [
    "available",
    "correct",
    "deal",
    "give",
    "is_final",
    "left_to_mark",
    "name_marker",
    "remove_marker",
    "rubric_of",
    "shares_of",
    "worth_of",
]
