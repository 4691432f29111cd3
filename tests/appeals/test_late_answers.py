"""Late answers after the marks are known: whoever answers the review decides."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make_exams, make_marking, make_officials
from tests.refusals import refused
from zhupei.appeals.actions import late_answers, requests
from zhupei.appeals.models import ReviewRequest, ReviewState
from zhupei.core import audit, workdays
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.exams.actions import marks
from zhupei.exams.models import Answer, LateAnswer
from zhupei.marking import actions as marking
from zhupei.marking.models import Reading
from zhupei.portal.demo import clock


@pytest.fixture
def doubted(world):
    """Adil left one choice and one text open; both arrived by file after the marks were known."""
    sitting = make_marking.marked(world)
    attempt = make_marking.attempt_of(sitting, world.adil)
    world.choice = next(p for p, key in attempt.paper.keys.items() if isinstance(key, str))
    make_marking.sittings.release(sitting, by=world.chen)
    return requests.file(attempt, by=world.adil, grounds="答案没有传上去。")


def comes_late(review, place: int, choice: str) -> None:
    LateAnswer.objects.create(
        attempt_id=review.attempt_id, item=place, choice=choice, turn=1, arrived_at=timezone.now()
    )


def a_text_comes_late(review) -> None:
    """One of the two texts was left open and arrives now."""
    script = review.attempt.scripts.order_by("place").first()
    Answer.objects.filter(attempt_id=review.attempt_id, item=script.place).update(choice="")
    script.readings.all().delete()
    script.delete()
    comes_late(review, script.place, "先放线")


def test_what_counts_and_changes_the_mark_is_the_answer_to_the_review(world, doubted):
    comes_late(doubted, world.choice, "A")

    done = late_answers.decide(doubted, by=world.chen, counts=True, note="U 盘里的答案更晚写")

    assert done.state == ReviewState.CORRECTED
    assert done.attempt.mark == Decimal("65.00")
    assert "已更正" in Message.objects.filter(recipient=world.adil).latest("pk").title


def test_a_text_people_have_judged_is_not_changed_under_their_points(world, doubted):
    comes_late(doubted, doubted.attempt.scripts.first().place, "另一段话")

    with refused("judged"):
        late_answers.decide(doubted, by=world.chen, counts=True, note="x")

    assert LateAnswer.objects.get().counts is None


def test_what_does_not_count_leaves_the_review_open(world, doubted):
    comes_late(doubted, world.choice, "A")

    row = late_answers.decide(doubted, by=world.chen, counts=False, note="收卷后写的")

    assert row.state == ReviewState.FILED
    assert row.attempt.mark == Decimal("90.00")
    with refused("nothing_late"):
        late_answers.decide(doubted, by=world.chen, counts=False, note="再来")


def test_a_written_answer_let_in_is_judged_by_two_after_the_release(world, doubted):
    a_text_comes_late(doubted)

    row = late_answers.decide(doubted, by=world.chen, counts=True, note="断网")

    assert (row.state, row.attempt.mark) == (ReviewState.CORRECTED, None)
    assert marking.deal(row.attempt.sitting, by=world.chen) == 1
    for reading in Reading.objects.filter(points__isnull=True):
        make_marking.give(reading, "4", "6")
    row.attempt.refresh_from_db()
    assert row.attempt.mark == Decimal("95.00")
    assert "评完了" in Message.objects.filter(recipient=world.adil).latest("pk").title
    with refused("released"):
        marking.name_marker(row.attempt.sitting, world.hua, by=world.chen)


def test_the_term_of_an_appeal_begins_when_the_new_mark_is_known(world, doubted):
    answered = timezone.now()
    a_text_comes_late(doubted)
    row = late_answers.decide(doubted, by=world.chen, counts=True, note="断网")

    assert row.awaits_mark
    assert "评完后通知您" in Message.objects.filter(recipient=world.adil).latest("pk").title
    assert requests.last_day_to_appeal(row) is None
    assert not requests.may_appeal(row, by=world.adil)
    with refused("mark_missing"):
        requests.appeal(row, by=world.adil, grounds="不服")
    marking.deal(row.attempt.sitting, by=world.chen)
    for reading in Reading.objects.filter(points__isnull=True):
        make_marking.give(reading, "0", "0")
    row = ReviewRequest.objects.get(pk=row.pk)
    ReviewRequest.objects.update(answered_at=answered - timedelta(days=30))  # they took a month
    row.refresh_from_db()

    known = audit.own_history(row.attempt).filter(verb="attempt.marked").latest("seq").at
    last = timezone.localdate(workdays.deadline(known, 5))
    assert requests.last_day_to_appeal(row) == last
    assert requests.may_appeal(row, by=world.adil)
    marks.again(row.attempt, by=world.chen, note="同样的分")
    assert requests.last_day_to_appeal(ReviewRequest.objects.get(pk=row.pk)) == last
    assert requests.appeal(row, by=world.adil, grounds="不服").state == "filed"


@pytest.fixture
def blank(world):
    """Adil wrote nothing: the clock wrote the mark. One text arrived once it was known."""
    make_officials.add(world)
    sitting = make_exams.sealed_sitting(world, world.adil, **make_marking.written_exam(world))
    with time_machine.travel(make_exams.during(sitting), tick=False):
        attempt = make_exams.started_attempt(sitting, world.adil)
        make_exams.attempts.hand_in(attempt, by=world.adil)
    with time_machine.travel(sitting.ends_at + timedelta(hours=1), tick=False):
        make_marking.sittings.close(sitting, by=world.chen)
    make_marking.sittings.release(sitting, by=world.chen)
    review = requests.file(attempt, by=world.adil, grounds="答案没有传上去。")
    texts = (p for p, key in attempt.paper.keys.items() if not isinstance(key, str))
    comes_late(review, next(texts), "先放线")
    return review


@pytest.mark.parametrize("about", ["doubted", "blank"])
def test_a_mark_made_void_before_people_judged_begins_the_term(request, world, as_user, about):
    """The mark of before, be it of people or of the clock, is not what the answer led to."""
    review = request.getfixturevalue(about)
    if about == "doubted":
        a_text_comes_late(review)
    month = timezone.now() + timedelta(days=30)
    with clock.at(month):
        row = late_answers.decide(review, by=world.chen, counts=True, note="断网")
        assert row.awaits_mark
        assert requests.last_day_to_appeal(row) is None

    with clock.at(month + timedelta(days=10)):
        marks.void(row.attempt, by=world.chen, note="替考")
        row = ReviewRequest.objects.get(pk=row.pk)
        last = timezone.localdate(workdays.deadline(timezone.now(), 5))
        assert requests.last_day_to_appeal(row) == last
        assert requests.may_appeal(row, by=world.adil)

    for reader in (world.adil, world.chen, world.li):
        page = as_user(reader).get(reverse("appeals:review", args=[review.pk]))
        assert page.status_code == 200


def test_an_answer_that_has_its_mark_begins_the_term_at_once(world, doubted):
    row = requests.uphold(doubted, by=world.chen, note="无误")

    assert not row.awaits_mark
    assert requests.last_day_to_appeal(row) == timezone.localdate(
        workdays.deadline(row.answered_at, 5)
    )


def test_only_who_answers_decides_and_only_while_it_is_open(world, doubted):
    comes_late(doubted, world.choice, "A")
    for name in ("kurban", "li", "gu", "adil"):
        with pytest.raises(NotAllowed):
            late_answers.decide(doubted, by=getattr(world, name), counts=True, note="x")

    requests.uphold(doubted, by=world.chen, note="无误")

    with refused("not_open"):
        late_answers.decide(doubted, by=world.chen, counts=True, note="x")


def test_the_page_of_the_review_asks_for_the_decision(world, doubted, as_user):
    comes_late(doubted, world.choice, "A")
    browser = as_user(world.chen)
    here = reverse("appeals:review", args=[doubted.pk])

    assert "迟到的答案" in browser.get(here).text
    browser.post(
        reverse("appeals:decide-late", args=[doubted.pk]), {"counts": "yes", "note": "断网"}
    )

    doubted.refresh_from_db()
    assert doubted.state == ReviewState.CORRECTED
    assert "迟到的答案" not in browser.get(here).text
