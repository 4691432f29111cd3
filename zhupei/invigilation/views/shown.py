"""How a room looks on a page: words, icons, the places of the seats. No rule."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation import board as questions
from zhupei.invigilation.actions.places import standing
from zhupei.invigilation.rules.board import Seat

ACROSS = 8  # seats in a row where nobody drew the room
NEWEST = 12  # lines beside the seats
Cell = dict[str, Any]
HOLE: Cell = {"hole": True}  # a place in a row where no seat stands


class Word(NamedTuple):
    icon: str
    word: str | Promise
    tone: str


WORDS = {
    Seat.EXPECTED: Word("circle", _("未到"), ""),
    Seat.ARRIVED: Word("user-check", _("已入场"), ""),
    Seat.WRITING: Word("pencil", _("作答中"), "info"),
    Seat.IDLE: Word("hourglass", _("久未作答"), "warn"),
    Seat.OFF: Word("plug-connected-x", _("断线"), "bad"),
    Seat.HAND: Word("hand-stop", _("举手"), "warn"),
    Seat.PAUSED: Word("player-pause", _("已暂停"), ""),
    Seat.DONE: Word("circle-check", _("已交卷"), "ok"),
    Seat.ABSENT: Word("user-off", _("缺考"), ""),
}
FILTERS = (
    Seat.WRITING,
    Seat.DONE,
    Seat.OFF,
    Seat.IDLE,
    Seat.HAND,
    Seat.PAUSED,
    Seat.ARRIVED,
    Seat.EXPECTED,
    Seat.ABSENT,
)


def words() -> dict[str, list[str]]:
    """Icon and word of every state, for the script that goes on drawing."""
    return {state.value: [one.icon, str(one.word)] for state, one in WORDS.items()}


def picture(sitting: Sitting) -> questions.Picture:
    """The board as it is now, by the questions of the hot process."""

    def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("$1", "%s"), values)
            return list(cursor.fetchall())

    numbers = [sitting.pk]
    seats = ask(questions.SEATS, numbers)
    found = questions.Found(
        ask(questions.SITTINGS, numbers),
        seats,
        ask(questions.ANSWERS, [row[2] for row in seats]),
        ask(questions.CALLS, numbers),
        ask(questions.NEWS, numbers),
        ask(questions.FIGURES),
    )
    return dict(questions.draw(found, timezone.now().timestamp()))[sitting.pk]


def board(sitting: Sitting, only: str) -> dict[str, Any]:
    """Everything the board's page draws."""
    now = picture(sitting)
    seats = sitting.candidates.select_related("person", "place__room").order_by("seat")
    placed = [
        (seat, _cell(seat.pk, seat.person.name, now[f"seat/{seat.pk}"], now))
        for seat in seats
        if f"seat/{seat.pk}" in now
    ]
    cells = [cell for _seat, cell in placed]
    by_key = {cell["key"]: cell for cell in cells}
    return {
        "picture": now,
        "rooms": rooms(placed),
        "cells": [cell for cell in cells if cell["state"] == only] if only in set(Seat) else cells,
        "shown_state": only,
        "filters": [
            {"state": state, "word": WORDS[state], "count": now["counts"][state]}
            for state in FILTERS
        ],
        "attention": [by_key[key] for key in now["attention"] if key in by_key],
        **news(sitting),
    }


def _cell(pk: int, name: str, piece: Mapping[str, Any], now: Mapping[str, Any]) -> Cell:
    word = WORDS[piece["state"]]
    since = piece["since"]
    ticking = piece["state"] in {Seat.OFF, Seat.HAND, Seat.IDLE}
    return {
        "key": pk,
        "number": piece["seat"],
        "name": name,
        "state": piece["state"].value,
        "icon": word.icon,
        "word": word.word,
        "since": minutes(now["now"] - since) if ticking and since else "",
        "answered": piece["answered"],
        "of": piece["of"],
        "extra": piece["extra"],
        "call": piece["call"],
        "saved": piece["saved"] and datetime.fromtimestamp(piece["saved"] / 1000, tz=UTC),
    }


def minutes(milliseconds: float) -> str:
    """0:48, 12:05, 1:02:03."""
    hours, rest = divmod(max(int(milliseconds), 0) // 1000, 3600)
    parts = f"{rest // 60}:{rest % 60:02}" if not hours else f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{parts}" if hours else parts


def rooms(placed: list[tuple[Candidate, Cell]]) -> list[dict[str, Any]]:
    """The rooms, each with its rows from the front to the back: as the body drew them, or eight in
    a row with an aisle in the middle where nobody did.
    """
    if not all(seat.place for seat, _cell in placed):
        return [{"name": "", "rows": _undrawn({cell["number"]: cell for _seat, cell in placed})}]
    found = {seat.place.room: seat.place.room_id for seat, _cell in placed if seat.place}
    taken = {seat.place_id: cell for seat, cell in placed}
    by_room: dict[int, dict[tuple[int, int], Cell]] = {}
    for place in standing(found):
        empty = {"number": place.number, "spare": place.spare}
        at = by_room.setdefault(place.room_id, {})
        at[place.row, place.column] = taken.get(place.pk, empty)
    return [
        {"name": str(room) if len(found) > 1 else "", "rows": _drawn(by_room[key])}
        for room, key in found.items()
    ]


def _drawn(at: Mapping[tuple[int, int], Cell]) -> list[list[Cell | None]]:
    """A column without any seat is an aisle; rows without any are left out."""
    used = {column for _row, column in at}
    return [
        [
            at.get((row, column), HOLE) if column in used else None
            for column in range(min(used), max(used) + 1)
        ]
        for row in sorted({row for row, _column in at})
    ]


def _undrawn(by_number: Mapping[int, Cell]) -> list[list[Cell | None]]:
    half = ACROSS // 2
    numbers = range(1, -(-max(by_number, default=0) // ACROSS) * ACROSS + 1)
    in_rows = [numbers[start : start + ACROSS] for start in range(0, len(numbers), ACROSS)]
    return [
        [
            *(by_number.get(n, HOLE) for n in row[:half]),
            None,
            *(by_number.get(n, HOLE) for n in row[half:]),
        ]
        for row in in_rows
    ]


def news(sitting: Sitting) -> dict[str, Any]:
    """Hands that are up, incidents, what was announced: the newest first."""
    calls = sitting.help_calls.filter(answered_at__isnull=True).select_related("candidate__person")
    incidents = sitting.incidents.select_related("candidate__person", "by")[:NEWEST]
    return {
        "calls": list(calls),
        "incidents": list(incidents),
        "open_incidents": sitting.incidents.filter(settled_at__isnull=True).count(),
        "notices": sitting.notices.select_related("candidate__person", "by").order_by("-at")[:3],
    }


def mine(candidate: Candidate, sitting_picture: Mapping[str, Any]) -> Cell | None:
    """One seat out of a picture, with what is left of its time."""
    piece = sitting_picture.get(f"seat/{candidate.pk}")
    if piece is None:
        return None
    cell = _cell(candidate.pk, candidate.person.name, piece, sitting_picture)
    stands_at = piece["paused"] or sitting_picture["now"]
    left = piece["closes"] - sitting_picture["grace"] - stands_at
    return cell | {"left": minutes(left), "word": WORDS[piece["state"]]}
