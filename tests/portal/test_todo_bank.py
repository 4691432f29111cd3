"""What waits in the question bank, and for whom."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_questions
from tests.make_questions import awaited, content, fresh, wearing
from zhupei.organizations.models import Role
from zhupei.portal import todo
from zhupei.questions.actions import flags, items, reviews, sealing


@pytest.fixture
def bank(world):
    world = make_questions.experts(world)
    world.second = make.member("厅里的第二位", Role.REGULATOR, world.region)
    return world


def lines(user, kind: str) -> list[str]:
    return [line.title for line in todo.todos(wearing(user)) if str(line.kind) == kind]


def test_what_was_handed_in_waits_for_the_two_who_were_asked(bank):
    item = make_questions.in_review(bank)
    title = f"试题 {item.pk} 第 1 版"

    assert lines(bank.ye, "审题") == lines(bank.shi, "审题") == [title]
    assert lines(bank.ren, "审题") == []
    (line,) = todo.todos(wearing(bank.ye))
    assert line.due == awaited(item)[0].due_at
    assert line.url == f"/questions/opinions/{awaited(item)[0].pk}/"
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert lines(bank.gu, "审题逾期") == ["2 份审题意见过了时限"]


def test_what_was_sent_back_waits_for_its_author_until_the_next_version(bank):
    item = make_questions.returned(bank)
    assert lines(bank.ren, "退回修改") == [f"试题 {item.pk} 第 1 版"]

    items.revise(item, by=bank.ren, content=content("改过的问法是什么？"))
    assert lines(bank.ren, "退回修改") == []


def test_what_was_flagged_says_why_and_what_was_found_faulty_waits_for_the_region(bank):
    item = make_questions.published(bank)
    flags.flag(item.current, reason="区分度为负")
    (line,) = [one for one in todo.todos(wearing(bank.ye)) if str(one.kind) == "再审"]
    assert line.note == "区分度为负"

    for opinion in awaited(item):
        reviews.decide(opinion, by=wearing(opinion.expert), decision="object", reasons={"": "错"})
    assert lines(bank.gu, "有疑点") == [f"试题 {item.pk} 暂停抽用"]
    items.retire(fresh(item), by=bank.gu, note="停")
    assert lines(bank.gu, "有疑点") == []


def test_what_takes_a_second_person_waits_for_one(bank):
    sealing.seal(bank.questions, by=bank.gu)
    sealing.name(bank.questions, bank.ren, by=bank.gu, reason="组卷")
    sealing.ask_unseal(bank.questions, by=bank.gu, note="考完了")

    assert lines(bank.second, "具名查看") == ["任红梅"]
    assert lines(bank.second, "申请启封") == [bank.questions.title]
    assert lines(bank.gu, "具名查看") == lines(bank.gu, "申请启封") == []


def test_likely_duplicates_wait_for_the_region(bank):
    make_questions.draft(bank)
    make_questions.draft(bank, by=bank.gu)

    assert lines(bank.gu, "疑似重复") == ["1 对试题很像"]
    assert lines(bank.ren, "疑似重复") == []


def test_an_expert_finds_the_bank_behind_their_door(bank, as_user):
    page = as_user(bank.ren).get("/", follow=True)

    assert [str(door["label"]) for door in page.context["nav"]][:1] == ["待办"]
    assert "题库" in [str(door["label"]) for door in page.context["nav"]]
    queue = as_user(bank.ren).get("/questions/queue/")
    assert [str(tab["label"]) for tab in queue.context["door_tabs"]] == [
        "待审试题",
        "我写的题",
        "题库",
    ]
