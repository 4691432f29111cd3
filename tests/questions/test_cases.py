"""Case groups: one text, several items."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests import make, make_questions
from tests.make_questions import agree, blank, content, essay, fresh, picture
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit, files
from zhupei.questions.actions import cases, items, reviews
from zhupei.questions.contents import Shown
from zhupei.questions.models import Case, Item, ItemVersion, QuestionSet

TEXT = "某工程砌筑一砖墙，质检员量得水平灰缝厚 14 mm，饱满度 70%。"


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


@pytest.fixture
def case(bank):
    return cases.write(bank.questions, TEXT, by=bank.ren, pictures=[picture(bank)])


def group(bank, case: Case) -> list:
    said = [
        content("灰缝厚度合格吗？", key="A"),
        blank("饱满度应不低于 ____。", key={"blanks": [["80%"]]}),
    ]
    said.append(essay("应当怎样整改？"))
    return [
        make_questions.draft(bank, replace(one, case=case, position=n))
        for n, one in enumerate(said, 1)
    ]


def test_its_items_are_items_of_their_own(bank, case):
    built = group(bank, case)
    reviews.submit_all(bank.questions, by=bank.ren)
    for item in built:
        agree(item)

    drawn = ItemVersion.objects.drawable(bank.questions).filter(case=case).order_by("position")
    assert [(one.position, one.kind) for one in drawn] == [
        (1, "single"),
        (2, "blank"),
        (3, "essay"),
    ]
    assert [one.alt for one in drawn[0].case.pictures.all()] == ["墙面，水平灰缝标着 10 mm"]


def test_a_place_is_taken_once(bank, case):
    group(bank, case)

    with refused("place_taken") as refusal:
        items.draft(bank.questions, content("又一道", case=case, position=1), by=bank.ren)
    assert refusal.value.field == "position"


def test_a_case_of_another_set_is_refused(bank, case):
    other = QuestionSet.objects.create(job=bank.questions.job, title="练习题库")

    with refused("case_other_set"):
        items.draft(other, content("小题", case=case, position=1), by=bank.ren)


def test_while_all_are_drafts_the_text_itself_is_changed(bank, case):
    group(bank, case)

    changed = cases.change(case, f"{TEXT}另有一处瞎缝。", by=bank.ren)

    assert changed == case
    assert not changed.pictures.exists()


def test_what_was_handed_in_is_followed_by_a_new_text_and_new_versions(bank, case):
    built = group(bank, case)
    reviews.submit_all(bank.questions, by=bank.ren)
    with refused("case_in_review"):
        cases.change(case, "别的材料。", by=bank.ren)
    for item in built:
        agree(item)

    new = cases.change(case, "某工程改用砌块。", by=bank.ren, pictures=[picture(bank)])

    assert new.follows == case
    case.refresh_from_db()
    assert case.text == TEXT
    for item in map(fresh, built):
        assert (item.current.case, item.latest.case) == (case, new)
        assert (item.latest.state, item.latest.number) == ("draft", 2)
    with refused("followed"):
        cases.change(case, "再改。", by=bank.ren)


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "text_missing"), ("\0", "unprintable"), ("材" * 8001, "too_long")]
)
def test_a_case_that_says_nothing_right_is_refused(bank, text, code):
    with refused(code) as refusal:
        cases.write(bank.questions, text, by=bank.ren)
    assert refusal.value.field == "text"


def test_its_pictures_need_words_and_have_to_be_pictures(bank):
    shown = picture(bank)
    with refused("alt_missing"):
        cases.write(bank.questions, TEXT, by=bank.ren, pictures=[Shown(shown.file, " ")])
    paper = files.accept(ContentFile(b"%PDF-1.7", "a.pdf"), by=bank.ren)
    with refused("picture_kind"):
        cases.write(bank.questions, TEXT, by=bank.ren, pictures=[Shown(paper, "图")])


@pytest.mark.parametrize("person", ["li", "chen", "aygul", "adil"])
def test_only_experts_and_the_region_write_cases(bank, case, person):
    with refused("not_allowed"):
        cases.write(bank.questions, TEXT, by=getattr(bank, person))
    with refused("not_allowed"):
        cases.change(case, TEXT, by=getattr(bank, person))


def test_a_group_is_written_on_its_pages(bank, as_user):
    browser = as_user(bank.ren)
    new = reverse("questions:new-case", args=[bank.questions.pk])

    page = browser.post(new, {"text": TEXT, "upload_0": make_questions.png(), "alt_0": ""})
    assert page.status_code == 422
    assert page.context["form"].errors["alt_0"]
    token = page.context["form"].picture_rows()[0]["token"]
    assert TEXT in page.text
    page = browser.post(new, {"text": TEXT, "picture_0": token, "alt_0": "一面墙"}, follow=True)

    made = Case.objects.get()
    assert "加一道小题" in page.text
    sub = f"{reverse('questions:new', args=[bank.questions.pk])}?case={made.pk}&kind=judge"
    assert browser.get(sub).context["form"]["position"].value() == 1
    said = {"kind": "judge", "case": made.pk, "stem": "灰缝合格。", "right": "B", "difficulty": "3"}
    page = browser.post(sub, said | {"cognition": "recall"})
    assert page.context["form"].errors["position"]
    browser.post(sub, said | {"cognition": "recall", "position": "1"})
    assert made.versions.get().stem == "灰缝合格。"
    page = browser.get(reverse("questions:case", args=[made.pk]))
    assert "灰缝合格。" in page.text


def test_others_do_not_see_a_case_they_have_nothing_to_do_with(bank, case, as_user):
    address = reverse("questions:case", args=[case.pk])

    assert as_user(bank.ren).get(address).status_code == 200
    assert as_user(bank.gu).get(address).status_code == 200
    for person in (bank.ye, bank.chen, bank.li):
        assert as_user(person).get(address).status_code == 404


# ── A changed case comes into force as one ───────────────────────────────────────────────────


@pytest.fixture
def changed(bank, case):
    """Three items in use, their case written anew, the new versions handed in."""
    built = group(bank, case)
    reviews.submit_all(bank.questions, by=bank.ren)
    for item in built:
        agree(item)
    new = cases.change(case, "某工程改用砌块。", by=bank.ren)
    reviews.submit_all(bank.questions, by=bank.ren)
    return SimpleNamespace(old=case, new=new, items=built)


def in_use(bank):
    """What is drawn: the case of each item."""
    rows = ItemVersion.objects.drawable(bank.questions).exclude(case=None)
    return set(rows.values_list("case", flat=True))


def test_the_items_of_a_changed_case_come_into_use_together(bank, changed):
    first, second, third = changed.items
    agree(first)
    agree(second)

    assert in_use(bank) == {changed.old.pk}
    assert fresh(first).current.case == changed.old
    assert [event.verb for event in audit.history(first)][-1] == "questions.waits_for_its_case"
    agree(third)

    assert in_use(bank) == {changed.new.pk}
    for item in map(fresh, changed.items):
        assert (item.current, item.current.state) == (item.latest, "published")
        assert item.versions.get(number=1).state == "replaced"
    event = audit.own_history(changed.new).last()
    assert (event.verb, event.facts["count"]) == ("questions.case_in_force", 3)


def test_an_item_added_to_a_changed_case_comes_with_the_others(bank, changed):
    """The deed of groups.come_together."""
    added = make_questions.draft(bank, content("新的小题", case=changed.new, position=4))
    for item in changed.items:
        agree(item)
    assert in_use(bank) == {changed.old.pk}
    reviews.submit(added.latest, by=bank.ren)
    agree(added)

    assert in_use(bank) == {changed.new.pk}
    assert fresh(added).state == "published"


def test_what_was_sent_back_keeps_the_others_waiting(bank, changed):
    first, *others = changed.items
    for opinion in make_questions.awaited(first):
        by = make_questions.wearing(opinion.expert)
        reviews.decide(opinion, by=by, decision="object", reasons={"stem": "说法不清。"})
    for item in others:
        agree(item)
    assert in_use(bank) == {changed.old.pk}

    again = items.revise(fresh(first), by=bank.ren)
    reviews.submit(again, by=bank.ren)
    agree(first)
    assert in_use(bank) == {changed.new.pk}
    assert fresh(first).current == again


def test_a_retired_item_does_not_keep_the_others_waiting(bank, changed):
    first, second, third = changed.items
    agree(first)
    agree(second)
    items.retire(third, by=bank.gu, note="规范已废止")

    assert in_use(bank) == {changed.new.pk}
    assert [fresh(item).state for item in changed.items] == ["published", "published", "retired"]


def test_one_of_a_changed_case_is_not_taken_back_by_itself(bank, changed):
    agree(changed.items[0])
    waiting = fresh(changed.items[0]).latest

    with refused("already_read"):
        reviews.withdraw(waiting, by=bank.ren)
    second = reviews.withdraw(fresh(changed.items[1]).latest, by=bank.ren)
    with refused("of_a_group"):
        items.drop(second, by=bank.ren, note="不改了")


def test_after_it_came_into_force_its_items_go_their_own_ways(bank, changed):
    for item in changed.items:
        agree(item)
    first, second, _third = map(fresh, changed.items)
    items.revise(second, by=bank.ren)
    alone = items.revise(first, by=bank.ren)
    reviews.submit(alone, by=bank.ren)
    agree(first)

    assert fresh(first).current == alone


def test_a_changed_case_is_given_up_as_one(bank, changed):
    agree(changed.items[0])
    for person in (bank.ye, bank.li):
        with refused("not_allowed"):
            cases.give_up(changed.new, by=person, note="x")
    with refused("note_required"):
        cases.give_up(changed.new, by=bank.ren, note=" ")

    assert cases.give_up(changed.new, by=bank.ren, note="规范又改了") == 3

    for item in map(fresh, changed.items):
        assert (item.latest, item.state) == (item.current, "published")
        assert not make_questions.awaited(item)
    assert in_use(bank) == {changed.old.pk}
    with refused("not_waiting"):
        cases.give_up(changed.old, by=bank.ren, note="x")
    assert cases.change(changed.old, "再改一次。", by=bank.ren).follows == changed.old


def test_how_far_a_changed_case_is_stands_on_its_page(bank, changed, as_user):
    agree(changed.items[0])
    browser = as_user(bank.ren)
    address = reverse("questions:case", args=[changed.new.pk])

    page = browser.get(address).text
    assert "3 道小题已通过 1 道" in page
    assert page.count("等同组一起发布") == 1
    gone = browser.post(
        reverse("questions:give-up-case", args=[changed.new.pk]), {"note": "不改了"}
    )
    assert gone["Location"] == reverse("questions:case", args=[changed.old.pk])
    assert "还没有发布" not in browser.get(address).text


@pytest.mark.django_db(transaction=True)
def test_two_experts_who_agree_to_the_last_two_at_once_complete_the_case():
    bank = make_questions.experts(make.world())
    old = cases.write(bank.questions, TEXT, by=bank.ren)
    built = group(bank, old)[:2]
    reviews.submit_all(bank.questions, by=bank.ren)
    for item in Item.objects.filter(versions__case=old):
        agree(item)
    new = cases.change(old, "某工程改用砌块。", by=bank.ren)
    reviews.submit_all(bank.questions, by=bank.ren)
    agree(Item.objects.get(latest__case=new, latest__position=3))
    last = []
    for item in built:
        first, second = make_questions.awaited(item)
        reviews.decide(first, by=make_questions.wearing(first.expert), decision="agree")
        last.append((second, make_questions.wearing(second.expert)))

    said = at_once(
        *[lambda one=one, by=by: reviews.decide(one, by=by, decision="agree") for one, by in last]
    )

    assert [one.decision for one in said] == ["agree", "agree"]
    assert Item.objects.filter(current__case=new).count() == 3
