"""From a registered complaint to an answer: each step, each refusal, each trace."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_complaints, make_officials
from tests.refusals import refused
from zhupei.complaints.actions import clocks, filing, handling, identity, inquiries
from zhupei.complaints.actions.handling import Elsewhere
from zhupei.complaints.models import Complaint, Inquiry, Transfer
from zhupei.complaints.targets import Target
from zhupei.complaints.workflow import COMPLAINT
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message, TextMessage
from zhupei.organizations.models import Interest


def verbs(thing) -> list[str]:
    return [event.verb for event in audit.own_history(thing)]


def test_the_whole_way_to_an_upheld_complaint(world):
    row = make_complaints.rated(world)

    assert (row.state, row.outcome, row.rating) == ("closed", "upheld", 5)
    assert verbs(row) == [
        "complaint.filed", "complaint.assigned", "complaint.accepted",
        "complaint.institution_asked", "complaint.decided", "complaint.replied",
        "complaint.satisfied", "complaint.rated",
    ]  # fmt: skip
    assert Complaint.objects.of(world.school).upheld().get() == row
    assert not Complaint.objects.of(world.other_school).upheld().exists()
    assert Complaint.objects.answered_in_time().closed_in_time().get() == row
    filed_on = timezone.localdate(row.filed_at)
    assert list(Complaint.objects.filed(filed_on, filed_on)) == [row]
    assert not Complaint.objects.open().exists()


def test_only_what_was_told_counts_as_upheld(world):
    make_complaints.decided(world)
    assert not Complaint.objects.upheld().exists()
    make_complaints.replied(world, "not_upheld")
    assert not Complaint.objects.upheld().exists()


# Assigning


def test_assign_names_one_person_and_tells_them(world):
    row = make_complaints.complaint(world)
    Message.objects.all().delete()
    row = handling.assign(row, by=world.li, investigator=world.zhou)

    assert (row.state, row.investigator) == ("assigned", world.zhou)
    assert [m.recipient for m in Message.objects.all()] == [world.zhou]


def test_who_has_a_tie_to_the_body_cannot_be_chosen_and_is_not_told(world):
    Interest.objects.create(
        user=world.zhou, organization=world.school, kind="relative", since=make.LONG_AGO
    )
    row = make_complaints.complaint(world)

    assert not Message.objects.filter(recipient=world.zhou).exists()
    assert list(handling.possible_investigators(row)) == [world.li]
    with refused("investigator_tied") as refusal:
        handling.assign(row, by=world.li, investigator=world.zhou)
    assert refusal.value.field == "investigator"
    assert not Complaint.objects.visible_to(world.zhou).exists()
    with pytest.raises(NotAllowed):
        handling.assign(row, by=world.zhou, investigator=world.li)


def test_somebody_of_another_bureau_cannot_be_chosen(world):
    row = make_complaints.complaint(world)
    with refused("investigator_tied"):
        handling.assign(row, by=world.li, investigator=world.far_reviewer)


def test_an_inspector_sees_the_complaint_that_is_theirs_and_no_other(world):
    make_officials.add(world)
    row = make_complaints.complaint(world)
    other = make_complaints.complaint(world)
    handling.assign(row, by=world.li, investigator=world.yang)

    assert list(Complaint.objects.visible_to(world.yang)) == [row]
    handling.accept(row, by=world.yang, text="受理了。")
    with pytest.raises(NotAllowed):
        handling.assign(other, by=world.yang, investigator=world.yang)


def test_somebody_else_may_take_over_after_it_was_accepted(world):
    row = handling.assign(make_complaints.accepted(world), by=world.li, investigator=world.li)

    assert (row.state, row.investigator) == ("accepted", world.li)
    with pytest.raises(NotAllowed):
        handling.decide(row, by=world.zhou, outcome="upheld", finding="x")


# Taking up, answering on the way


def test_accepting_is_the_first_answer_and_a_short_message(world):
    row = make_complaints.accepted(world)

    assert row.accepted_at is not None
    assert Complaint.objects.get().first_reply_at == row.words.get().at
    (sent,) = TextMessage.objects.all()
    assert sent.phone == make_complaints.PHONE
    assert row.number in sent.text
    assert "天山" not in sent.text


def test_an_anonymous_complainant_is_sent_nothing(world):
    row = filing.file(make_complaints.told(world)).complaint
    handling.assign(row, by=world.li, investigator=world.zhou)
    handling.accept(row, by=world.zhou, text="受理了。")

    assert not TextMessage.objects.exists()


def test_refusing_needs_a_ground_and_words(world):
    row = make_complaints.assigned(world)
    with refused("ground_missing"):
        handling.refuse(row, by=world.zhou, ground="", text="不受理。")
    with refused("text_missing"):
        handling.refuse(row, by=world.zhou, ground="remit", text=" ")
    row = handling.refuse(row, by=world.zhou, ground="remit", text="属于市场监管部门。")

    assert (row.state, row.refused_for) == ("refused", "remit")
    assert audit.sentence(audit.own_history(row).last()).startswith("周敏 不予受理：不属于")


def test_notes_stay_inside_and_answers_go_out(world):
    row = make_complaints.accepted(world)
    note = handling.note(row, by=world.zhou, text="去现场看了收据。")
    said = handling.answer(row, by=world.li, text="正在核实。")

    assert (note.side, said.side) == ("internal", "bureau")
    for verb in (handling.note, handling.answer):
        with refused("text_missing"):
            verb(row, by=world.zhou, text=" ")
        with pytest.raises(NotAllowed):
            verb(row, by=world.far_reviewer, text="x")


def test_nothing_is_said_or_noted_once_it_is_answered(world):
    row = make_complaints.replied(world)
    for verb in (handling.note, handling.answer):
        with refused("complaint_over"):
            verb(row, by=world.zhou, text="x")


# Deciding


def test_nobody_is_found_at_fault_unheard(world):
    row = make_complaints.accepted(world)
    with refused("not_heard"):
        handling.decide(row, by=world.zhou, outcome="partly", finding="x")
    inquiry = inquiries.ask(row, by=world.zhou, statement=make_complaints.STATEMENT)
    with refused("not_heard"):
        handling.decide(row, by=world.zhou, outcome="upheld", finding="x")
    with time_machine.travel(inquiry.due_at + timedelta(minutes=1)):
        assert handling.decide(row, by=world.zhou, outcome="upheld", finding="x").outcome


def test_what_is_not_proved_needs_no_answer(world):
    row = make_complaints.accepted(world)
    row = handling.decide(row, by=world.zhou, outcome="not_upheld", finding="核对了收据。")
    assert (row.state, row.decided_by) == ("decided", world.zhou)


def test_decide_wants_an_outcome_and_a_finding(world):
    row = make_complaints.accepted(world)
    with refused("outcome_missing"):
        handling.decide(row, by=world.zhou, outcome="maybe", finding="x")
    with refused("finding_missing"):
        handling.decide(row, by=world.zhou, outcome="not_upheld", finding=" ")
    with refused("wrong_state"):
        handling.decide(
            make_complaints.replied(world), by=world.zhou, outcome="upheld", finding="x"
        )


@pytest.mark.parametrize(
    ("outcome", "words"), [("upheld", "属实"), ("partly", "部分属实"), ("not_upheld", "没有查实")]
)
def test_the_words_an_officer_begins_with_are_those_of_the_outcome(world, outcome, words):
    row = make_complaints.decided(world, outcome)
    assert words in handling.suggested(row, "reply")
    assert "收费没有公示" in handling.suggested(row, "reply")


def test_the_words_of_the_steps_are_filled_in(world):
    row = make_complaints.assigned(world)
    for step in ("accept", "refuse", "answer"):
        assert row.number in handling.suggested(row, step)


# Handing on


def test_transfer_to_another_bureau_begins_the_clocks_anew(world):
    row = make_complaints.accepted(world)
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        row = handling.transfer(
            row, by=world.li, to=Elsewhere(world.other_bureau), reason="班在喀什举办。"
        )

    assert (row.handler, row.state, row.investigator) == (world.other_bureau, "registered", None)
    assert row.first_reply_at is None
    assert row.assign_due > timezone.now() + timedelta(days=6)
    assert not Complaint.objects.visible_to(world.li).exists()
    assert Complaint.objects.visible_to(world.far_reviewer).exists()
    assert Message.objects.filter(recipient=world.far_reviewer).exists()
    assert "喀什地区" in row.words.last().text
    with pytest.raises(NotAllowed):
        identity.look(row, by=world.li, reason="x")


def test_transfer_outside_ends_it_here(world):
    row = make_complaints.assigned(world)
    to = Elsewhere(outside="昌吉州市场监督管理局")
    row = handling.transfer(row, by=world.li, to=to, reason="虚假广告")

    assert row.state == "referred"
    assert str(Transfer.objects.get()) == f"{row.number} → 昌吉州市场监督管理局"
    assert not Complaint.objects.open().exists()


def test_the_hr_department_handles_what_is_handed_to_it(world):
    row = make_complaints.complaint(world)
    handling.transfer(row, by=world.li, to=Elsewhere(world.home_hr), reason="办学许可")
    row = handling.assign(Complaint.objects.get(), by=world.tao, investigator=world.tao)
    assert handling.accept(row, by=world.tao, text="受理。").state == "accepted"


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [
        (lambda _w: Elsewhere(outside=" "), "x", "receiver_missing"),
        (lambda w: Elsewhere(w.bureau), "x", "receiver_same"),
        (lambda w: Elsewhere(w.school), "x", "receiver_concerned"),
        (lambda w: Elsewhere(w.other_bureau), " ", "note_required"),
    ],
)
def test_transfer_goes_to_another_authority_for_a_reason(world, to, reason, code):
    row = make_complaints.complaint(world)
    with refused(code):
        handling.transfer(row, by=world.li, to=to(world), reason=reason)


def test_receivers_are_authorities_without_whom_it_is_about(world):
    target = Target(world.bureau.prefecture, world.bureau)
    row = filing.file(make_complaints.told(world, target=target)).complaint

    assert world.bureau not in handling.receivers(row)
    assert list(handling.receivers(row))[:1] == [world.other_bureau]
    with refused("receiver_concerned"):
        handling.transfer(row, by=world.gu, to=Elsewhere(world.bureau), reason="x")


def test_the_region_takes_a_complaint_in_hand(world):
    row = make_complaints.complaint(world)
    row = handling.transfer(row, by=world.gu, to=Elsewhere(world.region), reason="逾期不办")
    assert row.handler == world.region


def test_urge_reminds_the_bureau_and_is_recorded(world):
    row = make_complaints.complaint(world)
    Message.objects.all().delete()
    handling.urge(row, by=world.gu, text="请本周办结。")

    assert set(Message.objects.values_list("recipient__name", "body")) == {
        ("李文涛", "请本周办结。"), ("周敏", "请本周办结。"),
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        handling.urge(row, by=world.li, text="x")
    with refused("text_missing"):
        handling.urge(row, by=world.gu, text="")


# The clock


def test_what_is_late_is_escalated_once_a_clock(world):
    row = make_complaints.complaint(world)
    assert clocks.escalate() == 0
    for moment, clock in (
        (row.assign_due, "assign"), (row.reply_due, "reply"), (row.close_due, "close"),
    ):  # fmt: skip
        with time_machine.travel(moment + timedelta(minutes=1), tick=False):
            assert clocks.escalate() == 1
            assert clocks.escalate() == 0
            row.refresh_from_db()
            assert row.escalated_for == clock
            assert list(Complaint.objects.overdue(timezone.now())) == [row]

    assert Message.objects.filter(recipient=world.gu).count() == 3
    assert verbs(row).count("complaint.escalated") == 3


def test_an_answered_complaint_is_never_late(world):
    row = make_complaints.replied(world)
    with time_machine.travel(row.close_due + timedelta(days=9)):
        assert clocks.late_by(row, timezone.now()) is None
        assert clocks.escalate() == 0


def test_three_working_days_before_the_end_somebody_is_reminded_once(world):
    row = make_complaints.accepted(world)
    assert clocks.warn() == 0
    with time_machine.travel(row.close_due - timedelta(days=3)):
        assert clocks.warn() == 1
        assert clocks.warn() == 0
    assert Message.objects.filter(recipient=world.zhou, title__contains="快到办结时限").count() == 1


def test_what_nobody_objected_to_is_closed(world):
    make_complaints.replied(world)
    assert clocks.close() == 0
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert clocks.close() == 1
    row = Complaint.objects.get()
    assert (row.state, row.rating) == ("closed", None)
    assert row.closed_at is not None


def test_next_due_follows_the_state(world):
    row = make_complaints.complaint(world)
    due = Complaint.objects.with_due().get
    assert due().due == row.assign_due
    handling.assign(row, by=world.li, investigator=world.zhou)
    assert due().due == row.reply_due
    handling.accept(row, by=world.zhou, text="受理。")
    assert due().due == row.close_due
    handling.decide(row, by=world.zhou, outcome="not_upheld", finding="x")
    handling.reply(row, by=world.zhou, text="x")
    assert due().due is None


# Who may do what

TABLE = {
    "li": {
        "registered": "assign transfer refer join", "assigned": "reassign transfer refer join",
        "accepted": "reassign_accepted transfer refer join", "decided": "reply", "replied": "",
    },
    "zhou": {
        "registered": "assign transfer refer join",
        "assigned": "reassign accept refuse transfer refer join",
        "accepted": "reassign_accepted decide transfer refer join",
        "decided": "reply", "replied": "",
    },
    "gu": {
        "registered": "transfer refer", "assigned": "transfer refer",
        "accepted": "transfer refer", "decided": "", "replied": "",
    },
    "aygul": {}, "far_reviewer": {}, "adil": {}, "chen": {}, "tian": {}, "wang": {}, "ma": {},
}  # fmt: skip
BUILD = {
    "registered": make_complaints.complaint,
    "assigned": make_complaints.assigned,
    "accepted": make_complaints.accepted,
    "decided": make_complaints.decided,
    "replied": make_complaints.replied,
}


@pytest.mark.parametrize("state", BUILD)
def test_who_sees_which_buttons(world, state):
    row = BUILD[state](world)
    for person, moves in TABLE.items():
        user = getattr(world, person)
        found = [move.name for move in COMPLAINT.available(row, user)]
        assert found == moves.get(state, "").split(), person
        sees = Complaint.objects.visible_to(user).exists()
        assert sees == bool(moves), person


def test_inquiries_are_seen_by_the_body_and_by_whoever_sees_the_complaint(world):
    make_complaints.asked(world)
    seen = {
        person: Inquiry.objects.visible_to(getattr(world, person)).exists()
        for person in ("aygul", "li", "zhou", "gu", "wang", "chen", "ma", "adil", "far_reviewer")
    }
    assert seen == {
        "aygul": True, "li": True, "zhou": True, "gu": True, "wang": False, "chen": False,
        "ma": False, "adil": False, "far_reviewer": False,
    }  # fmt: skip
