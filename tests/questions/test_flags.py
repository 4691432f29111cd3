"""Items put before the experts again while in use."""

import pytest

from tests import make, make_questions
from tests.make_questions import agree, awaited, content, fresh, latest, wearing
from tests.refusals import refused
from zhupei.core import audit
from zhupei.organizations.models import Role
from zhupei.questions.actions import items, reviews
from zhupei.questions.models import ItemVersion, Opinion


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


def say(opinion: Opinion, decision: str, **reasons: str) -> Opinion:
    by = wearing(opinion.expert)
    return reviews.decide(opinion, by=by, decision=decision, reasons=reasons)


def verbs_of(item) -> list[str]:
    return [event.verb.removeprefix("questions.") for event in audit.history(item)]


def test_a_flag_puts_an_item_before_the_experts_and_they_keep_it(bank):
    item = make_questions.published(bank)
    review = reviews.flag(item.current, reason="区分度为负", facts={"区分度": "-0.12"})

    assert reviews.flag(item.current, reason="又一次") == review
    assert (review.cause, review.facts, len(awaited(item))) == ("flagged", {"区分度": "-0.12"}, 2)
    assert ItemVersion.objects.drawable(bank.questions).filter(item=item).exists()
    agree(item)

    review.refresh_from_db()
    assert review.outcome == "agreed"
    assert fresh(item).state == "published"
    assert "flag_kept" in verbs_of(item)


def test_what_two_find_faulty_is_not_drawn_until_it_was_changed(bank):
    item = make_questions.published(bank)
    reviews.flag(item.current, by=bank.gu, reason="答案有争议")
    for opinion in awaited(item):
        say(opinion, "object", key="应为 C。")

    drawn = ItemVersion.objects.drawable(bank.questions).filter(item=item)
    assert not drawn.exists()
    assert fresh(item).state == "published"
    assert bank.gu.inbox.filter(title__contains="暂停抽用").exists()

    by = wearing(bank.ye)  # an expert who found it at fault may write the next version
    version = items.revise(item, by=by, content=content(key="C"))
    with refused("too_few_experts"):
        reviews.submit(version, by=by)
    make.member("第四位专家", Role.EXPERT, bank.association)
    reviews.submit(version, by=by)
    agree(item)
    assert drawn.get() == version


def test_only_what_is_in_force_is_flagged_by_the_region_or_the_system(bank):
    with refused("not_in_force"):
        reviews.flag(latest(make_questions.draft(bank)), reason="不对")
    item = make_questions.published(bank, stem="另一道在用的题")
    with refused("reason_missing"):
        reviews.flag(item.current, reason=" ")
    with refused("not_allowed"):
        reviews.flag(item.current, by=bank.ren, reason="不对")
