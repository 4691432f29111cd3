"""The teacher looks up: shared phones, forgotten sign-outs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.make_attendance import code, enrolment
from tests.refusals import refused
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance
from zhupei.attendance.parameters import SIGN_OUT
from zhupei.core import audit
from zhupei.core.models import Message


@pytest.fixture
def held(world, lesson) -> Attendance:
    """Mayra signed in from Adil's phone."""
    actions.sign_in(lesson, by=world.adil, code=code(lesson), device="a phone")
    return actions.sign_in(lesson, by=world.mayra, code=code(lesson), device="a phone")


@pytest.fixture
def signing_out(lesson) -> None:
    """The prefecture asks for a scan at the end."""
    make.parameter_value(SIGN_OUT, "yes", timezone.localdate(), prefecture="652300")


def test_whom_the_teacher_sees_is_credited_from_the_sign_in_on(world, lesson, held, morning):
    morning.shift(timedelta(hours=1))

    row = actions.confirm_presence(held, by=world.ma)

    assert (row.waiting, row.credited_seconds) == (False, lesson.seconds)
    assert audit.own_history(row.enrolment).last().verb == "attendance.presence_confirmed"
    with refused("not_waiting"):
        actions.confirm_presence(held, by=world.ma)


def test_whom_the_teacher_does_not_see_is_told_and_may_come_and_sign_in(world, lesson, held):
    with refused("note_required"):
        actions.deny_presence(held, by=world.ma, note="")
    row = actions.deny_presence(held, by=world.ma, note="点名时不在教室")

    assert (row.arrived_at, row.credited_seconds) == (None, 0)
    (message,) = Message.objects.visible_to(world.mayra)
    assert "教师没有看到您在场（点名时不在教室）" in message.body
    assert "作弊" not in message.body
    again = actions.sign_in(lesson, by=world.mayra, code=code(lesson), device="her own")
    assert (again.waiting, again.credited_seconds) == (False, lesson.seconds)


@pytest.mark.parametrize("person", ["wang", "li", "gu", "chen", "adil", "mayra", "sun"])
def test_only_who_keeps_the_roll_looks_up(world, held, person):
    user = getattr(world, person)

    with refused("not_allowed"):
        actions.confirm_presence(held, by=user)
    with refused("not_allowed"):
        actions.deny_presence(held, by=user, note="x")
    with refused("not_allowed"):
        actions.confirm_stay(held, by=user)


# ── Signing out ──────────────────────────────────────────────────────────────────────────────


def test_usually_nobody_signs_out(world, lesson, morning):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at)

    with refused("no_sign_out"):
        actions.sign_out(lesson, by=world.adil, code=code(lesson))


@pytest.mark.usefixtures("signing_out")
def test_where_it_is_asked_for_people_sign_out_at_the_end(world, lesson, morning):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at - timedelta(minutes=10))

    row = actions.sign_out(lesson, by=world.adil, code=code(lesson))
    again = actions.sign_out(lesson, by=world.adil, code=code(lesson))

    assert row.signed_out_at == again.signed_out_at == timezone.now()
    assert row.credited_seconds == lesson.seconds
    verbs = [event.verb for event in audit.own_history(row.enrolment)]
    assert verbs == ["attendance.signed_in", "attendance.signed_out"]


@pytest.mark.usefixtures("signing_out")
@pytest.mark.parametrize(
    ("minutes", "refusal"), [(-11, "sign_out_not_open"), (31, "sign_out_over")]
)
def test_signing_out_has_its_time(world, lesson, morning, minutes, refusal):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at + timedelta(minutes=minutes))

    with refused(refusal):
        actions.sign_out(lesson, by=world.adil, code=code(lesson))


@pytest.mark.usefixtures("signing_out")
def test_whoever_was_not_there_cannot_sign_out(world, lesson, morning):
    morning.move_to(lesson.ends_at)

    with refused("not_signed_in"):
        actions.sign_out(lesson, by=world.adil, code=code(lesson))
    with refused("not_enrolled"):
        actions.sign_out(lesson, by=world.sun, code=code(lesson))


@pytest.mark.usefixtures("signing_out")
def test_signing_out_wants_the_code_too(world, lesson, morning):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at)

    with refused("code_wrong"):
        actions.sign_out(lesson, by=world.adil, code="abc")


@pytest.mark.usefixtures("signing_out")
def test_a_forgotten_sign_out_counts_and_the_teacher_confirms_it(world, lesson, morning):
    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at + timedelta(minutes=31))

    confirmed = actions.confirm_stay(row, by=world.ma)

    assert confirmed.signed_out_at == lesson.ends_at
    assert confirmed.credited_seconds == lesson.seconds
    mine = audit.own_history(enrolment(lesson.training_class, world.adil))
    assert mine.last().verb == "attendance.stay_confirmed"
    with refused("signed_out"):
        actions.confirm_stay(row, by=world.ma)


def test_where_no_sign_out_is_asked_for_nobody_owes_one(world, lesson, morning):
    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at + timedelta(hours=2))

    with refused("signed_out"):
        actions.confirm_stay(row, by=world.ma)
