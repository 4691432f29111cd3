"""Who may do what, as a table."""

import pytest

from tests import make, make_classes, make_corrections, make_exams, make_officials, make_practical
from zhupei.classes.models import TrainingClass
from zhupei.corrections.access import (
    covers,
    may_add,
    may_answer,
    may_answer_wish,
    may_decide,
    may_find,
    may_note,
    stays_away,
)
from zhupei.corrections.models import Finding
from zhupei.corrections.workflow import FINDING, ORDER
from zhupei.organizations.models import Interest, Kind, Organization, Role

PEOPLE = "li zhou gu yang guan mo aygul ma wang far_reviewer tao chen adil"


@pytest.fixture
def order(world):
    make_officials.add(world)
    return make_corrections.order(world)


@pytest.mark.parametrize(
    ("ask", "those_who_may"),
    [
        (lambda u, o: may_find(u, o.authority, o.organization), "li zhou yang guan mo"),
        (lambda u, _o: may_note(u), "li zhou gu yang guan far_reviewer"),
        (may_decide, "li zhou"),
        (may_answer, "aygul"),
    ],
    ids=["find", "note", "decide", "answer"],
)
def test_who_may_do_what(world, order, ask, those_who_may):
    found = [name for name in PEOPLE.split() if ask(getattr(world, name), order)]
    assert found == those_who_may.split()


@pytest.mark.parametrize(
    ("person", "moves"),
    [("li", "return close withdraw"), ("aygul", "recall"), ("gu", ""), ("wang", "")],
)
def test_the_moves_of_an_answered_order(world, person, moves):
    answered = make_corrections.answered(world)
    available = ORDER.available(answered, getattr(world, person))
    assert [move.name for move in available] == moves.split()


@pytest.mark.parametrize(
    ("person", "moves"), [("li", "order settle withdraw"), ("aygul", ""), ("far_reviewer", "")]
)
def test_the_moves_of_a_new_finding(world, person, moves):
    found = make_corrections.finding(world)
    available = FINDING.available(found, getattr(world, person))
    assert [move.name for move in available] == moves.split()


def test_who_found_it_adds_to_it_and_who_orders_it_gives_time(world, order):
    found = make_corrections.finding(world, by=world.yang)
    wish = make_corrections.wish(world, order)
    assert may_add(world.yang, found)
    assert not may_add(world.kang, found)
    assert may_answer_wish(world.zhou, wish)
    assert not may_answer_wish(world.aygul, wish)


def test_a_county_finds_within_its_own_limits(world):
    county = make.organization(Kind.COUNTY_AUTHORITY, "昌吉市住房和城乡建设局", "652301")
    officer = make.member("县局审核员", Role.REVIEWER, county)
    assert may_find(officer, county, world.school)
    assert not may_find(officer, county, world.other_school)
    assert not may_find(officer, world.bureau, world.school)


def test_who_trains_away_from_home_is_supervised_there_too(world):
    assert covers(world.bureau, world.school)
    assert not covers(world.other_bureau, world.school)
    plan = make_classes.draft_class(world)
    TrainingClass.objects.filter(pk=plan.pk).update(prefecture="653100")
    assert not covers(world.other_bureau, world.school)  # a draft is nothing yet
    TrainingClass.objects.filter(pk=plan.pk).update(number="KB-2026-9999")
    assert covers(world.other_bureau, world.school)
    found = make_corrections.finding(world, authority=world.other_bureau, by=world.far_reviewer)
    assert found in Finding.objects.visible_to(world.far_reviewer)


@pytest.mark.parametrize("build", [make_exams.notified_sitting, make_practical.notified_session])
def test_who_examines_away_from_home_is_supervised_there_too(world, build):
    held = build(world)
    body = held.organization
    there = type(held).objects.filter(pk=held.pk)
    there.update(number=None)
    assert world.other_bureau.prefecture_id != body.prefecture_id
    there.update(prefecture=world.other_bureau.prefecture_id)
    assert not covers(world.other_bureau, body)  # nobody was told of it yet
    assert body not in Organization.objects.visible_to(world.far_reviewer, visiting=True)
    there.update(number="KS-2026-9999")
    assert covers(world.other_bureau, body)
    assert body in Organization.objects.visible_to(world.far_reviewer, visiting=True)
    assert body not in Organization.objects.visible_to(world.far_reviewer)
    found = make_corrections.finding(
        world, organization=body, authority=world.other_bureau, by=world.far_reviewer
    )
    assert found in Finding.objects.visible_to(world.far_reviewer)


def test_a_declared_tie_keeps_an_official_away(world):
    assert not stays_away(world.li, world.school)
    Interest.objects.create(
        user=world.li, organization=world.school, kind="owner", since=make.LONG_AGO
    )
    assert stays_away(world.li, world.school)
    assert not stays_away(world.li, world.other_school)
