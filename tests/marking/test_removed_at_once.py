"""A marker is taken off while they give points, or while what they gave is set aside."""

import pytest
from django.utils import timezone

from tests import make, make_marking
from tests.together import Held, at_once
from zhupei.core import audit
from zhupei.exams.actions import late, marks
from zhupei.exams.models import LateAnswer
from zhupei.marking import actions
from zhupei.marking.actions import reading
from zhupei.marking.models import Reading

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def sitting(transactional_db):
    world = make.world()
    found = make_marking.dealt(world)
    found.chen = world.chen
    return found


def removing(sitting, reader):
    marker = sitting.markers.get(user=reader)
    return lambda: actions.remove_marker(marker, by=sitting.chen)


def test_the_points_of_who_is_taken_off_meanwhile_stay_theirs(sitting, monkeypatch):
    *others, last = Reading.objects.filter(script__sitting=sitting).select_related("reader")
    for one in others:
        make_marking.give(one, "3", "5")
    who = last.reader
    remove = removing(sitting, who)
    held = Held(reading.shown)  # asked when the answer is settled, before anything is committed
    monkeypatch.setattr(reading, "shown", held)

    assert at_once(held.after(remove), lambda: make_marking.give(last, "3", "5").points) == [
        None,
        8,
    ]

    last.refresh_from_db()
    assert (last.reader, last.points) == (who, 8)
    assert not sitting.markers.filter(user=who).exists()
    assert not audit.own_history(sitting).filter(verb="marking.dealt_again").exists()


def test_a_new_text_is_not_asked_of_who_is_taken_off_meanwhile(sitting, monkeypatch):
    script = sitting.scripts.order_by("place").first()
    who = script.readings.get(turn=1).reader
    for one in who.readings.select_related("reader"):
        make_marking.give(one, "3", "5")
    LateAnswer.objects.create(
        attempt_id=script.attempt_id,
        item=script.place,
        choice="先放线，再立皮数杆。",
        turn=9_999_999_999_999,
        arrived_at=timezone.now(),
    )
    attempt, chen = script.attempt, sitting.chen
    remove = removing(sitting, who)
    held = Held(marks.rewritten)
    monkeypatch.setattr(marks, "rewritten", held)

    def let_in():
        return late.decide(attempt, by=chen, counts=True, note="断网").pk == attempt.pk

    assert at_once(let_in, held.after(remove)) == [True, None]

    assert script.readings.filter(points=None).count() == 2
    assert not script.readings.filter(reader=who).exists()
