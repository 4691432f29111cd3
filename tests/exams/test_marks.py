"""Marks that people have a part in, and what waits for them."""

from datetime import timedelta
from fractions import Fraction

import pytest
import time_machine

from tests import make_exams
from tests.exams.outcomes import refused, verbs_of
from zhupei.core import audit
from zhupei.exams import sealing
from zhupei.exams.actions import attempts, marks, sittings

ESSAY = 19


@pytest.fixture
def written(world):
    """Adil handed in a form whose last place is an essay; eleven of twenty are right."""
    world.sitting = make_exams.sealed_sitting(world)
    paper = make_exams.attempt_of(world.sitting, world.adil).paper
    keys = {**paper.keys, ESSAY: {"rubric": [], "sample": ""}}
    sealed = {
        "kinds": [*paper.marking.kinds[:-1], "essay"],
        "keys": {str(place): key for place, key in keys.items()},
        "points": {str(place): str(worth) for place, worth in paper.points.items()},
    }
    key = sealing.marking_key(world.sitting.pk, paper.number)
    paper.sealed_keys = sealing.seal(key, sealed)
    paper.save(update_fields=["sealed_keys"])
    with time_machine.travel(make_exams.during(world.sitting), tick=False):
        row = make_exams.started_attempt(world.sitting, world.adil)
        make_exams.answer(row, make_exams.right(world.sitting, 11) | {ESSAY: "先支护后开挖"})
        world.attempt = attempts.hand_in(row, by=world.adil)
    return world


def test_an_essay_keeps_the_mark_open(written):
    assert (written.attempt.mark, written.attempt.passed) == (None, None)
    assert verbs_of(written.attempt) == ["attempt.started", "attempt.handed_in"]
    assert marks.by_people(written.attempt) == [ESSAY]


def test_no_marks_are_released_while_one_is_missing(written):
    with time_machine.travel(written.sitting.ends_at + timedelta(minutes=5)):
        sittings.close(written.sitting, by=None)
        assert refused(sittings.release, written.sitting, by=written.chen) == "marks_missing"
        marks.settle(written.attempt, {ESSAY: Fraction(1)})
        assert sittings.release(written.sitting, by=written.chen).state == "released"


def test_a_mark_is_settled_when_every_place_has_its_share(written):
    row = marks.settle(written.attempt, {ESSAY: Fraction(1, 2)}, by=written.chen)

    assert (row.mark, row.passed) == (Fraction(115, 2), False)
    event = audit.own_history(row).last()
    assert (event.verb, event.facts["mark"], event.facts["before"]) == (
        "attempt.marked",
        "57.50",
        None,
    )


def test_settling_again_replaces_the_mark_and_keeps_what_it_was(written):
    marks.settle(written.attempt, {ESSAY: Fraction(0)})

    row = marks.settle(written.attempt, {ESSAY: Fraction(1)}, by=written.chen, note="复核")

    assert (row.mark, row.passed) == (60, True)
    facts = audit.own_history(row).last().facts
    assert (facts["before"], facts["note"]) == ("55.00", "复核")


def test_a_missing_share_is_refused_and_an_odd_one_is_a_mistake(written):
    assert refused(marks.settle, written.attempt, {}) == "share_missing"
    for odd in ({ESSAY: Fraction(3, 2)}, {ESSAY: Fraction(1), 0: Fraction(1)}):
        with pytest.raises(ValueError, match="expected 0 to 1"):
            marks.settle(written.attempt, odd)


def test_nothing_is_settled_before_the_hand_in(world):
    sitting = make_exams.sealed_sitting(world)

    row = make_exams.attempt_of(sitting, world.adil)

    assert refused(marks.settle, row, {}) == "not_handed_in"


def test_a_void_mark_is_no_pass_and_nothing_settles_it_again(written):
    settled = marks.settle(written.attempt, {ESSAY: Fraction(1)}, by=written.chen)

    voided = marks.void(settled, by=written.chen, note="用手机查答案")

    assert voided.void
    assert voided.passed is False
    assert voided.mark == settled.mark
    assert refused(marks.settle, voided, {ESSAY: Fraction(0)}, by=written.chen) == "void"


def test_an_attempt_that_is_voided_while_open_is_handed_in_first(world):
    sitting = make_exams.sealed_sitting(world)
    with time_machine.travel(make_exams.during(sitting), tick=False):
        begun = make_exams.started_attempt(sitting, world.adil)

        voided = marks.void(begun, by=world.chen, note="替考")

    assert voided.handed_in_at
    assert voided.mark == 0
