"""Sealed sets: who may open one, who gives the keys, and that every look is on record."""

import pytest
from django.urls import reverse

from tests import make, make_questions
from tests.make_questions import awaited, content, wearing
from tests.refusals import refused
from zhupei.core import audit
from zhupei.organizations.models import Role
from zhupei.questions import actions
from zhupei.questions.access import may_author, may_see_items
from zhupei.questions.actions import cases, items, reviews, sealing
from zhupei.questions.models import Item, ItemVersion, Keyholder, Pair, QuestionSet


@pytest.fixture
def bank(world):
    make_questions.experts(world)
    world.second = make.member("厅里的第二位", Role.REGULATOR, world.region)
    world.item = make_questions.published(world)
    sealing.seal(world.questions, by=world.gu, note="统考用")
    world.questions.refresh_from_db()
    return world


def named(bank, user) -> Keyholder:
    holder = sealing.name(bank.questions, user, by=bank.gu, reason="组卷")
    return sealing.confirm(holder, by=bank.second)


def sees(bank, user) -> bool:
    return Item.objects.visible_to(wearing(user)).filter(pk=bank.item.pk).exists()


@pytest.mark.parametrize("person", ["gu", "second", "ren", "ye", "chen", "li"])
def test_once_sealed_nobody_opens_it_and_nothing_is_drawn(bank, person):
    assert not sees(bank, getattr(bank, person))
    assert not may_see_items(wearing(getattr(bank, person)), bank.questions)
    assert not ItemVersion.objects.drawable(bank.questions).exists()
    assert not ItemVersion.objects.drawable(bank.questions.job).exists()


def test_for_assessment_bodies_and_strange_experts_a_sealed_set_is_not_there(bank):
    assert not QuestionSet.objects.visible_to(bank.chen).exists()
    assert not QuestionSet.objects.visible_to(bank.ren).exists()
    assert QuestionSet.objects.visible_to(bank.gu).exists()


def test_a_key_takes_two_people_and_is_taken_back_by_one(bank):
    holder = sealing.name(bank.questions, bank.ren, by=bank.gu, reason="组卷")
    assert not sees(bank, bank.ren)
    with refused("second_person"):
        sealing.confirm(holder, by=bank.gu)

    sealing.confirm(holder, by=bank.second)
    assert sees(bank, bank.ren)
    assert may_author(wearing(bank.ren), bank.questions)
    assert not sees(bank, bank.gu)

    sealing.end(holder, by=bank.gu)
    assert not sees(bank, bank.ren)
    with refused("ended_already"):
        sealing.end(holder, by=bank.gu)
    with refused("ended_already"):
        sealing.confirm(holder, by=bank.second)


def test_nobody_confirms_themself(bank):
    holder = sealing.name(bank.questions, bank.second, by=bank.gu, reason="组卷")

    with refused("second_person"):
        sealing.confirm(holder, by=bank.second)


def test_keys_are_for_people_of_the_bank_and_given_once(bank):
    with refused("not_of_the_bank"):
        sealing.name(bank.questions, bank.chen, by=bank.gu, reason="组卷")
    with refused("reason_missing"):
        sealing.name(bank.questions, bank.ren, by=bank.gu, reason=" ")
    holder = named(bank, bank.ren)
    with refused("named_already"):
        sealing.name(bank.questions, bank.ren, by=bank.gu, reason="再来")
    with refused("confirmed_already"):
        sealing.confirm(holder, by=bank.second)


@pytest.mark.parametrize("person", ["ren", "li", "chen", "aygul", "adil"])
def test_only_the_region_seals_and_names(bank, person):
    somebody = getattr(bank, person)
    holder = sealing.name(bank.questions, bank.ye, by=bank.gu, reason="组卷")

    for verb in (sealing.seal, sealing.ask_unseal, sealing.unseal, sealing.keep_sealed):
        with refused("not_allowed"):
            verb(bank.questions, by=somebody, note="要")
    with refused("not_allowed"):
        sealing.name(bank.questions, bank.ren, by=somebody, reason="想看")
    with refused("not_allowed"):
        sealing.confirm(holder, by=somebody)
    with refused("not_allowed"):
        sealing.end(holder, by=somebody)


def test_a_set_is_opened_again_by_two(bank):
    with refused("not_asked"):
        sealing.unseal(bank.questions, by=bank.second)
    with refused("note_required"):
        sealing.ask_unseal(bank.questions, by=bank.gu)
    sealing.ask_unseal(bank.questions, by=bank.gu, note="考完了")
    with refused("asked_already"):
        sealing.ask_unseal(bank.questions, by=bank.second, note="考完了")
    with refused("second_person"):
        sealing.unseal(bank.questions, by=bank.gu)
    holder = named(bank, bank.ren)

    sealing.unseal(bank.questions, by=bank.second)

    holder.refresh_from_db()
    assert holder.ended_by == bank.second
    assert sees(bank, bank.gu)
    assert ItemVersion.objects.drawable(bank.questions).exists()
    with refused("not_sealed"):
        sealing.name(bank.questions, bank.ye, by=bank.gu, reason="组卷")


def test_the_proposal_to_open_can_be_turned_down(bank):
    sealing.ask_unseal(bank.questions, by=bank.gu, note="考完了")
    sealing.keep_sealed(bank.questions, by=bank.second)

    with refused("not_asked"):
        sealing.keep_sealed(bank.questions, by=bank.second)
    with refused("sealed_already"):
        sealing.seal(bank.questions, by=bank.gu)


