"""When a body may examine, what an examination room needs, and who gets which paper in it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

# ── Designation ──────────────────────────────────────────────────────────────────────────────


def designated(spans: Iterable[tuple[date, date]], day: date) -> bool:
    """Does one of these designations (first and last day) hold on ``day``?

    Source: Measures, art. 19 (assessment bodies are determined by housing and HR together).
    """
    return any(first <= day <= last for first, last in spans)


def apart(trained_by: int, examined_by: int, affiliates: Iterable[int], rule: str) -> bool:
    """May this body examine the learners of this institution, by the rule "apart" or "together"?

    Apart means: not those of an institution that belongs to the same owner.
    Source: Measures, art. 19; project register of facts, §5 (培考分离: a proposal).
    """
    if rule == "together":
        return True
    return trained_by != examined_by and trained_by not in set(affiliates)


# ── The room ─────────────────────────────────────────────────────────────────────────────────


class Place(NamedTuple):
    """Where a seat stands: rows from the front, columns from the aisle by the door, both from 1."""

    row: int
    column: int


def grid(rows: int, columns: int, *, snake: bool = False) -> Iterator[tuple[int, Place]]:
    """Seats row by row, numbered from 1; ``snake`` turns round at the end of every row."""
    number = 0
    for row in range(1, rows + 1):
        across = range(1, columns + 1)
        for column in reversed(across) if snake and row % 2 == 0 else across:
            number += 1
            yield number, Place(row, column)


class Layout(NamedTuple):
    """How the seats of a room are drawn: the last ``spares`` of them are kept free, machines are
    called ``prefix`` and the number.
    """

    rows: int
    columns: int
    spares: int = 0
    snake: bool = False
    prefix: str = ""

    @property
    def total(self) -> int:
        return self.rows * self.columns


def spares_needed(machines: int, one_in: int) -> int:
    """One spare machine for every full ``one_in`` in use.

    Source: project register of facts, §5 (one spare for every ten machines).
    """
    return machines // one_in


@dataclass(frozen=True)
class RoomFacts:
    """What is known of the seats of a room. ``checked`` are of those in use or spare."""

    seats: int  # in use for candidates
    spares: int
    broken: int
    checked: int
    at_most: int
    one_in: int


class Finding(NamedTuple):
    """A code for programs, how bad it is, and the facts of its sentence."""

    code: str
    tone: str
    facts: Mapping[str, Any]


def room_findings(facts: RoomFacts) -> list[Finding]:
    """What is to be said of a room before people are seated in it.

    Source: project register of facts, §5 (99 machines a room, one spare for every ten).
    """
    found = []
    if not facts.seats:
        return [Finding("no_seats", "bad", {})]
    needed = spares_needed(facts.seats, facts.one_in)
    if facts.seats + facts.spares > facts.at_most:
        said = {"seats": facts.seats + facts.spares, "at_most": facts.at_most}
        found.append(Finding("too_many_seats", "bad", said))
    if facts.spares < needed:
        said = {"spares": facts.spares, "needed": needed, "seats": facts.seats}
        found.append(Finding("too_few_spares", "bad", said))
    else:
        found.append(Finding("spares_kept", "ok", {"spares": facts.spares, "needed": needed}))
    if facts.broken:
        found.append(Finding("broken", "warn", {"broken": facts.broken}))
    unchecked = facts.seats + facts.spares - facts.checked
    if unchecked:
        found.append(Finding("unchecked", "warn", {"unchecked": unchecked}))
    else:
        found.append(Finding("checked", "ok", {"checked": facts.checked}))
    return found


# ── Who sits where ───────────────────────────────────────────────────────────────────────────


class Spot(NamedTuple):
    """A seat of a sitting that may hold several rooms."""

    room: int
    row: int
    column: int


class Sitter(NamedTuple):
    """Somebody to be seated, and what should not sit side by side: class, then institution."""

    key: int
    group: int
    institution: int


NEAR = [(dr, dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1) if dr or dc]
BESIDE = [(-1, 0), (0, -1), (0, 1), (1, 0)]


def around(spot: Spot, steps: Iterable[tuple[int, int]] = NEAR) -> Iterator[Spot]:
    """The places next to one, by row, by column, and across the corner."""
    for down, aside in steps:
        yield Spot(spot.room, spot.row + down, spot.column + aside)


def chosen(spots: Sequence[Spot], count: int) -> list[Spot]:
    """Which ``count`` of the seats are taken: spread over the rooms, every other seat first.

    Rooms share the people in proportion to their seats. Raises ValueError when there are too few.
    """
    if count > len(spots):
        raise ValueError(f"{count} people do not fit on {len(spots)} seats")
    rooms: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        rooms[spot.room].append(spot)
    taken: list[Spot] = []
    for room, share in _shares(count, {key: len(own) for key, own in rooms.items()}).items():
        own = sorted(rooms[room], key=lambda spot: ((spot.row + spot.column) % 2, spot))
        taken += own[:share]
    return sorted(taken)


def _shares(count: int, sizes: Mapping[int, int]) -> dict[int, int]:
    """``count`` in proportion to ``sizes``, by largest remainder; earlier ones win ties."""
    total = sum(sizes.values())
    shares = {key: count * size // total for key, size in sizes.items()} if total else {}
    by_rest = sorted(shares, key=lambda key: -(count * sizes[key] % total))
    for key in by_rest[: count - sum(shares.values())]:
        shares[key] += 1
    return shares


def spread(
    people: Sequence[Sitter],
    spots: Sequence[Spot],
    seed: str,
    taken: Mapping[Spot, Sitter] | None = None,
) -> dict[int, Spot]:
    """A seat for everybody, by their key: those of one class apart where it can be, then those of
    one institution. ``taken`` are those who sit already.

    The same people, seats and seed give the same plan for ever: nothing is drawn but by SHA-256.
    Raises ValueError when there are too few seats.

    Source: project register of facts, §5 (candidates of one institution are spread).
    """
    sits = dict(taken or {})
    waiting: dict[int, list[Sitter]] = defaultdict(list)
    for one in sorted(people, key=lambda one: _rank(seed, one.key)):
        waiting[one.group].append(one)
    plan: dict[int, Spot] = {}
    for spot in chosen(spots, len(people)):
        near = [sits[other] for other in around(spot) if other in sits]
        one = waiting[_best(waiting, near, seed)].pop(0)
        sits[spot] = one
        plan[one.key] = spot
    return plan


def _best(waiting: Mapping[int, list[Sitter]], near: Sequence[Sitter], seed: str) -> int:
    """The class to take the next person from: fewest of it nearby, then most still waiting."""

    def cost(group: int) -> tuple[int, int, int, str]:
        first = waiting[group][0]
        alike = sum(one.group == group for one in near)
        kin = sum(one.institution == first.institution for one in near)
        return alike, kin, -len(waiting[group]), _rank(seed, group)

    return min((group for group, left in waiting.items() if left), key=cost)


def deal(spots: Sequence[Spot], forms: int, seed: str) -> dict[Spot, int]:
    """Which form, from 0, lies on which seat. Neighbours by row or column never have the same of
    two or three forms; of four or more, neighbours across the corner neither. People who sit apart
    from everybody get the forms in turn.

    ``seed`` decides which form comes first; the same seed deals the same for ever.
    Raises ValueError for no form.

    Source: Measures, art. 20; project register of facts, §5 (forms A and B).
    """
    if forms < 1:
        raise ValueError("there is no form to deal")
    order = sorted(range(forms), key=lambda form: _rank(seed, form))
    down = 1 if forms == 2 else 2  # noqa: PLR2004 - two forms alternate like a chessboard
    dealt: dict[Spot, int] = {}
    for turn, group in enumerate(_groups(spots, BESIDE if forms < 4 else NEAR)):  # noqa: PLR2004
        first = group[0]
        for spot in group:
            steps = down * (spot.row - first.row) + spot.column - first.column
            dealt[spot] = order[(steps + turn) % forms]
    return dealt


def _groups(spots: Iterable[Spot], steps: Sequence[tuple[int, int]]) -> Iterator[list[Spot]]:
    """Those who sit together, seat by seat; group after group, in the order of the room."""
    waiting = dict.fromkeys(sorted(spots))
    while waiting:
        group = [next(iter(waiting))]
        del waiting[group[0]]
        for spot in group:  # grows while it is read
            for other in around(spot, steps):
                if other in waiting:
                    del waiting[other]
                    group.append(other)
        yield group


def clashes(dealt: Mapping[Spot, int], *, across: bool = False) -> list[tuple[Spot, Spot]]:
    """Neighbours with the same form; ``across`` counts those over the corner as well."""
    steps = NEAR if across else BESIDE
    return [
        (spot, other)
        for spot, form in dealt.items()
        for other in around(spot, steps)
        if spot < other and dealt.get(other) == form
    ]


def _rank(seed: str, value: object) -> str:
    return hashlib.sha256(f"{seed}/{value}".encode()).hexdigest()
