"""Sending people: who may be sent where, and who must stay away."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_patrols
from tests.make_patrols import duty, planned, wish
from tests.refusals import refused
from zhupei.classes.actions import plan as classes
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.organizations.models import Interest
from zhupei.patrols import crew, recusal
from zhupei.patrols import parameters as p
from zhupei.patrols.access import may_call_off, may_explain, may_export, may_fill, may_plan
from zhupei.patrols.actions import ledger, planning
from zhupei.patrols.models import Duty, Patrol

YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _inspectors(world):
    make_patrols.world_of_inspectors(world)


def former(user, organization, until, kind="employed"):
    return Interest.objects.create(
        user=user, organization=organization, kind=kind, since=date(2015, 1, 1), until=until
    )


def test_somebody_is_sent_and_told(world):
    found = duty(world)

    patrol = planned(world, found, world.yang, world.kang)

    found.refresh_from_db()
    assert (found.state, patrol.state) == ("planned", "planned")
    assert set(patrol.members.all()) == {world.yang, world.kang}
    told = Message.objects.filter(title__contains="请您于")
    assert {one.recipient for one in told} == {world.yang, world.kang}
    event = audit.own_history(patrol).get()
    assert (event.verb, event.facts["people"]) == ("patrol.planned", "杨志刚、康巧玲")


def test_asked_twice_is_asked_once(world):
    found = duty(world)
    asked = wish(found, world.yang)

    first = planning.plan(found, asked, by=world.li)
    second = planning.plan(found, asked, by=world.li)

    assert first == second
    assert Patrol.objects.count() == 1
    other = duty(world, starts_on=timezone.localdate() + timedelta(days=30))
    with refused("key_used"):
        planning.plan(other, asked, by=world.li)


def test_a_former_employee_stays_away_and_reads_why(world):
    found = duty(world)
    former(world.yang, world.school, timezone.localdate() - YEAR)

    with refused("recused") as refusal:
        planned(world, found, world.yang)

    said = str(refusal.value)
    assert "杨志刚" in said
    assert world.school.name in said
    assert "回避" in said
    assert refusal.value.field == "people"
    day = wish(found).day
    assert recusal.of([found], [world.yang, world.kang], day)[found.pk] == {world.yang.pk: said}
    (away,) = (one for one in crew.candidates(found, by=world.li, day=wish(found).day)
               if one.user == world.yang)  # fmt: skip
    assert away.away == said


def test_after_the_years_they_may_go_again(world):
    found = duty(world)
    former(world.yang, world.school, timezone.localdate() - 4 * YEAR)

    assert planned(world, found, world.yang).members.get() == world.yang


def test_a_relative_there_is_a_tie_as_well(world):
    found = duty(world)
    former(world.yang, world.school, None, kind="relative")

    with refused("recused") as refusal:
        planned(world, found, world.yang)
    assert "近亲属" in str(refusal.value)


def test_whoever_teaches_the_candidates_counts_too(world):
    found = make_patrols.sitting_duty(world, world.adil)
    former(world.yang, world.school, timezone.localdate())

    with refused("recused") as refusal:
        planned(world, found, world.yang)
    assert world.school.name in str(refusal.value)


def test_only_ones_own_people_are_sent(world):
    found = duty(world)
    for stranger in (world.guan, world.far_reviewer, world.mo):
        with refused("not_ours"):
            planned(world, found, stranger)

    assert planned(world, found, world.guan, by=world.gu).members.get() == world.guan


def test_too_few_are_refused(world):
    make.parameter_value(p.PEOPLE, 2, date(2020, 1, 1))
    found = duty(world)

    with refused("too_few_people"):
        planned(world, found, world.yang)
    planned(world, found, world.yang, world.kang)


def test_a_day_with_nothing_to_see_is_refused(world):
    found = duty(world)
    for day in (
        timezone.localdate(found.opens_at) - timedelta(days=1),
        timezone.localdate(found.closes_at) + timedelta(days=1),
    ):
        with refused("day_outside") as refusal:
            planned(world, found, day=day)
        assert refusal.value.field == "day"


def test_the_same_people_on_the_same_day_once(world):
    found = duty(world)
    planned(world, found, world.yang)

    with refused("planned_already"):
        planned(world, found, world.yang)
    planned(world, found, world.kang)


def test_what_was_missed_or_is_over_needs_nobody(world):
    over = duty(world)
    make_patrols.filed(world, over)
    with time_machine.travel(over.closes_at + timedelta(days=1), tick=False):
        with refused("duty_over"):
            planning.plan(over, wish(over, world.kang), by=world.li)
        ledger.close_overdue()
    missed = duty(world)
    with time_machine.travel(missed.closes_at, tick=False):
        ledger.close_overdue()
        with refused("duty_settled"):
            planning.plan(missed, wish(missed, world.kang), by=world.li)


def test_what_was_looked_at_may_be_looked_at_again(world):
    """A further look is counted on its duty and changes nothing of the coverage."""
    found = duty(world)
    make_patrols.filed(world, found)
    before = Duty.objects.all().figures()
    next_day = timezone.localdate(found.opens_at) + timedelta(days=1)
    patrol = planned(world, found, day=next_day)
    found.refresh_from_db()
    assert (found.state, found.looks) == ("done", 1)
    assert Duty.objects.all().figures() == before

    with time_machine.travel(make_patrols.during(found), tick=False):
        sent = [*make_patrols.whole(patrol, world.yang), make_patrols.deed("hand_in")]
        assert set(make_patrols.codes(make_patrols.send(patrol, world.yang, sent))) == {""}

    found.refresh_from_db()
    assert (found.state, found.looks, found.wanted) == ("done", 2, 1)
    assert Duty.objects.all().figures() == before


def test_a_further_look_nobody_took_ends_with_what_it_was_to_look_at(world):
    found = duty(world)
    make_patrols.filed(world, found)
    patrol = planned(world, found, world.kang)
    with time_machine.travel(found.closes_at + timedelta(hours=47), tick=False):
        ledger.close_overdue()
    patrol.refresh_from_db()
    assert patrol.state == "planned"  # a form may still lie on a phone

    with time_machine.travel(found.closes_at + timedelta(hours=48), tick=False):
        ledger.close_overdue()
    patrol.refresh_from_db()
    found.refresh_from_db()
    assert (patrol.state, found.state, found.missed_at) == ("called_off", "done", None)


def test_a_class_that_is_called_off_needs_no_further_look(world):
    found = duty(world)
    make_patrols.filed(world, found)
    patrol = planned(world, found, world.kang)
    classes.cancel(found.training_class, by=world.aygul, note="人数不足")

    ledger.keep()

    patrol.refresh_from_db()
    found.refresh_from_db()
    assert (patrol.state, found.state) == ("called_off", "done")


def test_a_further_look_follows_a_class_that_lasts_longer(world):
    found = duty(world)
    make_patrols.filed(world, found)
    last = found.training_class.lessons.order_by("-ends_at").first()
    last.starts_at += timedelta(days=1)
    last.ends_at += timedelta(days=1)
    last.save()
    moved = last.ends_at

    ledger.keep()

    found.refresh_from_db()
    assert (found.state, found.closes_at) == ("done", moved)
    with time_machine.travel(moved, tick=False):
        last.ends_at += timedelta(hours=1)
        last.save()
        ledger.keep()
    found.refresh_from_db()
    assert found.closes_at == moved  # it is over: what was looked at stays as it was


def test_an_act_is_said_once_on_its_duty(world):
    found = duty(world)
    planned(world, found)
    planned(world, found, world.kang)

    said = [(line.sentence, line.note) for line in audit.timeline(found)]
    assert len(said) == 3
    assert "安排 康巧玲 于" in said[0][0]
    assert said[1][0].endswith("安排了巡查")
    assert "杨志刚（现场）" in said[1][1]


def test_calling_off_puts_it_back(world):
    found = duty(world)
    first, second = planned(world, found, world.yang), planned(world, found, world.kang)
    with refused("note_required"):
        planning.call_off(first, by=world.li, note="")

    planning.call_off(first, by=world.li, note="车坏了")
    found.refresh_from_db()
    assert found.state == "planned"
    planning.call_off(second, by=world.li, note="车坏了")
    found.refresh_from_db()

    assert found.state == "owed"
    assert [event.verb for event in audit.own_history(found)] == [
        "duty.opened", "duty.planned", "duty.released",
    ]  # fmt: skip
    with refused("wrong_state"):
        planning.call_off(first, by=world.li, note="再来")


def test_people_are_offered_those_with_least_to_do_first(world):
    found = duty(world)
    day = planning.day_to_offer(found)
    planned(world, found, world.kang)

    offered = crew.candidates(found, by=world.li, day=day)

    assert [one.user.name for one in offered][-1] == "康巧玲"
    assert offered[-1].busy == 1
    assert {one.title for one in offered} == {"检查员", "审核员"}


PEOPLE = ("li", "zhou", "gu", "yang", "guan", "far_reviewer", "mo", "aygul", "chen", "adil")


@pytest.mark.parametrize(
    ("ask", "allowed"),
    [
        (may_plan, {"li", "zhou", "gu"}),
        (may_explain, {"li", "zhou", "gu"}),
    ],
)
def test_who_may_plan_and_explain(world, ask, allowed):
    found = duty(world)

    assert {name for name in PEOPLE if ask(getattr(world, name), found)} == allowed


def test_who_may_fill_in_and_call_off(world):
    patrol = planned(world, duty(world), world.yang)

    assert [name for name in PEOPLE if may_fill(getattr(world, name), patrol)] == ["yang"]
    assert {n for n in PEOPLE if may_call_off(getattr(world, n), patrol)} == {"li", "zhou", "gu"}
    assert may_call_off(None, patrol)
    assert {n for n in PEOPLE if may_export(getattr(world, n))} == {
        "li", "zhou", "gu", "far_reviewer",
    }  # fmt: skip


def test_who_sees_what(world):
    found = duty(world)
    patrol = planned(world, found, world.yang)

    def seeing(rows):
        return {name for name in PEOPLE if rows.visible_to(getattr(world, name)).exists()}

    officials = {"li", "zhou", "gu", "yang"}
    assert seeing(Duty.objects) == seeing(Patrol.objects) == officials  # nobody is warned
    assert not Patrol.objects.visible_to(world.kang).exists()
    with time_machine.travel(make_patrols.during(found), tick=False):
        sent = [*make_patrols.whole(patrol, world.yang), make_patrols.deed("hand_in")]
        make_patrols.send(patrol, world.yang, sent)
    assert seeing(Patrol.objects.filed()) == officials | {"aygul"}
    assert not Patrol.objects.visible_to(world.wang).exists()
