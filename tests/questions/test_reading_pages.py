"""Reading items on the pages: one, several on a sheet, the queue, asking somebody else."""

import psycopg
import pytest
from django.db import OperationalError
from django.urls import reverse

from tests import make_questions
from tests.make_questions import awaited, content, essay, fresh, judge, wearing
from tests.questions.test_pages import SINGLE
from zhupei.questions import actions
from zhupei.questions.actions import cases, flags, items, reviews, sealing
from zhupei.questions.models import Opinion


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


def page_of(item, name: str = "item", *rest) -> str:
    return reverse(f"questions:{name}", args=[item.pk, *rest])


def test_an_expert_reads_without_knowing_what_the_other_said(bank, as_user):
    item = make_questions.in_review(bank)
    first, second = awaited(item)
    reviews.decide(
        first, by=wearing(first.expert), decision="object", reasons={"stem": "我不同意这样问。"}
    )
    browser = as_user(second.expert)

    for address in (page_of(second, "opinion"), page_of(item)):
        page = browser.get(address)
        assert page.status_code == 200
        assert "我不同意这样问。" not in page.text
    page = browser.post(page_of(second, "opinion"), {f"o{second.pk}-decision": "object"})
    assert page.status_code == 422
    assert "退回要写明哪里有问题" in page.text
    said = {f"o{second.pk}-decision": "object", f"o{second.pk}-reason_key": "应为 C。"}
    browser.post(page_of(second, "opinion"), said)
    assert fresh(item).latest.state == "returned"
    assert "我不同意这样问。" in browser.get(page_of(item)).text
    assert browser.get(page_of(second, "opinion")).status_code == 302


def test_the_opinion_of_somebody_else_is_not_given(bank, as_user):
    opinion = awaited(make_questions.in_review(bank))[0]
    said = {f"o{opinion.pk}-decision": "agree"}

    assert as_user(bank.ren).post(page_of(opinion, "opinion"), said).status_code == 403
    assert as_user(bank.gu).post(page_of(opinion, "opinion"), said).status_code == 403
    assert Opinion.objects.awaited().count() == 2


def test_what_was_flagged_is_read_with_its_reason_and_figures(bank, as_user):
    item = make_questions.published(bank)
    flags.flag(item.current, reason="区分度为负", facts={"区分度": "-0.12"})
    opinion = awaited(item)[0]

    page = as_user(opinion.expert).get(page_of(opinion, "opinion"))
    assert "区分度为负" in page.text
    assert "-0.12" in page.text
    queue = as_user(opinion.expert).get(reverse("questions:queue"), {"cause": "flagged"})
    assert "区分度为负" in queue.text


def test_the_queue_holds_ones_own_and_for_the_region_everybodys(bank, as_user):
    make_questions.in_review(bank)
    queue = reverse("questions:queue")

    assert len(as_user(bank.ye).get(queue).context["page"]) == 1
    assert len(as_user(bank.ren).get(queue).context["page"]) == 0
    page = as_user(bank.gu).get(queue, {"question_set": bank.questions.pk})
    assert len(page.context["page"]) == 2
    assert "改派" in page.text


def test_the_region_asks_another_expert_from_the_page(bank, as_user):
    item = make_questions.draft(bank, by=bank.gu)
    reviews.submit(item.latest, by=bank.gu)
    opinion = awaited(item)[0]
    address = page_of(opinion, "reassign")

    assert as_user(bank.ye).get(address).status_code in {403, 404}
    page = as_user(bank.gu).get(address)
    (other,) = page.context["offered"]
    assert as_user(bank.gu).post(address, {"expert": bank.li.pk}).status_code == 422
    as_user(bank.gu).post(address, {"expert": other.pk})
    assert other in {one.expert for one in awaited(item)}


def test_several_are_read_on_one_sheet(bank, as_user):
    built = [make_questions.in_review(bank, one) for one in (content(), judge(), essay())]
    sheet = reverse("questions:sheet")
    own = list(Opinion.objects.awaited().filter(expert=bank.ye).order_by("pk"))
    browser = as_user(bank.ye)
    assert all(item.latest.stem in browser.get(sheet).text for item in built)

    first, second, third = own
    said = {"opinion": [one.pk for one in own], f"o{first.pk}-decision": "agree"}
    said |= {f"o{second.pk}-decision": "object", f"o{third.pk}-reason_whole": "再想想"}
    page = browser.post(sheet, said)

    assert page.status_code == 422
    assert {line["opinion"] for line in page.context["lines"]} == {second, third}
    assert "再想想" in page.text
    first.refresh_from_db()
    assert first.decision == "agree"
    page = browser.post(sheet, {"opinion": [second.pk], f"o{second.pk}-decision": "agree"})
    assert page.status_code == 302
    assert Opinion.objects.awaited().filter(expert=bank.ye).get() == third


def collided(*_said, **_kept):
    fault = OperationalError()
    fault.__cause__ = psycopg.errors.DeadlockDetected()
    raise fault


@pytest.mark.parametrize(
    ("verb", "page", "said"),
    [
        ((actions, "start"), "index", {"title": "2027 题库"}),
        ((items, "draft"), "new", SINGLE),
        ((cases, "write"), "new-case", {"text": "某工地基坑开挖。"}),
        ((actions, "receive_text"), "exchange", {"text": "1. 基坑应多深？", "form": "auto"}),
        ((actions, "say_origin"), "origin", {"origin": "regional", "origin_source": "自编"}),
        ((sealing, "name"), "name", {"reason": "七月统考"}),
    ],
    ids=["set", "item", "case", "import", "origin", "name"],
)
def test_what_was_typed_stays_when_two_were_in_each_others_way(
    bank, as_user, monkeypatch, verb, page, said
):
    if page == "name":
        sealing.seal(bank.questions, by=bank.gu)
    monkeypatch.setattr(*verb, collided)
    address = page_of(bank.questions, page) if page != "index" else reverse("questions:index")
    whom = {"job": bank.questions.job_id, "user": bank.ye.pk, "kind": "single"}

    shown = as_user(bank.gu).post(address, whom | said)

    assert "请再按一次" in shown.text
    assert all(typed in shown.text for typed in said.values())


def test_an_opinion_stays_when_two_were_in_each_others_way(bank, as_user, monkeypatch):
    opinion = awaited(make_questions.in_review(bank))[0]
    monkeypatch.setattr(reviews, "decide", collided)
    said = {f"o{opinion.pk}-decision": "object", f"o{opinion.pk}-reason_whole": "题干有歧义"}

    page = as_user(opinion.expert).post(page_of(opinion, "opinion"), said)

    assert page.status_code == 422
    assert "请再按一次" in page.text
    assert "题干有歧义" in page.text
