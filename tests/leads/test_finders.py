"""The searches: what each finds, what it leaves alone, and that SQL says what the rule says."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make, make_exams, make_invigilation, make_leads, make_patrols, make_practical
from zhupei.attendance import actions as attendance
from zhupei.attendance.models import Attendance
from zhupei.exams.models import Candidate
from zhupei.feedback.models import Ballot
from zhupei.invigilation.actions import door, incidents
from zhupei.leads import rules
from zhupei.leads.finders import bursts, devices, identity, places, rolls, traces
from zhupei.leads.parameters import (
    BURST_PEOPLE,
    BURST_SECONDS,
    DENIALS,
    DEVICE_PEOPLE,
    OVERLAP,
    TRACE_DAYS,
    TRACE_PEOPLE,
    figures,
)

pytestmark = pytest.mark.django_db


def keys(search, **said) -> set[str]:
    return {one.key for one in search.find(make_leads.window(**said), figures())}


def test_one_person_on_two_rolls_of_two_prefectures(world):
    first, second = make_leads.two_places(world, world.adil)

    (found,) = places.find(make_leads.window(), figures())

    assert found.key == f"a{first.pk}-a{second.pk}"
    assert found.places == ((world.school.pk, "652300"), (world.other_school.pk, "653100"))
    assert "120 分钟" in found.title
    assert world.adil.name not in found.title
    assert {row.who for row in found.rows} == {world.adil.name}
    assert found.happened_on == timezone.localdate(first.lesson.starts_at)


def test_a_phone_that_was_never_confirmed_puts_nobody_anywhere(world):
    _first, second = make_leads.two_places(world, world.adil)
    Attendance.objects.filter(pk=second.pk).update(waiting=True, credited_seconds=0)

    assert keys(places) == set()


def test_what_is_older_than_the_window_is_left_alone(world):
    make_leads.two_places(world, world.adil)

    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert keys(places) == set()


def test_somebody_at_an_exam_is_not_in_a_lesson(world):
    sitting = make_exams.sealed_sitting(world, world.adil)
    with time_machine.travel(make_exams.during(sitting), tick=False):
        attempt = make_exams.started_attempt(sitting, world.adil)
    held = make_leads.a_class(world, world.adil)
    at = make_leads.lesson(held, world, sitting.starts_at - timedelta(hours=1))
    row = make_leads.signed(at, world.adil)

    with time_machine.travel(sitting.ends_at + timedelta(days=1), tick=False):
        (found,) = places.find(make_leads.window(), figures())

    assert found.key == f"a{row.pk}-e{attempt.pk}"
    assert "理论考核" in found.rows[1].says
    assert found.rows[1].page == "exams:detail"


def test_a_practical_turn_counts_when_somebody_came(world):
    session = make_practical.fixed_session(world, world.adil)
    turn = session.turns.get(void=False)
    held = make_leads.a_class(world, world.adil)
    at = make_leads.lesson(held, world, turn.starts_at)
    make_leads.signed(at, world.adil)

    with time_machine.travel(turn.ends_at + timedelta(days=1), tick=False):
        assert keys(places) == set()
        type(turn).objects.filter(pk=turn.pk).update(arrived_at=turn.starts_at)
        assert len(keys(places)) == 1
        (found,) = places.find(make_leads.window(), figures())
    assert "实操考核" in found.rows[1].says


@pytest.mark.parametrize("seed", range(4))
def test_the_search_for_two_places_says_what_the_rule_says(world, seed):
    make.parameter_value(OVERLAP, 25, make.LONG_AGO)
    make_leads.muddle(world, seed)
    rows = Attendance.objects.filter(arrived_at__isnull=False, waiting=False)
    presences = [
        rules.Presence(
            f"a{row.pk:09d}",
            row.enrolment.person_id,
            row.lesson.room_id,
            max(row.arrived_at, row.lesson.starts_at),
            min(row.left_at or row.lesson.ends_at, row.lesson.ends_at),
        )
        for row in rows.select_related("lesson", "enrolment")
    ]

    expected = rules.overlaps(presences, timedelta(minutes=25))

    assert keys(places) == {f"a{int(a[1:])}-a{int(b[1:])}" for a, b in expected}


@pytest.mark.parametrize("seed", range(4))
def test_the_searches_for_phones_and_crowds_say_what_the_rules_say(world, seed):
    make.parameter_value(BURST_PEOPLE, 3, make.LONG_AGO)
    make.parameter_value(BURST_SECONDS, 120, make.LONG_AGO)
    make_leads.muddle(world, seed)
    rows = Attendance.objects.filter(signed_at__isnull=False).select_related("lesson", "enrolment")
    uses = [
        (row.device, timezone.localdate(row.lesson.starts_at), row.enrolment.person_id)
        for row in rows
    ]
    moments: dict[int, list] = {}
    for row in rows:
        moments.setdefault(row.lesson_id, []).append(row.signed_at)

    crowded = {f"l{pk}" for pk, times in moments.items() if rules.busiest(times, 120) >= 3}

    assert keys(devices) == {f"{device}-{day}" for device, day in rules.shared(uses, 3)}
    assert keys(bursts) == crowded


def test_one_phone_for_many_across_classes_and_institutions(world):
    here = make_leads.a_class(world, world.adil, world.mayra)
    there = make_leads.a_class(world, world.sun, organization=world.other_school)
    for held, users in ((here, [world.adil, world.mayra]), (there, [world.sun])):
        at = make_leads.lesson(held, world, make_leads.yesterday())
        for user in users:
            make_leads.signed(at, user, device="aa11")

    (found,) = devices.find(make_leads.window(), figures())

    assert found.title.startswith("一部手机给 3 人签到")
    assert "aa11" not in found.title
    assert [body for body, _place in found.places] == [world.school.pk, world.other_school.pk]
    make.parameter_value(DEVICE_PEOPLE, 4, make.LONG_AGO)
    assert keys(devices) == set()


def test_a_crowd_at_one_moment_is_listed_once_with_its_people(world):
    held = make_leads.a_class(world)
    at = make_leads.lesson(held, world, make_leads.yesterday())
    for place, user in enumerate(make_leads.crowd(held, 14)):
        spread = 0.2 * place if place < 11 else 60 * place
        make_leads.signed(at, user, at.starts_at + timedelta(seconds=spread))

    (found,) = bursts.find(make_leads.window(), figures())

    assert found.key == f"l{at.pk}"
    assert found.title.startswith("3 秒内 11 人签到")
    assert len(found.rows) == 11
    make.parameter_value(BURST_PEOPLE, 12, make.LONG_AGO)
    assert keys(bursts) == set()


def test_who_was_turned_away_at_the_door_as_another_person(world):
    sitting = make_invigilation.watched_sitting(world)
    seat = Candidate.objects.get(sitting=sitting)
    with make_invigilation.before_the_start(sitting):
        door.refuse(seat, by=world.nur, reason="no_document")
        assert keys(identity) == set()  # a document left at home is nobody's fault
        door.refuse(seat, by=world.nur, reason="other_face", note="照片是另一个人")
        door.refuse(seat, by=world.nur, reason="forged")

    with time_machine.travel(sitting.ends_at, tick=False):
        (found,) = identity.find(make_leads.window(), figures())

    assert found.key == f"c{seat.pk}"
    assert [row.says for row in found.rows] == [
        "本人与证件照片不符 照片是另一个人",
        "证件疑似伪造或涂改",
    ]
    assert found.places == ((world.body.pk, "652300"),)


def test_what_an_invigilator_took_for_an_impostor(world):
    sitting = make_invigilation.watched_sitting(world)
    seat = Candidate.objects.get(sitting=sitting)
    with time_machine.travel(make_exams.during(sitting), tick=False):
        seen = incidents.Seen("impostor", "serious", "签名笔迹不同", seat, None)
        incidents.note(sitting, seen, by=world.nur)
        other = incidents.Seen("impostor", "serious", "全场有传言", None, None)
        incidents.note(sitting, other, by=world.nur)

    with time_machine.travel(sitting.ends_at, tick=False):
        (found,) = identity.find(make_leads.window(), figures())
    assert found.rows[0].says == "疑似替考：签名笔迹不同"


def test_sign_ins_a_teacher_denied_time_and_again(world):
    held = make_leads.a_class(world, world.adil)
    denied = {"device": "b2", "signed_at": None, "arrived_at": None, "credited_seconds": 0}
    first = make_leads.lesson(held, world, make_leads.yesterday(9))
    make_leads.signed(first, world.adil, **denied)
    assert keys(identity) == set()
    second = make_leads.lesson(held, world, make_leads.yesterday(15))
    row = make_leads.signed(second, world.adil, **denied)

    assert keys(identity) == {f"n{row.enrolment_id}"}
    make.parameter_value(DENIALS, 3, make.LONG_AGO)
    assert keys(identity) == set()


def test_who_is_on_the_roll_and_was_not_there_when_the_patrol_called(world):
    duty = make_patrols.duty(world, world.adil, world.mayra)
    lesson = duty.training_class.lessons.first()
    with time_machine.travel(make_patrols.during(duty, 5), tick=False):
        for user in (world.adil, world.mayra):
            attendance.sign_in(lesson, by=user, code=attendance.code_now(lesson, timezone.now()))
    gone = duty.training_class.enrolments.get(person=world.adil.person)
    patrol = make_patrols.filed(world, duty, absent=[gone.pk])

    with time_machine.travel(lesson.ends_at + timedelta(days=1), tick=False):
        assert keys(rolls, ahead=0) == set()  # rolls taken without network may still come in
    with time_machine.travel(lesson.ends_at + timedelta(days=4), tick=False):
        (found,) = rolls.find(make_leads.window(ahead=0), figures())

    assert found.key == f"r{patrol.rolls.get().pk}"
    assert found.title == f"抽点名 1 人与记录不符：{duty}"
    (row,) = found.rows
    assert (row.who, row.page, row.pk) == (world.adil.name, "patrols:record", patrol.pk)
    assert row.says == "记录在场，实际不在（不在场）"


def called_in_vain(world, *users):
    """A roll call on record as signed in, and nobody of them was there."""
    duty = make_patrols.duty(world, *users)
    lesson = duty.training_class.lessons.first()
    with time_machine.travel(make_patrols.during(duty, 5), tick=False):
        for user in users:
            attendance.sign_in(lesson, by=user, code=attendance.code_now(lesson, timezone.now()))
    absent = duty.training_class.enrolments.values_list("pk", flat=True)
    make_patrols.filed(world, duty, absent=[*absent])
    return lesson


def test_a_search_asks_as_often_for_two_leads_as_for_one(world):
    asked = []
    for wanted, user in enumerate((world.adil, world.mayra), 1):
        lesson = called_in_vain(world, user)
        make_leads.two_places(world, user)
        with time_machine.travel(lesson.ends_at + timedelta(days=5), tick=False):
            with CaptureQueriesContext(connection) as queries:
                assert len(keys(rolls)) == wanted
                assert len(keys(places)) >= wanted
            asked.append(len(queries))

    assert asked[0] == asked[1]


def over(days: int) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "starts_on": today - timedelta(days=days + 10),
        "ends_on": today - timedelta(days=days),
    }


def silent_class(world, *users, days: int = 70):
    held = make_leads.a_class(world, *users, **over(days))
    for n in range(2):
        at = make_leads.lesson(held, world, timezone.now() - timedelta(days=days + 3 - n))
        for user in users:
            make_leads.signed(at, user)
    return held


def test_people_who_were_in_every_lesson_and_nowhere_afterwards(world):
    held = silent_class(world, world.adil, world.mayra, world.sun)

    (found,) = traces.find(make_leads.window(), figures())

    assert found.key == f"k{held.pk}"
    assert len(found.rows) == 3
    assert found.happened_on == held.ends_on
    make.parameter_value(TRACE_PEOPLE, 4, make.LONG_AGO)
    assert keys(traces) == set()


def test_who_spoke_sat_or_missed_a_lesson_left_a_trace(world):
    make.parameter_value(TRACE_PEOPLE, 1, make.LONG_AGO)
    held = silent_class(world, world.adil)
    other = silent_class(world, world.mayra)
    Ballot.objects.create(enrolment=other.enrolments.get())
    missed = silent_class(world, world.sun)
    Attendance.objects.filter(enrolment__training_class=missed).latest("pk").delete()

    assert keys(traces) == {f"k{held.pk}"}


def test_a_class_is_given_time_first(world):
    make.parameter_value(TRACE_PEOPLE, 1, make.LONG_AGO)
    silent_class(world, world.adil, days=40)

    assert keys(traces) == set()
    make.parameter_value(TRACE_DAYS, 30, make.LONG_AGO)
    assert len(keys(traces)) == 1
