"""How people write an answer, and how it is written for them: letters, blanks, a rubric.

Blanks: ``10|十；mm|毫米``, one after another with "；", the ways to write one of them with "|",
a backslash before a sign that is meant itself; "（不分先后）" at the end for any order.
Rubric: one line for what earns points, ending in them: ``先放线（3分）``.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from zhupei.core.import_kinds import Findings
from zhupei.questions.formats import words
from zhupei.questions.formats.draft import TRUE_FALSE, Key
from zhupei.questions.rules import LETTERS, Kind

ANY_ORDER: Final = "（不分先后）"
BLANK: Final = "____"
_ANY_ORDER: Final = re.compile(
    r"(?<!\\)((?:\\\\)*)[（(]\s*(?:不分先后|不分顺序|顺序不限|顺序不分|次序不限)\s*[)）]\s*$"
)
_MARK: Final = re.compile(r"[_＿]{2,}|(?<=\s)_(?=\s|$)")
_BRACKETS: Final = re.compile(r"[（(][\s\u3000_＿]*[)）]|[【\[][\s\u3000_＿]*[\]】]")
_CRITERION: Final = re.compile(
    r"^(?P<what>.*?\S)\s*(?:[（(]\s*(?P<a>[\d.]+)\s*分\s*[)）]|[:：]\s*(?P<b>[\d.]+)\s*分)"
    r"\s*[。；;]?$"
)


def letters(text: str) -> str | None:
    """The letters of right options, sorted; None for what is no such answer."""
    bare = re.sub(r"[\s,;/|、.。]", "", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch("[A-Z]+", bare) or len(set(bare)) < len(bare):
        return None
    return "".join(sorted(bare))


def blanks(text: str) -> tuple[list[list[str]], bool]:
    """The accepted ways of each blank, and whether their order counts."""
    bare = _ANY_ORDER.sub(r"\1", text)
    return (
        [
            [words.one_line(_plain(way)) for way in _split(blank, "|｜")]
            for blank in _split(bare, ";；\n")
        ],
        bare == text,
    )


def _split(text: str, signs: str) -> list[str]:
    """Split at signs that no backslash stands before."""
    return re.split(rf"(?<!\\)[{signs}]", re.sub(r"\\\\", "\ue000", text))


def _plain(text: str) -> str:
    return re.sub(r"\\([|｜;；（(])", r"\1", text).replace("\ue000", "\\")


def write_blanks(key: Mapping[str, Any]) -> str:
    """The key of a fill-in item as ``blanks`` reads it."""
    text = "；".join("|".join(map(_escaped, ways)) for ways in key["blanks"])
    if not key.get("ordered", True):
        return text + ANY_ORDER
    meant = _ANY_ORDER.search(text)
    return f"{text[: meant.end(1)]}\\{text[meant.end(1) :]}" if meant else text


def _escaped(way: str) -> str:
    return re.sub(r"([|｜;；\\])", r"\\\1", way)


def mark_blanks(stem: str) -> str:
    """The stem of a fill-in item with each blank as ``____``."""
    marked = _MARK.sub(BLANK, stem)
    return marked if BLANK in marked else _BRACKETS.sub(BLANK, marked)


def empty_brackets(stem: str) -> str:
    """The brackets that wait for an answer, written in one way."""
    return re.sub(r"[（(][ \t\u3000\xa0]*[)）]", "（　）", stem)


def rubric(text: str) -> list[dict[str, str]] | int:
    """What earns points, in order; or the number of the first line without points."""
    found = []
    for number, line in enumerate(filter(None, map(words.one_line, text.split("\n"))), 1):
        match = _CRITERION.match(line)
        worth = words.points(match["a"] or match["b"]) if match else None
        if match is None or worth is None:
            return number
        found.append({"what": match["what"], "points": words.decimal(worth)})
    return found


def write_rubric(criteria: Sequence[Mapping[str, str]]) -> str:
    """The rubric as ``rubric`` reads it."""
    return "\n".join(f"{one['what']}（{one['points']}分）" for one in criteria)


def judged(text: str, options: Sequence[str]) -> str:
    """The letter of a judgement written as a word; empty when it is none."""
    meant = words.truth(text)
    sides = [words.truth(option) for option in options]
    return LETTERS[sides.index(meant)] if meant is not None and meant in sides else ""


def understood(
    kind: Kind, text: str, criteria: str, options: Sequence[str], say: Findings
) -> Key | None:
    """The key somebody wrote as an answer (and a rubric); what is wrong with it is said."""
    if kind == Kind.ESSAY:
        found = rubric(criteria)
        if isinstance(found, int):
            say.refuse("rubric", "rubric_shape", line=found)
            found = []
        return {"rubric": found, "sample": text}
    if not text:
        say.refuse("answer", "answer_missing")
        return None
    if kind == Kind.BLANK:
        ways, ordered = blanks(text)
        return {"blanks": ways, "ordered": ordered}
    if kind == Kind.JUDGE and (letter := judged(text, options or TRUE_FALSE)):
        return letter
    key = letters(text)
    if key is None or (kind == Kind.JUDGE and not any(options)):
        say.refuse("answer", "answer_shape")  # a letter means nothing where no option has it
        return None
    return key
