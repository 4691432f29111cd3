"""The picture of a board: what is asked of the database, and what is made of the answers.

The hot process asks for many sittings at once, every two seconds; the page asks for one, once.
Both ask the same questions and draw with ``draw``, so what the page shows first is what the stream
goes on with. No name is in a picture: the page has the names, the stream only numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from zhupei.exams.rules import LATE_MINUTES
from zhupei.invigilation.rules.board import (
    IDLE_AFTER,
    OFF_AFTER,
    Facts,
    Limits,
    Seat,
    Shown,
    attention,
    seat,
)

# Rows are entered by key only (see exams/statements.py). $1: sittings; of ANSWERS: attempts.

SITTINGS = """
SELECT id, prefecture_id, state, extract(epoch FROM starts_at)::float8, grace_seconds,
       extract(epoch FROM now())::float8
  FROM exams_sitting WHERE id = ANY($1)
"""

SEATS = """
SELECT a.sitting_id, a.candidate_id, a.id,
       (SELECT c.seat FROM exams_candidate AS c WHERE c.id = a.candidate_id),
       (SELECT p.place_count FROM exams_paper AS p WHERE p.id = a.paper_id),
       a.admitted_at IS NOT NULL, extract(epoch FROM a.started_at)::float8,
       extract(epoch FROM a.paused_at)::float8, extract(epoch FROM a.handed_in_at)::float8,
       extract(epoch FROM a.closes_at)::float8, a.extra_minutes,
       (SELECT extract(epoch FROM h.at)::float8
          FROM invigilation_heard AS h WHERE h.attempt_id = a.id)
  FROM exams_attempt AS a WHERE a.sitting_id = ANY($1)
"""

ANSWERS = """
SELECT attempt_id, count(*) FILTER (WHERE choice <> ''),
       extract(epoch FROM max(saved_at))::float8
  FROM exams_answer WHERE attempt_id = ANY($1) GROUP BY attempt_id
"""

CALLS = """
SELECT candidate_id, extract(epoch FROM at)::float8, text
  FROM invigilation_helpcall WHERE sitting_id = ANY($1) AND answered_at IS NULL
"""

# What the list beside the seats is made of: when any of it changes, the page fetches the list.
NEWS = """
SELECT s.id,
       (SELECT count(*) FROM invigilation_incident AS i
         WHERE i.sitting_id = s.id AND i.settled_at IS NULL),
       (SELECT concat_ws('.', count(*), count(i.settled_at))
          FROM invigilation_incident AS i WHERE i.sitting_id = s.id),
       (SELECT concat_ws('.', count(*), count(h.answered_at))
          FROM invigilation_helpcall AS h WHERE h.sitting_id = s.id),
       (SELECT count(*) FROM invigilation_notice AS n WHERE n.sitting_id = s.id)
  FROM unnest($1::bigint[]) AS s (id)
"""

FIGURES = """
SELECT key, prefecture, value::text FROM core_parametervalue
 WHERE key IN ('invigilation.off_after', 'invigilation.idle_after', 'exams.late_minutes')
   AND valid_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date
 ORDER BY prefecture, valid_from
"""

Rows = Sequence[Sequence[Any]]
Picture = dict[str, Any]
OVER = {"closed", "released", "cancelled"}  # states of a sitting in which nobody sits any more


class Found(NamedTuple):
    """The answers to the questions above, for any number of sittings."""

    sittings: Rows
    seats: Rows
    answers: Rows
    calls: Rows
    news: Rows
    figures: Rows


def draw(found: Found, now: float | None = None) -> Iterator[tuple[int, Picture]]:
    """The picture of every sitting, one by one: a millisecond each for sixty seats. ``now`` is the
    database's clock unless told.
    """
    answers = {attempt: (count, saved) for attempt, count, saved in found.answers}
    calls = {candidate: (at, text) for candidate, at, text in found.calls}
    news = {row[0]: row[1:] for row in found.news}
    by_sitting: dict[int, list[Any]] = {}
    for row in found.seats:
        by_sitting.setdefault(row[0], []).append(row)
    for sitting in found.sittings:
        number, prefecture, state, starts, grace, clock = sitting
        limits = _limits(found.figures, prefecture, state in OVER, starts, now or clock)
        rows = by_sitting.get(number, [])
        pieces = {row[1]: _seat(row, answers, calls, now or clock, limits) for row in rows}
        yield number, _picture(rows, pieces, news.get(number), now or clock, grace)


def _limits(figures: Rows, prefecture: str, over: bool, starts: float, now: float) -> Limits:  # noqa: FBT001
    said = {}
    for key, place, value in figures:  # those of one prefecture come after those for all
        if place in {"", prefecture}:
            said[key] = int(value)
    late = said.get("exams.late_minutes", LATE_MINUTES)
    return Limits(
        off_after=said.get("invigilation.off_after", OFF_AFTER),
        idle_after=said.get("invigilation.idle_after", IDLE_AFTER),
        door_shut=over or now > starts + late * 60,
    )


def _seat(
    row: Sequence[Any],
    answers: Mapping[int, Any],
    calls: Mapping[int, Any],
    now: float,
    limits: Limits,
) -> tuple[Shown, dict[str, Any]]:
    _sitting, candidate, attempt, number, places, arrived, *times = row
    started, paused, handed_in, closes, extra, heard = times
    count, saved = answers.get(attempt, (0, None))
    calling, words = calls.get(candidate, (None, ""))
    facts = Facts(arrived, started, paused, handed_in, saved, heard, calling)
    shown = seat(facts, now, limits)
    return shown, {
        "seat": number,
        "state": shown.seat,
        "since": _milliseconds(shown.since),
        "answered": min(count, places),
        "of": places,
        "extra": extra,
        "closes": _milliseconds(closes),
        "paused": _milliseconds(paused),
        "saved": _milliseconds(saved),
        "call": words,
    }


def _picture(
    rows: Iterable[Sequence[Any]],
    pieces: Mapping[int, tuple[Shown, dict[str, Any]]],
    news: Sequence[Any] | None,
    now: float,
    grace: int,
) -> Picture:
    states = [shown.seat for shown, _piece in pieces.values()]
    counts = {state.value: states.count(state) for state in Seat}
    ends = [row[9] - grace for row in rows if row[8] is None]
    open_incidents, *rest = news or (0,)
    begun = sum(row[6] is not None for row in rows)
    return {
        "now": _milliseconds(now),
        "ends": _milliseconds(max(ends, default=None)),
        "grace": grace * 1000,
        "counts": counts | {"all": len(states)},
        "incidents": open_incidents,
        "attention": attention((number, shown) for number, (shown, _piece) in pieces.items()),
        "news": "-".join(map(str, [*rest, begun, counts[Seat.DONE], counts[Seat.PAUSED]])),
        **{f"seat/{number}": piece for number, (_shown, piece) in pieces.items()},
    }


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)
