"""The numbers Word writes before paragraphs by itself: 1. 2. A. B. 一、"""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from zhupei.questions.formats.safe_xml import local

_CHINESE: Final = "〇一二三四五六七八九"
_LEVELS: Final = 9
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


class Numbers:
    """Counts as Word does, list by list and level by level."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._styles = _numbered_styles(styles)
        self._counts: dict[str, dict[int, int]] = {}
        for one in numbering if numbering is not None else ():
            if local(one.tag) == "abstractNum":
                self._levels[_get(one, "abstractNumId")] = _levels(one)
            elif local(one.tag) == "num":
                inner = next((x for x in one if local(x.tag) == "abstractNumId"), None)
                self._lists[_get(one, "numId")] = _get(inner, "val")

    def of(self, paragraph: Element) -> str:
        """What stands before a paragraph."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        name, depth = found
        levels = self._levels.get(self._lists.get(name, ""), {})
        level = levels.get(depth)
        if level is None or level.form in {"bullet", "none"}:
            return ""
        counts = self._counts.setdefault(name, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.pattern
        for at in range(depth + 1):
            outer = levels.get(at, level)
            text = text.replace(f"%{at + 1}", _written(counts.get(at, outer.start), outer.form))
        return f"{text} "

    def _list_of(self, paragraph: Element) -> tuple[str, int] | None:
        about = next((one for one in paragraph if local(one.tag) == "pPr"), None)
        if about is None:
            return None
        inside = {local(one.tag): one for one in about}
        style = self._styles.get(_get(inside.get("pStyle"), "val"))
        own = _list(inside["numPr"]) if "numPr" in inside else style
        return own if own and own[0] != "0" else None


def _numbered_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles if styles is not None else ():
        listed = next((one for one in style.iter() if local(one.tag) == "numPr"), None)
        if listed is not None:
            found[_get(style, "styleId")] = _list(listed)
    return found


def _list(listed: Element) -> tuple[str, int]:
    inside = {local(one.tag): _get(one, "val") for one in listed}
    depth = inside.get("ilvl", "0")
    return inside.get("numId", "0"), min(int(depth), _LEVELS - 1) if depth.isdecimal() else 0


def _levels(abstract: Element) -> dict[int, _Level]:
    found = {}
    for one in abstract:
        if local(one.tag) != "lvl":
            continue
        inside = {local(x.tag): _get(x, "val") for x in one}
        depth, start = _get(one, "ilvl"), inside.get("start", "1")
        if depth.isdecimal():
            found[int(depth)] = _Level(
                inside.get("numFmt", "decimal"),
                inside.get("lvlText", ""),
                int(start) if start.isdecimal() else 1,
            )
    return found


def _written(count: int, form: str) -> str:
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (count - 1) % _LETTERS)
        return letter if form == "upperLetter" else letter.lower()
    if form.startswith(("chinese", "japanese", "ideograph", "taiwanese")):
        return _chinese(count)
    return str(count)


def _chinese(count: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(count, 10)
    if not tens or count > 99:  # noqa: PLR2004 - two signs at most
        return _CHINESE[ones] if count < 10 else str(count)  # noqa: PLR2004
    return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[ones] if ones else "")


def _get(element: Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
