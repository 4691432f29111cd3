"""What a question is, in plain values: its kinds, how an answer and a key are written, what an
answer is worth. The bank, the papers, the exam page, the hot process, the archives and the
analysis all read this one page.

An **answer** is text, as the hot process stores it:

* single, multiple, judge: the letters of the chosen options, sorted: ``"B"``, ``"ABD"``;
* blank: a JSON list, one text per blank: ``'["10","mm"]'``;
* essay: what was written;
* ``""``: not answered.

A **key** is JSON, as a sealed paper keeps it:

* single, multiple, judge: the letters: ``"ABD"``;
* blank: ``{"blanks": [["10", "十"], ["mm", "毫米"]], "ordered": true}``, the accepted variants of
  each blank; ``ordered`` false: any order;
* essay: ``{"rubric": [{"what": "…", "points": "3"}], "sample": "…"}``, judged by people.

A case group is several items that share a text: each has its own place on the paper, its own key
and its own answer, and names the group it stands in.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

LETTERS = "ABCDEFGH"
TRUE_FALSE = ("正确", "错误")
MOST_POINTS = 100


class Kind(StrEnum):
    """How an item is answered. The order is that of a paper."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    JUDGE = "judge"
    BLANK = "blank"
    ESSAY = "essay"


CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE})  # answered by letters
BY_PEOPLE = frozenset({Kind.ESSAY})  # worth what people say


def earned(kind: str, key: Any, answer: str) -> Fraction | None:
    """The part of an item's points an answer earns, from 0 to 1; None when people must judge it.

    Choices earn all or nothing: a multiple choice only when it is exactly the key. Blanks earn
    by the number of right ones. An essay left blank earns 0 without anybody judging it.

    Source: project register of facts, §5 (objective items are marked by the machine).
    """
    if not answer:
        return Fraction(0)
    if kind in BY_PEOPLE:
        return None
    if kind == Kind.BLANK:
        return _blanks_right(key["blanks"], read_blanks(answer), ordered=key.get("ordered", True))
    return Fraction(sorted(answer) == sorted(key))


def read_blanks(answer: str) -> list[str]:
    """The texts of the blanks; an answer that is no JSON list of texts has none."""
    try:
        texts = json.loads(answer)
    except ValueError:
        return []
    return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []


def write_blanks(texts: Sequence[str]) -> str:
    """The answer of these texts; ``""`` when all are empty."""
    return json.dumps(list(texts), ensure_ascii=False, separators=(",", ":")) if any(texts) else ""


def plain(text: str) -> str:
    """A short text as it is compared: full width is half width, capitals are small, no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _blanks_right(
    blanks: Sequence[Sequence[str]], texts: Sequence[str], *, ordered: bool
) -> Fraction:
    if not blanks:
        raise ValueError("a fill-in item needs at least one blank")
    accepted = [{plain(variant) for variant in variants} for variants in blanks]
    given = [plain(text) for text in texts[: len(blanks)]]
    if ordered:
        right = sum(text in variants for text, variants in zip(given, accepted, strict=False))
    else:
        right = _matched(given, accepted)
    return Fraction(right, len(blanks))


def _matched(given: Sequence[str], accepted: Sequence[set[str]]) -> int:
    """The most texts that can each be given a blank of its own (Kuhn's augmenting paths)."""
    holder: dict[int, int] = {}

    def place(text: int, tried: set[int]) -> bool:
        for blank, variants in enumerate(accepted):
            if blank in tried or given[text] not in variants:
                continue
            tried.add(blank)
            if blank not in holder or place(holder[blank], tried):
                holder[blank] = text
                return True
        return False

    return sum(place(text, set()) for text in range(len(given)))


def mark(points: Mapping[int, Decimal], shares: Mapping[int, Fraction]) -> Decimal:
    """The mark out of 100, to two decimals, halves rounded up: what was earned of all points.

    ``points``: what each place of the paper is worth; ``shares``: the part earned, 0 where absent.
    Raises ValueError for a paper without points.

    Source: project register of facts, §5 (marks out of 100).
    """
    total = sum(points.values(), Decimal(0))
    if total <= 0:
        raise ValueError("a paper needs at least one item that is worth something")
    won = sum(
        (Fraction(worth) * shares.get(place, Fraction(0)) for place, worth in points.items()),
        Fraction(0),
    )
    exact = won * 100 / Fraction(total)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )


def fingerprint(stem: str, options: Sequence[str] = ()) -> str:
    """The same for two items that ask the same: stem and options, blanks apart."""
    said = "\n".join("".join(text.split()) for text in (stem, *options))
    return hashlib.sha256(said.encode()).hexdigest()


def likeness_words(stem: str, options: Sequence[str] = ()) -> str:
    """What the likeness of items is measured by: Chinese in overlapping pairs of characters, as
    there are no blanks between its words; everything else in its own words.
    """
    words: list[str] = []
    for text in (stem, *options):
        for run in re.findall(r"[㐀-鿿]+|[^\W㐀-鿿]+", plain(text)):
            if "㐀" <= run[0] <= "鿿" and len(run) > 1:
                words += [run[n : n + 2] for n in range(len(run) - 1)]
            else:
                words.append(run)
    return " ".join(words)


