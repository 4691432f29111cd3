"""What the score counts, and the very cases behind each figure."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make_classes, make_complaints, make_corrections, make_patrols
from zhupei.classes.actions import plan
from zhupei.complaints.models import Complaint
from zhupei.duty import facts
from zhupei.duty.rules import Counted, Part
from zhupei.patrols.models import Duty
from zhupei.patrols.models.duties import State


@pytest.fixture
def days():
    today = timezone.localdate()
    return today - timedelta(days=60), today + timedelta(days=60)


def acting(user):
    user.acting = user.memberships.select_related("organization").first()
    return user


def row(world, days, by="gu", of="bureau") -> facts.Row:
    found = facts.gather(acting(getattr(world, by)), *days)
    return next(one for one in found if one.bureau == getattr(world, of))


def test_each_part_counts_its_own(world, days):
    make_classes.approved_class(world)
    make_corrections.verified(world, make_corrections.answered(world))
    make_complaints.replied(world)
    make_patrols.world_of_inspectors(world)
    make_patrols.filed(world, make_patrols.duty(world, world.adil))

    found = row(world, days)
    assert found.parts[Part.REVIEW] == Counted(2, 2)  # the class that was looked at, too
    assert found.parts[Part.FINDINGS] == Counted(1, 1)
    assert found.parts[Part.CLOSURE] == Counted(1, 1)
    assert found.parts[Part.COMPLAINTS] == Counted(1, 1)
    assert found.parts[Part.COVERAGE] == Counted(1, 1)
    assert found.parts[Part.AGREEMENT] == Counted(0, 0)
    assert found.score.per_cent == 100.0
    assert found.score.weight == 90
    assert row(world, days, of="other_bureau").score.weight == 0


def test_a_finding_nobody_acts_on_counts_once_its_term_is_over(world, days):
    found = make_corrections.finding(world)
    assert row(world, days).parts[Part.FINDINGS] == Counted(0, 0)
    with time_machine.travel(found.act_due_at + timedelta(hours=1)):
        assert row(world, days).parts[Part.FINDINGS] == Counted(0, 1)
        (case,) = facts.instances(acting(world.gu), world.bureau, Part.FINDINGS, *days)

    assert (case.good, case.url) == (False, found.get_absolute_url())


def complaints(world, days):
    return row(world, days).parts[Part.COMPLAINTS]


def test_a_complaint_taken_up_in_time_is_not_yet_an_answer(world, days):
    found = make_complaints.accepted(world)
    Complaint.objects.filter(pk=found.pk).update(first_reply_at=found.reply_due)
    assert complaints(world, days) == Counted(0, 0)  # nobody knows yet

    with time_machine.travel(found.close_due + timedelta(minutes=1), tick=False):
        assert complaints(world, days) == Counted(0, 1)  # the result is late
    rows = Complaint.objects.filter(pk=found.pk)
    said = {"state": "replied", "outcome": "upheld", "first_reply_at": found.reply_due}
    rows.update(replied_at=found.close_due + timedelta(days=20), **said)
    assert complaints(world, days) == Counted(0, 1)
    rows.update(replied_at=found.close_due)
    assert complaints(world, days) == Counted(1, 1)
    rows.update(first_reply_at=found.reply_due + timedelta(hours=1))
    assert complaints(world, days) == Counted(0, 1)


def test_the_cases_listed_are_those_counted(world, days):
    make_corrections.verified(world, make_corrections.answered(world))
    make_complaints.replied(world)
    make_classes.approved_class(world)
    user = acting(world.gu)
    found = row(world, days)
    for part, counted in found.parts.items():
        listed = facts.instances(user, world.bureau, part, *days)
        assert len(listed) == counted.all, part
        assert sum(one.good for one in listed) == counted.good, part
        assert all(one.notes[0] == world.school.name for one in listed), part


def test_two_decisions_on_one_plan_are_told_apart(world, days):
    held = make_classes.submitted_class(world)
    plan.send_back(held, by=world.li, reasons=[{"field": "seats", "text": "工位不够。", "law": ""}])
    make_classes.approved_class(world)

    listed = facts.instances(acting(world.gu), world.bureau, Part.REVIEW, *days)

    assert {one.notes[-1] for one in listed} == {"退回补正", "通过"}


def test_a_look_not_taken_pulls_the_score_down(world, days):
    make_patrols.world_of_inspectors(world)
    duty = make_patrols.duty(world, world.adil)
    Duty.objects.filter(pk=duty.pk).update(state=State.MISSED)
    assert row(world, days).parts[Part.COVERAGE] == Counted(0, 1)
    (case,) = facts.instances(acting(world.gu), world.bureau, Part.COVERAGE, *days)
    assert not case.good


def test_a_bureau_sees_itself_and_the_region_sees_all(world, days):
    assert {one.bureau for one in facts.gather(acting(world.li), *days)} == {world.bureau}
    seen = {one.bureau for one in facts.gather(acting(world.gu), *days)}
    assert seen == {world.bureau, world.other_bureau}


@pytest.mark.parametrize("person", ["aygul", "chen", "tao", "song"])
def test_nobody_else_sees_it(as_user, world, person):
    client = as_user(getattr(world, person))
    assert client.get(reverse("duty:index")).status_code == 404
    assert client.get(reverse("duty:export")).status_code == 404


def test_another_bureau_s_cases_are_not_found(as_user, world):
    client = as_user(world.far_reviewer)
    assert client.get(reverse("duty:cases", args=[world.bureau.pk, "review"])).status_code == 404
    assert client.get(reverse("duty:cases", args=[world.other_bureau.pk, "x"])).status_code == 404


def test_the_page_shows_formula_figures_and_what_is_behind(as_user, world):
    make_corrections.verified(world, make_corrections.answered(world))
    client = as_user(world.li)
    page = client.get(reverse("duty:index")).content.decode()
    assert "按期销号的占已销号和已逾期的比例" in page
    assert "1 / 1" in page
    cases = client.get(reverse("duty:cases", args=[world.bureau.pk, "closure"])).content.decode()
    assert world.school.name in cases or "计入" in cases
    assert client.get(reverse("duty:export")).status_code == 200


def test_days_the_wrong_way_round_are_said_beside_the_field(as_user, world):
    answer = as_user(world.li).get(
        reverse("duty:index"), {"since": "2026-05-01", "until": "2026-04-01"}
    )
    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in answer.content.decode()
