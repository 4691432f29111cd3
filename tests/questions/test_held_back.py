"""A version put right in a sitting is not drawn until experts have agreed to it, knowing why."""

import pytest

from tests import make, make_questions
from tests.make_questions import agree, awaited, content, fresh, wearing
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.organizations.models import Role
from zhupei.portal import todo
from zhupei.questions.actions import flags, items, reviews, sealing
from zhupei.questions.models import Item, ItemVersion, Opinion

WHY = "第 3 题：改答案。教材第 37 页：答案应为 A。"


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


@pytest.fixture
def item(bank):
    return make_questions.published(bank)


def is_drawn(item) -> bool:
    return ItemVersion.objects.drawable(item.question_set).filter(item=item).exists()


def object_to(item) -> None:
    for opinion in awaited(item):
        by = wearing(opinion.expert)
        reviews.decide(opinion, by=by, decision="object", reasons={"key": "应为 A。"})


def test_it_is_held_back_at_once_and_drawn_again_when_two_agree(item):
    review = flags.hold_back(item.current, reason=WHY, facts={"改答案": "A"})

    assert not is_drawn(item)
    assert list(Item.objects.held()) == [item]
    assert (review.reason, review.facts, len(awaited(item))) == (WHY, {"改答案": "A"}, 2)
    event = audit.history(item).get(verb="questions.held_back")
    assert (event.facts["note"], event.actor_id) == (WHY, None)
    reviews.decide(awaited(item)[0], by=wearing(awaited(item)[0].expert), decision="agree")
    assert not is_drawn(item)
    agree(item)
    assert is_drawn(item)
    assert not Item.objects.held().exists()


def test_what_two_object_to_stays_out_until_a_next_version_replaces_it(bank, item):
    flags.hold_back(item.current, reason=WHY)
    object_to(item)
    assert not is_drawn(item)

    make.member("第四位专家", Role.EXPERT, bank.association)
    make.member("第五位专家", Role.EXPERT, bank.association)
    version = items.revise(fresh(item), by=bank.ren, content=content(key="A"))
    reviews.submit(version, by=bank.ren)
    agree(item)

    assert ItemVersion.objects.drawable(bank.questions).get(item=item) == version


def test_a_next_version_or_retiring_it_ends_the_round(bank, item):
    review = flags.hold_back(item.current, reason=WHY)
    version = items.revise(item, by=bank.ren, content=content(key="A"))
    make.member("第四位专家", Role.EXPERT, bank.association)
    reviews.submit(version, by=bank.ren)
    for opinion in Opinion.objects.awaited().filter(review__version=version):
        reviews.decide(opinion, by=wearing(opinion.expert), decision="agree")

    assert is_drawn(item)
    review.refresh_from_db()
    assert review.outcome == "called_off"
    again = flags.hold_back(version, reason=WHY)
    items.retire(fresh(item), by=bank.gu, note="停用")
    again.refresh_from_db()
    assert again.outcome == "called_off"
    assert not Item.objects.held().exists()


def test_a_round_nobody_has_spoken_in_gets_the_reason(item):
    review = flags.flag(item.current, reason="区分度为负", facts={"区分度": "-0.12"})

    assert flags.hold_back(item.current, reason=WHY) == review
    assert flags.hold_back(item.current, reason=WHY) == review

    review.refresh_from_db()
    assert review.reason == f"区分度为负\n{WHY}"
    assert review.facts == {"区分度": "-0.12"}
    assert len(awaited(item)) == 2


def test_who_spoke_without_knowing_the_reason_is_asked_anew(item):
    review = flags.flag(item.current, reason="区分度为负")
    reviews.decide(awaited(item)[0], by=wearing(awaited(item)[0].expert), decision="agree")

    anew = flags.hold_back(item.current, reason=WHY)

    review.refresh_from_db()
    assert review.outcome == "called_off"
    assert anew.reason == f"区分度为负\n{WHY}"
    assert len(awaited(item)) == 2
    assert not is_drawn(item)


def test_without_experts_it_is_held_all_the_same_and_the_region_asks_them_later(bank, item):
    sealing.seal(bank.questions, by=bank.gu)  # nobody is named on it
    review = flags.hold_back(item.current, reason=WHY)
    assert awaited(item) == []
    assert "能审的专家不足" in bank.gu.inbox.latest("pk").title
    second = make.member("厅里的第二位", Role.REGULATOR, bank.region)
    sealing.ask_unseal(bank.questions, by=bank.gu, note="考完了")
    sealing.unseal(bank.questions, by=second)
    titles = {str(one.kind): one.title for one in todo.todos(wearing(bank.gu))}
    assert titles["等再审"] == f"试题 {item.pk} 暂停抽用"
    assert not is_drawn(fresh(item))

    assert flags.flag(item.current, by=bank.gu, reason="请看") == review

    assert len(awaited(item)) == 2
    assert "等再审" not in {str(one.kind) for one in todo.todos(wearing(bank.gu))}
    agree(item)
    assert is_drawn(fresh(item))


def test_only_what_is_in_use_is_held_back_for_a_reason(bank, item):
    with refused("reason_missing"):
        flags.hold_back(item.current, reason=" ")
    with pytest.raises(NotAllowed):
        flags.hold_back(item.current, by=bank.ren, reason=WHY)
    items.retire(item, by=bank.gu, note="停用")
    with refused("not_in_force"):
        flags.hold_back(item.current, reason=WHY)


def test_the_pages_of_the_bank_say_that_it_is_held_back_and_why(bank, item, as_user):
    drawn = make_questions.published(bank, stem="另一道在用的题")
    flags.hold_back(item.current, reason=WHY)
    browser = as_user(bank.gu)

    listed = browser.get(f"/questions/{bank.questions.pk}/items/", {"standing": "held"})

    assert list(listed.context["page"].object_list) == [item]
    assert "考后更正过，暂停抽用" in listed.content.decode()
    assert WHY in listed.content.decode()
    shown = browser.get(f"/questions/items/{item.pk}/").content.decode()
    assert "考后更正过，专家再审通过以前不用于新卷" in shown
    assert WHY in shown
    assert browser.get(f"/questions/items/{drawn.pk}/").context["held"] is None
    opinion = awaited(item)[0]
    asked = as_user(opinion.expert).get(f"/questions/opinions/{opinion.pk}/").content.decode()
    assert "两位都同意就恢复抽用" in asked