def test_in_a_sealed_set_only_named_experts_write_and_read(bank):
    with refused("not_allowed"):
        items.draft(bank.questions, content("新的题"), by=bank.ren)
    for one in (bank.ren, bank.ye):
        named(bank, one)
    item = items.draft(bank.questions, content("完全另一道题目"), by=bank.ren)
    with refused("too_few_experts"):
        reviews.submit(item.latest, by=bank.ren)
    named(bank, bank.shi)
    reviews.submit(item.latest, by=bank.ren)

    first, second = awaited(item)
    Keyholder.objects.get(user=first.expert).delete()
    with refused("not_allowed"):
        reviews.decide(first, by=wearing(first.expert), decision="agree")
    reviews.decide(second, by=wearing(second.expert), decision="agree")


def test_every_look_stands_on_the_page_of_the_set(bank, as_user):
    named(bank, bank.ren)
    as_user(bank.ren).get(reverse("questions:item", args=[bank.item.pk]))
    as_user(bank.ren).get(reverse("questions:items", args=[bank.questions.pk]))

    page = as_user(bank.gu).get(reverse("questions:detail", args=[bank.questions.pk]))

    said = [line.sentence for line in page.context["looks"]]
    assert said[:2] == ["任红梅 查看了试题和答案", f"任红梅 打开了试题 {bank.item.pk}"]
    assert "具名查看" in page.text
    assert "砖砌体" not in page.text


def test_a_sealed_set_is_shut_for_the_region_too(bank, as_user):
    browser = as_user(bank.gu)

    assert browser.get(reverse("questions:detail", args=[bank.questions.pk])).status_code == 200
    for name in ("items", "pairs"):
        page = browser.get(reverse(f"questions:{name}", args=[bank.questions.pk]))
        assert page.status_code == 403
    assert browser.get(reverse("questions:item", args=[bank.item.pk])).status_code == 404
    with refused("not_allowed"):
        actions.look(bank.questions, by=bank.gu)


def test_what_is_sealed_is_not_named_among_the_likely_duplicates_of_others(bank):
    other = QuestionSet.objects.create(job=bank.questions.job, title="练习题库")
    make_questions.draft(bank, into=other)

    assert Pair.objects.count() == 1
    assert not Pair.objects.visible_to(bank.gu).exists()
    holder = sealing.name(bank.questions, bank.second, by=bank.gu, reason="查重")
    sealing.confirm(holder, by=make.member("厅里的第三位", Role.REGULATOR, bank.region))
    assert Pair.objects.visible_to(wearing(bank.second)).exists()


def test_nobody_learns_by_trying_what_a_sealed_set_asks(bank, as_user):
    other = QuestionSet.objects.create(job=bank.questions.job, title="练习题库")
    preview = reverse("questions:preview", args=[other.pk])
    said = {"kind": "single", "stem": content().stem, "rows": "4"}
    said |= {
        f"option_{letter}": text for letter, text in zip("ABCD", content().options, strict=True)
    }

    assert as_user(bank.gu).post(preview, said).context["alike"] == []
    named(bank, bank.ren)
    assert len(as_user(bank.ren).post(preview, said).context["alike"]) == 1


def test_sealing_is_done_from_the_page(bank, as_user):
    browser = as_user(bank.gu)
    address = reverse("questions:detail", args=[bank.questions.pk])
    name = reverse("questions:name", args=[bank.questions.pk])

    page = browser.post(name, {"user": bank.chen.pk, "reason": "组卷"})
    assert page.status_code == 422
    assert page.context["name_form"].errors["user"]
    assert "组卷" in page.text
    browser.post(name, {"user": bank.ren.pk, "reason": "组卷"})
    holder = Keyholder.objects.get()
    confirm = reverse("questions:keyholder", args=[holder.pk, "confirm"])
    assert browser.post(confirm).status_code == 409
    assert as_user(bank.ren).post(confirm).status_code == 404
    as_user(bank.second).post(confirm)
    assert "厅里的第二位 已确认" in as_user(bank.gu).get(address).text

    as_user(bank.gu).post(f"{address}ask_unseal/", {"note": "考完了"})
    assert "确认启封" not in as_user(bank.gu).get(address).text
    assert "确认启封" in as_user(bank.second).get(address).text
    as_user(bank.second).post(f"{address}unseal/")
    bank.questions.refresh_from_db()
    assert not bank.questions.is_sealed
    assert audit.own_history(bank.questions).last().verb == "questions.unsealed"


def test_comparing_versions_and_opening_a_case_are_looks(bank, as_user):
    named(bank, bank.ren)
    items.revise(bank.item, by=wearing(bank.ren), content=content("灰缝多厚为宜？"))
    case = cases.write(bank.questions, "某工地砌筑一砖墙。", by=wearing(bank.ren))
    other = items.draft(bank.questions, content(case=case, position=1), by=wearing(bank.ren))
    browser = as_user(bank.ren)
    pages = [
        reverse("questions:difference", args=[bank.item.pk, 1, 2]),
        reverse("questions:case", args=[case.pk]),
    ]

    assert [browser.get(page).status_code for page in pages] == [200, 200]

    looks = audit.history(bank.questions).filter(verb="questions.item_viewed")
    assert [event.subject_label for event in looks] == [str(bank.item), str(other)]
