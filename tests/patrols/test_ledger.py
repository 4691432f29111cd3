"""The ledger follows what happens below, and loses nothing."""

from datetime import date, timedelta

import time_machine
from django.utils import timezone

from tests import make, make_classes, make_exams, make_oversight, make_patrols
from tests.make_patrols import duty, planned, sitting_duty
from tests.refusals import refused
from zhupei.classes.actions import plan
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.exams.actions import sittings
from zhupei.oversight import actions as oversight
from zhupei.patrols import parameters as p
from zhupei.patrols.actions import explaining, ledger, planning, reminders
from zhupei.patrols.models import Duty, Patrol

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def verbs(thing):
    return [event.verb for event in audit.own_history(thing)]


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_an_approved_class_owes_its_bureau_a_look(world):
    found = duty(world)

    taught = found.training_class
    assert (found.kind, found.state, found.wanted, found.looks) == ("class", "owed", 1, 0)
    assert found.authority == world.bureau
    assert found.opens_at == taught.lessons.order_by("starts_at").first().starts_at
    assert found.closes_at == taught.lessons.order_by("-ends_at").first().ends_at
    assert verbs(found) == ["duty.opened"]


def test_a_plan_nobody_approved_owes_nothing(world):
    make_classes.submitted_class(world)

    assert ledger.keep() == (0, 0, 0)


def test_keeping_it_twice_changes_nothing(world):
    found = duty(world)

    assert ledger.keep() == (0, 0, 0)
    assert verbs(found) == ["duty.opened"]


def test_sittings_and_sessions_owe_a_look_too(world):
    theory = sitting_duty(world, world.adil)
    practical = make_patrols.session_duty(world)

    assert (theory.kind, theory.subject, theory.organization) == (
        "theory", theory.sitting, world.body,
    )  # fmt: skip
    assert (practical.kind, practical.closes_at) == ("practical", practical.session.closes_at)


def test_how_many_looks_is_a_figure_of_the_place_on_the_first_day(world):
    figure = p.CLASS_LOOKS["site_post"]
    make.parameter_value(figure, 2, date(2020, 1, 1), prefecture="652300")

    assert duty(world).wanted == 2


def test_what_is_called_off_before_it_begins_owes_none(world):
    found = duty(world)
    visit = planned(world, found)
    plan.cancel(found.training_class, by=world.aygul, note="人数不足")

    ledger.keep()

    found.refresh_from_db()
    visit.refresh_from_db()
    assert (found.state, visit.state) == ("lifted", "called_off")
    assert Message.objects.filter(recipient=world.yang, title__contains="不用再去").exists()


def test_what_is_stopped_after_it_began_was_owed_until_then(world):
    taught = make_exams.taught_class(world, ends_on=timezone.localdate() + 2 * DAY)
    last = taught.lessons.order_by("-ends_at").first()
    last.starts_at, last.ends_at = timezone.now() + DAY, timezone.now() + DAY + HOUR
    last.save()
    ledger.keep()
    assert Duty.objects.get().state == "owed"

    plan.revoke(taught, by=world.li, note="弄虚作假")
    ledger.keep()

    found = Duty.objects.get()
    assert found.state == "missed"
    assert abs(found.closes_at - timezone.now()) < HOUR / 60


def test_a_class_that_moves_takes_its_duty_along(world):
    found = duty(world)
    lesson = found.training_class.lessons.order_by("-ends_at").first()
    lesson.starts_at, lesson.ends_at = lesson.starts_at + DAY, lesson.ends_at + DAY
    lesson.save()

    assert ledger.keep().followed == 1

    found.refresh_from_db()
    assert found.closes_at == lesson.ends_at
    assert verbs(found) == ["duty.opened", "duty.moved"]


def test_a_missed_class_that_gets_another_lesson_is_owed_again(world):
    found = duty(world)
    with at(found.closes_at + HOUR):
        ledger.keep()
        found.refresh_from_db()
        assert found.state == "missed"
        explaining.explain(found, by=world.li, ground="moved", note="改期")
        lesson = found.training_class.lessons.order_by("-ends_at").first()
        lesson.starts_at, lesson.ends_at = lesson.starts_at + DAY, lesson.ends_at + DAY
        lesson.save()

        ledger.keep()

    found.refresh_from_db()
    assert (found.state, found.missed_at, found.explained_at) == ("owed", None, None)


def test_while_its_institution_is_suspended_nothing_is_missed(world):
    found = duty(world)
    with at(found.opens_at - HOUR):
        make_oversight.suspension(world)
        ledger.keep()
    found.refresh_from_db()
    assert found.paused_since is not None

    with at(found.closes_at + DAY):
        ledger.keep()
        found.refresh_from_db()
        assert found.state == "owed"
        with refused("duty_paused"):
            planning.plan(found, make_patrols.wish(found, world.zhou), by=world.li)
        oversight.reinstate(
            world.school, by=world.li, note="已整改", evidence=make_oversight.paper()
        )
        ledger.keep()

    found.refresh_from_db()
    assert (found.state, found.paused_since) == ("lifted", None)
    assert verbs(found)[-2:] == ["duty.resumed", "duty.lifted"]


