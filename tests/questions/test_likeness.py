"""Likely duplicates: found by their words, judged by people."""

import pytest
from django.urls import reverse

from tests import make, make_questions
from tests.make_questions import content, draft
from tests.refusals import refused
from zhupei.core.models import ParameterValue
from zhupei.questions.actions import items, likeness
from zhupei.questions.models import Pair, QuestionSet

FIRST = "脚手架作业层的栏杆高度不应小于多少米？"
SECOND = "脚手架作业层栏杆的高度不应小于多少米？"
OTHER = "混凝土浇水养护的时间不得少于几天？"


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


def pairs() -> list[tuple[int, int]]:
    return list(Pair.objects.values_list("first", "second"))


def test_two_that_ask_nearly_the_same_are_noted_as_a_pair(bank):
    first, second = draft(bank, content(FIRST)), draft(bank, content(SECOND), by=bank.gu)
    draft(bank, content(OTHER, options=["3", "7", "14", "28"]))

    pair = Pair.objects.get()
    assert (pair.first, pair.second, pair.verdict) == (first, second, "open")
    assert 0.6 < pair.score < 1


def test_it_is_looked_for_in_all_sets_for_the_job_and_in_no_other(bank):
    same = QuestionSet.objects.create(job=bank.questions.job, title="练习题库")
    strange = QuestionSet.objects.create(job=make.job("CLY", "材料员"), title="材料员题库")
    first = draft(bank, content(FIRST))
    draft(bank, content(FIRST), into=strange)
    second = draft(bank, content(FIRST), into=same)

    assert pairs() == [(first.pk, second.pk)]


def test_what_was_written_anew_is_no_duplicate_any_more(bank):
    draft(bank, content(FIRST))
    item = draft(bank, content(SECOND))
    assert pairs()

    items.change(item.latest, content(OTHER, options=["3", "7", "14", "28"]), by=bank.ren)

    assert not pairs()


def test_what_people_decided_stays(bank):
    draft(bank, content(FIRST))
    item = draft(bank, content(SECOND))
    likeness.judge(Pair.objects.get(), by=bank.gu, verdict="different", note="问的不是一层")

    items.change(item.latest, content(f"{SECOND}（单位：m）"), by=bank.ren)

    pair = Pair.objects.get()
    assert (pair.verdict, pair.note, pair.decided_by) == ("different", "问的不是一层", bank.gu)


def test_who_keeps_the_bank_decides(bank):
    draft(bank, content(FIRST))
    draft(bank, content(SECOND))

    with refused("not_allowed"):
        likeness.judge(Pair.objects.get(), by=bank.ren, verdict="same")
    with refused("verdict_unknown"):
        likeness.judge(Pair.objects.get(), by=bank.gu, verdict="open")


def test_how_alike_is_enough_is_a_figure_of_the_region(bank):
    ParameterValue.objects.create(
        key="questions.likeness_percent", value=95, valid_from=make.LONG_AGO, source="x"
    )
    draft(bank, content(FIRST))
    draft(bank, content(SECOND))

    assert not pairs()


def test_the_list_shows_both_and_takes_the_decision(bank, as_user):
    draft(bank, content(FIRST))
    second = draft(bank, content(SECOND))
    browser = as_user(bank.gu)
    address = reverse("questions:pairs", args=[bank.questions.pk])

    page = browser.get(address)
    assert FIRST in page.text
    assert SECOND in page.text
    pair = Pair.objects.get()
    browser.post(reverse("questions:judge", args=[pair.pk]), {"verdict": "same", "note": "重复"})

    assert FIRST not in browser.get(address).text
    assert "重复" in browser.get(f"{address}?verdict=same").text
    items.retire(second, by=bank.gu, note="重复")
    assert SECOND not in browser.get(f"{address}?verdict=same").text


def test_while_writing_an_expert_is_warned_without_seeing_others_items(bank, as_user):
    draft(bank, content(FIRST), by=bank.gu)
    preview = reverse("questions:preview", args=[bank.questions.pk])
    said = {"kind": "single", "stem": SECOND, "rows": "4"}
    said |= {
        f"option_{letter}": text for letter, text in zip("ABCD", content().options, strict=True)
    }

    page = as_user(bank.ren).post(preview, said)
    assert "您看不到的一道题" in page.text
    assert FIRST not in page.text
    assert FIRST in as_user(bank.gu).post(preview, said).text


def test_an_item_is_not_like_itself(bank, as_user):
    item = draft(bank, content(FIRST))

    page = as_user(bank.ren).get(reverse("questions:edit", args=[item.pk]))

    assert page.context["alike"] == []
