"""Frames as texts: one exact form, so that its hash can be published before the seed is known.

Each is UTF-8, NFC, one line a row, columns between tabs, rows in the order of their keys, a line
feed after every line. ``docs/mechanisms/draws.md`` says it for those who recompute.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

OBJECTS: Final = "zhupei-frame-1 objects\tkey\ttickets\towner\tname\treasons"
LINEUPS: Final = "zhupei-frame-2 inspectors\towner\tteam\talias"


class Candidate(NamedTuple):
    """One object that may be drawn: ``institution/12``, with as many tickets as its risk gives.

    ``owner`` is the body whose object it is: who has an interest in it stays away.
    """

    key: str
    tickets: int
    owner: str
    name: str
    reasons: str


class Person(NamedTuple):
    """One inspector of the frame. ``team`` is housing or hr. Neither key nor name is published."""

    key: str
    team: str
    name: str


def clean(words: str) -> str:
    """Words as one column of a line: NFC, any white space or control as a single space."""
    plain = unicodedata.normalize("NFC", words)
    return " ".join("".join(" " if _breaks(letter) else letter for letter in plain).split())


def _breaks(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cc"


def objects_text(candidates: Iterable[Candidate]) -> str:
    """The frame of objects. Raises ValueError for a key twice, or an object without a ticket."""
    rows = sorted(candidates, key=lambda one: one.key)
    if any(one.tickets < 1 for one in rows):
        raise ValueError("every object has at least one ticket")
    return _text(
        OBJECTS,
        ((one.key, str(one.tickets), one.owner, clean(one.name), one.reasons) for one in rows),
    )


def lineups_text(rows: Iterable[tuple[str, str, str]]) -> str:
    """Who may go to what belongs to whom: (owner, team, alias), in order, each once."""
    lines = ("\t".join(row) for row in sorted(set(rows)))
    return "".join(f"{line}\n" for line in (LINEUPS, *lines))


def terms_text(facts: Sequence[tuple[str, str]]) -> str:
    """What was settled at freezing, one fact a line; its hash stands for the whole draw."""
    return "".join(f"{name}\t{clean(said)}\n" for name, said in facts)


def _text(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    lines, before = [head], ""
    for row in rows:
        if row[0] == before:
            raise ValueError(f"{before} stands in the frame twice")
        before = row[0]
        lines.append("\t".join(row))
    return "".join(f"{line}\n" for line in lines)


def read_objects(text: str) -> list[Candidate]:
    """The objects of a frame. Raises ValueError when it is none."""
    return [
        Candidate(key, int(tickets), owner, name, reasons)
        for key, tickets, owner, name, reasons in _rows(text, OBJECTS)
    ]


def read_lineups(text: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By owner and team, the aliases of those who may go. Raises ValueError when it is no frame."""
    found: dict[tuple[str, str], list[str]] = {}
    for owner, team, alias in _rows(text, LINEUPS):
        found.setdefault((owner, team), []).append(alias)
    return {place: tuple(aliases) for place, aliases in found.items()}


def _rows(text: str, head: str) -> list[list[str]]:
    first, *lines = text.split("\n")
    if first != head or lines[-1:] != [""]:
        raise ValueError(f"not a frame that begins with {head!r}")
    return [line.split("\t") for line in lines[:-1]]
