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
from zhupei.invigilation.rules.board import Seat

ACROSS = 8  # seats in a row where nobody drew the room
NEWEST = 12  # lines beside the seats
HOLE = {"hole": True}  # a place in a row where no seat stands


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
            return cursor.fetchall()

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
    return questions.draw(found, timezone.now().timestamp())[sitting.pk]


def board(sitting: Sitting, only: str) -> dict[str, Any]:
    """Everything the board's page draws."""
    now = picture(sitting)
    names = dict(sitting.candidates.values_list("pk", "person__name"))
    cells = [_cell(pk, names[pk], now[f"seat/{pk}"], now) for pk in names if f"seat/{pk}" in now]
    cells.sort(key=lambda cell: cell["number"])
    by_key = {cell["key"]: cell for cell in cells}
    return {
        "picture": now,
        "rows": room_rows(sitting, cells),
        "cells": [cell for cell in cells if cell["state"] == only] if only in set(Seat) else cells,
        "shown_state": only,
        "filters": [
            {"state": state, "word": WORDS[state], "count": now["counts"][state]}
            for state in FILTERS
        ],
        "attention": [by_key[key] for key in now["attention"] if key in by_key],
        **news(sitting),
    }


def _cell(pk: int, name: str, piece: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
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


def room_rows(sitting: Sitting, cells: list[dict[str, Any]]) -> list[list[dict[str, Any] | None]]:
    """The seats as they stand: drawn by the body, or eight in a row with an aisle in the middle."""
    by_number = {cell["number"]: cell for cell in cells}
    drawn = drawn_places(sitting)
    if by_number and set(by_number) <= set(drawn):
        return _drawn(by_number, drawn)
    last = -(-max(by_number, default=0) // ACROSS) * ACROSS
    numbers = range(1, last + 1)
    in_rows = [numbers[start : start + ACROSS] for start in range(0, last, ACROSS)]
    half = ACROSS // 2
    return [
        [by_number.get(n, HOLE) for n in row[:half]]
        + [None]
        + [by_number.get(n, HOLE) for n in row[half:]]
        for row in in_rows
    ]


def _drawn(
    seats: dict[int, dict[str, Any]], drawn: dict[int, tuple[int, int]]
) -> list[list[dict[str, Any] | None]]:
    """Rows from the front to the back; a column without any seat is an aisle."""
    at = {place: number for number, place in drawn.items()}
    rows = sorted({row for row, _column in at})
    used = {column for _row, column in at}

    def cell(row: int, column: int) -> dict[str, Any] | None:
        if column not in used:
            return None
        number = at.get((row, column))
        return HOLE if number is None else seats.get(number, {"number": number})

    return [[cell(row, column) for column in range(min(used), max(used) + 1)] for row in rows]


def drawn_places(sitting: Sitting) -> dict[int, tuple[int, int]]:
    """Row and column of each seat number, where the body drew its room."""
    seats = getattr(sitting.room, "exam_seats", None)
    return (
        {}
        if seats is None
        else {n: (r, c) for n, r, c in seats.values_list("number", "row", "column")}
    )


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


def mine(candidate: Candidate, sitting_picture: Mapping[str, Any]) -> dict[str, Any] | None:
    """One seat out of a picture, with what is left of its time."""
    piece = sitting_picture.get(f"seat/{candidate.pk}")
    if piece is None:
        return None
    cell = _cell(candidate.pk, candidate.person.name, piece, sitting_picture)
    stands_at = piece["paused"] or sitting_picture["now"]
    left = piece["closes"] - sitting_picture["grace"] - stands_at
    return cell | {"left": minutes(left), "word": WORDS[piece["state"]]}
