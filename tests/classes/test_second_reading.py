"""The draw of a day, drawing again, and what the region says."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from tests.together import at_once
from zhupei.classes import access, parameters, review
from zhupei.classes.actions import second
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Draw, SecondReading, SecondState, State
from zhupei.classes.workflow import SECOND_READING
from zhupei.core import audit
from zhupei.core.models import Message

DAY = timedelta(days=1)


@pytest.fixture
def everything_drawn(world):
    make.parameter_value(parameters.SECOND_READING_SHARE, 100, make.LONG_AGO)


@pytest.fixture
def drawn(world, everything_drawn):
    approved = make_classes.approved_class(world)
    second.draw(timezone.localdate())
    return SecondReading.objects.get(training_class=approved)


def test_a_draw_keeps_its_seed_and_its_candidates(world):
    approved = make_classes.approved_class(world)
    make_classes.submitted_class(world, starts_on=timezone.localdate() + 30 * DAY)

    made = second.draw(timezone.localdate())

    assert made.candidates == [approved.number]
    assert (len(bytes.fromhex(made.seed)), made.share) == (32, 5)


def test_a_draw_is_the_same_whoever_computes_it(drawn):
    assert review.recompute(drawn.draw) == [drawn.training_class.number]
    assert drawn.first_reader.name == "李文涛"


def test_drawing_again_changes_nothing(drawn):
    Message.objects.all().delete()

    again = second.draw(drawn.draw.day)

    assert again == drawn.draw
    assert SecondReading.objects.count() == 1
    assert not Message.objects.exists()


def test_a_day_without_approvals_is_settled_as_well(world):
    assert second.draw(timezone.localdate() - DAY).candidates == []


def test_nothing_is_drawn_at_a_share_of_nothing(world):
    make.parameter_value(parameters.SECOND_READING_SHARE, 0, make.LONG_AGO)
    make_classes.approved_class(world)

    second.draw(timezone.localdate())

    assert not SecondReading.objects.exists()


def test_the_job_draws_yesterday_once_and_makes_up_for_days_missed(world):
    assert [draw.day for draw in second.draw_due()] == [timezone.localdate() - DAY]
    assert second.draw_due() == []

    with time_machine.travel(timezone.now() + 3 * DAY):
        assert len(second.draw_due()) == 3


def test_the_region_is_told_and_the_plan_says_it_was_drawn(world, drawn):
    events = audit.own_history(drawn.training_class)

    assert Message.objects.filter(recipient=world.gu, title__contains="抽中复读").exists()
    assert events.last().verb == ClassEvent.DRAWN
    assert events.last().facts["seed"] == drawn.draw.seed


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_draw_once(transactional_db):
    world = make.world()
    make.parameter_value(parameters.SECOND_READING_SHARE, 100, make.LONG_AGO)
    make_classes.approved_class(world)
    today = timezone.localdate()

    outcomes = at_once(*[lambda: second.draw(today).pk] * 2)

    assert outcomes == [Draw.objects.get().pk] * 2
    assert SecondReading.objects.count() == 1


def test_the_command_draws_again_and_says_whether_it_agrees(drawn):
    said = StringIO()
    day = drawn.draw.day.isoformat()

    call_command("recompute_draw", day, stdout=said)
    assert drawn.training_class.number in said.getvalue()

    Draw.objects.update(seed="0" * 64, share=0)
    with pytest.raises(CommandError):
        call_command("recompute_draw", day, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("recompute_draw", "2001-01-01")


# Reading


def test_the_region_agrees_after_it_has_read(world, drawn):
    with refused("evidence_not_opened"):
        second.agree(drawn, by=world.gu)
    make_classes.read_everything(drawn.training_class, world.gu)

    agreed = second.agree(drawn, by=world.gu)

    assert (agreed.state, agreed.read_by) == (SecondState.AGREED, world.gu)
    assert audit.own_history(drawn).last().facts["evidence"]


def test_an_objection_tells_the_bureau_and_revokes_nothing(world, drawn):
    second.object_to(drawn, by=world.gu, note="消防检查已过期。")

    drawn.training_class.refresh_from_db()
    told = Message.objects.filter(body="消防检查已过期。").values_list("recipient", flat=True)
    assert drawn.training_class.state == State.APPROVED
    assert set(told) == {world.li.pk, world.zhou.pk}


def test_an_objection_has_a_reason(world, drawn):
    with refused("note_required"):
        second.object_to(drawn, by=world.gu)


def test_a_second_reading_is_decided_once(world, drawn):
    second.object_to(drawn, by=world.gu, note="不同意")

    with refused("wrong_state"):
        second.agree(drawn, by=world.gu)


@pytest.mark.parametrize("person", ["li", "zhou", "aygul", "far_reviewer", "song"])
def test_only_the_region_reads_again(world, drawn, person):
    with refused("not_allowed"):
        second.agree(drawn, by=getattr(world, person))


def test_nobody_reads_their_own_approval_again(world, drawn):
    SecondReading.objects.update(first_reader=world.gu)
    drawn.refresh_from_db()

    with refused("not_allowed"):
        second.object_to(drawn, by=world.gu, note="不同意")


@pytest.mark.parametrize(
    ("person", "sees"),
    [("gu", True), ("li", True), ("far_reviewer", False), ("aygul", False), ("adil", False)],
)
def test_who_sees_a_second_reading(world, drawn, person, sees):
    user = getattr(world, person)

    assert SecondReading.objects.visible_to(user).exists() is sees


@pytest.mark.parametrize(
    ("person", "sees"), [("gu", True), ("far_reviewer", True), ("wang", False)]
)
def test_every_authority_sees_every_draw(world, drawn, person, sees):
    assert Draw.objects.visible_to(getattr(world, person)).exists() is sees


@pytest.mark.parametrize(
    ("person", "moves"), [("gu", ["agree", "object"]), ("li", []), ("aygul", []), ("song", [])]
)
def test_who_may_make_which_moves_of_a_second_reading(world, drawn, person, moves):
    user = getattr(world, person)

    assert [move.name for move in SECOND_READING.available(drawn, user)] == moves
    assert access.may_read_again(user, drawn) is bool(moves)
