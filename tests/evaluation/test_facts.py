"""What is read of a year: the true deeds, in as few questions for many as for one."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import (
    make,
    make_assistance,
    make_attendance,
    make_complaints,
    make_corrections,
    make_credit,
    make_feedback,
    make_patrols,
)
from tests.make_many import many
from zhupei.attendance.models import Attendance
from zhupei.complaints.models import Inquiry
from zhupei.corrections.actions import disputes
from zhupei.corrections.models import Finding
from zhupei.credit.actions import repairs
from zhupei.evaluation import facts
from zhupei.evaluation.facts import Reading, canonical, digest
from zhupei.evaluation.facts.classes import completed, load
from zhupei.feedback.models import Tally
from zhupei.institutions.models import Admission, Room
from zhupei.organizations.models import Kind
from zhupei.patrols.models import Patrol
from zhupei.teachers.models import Engagement
from zhupei.teaching.models import LessonLog, TeachingCheck


def reading_of(world, **more):
    today = timezone.localdate()
    since = today - timedelta(days=365)
    said = {"since": since, "until": today, "day": today} | more
    return Reading([world.school, world.other_school], **said)


def read(world, **more):
    return facts.read(reading_of(world, **more))[world.school.pk]


def lacks(found, *names):
    return {name: found[name] for name in names}


def test_staff_is_judged_as_everywhere(world):
    found = read(world)

    assert lacks(found["managers"], "entered", "has", "needed") == {
        "entered": True,
        "has": 3,
        "needed": 3,
    }
    assert found["head"]["senior"]
    assert found["head"]["experienced"]
    assert lacks(found["trades_covered"], "trades", "covered") == {"trades": 1, "covered": 1}
    assert lacks(found["teacher_files"], "teachers", "complete") == {"teachers": 2, "complete": 2}
    assert found["sharing"]["shared"] == 0


def test_a_teacher_engaged_elsewhere_as_well_is_shared(world):
    Engagement.objects.create(
        teacher=world.teacher,
        organization=world.other_school,
        full_time=False,
        since=make.LONG_AGO,
        contract_until=make.FAR_OFF,
    )

    found = read(world)

    assert found["sharing"]["shared"] == 1
    assert found["sharing"]["elsewhere"] == [world.other_school.name]


def test_rooms_policies_and_practice_of_the_file(world):
    Room.objects.filter(pk=world.room.pk).update(
        tenure="leased", lease_until=timezone.localdate() - timedelta(days=1)
    )

    found = read(world)

    assert lacks(found["tenure"], "rooms", "lasting") == {"rooms": 2, "lasting": 1}
    assert lacks(found["policies"], "has", "needed") == {"has": 0, "needed": 8}
    assert lacks(found["stations"], "practised", "fitting", "short") == {
        "practised": 1,
        "fitting": 0,
        "short": ["土建施工员"],
    }
    assert found["fire"]["checked"] == 0


@pytest.fixture
def ended(world):
    """A class that ended yesterday with two learners, one lesson logged, one check."""
    taught = make_feedback.ended_class(world, days_ago=1, learners=2)
    lesson = taught.lessons.first()
    LessonLog.objects.create(
        lesson=lesson,
        training_class=taught,
        content="识图",
        taught_by=lesson.teacher,
        written_by=world.ma,
        written_at=lesson.ends_at + timedelta(hours=1),
    )
    TeachingCheck.objects.create(
        training_class=taught,
        checked_on=taught.starts_on,
        verdict="good",
        found="正常",
        checker=world.aygul,
    )
    return taught


def test_a_class_is_counted_with_what_it_lacks(world, ended):
    found = read(world)
    lessons = ended.lessons.count()

    assert lacks(found["logs"], "lessons", "logged") == {"lessons": lessons, "logged": 1}
    assert found["logs"]["cases"] == [["class", ended.pk, ended.title]]
    assert lacks(found["reporting"], "written", "in_time") == {"written": 1, "in_time": 1}
    assert lacks(found["checks"], "classes", "checked", "evaluated") == {
        "classes": 1,
        "checked": 1,
        "evaluated": 0,
    }
    assert lacks(found["books"], "owed", "confirmed") == {"owed": 2, "confirmed": 0}
    assert lacks(found["first_time"], "submitted", "never_returned") == {
        "submitted": 1,
        "never_returned": 1,
    }
    assert lacks(found["applied_first"], "classes", "late") == {"classes": 1, "late": 0}
    assert lacks(found["roster"], "lessons", "by_roster") == {
        "lessons": lessons,
        "by_roster": lessons,
    }
    assert found["plan_hours"]["fitting"] == 1
    assert lacks(found["records"], "classes", "packed", "heard") == {
        "classes": 1,
        "packed": 0,
        "heard": 0,
    }
    assert found["follow_up"]["learners"] == 2


def test_who_teaches_without_being_engaged_is_not_on_the_roster(world, ended):
    Engagement.objects.update(until=ended.starts_on - timedelta(days=1))

    assert read(world)["roster"]["by_roster"] == 0


def test_attendance_counts_what_learners_signed_themselves(world):
    taught = make_attendance.class_with_learners(world, world.adil, world.mayra)
    first = make_attendance.first_lesson(taught)
    for user in (world.adil, world.mayra):
        make_attendance.present(first, user)
    own = Attendance.objects.filter(enrolment__person=world.adil.person)
    own.update(signed_at=first.starts_at)

    found = read(world)["attendance"]

    assert lacks(found, "arrivals", "own") == {"arrivals": 2, "own": 1}


def test_opinions_are_a_mean_of_all_and_need_enough_voices(world, ended):
    for question in ("teaching", "practice", "materials", "place", "order", "promises"):
        Tally.objects.create(training_class=ended, question=question, score=4, count=6)

    found = read(world)["satisfaction"]

    assert lacks(found, "voices", "mean") == {"voices": 6, "mean": "4.00"}


def test_what_an_institution_states_is_a_fact_of_its_own(world):
    found = read(world, declared={world.school.pk: Decimal("88.5")})

    assert found["pass_rate"]["declared"] == "88.5"


def test_a_year_before_the_classes_knows_nothing_of_them(world, ended):
    long_ago = timezone.localdate() - timedelta(days=800)

    found = read(world, since=long_ago, until=long_ago + timedelta(days=300))

    assert found["logs"]["lessons"] == 0


def test_orders_count_when_their_time_has_come(world):
    row = make_corrections.order(world)
    assert read(world)["closure"]["due"] == 0

    with time_machine.travel(row.due_at + timedelta(days=1), tick=False):
        found = read(world)["closure"]

    assert lacks(found, "due", "in_time") == {"due": 1, "in_time": 0}
    assert found["cases"] == [["order", row.pk, row.number]]


def test_an_order_closed_in_time_is_in_time(world):
    row = make_corrections.verified(world, make_corrections.answered(world))
    with time_machine.travel(row.due_at + timedelta(days=1), tick=False):
        found = read(world)["closure"]

    assert lacks(found, "due", "in_time") == {"due": 1, "in_time": 1}


def test_conduct_counts_records_and_findings_once(world):
    make_credit.record(world)
    finding = make_corrections.finding(world, kind="conduct", severity="minor")
    make_credit.record(world, seriousness="serious", source=finding, shown_why="")

    found = read(world)["conduct"]

    assert lacks(found, "minor", "ordinary", "serious") == {
        "minor": 0,
        "ordinary": 1,
        "serious": 1,
    }


def test_what_was_repaired_costs_nothing_nor_does_the_finding_it_came_from(world):
    finding = make_corrections.finding(world, kind="conduct", severity="ordinary")
    found = make_credit.record(world, source=finding, ago=120)
    assert lacks(read(world)["conduct"], "ordinary") == {"ordinary": 1}

    repairs.grant(make_credit.repair(world, found), by=world.li, note="已整改")

    assert lacks(read(world)["conduct"], "ordinary") == {"ordinary": 0}


def test_facts_are_json_and_their_digest_does_not_depend_on_order():
    assert canonical({"b": 1, "a": ["一", None]}) == '{"a":["一",null],"b":1}'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({}) == ""


def test_many_cost_as_few_questions_as_one(world, ended):
    today = timezone.localdate()

    def questions(organizations):
        reading = Reading(organizations, today - timedelta(days=365), today, today)
        with CaptureQueriesContext(connection) as asked:
            facts.read(reading)
        return len(asked)

    few = questions([world.school])
    schools = [make.organization(Kind.INSTITUTION, f"学校{n}", "652301") for n in range(4)]
    many([ended], 4, number=[f"K{n}" for n in range(4)], organization=schools)

    assert Admission.objects.count() >= 4
    assert questions([world.school, *schools]) == few
    assert few <= 48


def test_a_class_nobody_looked_at_costs_its_institution_nothing(world):
    duty = make_patrols.duty(world)

    with time_machine.travel(duty.closes_at + timedelta(days=1), tick=False):
        found = read(world)["patrols"]

    assert lacks(found, "owed", "looks", "met") == {"owed": 1, "looks": 0, "met": 0}


def test_a_look_that_met_another_class_than_planned_counts_twice(world):
    make_patrols.world_of_inspectors(world)
    looked = make_patrols.filed(world, make_patrols.duty(world, world.adil))
    until = timezone.localdate() + timedelta(days=30)
    before = read(world, until=until, day=until)
    Patrol.objects.filter(pk=looked.pk).update(answers={"answers": {"plan": "bad"}, "notes": {}})

    found = read(world, until=until, day=until)

    assert lacks(before["patrols"], "looks", "met") == {"looks": 1, "met": 1}
    assert before["applied_first"]["other_class"] == 0
    assert lacks(found["patrols"], "looks", "met") == {"looks": 1, "met": 0}
    assert found["patrols"]["cases"] == [["duty", looked.duty_id, looked.duty.title]]
    assert found["applied_first"]["other_class"] == 1


def test_only_who_was_there_to_the_end_finished(world):
    finished = make_feedback.ended_class(world, days_ago=1, learners=2)
    classes = [one for one in load(reading_of(world)) if one.key == finished.pk]
    assert completed(classes, timezone.localdate()) == {finished.pk: 0}
    learner = finished.enrolments.first()
    for lesson in finished.lessons.all():
        Attendance.objects.create(
            lesson=lesson,
            enrolment=learner,
            method="paper",
            arrived_at=lesson.starts_at,
            credited_seconds=int((lesson.ends_at - lesson.starts_at).total_seconds()),
        )

    assert completed(classes, timezone.localdate()) == {finished.pk: 1}


def test_an_answer_the_bureau_has_not_looked_at_is_not_late(world):
    row = make_corrections.answered(world)
    with time_machine.travel(row.due_at + timedelta(days=1), tick=False):
        found = read(world)["closure"]

    assert lacks(found, "due", "in_time", "waiting") == {"due": 1, "in_time": 0, "waiting": 1}


def test_help_counts_once_the_other_end_confirmed_it(world):
    make_assistance.submitted(world)
    assert read(world)["helped"]["times"] == 0

    given = make_assistance.confirmed(world)
    base = make_assistance.confirmed(world, "base")

    found = read(world)
    assert found["helped"]["times"] == given.person_times
    assert found["bases"] == {"bases": 1, "cases": [["help", base.pk, base.title]]}


def test_a_finding_taken_back_after_a_dispute_is_none(world):
    order = make_corrections.order(world, make_corrections.finding(world, kind="conduct"))
    raised = make_corrections.disputed(world, order)
    before = read(world)

    disputes.concede(raised, by=world.li, note="核对属实")

    assert before["conduct"]["ordinary"] == 1
    assert read(world)["conduct"]["ordinary"] == 0


def test_a_finding_made_of_a_lead_is_a_stand_in_and_a_lead_alone_is_none(world, ended):
    assert read(world)["attendance"]["stand_ins"] == 0
    row = make_corrections.finding(world, kind="conduct", severity="serious", text="三人顶替")
    Finding.objects.filter(pk=row.pk).update(source="leads.lead/1")

    found = read(world)["attendance"]

    assert found["stand_ins"] == 1
    assert found["cases"] == [["finding", row.pk, "三人顶替"]]


def test_complaints_are_counted_and_none_is_named(world):
    nothing = dict.fromkeys(("closed", "in_time", "upheld", "asked", "answered"), 0)
    assert read(world)["complaints"] == nothing
    make_complaints.replied(world)

    assert read(world)["complaints"] == nothing | {"closed": 1, "in_time": 1, "upheld": 1}


def test_questions_count_when_their_time_has_come(world):
    asked = make_complaints.asked(world)
    with time_machine.travel(asked.due_at + timedelta(days=1), tick=False):
        before = read(world)["complaints"]
        Inquiry.objects.filter(pk=asked.pk).update(
            state="answered", answered_at=asked.due_at, answered_by=world.aygul
        )
        after = read(world)["complaints"]

    assert lacks(before, "asked", "answered") == {"asked": 1, "answered": 0}
    assert lacks(after, "asked", "answered") == {"asked": 1, "answered": 1}
