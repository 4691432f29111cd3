"""What authorities saw, found, ordered and entered, and what help an institution gave.

Every part answers in the same few questions for many institutions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from zhupei.assistance.models import Assistance, HelpKind
from zhupei.complaints.models import Complaint, Inquiry
from zhupei.core.audit import subject_key
from zhupei.corrections.models import Finding, KindOfFinding, Order, OrderState
from zhupei.credit.models import About, CreditRecord, RecordState
from zhupei.evaluation.facts.reading import Found, Reading, cases
from zhupei.exams.models import Attempt
from zhupei.patrols.checklist import Answer
from zhupei.patrols.models import Duty, Patrol, Subject
from zhupei.patrols.models import State as DutyState

AS_PLANNED = "answers__answers__plan"  # the first line of the form of a class
AS_NOTIFIED = "answers__answers__held"  # the same of an exam
Deeds = dict[int, list[tuple[int, str]]]


def read(reading: Reading) -> Found:
    """Facts of patrols, of orders to put things right, of conduct, and of assistance."""
    found: Found = {key: {} for key in reading.keys}
    parts = (_patrols, _exams, _stand_ins, _closure, conduct, _complaints, _help)
    for part in parts:
        for key, facts in part(reading).items():
            for rule, told in facts.items():
                found[key].setdefault(rule, {}).update(told)
    return found


def _patrols(reading: Reading) -> Found:
    """The looks that were taken in the year, and those that found the class where and when its
    plan says; what rules before counted besides, the looks that were owed.
    """
    first, last = reading.moments
    owed = Duty.objects.filter(
        organization__in=reading.keys, kind=Subject.CLASS, closes_at__range=(first, last)
    ).exclude(state=DutyState.LIFTED)
    rows = list(owed.values_list("organization", "state"))
    all_of = Counter(row[0] for row in rows)
    done = Counter(row[0] for row in rows if row[1] == DutyState.DONE)
    taken = Patrol.objects.filed().filter(
        duty__organization__in=reading.keys,
        duty__kind=Subject.CLASS,
        looked_at__range=(first, last),
    )
    looks = list(taken.values_list("duty__organization", "duty", "duty__title", AS_PLANNED))
    others = [row[:3] for row in looks if row[3] == Answer.BAD]
    every, other = Counter(row[0] for row in looks), Counter(row[0] for row in others)
    seen, elsewhere = _by_body({row[:3] for row in looks}), _by_body(set(others))
    return {
        key: {
            "patrols": {
                "owed": all_of[key],
                "done": done[key],
                "looks": every[key],
                "met": every[key] - other[key],
                "cases": cases("duty", elsewhere[key] or seen[key]),
            },
            "applied_first": {"other_class": other[key]},
        }
        for key in reading.keys
    }


def _exams(reading: Reading) -> Found:
    """The theory exams learners sat in the year, and those a look found held otherwise than they
    were notified.
    """
    path = "candidate__enrolment__training_class__organization"
    sat = Attempt.objects.filter(
        sitting__starts_at__range=reading.moments, **{f"{path}__in": reading.keys}
    )
    pairs = set(sat.order_by().values_list(path, "sitting").distinct())
    looked = Patrol.objects.filed().filter(
        duty__sitting__in={sitting for _body, sitting in pairs},
        **{AS_NOTIFIED: Answer.BAD},
    )
    other = set(looked.values_list("duty__sitting", flat=True))
    exams = Counter(body for body, _sitting in pairs)
    held_otherwise = Counter(body for body, sitting in pairs if sitting in other)
    return {
        key: {"applied_first": {"exams": exams[key], "other_exam": held_otherwise[key]}}
        for key in reading.keys
    }


def _stand_ins(reading: Reading) -> Found:
    """Findings somebody made of a lead on stand-ins. A lead alone, even a confirmed one, costs
    nothing: the institution has not heard of it.
    """
    rows = (
        Finding.objects.standing()
        .from_app("leads")
        .filter(organization__in=reading.keys, found_at__range=reading.moments)
    )
    deeds = _by_body(rows.values_list("organization", "pk", "text"))
    return {
        key: {"attendance": {"stand_ins": len(found), "cases": cases("finding", found)}}
        for key, found in deeds.items()
    }


def _complaints(reading: Reading) -> Found:
    """The questions about complaints whose time came in the year, and those answered by then; the
    matters whose result was told. Only counted: who is complained about learns of no single one.
    """
    first, last = reading.moments
    told = Complaint.objects.matters().filter(
        organization__in=reading.keys, replied_at__range=(first, last)
    )
    asked = Inquiry.objects.filter(organization__in=reading.keys, due_at__range=(first, last))
    answered = asked.filter(answered_at__lte=F("due_at"))
    counts = {
        "closed": Counter(told.values_list("organization", flat=True)),
        "in_time": Counter(told.closed_in_time().values_list("organization", flat=True)),
        "upheld": Counter(told.upheld().values_list("organization", flat=True)),
        "asked": Counter(asked.values_list("organization", flat=True)),
        "answered": Counter(answered.values_list("organization", flat=True)),
    }
    return {
        key: {"complaints": {name: count[key] for name, count in counts.items()}}
        for key in reading.keys
    }


def _help(reading: Reading) -> Found:
    """Help to counties that the authority of the county confirmed; bases apart."""
    given = Assistance.objects.confirmed().filter(
        organization__in=reading.keys, ended_on__range=reading.days
    )
    rows = list(given.values_list("organization", "pk", "title", "kind", "person_times"))
    times: Counter[int] = Counter()
    for organization, _pk, _title, kind, counted in rows:
        if kind == HelpKind.TRAINING:
            times[organization] += counted or 0
    bases = Counter(row[0] for row in rows if row[3] == HelpKind.BASE)
    trainings = _by_body(row[:3] for row in rows if row[3] == HelpKind.TRAINING)
    built = _by_body(row[:3] for row in rows if row[3] == HelpKind.BASE)
    return {
        key: {
            "helped": {"times": times[key], "cases": cases("help", trainings[key])},
            "bases": {"bases": bases[key], "cases": cases("help", built[key])},
        }
        for key in reading.keys
    }


def _closure(reading: Reading) -> Found:
    """The orders whose time came within the year, those answered in time and closed, and those
    answered that wait for the bureau's look.
    """
    first, last = reading.moments
    due = Order.objects.standing().filter(
        organization__in=reading.keys, due_at__range=(first, last)
    )
    rows = list(due.values_list("organization", "pk", "number"))
    closed = due.closed_in_time().values_list("organization", flat=True)
    in_time, owed = Counter(closed), Counter(row[0] for row in rows)
    answered = due.filter(state=OrderState.ANSWERED).values_list("organization", flat=True)
    waiting = Counter(answered)
    deeds = _by_body(rows)
    return {
        key: {
            "closure": {
                "due": owed[key],
                "in_time": in_time[key],
                "waiting": waiting[key],
                "cases": cases("order", deeds[key]),
            }
        }
        for key in reading.keys
    }


def conduct(reading: Reading) -> Found:
    """Credit records decided in the year and in use on the day, and findings about conduct nobody
    entered as one. What was repaired or has run out is used for nothing any more.
    """
    records = CreditRecord.objects.filter(
        organization__in=reading.keys, about=About.INSTITUTION, decided_on__range=reading.days
    ).exclude(state=RecordState.WITHDRAWN)
    entered = [
        (one.organization_id, one.pk, one.ground, one.seriousness)
        for one in records
        if one.is_in_use(reading.day)
    ]
    known = {one.source for one in records if one.source}
    findings = Finding.objects.standing().filter(
        Q(kind=KindOfFinding.CONDUCT),
        organization__in=reading.keys,
        found_at__range=reading.moments,
    )
    found = [
        (one.organization_id, one.pk, one.text[:40], str(one.severity))
        for one in findings
        if subject_key(one) not in known
    ]
    counts = Counter((key, weight) for key, _pk, _text, weight in [*entered, *found])
    records_of = _by_body(row[:3] for row in entered)
    findings_of = _by_body(row[:3] for row in found)
    return {
        key: {
            "conduct": {
                **{weight: counts[key, weight] for weight in ("minor", "ordinary", "serious")},
                "cases": cases("record", records_of[key]) + cases("finding", findings_of[key]),
            }
        }
        for key in reading.keys
    }


def _by_body(rows: Iterable[tuple[Any, ...]]) -> Deeds:
    found: Deeds = defaultdict(list)
    for organization, key, label in rows:
        found[organization].append((key, label))
    return found
