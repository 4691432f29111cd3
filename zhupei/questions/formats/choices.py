"""Options that each carry a share of the marks, as Moodle and GIFT write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zhupei.questions.formats import words
from zhupei.questions.formats.judge import Sketch
from zhupei.questions.rules import LETTERS, Kind

_FULL: Final = 99.9  # thirds of a hundred never add up


@dataclass(frozen=True, slots=True)
class Share:
    """An option and its share of the marks in hundredths; below 0 it costs some."""

    text: str
    worth: float


def choose(found: Sketch, shares: Sequence[Share], *, several: bool) -> None:
    """Make a choice of these options: those worth something are right."""
    found.options = [share.text for share in shares]
    least = 0 if several else _FULL
    right = [n for n, share in enumerate(shares) if share.worth > least]
    partial = [share for share in shares if 0 < share.worth < _FULL]
    if several and not partial and len(right) > 1:
        partial = list(shares)
    if not right:
        found.say.refuse("answer", "no_right_option")
    if partial:
        found.say.warn("answer", "all_or_nothing")
    if several and len(right) == 1:
        found.say.warn("kind", "one_right")
    found.kind = Kind.MULTIPLE if several and len(right) > 1 else Kind.SINGLE
    found.key = "".join(LETTERS[place] for place in right if place < len(LETTERS))
    sides = [words.truth(share.text) for share in shares]
    if found.kind == Kind.SINGLE and sides in ([True, False], [False, True]):
        found.kind = Kind.JUDGE
        found.options = [] if sides[0] else found.options


def judge_as(found: Sketch, *, right: bool) -> None:
    """Make a judgement of it."""
    found.kind, found.options, found.key = Kind.JUDGE, [], "A" if right else "B"
