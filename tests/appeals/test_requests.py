"""A mark is doubted: the body looks again, then the bureau; every step has its clock."""

from datetime import timedelta
from decimal import Decimal
from unittest.mock import Mock

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_marking
from tests.refusals import collision, refused
from zhupei.appeals.actions import requests
from zhupei.appeals.models import AppealState, ReviewRequest, ReviewState
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.organizations.models import Role

FAR = timedelta(days=40)


def another_examiner(world):
    return make.member("第二考务员", Role.EXAMINER, world.body)


def test_a_candidate_asks_and_the_body_is_told_with_a_clock(world):
    review = make_marking.doubted(world)

    assert review.state == ReviewState.FILED
    assert review.due_at > timezone.now()
    assert review.mark == Decimal("90.00")
    assert "复核" in Message.objects.filter(recipient=world.chen).latest("pk").title
    assert audit.own_history(review).get().facts["mark"] == "90.00"


def test_only_the_candidate_asks_once_in_time_and_with_grounds(world):
    sitting = make_marking.released(world)
    attempt = make_marking.attempt_of(sitting, world.adil)
    with pytest.raises(NotAllowed):
        requests.file(attempt, by=world.mayra, grounds="x")
    with refused("grounds_missing"):
        requests.file(attempt, by=world.adil, grounds="  ")
    with time_machine.travel(timezone.now() + FAR), refused("too_late"):
        requests.file(attempt, by=world.adil, grounds="晚了")
    assert requests.may_file(attempt, by=world.adil)
    requests.file(attempt, by=world.adil, grounds="第 3 题")
    assert not requests.may_file(attempt, by=world.adil)
    with refused("asked_already"):
        requests.file(attempt, by=world.adil, grounds="再问")
    assert ReviewRequest.objects.count() == 1


def test_marks_that_are_not_known_yet_are_not_doubted(world):
    attempt = make_marking.attempt_of(make_marking.marked(world), world.adil)

    with refused("not_released"):
        requests.file(attempt, by=world.adil, grounds="还没公布")


def test_the_body_upholds_with_reasons_the_candidate_reads(world):
    review = make_marking.doubted(world)

    done = requests.uphold(review, by=world.chen, note="逐题核对，评分无误")

    assert done.state == ReviewState.UPHELD
    assert done.answered_by == world.chen
    told = Message.objects.filter(recipient=world.adil).latest("pk")
    assert "维持成绩" in told.title
    assert "逐题核对" in told.body


def test_an_answer_without_reasons_is_none(world):
    with refused("note_required"):
        requests.uphold(make_marking.doubted(world), by=world.chen, note="")


def test_the_body_corrects_written_answers_and_the_mark_is_computed_anew(world):
    review = make_marking.doubted(world)
    place = review.attempt.scripts.order_by("place").first().place
    with refused("points_range") as refusal:
        requests.correct(review, {place: Decimal(11)}, by=world.chen, note="x")
    assert refusal.value.field == f"place-{place}"
    with refused("nothing_changed"):
        requests.correct(review, {place: Decimal(8)}, by=world.chen, note="x")

    done = requests.correct(review, {place: Decimal(10)}, by=world.chen, note="漏看排砖一步")

    review.attempt.refresh_from_db()
    assert done.state == ReviewState.CORRECTED
    assert review.attempt.mark == Decimal("95.00")
    script = review.attempt.scripts.get(place=place)
    assert (script.share_over, script.share_under) == (1, 1)
    assert script.readings.first().points == 8


def test_nobody_answers_a_doubt_about_their_own_marking(world):
    review = make_marking.doubted(world)
    make.Membership.objects.create(
        user=world.kurban, organization=world.body, role=Role.EXAMINER, since=make.LONG_AGO
    )
    reading = review.attempt.scripts.first().readings.first()
    reader = reading.reader
    make.Membership.objects.get_or_create(
        user=reader, organization=world.body, role=Role.EXAMINER, defaults={"since": make.LONG_AGO}
    )
    reader.acting = reader.memberships.get(role=Role.EXAMINER)

    with pytest.raises(NotAllowed):
        requests.uphold(review, by=reader, note="我评的没错")


