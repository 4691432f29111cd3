"""The unified question bank: sets of items, each item in versions read by two experts."""

from zhupei.questions.models.items import (
    OPENED,
    Case,
    Item,
    ItemVersion,
    Picture,
)
from zhupei.questions.models.likeness import Likeness, Pair
from zhupei.questions.models.reviews import Opinion, Review
from zhupei.questions.models.sets import Keyholder, Origin, QuestionSet, State, acts_as_expert
from zhupei.questions.models.words import (
    Cause,
    Cognition,
    Decision,
    Difficulty,
    ItemKind,
    ItemState,
    Outcome,
    VersionState,
)

__all__ = [
    "OPENED",
    "Case",
    "Cause",
    "Cognition",
    "Decision",
    "Difficulty",
    "Item",
    "ItemKind",
    "ItemState",
    "ItemVersion",
    "Keyholder",
    "Likeness",
    "Opinion",
    "Origin",
    "Outcome",
    "Pair",
    "Picture",
    "QuestionSet",
    "Review",
    "State",
    "VersionState",
    "acts_as_expert",
]
