"""Opening, staying, answering; and what an approval refuses without them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes import access, parameters, review
from zhupei.classes.actions import documents, overdue, plan, roster
from zhupei.classes.actions import review as reading
from zhupei.classes.models import Finding, Reading, State
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.organizations.models import Membership, Role


@pytest.fixture
def submitted(world):
    return make_classes.submitted_class(world)


def open_all(training_class, by):
    for paper in review.papers(training_class):
        reading.open_paper(training_class, paper, by=by)


def answer_all(training_class, by, *, but=""):
    for item in review.folder(training_class).items:
        if item.code != but:
            reading.find(training_class, item.code, "good", by=by)


# Opening


def test_opening_a_paper_is_kept_once_a_round_and_reader(world, submitted):
    for _ in range(2):
        reading.open_paper(submitted, "timetable", by=world.li)
    reading.open_paper(submitted, "timetable", by=world.zhou)

    kept = Reading.objects.values_list("reader", "round", "paper", "seconds").order_by("reader")
    assert list(kept) == [
        (world.li.pk, 1, "timetable", 0),
        (world.zhou.pk, 1, "timetable", 0),
    ]


def test_a_paper_the_plan_does_not_have_cannot_be_opened(world, submitted):
    with refused("paper_unknown"):
        reading.open_paper(submitted, "document/999", by=world.li)


@pytest.mark.parametrize("person", ["aygul", "wang", "far_reviewer", "chen", "ma", "adil"])
def test_nobody_else_opens_the_evidence(world, submitted, person):
    for deed in (reading.open_paper, reading.still_reading):
        with refused("not_allowed"):
            deed(submitted, "roster", by=getattr(world, person))


def test_a_draft_is_nobodys_to_read(world):
    with refused("not_allowed"):
        reading.open_paper(make_classes.planned_class(world), "timetable", by=world.li)


# Time


def test_time_on_the_screen_is_what_the_server_counts(world, submitted):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        reading.open_paper(submitted, "timetable", by=world.li)
        clock.shift(15)
        reading.still_reading(submitted, "timetable", by=world.li)
        clock.shift(3600)
        assert reading.still_reading(submitted, "timetable", by=world.li) == 15 + 22


def test_calling_more_often_gains_nothing(world, submitted):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reading.open_paper(submitted, "timetable", by=world.li)
        for _ in range(30):
            clock.shift(1)
            seconds = reading.still_reading(submitted, "timetable", by=world.li)

    assert seconds == 30


def test_time_before_opening_counts_nothing(world, submitted):
    assert reading.still_reading(submitted, "timetable", by=world.li) == 0
    assert not Reading.objects.exists()


def test_a_page_without_script_leaves_the_time_unknown(world, submitted):
    reading.open_paper(submitted, "timetable", by=world.li)

    line = review.desk(submitted, world.li).line("timetable")
    assert (line.seconds, line.spent) == (None, "时长不详")


# Answering


def test_an_answer_replaces_the_one_before(world, submitted):
    reading.open_paper(submitted, "timetable", by=world.li)
    reading.find(submitted, "timetable", "bad", "周末排课", by=world.li)
    reading.find(submitted, "timetable", "good", by=world.li)

    assert Finding.objects.values_list("verdict", "note").get() == ("good", "")


def test_nothing_is_answered_before_it_was_opened(world, submitted):
    with refused("evidence_not_opened"):
        reading.find(submitted, "timetable", "good", by=world.li)


def test_what_is_wrong_has_to_be_said(world, submitted):
    reading.open_paper(submitted, "timetable", by=world.li)

    with refused("note_required"):
        reading.find(submitted, "timetable", "bad", "  ", by=world.li)


def test_an_answer_is_one_of_three(world, submitted):
    reading.open_paper(submitted, "timetable", by=world.li)

    with refused("verdict_unknown"):
        reading.find(submitted, "timetable", "perhaps", by=world.li)


def test_an_item_the_plan_does_not_have_is_not_answered(world, submitted):
    with refused("item_unknown"):
        reading.find(submitted, "filing", "good", by=world.li)


@pytest.mark.parametrize("person", ["aygul", "far_reviewer", "gu"])
def test_only_its_reviewers_answer(world, submitted, person):
    with refused("not_allowed"):
        reading.find(submitted, "timetable", "good", by=getattr(world, person))


def test_a_decided_plan_is_answered_no_more(world):
    approved = make_classes.approved_class(world)

    with refused("not_allowed"):
        reading.find(approved, "timetable", "good", by=world.li)


# Approving


def test_what_was_not_opened_is_named(world, submitted):
    missing = "rooms"
    for paper in review.papers(submitted):
        if paper != missing:
            reading.open_paper(submitted, paper, by=world.li)

    with refused("evidence_not_opened") as refusal:
        plan.approve(submitted, by=world.li)

    assert "场地、工位与人数相称" in str(refusal.value)
    assert "课程表" not in str(refusal.value)


def test_what_a_colleague_read_does_not_count(world, submitted):
    make_classes.read_everything(submitted, world.zhou)

    with refused("evidence_not_opened"):
        plan.approve(submitted, by=world.li)


def test_every_item_is_answered_before_the_plan_is_approved(world, submitted):
    open_all(submitted, world.li)
    answer_all(submitted, world.li, but="staffing")

    with refused("checklist_open") as refusal:
        plan.approve(submitted, by=world.li)

    assert "管理人员在岗" in str(refusal.value)


def test_nobody_approves_what_they_found_wrong(world, submitted):
    make_classes.read_everything(submitted, world.li)
    reading.find(submitted, "teachers", "bad", "证书专业不对口", by=world.li)

    with refused("checklist_bad"):
        plan.approve(submitted, by=world.li)


def test_a_new_submission_is_read_from_the_start(world, submitted):
    make_classes.read_everything(submitted, world.li)
    plan.withdraw(submitted, by=world.aygul)
    again = plan.submit(submitted, by=world.aygul)

    with refused("evidence_not_opened"):
        plan.approve(again, by=world.li)
    make_classes.read_everything(again, world.li)
    assert plan.approve(again, by=world.li).state == State.APPROVED


def test_a_roster_that_grew_has_to_be_opened_again(world, submitted):
    make_classes.read_everything(submitted, world.li)
    roster.invite(submitted, by=world.aygul, rows=[make_classes.roster_row()])

    with refused("evidence_not_opened") as refusal:
        plan.approve(submitted, by=world.li)

    assert "学员与岗位相符" in str(refusal.value)


def test_every_lesson_plan_has_to_be_opened(world):
    planned = make_classes.planned_class(world)
    for name in ("教案一.pdf", "教案二.pdf"):
        upload = ContentFile(b"%PDF-1.7", name)
        documents.attach(planned, by=world.aygul, upload=upload, kind="lesson_plan")
    submitted = plan.submit(planned, by=world.aygul)
    lesson_plans = [paper for paper in review.papers(submitted) if paper.startswith("document/")]

    reading.open_paper(submitted, lesson_plans[0], by=world.li)

    with refused("evidence_not_opened"):
        reading.find(submitted, "lesson_plans", "good", by=world.li)
    reading.open_paper(submitted, lesson_plans[1], by=world.li)
    reading.find(submitted, "lesson_plans", "good", by=world.li)


def test_the_approval_keeps_what_was_read_and_found(world, submitted):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        reading.open_paper(submitted, "timetable", by=world.li)
        clock.shift(15)
        reading.still_reading(submitted, "timetable", by=world.li)
    make_classes.read_everything(submitted, world.li)
    reading.find(submitted, "resources", "none", "没有实训", by=world.li)

    plan.approve(submitted, by=world.li)

    facts = audit.own_history(submitted).last().facts
    read = {one["paper"]: one["seconds"] for one in facts["evidence"]}
    found = {one["item"]: (one["verdict"], one["note"]) for one in facts["findings"]}
    assert (read["timetable"], read["rooms"]) == (15, 0)
    assert set(read) == set(review.papers(submitted))
    assert found["resources"] == ("none", "没有实训")


def test_somebody_of_the_institution_does_not_even_open_the_evidence(world, submitted):
    Membership.objects.create(
        user=world.li, organization=world.school, role=Role.REGISTRAR, since=make.LONG_AGO
    )

    assert not access.may_review(world.li, submitted)
    with refused("not_allowed"):
        reading.open_paper(submitted, "roster", by=world.li)


# Sending back


def test_what_was_found_wrong_becomes_a_reason_beside_its_field(world, submitted):
    reading.open_paper(submitted, "timetable", by=world.li)
    reading.find(submitted, "timetable", "bad", "周末不排课", by=world.li)

    plan.send_back(submitted, by=world.li, reasons=[{"field": "seats", "text": "请减人数"}])

    facts = audit.own_history(submitted).last().facts
    assert [(x["field"], x["text"], x["law"]) for x in facts["reasons"]] == [
        ("timetable", "周末不排课", "第八条"),
        ("seats", "请减人数", ""),
    ]
    assert [one["paper"] for one in facts["evidence"]] == ["timetable"]


def test_a_checklist_alone_is_enough_said_to_send_a_plan_back(world, submitted):
    reading.open_paper(submitted, "timetable", by=world.li)
    reading.find(submitted, "timetable", "bad", "周末不排课", by=world.li)

    assert plan.send_back(submitted, by=world.li).state == State.RETURNED


# Filing


def test_where_plans_are_filed_the_checklist_is_there_to_look_and_send_back(world):
    make.parameter_value(parameters.MODE, "filing", make.LONG_AGO, prefecture="652300")
    filed = make_classes.submitted_class(world)
    assert filed.state == State.FILED

    reading.open_paper(filed, "rooms", by=world.li)
    reading.find(filed, "rooms", "bad", "消防检查过期", by=world.li)
    with refused("wrong_state"):
        plan.approve(filed, by=world.li)

    assert plan.send_back(filed, by=world.li).state == State.RETURNED


# Referring


def test_a_question_goes_to_the_region_and_comes_back_while_the_clock_runs(world, submitted):
    Message.objects.all().delete()
    referred = plan.refer(submitted, by=world.li, note="异地教师算不算本地师资？")
    assert (referred.state, referred.due_at) == (State.REFERRED, submitted.due_at)

    answered = plan.advise(referred, by=world.gu, note="按聘用协议算。")

    assert answered.state == State.SUBMITTED
    assert Message.objects.filter(recipient=world.gu, body__contains="异地教师").exists()
    told = Message.objects.filter(body="按聘用协议算。").values_list("recipient", flat=True)
    assert set(told) == {world.li.pk, world.zhou.pk}


def test_what_was_read_before_a_referral_still_counts_after_it(world, submitted):
    make_classes.read_everything(submitted, world.li)
    plan.refer(submitted, by=world.zhou, note="请示")
    answered = plan.advise(submitted, by=world.gu, note="可以")

    assert plan.approve(answered, by=world.li).state == State.APPROVED


def test_a_question_needs_words_and_so_does_its_answer(world, submitted):
    with refused("note_required"):
        plan.refer(submitted, by=world.li)
    plan.refer(submitted, by=world.li, note="请示")
    with refused("note_required"):
        plan.advise(submitted, by=world.gu)


def test_a_referred_plan_is_decided_when_it_is_back(world, submitted):
    make_classes.read_everything(submitted, world.li)
    plan.refer(submitted, by=world.li, note="请示")

    with refused("wrong_state"):
        plan.approve(submitted, by=world.li)
    assert plan.recall(submitted, by=world.zhou).state == State.SUBMITTED


@pytest.mark.parametrize("person", ["aygul", "wang", "far_reviewer", "gu", "chen"])
def test_only_its_bureau_refers_a_plan(world, submitted, person):
    with refused("not_allowed"):
        plan.refer(submitted, by=getattr(world, person), note="请示")


@pytest.mark.parametrize("person", ["aygul", "li", "song", "chen"])
def test_only_the_region_answers(world, submitted, person):
    plan.refer(submitted, by=world.li, note="请示")

    assert not access.may_advise(getattr(world, person), submitted)
    with refused("not_allowed"):
        plan.advise(submitted, by=getattr(world, person), note="可以")


def test_a_referral_past_its_time_is_reported_as_well_and_never_approved(world, submitted):
    plan.refer(submitted, by=world.li, note="请示")

    with time_machine.travel(submitted.due_at + timedelta(minutes=1)):
        assert overdue.remind() == 1

    submitted.refresh_from_db()
    assert submitted.state == State.REFERRED


def test_the_institution_may_take_a_referred_plan_back(world, submitted):
    plan.refer(submitted, by=world.li, note="请示")

    assert plan.withdraw(submitted, by=world.aygul).state == State.DRAFT