def test_the_bureau_grants_an_appeal_and_the_body_looks_again(world):
    review = requests.uphold(make_marking.doubted(world), by=world.chen, note="无误")
    appeal = requests.appeal(review, by=world.adil, grounds="没有看第 4 题")
    assert "申诉" in Message.objects.filter(recipient=world.li).latest("pk").title
    for stranger in (world.chen, world.far_reviewer, world.adil):
        with pytest.raises(NotAllowed):
            requests.grant(appeal, by=stranger, note="x")

    done = requests.grant(appeal, by=world.li, note="第 4 题没有复核记录")

    review.refresh_from_db()
    assert done.state == AppealState.GRANTED
    assert review.state == ReviewState.FILED
    requests.uphold(review, by=world.chen, note="第 4 题也无误")
    assert not requests.may_appeal(review, by=world.adil)
    with refused("appealed_already"):
        requests.appeal(review, by=world.adil, grounds="再申诉")


def test_an_appeal_needs_an_answer_a_reason_and_its_time(world):
    review = make_marking.doubted(world)
    with refused("not_answered"):
        requests.appeal(review, by=world.adil, grounds="等不及")
    review = requests.uphold(review, by=world.chen, note="无误")
    with refused("grounds_missing"):
        requests.appeal(review, by=world.adil, grounds=" ")
    with time_machine.travel(timezone.now() + FAR), refused("too_late"):
        requests.appeal(review, by=world.adil, grounds="晚了")
    with pytest.raises(NotAllowed):
        requests.appeal(review, by=world.mayra, grounds="替他")


def test_the_bureau_dismisses_and_says_what_is_left(world):
    review = requests.uphold(make_marking.doubted(world), by=world.chen, note="无误")
    appeal = requests.appeal(review, by=world.adil, grounds="不服")

    done = requests.dismiss(appeal, by=world.li, note="材料齐全，评分有据")

    assert done.state == AppealState.DISMISSED
    assert "不支持" in Message.objects.filter(recipient=world.adil).latest("pk").title


def test_requests_and_appeals_are_withdrawn_by_whoever_made_them(world):
    review = make_marking.doubted(world)
    with pytest.raises(NotAllowed):
        requests.withdraw(review, by=world.chen)
    assert requests.withdraw(review, by=world.adil).state == ReviewState.WITHDRAWN


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("adil", 200),
        ("chen", 200),
        ("li", 200),
        ("gu", 200),
        ("mayra", 404),
        ("far_reviewer", 404),
        ("aygul", 404),
        ("kurban", 404),
    ],
)
def test_who_sees_a_request(world, as_user, person, status):
    review = make_marking.doubted(world)

    answer = as_user(getattr(world, person)).get(reverse("appeals:review", args=[review.pk]))

    assert answer.status_code == status


def test_a_candidate_asks_on_the_page_and_the_examiner_answers_there(world, as_user):
    attempt = make_marking.attempt_of(make_marking.released(world), world.adil)
    browser = as_user(world.adil)
    address = reverse("appeals:file", args=[attempt.pk])
    assert "不利后果" in browser.get(address).text
    assert browser.post(address, {"grounds": ""}).status_code == 422

    asked = browser.post(address, {"grounds": "第 3 题"}, follow=True)

    assert "第 3 题" in asked.text
    assert browser.get(address).status_code == 302
    review = ReviewRequest.objects.get()
    office = as_user(world.chen)
    assert "更正主观题得分" in office.get(reverse("appeals:review", args=[review.pk])).text
    place = attempt.scripts.order_by("place").first().place
    other = attempt.scripts.order_by("place").last().place
    target = reverse("appeals:correct", args=[review.pk])
    wrong = office.post(target, {f"place-{place}": "99", f"place-{other}": "8", "note": "x"})
    assert wrong.status_code == 422
    assert "最多 10 分" in wrong.text
    done = office.post(
        target, {f"place-{place}": "10", f"place-{other}": "8", "note": "漏看"}, follow=True
    )
    assert "已更正" in done.text


def test_the_grounds_that_were_typed_outlive_a_collision(world, as_user, monkeypatch):
    attempt = make_marking.attempt_of(make_marking.released(world), world.adil)
    monkeypatch.setattr(requests, "file", Mock(side_effect=collision()))

    page = as_user(world.adil).post(
        reverse("appeals:file", args=[attempt.pk]), {"grounds": "第 3 题我写了排砖。"}
    )

    assert page.status_code == 422
    assert "请再按一次" in page.text
    assert "第 3 题我写了排砖。" in page.text
