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
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

LETTERS = "ABCDEFGH"


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
