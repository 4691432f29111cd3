"""Pages of items put right: the body asks, the region reads what will happen and decides."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make_certificates, make_exams, make_marking
from tests import make_item_corrections as make_corrections
from tests.exams.test_steps import words
from zhupei.certificates import actions as certificates
from zhupei.certificates import doubts
from zhupei.certificates.models import Certificate
from zhupei.core.models import Event
from zhupei.exams.actions import corrections
from zhupei.exams.models import ItemCorrection
from zhupei.portal.todo import todos


@pytest.fixture
def released(world):
    return make_marking.released(world, world.adil, world.mayra)


def item_page(sitting, place=0):
    version = make_corrections.version_at(sitting, place)
    return reverse("exams:item", args=[sitting.pk, version.pk])


def move(row, name):
    return reverse("exams:move-correction", args=[row.pk, name])


def test_the_examiner_finds_the_item_and_asks(world, as_user, released):
    browser = as_user(world.chen)
    assert "试题和更正" in browser.get(reverse("exams:detail", args=[released.pk])).text
    listed = browser.get(reverse("exams:items", args=[released.pk]))
    assert "A 卷第 1 题" in listed.text
    assert "单选" in listed.text
    assert "单选 1" not in listed.text

    shown = browser.get(item_page(released))

    assert "封存的答案：B" in words(shown).replace(" ", "")
    assert Event.objects.filter(verb="item_correction.item_read", actor_id=world.chen.pk).exists()
    said = {"ruling": "new_key", "keys": "A 或 B", "reason": "两个答案都对"}
    answer = browser.post(item_page(released), said)
    row = ItemCorrection.objects.get()
    assert answer.url == reverse("exams:correction", args=[row.pk])
    assert row.keys == ["A", "B"]
    assert "正在等住建厅决定" in browser.get(item_page(released)).text
    assert "待住建厅决定" in browser.get(reverse("exams:items", args=[released.pk])).text


@pytest.mark.parametrize(
    ("said", "words_of_it"),
    [
        ({"keys": "A", "reason": "x"}, "请选择怎么更正"),
        ({"ruling": "new_key", "reason": "x"}, "请填正确的答案"),
        ({"ruling": "new_key", "keys": "一", "reason": "x"}, "请填选项的字母"),
        ({"ruling": "new_key", "keys": "H", "reason": "x"}, "对不上"),
        ({"ruling": "new_key", "keys": "B", "reason": "留着的话"}, "没有什么要更正的"),
        ({"ruling": "all"}, "依据是什么"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world, as_user, released, said, words_of_it):
    answer = as_user(world.chen).post(item_page(released), said)

    assert answer.status_code == 422
    assert words_of_it in answer.text
    assert said.get("reason", "") in answer.text
    assert not ItemCorrection.objects.exists()


def test_a_written_item_has_no_key_to_put_right(world, as_user, released):
    place = make_corrections.place_of(released, "essay")

    page = as_user(world.chen).get(item_page(released, place)).text

    assert "更正答案" not in page
    assert "此题全员给分" in page


def test_the_region_reads_the_consequences_and_decides(world, as_user, released):
    row = make_corrections.proposed(world, released)
    browser = as_user(world.gu)
    assert row.label in browser.get(reverse("exams:corrections")).text
    world.gu.acting = world.gu.memberships.first()
    assert [one for one in todos(world.gu) if one.title == row.label]

    shown = browser.get(reverse("exams:correction", args=[row.pk]))

    assert "重新评分 2" in words(shown)
    assert "成绩有变化 2" in words(shown)
    seen = next(one["seen"] for one in shown.context["moves"] if one["name"] == "agree")
    stale = browser.post(move(row, "agree"), {"seen": "x"})
    assert stale.status_code == 409
    assert "后果有了变化" in stale.text
    browser.post(move(row, "agree"), {"seen": seen})
    row.refresh_from_db()
    assert row.state == "in_force"
    assert "重新评分的结果" in browser.get(reverse("exams:correction", args=[row.pk])).text
    filtered = browser.get(reverse("exams:corrections"), {"state": "proposed"})
    assert row.label not in filtered.text


def test_the_body_may_withdraw_and_nothing_else(world, as_user, released):
    row = make_corrections.proposed(world, released)
    browser = as_user(world.chen)
    shown = browser.get(reverse("exams:correction", args=[row.pk]))

    assert [one["name"] for one in shown.context["moves"]] == ["withdraw"]
    assert browser.post(move(row, "reject"), {"note": "x"}).status_code == 403
    assert browser.post(move(row, "replace")).status_code == 404
    browser.post(move(row, "withdraw"))
    row.refresh_from_db()
    assert row.state == "withdrawn"


@pytest.mark.parametrize(
    ("person", "item", "correction"),
    [("li", 403, 200), ("far_reviewer", 404, 404), ("aygul", 404, 404), ("adil", 404, 404)],
)
def test_the_words_of_items_are_for_the_body_and_the_region(
    world, as_user, released, person, item, correction
):
    row = make_corrections.proposed(world, released)
    browser = as_user(getattr(world, person))

    assert browser.get(item_page(released)).status_code == item
    assert browser.get(reverse("exams:items", args=[released.pk])).status_code == item
    shown = browser.get(reverse("exams:correction", args=[row.pk]))
    assert shown.status_code == correction
    assert "封存的答案" not in shown.text


def test_nothing_is_shown_before_the_end_nor_items_of_another_sitting(world, as_user, released):
    sealed = make_exams.sealed_sitting(
        world, make_exams.make.learner(), starts_at=timezone.now() + timedelta(days=900)
    )
    browser = as_user(world.chen)

    assert browser.get(item_page(sealed)).status_code == 404
    strange = reverse("exams:item", args=[released.pk, make_corrections.version_at(sealed).pk])
    assert browser.get(strange).status_code == 404


def test_certificates_of_those_who_fall_wait_for_their_issuer(world, as_user, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    sitting = make_certificates.released_sitting(world, world.adil)
    certificates.issue(sitting, by=world.chen, print_now=True)
    attempt = make_exams.attempt_of(sitting, world.adil)
    right = [place for place, key in attempt.paper.keys.items() if attempt.choices().get(place)]
    rows = [
        make_corrections.proposed(
            world, sitting, place, keys=[next(x for x in "AB" if x != attempt.choices()[place])]
        )
        for place in right
        if attempt.paper.marking.kinds[place] == "single"
    ]
    for row in rows:
        last = row
        if corrections.outcome(row).falling:
            break
        corrections.agree(row, by=world.gu)

    shown = as_user(world.gu).get(reverse("exams:correction", args=[last.pk]))
    corrections.agree(last, by=world.gu)

    attempt.refresh_from_db()
    assert not attempt.passed
    assert "1 张有效证书所依据的成绩不合格" in shown.text
    certificate = Certificate.objects.get()
    assert certificate.state == "valid"
    assert doubts.flag_unfounded() == 1
    world.chen.acting = world.chen.memberships.first()
    assert [one for one in todos(world.chen) if "1 张证书所依据的成绩不再合格" in one.title]


def test_those_that_wait_come_first_and_a_read_key_leaves_a_trace(world, as_user, released):
    waits = make_corrections.proposed(world, released)
    later = make_corrections.proposed(world, released, 1)
    corrections.withdraw(later, by=world.chen)
    page = as_user(world.gu).get(reverse("exams:corrections"))
    assert [row for row, _badge in page.context["rows"]] == [waits, later]
    read = Event.objects.filter(verb="item_correction.item_read")

    as_user(world.li).get(reverse("exams:correction", args=[waits.pk]))
    assert not read.exists()
    as_user(world.gu).get(reverse("exams:correction", args=[waits.pk]))
    assert read.get().facts["version"] == waits.version_id
