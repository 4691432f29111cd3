"""Who may sit, what is on the paper, in which order, until when, and what the answers are worth."""

import hashlib
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar

from zhupei.papers.rules import digest
from zhupei.questions.rules import LETTERS, Kind, earned, mark

LATE_MINUTES = 30  # after the start the door shuts, unless the region set another figure

# ── Answers ──────────────────────────────────────────────────────────────────────────────────


LONGEST_ANSWER = 10_000  # characters; an essay of two hours by a fast hand is half of it


class HasTurn(Protocol):
    """Anything a candidate did at a numbered turn."""

    @property
    def turn(self) -> int: ...


Turned = TypeVar("Turned", bound=HasTurn)


def newest_turn_wins(stored: Turned | None, offered: Turned) -> Turned:
    """The answer that counts: the one of the higher turn; at equal turns the one already stored. So
    order and repetition of requests do not matter.
    """
    return offered if stored is None or stored.turn < offered.turn else stored


# ── Eligibility ──────────────────────────────────────────────────────────────────────────────


class Reason(StrEnum):
    """Why somebody may not be seated. The sentence of each is in sentences.py."""

    WITHDRAWN = "withdrawn"
    CLASS_NOT_IN_EFFECT = "class_not_in_effect"
    OTHER_JOB = "other_job"
    HOURS_SHORT = "hours_short"
    NO_CONSENT = "no_consent"
    BUSY = "busy"
    PENDING = "pending"
    PASSED = "passed"
    NOT_FILED = "not_filed"
    SAME_OWNER = "same_owner"
    NO_RESIT_LEFT = "no_resit_left"


@dataclass(frozen=True)
class Facts:
    """What is known about one enrolment on the day it is looked at. Hours in seconds, by unit."""

    enrolled: bool
    class_counts: bool
    same_job: bool
    consented: bool
    required: Mapping[int, int]
    credited: Mapping[int, int]
    hours_share: int  # percent of the syllabus
    busy_with: str = ""  # the other sitting at the same time
    waits_for: str = ""  # the other sitting of this job whose marks are not known yet
    passed: bool = False  # this job, in an earlier sitting
    filed: bool = True  # a class away from home is filed where it was taught
    apart: bool = True  # who trained and who examines are not of one owner, or it is allowed
    resit_on: date | None = None  # the first day of a further try; none: there are tries left


class Verdict(NamedTuple):
    """Every reason against, in the order a clerk would check them; none means eligible."""

    reasons: tuple[Reason, ...]
    counted: int  # seconds
    needed: int  # seconds
    busy_with: str = ""
    waits_for: str = ""
    resit_on: date | None = None

    @property
    def eligible(self) -> bool:
        return not self.reasons


def eligibility(facts: Facts) -> Verdict:
    """May this person be seated, and if not, for which reasons?

    Source: Measures, art. 10 (classes away from home are filed), art. 13 (attendance is kept
    strictly), art. 18 (assessment of those trained) and art. 19; the share of the hours is the
    parameter exams.hours_share.
    """
    counted = counted_seconds(facts.credited, facts.required)
    needed = needed_seconds(facts.required, facts.hours_share)
    against = {
        Reason.WITHDRAWN: not facts.enrolled,
        Reason.CLASS_NOT_IN_EFFECT: not facts.class_counts,
        Reason.OTHER_JOB: not facts.same_job,
        Reason.HOURS_SHORT: counted < needed,
        Reason.NO_CONSENT: not facts.consented,
        Reason.BUSY: bool(facts.busy_with),
        Reason.PENDING: bool(facts.waits_for),
        Reason.PASSED: facts.passed,
        Reason.NOT_FILED: not facts.filed,
        Reason.SAME_OWNER: not facts.apart,
        Reason.NO_RESIT_LEFT: facts.resit_on is not None,
    }
    reasons = tuple(reason for reason, holds in against.items() if holds)
    said = (facts.busy_with, facts.waits_for, facts.resit_on)
    return Verdict(reasons, counted, needed, *said)


def next_try(tries: Iterable[date], on: date, *, resits: int, months: int) -> date | None:
    """The first day on which somebody who has not passed may try again, if not ``on`` already.

    ``tries`` are the days of earlier tries that did not pass. The first one and ``resits`` more
    fit into ``months``; when they are used up, the oldest of them has to be that long ago.
    Source: project register of facts, §5 (two re-sits in twelve months: a proposal).
    """
    recent = sorted(tries, reverse=True)[: resits + 1]
    if len(recent) <= resits:
        return None
    free = months_after(recent[-1], months)
    return free if on < free else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def counted_seconds(credited: Mapping[int, int], required: Mapping[int, int]) -> int:
    """Hours that count: too many in one unit do not make up for too few in another."""
    return sum(min(credited.get(unit, 0), seconds) for unit, seconds in required.items())


