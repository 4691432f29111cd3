"""Written answers: dealt blind, marked twice, arbitrated where they differ, settled."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_exams, make_item_corrections, make_marking, make_officials
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Message
from zhupei.exams.actions import marks, sittings
from zhupei.marking import actions
from zhupei.marking.events import MarkingEvent, ScriptEvent
from zhupei.marking.models import Reading, Script, ScriptState
from zhupei.organizations.models import Role
from zhupei.teachers.models import Engagement


def scripts(sitting):
    return list(Script.objects.filter(sitting=sitting).order_by("place", "pk"))


def test_every_written_answer_gets_a_code_and_two_readers_and_they_are_told(world):
    sitting = make_marking.handed_in(world, world.adil, world.mayra)
    for one in (world.kurban, world.jin, world.hua):
        actions.name_marker(sitting, one, by=world.chen)

    assert actions.deal(sitting, by=world.chen) == 4

    found = scripts(sitting)
    assert {one.readings.count() for one in found} == {2}
    assert len({one.code for one in found}) == 4
    assert "阿迪力" not in str([one.code for one in found])
    assert Message.objects.filter(recipient=world.kurban).exists()
    dealt = Event.objects.get(verb=MarkingEvent.DEALT)
    assert dealt.facts["count"] == 4
    assert dealt.facts["seed"]


def test_dealing_again_gives_out_nothing_twice(world):
    sitting = make_marking.dealt(world)

    with refused("nothing_written"):
        actions.deal(sitting, by=world.chen)

    assert Script.objects.count() == 2


def test_nothing_is_dealt_before_the_end_or_to_too_few(world):
    make_officials.add(world)
    running = make_exams.sealed_sitting(world)
    with refused("not_closed"):
        actions.deal(running, by=world.chen)
    later = timezone.now() + timedelta(days=5)
    over = make_marking.handed_in(world, world.mayra, starts_at=later)
    actions.name_marker(over, world.kurban, by=world.chen)

    with refused("too_few_markers"):
        actions.deal(over, by=world.chen)

    assert not Script.objects.exists()


def test_nobody_marks_what_comes_from_an_institution_they_teach_for(world):
    sitting = make_marking.handed_in(world)
    world.hua.person = world.second_teacher.person
    world.hua.save()
    assert Engagement.objects.filter(teacher=world.second_teacher).exists()
    for one in (world.kurban, world.jin, world.hua):
        actions.name_marker(sitting, one, by=world.chen)

    actions.deal(sitting, by=world.chen)

    assert not Reading.objects.filter(reader=world.hua).exists()


def test_only_the_examiner_names_markers_and_only_assessors_of_the_body(world):
    sitting = make_marking.handed_in(world)

    with pytest.raises(NotAllowed):
        actions.name_marker(sitting, world.kurban, by=world.kurban)
    with refused("not_an_assessor"):
        actions.name_marker(sitting, world.nur, by=world.chen)
    actions.name_marker(sitting, world.kurban, by=world.chen)
    with refused("named_twice"):
        actions.name_marker(sitting, world.kurban, by=world.chen)


def test_two_who_agree_settle_an_answer_by_their_mean_and_the_last_one_gives_the_mark(world):
    sitting = make_marking.dealt(world)
    first, second = scripts(sitting)
    with refused("marks_missing"):
        sittings.release(sitting, by=world.chen)
    for script, points in ((first, [("3", "5"), ("3", "6")]), (second, [("4", "6"), ("4", "6")])):
        for reading, given in zip(script.readings.all(), points, strict=True):
            make_marking.give(reading, *given)

    first.refresh_from_db()
    attempt = make_marking.attempt_of(sitting, world.adil)
    assert first.state == ScriptState.SETTLED
    assert (first.share_over, first.share_under) == (17, 20)
    assert attempt.mark == Decimal("96.25")
    assert attempt.passed
    sittings.release(sitting, by=world.chen)


def test_two_who_differ_are_settled_by_a_third_who_knows_neither(world):
    sitting = make_marking.dealt(world)
    script = scripts(sitting)[0]
    low, high = script.readings.all()
    make_marking.give(low, "1", "1")
    make_marking.give(high, "4", "6")

    script.refresh_from_db()
    third = script.readings.get(turn=3)
    assert script.state == ScriptState.DISPUTED
    assert third.reader not in {low.reader, high.reader}
    with refused("settled"):
        make_marking.give(low, "4", "6")

    make_marking.give(third, "4", "5")

    script.refresh_from_db()
    assert script.state == ScriptState.SETTLED
    assert (script.share_over, script.share_under) == (19, 20)
    assert [e.verb for e in audit.own_history(script)][-2:] == [
        ScriptEvent.READ,
        ScriptEvent.SETTLED,
    ]


def test_a_dispute_nobody_can_settle_waits_for_another_marker(world):
    sitting = make_marking.dealt(world, markers="kurban jin")
    script = scripts(sitting)[0]
    low, high = script.readings.all()
    make_marking.give(low, "1", "1")
    make_marking.give(high, "4", "6")
    assert list(sitting.scripts.short_of_readers()) == [script]

    actions.name_marker(sitting, world.hua, by=world.chen)

    assert script.readings.get(turn=3).reader == world.hua


def test_a_marker_who_leaves_hands_what_is_left_to_others(world):
    sitting = make_marking.dealt(world, markers="kurban jin hua")
    extra = make.member("第四位", Role.ASSESSOR, world.body)
    actions.name_marker(sitting, extra, by=world.chen)
    left = Reading.objects.filter(reader=world.kurban).count()

    actions.remove_marker(sitting.markers.get(user=world.kurban), by=world.chen)

    assert left
    assert not Reading.objects.filter(reader=world.kurban).exists()
    assert {one.readings.count() for one in scripts(sitting)} == {2}


def test_a_marker_whose_share_nobody_can_take_stays(world):
    sitting = make_marking.dealt(world, markers="kurban jin")

    with refused("too_few_markers"):
        actions.remove_marker(sitting.markers.get(user=world.kurban), by=world.chen)

    assert sitting.markers.count() == 2


@pytest.mark.parametrize(
    ("first", "second", "code", "field"),
    [("5", "5", "points_range", "line-0"), ("3", "5.2", "points_step", "line-1")],
)
def test_points_the_rubric_does_not_have_are_refused_beside_their_line(
    world, first, second, code, field
):
    reading = Reading.objects.filter(script__sitting=make_marking.dealt(world)).first()

    with refused(code) as refusal:
        make_marking.give(reading, first, second)

    assert refusal.value.field == field
    with refused("points_missing"):
        actions.give(reading, {0: Decimal(1)}, by=reading.reader)


def test_nobody_marks_what_was_dealt_to_another(world):
    reading = Reading.objects.filter(script__sitting=make_marking.dealt(world)).first()
    other = next(one for one in (world.kurban, world.jin, world.hua) if one != reading.reader)

    with pytest.raises(NotAllowed):
        actions.give(reading, {0: Decimal(1), 1: Decimal(1)}, by=other)


def test_no_marker_is_named_once_the_marks_are_known(world):
    sitting = make_marking.released(world)

    with refused("released"):
        actions.name_marker(sitting, world.hua, by=world.chen)


def test_an_answer_left_blank_needs_nobody(world):
    make_officials.add(world)
    about = make_marking.written_exam(world)
    sitting = make_exams.sealed_sitting(world, world.adil, **about)
    with time_machine.travel(make_exams.during(sitting), tick=False):
        attempt = make_exams.started_attempt(sitting, world.adil)
        make_exams.attempts.hand_in(attempt, by=world.adil)

    attempt.refresh_from_db()
    assert attempt.mark == 0


def test_the_scripts_of_a_void_attempt_are_read_to_the_end(world):
    sitting = make_marking.dealt(world)
    marks.void(make_marking.attempt_of(sitting, world.adil), by=world.chen, note="替考")

    for reading in Reading.objects.all():
        make_marking.give(reading, "4", "6")

    assert {one.state for one in scripts(sitting)} == {ScriptState.SETTLED}
    attempt = make_marking.attempt_of(sitting, world.adil)
    assert (attempt.mark, attempt.passed) == (0, False)


def test_an_answer_that_counts_for_nobody_any_more_tells_nobody_again(world):
    sitting = make_marking.dealt(world)
    first, last = scripts(sitting)
    make_item_corrections.in_force(world, sitting, last.place, ruling="void")
    for reading in first.readings.all():
        make_marking.give(reading, "4", "6")
    sittings.release(sitting, by=world.chen)
    marked = Event.objects.filter(verb="attempt.marked").count()
    told = Message.objects.filter(recipient=world.adil).count()
    assert marked

    for reading in last.readings.all():
        make_marking.give(reading, "0", "0")

    assert Event.objects.filter(verb="attempt.marked").count() == marked
    assert Message.objects.filter(recipient=world.adil).count() == told
