"""The verbs of marking by people."""

from zhupei.marking.actions.dealing import available, deal, name_marker, remove_marker
from zhupei.marking.actions.reading import correct, give, rubric_of, shares_of, worth_of

__all__ = [
    "available",
    "correct",
    "deal",
    "give",
    "name_marker",
    "remove_marker",
    "rubric_of",
    "shares_of",
    "worth_of",
]
