"""The letter of an order made anew when its findings changed; the one before stays."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from tests import make_corrections
from tests.certificates.reading import page_text
from tests.make_corrections import changed
from zhupei.core import audit, files
from zhupei.core.models import Message
from zhupei.core.templatetags.ui import dated
from zhupei.corrections.actions import disputes, findings, letters
from zhupei.corrections.models import CorrectedLetter

HOUR = timedelta(hours=1)


def text_of(letter) -> str:
    """What stands on paper, without the breaks of lines."""
    return "".join(page_text(files.read(letter)).split())


def test_a_changed_finding_makes_the_letter_anew_and_keeps_the_old_one(world):
    order = make_corrections.order(world)
    first = files.read(order.letter)
    row = make_corrections.disputed(world, order)
    said = changed(row, severity="minor", text="1 具灭火器标签看不清")

    disputes.change(row, by=world.li, note="三具已检验", said=said)

    order.refresh_from_db()
    made = order.corrected_letters.get()
    assert files.read(order.letter) == first
    assert (made.number, made.made_by, made.reason) == (1, world.li, "三具已检验")
    words = text_of(made.file)
    assert f"{order.number}（更正1）" in words
    assert "1具灭火器标签看不清" in words
    assert "更正原因：三具已检验" in words
    assert "灭火器过期" not in words
    assert "更正" not in text_of(order.letter)
    event = audit.history(order).filter(verb="correction_order.letter_corrected").get()
    assert event.facts == {"count": 1, "letter": made.file.sha256}
    assert (
        Message.objects.filter(recipient=world.aygul).latest("pk").title
        == "异议已答复，通知书已更正"
    )


def test_a_corrected_letter_names_only_what_stands(world):
    one, two = make_corrections.finding(world), make_corrections.finding(world, text="没有课程表")
    order = make_corrections.order(world, one, two)
    row = disputes.dispute(one, by=world.aygul, reason="不对")

    disputes.concede(row, by=world.li, note="核对属实")

    made = order.corrected_letters.get()
    words = text_of(made.file)
    assert "没有课程表" in words
    assert "灭火器过期" not in words
    assert Message.objects.filter(title__contains="撤回了一个问题，通知书已更正").exists()


def test_after_a_late_answer_the_corrected_letter_gives_the_later_day(world):
    order = make_corrections.order(world)
    row = make_corrections.disputed(world, order)
    with time_machine.travel(order.due_at - HOUR):
        disputes.change(row, by=world.li, note="轻些", said=changed(row, severity="minor"))
    order.refresh_from_db()
    words = text_of(order.corrected_letters.get().file)
    assert order.due_at > order.first_due_at
    assert dated(order.due_at).replace(" ", "") in words
    assert dated(order.first_due_at).replace(" ", "") not in words


def test_corrections_of_a_letter_are_counted_and_the_newest_comes_first(world, as_user):
    first = make_corrections.corrected(world)
    second = letters.correct(first.order, by=world.li, reason="依据写错一款")

    assert (second.number, second.file.name[-7:]) == (2, "更正2.pdf")
    assert list(first.order.corrected_letters.all()) == [second, first]
    page = as_user(world.aygul).get(first.order.get_absolute_url()).content.decode()
    assert page.index("更正 2（PDF）") < page.index("更正 1（PDF）")


def test_what_was_settled_on_the_spot_has_no_letter_to_correct(world):
    finding = make_corrections.finding(world, severity="minor")
    findings.settle(finding, by=world.li, note="当场补了")
    row = disputes.dispute(finding, by=world.aygul, reason="写得不对")
    disputes.change(row, by=world.li, note="改写", said=changed(row, text="1 具灭火器没有标签"))
    assert not CorrectedLetter.objects.exists()
    title = Message.objects.filter(recipient=world.aygul).latest("pk").title
    assert title == "异议已答复，问题有更改"


def test_an_order_that_ends_with_its_findings_has_no_new_letter(world):
    row = make_corrections.disputed(world)
    disputes.concede(row, by=world.li, note="核对属实")
    assert not CorrectedLetter.objects.exists()


def test_both_letters_are_reachable_from_the_page(world, as_user):
    made = make_corrections.corrected(world)
    old = reverse("corrections:letter", args=[made.order_id])
    for person in (world.li, world.aygul):
        page = as_user(person).get(made.order.get_absolute_url()).content.decode()
        assert "通知书（更正 1，PDF）" in page
        assert old in page
        answer = as_user(person).get(made.get_absolute_url())
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert as_user(world.wang).get(made.get_absolute_url()).status_code == 404
