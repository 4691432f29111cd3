"""An item is put right while somebody gives points to the same attempt: neither overtakes."""

from decimal import Decimal

import pytest

from tests import make, make_item_corrections, make_marking
from tests.together import Held, at_once
from zhupei.core import audit
from zhupei.exams.actions import corrections, marks
from zhupei.marking import actions
from zhupei.marking.models import Reading

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ALL_RIGHT = "90.00"  # by the sealed key: both choices, and eight of ten points twice
PUT_RIGHT = "65.00"  # one of the choices was wrong


@pytest.fixture
def deeds(transactional_db):
    """Gu agrees to another key; the last reader gives the last points. And the attempt."""
    world = make.world()
    sitting = make_marking.dealt(world)
    row = make_item_corrections.proposed(world, sitting)
    *others, last = Reading.objects.filter(script__sitting=sitting).select_related("reader")
    for reading in others:
        make_marking.give(reading, "3", "5")
    lines = {0: Decimal(3), 1: Decimal(5)}
    return (
        lambda: corrections.agree(row, by=world.gu).outcome["changed"],
        lambda: actions.give(last, lines, by=last.reader).points,
        make_marking.attempt_of(sitting, world.adil),
    )


def given(attempt) -> list[str]:
    """The marks of an attempt, oldest first."""
    events = audit.own_history(attempt).filter(verb="attempt.marked")
    return [event.facts["mark"] for event in events]


def test_points_given_while_marks_are_computed_wait_and_count_by_the_new_key(deeds, monkeypatch):
    agree, give, attempt = deeds
    held = Held(corrections.outcome)
    monkeypatch.setattr(corrections, "outcome", held)

    assert at_once(agree, held.after(give)) == [0, 8]

    assert given(attempt) == [PUT_RIGHT]


def test_a_correction_waits_for_the_mark_that_is_being_written(deeds, monkeypatch):
    agree, give, attempt = deeds
    held = Held(marks.rules.passes)
    monkeypatch.setattr(marks.rules, "passes", held)

    assert at_once(held.after(agree), give) == [1, 8]

    assert given(attempt) == [ALL_RIGHT, PUT_RIGHT]


def test_whoever_is_first_the_mark_is_the_same(deeds):
    agree, give, attempt = deeds

    changed, points = at_once(agree, give)

    assert points == 8
    assert given(attempt) == ([ALL_RIGHT] * changed) + [PUT_RIGHT]
