"""A tree written as an outline: lines as they are read, each with how deep it stands.

Each step gives the outline after it, or None where there is no such step.
"""

from collections.abc import Sequence
from typing import NamedTuple

DEEPEST = 3


class Line(NamedTuple):
    """One line; ``depth`` 1 is the outermost."""

    key: int
    depth: int


Outline = list[Line]


def end_of(lines: Sequence[Line], at: int) -> int:
    """Where the line at ``at`` and all below it end."""
    end = at + 1
    while end < len(lines) and lines[end].depth > lines[at].depth:
        end += 1
    return end


def parents(lines: Sequence[Line]) -> list[int | None]:
    """The key each line stands below."""
    above: dict[int, int] = {}
    found: list[int | None] = []
    for line in lines:
        found.append(above.get(line.depth - 1))
        above[line.depth] = line.key
    return found


def _deeper(lines: Sequence[Line], by: int) -> Outline:
    return [Line(line.key, line.depth + by) for line in lines]


def _sibling_before(lines: Sequence[Line], at: int) -> int | None:
    for before in range(at - 1, -1, -1):
        if lines[before].depth < lines[at].depth:
            return None
        if lines[before].depth == lines[at].depth:
            return before
    return None


def up(lines: Sequence[Line], at: int) -> Outline | None:
    """Before the sibling that stands before it."""
    before, end = _sibling_before(lines, at), end_of(lines, at)
    if before is None:
        return None
    return [*lines[:before], *lines[at:end], *lines[before:at], *lines[end:]]


def down(lines: Sequence[Line], at: int) -> Outline | None:
    """After the sibling that stands after it."""
    after = end_of(lines, at)
    if after == len(lines) or lines[after].depth < lines[at].depth:
        return None
    end = end_of(lines, after)
    return [*lines[:at], *lines[after:end], *lines[at:after], *lines[end:]]


def indent(lines: Sequence[Line], at: int) -> Outline | None:
    """Below the sibling before it, with all that stands below itself."""
    end = end_of(lines, at)
    deepest = max(line.depth for line in lines[at:end])
    if _sibling_before(lines, at) is None or deepest == DEEPEST:
        return None
    return [*lines[:at], *_deeper(lines[at:end], 1), *lines[end:]]


def outdent(lines: Sequence[Line], at: int) -> Outline | None:
    """After the line it stands below; its siblings stay where they are."""
    if lines[at].depth == 1:
        return None
    above = next(n for n in range(at - 1, -1, -1) if lines[n].depth < lines[at].depth)
    end, rest = end_of(lines, at), end_of(lines, above)
    return [*lines[:at], *lines[end:rest], *_deeper(lines[at:end], -1), *lines[rest:]]


def without(lines: Sequence[Line], at: int) -> Outline:
    """The outline when this line is gone with all below it."""
    return [*lines[:at], *lines[end_of(lines, at) :]]


def with_new(lines: Sequence[Line], key: int, *, below: int | None = None) -> Outline | None:
    """``key`` as the last line, or as the last one below the line with key ``below``."""
    if below is None:
        return [*lines, Line(key, 1)]
    at = [line.key for line in lines].index(below)
    if lines[at].depth == DEEPEST:
        return None
    end = end_of(lines, at)
    return [*lines[:end], Line(key, lines[at].depth + 1), *lines[end:]]


STEPS = {"up": up, "down": down, "indent": indent, "outdent": outdent}
