"""Who may be seated: the facts about many enrolments, and the rule's verdict on each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment, EnrolmentState, TrainingClass
from zhupei.classes.models import State as ClassState
from zhupei.core import parameters
from zhupei.exams import rules
from zhupei.exams.models import RUNNING, Attempt, Candidate, Sitting, State
from zhupei.exams.parameters import HOURS_SHARE, RESIT_MONTHS, RESITS
from zhupei.exams.rules import Facts, Verdict
from zhupei.filings.models import Filing
from zhupei.filings.models import State as FilingState
from zhupei.people.models import Consent, Purpose
from zhupei.syllabus.models import Unit
from zhupei.venues.models import Designation
from zhupei.venues.parameters import SEPARATION
from zhupei.venues.rules import apart

HOUR = 45 * 60  # seconds of one 学时
UNKNOWN = (*RUNNING, State.CLOSED)  # states of a sitting whose marks nobody has been told
LONGEST = timedelta(minutes=300)  # of a sitting, by its constraint

HoursByUnit = dict[int, dict[int, int]]


def within_reach(sitting: Sitting) -> QuerySet[Enrolment]:
    """The enrolments an examiner chooses from: of the job, in the prefecture, not yet seated.

    Everybody is listed, also who may not be seated, because the reason is what they ask for.
    """
    return (
        Enrolment.objects.active()
        .filter(
            training_class__syllabus__job=sitting.job_id,
            training_class__prefecture=sitting.prefecture_id,
        )
        .exclude(person__candidacies__sitting=sitting)
        .select_related("person", "training_class__syllabus", "training_class__organization")
        .order_by("training_class__title", "person__name", "pk")
    )


def verdicts(sitting: Sitting, enrolments: Sequence[Enrolment]) -> dict[int, Verdict]:
    """The verdict on each enrolment, by its key; as many queries for one as for a thousand.

    ``enrolments`` come with their class, its syllabus and its institution.
    """
    people = {enrolment.person_id for enrolment in enrolments}
    figures = parameters.settings_of(
        HOURS_SHARE, RESITS, RESIT_MONTHS, prefecture=sitting.prefecture_id
    )
    required = _required({one.training_class.syllabus_id for one in enrolments})
    credited = Attendance.objects.credited_by_enrolment(enrolments)
    consented = _consented(people)
    busy, pending = _elsewhere(sitting, people)
    passed = _passed(sitting, people)
    kin = _kin(sitting)
    filed = _filed(enrolments)
    resits = _resits(sitting, people, figures[RESITS.key].value, figures[RESIT_MONTHS.key].value)
    return {
        one.pk: rules.eligibility(
            Facts(
                enrolled=one.state == EnrolmentState.ENROLLED,
                class_counts=_counts(one.training_class),
                same_job=one.training_class.syllabus.job_id == sitting.job_id,
                consented=one.person_id in consented,
                required=required[one.training_class.syllabus_id],
                credited=credited[one.pk],
                hours_share=figures[HOURS_SHARE.key].value,
                busy_with=busy.get(one.person_id, ""),
                waits_for=pending.get(one.person_id, ""),
                passed=one.person_id in passed,
                filed=filed[one.training_class_id],
                apart=one.training_class.organization_id not in kin,
                resit_on=resits.get(one.person_id),
            )
        )
        for one in enrolments
    }


def _counts(training_class: TrainingClass) -> bool:
    """In effect or finished; a class that stands still with its institution seats nobody."""
    return training_class.in_effect or training_class.state == ClassState.FINISHED


def _required(syllabi: set[int]) -> HoursByUnit:
    """Seconds each syllabus asks for, by unit."""
    seconds: HoursByUnit = defaultdict(dict)
    for unit in Unit.objects.filter(syllabus__in=syllabi):
        seconds[unit.syllabus_id][unit.pk] = unit.hours * HOUR
    return seconds


def _consented(people: set[int]) -> set[int]:
    """Who agrees to be examined, today.

    Source: PIPL, art. 13 and 15 (consent, which can be taken back).
    """
    given = Consent.objects.filter(person__in=people, purpose=Purpose.EXAM)
    return set(given.filter(withdrawn_at__isnull=True).values_list("person_id", flat=True))


def _elsewhere(sitting: Sitting, people: set[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Who has a seat in another sitting: at the same time; and of this job, with marks that nobody
    knows yet. Each with the title of that sitting.
    """
    near = Q(
        sitting__state__in=RUNNING,
        sitting__starts_at__lt=sitting.ends_at,
        sitting__starts_at__gt=sitting.starts_at - LONGEST,
    )
    of_this_job = Q(sitting__job=sitting.job_id, sitting__state__in=UNKNOWN)
    held = Candidate.objects.filter(near | of_this_job, person__in=people)
    mine = (sitting.starts_at, sitting.ends_at)
    busy, pending = {}, {}
    for seat in held.exclude(sitting=sitting).select_related("sitting"):
        other = seat.sitting
        if other.state in RUNNING and rules.overlap(mine, (other.starts_at, other.ends_at)):
            busy[seat.person_id] = other.title
        elif other.job_id == sitting.job_id:
            pending[seat.person_id] = other.title
    return busy, pending


