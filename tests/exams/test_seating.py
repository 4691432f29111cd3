"""Who gets a seat: the facts, the verdicts, and two sittings that want one person."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_exams
from tests.exams.outcomes import refused, verbs_of
from tests.together import at_once
from zhupei.core.errors import Refused
from zhupei.exams import rules
from zhupei.exams.actions import attempts, sittings
from zhupei.exams.actions.eligibility import verdicts, within_reach
from zhupei.exams.models import Candidate, Sitting
from zhupei.exams.sentences import why_not
from zhupei.people.models import Consent


def test_a_seat_given_back_is_given_again(world):
    taught = make_exams.taught_class(world)
    adil, mayra, sun = (
        make_exams.trained(taught, user) for user in (world.adil, world.mayra, world.sun)
    )
    sitting = make_exams.draft_sitting(world)
    first = sittings.seat(sitting, [adil, mayra], by=world.chen)
    sittings.unseat(first[0], by=world.chen)

    [given] = sittings.seat(sitting, [sun], by=world.chen)

    assert given.seat == first[0].seat
    assert {one.seat for one in Candidate.objects.all()} == {1, 3}  # one class, a seat between
    assert verbs_of(sitting)[1:] == ["sitting.seated", "sitting.unseated", "sitting.seated"]


def test_nobody_chosen_is_refused(world):
    sitting = make_exams.draft_sitting(world)

    assert refused(sittings.seat, sitting, [], by=world.chen) == "nobody_chosen"


def test_more_people_than_seats_are_refused(world):
    small = make.room(world.body, "小机房", seats=1)
    taught = make_exams.taught_class(world)
    both = [make_exams.trained(taught, user) for user in (world.adil, world.mayra)]
    sitting = make_exams.draft_sitting(world, room=small)

    assert refused(sittings.seat, sitting, both, by=world.chen) == "room_full"
    assert not sitting.candidates.exists()


def test_who_lacks_hours_cannot_be_seated_and_hears_why(world):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil, share=89)
    sitting = make_exams.draft_sitting(world)

    with pytest.raises(Refused) as refusal:
        sittings.seat(sitting, [enrolment], by=world.chen)

    assert refusal.value.code == "not_eligible"
    assert "学时不足：已计 21.36，需 21.6 学时" in str(refusal.value)


def test_the_verdicts_know_every_fact(world):
    taught = make_exams.taught_class(world)
    sitting = make_exams.draft_sitting(world)
    adil = make_exams.trained(taught, world.adil)
    mayra = make_exams.trained(taught, world.mayra, share=50)
    sun = make_exams.trained(taught, world.sun)
    Consent.objects.filter(person=world.sun.person).update(withdrawn_at=timezone.now())

    found = verdicts(sitting, within_reach(sitting))

    assert found[adil.pk].eligible
    assert found[mayra.pk].reasons == (rules.Reason.HOURS_SHORT,)
    assert found[sun.pk].reasons == (rules.Reason.NO_CONSENT,)


def test_nobody_is_in_two_sittings_at_once(world):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    first = make_exams.draft_sitting(world)
    second = make_exams.draft_sitting(world, starts_at=first.starts_at + timedelta(minutes=59))
    later = make_exams.draft_sitting(world, starts_at=first.ends_at)
    sittings.seat(first, [enrolment], by=world.chen)

    assert refused(sittings.seat, second, [enrolment], by=world.chen) == "not_eligible"
    assert verdicts(second, [enrolment])[enrolment.pk].reasons == (rules.Reason.BUSY,)
    assert refused(sittings.seat, later, [enrolment], by=world.chen) == "not_eligible"
    [why] = why_not(verdicts(later, [enrolment])[enrolment.pk])
    assert why == f"已安排在“{first.title}”，那场公布成绩以后再安排"
    Sitting.objects.filter(pk=first.pk).update(state="released")
    assert len(sittings.seat(later, [enrolment], by=world.chen)) == 1


def test_who_passed_the_job_is_not_seated_again(world):
    sitting = make_exams.sealed_sitting(world)
    with time_machine.travel(make_exams.during(sitting)):
        attempt = make_exams.started_attempt(sitting, world.adil)
        make_exams.answer(attempt, make_exams.right(sitting))
        attempts.hand_in(attempt, by=world.adil)
    Sitting.objects.filter(pk=sitting.pk).update(state="released")
    again = make_exams.draft_sitting(world, starts_at=timezone.now() + timedelta(days=9))
    enrolment = sitting.candidates.get().enrolment

    assert verdicts(again, [enrolment])[enrolment.pk].reasons == (rules.Reason.PASSED,)


def test_the_verdicts_cost_the_same_for_one_and_for_many(world, django_assert_num_queries):
    taught = make_exams.taught_class(world)
    sitting = make_exams.draft_sitting(world)
    for _ in range(5):
        make_exams.trained(taught, make.learner())
    with django_assert_num_queries(10):
        verdicts(sitting, list(within_reach(sitting)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_one_person_gets_one_seat_when_two_sittings_seat_at_once():
    world = make.world()
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    first, other = make_exams.draft_sitting(world), make_exams.draft_sitting(world)

    def seat(sitting: Sitting) -> str:
        sittings.seat(sitting, [enrolment], by=world.chen)
        return "seated"

    outcomes = at_once(lambda: seat(first), lambda: seat(other))

    assert sorted(outcomes) == ["not_eligible", "seated"]
