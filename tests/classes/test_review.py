"""Approving, sending back, revoking, and reminding those who are late."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.actions import overdue, plan
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import State
from zhupei.classes.snapshots import differences, take
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.organizations.models import Membership, Role

REASONS = [
    {"field": "seats", "text": "工位不够，请减到 24 人。", "law": "第十三条"},
    {"field": "timetable", "text": "周末不排课。", "law": ""},
]


def test_an_approved_class_is_in_effect_and_its_registrar_is_told(world):
    submitted = make_classes.submitted_class(world)
    make_classes.read_everything(submitted, world.li)

    approved = plan.approve(submitted, by=world.li)

    assert approved.in_effect
    assert Message.objects.filter(recipient=world.aygul, title__contains="已通过").exists()


def test_a_second_approval_says_what_the_class_is_now(world):
    submitted = make_classes.approved_class(world)

    with refused("wrong_state") as refusal:
        plan.approve(submitted, by=world.zhou)

    assert "已通过" in str(refusal.value)


def test_a_plan_is_sent_back_with_reasons_on_its_fields(world):
    submitted = make_classes.submitted_class(world)

    returned = plan.send_back(submitted, by=world.li, reasons=REASONS)

    event = audit.own_history(returned).last()
    assert (returned.state, returned.due_at) == (State.RETURNED, None)
    assert event.facts["reasons"] == REASONS
    assert event.facts["note"] == "工位不够，请减到 24 人。；周末不排课。"
    assert not returned.lessons.filter(booked=True).exists()


def test_nothing_is_sent_back_without_a_word(world):
    submitted = make_classes.submitted_class(world)

    with refused("note_required"):
        plan.send_back(submitted, by=world.li, note="  ", reasons=[])


def test_a_reason_must_point_at_something_in_the_plan(world):
    submitted = make_classes.submitted_class(world)

    with refused("reason_field_unknown"):
        plan.send_back(submitted, by=world.li, reasons=[{"field": "天气", "text": "冷"}])


def test_the_difference_shows_what_changed_beside_the_reason_it_was_returned_for(world):
    submitted = make_classes.submitted_class(world)
    before = take(submitted)
    plan.send_back(submitted, by=world.li, reasons=REASONS)
    corrected = plan.change(submitted, by=world.aygul, seats=24)

    changes = differences(before, take(corrected), REASONS)

    assert [(c.before, c.after, c.law) for c in changes] == [("30", "24", "第十三条")]


def test_a_second_submission_keeps_the_number_and_counts_its_round(world):
    submitted = make_classes.submitted_class(world)
    plan.send_back(submitted, by=world.li, note="请减人数")

    again = plan.submit(submitted, by=world.aygul)

    assert again.number == submitted.number
    assert audit.own_history(again).last().facts["round"] == 2


def test_revoking_needs_a_reason_and_frees_what_is_still_to_come(world):
    approved = make_classes.approved_class(world)

    with refused("note_required"):
        plan.revoke(approved, by=world.li)
    revoked = plan.revoke(approved, by=world.li, note="许可证被吊销")

    assert revoked.state == State.REVOKED
    assert not revoked.lessons.filter(booked=True).exists()


def test_a_stranger_may_decide_nothing(world):
    submitted = make_classes.submitted_class(world)

    for stranger in (world.far_reviewer, world.wang, world.aygul, world.gu, world.adil):
        with refused("not_allowed"):
            plan.approve(submitted, by=stranger)


def test_nobody_reviews_a_class_of_an_institution_they_also_work_for(world):
    submitted = make_classes.submitted_class(world)
    Membership.objects.create(
        user=world.zhou, organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
    )

    with refused("not_allowed"):
        plan.approve(submitted, by=world.zhou)


# Late


@pytest.fixture
def late(world):
    submitted = make_classes.submitted_class(world)
    Message.objects.all().delete()
    with time_machine.travel(submitted.due_at + timedelta(minutes=1)):
        yield submitted


def test_an_overdue_review_is_told_to_reviewers_and_region_once(world, late):
    assert overdue.remind() == 1
    assert overdue.remind() == 0

    told = set(Message.objects.values_list("recipient__name", flat=True))
    assert told == {world.li.name, world.zhou.name, world.gu.name}


def test_silence_never_approves(late):
    overdue.remind()

    late.refresh_from_db()
    assert late.state == State.SUBMITTED
    assert audit.own_history(late).last().verb == ClassEvent.OVERDUE


def test_a_plan_late_for_the_second_time_is_reported_again(world, late):
    overdue.remind()
    plan.send_back(late, by=world.li, note="请补")
    plan.change(late, by=world.aygul, starts_on=timezone.localdate())
    again = plan.submit(late, by=world.aygul)

    with time_machine.travel(again.due_at + timedelta(minutes=1)):
        assert overdue.remind() == 1


def test_a_review_in_time_is_nobodys_business(world):
    make_classes.submitted_class(world)

    assert overdue.remind() == 0
