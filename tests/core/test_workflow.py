"""The one way a thing changes state, shown on a syllabus."""

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tests import make
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.workflow import Move, Workflow, the_clock
from zhupei.organizations.access import regulates
from zhupei.syllabus.models import Syllabus

MOVES: Workflow[Syllabus] = Workflow(
    [
        Move(
            "publish",
            {"draft"},
            "published",
            "syllabus.published",
            lambda user, _thing: regulates(user),
            _("发布"),
        ),
        Move(
            "retire",
            {"published"},
            "retired",
            "syllabus.retired",
            lambda user, _thing: regulates(user),
            _("停用"),
            needs_note=True,
        ),
        Move("expire", {"published"}, "retired", "syllabus.retired", the_clock, _("到期")),
    ]
)


def names(thing, user) -> list[str]:
    return [move.name for move in MOVES.available(thing, user)]


def test_the_buttons_are_the_moves_one_may_make_now(world):
    assert names(world.syllabus, world.gu) == ["retire"]
    assert names(world.syllabus, world.aygul) == []
    assert names(world.syllabus, None) == ["expire"]
    assert names(Syllabus(state="draft"), world.gu) == ["publish"]


def test_a_move_writes_the_state_and_the_event(world):
    with transaction.atomic():
        moved = MOVES.move(world.syllabus, "retire", by=world.gu, note=" 有新版 ", seen=3)

    moved.refresh_from_db()
    assert moved.state == "retired"
    (event,) = audit.own_history(moved)
    assert event.verb == "syllabus.retired"
    assert event.facts == {"before": "published", "after": "retired", "note": "有新版", "seen": 3}
    assert event.actor_name == "顾海"


def test_nobody_else_may_make_the_move(world):
    with refused("not_allowed"):
        MOVES.move(world.syllabus, "retire", by=world.aygul, note="x")
    world.syllabus.refresh_from_db()
    assert world.syllabus.state == "published"


def test_not_allowed_is_said_before_the_state_is_told(world):
    """Whoever may not move a thing learns nothing about it, not even that it moved."""
    with pytest.raises(NotAllowed), transaction.atomic():
        MOVES.move(world.syllabus, "publish", by=world.wang)


def test_a_move_from_another_state_is_refused_with_the_state_it_is_in(world):
    with refused("wrong_state") as refusal:
        MOVES.move(world.syllabus, "publish", by=world.gu)

    assert "已是“已发布”" in str(refusal.value)


@pytest.mark.parametrize("note", ["", "   \n"])
def test_a_reason_is_asked_for_where_the_table_says_so(world, note):
    with refused("note_required"):
        MOVES.move(world.syllabus, "retire", by=world.gu, note=note)
    assert not audit.own_history(world.syllabus).exists()


def test_the_state_in_hand_does_not_count_but_the_state_in_the_database(world):
    stale = Syllabus.objects.get(pk=world.syllabus.pk)
    with transaction.atomic():
        MOVES.move(world.syllabus, "retire", by=world.gu, note="有新版")

    with refused("wrong_state"):
        MOVES.move(stale, "retire", by=world.gu, note="再来")


def test_a_move_of_the_clock_has_no_actor_and_no_person_may_press_it(world):
    with refused("not_allowed"):
        MOVES.move(world.syllabus, "expire", by=world.gu)

    with transaction.atomic():
        MOVES.move(world.syllabus, "expire", by=None)

    (event,) = audit.own_history(world.syllabus)
    assert (event.actor_id, event.actor_name) == (None, "")


def test_a_cause_that_fails_takes_its_move_and_its_event_with_it(world):
    with transaction.atomic():
        MOVES.move(world.syllabus, "retire", by=world.gu, note="x")
        transaction.set_rollback(True)

    world.syllabus.refresh_from_db()
    assert world.syllabus.state == "published"
    assert not audit.own_history(world.syllabus).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_move_it_once():
    world = make.world()

    @transaction.atomic
    def press(note: str) -> str:
        return MOVES.move(world.syllabus, "retire", by=world.gu, note=note).state

    outcomes = at_once(lambda: press("一"), lambda: press("二"))

    assert sorted(outcomes) == ["retired", "wrong_state"]
    assert audit.own_history(world.syllabus).count() == 1
