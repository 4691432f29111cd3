"""Items put before the experts again while in use."""

import pytest
from django.urls import reverse

from tests import make, make_questions
from tests.make_questions import agree, awaited, content, fresh, latest, wearing
from tests.refusals import refused
from zhupei.core import audit
from zhupei.organizations.models import Role
from zhupei.questions.actions import flags, items, reviews, sealing
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
    review = flags.flag(item.current, reason="区分度为负", facts={"区分度": "-0.12"})

    assert flags.flag(item.current, reason="又一次") == review
    assert (review.cause, review.facts, len(awaited(item))) == ("flagged", {"区分度": "-0.12"}, 2)
    assert ItemVersion.objects.drawable(bank.questions).filter(item=item).exists()
    agree(item)

    review.refresh_from_db()
    assert review.outcome == "agreed"
    assert fresh(item).state == "published"
    assert "flag_kept" in verbs_of(item)


def test_what_two_find_faulty_is_not_drawn_until_it_was_changed(bank):
    item = make_questions.published(bank)
    flags.flag(item.current, by=bank.gu, reason="答案有争议")
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
        flags.flag(latest(make_questions.draft(bank)), reason="不对")
    item = make_questions.published(bank, stem="另一道在用的题")
    with refused("reason_missing"):
        flags.flag(item.current, reason=" ")
    with refused("not_allowed"):
        flags.flag(item.current, by=bank.ren, reason="不对")


def test_a_second_doubt_is_added_and_it_is_known_who_asked(bank):
    item = make_questions.published(bank)
    review = flags.flag(item.current, reason="区分度为负", facts={"区分度": "-0.12"})

    assert flags.flag(item.current, by=bank.gu, reason="考生反映有歧义") == review

    review.refresh_from_db()
    assert review.reason == "区分度为负\n考生反映有歧义"
    event = audit.history(item).filter(verb="questions.flagged").last()
    assert (event.actor_id, event.facts["note"]) == (bank.gu.pk, review.reason)
    flags.flag(item.current, by=bank.gu, reason="考生反映有歧义")
    review.refresh_from_db()
    assert review.reason == "区分度为负\n考生反映有歧义"


def test_who_spoke_before_a_second_doubt_is_asked_anew_and_it_stays_held_back(bank):
    item = make_questions.published(bank)
    review = flags.hold_back(item.current, reason="第 3 题：改答案")
    say(awaited(item)[0], "agree")

    anew = flags.flag(item.current, reason="区分度为负")

    review.refresh_from_db()
    assert review.outcome == "called_off"
    assert (anew.reason, anew.holds_back) == ("第 3 题：改答案\n区分度为负", True)
    assert len(awaited(item)) == 2


def test_nobody_agrees_to_what_they_have_not_read(bank, as_user):
    item = make_questions.published(bank)
    flags.flag(item.current, reason="区分度为负")
    opinion = awaited(item)[0]
    browser = as_user(opinion.expert)
    here = reverse("questions:opinion", args=[opinion.pk])
    said = {f"o{opinion.pk}-decision": "agree"} | {
        f"o{opinion.pk}-read": browser.get(here).context["form"].figure
    }
    flags.hold_back(item.current, reason="第 3 题：改答案")

    page = browser.post(here, said)

    assert page.status_code == 422
    assert "疑点有了补充" in page.text
    assert "第 3 题：改答案" in page.text
    opinion.refresh_from_db()
    assert opinion.decision == "none"
    read = {f"o{opinion.pk}-read": page.context["form"].figure}
    assert f'value="{page.context["form"].figure}"' in page.text
    assert browser.post(here, said | read).status_code == 302
    opinion.refresh_from_db()
    assert opinion.decision == "agree"


def test_the_page_of_an_item_says_the_figures_in_words(bank, as_user):
    item = make_questions.published(bank)
    facts = {"people": 33, "share": 0.8788, "options": [["B", True, 29, 0.88, 1.0, 0.7]]}
    flags.flag(item.current, reason="区分度为负", facts=facts)

    page = as_user(bank.gu).get(reverse("questions:item", args=[item.pk]))

    assert "33 人" in page.text
    assert "88%" in page.text
    assert "0.8788" not in page.text
    assert "[[" not in page.text


def test_experts_are_not_asked_again_from_the_page_while_they_are_awaited(bank, as_user):
    item = make_questions.published(bank)
    browser, here = as_user(bank.gu), reverse("questions:item", args=[item.pk])

    def offered() -> list[str]:
        return [move.name for move in browser.get(here).context["moves"]]

    assert "flag" in offered()
    flags.flag(item.current, by=bank.gu, reason="答案有争议")
    assert "flag" not in offered()
    agree(item)
    assert "flag" in offered()


def test_of_a_sealed_set_nobody_is_sent_to_a_page_they_may_not_open(bank, as_user):
    item = make_questions.published(bank)
    second, third = (make.member(name, Role.REGULATOR, bank.region) for name in ("甲", "乙"))
    sealing.seal(bank.questions, by=bank.gu)
    flags.hold_back(item.current, reason="第 3 题：改答案")
    told = bank.gu.inbox.get(title__contains="能审的专家不足")
    assert as_user(bank.gu).get(told.url).status_code == 200

    for user in (second, bank.ye, bank.shi):
        sealing.confirm(sealing.name(bank.questions, user, by=bank.gu, reason="审题"), by=third)
    flags.flag(fresh(item).current, by=second, reason="请看")
    for opinion in awaited(item):
        say(opinion, "object", key="应为 C。")

    told = second.inbox.get(title__contains="经专家再审需要修改")
    assert as_user(second).get(told.url).status_code == 200
    assert not bank.gu.inbox.filter(title__contains="经专家再审需要修改").exists()
