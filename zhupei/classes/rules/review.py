"""What a review must have looked at, how long it looked, and which plans are read a second time."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

PING_SECONDS: Final = 15  # how often a page says that it is still on the screen
LONGEST_PING: Final = PING_SECONDS * 1.5  # a later one counts no more: nobody knows what was seen
WHOLE: Final = 1 << 256  # as many values as a SHA-256 has


@dataclass(frozen=True)
class ReviewFacts:
    """What decides which items a plan's checklist has. Documents are named by their keys, the
    roster by that of its newest row: a roster that grew is another paper, to be opened anew.
    """

    has_practice: bool
    away_from_home: bool
    round: int
    has_scheme: bool = False
    lesson_plans: Sequence[int] = ()
    schemes: Sequence[int] = ()
    roster: int = 0


@dataclass(frozen=True)
class Item:
    """One line of the checklist: its article, the field of the plan a reason is attached to, and
    the papers that must have been opened before it can be answered for.
    """

    code: str
    law: str
    field: str
    papers: tuple[str, ...]


def document(key: int) -> str:
    """How a reading names a file of the plan."""
    return f"document/{key}"


def checklist(facts: ReviewFacts) -> list[Item]:
    """The items of a plan, by what is in it.

    Source: Measures, art. 12 (what a plan consists of), art. 9 (places and teachers), art. 10
    (filing away from home); notice of 2023, part 2, section 1 (approved without reading).
    """
    plans = tuple(document(key) for key in facts.lesson_plans)
    scheme = ("practice",) if facts.has_scheme or not facts.schemes else ()
    items = [
        Item("roster", "第十二条", "roster", (f"roster/{facts.roster}",)),
        Item("timetable", "第八条", "timetable", ("timetable",)),
        Item("teachers", "第九条", "teachers", ("teachers",)),
        Item("rooms", "第九条", "room", ("rooms",)),
        Item("lesson_plans", "第十二条", "documents", plans or ("lesson_plans",)),
        Item("resources", "第十二条", "documents", ("resources",)),
        Item("licence", "第九条", "institution", ("licence",)),
        Item("staffing", "2023 年度评估通报", "institution", ("staffing",)),
    ]
    if facts.has_practice:
        papers = scheme + tuple(document(key) for key in facts.schemes)
        items.insert(5, Item("practice", "第十二条", "practice_scheme", papers))
    if facts.away_from_home:
        items.append(Item("filing", "第十条", "division", ("filing",)))
    if facts.round > 1:
        items.insert(0, Item("changes", "第十二条", "returned", ("changes",)))
    return items


# Which item a finding of the machine belongs to: by its code, or else by its field.
OF_CODE: Final[Mapping[str, str]] = {
    "teacher_not_engaged": "teachers",
    "few_teachers": "teachers",
    "enough_teachers": "teachers",
    "room_double_booked": "rooms",
    "rooms_free": "rooms",
    "licence_valid": "licence",
    "licence_not_for_this_job": "licence",
    "licence_not_valid": "licence",
}
OF_FIELD: Final[Mapping[str, str]] = {
    "roster": "roster",
    "timetable": "timetable",
    "starts_on": "timetable",
    "ends_on": "timetable",
    "teachers": "teachers",
    "seats": "rooms",
    "room": "rooms",
    "practice_scheme": "practice",
    "documents": "resources",
    "textbooks": "resources",
    "division": "filing",
    "staffing": "staffing",
}


def item_of(code: str, field: str) -> str:
    """The item a finding of the pre-check stands beside.

    Source: notice of 2023, part 2, section 1 (what is to be looked at is not clear).
    """
    return OF_CODE.get(code) or OF_FIELD.get(field, "licence")


def credited(gap: float) -> int:
    """Seconds to count when a page says, ``gap`` seconds after the last time, that it is shown.

    Source: notice of 2023, part 2, section 1 (approved without reading).
    """
    return round(max(0.0, min(gap, LONGEST_PING)))


def not_opened(items: Iterable[Item], opened: AbstractSet[str]) -> list[Item]:
    """The items of which some paper was not opened.

    Source: notice of 2023, part 2, section 1 (approved without reading).
    """
    return [item for item in items if not opened >= set(item.papers)]


def not_answered(items: Iterable[Item], answered: AbstractSet[str]) -> list[Item]:
    """The items nobody has given an answer to.

    Source: notice of 2023, part 2, section 1 (approved without reading).
    """
    return [item for item in items if item.code not in answered]


def lot(seed: str, number: str) -> int:
    """What a plan drew: SHA-256 of the seed, a space and its number, as one figure."""
    return int(sha256(f"{seed} {number}".encode()).hexdigest(), 16)


def drawn(seed: str, number: str, share: int) -> bool:
    """Is the plan read a second time? Its lot is below ``share`` per cent of all lots there are.

    Source: notice of 2023, part 2, section 1 (4: checks are increased); the share is a parameter.
    """
    return lot(seed, number) * 100 < share * WHOLE


def threshold(share: int) -> str:
    """The first lot that is not drawn, in hexadecimal: lots are compared with it as texts."""
    return f"{min(-(-share * WHOLE // 100), WHOLE - 1):064x}"
