"""Experts: two who score blind, a third one where they stay apart, recusal."""

from decimal import Decimal

import pytest
from django.db import transaction

from tests import make
from tests import make_evaluation as build
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.evaluation.access import stages_shown
from zhupei.evaluation.actions import experts
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Evaluation, Score, Seat, SeatState, State
from zhupei.organizations.models import Interest, Membership, Role


def seat_of(found, user):
    return found.appointments.select_related("evaluation__organization", "expert").get(expert=user)


def test_an_expert_sees_what_they_are_called_to_and_nothing_else(world):
    found = build.scored(world)
    assert not Evaluation.objects.visible_to(world.ren).exists()

    experts.appoint(found, by=world.gu, expert=world.ren, seat=Seat.FIRST)

    assert list(Evaluation.objects.visible_to(world.ren)) == [found]
    assert not Evaluation.objects.visible_to(world.ye).exists()
    assert world.ren.inbox.filter(title__contains="请您复核").exists()


def test_who_may_not_be_called(world):
    found = build.scored(world)
    Interest.objects.create(
        user=world.ren, organization=world.school, kind="employed", since=make.LONG_AGO
    )

    def call(expert, seat=Seat.FIRST, by=world.gu):
        return experts.appoint(found, by=by, expert=expert, seat=seat)

    with refused("expert_recused"):
        call(world.ren)
    with refused("not_an_expert"):
        call(world.chen)
    with refused("expert_scores_locally"):
        call(world.zhou)
    with refused("not_allowed"):
        call(world.ye, by=world.li)
    call(world.ye)
    with refused("seat_taken"):
        call(world.shi)
    with refused("seat_taken"):
        call(world.ye, Seat.SECOND)
    with refused("no_third_needed"):
        call(world.shi, Seat.THIRD)
    call(world.far_reviewer, Seat.SECOND)


def test_two_experts_score_blind_and_their_mean_holds(world):
    found = build.seated(world)
    ren, ye = seat_of(found, world.ren), seat_of(found, world.ye)

    experts.review(ren, build.all_full(found), by=world.ren)
    assert "expert" not in stages_shown(world.ye, found)
    experts.hand_in(ren, by=world.ren)
    assert "expert" not in stages_shown(world.ren, found)
    experts.review(ye, build.all_full(found, **{"1_1_3": "3.5"}), by=world.ye)
    experts.hand_in(ye, by=world.ye)

    found = build.of(found.scheme, world.school)
    assert found.state == State.REVIEWED
    assert build.answer(found, "1.1.3").value == Decimal("3.75")
    assert build.answer(found, "1.1.3").stage == "expert"
    assert "expert" in stages_shown(world.ren, found)


def test_an_expert_hands_in_only_when_everything_is_scored(world):
    found = build.seated(world)
    ren = seat_of(found, world.ren)
    experts.review(ren, build.all_full(found)[:3], by=world.ren)

    with refused("not_all_scored"):
        experts.hand_in(ren, by=world.ren)


def test_nobody_reviews_for_another_or_before_the_bureau(world):
    found = build.seated(world)
    ren = seat_of(found, world.ren)

    with refused("not_allowed"):
        experts.review(ren, build.all_full(found), by=world.ye)
    early = build.of(found.scheme, world.other_school)
    experts.appoint(early, by=world.gu, expert=world.ren, seat=Seat.FIRST)
    with refused("wrong_state"):
        experts.review(early.appointments.get(), [], by=world.ren)
    with refused("wrong_state"):
        experts.hand_in(early.appointments.get(), by=world.ren)


def test_a_tie_declared_after_the_call_ends_the_review(world):
    found = build.seated(world)
    Interest.objects.create(
        user=world.ren, organization=world.school, kind="owner", since=make.LONG_AGO
    )

    with refused("not_allowed"):
        experts.review(seat_of(found, world.ren), build.all_full(found), by=world.ren)
    with refused("note_required"):
        experts.recuse(seat_of(found, world.ren), by=world.ren)
    experts.recuse(seat_of(found, world.ren), by=world.ren, note="爱人在那里任职")

    assert seat_of(found, world.ren).state == SeatState.RECUSED
    assert not Evaluation.objects.visible_to(world.ren).exists()
    experts.appoint(found, by=world.gu, expert=world.shi, seat=Seat.FIRST)


