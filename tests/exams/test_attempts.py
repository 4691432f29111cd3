"""What a candidate does, and what the clock does for them."""

import json
from datetime import timedelta

import pytest
import time_machine

from tests import make, make_exams
from tests.exams.outcomes import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams import hot, rules
from zhupei.exams.actions import attempts, sittings
from zhupei.exams.models import Answer, Attempt


@pytest.fixture
def sitting(world):
    return make_exams.sealed_sitting(world)


@pytest.fixture
def attempt(world, sitting):
    with time_machine.travel(make_exams.during(sitting)):
        yield make_exams.started_attempt(sitting, world.adil)


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [(-0.01, "too_early"), (0, "started"), (59.99, "started"), (60, "too_late")],
)
def test_starting_is_possible_from_the_start_until_before_the_end(world, sitting, minutes, outcome):
    candidate = make_exams.seat_of(sitting, world.adil)

    with time_machine.travel(make_exams.during(sitting, minutes), tick=False):
        if outcome == "started":
            assert attempts.start(candidate, by=world.adil).started_at
        else:
            assert refused(attempts.start, candidate, by=world.adil) == outcome


def test_everybody_ends_together_however_late_they_began(world, sitting):
    with time_machine.travel(make_exams.during(sitting, 40)):
        late = make_exams.started_attempt(sitting, world.adil)

    assert late.closes_at == sitting.ends_at + timedelta(seconds=30)


def test_an_unsealed_sitting_cannot_be_started(world):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    sitting = make_exams.notified_sitting(world)
    [candidate] = sittings.seat(sitting, [enrolment], by=world.chen)

    with time_machine.travel(make_exams.during(sitting)):
        assert refused(attempts.start, candidate, by=world.adil) == "not_sealed"


def test_nobody_starts_for_somebody_else(world, sitting):
    candidate = make_exams.seat_of(sitting, world.adil)

    with time_machine.travel(make_exams.during(sitting)):
        for somebody in (world.mayra, world.chen):
            with pytest.raises(NotAllowed):
                attempts.start(candidate, by=somebody)


def test_a_second_device_goes_on_with_the_same_attempt(world, sitting, attempt):
    again = attempts.start(make_exams.seat_of(sitting, world.adil), by=world.adil)

    assert again == attempt
    assert [event.verb for event in audit.own_history(attempt)] == ["attempt.started"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_double_click_on_start_makes_one_attempt():
    world = make.world()
    sitting = make_exams.sealed_sitting(world)
    candidate = make_exams.seat_of(sitting, world.adil)

    with time_machine.travel(make_exams.during(sitting)):
        outcomes = at_once(*[lambda: attempts.start(candidate, by=world.adil).pk] * 2)

    assert outcomes == [Attempt.objects.begun().get().pk] * 2


def test_handing_in_marks_at_once_and_leaves_a_receipt(world, sitting, attempt):
    choices = make_exams.right(sitting, 11)
    make_exams.answer(attempt, choices)

    done = attempts.hand_in(attempt, by=world.adil)

    assert (done.mark, done.passed, done.handed_in_by_clock) == (55, False, False)
    started, handed_in, marked = audit.own_history(attempt)
    assert handed_in.verb == "attempt.handed_in"
    assert (handed_in.facts["answers"], handed_in.facts["sha256"]) == (11, rules.receipt(choices))
    assert (marked.facts["mark"], marked.facts["passed"]) == ("55.00", False)
    assert {event.within for event in (started, handed_in, marked)} == {audit.subject_key(sitting)}


def test_what_the_two_statements_write_is_linked_like_every_other_deed(world, sitting, attempt):
    make_exams.answer(attempt, make_exams.right(sitting, 3))
    attempts.hand_in(attempt, by=world.adil)

    assert list(audit.broken_links()) == []
    started, handed_in, _marked = audit.own_history(attempt)
    assert (started.actor_id, started.actor_name) == (world.adil.pk, str(world.adil))
    assert (handed_in.actor_id, handed_in.subject_label) == (world.adil.pk, str(attempt))
    assert {str(event.subject) for event in audit.own_history(attempt)} == {
        audit.subject_key(attempt)
    }


def test_handing_in_twice_changes_nothing(world, sitting, attempt):
    first = attempts.hand_in(attempt, by=world.adil)
    second = attempts.hand_in(attempt, by=world.adil)

    assert first.handed_in_at == second.handed_in_at
    assert audit.own_history(attempt).count() == 3


def test_nobody_hands_in_for_somebody_else(world, attempt):
    with pytest.raises(NotAllowed):
        attempts.hand_in(attempt, by=world.chen)


def test_a_hand_in_at_the_end_counts_as_the_clocks(world, sitting, attempt):
    with time_machine.travel(sitting.ends_at + timedelta(seconds=1)):
        assert attempts.hand_in(attempt, by=world.adil).handed_in_by_clock


def test_an_answer_taken_back_counts_as_blank(world, sitting, attempt):
    make_exams.answer(attempt, {0: ""})

    attempts.hand_in(attempt, by=world.adil)

    assert audit.own_history(attempt)[1].facts["answers"] == 0


def test_saving_without_scripts_keeps_the_newest(world, attempt):
    attempts.save(attempt, {0: "A", 1: "B"}, by=world.adil)
    attempts.save(attempt, {0: "C", 1: "B"}, by=world.adil)

    assert attempt.choices() == {0: "C", 1: "B"}
    first, second = attempt.answers()
    assert first.turn > second.turn


def test_an_answer_after_the_deadline_is_refused(world, attempt):
    with time_machine.travel(attempt.closes_at):
        assert refused(attempts.save, attempt, {0: "A"}, by=world.adil) == "closed"
    assert not Answer.objects.exists()


def test_an_answer_after_the_hand_in_is_refused(world, attempt):
    attempts.hand_in(attempt, by=world.adil)

    assert refused(attempts.save, attempt, {0: "A"}, by=world.adil) == "closed"


def test_nobody_saves_for_somebody_else(world, attempt):
    with pytest.raises(NotAllowed):
        attempts.save(attempt, {0: "A"}, by=world.mayra)


def test_the_hot_process_reads_the_ticket_of_the_page(attempt):
    said = {"ticket": attempts.ticket(attempt), "item": 0, "choice": "A", "turn": 1}

    save = hot.read_save(json.dumps(said).encode())

    assert attempts.TICKET == hot.PURPOSE
    assert save == hot.Save(attempt.pk, (hot.Answer(0, "A", 1),))


def test_what_is_sent_for_places_the_paper_has_not_counts_nowhere(world, sitting, attempt):
    chosen = make_exams.right(sitting, 2)
    make_exams.answer(attempt, chosen | {attempt.paper.place_count: "A", 9999: "A"})

    assert attempt.choices() == chosen
    (seat,) = sitting.candidates.with_progress().filter(attempt=attempt)
    assert seat.answered == len(chosen)
    handed_in = attempts.hand_in(attempt, by=world.adil)
    assert audit.history(handed_in).filter(facts__answers=len(chosen)).exists()