def test_a_class_that_goes_on_after_a_pause_still_owes_its_look(world):
    found = duty(world)
    with at(found.opens_at - HOUR):
        make_oversight.suspension(world)
        ledger.keep()
        oversight.reinstate(
            world.school, by=world.li, note="已整改", evidence=make_oversight.paper()
        )
        ledger.keep()

    found.refresh_from_db()
    assert (found.state, found.paused_since) == ("owed", None)


def test_a_sitting_nobody_sealed_was_never_held(world):
    found = sitting_duty(world, world.adil)
    with at(found.closes_at + HOUR):
        type(found.sitting)._base_manager.filter(pk=found.sitting_id).update(state="notified")
        ledger.keep()

    found.refresh_from_db()
    assert found.state == "lifted"


def test_a_sitting_that_is_cancelled_owes_none(world):
    found = sitting_duty(world, world.adil)
    sittings.cancel(found.sitting, by=world.chen, note="停电")
    ledger.keep()

    found.refresh_from_db()
    assert found.state == "lifted"


def test_the_clock_notes_a_miss_and_asks_why(world):
    found = duty(world)
    with at(found.closes_at):
        assert ledger.close_overdue() == 1
        assert ledger.close_overdue() == 0

    found.refresh_from_db()
    assert (found.state, found.missed_at) == ("missed", found.closes_at)
    told = Message.objects.filter(title__contains="漏巡，请在")
    assert {one.recipient for one in told} == {world.li, world.zhou}


def test_a_form_on_a_phone_has_time_to_come_in(world):
    found = duty(world)
    planned(world, found)
    with at(found.closes_at + 47 * HOUR):
        assert ledger.close_overdue() == 0
    with at(found.closes_at + 48 * HOUR):
        assert ledger.close_overdue() == 1

    assert Patrol.objects.get().state == "called_off"


def test_what_ended_long_ago_wakes_nobody(world):
    made = make_patrols.taught(world)
    with at(timezone.now() + 30 * DAY):
        TrainingClass._base_manager.filter(pk=made.pk).update(number="KB-1")
        assert ledger.keep() == (1, 0, 1)
        reminders.escalate()

    assert not Message.objects.filter(title__contains="漏巡").exists()


def test_what_ended_before_the_ledger_began_is_not_entered(world):
    make.parameter_value(p.BEGINS_ON, "2099-01-01", date(2020, 1, 1))
    make_patrols.taught(world)

    assert ledger.keep().opened == 0


def test_the_bureau_is_reminded_once_before_the_end(world):
    found = duty(world)
    with at(found.closes_at - 49 * HOUR):
        assert reminders.warn() == 0
    with at(found.closes_at - 47 * HOUR):
        assert reminders.warn() == 1
        assert reminders.warn() == 0

    told = Message.objects.filter(title__contains="还没有安排巡查")
    assert {one.recipient for one in told} == {world.li, world.zhou}


def test_whoever_was_sent_is_reminded_instead(world):
    found = duty(world)
    planned(world, found)
    with at(found.closes_at - 2 * HOUR):
        reminders.warn()

    told = Message.objects.filter(title__contains="巡查表还没有提交")
    assert {one.recipient for one in told} == {world.yang}


def test_a_reason_is_asked_and_stays_a_reason(world):
    found = duty(world)
    with refused("not_missed"):
        explaining.explain(found, by=world.li, ground="people", note="人手不够")
    with at(found.closes_at):
        ledger.close_overdue()
        with refused("note_required"):
            explaining.explain(found, by=world.li, ground="people", note="  ")
        for stranger in (world.far_reviewer, world.aygul):
            with refused("not_allowed"):
                explaining.explain(found, by=stranger, ground="people", note="人手不够")
        row = explaining.explain(found, by=world.li, ground="people", note="人手不够")
        with refused("explained_already"):
            explaining.explain(found, by=world.li, ground="people", note="再说一次")

    assert (row.state, row.ground, row.explained_by) == ("missed", "people", world.li)
    assert verbs(row)[-1] == "duty.explained"


def test_a_miss_nobody_explains_goes_to_the_region_once(world):
    found = duty(world)
    with at(found.closes_at):
        ledger.close_overdue()
    found.refresh_from_db()
    with at(reminders.explained_by(found)):
        assert reminders.escalate() == 0
    with at(reminders.explained_by(found) + HOUR):
        assert reminders.escalate() == 1
        assert reminders.escalate() == 0

    assert Message.objects.get(title__contains="逾期没有说明").recipient == world.gu


def test_figures_by_place_and_day(world):
    one = duty(world)
    two = sitting_duty(world, world.adil)
    with at(one.closes_at):
        ledger.close_overdue()

    day = timezone.localdate(two.closes_at)
    rows = Duty.objects.all()
    assert rows.figures(prefecture="652300").all == 3  # and the class its candidates come from
    assert rows.figures(authority=world.other_bureau).all == 0
    assert rows.figures_by("prefecture") == {"652300": rows.figures()}
    assert rows.figures(period=(day, day)).all >= 1
    assert rows.figures_by_day(day, day)[day] == rows.figures(period=(day, day))
    assert rows.figures().missed >= 1