def test_too_far_apart_the_two_talk_and_change_only_that(world):
    found = build.reviewed(world, **{"1_1_3": 1})
    assert found.state == State.SCORED
    assert build.answer(found, "1.1.3").differ
    assert world.ren.inbox.filter(title__contains="差距过大").exists()
    assert "expert" in stages_shown(world.ren, found)

    ye = seat_of(found, world.ye)
    experts.talk_again(ye, by=world.ye)
    assert audit.history(found).last().verb == EvaluationEvent.TAKEN_UP_AGAIN
    assert audit.timeline(found)[0].sentence.endswith("复议，重新打开自己的评分")
    with refused("not_in_dispute"):
        experts.review(seat_of(found, world.ye), [build.entry(found, "1.3.3", 1)], by=world.ye)
    experts.review(seat_of(found, world.ye), [build.entry(found, "1.1.3", "3.5")], by=world.ye)
    experts.hand_in(seat_of(found, world.ye), by=world.ye)

    found = build.of(found.scheme, world.school)
    assert found.state == State.REVIEWED
    assert build.answer(found, "1.1.3").value == Decimal("3.75")


def test_talks_recorded_as_handing_in_stay_readable(world):
    found = build.reviewed(world, **{"1_1_3": 1})
    with transaction.atomic():
        audit.record(EvaluationEvent.HANDED_IN, found, by=world.ye, step="复议")

    assert audit.timeline(found)[0].sentence.endswith("专家复核：复议")


def test_a_third_expert_settles_what_they_stay_apart_on(world):
    found = build.reviewed(world, **{"1_1_3": 1})
    experts.appoint(found, by=world.gu, expert=world.shi, seat=Seat.THIRD)
    shi = seat_of(found, world.shi)

    with refused("not_in_dispute"):
        experts.review(shi, [build.entry(found, "1.3.3", 1)], by=world.shi)
    with refused("not_all_scored"):
        experts.hand_in(shi, by=world.shi)
    experts.review(shi, [build.entry(found, "1.1.3", 2)], by=world.shi)
    experts.hand_in(shi, by=world.shi)

    found = build.of(found.scheme, world.school)
    assert found.state == State.REVIEWED
    answer = build.answer(found, "1.1.3")
    assert (answer.value, answer.stage, answer.differ) == (2, "third", False)
    with refused("wrong_state"):
        experts.appoint(found, by=world.gu, expert=world.far_reviewer, seat=Seat.FIRST)


def test_who_is_not_apart_has_nothing_to_talk_about(world):
    found = build.seated(world)
    ren = seat_of(found, world.ren)
    experts.review(ren, build.all_full(found), by=world.ren)
    experts.hand_in(ren, by=world.ren)

    with refused("not_allowed"):
        experts.talk_again(seat_of(found, world.ren), by=world.ren)


def test_dealing_fills_the_seats_evenly_and_past_who_must_stay_away(world):
    scheme = build.frozen(world)
    Interest.objects.create(
        user=world.ren, organization=world.school, kind="owner", since=make.LONG_AGO
    )

    called, left = experts.deal(scheme, by=world.gu, experts=[world.ren, world.ye, world.shi])

    assert (called, left) == (4, 0)
    at = {
        one.organization: set(one.appointments.values_list("expert__name", flat=True))
        for one in scheme.evaluations.all()
    }
    assert at[world.school] == {"叶向东", "石磊"}
    assert "任红梅" in at[world.other_school]
    assert experts.deal(scheme, by=world.gu, experts=[world.ren, world.ye]) == (0, 0)


def test_dealing_says_what_it_could_not_fill(world):
    scheme = build.frozen(world)
    Membership.objects.create(
        user=world.ren, organization=world.bureau, role=Role.REVIEWER, since=make.LONG_AGO
    )

    called, left = experts.deal(scheme, by=world.gu, experts=[world.ren, world.ye])

    assert (called, left) == (3, 1)  # Ren reviews for the bureau that scores Tianshan
    with refused("too_few_experts"):
        experts.deal(scheme, by=world.gu, experts=[world.ren])
    with refused("not_allowed"):
        experts.deal(scheme, by=world.li, experts=[world.ren, world.ye])


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_experts_at_once_keep_both_sheets(world):
    found = build.seated(world)
    sheet = build.all_full(found)
    rens, yes = seat_of(found, world.ren), seat_of(found, world.ye)

    outcomes = at_once(
        lambda: len(experts.review(rens, sheet, by=world.ren)),
        lambda: len(experts.review(yes, sheet, by=world.ye)),
    )

    assert outcomes == [len(sheet)] * 2
    scores = Score.objects.filter(answer__evaluation=found, stage="expert")
    assert scores.count() == 2 * len(sheet)
