"""What has to be true before a filing may be handed in, as functions of plain values."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

Tone = Literal["ok", "warn", "bad"]

PAPERS: Final = ("licence", "premises")
"""What always belongs to a filing: who may teach, and where. Source: Measures, art. 9 and 10."""


@dataclass(frozen=True)
class Span:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Facts:
    """What a filing says, and what the register knows of its institution and its place.

    ``licensed`` has, for each job, the days for which licences of the institution name it;
    ``copied`` the kinds of department registered at either end that get a copy.
    """

    home: str
    place: str
    place_name: str
    days: Span
    today: date
    jobs: tuple[str, ...]
    licensed: Mapping[str, tuple[Span, ...]]
    papers: frozenset[str]
    standing: str
    department: str
    education: str


@dataclass(frozen=True)
class Finding:
    """One verdict: a code for programs, and the facts of its sentence."""

    code: str
    tone: Tone
    field: str
    law: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def precheck(facts: Facts) -> list[Finding]:
    """Every verdict on a filing, in the order people read them."""
    checks = (_place, _department, _days, _licence, _papers, _standing, _education)
    return [finding for check in checks for finding in check(facts)]


def _place(facts: Facts) -> Iterator[Finding]:
    """Only what is taught in another prefecture is filed. Source: Measures, art. 10."""
    said = {"place": facts.place_name}
    if facts.place == facts.home:
        yield Finding("filing_at_home", "bad", "division", "第十条", said)
    else:
        yield Finding("filing_away", "ok", "division", "第十条", said)


def _department(facts: Facts) -> Iterator[Finding]:
    """There is a department that can take it. Source: Measures, art. 10."""
    if facts.department:
        said = {"department": facts.department}
        yield Finding("hr_department_known", "ok", "division", "第十条", said)
    else:
        yield Finding("no_hr_department", "bad", "division", "第十条", {"place": facts.place_name})


def _days(facts: Facts) -> Iterator[Finding]:
    """Filed first, taught afterwards. Source: Measures, art. 10 (备案成功后方可开展)."""
    said = {"first": facts.days.first, "last": facts.days.last}
    if facts.days.last < facts.today:
        yield Finding("filing_too_late", "bad", "valid_until", "第十条", said)
    elif facts.days.first < facts.today:
        yield Finding("filing_days_begun", "warn", "valid_from", "第十条", said)
    else:
        yield Finding("filing_days_ahead", "ok", "valid_from", "第十条", said)


def _licence(facts: Facts) -> Iterator[Finding]:
    """The licence names every job that is filed, on its first day and till its last.

    Source: Measures, art. 9.
    """
    without = [job for job in facts.jobs if not _named(facts, job, facts.days.first)]
    if without:
        said = {"jobs": "、".join(without)}
        yield Finding("filing_beyond_licence", "bad", "jobs", "第九条", said)
        return
    ending = [job for job in facts.jobs if not _named(facts, job, facts.days.last)]
    if ending:
        yield Finding(
            "licence_ends_before", "warn", "valid_until", "第九条", {"jobs": "、".join(ending)}
        )
    else:
        yield Finding("licence_names_jobs", "ok", "jobs", "第九条", {"jobs": "、".join(facts.jobs)})


def _named(facts: Facts, job: str, day: date) -> bool:
    return any(span.holds(day) for span in facts.licensed.get(job, ()))


def _papers(facts: Facts) -> Iterator[Finding]:
    """The papers are there. Source: Measures, art. 10."""
    missing = [kind for kind in PAPERS if kind not in facts.papers]
    if missing:
        yield Finding("papers_missing", "bad", "papers", "第十条", {"papers": missing})
    else:
        yield Finding("papers_there", "ok", "papers", "第十条")


def _standing(facts: Facts) -> Iterator[Finding]:
    """An institution suspended at home begins nothing elsewhere. Source: Measures, art. 23."""
    if facts.standing == "active":
        yield Finding("institution_active", "ok", "", "第二十三条")
    else:
        yield Finding("institution_not_active", "bad", "", "第二十三条")


def _education(facts: Facts) -> Iterator[Finding]:
    """A copy goes to education; where it is not registered, on paper. Source: Measures, art. 10."""
    if not facts.education:
        yield Finding("no_education_department", "warn", "", "第十条", {"place": facts.place_name})