def _passed(sitting: Sitting, people: set[int]) -> set[int]:
    """Who passed this job before."""
    attempts = Attempt.objects.filter(
        candidate__person__in=people, sitting__job=sitting.job_id, passed=True
    )
    return set(attempts.exclude(sitting=sitting).values_list("candidate__person_id", flat=True))


def _kin(sitting: Sitting) -> set[int]:
    """The institutions whose learners this body does not examine, being of the same owner.

    Source: Measures, art. 19; whether they stay apart is the parameter venues.separation.
    """
    rule = parameters.value(SEPARATION, prefecture=sitting.prefecture_id)
    day = timezone.localdate(sitting.starts_at)
    named = Designation.objects.on(day).filter(
        organization=sitting.organization_id,
        prefecture=sitting.prefecture_id,
        affiliates__isnull=False,
    )
    kin = set(named.values_list("affiliates", flat=True))
    return {one for one in kin if not apart(one, sitting.organization_id, kin, rule)}


def _filed(enrolments: Sequence[Enrolment]) -> dict[int, bool]:
    """Is each class at home, or filed where it was taught on all its days?

    Source: Measures, art. 10.
    """
    classes = {one.training_class_id: one.training_class for one in enrolments}
    away = {
        key: one
        for key, one in classes.items()
        if one.prefecture_id != one.organization.prefecture_id
    }
    if not away:
        return dict.fromkeys(classes, True)
    owners = {one.organization_id for one in away.values()}
    held = Filing.objects.filter(organization__in=owners, state=FilingState.FILED)
    spans = list(held.values_list("organization", "prefecture", "valid_from", "valid_until"))

    def covered(one: TrainingClass) -> bool:
        return any(
            owner == one.organization_id
            and place == one.prefecture_id
            and first <= one.starts_on
            and one.ends_on <= last
            for owner, place, first, last in spans
        )

    return {key: key not in away or covered(one) for key, one in classes.items()}


def _resits(sitting: Sitting, people: set[int], allowed: int, months: int) -> Mapping[int, date]:
    """Who has used up the tries at this job, and from which day there is a further one.

    A try is begun: who did not come has not used it. One taken away for misconduct counts.
    """
    tries: dict[int, list[date]] = defaultdict(list)
    begun = Attempt.objects.begun().filter(
        candidate__person__in=people,
        sitting__job=sitting.job_id,
        sitting__starts_at__lt=sitting.starts_at,
    )
    failed = begun.exclude(passed=True).values_list("candidate__person_id", "sitting__starts_at")
    for person, start in failed:
        tries[person].append(timezone.localdate(start))
    day = timezone.localdate(sitting.starts_at)
    found = {
        one: rules.next_try(days, day, resits=allowed, months=months) for one, days in tries.items()
    }
    return {one: free for one, free in found.items() if free}
