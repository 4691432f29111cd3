"""The options of a question, on one line or on several."""

import re
from typing import Final

from zhupei.questions.rules import LETTERS

_WIDE: Final = str.maketrans("ＡＢＣＤＥＦＧＨＩＪ", "ABCDEFGHIJ")
_MORE: Final = LETTERS + "IJ"  # read, to be refused with a reason


def _signs(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0)
    return rf"(?:[（(]\s*[{letter}{wide}]\s*[)）]\s*[.．、:：]?|[{letter}{wide}]\s*[.．、:：)）])"


_AT: Final = {
    letter: (
        re.compile(rf"(?m)^[ \t\u3000]*{_signs(letter)}\s*"),
        re.compile(rf"(?<=[\s\u3000]){_signs(letter)}\s*"),
        re.compile(rf"(?<![A-Za-z0-9]){_signs(letter)}\s*"),
    )
    for letter in _MORE
}
_AFTER_STEM: Final = re.compile(rf"(?<=[)）】?？。:：]){_signs('A')}\s*")
_BARE: Final = {
    letter: tuple(
        re.compile(rf"(?m){before}[{letter}{chr(ord(letter) + 0xFEE0)}][ \t\u3000]+(?=\S)")
        for before in (r"^[ \t\u3000]*", r"(?<=[ \t\u3000])")
    )
    for letter in _MORE
}


def has_options(text: str) -> bool:
    """Whether A and B stand there as options do."""
    return len(split(text)[1]) > 1


def split(text: str) -> tuple[str, list[str]]:
    """The stem, and the texts of the options in order; a letter left out ends them."""
    for find in (_with_sign, _bare):
        marks = find(text)
        if len(marks) > 1 or (marks and find is _with_sign):
            ends = [start for start, _end in marks[1:]] + [len(text)]
            options = [
                text[end:stop].strip() for (_start, end), stop in zip(marks, ends, strict=True)
            ]
            return text[: marks[0][0]].strip(), options
    return text.strip(), []


def _with_sign(text: str) -> list[tuple[int, int]]:
    marks: list[tuple[int, int]] = []
    for letter in _MORE:
        after = marks[-1][1] if marks else 0
        patterns = _AT[letter] if marks else (*_AT[letter][:2], _AFTER_STEM)
        match = next((m for m in (p.search(text, after) for p in patterns) if m), None)
        if match is None:
            break
        marks.append(match.span())
    return marks


def _bare(text: str) -> list[tuple[int, int]]:
    """A letter and a blank: A begins a line, the others too or go on in it."""
    marks: list[tuple[int, int]] = []
    for letter in _MORE:
        after = marks[-1][1] if marks else 0
        patterns = _BARE[letter] if marks else _BARE[letter][:1]
        match = next((m for m in (p.search(text, after) for p in patterns) if m), None)
        if match is None:
            break
        marks.append(match.span())
    return marks


def skipped(text: str) -> str:
    """The letter after one that was left out: C in A, B, D is missing, so D; empty for none."""
    _stem, options = split(text)
    if not 0 < len(options) < len(LETTERS) - 1:
        return ""
    following = LETTERS[len(options) + 1]
    return following if _AT[following][0].search(options[-1]) else ""


def begins_again(option: str) -> bool:
    """Whether the options of another question stand inside an option."""
    return bool(_AT["A"][0].search(option))


def letters_of(text: str) -> str:
    """Letters in half width."""
    return text.translate(_WIDE)
