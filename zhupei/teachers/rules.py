"""What makes a teacher's file complete, as functions of plain values."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

SECONDS_PER_HOUR: Final = 2700
"""One 学时 of 45 minutes."""


@dataclass(frozen=True)
class Proof:
    """A piece of evidence: the trades it proves, until when, and whether a scan is there."""

    trades: frozenset[str]
    valid_until: date | None
    scanned: bool


@dataclass(frozen=True)
class Employment:
    """What an institution has on paper about one engagement."""

    full_time: bool
    contract: bool
    contract_until: date | None
    insurance: bool
    insured_until: date | None


class Gap(NamedTuple):
    """Something that is missing: a code, and the trade it is about."""

    code: str
    what: str = ""


def unproven(trades: Iterable[str], proofs: Collection[Proof], *, on: date) -> list[str]:
    """The trades for which no evidence in force with a scan was handed in, in their order.

    Source: notice, part 1, section 1 (qualifications of teachers are checked and on record).
    """
    good = [p for p in proofs if p.scanned and not has_lapsed(p.valid_until, on=on)]
    proven = frozenset().union(*(proof.trades for proof in good))
    return [trade for trade in trades if trade not in proven]


def has_lapsed(until: date | None, *, on: date) -> bool:
    """Is the last day of a paper over? One without an end never lapses."""
    return until is not None and until < on


def employment_gaps(paper: Employment, *, on: date) -> Iterator[Gap]:
    """What is missing of a contract and of the insurance of a full-time teacher.

    Source: notice, part 1, section 1 (contracts of engagement; insurance of full-time teachers).
    """
    if not paper.contract:
        yield Gap("no_contract")
    elif paper.contract_until is None:
        yield Gap("contract_term_unknown")
    elif has_lapsed(paper.contract_until, on=on):
        yield Gap("contract_lapsed")
    if not paper.full_time:
        return
    if not paper.insurance or paper.insured_until is None:
        yield Gap("no_insurance")
    elif has_lapsed(paper.insured_until, on=on):
        yield Gap("insurance_lapsed")


def study_fits(seconds: int, first: date, last: date, *, hours_a_day: int) -> bool:
    """Can a course of these days have had so many seconds?"""
    days = (last - first).days + 1
    return 0 < seconds <= days * hours_a_day * SECONDS_PER_HOUR