class Fault(NamedTuple):
    """Something an item may not be: the part it is about, and a code for its sentence."""

    part: str
    code: str


UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
GAP = re.compile(r"_{2,}")  # where a fill-in item waits for a text
FEWEST_OPTIONS = 2


def faults(kind: str, stem: str, options: Sequence[str], key: Any) -> list[Fault]:
    """Everything that keeps a question from being one; none when it can be answered and marked.

    Source: project register of facts, §5 (objective items are marked by the machine).
    """
    found = [] if stem.strip() else [Fault("stem", "stem_missing")]
    texts = (("stem", [stem]), ("options", options), ("key", _texts_of(key)))
    found += [
        Fault(part, "unprintable") for part, said in texts if any(map(UNPRINTABLE.search, said))
    ]
    if kind in CHOICES:
        return found + _option_faults(kind, options) + _letter_faults(kind, options, key)
    if kind == Kind.BLANK:
        return found + _blank_faults(stem, key)
    return found + _rubric_faults(key)


def _texts_of(key: Any) -> list[str]:
    if isinstance(key, Mapping):
        return [text for value in key.values() for text in _texts_of(value)]
    if isinstance(key, list | tuple):
        return [text for value in key for text in _texts_of(value)]
    return [key] if isinstance(key, str) else []


def _option_faults(kind: str, options: Sequence[str]) -> list[Fault]:
    if kind == Kind.JUDGE:
        judged = sorted(options) == sorted(TRUE_FALSE)
        return [] if judged else [Fault("options", "options_not_judge")]
    found = []
    if any(not option.strip() for option in options):
        found.append(Fault("options", "option_missing"))
    if len({plain(option) for option in options}) < len(options):
        found.append(Fault("options", "option_twice"))
    if len(options) < FEWEST_OPTIONS:
        found.append(Fault("options", "options_too_few"))
    if len(options) > len(LETTERS):
        found.append(Fault("options", "options_too_many"))
    return found


def _letter_faults(kind: str, options: Sequence[str], key: Any) -> list[Fault]:
    if not isinstance(key, str) or not key:
        return [Fault("key", "key_missing")]
    if list(key) != sorted(set(key)) or not set(key) <= set(LETTERS[: len(options)]):
        return [Fault("key", "key_not_an_option")]
    if kind == Kind.MULTIPLE:
        return [] if len(key) > 1 else [Fault("key", "key_only_one")]
    return [] if len(key) == 1 else [Fault("key", "key_not_one")]


def _blank_faults(stem: str, key: Any) -> list[Fault]:
    blanks = key.get("blanks") if isinstance(key, Mapping) else None
    if not blanks:
        return [Fault("key", "blanks_missing")]
    if any(not variants or not all(map(plain, variants)) for variants in blanks):
        return [Fault("key", "blank_without_answer")]
    gaps = len(GAP.findall(stem))
    return [Fault("key", "blanks_differ")] if gaps not in {0, len(blanks)} else []


def _rubric_faults(key: Any) -> list[Fault]:
    rows = key.get("rubric") if isinstance(key, Mapping) else None
    if not rows:
        return [Fault("key", "rubric_missing")]
    if any(not str(row.get("what", "")).strip() for row in rows):
        return [Fault("key", "rubric_without_words")]
    return [] if all(_worth(row) for row in rows) else [Fault("key", "rubric_points")]


def _worth(row: Mapping[str, Any]) -> bool:
    try:
        points = Decimal(str(row.get("points", "")))
    except ArithmeticError:
        return False
    return points.is_finite() and 0 < points <= MOST_POINTS and points == round(points, 2)


class Verdict(StrEnum):
    """Where a round of reading stands."""

    OPEN = "open"
    THIRD = "third"
    AGREED = "agreed"
    OBJECTED = "objected"


READERS = 2


def verdict(agreed: int, objected: int, *, third: bool) -> Verdict:
    """What experts come to: two who say the same decide. Where two differ a third is asked; when
    there is nobody else (``third`` false) it goes back to its author.

    Source: project register of facts, §5 (two people read every item).
    """
    if agreed >= READERS:
        return Verdict.AGREED
    if objected >= READERS:
        return Verdict.OBJECTED
    if agreed and objected:
        return Verdict.THIRD if third else Verdict.OBJECTED
    return Verdict.OPEN


class Load(NamedTuple):
    """What an expert has had to read: what still waits, and everything ever."""

    waiting: int
    ever: int


def in_turn(loads: Mapping[int, Load], barred: Collection[int], wanted: int) -> list[int]:
    """Whom to ask next: who has least waiting, then who was asked least, then who came first."""
    free = [expert for expert in loads if expert not in barred]
    return sorted(free, key=lambda expert: (loads[expert], expert))[:wanted]
