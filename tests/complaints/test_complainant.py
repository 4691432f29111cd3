"""Coming back with number and code: adding, rating, having it looked at again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_complaints
from tests.refusals import refused
from zhupei.complaints import parameters as p
from zhupei.complaints.actions import complainant, handling
from zhupei.complaints.models import Complaint
from zhupei.core import audit, context
from zhupei.core.errors import Refused
from zhupei.core.models import Message


def test_number_and_code_open_it_in_any_case_and_with_the_dash(world):
    made, code = make_complaints.receipt(world)
    said = f" {code[:5].lower()}-{code[5:].lower()} "

    assert complainant.find(made.number.lower(), said, address="a") == made
    assert complainant.opened(made.pk) == made


def test_a_wrong_code_and_an_unknown_number_are_told_the_same(world):
    made, _code = make_complaints.receipt(world)
    sentences = set()
    for number in (made.number, "TS-2026-999999"):
        with refused("code_wrong") as refusal:
            complainant.find(number, "AAAAAAAAAA", address=number)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


def tried(number: str, code: str, address: str) -> str:
    """The code of the refusal. No savepoint: a rollback would take the count back as well."""
    with pytest.raises(Refused) as refusal:
        complainant.find(number, code, address=address)
    return refusal.value.code


def test_codes_cannot_be_tried_one_after_the_other(world):
    made, code = make_complaints.receipt(world)
    with time_machine.travel("2026-06-01T11:00:00+08:00"):
        assert {tried(made.number, "WRONG", f"a{n}") for n in range(5)} == {"code_wrong"}
        assert tried(made.number, code, "b") == "too_many_tries"
    with time_machine.travel("2026-06-01T11:16:00+08:00"):
        assert complainant.find(made.number, code, address="b") == made


@pytest.mark.django_db
@time_machine.travel("2026-06-01T11:00:00+08:00")
def test_one_address_cannot_try_many_numbers():
    make.parameter_value(p.WRONG_CODES, 3, make.LONG_AGO)
    assert {tried(f"编号 {n}", "WRONG", "a") for n in range(12)} == {"code_wrong"}
    assert tried("TS-2026-000099", "WRONG", "a") == "too_many_tries"


def test_the_right_code_costs_no_try(world):
    made, code = make_complaints.receipt(world)
    for _n in range(9):
        complainant.find(made.number, code, address="a")


def test_more_is_added_while_it_is_open_and_told_to_the_investigator(world):
    row = make_complaints.accepted(world)
    Message.objects.all().delete()
    paper = ContentFile(b"%PDF-1.7", "收据.pdf")
    word = complainant.add(row, text="找到收据了", pictures=[paper])

    assert word.attachments.get().file.name == "收据.pdf"
    assert [m.recipient for m in Message.objects.all()] == [world.zhou]
    with refused("text_missing"):
        complainant.add(row, text="")
    with refused("too_many_pictures"):
        complainant.add(row, text="x", pictures=[paper] * 7)
    with refused("complaint_over"):
        complainant.add(make_complaints.replied(world), text="x")


def test_nothing_the_complainant_does_says_from_where(world):
    row = make_complaints.replied(world)
    token = context.current.set(context.RequestContext("r", "10.1.2.3"))
    try:
        complainant.rate(row, score=1)
        complainant.reopen(row, text="没有退费")
        complainant.add(row, text="还有")
    finally:
        context.current.reset(token)
    said = [event for event in audit.own_history(row) if event.actor_id is None]

    assert len(said) == 5
    assert {(event.address, event.request_id, event.actor_name) for event in said} == {("", "", "")}


def test_rating_closes_what_was_answered_and_is_given_once(world):
    row = make_complaints.replied(world)
    for score in (0, 6):
        with refused("score_missing"):
            complainant.rate(row, score=score)
    row = complainant.rate(row, score=2, text="没有退费")

    assert (row.state, row.rating, row.rating_words) == ("closed", 2, "没有退费")
    with refused("rated_already"):
        complainant.rate(row, score=5)
    with refused("not_answered"):
        complainant.rate(make_complaints.accepted(world), score=5)


def test_what_was_closed_by_the_clock_may_still_be_rated(world):
    row = make_complaints.replied(world)
    Complaint.objects.filter(pk=row.pk).update(state="closed")
    assert complainant.rate(row, score=4).rating == 4


def test_reopen_begins_anew_and_somebody_is_to_be_named(world):
    row = make_complaints.rated(world, 1)
    old_due = row.close_due
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        row = complainant.reopen(row, text="没有退费，又有新的收据")

    assert (row.state, row.outcome, row.investigator) == ("reopened", "", None)
    assert (row.replied_at, row.rating, row.times_reopened) == (None, None, 1)
    assert row.close_due > old_due
    assert not Complaint.objects.upheld().exists()
    row = handling.assign(row, by=world.li, investigator=world.li)
    assert row.state == "assigned"


def test_what_was_not_taken_up_may_be_looked_at_again(world):
    row = make_complaints.assigned(world)
    row = handling.refuse(row, by=world.zhou, ground="unclear", text="没有具体内容。")
    row = complainant.reopen(row, text="6 月 3 日，教室 101")
    assert (row.state, row.refused_for) == ("reopened", "")


def test_reopen_has_a_term_a_number_and_a_reason(world):
    row = make_complaints.replied(world)
    with refused("text_missing"):
        complainant.reopen(row, text=" ")
    with time_machine.travel(timezone.now() + timedelta(days=40)), refused("too_late"):
        complainant.reopen(row, text="x")
    with refused("not_answered"):
        complainant.reopen(make_complaints.accepted(world), text="x")
    row = complainant.reopen(row, text="x")
    row = handling.assign(row, by=world.li, investigator=world.li)
    row = handling.refuse(row, by=world.li, ground="same", text="已经答复。")
    with refused("too_often"):
        complainant.reopen(row, text="x")


@pytest.mark.parametrize("times", [0, 2])
def test_how_often_is_a_parameter(world, times):
    make.parameter_value(p.REOPEN_TIMES, times, make.LONG_AGO)
    row = make_complaints.replied(world)
    assert bool(complainant.why_not_again(row)) == (times == 0)
