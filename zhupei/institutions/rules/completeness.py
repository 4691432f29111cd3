"""Is an institution's file whole? What belongs into it, and what of that is there.

How many managers and teachers there have to be is judged in ``staffing``; here it is asked
whether the file says anything about them, with its evidence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

POLICIES = (
    "teaching",
    "learners",
    "workshops",
    "safety",
    "logistics",
    "emergencies",
    "staff",
    "assessment",
)
NOTICE = "评估通报"


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room in use. ``term`` is None for a room of one's own."""

    name: str
    use: str
    seats: int
    computers: int
    term: date | None
    fire_until: date | None
    fire_paper: bool


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """An online platform in use, and until when its assessment holds."""

    name: str
    assessed_until: date | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file of an institution or an assessment body says on a day.

    ``practised`` are the trades (names) with practice in the syllabi they may train by;
    ``stations`` the trades they have stations for; ``unproved`` heads and managers without a
    paper; ``used`` the records of use of the last year.
    """

    today: date
    trains: bool = True
    credit_code: str = ""
    licensed_until: date | None = None
    heads: int = 0
    managers: int = 0
    unproved: Sequence[str] = ()
    policies: frozenset[str] = frozenset()
    rooms: Sequence[RoomFacts] = ()
    practised: frozenset[str] = frozenset()
    stations: frozenset[str] = frozenset()
    equipment: int = 0
    used: int = 0
    consumables: int = 0
    teachers: int = 0
    online: bool = False
    platforms: Sequence[PlatformFacts] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a file needs, on what ground, and whether it is there."""

    code: str
    met: bool
    law: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def items(file: FileFacts) -> list[Item]:
    """Everything this file needs, in the order of the file."""
    asked = INSTITUTION if file.trains else ASSESSMENT_BODY
    return [item for rule in asked for item in rule(file)]


def share(found: Sequence[Item]) -> int:
    """How much of a file is there, in percent; 100 only when nothing is missing."""
    return 100 * sum(item.met for item in found) // len(found) if found else 100


def credit_code(file: FileFacts) -> Iterator[Item]:
    """The unified social credit code is on record.

    Source: GB 32100-2015, 5 and annex A.
    """
    yield Item("credit_code", bool(file.credit_code), "GB 32100")


def licence(file: FileFacts) -> Iterator[Item]:
    """A licence is in force.

    Source: Measures, art. 9.
    """
    yield Item("licence", file.licensed_until is not None, "第九条")


def head(file: FileFacts) -> Iterator[Item]:
    """Somebody is at the head.

    Source: notice, part 1, section 1.
    """
    yield Item("head", file.heads > 0, f"{NOTICE}一（一）1")


def managers(file: FileFacts) -> Iterator[Item]:
    """Managers are named.

    Source: notice, part 1, section 1.
    """
    yield Item("managers", file.managers > 0, f"{NOTICE}一（一）1")


def proofs(file: FileFacts) -> Iterator[Item]:
    """Everybody in office is proved by a letter of appointment or a record of insurance.

    Source: notice, part 1, section 2.
    """
    if file.heads or file.managers:
        yield Item("proofs", not file.unproved, f"{NOTICE}一（一）2", {"names": file.unproved})


def policies(file: FileFacts) -> Iterator[Item]:
    """Each of the eight policies is in force.

    Source: notice, part 1, section 1 (who has them all is named as an example).
    """
    for kind in POLICIES:
        yield Item(f"policy_{kind}", kind in file.policies, f"{NOTICE}一（一）1")


def classroom(file: FileFacts) -> Iterator[Item]:
    """There is a room to teach in.

    Source: Measures, art. 9 (places); notice, part 1, section 3.
    """
    there = any(room.use in {"classroom", "computers"} for room in file.rooms)
    yield Item("classroom", there, "第九条")


def computers(file: FileFacts) -> Iterator[Item]:
    """There is a room with computers to examine in.

    Source: Measures, art. 20.
    """
    there = any(room.use == "computers" and room.computers for room in file.rooms)
    yield Item("computers", there, "第二十条")


def fire_checks(file: FileFacts) -> Iterator[Item]:
    """Every room had its fire-safety check, the next is not overdue, and the paper is there.

    Source: Measures, art. 13 (places are safe); notice, part 2, section 1.
    """
    if file.rooms:
        late = [
            room.name
            for room in file.rooms
            if not room.fire_paper or room.fire_until is None or room.fire_until < file.today
        ]
        yield Item("fire_checks", not late, "第十三条", {"names": late})


def terms(file: FileFacts) -> Iterator[Item]:
    """The term of every room that is not one's own is not over.

    Source: notice, part 1, section 3.
    """
    if any(room.term for room in file.rooms):
        over = [room.name for room in file.rooms if room.term and room.term < file.today]
        yield Item("terms", not over, f"{NOTICE}一（一）3", {"names": over})


def stations(file: FileFacts) -> Iterator[Item]:
    """Every trade that is practised has stations.

    Source: notice, part 1, section 4.
    """
    if file.practised:
        without = sorted(file.practised - file.stations)
        yield Item("stations", not without, f"{NOTICE}一（一）4", {"names": without})


def ledgers(file: FileFacts) -> Iterator[Item]:
    """Who practises keeps a ledger of equipment, records of its use within a year, and a list of
    consumables. A year back, not since New Year: in January a good file is still a good file.

    Source: notice, part 1, section 4; notice, part 2, section 1.
    """
    if file.practised:
        law = f"{NOTICE}一（一）4"
        yield Item("equipment", file.equipment > 0, law)
        yield Item("uses", file.used > 0, f"{NOTICE}二（一）3")
        yield Item("consumables", file.consumables > 0, law)


def teachers(file: FileFacts) -> Iterator[Item]:
    """Teachers of the pool are engaged.

    Source: Measures, art. 9; notice, part 1, section 2.
    """
    yield Item("teachers", file.teachers > 0, "第九条")


def platform(file: FileFacts) -> Iterator[Item]:
    """Who may teach online names a platform whose assessment holds.

    Source: Measures, art. 15; notice, part 1, section 4.
    """
    if file.online or file.platforms:
        holds = [
            one for one in file.platforms if one.assessed_until and one.assessed_until >= file.today
        ]
        names = [one.name for one in file.platforms]
        yield Item("platform", bool(holds), "第十五条", {"names": names})


Rule = Callable[[FileFacts], Iterator[Item]]

INSTITUTION: Sequence[Rule] = (
    credit_code,
    licence,
    head,
    managers,
    proofs,
    teachers,
    classroom,
    fire_checks,
    terms,
    stations,
    ledgers,
    policies,
    platform,
)
ASSESSMENT_BODY: Sequence[Rule] = (credit_code, computers, fire_checks, terms)
