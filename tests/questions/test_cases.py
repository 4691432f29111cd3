"""Case groups: one text, several items."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests import make_questions
from tests.make_questions import agree, blank, content, essay, fresh, picture
from tests.refusals import refused
from zhupei.core import files
from zhupei.questions.actions import cases, items, reviews
from zhupei.questions.contents import Shown
from zhupei.questions.models import Case, ItemVersion, QuestionSet

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
