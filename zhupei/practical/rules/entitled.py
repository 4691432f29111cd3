"""Who may take a turn, and whether what was passed is good for a certificate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from zhupei.exams.rules import months_after


class Reason(StrEnum):
    """Why somebody may not be given a turn. The sentence of each is in sentences.py."""

    WITHDRAWN = "withdrawn"
    CLASS_NOT_IN_EFFECT = "class_not_in_effect"
    OTHER_JOB = "other_job"
    HOURS_SHORT = "hours_short"
    PRACTICE_SHORT = "practice_short"
    NO_CONSENT = "no_consent"
    THEORY_OPEN = "theory_open"
    BUSY = "busy"
    PASSED = "passed"


@dataclass(frozen=True)
class Facts:
    """What is known about one enrolment. Hours in seconds, as far as they count."""

    enrolled: bool
    class_counts: bool
    same_job: bool
    consented: bool
    counted: int
    needed: int
    practised: int
    practice_needed: int
    theory_passed: bool
    theory_first: bool
    busy_with: str = ""
    passed: bool = False


class Verdict(NamedTuple):
    """Every reason against, in the order a clerk would check them; none means eligible."""

    reasons: tuple[Reason, ...]
    facts: Facts

    @property
    def eligible(self) -> bool:
        return not self.reasons


def eligibility(facts: Facts) -> Verdict:
    """May this person be given a turn, and if not, for which reasons?

    Source: Measures, art. 13 (attendance) and art. 18 (assessment of those trained); the shares
    are the parameters exams.hours_share and practical.practice_share.
    """
    against = {
        Reason.WITHDRAWN: not facts.enrolled,
        Reason.CLASS_NOT_IN_EFFECT: not facts.class_counts,
        Reason.OTHER_JOB: not facts.same_job,
        Reason.HOURS_SHORT: facts.counted < facts.needed,
        Reason.PRACTICE_SHORT: facts.practised < facts.practice_needed,
        Reason.NO_CONSENT: not facts.consented,
        Reason.THEORY_OPEN: facts.theory_first and not facts.theory_passed,
        Reason.BUSY: bool(facts.busy_with),
        Reason.PASSED: facts.passed,
    }
    return Verdict(tuple(reason for reason, holds in against.items() if holds), facts)


class Lack(StrEnum):
    """Why a passed theory exam is not enough for a certificate."""

    NONE_PASSED = "none_passed"
    TOO_OLD = "too_old"


def lack(passed_on: Collection[date], *, needed: bool, today: date, months: int) -> Lack | None:
    """What of the practical exam keeps somebody from a certificate; None: nothing.

    ``passed_on``: the days of the released practical exams passed in this job and level.

    Source: Measures, art. 18 (who passes the assessment is certified); project register of facts,
    §5 (theory and practice each 60 of 100, both must pass). For which categories, and for how many
    months it is good, are parameters.
    """
    if not needed:
        return None
    if not passed_on:
        return Lack.NONE_PASSED
    return None if today <= months_after(max(passed_on), months) else Lack.TOO_OLD
