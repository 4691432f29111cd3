"""Who may be given a turn: the facts about many enrolments, and the rule's verdict on each."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import QuerySet

from zhupei.attendance.models import Attendance
from zhupei.classes.models import Enrolment, EnrolmentState, LessonKind, TrainingClass
from zhupei.classes.models import State as ClassState
from zhupei.core import parameters
from zhupei.exams.models import RUNNING as SITTINGS_RUNNING
from zhupei.exams.models import Attempt, Candidate
from zhupei.exams.models import State as SittingState
from zhupei.exams.parameters import HOURS_SHARE
from zhupei.exams.rules import counted_seconds, needed_seconds, overlap
from zhupei.people.models import Consent, Purpose
from zhupei.practical.models import Session, Turn
from zhupei.practical.parameters import PRACTICE_SHARE, THEORY_FIRST
from zhupei.practical.rules import entitled
from zhupei.practical.rules.entitled import Facts, Verdict
from zhupei.syllabus.models import Unit

HOUR = 45 * 60  # seconds of one 学时
LONGEST = timedelta(minutes=300)  # of a theory sitting, by its constraint
Hours = dict[int, dict[int, int]]  # syllabus → unit → seconds


def within_reach(session: Session) -> QuerySet[Enrolment]:
    """The enrolments an examiner chooses from: of the job and level, in the prefecture, without a
    turn in this session.

    Everybody is listed, also who may not take part, because the reason is what they ask for.
    """
    rubric = session.rubric
    here = Turn.objects.standing().filter(session=session)
    return (
        Enrolment.objects.active()
        .filter(
            training_class__syllabus__job=rubric.job_id,
            training_class__syllabus__level=rubric.level,
            training_class__prefecture=session.prefecture_id,
        )
        .exclude(person__in=here.values("person"))
        .select_related("person", "training_class__syllabus", "training_class__organization")
        .order_by("training_class__title", "person__name", "pk")
    )


def verdicts(session: Session, enrolments: Sequence[Enrolment]) -> dict[int, Verdict]:
    """The verdict on each enrolment, by its key; as many queries for one as for a thousand.

    ``enrolments`` come with their class and its syllabus.
    """
    people = {one.person_id for one in enrolments}
    rubric, place = session.rubric, session.prefecture_id
    share = parameters.value(HOURS_SHARE, prefecture=place)
    practice_share = parameters.value(PRACTICE_SHARE, prefecture=place)
    theory_first = parameters.value(THEORY_FIRST, prefecture=place) == "yes"
    required, practice = _required({one.training_class.syllabus_id for one in enrolments})
    credited = Attendance.objects.credited_by_enrolment(enrolments)
    practised = Attendance.objects.credited_by_enrolment(enrolments, kind=LessonKind.PRACTICE)
    consented = _consented(people)
    busy = _busy(session, people)
    theory = _theory(rubric.job_id, people)
    passed = _passed(session, people)
    found = {}
    for one in enrolments:
        syllabus = one.training_class.syllabus
        found[one.pk] = entitled.eligibility(
            Facts(
                enrolled=one.state == EnrolmentState.ENROLLED,
                class_counts=_counts(one.training_class),
                same_job=(syllabus.job_id, syllabus.level) == (rubric.job_id, rubric.level),
                consented=one.person_id in consented,
                counted=counted_seconds(credited[one.pk], required[syllabus.pk]),
                needed=needed_seconds(required[syllabus.pk], share),
                practised=counted_seconds(practised[one.pk], practice[syllabus.pk]),
                practice_needed=needed_seconds(practice[syllabus.pk], practice_share),
                theory_passed=one.person_id in theory,
                theory_first=theory_first,
                busy_with=busy.get(one.person_id, ""),
                passed=one.person_id in passed,
            )
        )
    return found


def _counts(training_class: TrainingClass) -> bool:
    """In effect or finished; a class that stands still with its institution sends nobody."""
    return training_class.in_effect or training_class.state == ClassState.FINISHED


def _required(syllabi: set[int]) -> tuple[Hours, Hours]:
    """Seconds each syllabus asks for by unit: of all kinds, and of practice."""
    required: Hours = {syllabus: {} for syllabus in syllabi}
    practice: Hours = {syllabus: {} for syllabus in syllabi}
    for unit in Unit.objects.filter(syllabus__in=syllabi):
        required[unit.syllabus_id][unit.pk] = unit.hours * HOUR
        practice[unit.syllabus_id][unit.pk] = unit.practice_hours * HOUR
    return required, practice


def _consented(people: set[int]) -> set[int]:
    """Who agrees to be examined, today.

    Source: PIPL, art. 13 and 15 (consent, which can be taken back).
    """
    given = Consent.objects.filter(person__in=people, purpose=Purpose.EXAM)
    return set(given.filter(withdrawn_at__isnull=True).values_list("person_id", flat=True))


def _busy(session: Session, people: set[int]) -> Mapping[int, str]:
    """Who sits a theory exam while the session lasts, or works in another one, and in which."""
    mine = (session.opens_at, session.closes_at)
    seats = Candidate.objects.filter(
        person__in=people,
        sitting__state__in=SITTINGS_RUNNING,
        sitting__starts_at__lt=session.closes_at,
        sitting__starts_at__gt=session.opens_at - LONGEST,
    ).select_related("sitting")
    busy = {
        seat.person_id: seat.sitting.title
        for seat in seats
        if overlap(mine, (seat.sitting.starts_at, seat.sitting.ends_at))
    }
    turns = Turn.objects.standing().filter(
        person__in=people, starts_at__lt=session.closes_at, ends_at__gt=session.opens_at
    )
    for turn in turns.exclude(session=session).select_related("session"):
        busy[turn.person_id] = turn.session.title
    return busy


def _theory(job: int, people: set[int]) -> set[int]:
    passed = Attempt.objects.filter(
        candidate__person__in=people,
        sitting__job=job,
        sitting__state=SittingState.RELEASED,
        passed=True,
    )
    return set(passed.values_list("candidate__person_id", flat=True))


def _passed(session: Session, people: set[int]) -> set[int]:
    """Who passed this job at this level before."""
    turns = Turn.objects.standing().filter(
        person__in=people,
        session__rubric__job=session.rubric.job_id,
        session__rubric__level=session.rubric.level,
        passed=True,
    )
    return set(turns.exclude(session=session).values_list("person_id", flat=True))
