"""The exam as a plain form: drawn for browsers without scripts, and read when it comes back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from zhupei.questions.rules import CHOICES, Kind, read_blanks, write_blanks

LONGEST_BLANK = 100  # characters
# The gap of a fill-in, as the script finds it (frontend/exam/fields.ts).
GAP = re.compile(r"[_＿]{2,}")
BRACKETS = re.compile(r"[（(][\s　]*[)）]|【[\s　]*】")  # where no gap is drawn
UNKNOWN = 4  # a stem that draws no gap does not say how many there are


def gaps(item: Mapping[str, Any]) -> int:
    """How many texts a fill-in asks for: as its place says, or as its stem shows them."""
    stem = item["stem"]
    shown = len(GAP.findall(stem)) or len(BRACKETS.findall(stem))
    return item.get("blanks") or shown or UNKNOWN


def drawn(items: Iterable[Mapping[str, Any]], answers: Mapping[int, str]) -> list[dict[str, Any]]:
    """The items as the template draws them, with what is stored."""
    return [_with_answer(item, answers.get(item["place"], "")) for item in items]


def _with_answer(item: Mapping[str, Any], answer: str) -> dict[str, Any]:
    if item["kind"] != Kind.BLANK:
        return {**item, "chosen": answer}
    count = gaps(item)
    return {**item, "chosen": answer, "texts": (read_blanks(answer) + [""] * count)[:count]}


def read(items: Iterable[Mapping[str, Any]], sent: QueryDict) -> dict[int, str]:
    """The answer to each place, written as ``questions.rules`` writes answers."""
    return {
        item["place"]: _answer(item["kind"], sent.getlist(f"item-{item['place']}"))
        for item in items
    }


def _answer(kind: str, values: Sequence[str]) -> str:
    texts = [value.replace("\0", "").replace("\r\n", "\n") for value in values]
    if kind in CHOICES:
        return "".join(sorted(set("".join(texts))))
    if kind == Kind.BLANK:
        return write_blanks([text.strip()[:LONGEST_BLANK] for text in texts])
    return texts[0].strip() if texts else ""
