"""Who runs and who teaches at an institution, judged for people: gathers the facts, asks the
rules, finds the words.

However many institutions are asked about, the number of questions to the database is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.functional import Promise

from zhupei.core.templatetags.ui import dated
from zhupei.institutions import parameters
from zhupei.institutions import staffing_words as words
from zhupei.institutions.models import Licence, Post, StaffMember
from zhupei.institutions.rules import staffing as rules
from zhupei.institutions.rules.staffing import (
    Finding,
    HeadFacts,
    Limits,
    ManagerFacts,
    Staff,
    TeacherFacts,
    Tone,
)
from zhupei.organizations.models import Organization
from zhupei.syllabus.models import Category, Job
from zhupei.teachers.models import Engagement, Rank, State, Teacher

SHOWN = 6  # cases told in one sentence
ENGAGED = (
    "organization",
    "teacher__person__name",
    "teacher__state",
    "full_time",
    "contract",
    "contract_until",
    "insured_until",
    "admitted_for",
    "elsewhere",
)


class Trade(NamedTuple):
    """A job some licence in force opens."""

    code: str
    name: str
    category: str


@dataclass(frozen=True)
class Verdict:
    """What one rule says of an institution, with the facts behind it in one sentence.

    ``core/_precheck.html`` shows a list of them.
    """

    code: str
    tone: str
    title: str | Promise
    facts: str
    law: str
    needed: int | None
    has: int | None
    names: Sequence[str]


class Report(NamedTuple):
    """What the rules find of one institution, in words only when somebody reads them. Not
    ``assessed`` when nobody is on file to be judged.
    """

    organization: Organization
    assessed: bool
    findings: list[Finding]

    @property
    def codes(self) -> set[str]:
        """What was found that is not as it should be."""
        return {found.code for found in self.findings if found.tone is not Tone.OK}

    @property
    def verdicts(self) -> list[Verdict]:
        return [_verdict(found) for found in self.findings]


def verdicts(
    organization: Organization,
    *,
    job: Job | None = None,
    on: date | None = None,
    limits: Limits | None = None,
) -> list[Verdict]:
    """What the rules say of an institution, the worst first; of its trades only about ``job``, if
    one is named, otherwise about every one its licences in force open. ``limits`` are the region's
    unless a plan is judged by those of its place.

    Source: notice, part 1, section 1 and 2; Measures, art. 9.
    """
    [staff] = gather([organization], on=on, limits=limits).values()
    return [_verdict(found) for found in rules.findings(staff, job.name if job else None)]


def for_admission(organization: Organization) -> list[Verdict]:
    """What is asked before an institution is admitted: a licence, and the staff for it.

    Source: Measures, art. 9 (basic conditions, then the licence).
    """
    [staff] = gather([organization]).values()
    found = [rules.licence(staff), *rules.findings(staff)]
    order = sorted(found, key=lambda finding: rules.ORDER.index(finding.tone))
    return [_verdict(finding) for finding in order]


def reports(organizations: Iterable[Organization], *, on: date | None = None) -> list[Report]:
    """What the rules find of many institutions, in their order."""
    listed = list(organizations)
    staffs = gather(listed, on=on)
    return [
        Report(one, rules.entered(staffs[one.pk]), rules.findings(staffs[one.pk])) for one in listed
    ]


# Facts


def gather(
    organizations: Sequence[Organization], *, on: date | None = None, limits: Limits | None = None
) -> dict[int, Staff]:
    """What the rules look at, by institution."""
    day = on or timezone.localdate()
    ids = [organization.pk for organization in organizations]
    trades, licences = _opened(ids, day)
    members = _members(ids, day)
    teachers = _teachers(ids, day)
    limits = limits or parameters.limits(day)
    return {
        pk: Staff(
            today=day,
            categories=_categories(trades[pk]),
            trades=[trade.name for trade in trades[pk]],
            licences=licences[pk],
            head=_head(members[pk]),
            managers=_managers(members[pk]),
            teachers=teachers[pk],
            limits=limits,
        )
        for pk in ids
    }


def _opened(ids: Sequence[int], day: date) -> tuple[dict[int, list[Trade]], dict[int, list[str]]]:
    """The trades, by their codes, and the numbers of the licences in force."""
    numbers: dict[int, list[str]] = defaultdict(list)
    trades: dict[int, set[Trade]] = defaultdict(set)
    opens = Licence.jobs.through.objects.filter(licence=OuterRef("pk"))
    told = JSONObject(code="job__code", name="job__name", category="job__category")
    held = Licence.objects.on(day).filter(organization__in=ids).order_by("number")
    jobs = ArraySubquery(opens.values(told=told))
    for organization, number, rows in held.values_list("organization", "number", jobs):
        numbers[organization].append(number)
        trades[organization].update(Trade(**row) for row in rows)
    return {pk: sorted(trades[pk]) for pk in ids}, {pk: numbers[pk] for pk in ids}


def _categories(trades: Iterable[Trade]) -> list[str]:
    held = {trade.category for trade in trades}
    return [str(category.label) for category in Category if category.value in held]


def _members(ids: Sequence[int], day: date) -> dict[int, list[StaffMember]]:
    found: dict[int, list[StaffMember]] = defaultdict(list)
    members = StaffMember.objects.on(day).filter(organization__in=ids)
    for member in members.order_by("since", "pk"):
        found[member.organization_id].append(member)
    return found


def _head(members: Iterable[StaffMember]) -> HeadFacts | None:
    heads = [member for member in members if member.post == Post.HEAD]
    if not heads:
        return None
    head = heads[-1]
    return HeadFacts(head.name, head.rank == Rank.SENIOR, head.managing_since)


def _managers(members: Iterable[StaffMember]) -> list[ManagerFacts]:
    return [
        ManagerFacts(
            member.name,
            member.full_time,
            [str(Category(member.charge).label)] if member.charge else [],
        )
        for member in members
        if member.post == Post.MANAGER
    ]


def _teachers(ids: Sequence[int], day: date) -> dict[int, list[TeacherFacts]]:
    """Who teaches, each with the other institutions that engage them on that day.

    Plain values: a row of Person would be deciphered, however many there are.
    """
    engaged = Engagement.objects.on(day)
    teacher = Teacher.trades.through.objects.filter(teacher=OuterRef("teacher"))
    elsewhere = engaged.filter(teacher=OuterRef("teacher")).exclude(
        organization=OuterRef("organization")
    )
    own = engaged.filter(organization__in=ids).annotate(
        admitted_for=ArraySubquery(teacher.values("job__name")),
        elsewhere=ArraySubquery(elsewhere.order_by("since", "pk").values("organization__name")),
    )
    found: dict[int, list[TeacherFacts]] = defaultdict(list)
    for row in own.order_by("-full_time", "since", "pk").values(*ENGAGED):
        found[row["organization"]].append(
            TeacherFacts(
                name=row["teacher__person__name"],
                in_pool=row["teacher__state"] == State.ADMITTED,
                trades=frozenset(row["admitted_for"]),
                full_time=row["full_time"],
                has_contract=row["contract_until"] is not None or row["contract"] is not None,
                contract_until=row["contract_until"],
                insured_until=row["insured_until"],
                elsewhere=row["elsewhere"],
            )
        )
    return found


# Words


def _verdict(finding: Finding) -> Verdict:
    phrase = words.STAFFING[finding.code]
    return Verdict(
        finding.code,
        finding.tone.value,
        str(phrase.title) % _readable(finding.facts),
        sentence(finding),
        finding.law,
        finding.needed,
        finding.has,
        list(finding.names),
    )


def sentence(finding: Finding) -> str:
    """The facts of a finding as one sentence."""
    phrase = words.STAFFING[finding.code]
    cases = [_case(phrase, item) for item in finding.items[:SHOWN]]
    if len(finding.items) > SHOWN:
        cases.append(str(words.AND_MORE) % {"count": len(finding.items) - SHOWN})
    facts = _readable(finding.facts) | {"items": "；".join(cases)}
    parts = [str(phrase.sentence) % facts]
    parts += [str(words.ASIDES[name]) % facts for name in phrase.asides if facts.get(name)]
    return "".join(parts)


def _case(phrase: words.Phrase, item: Mapping[str, Any]) -> str:
    facts = dict(item)
    if "reason" in facts:
        facts["reason"] = words.NOT_COUNTED[facts["reason"]]
    if "what" in facts:
        facts["what"] = words.LACKING[facts["what"]]
    return str(phrase.item) % facts


def _readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Dates as people write them; names after a colon, where there are any."""
    shown = {
        name: dated(value) if isinstance(value, date) else value for name, value in facts.items()
    }
    return shown | {"named": str(words.NAMED) % shown if facts.get("names") else ""}
