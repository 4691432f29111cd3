"""A late answer is let in while the last points are given to its old text: neither overtakes."""

import pytest
from django.utils import timezone

from tests import make, make_marking
from tests.together import Held, at_once
from zhupei.exams.actions import late, marks
from zhupei.exams.models import LateAnswer
from zhupei.marking.actions import reading
from zhupei.marking.models import Script

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def deeds(transactional_db):
    """Chen lets the late text in; the second reader gives points. And the script."""
    world = make.world()
    sitting = make_marking.dealt(world)
    script = Script.objects.filter(sitting=sitting).order_by("place").first()
    first, last = script.readings.select_related("reader").order_by("turn")
    make_marking.give(first, "3", "5")
    LateAnswer.objects.create(
        attempt_id=script.attempt_id,
        item=script.place,
        choice="先放线，再立皮数杆。",
        turn=9_999_999_999_999,
        arrived_at=timezone.now(),
    )
    attempt = script.attempt
    return (
        lambda: late.decide(attempt, by=world.chen, counts=True, note="断网").pk == attempt.pk,
        lambda: make_marking.give(last, "3", "5").points,
        script,
    )


def test_who_gives_waits_for_the_new_text_and_the_first_is_asked_again(deeds, monkeypatch):
    let_in, give, script = deeds
    held = Held(marks.rewritten)
    monkeypatch.setattr(marks, "rewritten", held)

    assert at_once(let_in, held.after(give)) == [True, 8]

    script.refresh_from_db()
    assert script.state == "open"
    assert list(script.readings.values_list("turn", "points")) == [(1, None), (2, 8)]


def test_what_two_have_judged_is_not_changed_by_who_waited(deeds, monkeypatch):
    let_in, give, script = deeds
    held = Held(reading.shown)  # asked when the answer is settled, before anything is committed
    monkeypatch.setattr(reading, "shown", held)

    assert at_once(held.after(let_in), give) == ["judged", 8]

    script.refresh_from_db()
    assert (script.state, LateAnswer.objects.get().counts) == ("settled", None)
