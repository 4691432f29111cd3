"""The bureau scores its part: its own eyes, its own name, never over a colleague's head."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests import make_evaluation as build
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.evaluation.access import may_score_locally
from zhupei.evaluation.actions import scores
from zhupei.evaluation.actions.scores import Entry
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Evaluation, Score, State
from zhupei.organizations.models import Interest, Role


def test_a_score_of_the_bureau_holds_and_is_on_record(world):
    found = build.reported(world)

    scores.score_locally(found, [build.entry(found, "3.1", "2.5", "缺一次配合")], by=world.li)

    answer = build.answer(found, "3.1")
    assert (answer.value, answer.stage) == (Decimal("2.5"), "bureau")
    given = answer.scores.get()
    assert (given.by, given.organization_name, given.reason) == (
        world.li,
        world.bureau.name,
        "缺一次配合",
    )
    event = audit.history(found).last()
    assert (event.verb, event.facts["given"]) == (EvaluationEvent.SCORED, {"3.1": "2.5"})


def test_who_differs_from_the_system_says_why(world):
    found = build.reported(world)

    with refused("reason_required") as refusal:
        scores.score_locally(found, [build.entry(found, "1.1.1", 2, "")], by=world.li)

    assert refusal.value.field == f"reason-{build.answer(found, '1.1.1').pk}"
    scores.score_locally(found, [build.entry(found, "1.1.1", 4, "")], by=world.li)
    scores.score_locally(found, [build.entry(found, "1.1.1", 2, "只见到两人")], by=world.li)
    assert build.answer(found, "1.1.1").value == 2


def test_points_stay_within_the_indicator_and_facts_are_not_overwritten(world):
    found = build.reported(world)

    with refused("score_out_of_range"):
        scores.score_locally(found, [build.entry(found, "3.1", "3.5")], by=world.li)
    with refused("score_out_of_range"):
        scores.score_locally(found, [build.entry(found, "3.1", -1)], by=world.li)
    with refused("not_by_people"):
        scores.score_locally(found, [build.entry(found, "3.2", 3)], by=world.li)


def test_a_colleague_who_scored_meanwhile_is_not_written_over(world):
    found = build.reported(world)
    scores.score_locally(found, [build.entry(found, "3.1", 3)], by=world.zhou)

    with refused("scored_meanwhile") as refusal:
        scores.score_locally(found, [build.entry(found, "3.1", 1, "不配合")], by=world.li)

    assert "周敏" in str(refusal.value)
    assert refusal.value.field == f"value-{build.answer(found, '3.1').pk}"
    seen = build.answer(found, "3.1").scores.get().pk
    scores.score_locally(found, [build.entry(found, "3.1", 1, "不配合", seen=seen)], by=world.li)
    assert build.answer(found, "3.1").value == 1
    assert build.answer(found, "3.1").scores.count() == 2


def test_the_same_sheet_saved_twice_is_one_score(world):
    found = build.reported(world)
    sheet = [build.entry(found, "3.1", 3)]

    assert len(scores.score_locally(found, sheet, by=world.li)) == 1
    assert scores.score_locally(found, sheet, by=world.li) == []


def test_who_is_tied_to_the_institution_stays_away(world):
    found = build.reported(world)
    Interest.objects.create(
        user=world.li, organization=world.school, kind="relative", since=make.LONG_AGO
    )

    with refused("not_allowed"):
        scores.score_locally(found, [build.entry(found, "3.1", 3)], by=world.li)
    with refused("not_allowed"):
        scores.finish(found, by=world.li)
    assert may_score_locally(world.zhou, found)


def test_a_bureau_does_not_score_what_it_runs_nor_itself(world):
    found = build.reported(world)

    with refused("scores_itself") as refusal:
        scores.reassign(
            found, by=world.gu, scorer=world.bureau, sponsor=world.bureau, note="举办单位"
        )
    assert refusal.value.field == "scorer"
    for wrong in ({"scorer": world.school}, {"scorer": world.bureau, "sponsor": world.bureau}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evaluation.objects.filter(pk=found.pk).update(**wrong)


def test_the_region_names_another_bureau_and_the_first_is_out(world):
    found = build.reported(world)

    with refused("note_required"):
        scores.reassign(found, by=world.gu, scorer=world.other_bureau, sponsor=None, note=" ")
    with refused("not_an_authority"):
        scores.reassign(found, by=world.gu, scorer=world.association, sponsor=None, note="试")
    scores.reassign(
        found, by=world.gu, scorer=world.other_bureau, sponsor=world.bureau, note="属地局举办"
    )

    found = build.of(found.scheme, world.school)
    assert found.sponsor == world.bureau
    with refused("not_allowed"):
        scores.score_locally(found, [build.entry(found, "3.1", 3)], by=world.li)
    scores.score_locally(found, [build.entry(found, "3.1", 3)], by=world.far_reviewer)
    assert Evaluation.objects.visible_to(world.far_reviewer).filter(pk=found.pk).exists()
    with refused("not_allowed"):
        scores.reassign(found, by=world.li, scorer=world.bureau, sponsor=None, note="试")


def test_the_region_scores_where_it_named_itself(world):
    found = build.reported(world)
    scores.reassign(found, by=world.gu, scorer=world.region, sponsor=world.bureau, note="举办")

    scores.score_locally(found, [build.entry(found, "3.1", 3)], by=world.gu)

    assert build.answer(found, "3.1").value == 3


def test_done_the_bureau_changes_nothing_more(world):
    found = build.scored(world)

    assert found.state == State.SCORED
    assert found.scored_by_name == "李文涛"
    with refused("wrong_state"):
        scores.score_locally(found, [build.entry(found, "3.1", 0)], by=world.li)
    with refused("wrong_state"):
        scores.reassign(found, by=world.gu, scorer=world.region, sponsor=None, note="晚了")


def test_what_only_people_can_tell_is_scored_before_the_bureau_is_done(world):
    found = build.reported(world)
    line = build.answer(found, "3.1").indicator
    line.source = "human"
    line.save(update_fields=["source"])

    with refused("not_all_scored") as refusal:
        scores.finish(found, by=world.li)

    assert "3.1" in str(refusal.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_reviewers_at_once_one_is_told_and_nothing_is_lost(world):
    found = build.reported(world)
    entry = build.entry(found, "3.1", 3)

    def score(points, user):
        given = Entry(entry.answer, "scored", Decimal(points), "看过")
        scores.score_locally(found, [given], by=user)
        return "scored"

    outcomes = at_once(lambda: score(2, world.li), lambda: score(1, world.zhou))

    assert sorted(outcomes) == ["scored", "scored_meanwhile"]
    assert Score.objects.filter(answer=entry.answer).count() == 1


def test_a_registrar_role_at_the_bureau_scores_nothing(world):
    found = build.reported(world)
    clerk = build.acting(make.member("文员", Role.REGISTRAR, world.bureau))

    assert not may_score_locally(clerk, found)
