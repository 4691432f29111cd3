"""Pages of marking: who sees what, and that nothing says whose an answer is."""

from unittest.mock import Mock

import pytest
from django.urls import reverse

from tests import make_marking
from tests.refusals import collision
from zhupei.exams.models import Invigilator
from zhupei.marking import actions
from zhupei.marking.models import Reading, Script
from zhupei.organizations.models import Role


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("chen", 200),
        ("li", 200),
        ("gu", 200),
        ("far_reviewer", 404),
        ("aygul", 404),
        ("bai", 404),
        ("kurban", 404),
        ("adil", 404),
    ],
)
def test_who_sees_the_marking_of_a_sitting(world, as_user, person, status):
    sitting = make_marking.dealt(world)

    answer = as_user(getattr(world, person)).get(reverse("marking:sitting", args=[sitting.pk]))

    assert answer.status_code == status


def test_a_reader_sees_the_answer_and_nothing_of_whose_it_is(world, as_user):
    sitting = make_marking.dealt(world)
    reading = Reading.objects.filter(script__sitting=sitting).first()
    browser = as_user(reading.reader)

    page = browser.get(reverse("marking:script", args=[reading.script_id])).text

    assert make_marking.SAID in page
    assert "先放线，再砌筑" in page
    assert "阿迪力" not in page
    assert "天山" not in page
    assert sitting.number not in page
    assert "阿迪力" not in browser.get(reverse("marking:queue")).text


def test_points_are_given_and_the_next_answer_comes_up(world, as_user):
    sitting = make_marking.dealt(world, markers="kurban jin")
    browser = as_user(world.kurban)
    first, second = Script.objects.visible_to(world.kurban).waiting_for(world.kurban)

    answer = browser.post(
        reverse("marking:script", args=[first.pk]), {"line-0": "3", "line-1": "5", "note": ""}
    )

    assert answer.url == reverse("marking:script", args=[second.pk])
    assert first.readings.get(reader=world.kurban).points == 8
    last = browser.post(
        reverse("marking:script", args=[second.pk]), {"line-0": "3", "line-1": "5"}, follow=True
    )
    assert "都评完了" in last.text
    assert sitting.scripts.count() == 2


def test_impossible_points_are_said_beside_their_line_and_nothing_typed_is_lost(world, as_user):
    make_marking.dealt(world, markers="kurban jin")
    script = Script.objects.visible_to(world.kurban).waiting_for(world.kurban).first()
    address = reverse("marking:script", args=[script.pk])

    page = as_user(world.kurban).post(address, {"line-0": "9", "line-1": "5", "note": "步骤全"})

    assert page.status_code == 422
    assert "这一项最多 4 分" in page.text
    assert "步骤全" in page.text
    assert script.readings.get(reader=world.kurban).points is None


def test_another_readers_answer_is_not_there(world, as_user):
    make_marking.dealt(world)
    reading = Reading.objects.first()
    taken = set(Reading.objects.filter(script=reading.script).values_list("reader", flat=True))
    other = next(one for one in (world.kurban, world.jin, world.hua) if one.pk not in taken)

    answer = as_user(other).get(reverse("marking:script", args=[reading.script_id]))

    assert answer.status_code == 404


def test_the_examiner_names_deals_and_watches(world, as_user):
    sitting = make_marking.handed_in(world)
    browser = as_user(world.chen)
    page = reverse("marking:sitting", args=[sitting.pk])
    assert sitting.title in browser.get(reverse("marking:index")).text
    missing = browser.post(reverse("marking:name-marker", args=[sitting.pk]), {})
    assert missing.status_code == 422
    assert "请选择一名考评员" in missing.text
    for user in (world.kurban, world.jin):
        chosen = user.memberships.get().pk
        browser.post(reverse("marking:name-marker", args=[sitting.pk]), {"user": chosen})

    dealt = browser.post(reverse("marking:deal", args=[sitting.pk]), follow=True)

    assert "已分出 2 份" in dealt.text
    assert Script.objects.first().code in browser.get(page).text


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.INVIGILATOR])
def test_a_marker_who_is_called_to_watch_as_well_sees_neither_points_nor_marks(
    world, as_user, role
):
    """Kurban judges the answers of a sitting in which he watched; whichever hat he wears."""
    sitting = make_marking.marked(world)
    Invigilator.objects.create(
        sitting=sitting,
        user=world.kurban,
        organization=world.body,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        state="accepted",
    )
    world.kurban.memberships.update(role=role)
    browser = as_user(world.kurban)

    watched = browser.get(reverse("exams:detail", args=[sitting.pk]))

    assert watched.status_code == 200
    for hidden in ("定分", "阅卷：", "<b>90"):
        assert hidden not in watched.text
    assert "阿迪力" in watched.text
    for name in ("marking:sitting", "marking:index"):
        address = reverse(name, args=[sitting.pk] if name == "marking:sitting" else [])
        assert browser.get(address).status_code == 404
    assert browser.post(reverse("marking:deal", args=[sitting.pk])).status_code == 404


def test_a_settled_answer_is_read_and_no_longer_changed(world, as_user):
    make_marking.marked(world)
    reading = Reading.objects.first()

    page = as_user(reading.reader).get(reverse("marking:script", args=[reading.script_id]))

    assert "不能再改" in page.text
    assert 'name="line-0"' not in page.text
    assert "放线" in page.text


def test_what_was_typed_outlives_a_collision(world, as_user, monkeypatch):
    reading = Reading.objects.filter(script__sitting=make_marking.dealt(world)).first()
    monkeypatch.setattr(actions, "give", Mock(side_effect=collision()))

    page = as_user(reading.reader).post(
        reverse("marking:script", args=[reading.script_id]),
        {"line-0": "3", "line-1": "5", "note": "排砖写得很细"},
    )

    assert page.status_code == 422
    assert "请再按一次" in page.text
    assert "排砖写得很细" in page.text
