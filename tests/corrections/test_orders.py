"""Orders: issued with a letter and a day, received, answered, verified, closed."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from tests import make_corrections
from tests.refusals import refused
from zhupei.core import audit, files, workdays
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message, ParameterValue
from zhupei.core.typeset import press
from zhupei.corrections.actions import answers, orders, verifying
from zhupei.corrections.events import OrderEvent
from zhupei.corrections.models import FindingState, Order, OrderState, Round

PAPERS: verifying.Look = {"method": "papers", "visited_on": None, "note": ""}


def test_an_order_from_the_letter_to_its_closing(world):
    row = make_corrections.finding(world, severity="serious")
    order = make_corrections.order(world, row, note="整改前不得使用实操场地")
    assert files.read(order.letter).startswith(b"%PDF-")
    assert order.number.startswith(f"ZG-{timezone.localdate().year}-")
    told = Message.objects.get(recipient=world.aygul)
    assert order.number in told.title

    orders.receive(order, by=world.aygul)
    order = make_corrections.answered(world, order)
    assert Message.objects.filter(recipient=world.li).get().url == order.get_absolute_url()
    order = make_corrections.verified(world, order)

    assert order.state == OrderState.CLOSED
    row.refresh_from_db()
    assert row.state == FindingState.CORRECTED
    assert [event.verb for event in audit.own_history(order)] == [
        OrderEvent.ISSUED,
        OrderEvent.RECEIVED,
        OrderEvent.EVIDENCE_ADDED,
        OrderEvent.SUBMITTED,
        OrderEvent.CLOSED,
    ]
    assert list(Order.objects.closed_in_time()) == [order]


@pytest.mark.parametrize(
    ("severities", "days"),
    [(["minor"], 15), (["ordinary"], 10), (["minor", "serious"], 5)],
)
def test_the_gravest_finding_gives_the_time(world, severities, days):
    rows = [make_corrections.finding(world, severity=one) for one in severities]

    order = make_corrections.order(world, *rows)

    assert order.due_at == workdays.deadline(order.issued_at, days)


def test_a_prefecture_may_set_its_own_time(world):
    ParameterValue.objects.create(
        key="corrections.ordinary_workdays",
        value="20",
        valid_from=timezone.localdate(),
        prefecture="652300",
        source="州局通知",
    )
    order = make_corrections.order(world)
    assert order.due_at == workdays.deadline(order.issued_at, 20)


def test_a_day_somebody_chose_ends_with_office_hours(world):
    day = timezone.localdate() + timedelta(days=12)
    order = make_corrections.order(world, due=day)
    assert timezone.localtime(order.due_at).strftime("%F %T") == f"{day} 18:00:00"


@pytest.mark.parametrize(("days", "code"), [(0, "due_too_soon"), (400, "due_too_late")])
def test_a_day_is_after_today_and_not_beyond_all_measure(world, days, code):
    with refused(code) as refusal:
        make_corrections.order(world, due=timezone.localdate() + timedelta(days=days))
    assert refusal.value.field == "due"
    assert not Order.objects.exists()


def test_an_order_is_about_one_institution_and_something(world):
    with refused("no_findings"):
        orders.issue([], by=world.li)
    elsewhere = make_corrections.finding(world, organization=world.body)
    with refused("findings_mixed"):
        make_corrections.order(world, make_corrections.finding(world), elsewhere)


def test_a_finding_is_ordered_once(world):
    row = make_corrections.finding(world)
    make_corrections.order(world, row)
    with refused("wrong_state"):
        make_corrections.order(world, row)


def test_only_the_authority_that_found_it_orders(world):
    row = make_corrections.finding(world)
    for person in (world.gu, world.far_reviewer, world.aygul, world.tao):
        with pytest.raises(NotAllowed):
            make_corrections.order(world, row, by=person)


def test_a_character_no_font_knows_is_a_box_and_stands_in_no_way(world):
    words = "灭火器过期🙂\u200d，\U000323af面馆"
    drawn, boxed = press(settings.FONTS_DIR).drawable({"rows": [{"text": words}], "n": 1})
    assert drawn == {"rows": [{"text": "灭火器过期□，□面馆"}], "n": 1}
    assert boxed == "🙂\U000323af"

    order = make_corrections.order(world, make_corrections.finding(world, text=words))

    assert order.letter
    assert order.findings.get().text == words


def test_only_the_institution_receives_and_once(world):
    order = make_corrections.order(world)
    assert orders.receive(order, by=world.li).received_at is None
    first = orders.receive(order, by=world.aygul).received_at
    assert orders.receive(order, by=world.aygul).received_at == first
    assert audit.own_history(order).filter(verb=OrderEvent.RECEIVED).count() == 1


def test_a_draft_is_kept_half_and_not_handed_in(world):
    order = make_corrections.order(world)
    row = order.findings.get()
    answers.save(order, row, by=world.aygul, words={"cause": "没有检查"})
    assert answers.missing(row, answers.draft_of(order).answers.get()) == [
        "corrective",
        "preventive",
        "files",
    ]
    with refused("answer_incomplete"):
        answers.submit(order, by=world.aygul)
    order.refresh_from_db()
    assert order.state == OrderState.ISSUED

    answers.save(
        order, row, by=world.aygul, words=make_corrections.WORDS, upload=make_corrections.photo()
    )
    assert answers.submit(order, by=world.aygul).state == OrderState.ANSWERED


def test_without_an_answer_nothing_is_handed_in(world):
    with refused("answer_incomplete"):
        answers.submit(make_corrections.order(world), by=world.aygul)


def test_what_is_minor_needs_no_word_of_the_future(world):
    row = make_corrections.finding(world, severity="minor")
    order = make_corrections.order(world, row)
    words = make_corrections.WORDS | {"preventive": ""}
    answers.save(order, row, by=world.aygul, words=words, upload=make_corrections.photo())
    assert answers.submit(order, by=world.aygul).state == OrderState.ANSWERED


def test_nobody_else_answers_and_not_when_it_waits_for_the_bureau(world):
    order = make_corrections.answered(world)
    row = order.findings.get()
    with refused("not_awaited"):
        answers.save(order, row, by=world.aygul, words=make_corrections.WORDS)
    for person in (world.li, world.wang, world.ma):
        with pytest.raises(NotAllowed):
            answers.save(order, row, by=person, words=make_corrections.WORDS)


def test_a_paper_leaves_a_draft_but_never_what_was_handed_in(world):
    order = make_corrections.written(world, make_corrections.order(world))
    paper = answers.draft_of(order).answers.get().files.get()
    answers.remove(paper, by=world.aygul)
    with refused("answer_incomplete"):
        answers.submit(order, by=world.aygul)

    make_corrections.answered(world, order)
    back = make_corrections.verified(world, order, back=list(order.findings.all()))
    first = back.rounds.get(number=1).answers.get().files.get()
    with refused("already_submitted"):
        answers.remove(first, by=world.aygul)


def test_an_answer_is_taken_back_before_the_bureau_decides(world):
    order = make_corrections.answered(world)

    order = answers.recall(order, by=world.aygul)

    assert order.state == OrderState.ISSUED
    assert order.verify_due_at is None
    draft = answers.draft_of(order)
    assert draft.answers.get().cause == make_corrections.WORDS["cause"]
    assert answers.submit(order, by=world.aygul).rounds.count() == 1


def test_what_comes_back_says_why_and_is_answered_again(world):
    good, poor = make_corrections.finding(world), make_corrections.finding(world, kind="teachers")
    order = make_corrections.answered(world, make_corrections.order(world, good, poor))

    order = make_corrections.verified(world, order, back=[poor])

    assert order.state == OrderState.RETURNED
    good.refresh_from_db()
    assert good.state == FindingState.CORRECTED
    draft = answers.draft_of(order)
    assert [one.finding for one in draft.answers.all()] == [poor]
    assert draft.answers.get().files.count() == 1
    assert "照片看不清日期" in Message.objects.filter(recipient=world.aygul).latest("pk").body
    with refused("finding_settled"):
        answers.save(order, good, by=world.aygul, words=make_corrections.WORDS)
    order = make_corrections.verified(world, answers.submit(order, by=world.aygul))
    assert order.state == OrderState.CLOSED
    assert order.rounds.count() == 2


def test_what_is_returned_late_gets_time_again(world):
    order = make_corrections.answered(world)
    with time_machine.travel(order.due_at + timedelta(days=3)):
        now = timezone.now()
        order = make_corrections.verified(world, order, back=list(order.findings.all()))
        assert order.due_at == workdays.deadline(now, 5)
    assert order.first_due_at < order.due_at


@pytest.mark.parametrize(
    ("verdict", "code"),
    [(("", ""), "verdict_missing"), (("returned", " "), "reason_missing")],
)
def test_each_finding_gets_a_verdict_and_a_return_its_reason(world, verdict, code):
    order = make_corrections.answered(world)
    row = order.findings.get()
    seen = verifying.mark_of(order.rounds.get())
    with refused(code) as refusal:
        verifying.verify(order, by=world.li, seen=seen, verdicts={row.pk: verdict}, look=PAPERS)
    assert str(row.pk) in refusal.value.field


@pytest.mark.parametrize(
    ("look", "code"),
    [
        ({"method": "dream"}, "method_unknown"),
        ({"method": "on_site"}, "visit_day"),
        ({"method": "on_site", "visited_on": timezone.localdate() + timedelta(3)}, "visit_day"),
    ],
)
def test_how_the_bureau_looked_is_said(world, look, code):
    with refused(code):
        make_corrections.verified(world, make_corrections.answered(world), look={**PAPERS, **look})
    assert not Round.objects.verified().exists()


def test_a_visit_has_its_day(world):
    look = {"method": "on_site", "visited_on": timezone.localdate(), "note": "现场看过"}
    order = make_corrections.verified(world, make_corrections.answered(world), look=look)
    assert order.rounds.get().visited_on == timezone.localdate()


def test_only_the_bureau_that_ordered_verifies(world):
    order = make_corrections.answered(world)
    for person in (world.gu, world.far_reviewer, world.aygul):
        with pytest.raises(NotAllowed):
            make_corrections.verified(world, order, by=person)
    assert make_corrections.verified(world, order, by=world.zhou).state == OrderState.CLOSED


def test_what_was_read_is_what_is_decided_on(world):
    order = make_corrections.answered(world)
    seen = verifying.mark_of(order.rounds.get())
    answers.recall(order, by=world.aygul)
    answers.submit(order, by=world.aygul)
    with refused("answered_again"):
        make_corrections.verified(world, order, seen=seen)
    with refused("wrong_state"):
        closed = make_corrections.verified(world, order)
        verifying.verify(closed, by=world.li, seen=seen, verdicts={}, look=PAPERS)


def test_an_order_is_taken_back_with_a_reason(world):
    order = make_corrections.answered(world)
    with refused("note_required"):
        orders.withdraw(order, by=world.li, note="")

    order = orders.withdraw(order, by=world.li, note="下达错了机构")

    assert order.state == OrderState.WITHDRAWN
    assert order.findings.get().state == FindingState.WITHDRAWN
    assert "下达错了机构" in Message.objects.filter(recipient=world.aygul).latest("pk").body