def needed_seconds(required: Mapping[int, int], share: int) -> int:
    """``share`` percent of the syllabus, never rounded down."""
    return -(-sum(required.values()) * share // 100)


# ── Who watches ──────────────────────────────────────────────────────────────────────────────


def independent(tied: AbstractSet[int], institutions: AbstractSet[int]) -> bool:
    """Is somebody with these ties (bodies they work or teach for) free of the institutions whose
    learners sit?

    Source: Measures, art. 20 (sittings in good order); project register of facts, §5 (one in each
    room does not belong to the training institution: a proposal).
    """
    return not tied & institutions


class Watched(NamedTuple):
    """One room: how many sit in it, how many watch, and how many of them are independent."""

    room: str
    candidates: int
    watching: int
    independent: int


class Missing(NamedTuple):
    """What is missing in a room: a code for programs, and the facts of its sentence."""

    code: str
    facts: Mapping[str, Any]


def watchers_needed(candidates: int, at_least: int, one_for: int) -> int:
    """Invigilators of a room: one for every ``one_for`` candidates begun, never under ``at_least``.

    Source: project register of facts, §5 (two a room, one for thirty: a proposal).
    """
    return max(at_least, -(-candidates // one_for))


def watch_missing(
    rooms: Iterable[Watched], *, at_least: int, one_for: int, independent: int
) -> list[Missing]:
    """What every room still lacks before a sitting may be sealed.

    Source: project register of facts, §5 (one in each room is not of the training institution).
    """
    missing = []
    for one in rooms:
        needed = watchers_needed(one.candidates, at_least, one_for)
        said: dict[str, Any] = {"room": one.room, "candidates": one.candidates}
        if one.watching < needed:
            missing.append(Missing("too_few", {**said, "needed": needed, "called": one.watching}))
        if one.independent < independent:
            few = {**said, "needed": independent, "called": one.independent}
            missing.append(Missing("nobody_independent", few))
    return missing


# ── The paper ────────────────────────────────────────────────────────────────────────────────

KINDS = tuple(kind.value for kind in Kind)  # the order on the paper


class Shown(NamedTuple):
    """One item as one candidate sees it: its place in the sealed paper, and the letters the
    sealed paper gives to the options, in the order shown.
    """

    item: int
    letters: str


# An option that speaks of the others ("以上都对", "A和C") has to stay where it is.
SPEAKS_OF_OTHERS = re.compile(r"以上|上述|前述|[A-H]\s*[和与及、]\s*[A-H]")


def order(seed: str, places: Sequence[Mapping[str, Any]], *, shuffle: bool = True) -> list[Shown]:
    """A candidate's own order of items and options.

    Kinds stay together, then come the case groups, each whole and in its own order. Options of
    single and multiple choices are shuffled, unless they speak of each other; judgements keep 正确
    before 错误. Without ``shuffle`` everybody sees the form as it is.

    Blocks sort by (kind, SHA-256 of "seed/place" in hex), options by that of "seed/place/letter".
    """
    blocks = _blocks(places)
    if shuffle:
        blocks.sort(key=lambda block: (_standing(places[block[0]]), _rank(seed, block[0])))
    return [
        Shown(place, _letters(f"{seed}/{place}", places[place], shuffle=shuffle))
        for block in blocks
        for place in block
    ]


def _blocks(places: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Places that stay together: those of one case group, every other by itself."""
    blocks: dict[object, list[int]] = {}
    for number, place in enumerate(places):
        group = place.get("group")
        name = ("group", group["number"]) if group else ("place", number)
        blocks.setdefault(name, []).append(number)
    return list(blocks.values())


def _standing(place: Mapping[str, Any]) -> int:
    return len(KINDS) if place.get("group") else KINDS.index(place["kind"])


def _letters(seed: str, place: Mapping[str, Any], *, shuffle: bool) -> str:
    options = place.get("options") or []
    letters = LETTERS[: len(options)]
    fixed = place["kind"] == Kind.JUDGE or any(map(SPEAKS_OF_OTHERS.search, options))
    return letters if fixed or not shuffle else "".join(_shuffled(letters, seed))


def _shuffled(values: Iterable[Any], seed: str) -> list[Any]:
    return sorted(values, key=lambda value: _rank(seed, value))


def _rank(seed: str, value: object) -> str:
    return hashlib.sha256(f"{seed}/{value}".encode()).hexdigest()


def receipt(answers: Mapping[int, str]) -> str:
    """The figure a candidate takes home: SHA-256 of [[place, letters], …] in order of place, none
    of answers taken back.
    """
    return digest([[item, choice] for item, choice in sorted(answers.items()) if choice])


# ── Time ─────────────────────────────────────────────────────────────────────────────────────


def closes_at(ends_at: datetime, grace_seconds: int) -> datetime:
    """When the server stops taking answers: one end for all. Candidates see ``ends_at``, at which
    their page locks itself; the grace is only for answers already on their way.
    """
    return ends_at + timedelta(seconds=grace_seconds)


def written_in_time(turn: int, ends_at: datetime) -> bool:
    """Does a late answer claim to have been written before the end? Its turn is the server's time
    in milliseconds as the page knew it, which may lie: a person decides.
    """
    return turn <= ends_at.timestamp() * 1000


def may_start_at(moment: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """From the start until just before the end; who comes late has what is left."""
    return starts_at <= moment < ends_at


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Do two stretches of time share a moment? Touching ends do not."""
    return first[0] < second[1] and second[0] < first[1]


# ── The mark ─────────────────────────────────────────────────────────────────────────────────


class Ruling(StrEnum):
    """What may be decided of an item after it was answered."""

    NEW_KEY = "new_key"  # other answers are right
    ALL = "all"  # everybody who sat has its points
    VOID = "void"  # it counts for nobody


class Correction(NamedTuple):
    """What was decided; ``keys``: the answers that are right now, any of them."""

    ruling: Ruling
    keys: tuple[Any, ...] = ()


UNCORRECTED: Mapping[int, Correction] = MappingProxyType({})


class Marking(NamedTuple):
    """What a form is marked by: of each place its kind, key, points, and what was decided later."""

    kinds: Sequence[str]
    keys: Mapping[int, Any]
    points: Mapping[int, Decimal]
    corrections: Mapping[int, Correction] = UNCORRECTED

    @property
    def counted(self) -> dict[int, Decimal]:
        """The points of the places that count."""
        return {
            place: worth
            for place, worth in self.points.items()
            if place not in self.corrections or self.corrections[place].ruling != Ruling.VOID
        }

    def right(self, place: int) -> list[Any]:
        """The keys that hold of a place, any of them."""
        found = self.corrections.get(place)
        return list(found.keys) if found and found.keys else [self.keys[place]]

    @classmethod
    def read(cls, sealed: Mapping[str, Any]) -> "Marking":
        """From the JSON that was sealed."""
        return cls(
            sealed["kinds"],
            {int(place): key for place, key in sealed["keys"].items()},
            {int(place): Decimal(worth) for place, worth in sealed["points"].items()},
        )


def by_machine(marking: Marking, answers: Mapping[int, str]) -> dict[int, Fraction | None]:
    """What every place earns of its points; None where people have to judge.

    Source: project register of facts, §5 (objective items are marked by the machine).
    """
    return {
        place: _earned(marking, place, kind, answers.get(place, ""))
        for place, kind in enumerate(marking.kinds)
    }


def _earned(marking: Marking, place: int, kind: str, answer: str) -> Fraction | None:
    """As the key says, or as was decided of the item since."""
    found = marking.corrections.get(place)
    if found is None or found.ruling == Ruling.NEW_KEY:
        shares = [earned(kind, key, answer) for key in marking.right(place)]
        return max((share for share in shares if share is not None), default=None)
    return Fraction(found.ruling == Ruling.ALL)


def final_mark(marking: Marking, shares: Mapping[int, Fraction | None]) -> Decimal | None:
    """The mark out of 100, once every place that counts has its share; None as long as one has not.

    Source: Measures, art. 20 (results are true: what counts for nobody is in no total).
    """
    points = marking.counted
    known = {p: share for p, share in shares.items() if share is not None and p in points}
    return mark(points, known) if set(known) == set(points) else None


def passes(reached: Decimal, pass_mark: Decimal) -> bool:
    """Reaching the pass mark is enough.

    Source: Measures, art. 18 (certificates follow a passed assessment); the mark is the parameter
    exams.pass_mark.
    """
    return reached >= pass_mark
