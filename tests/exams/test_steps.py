"""The pages before the two steps nothing brings back: what they will cause, with counts."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make_exams, make_marking
from zhupei.core.models import Event, Message
from zhupei.exams.actions import sittings
from zhupei.exams.models import LateAnswer


def words(answer) -> str:
    """What the page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def page(sitting, name):
    return reverse("exams:step", args=[sitting.pk, name])


def test_release_says_who_gets_what_and_does_it_when_that_still_holds(world, as_user):
    sitting = make_marking.marked(world, world.adil, world.mayra)
    browser = as_user(world.chen)
    events, told = Event.objects.count(), Message.objects.count()

    shown = browser.get(page(sitting, "release"))

    assert "考生收到成绩通知 2" in words(shown)
    assert "合格 2" in words(shown)
    assert (Event.objects.count(), Message.objects.count()) == (events, told)
    browser.post(page(sitting, "release"), {"seen": shown.context["seen"]})
    sitting.refresh_from_db()
    assert sitting.state == "released"


def test_what_changed_since_it_was_read_is_shown_again(world, as_user):
    sitting = make_marking.marked(world)
    browser = as_user(world.chen)
    seen = browser.get(page(sitting, "release")).context["seen"]
    sitting.attempts.update(mark=1, passed=False)

    again = browser.post(page(sitting, "release"), {"seen": seen})

    assert again.status_code == 409
    assert "这场有了变化" in words(again)
    sitting.refresh_from_db()
    assert sitting.state == "closed"


def test_late_answers_and_open_cases_are_told_before_the_marks_are(world, as_user):
    sitting = make_marking.marked(world, world.adil, world.mayra)
    make_marking.case(world, sitting)
    late = make_marking.attempt_of(sitting, world.mayra)
    LateAnswer.objects.create(
        attempt_id=late.pk, item=0, choice="A", turn=1, arrived_at=timezone.now()
    )
    browser = as_user(world.chen)

    shown = browser.get(page(sitting, "release"))

    assert "迟到的答案未决定 1" in words(shown)
    assert reverse("exams:late", args=[sitting.pk]) in shown.text
    assert "1 件违纪还在办" in words(shown)
    assert "确定公布成绩" not in words(shown)


def test_sealing_says_what_it_fixes_and_names_what_is_missing(world, as_user):
    sitting = make_exams.notified_sitting(world)
    browser = as_user(world.chen)

    empty = browser.get(page(sitting, "seal"))

    assert "还没有考生" in words(empty)
    assert reverse("exams:seating", args=[sitting.pk]) in empty.text
    adil = make_exams.trained(make_exams.taught_class(world), world.adil)
    sittings.seat(sitting, [adil], by=world.chen)
    assert "监考人员不够" in words(browser.get(page(sitting, "seal")))
    make_exams.watch(sitting, by=world.chen)
    shown = browser.get(page(sitting, "seal"))
    assert "考生收到考试通知 1" in words(shown)
    assert "监考员已接受 2" in words(shown)
    browser.post(page(sitting, "seal"), {"seen": shown.context["seen"]})
    sitting.refresh_from_db()
    assert sitting.state == "sealed"


@pytest.mark.parametrize(
    ("person", "status"), [("li", 403), ("gu", 403), ("aygul", 404), ("adil", 404)]
)
def test_only_the_examiners_of_the_body_take_the_step(world, as_user, person, status):
    sitting = make_exams.notified_sitting(world)

    assert as_user(getattr(world, person)).get(page(sitting, "seal")).status_code == status


def test_a_step_whose_time_is_not_now_leads_back(world, as_user):
    sitting = make_exams.notified_sitting(world)
    browser = as_user(world.chen)

    assert browser.get(page(sitting, "release")).url == reverse("exams:detail", args=[sitting.pk])
    assert browser.get(page(sitting, "close")).status_code == 404
    with time_machine.travel(sitting.starts_at + timedelta(minutes=1)):
        browser = as_user(world.chen)
        assert "开考时间已到" in words(browser.get(page(sitting, "seal")))
