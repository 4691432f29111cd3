"""Joining a class, answering an invitation, leaving: deeds of the person themself."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_classes
from tests.together import at_once
from zhupei.classes.access import may_answer, may_enrol, may_withdraw
from zhupei.classes.actions import enrolment as actions
from zhupei.classes.actions import plan, roster
from zhupei.classes.events import EnrolmentEvent, InvitationEvent
from zhupei.classes.models import Enrolment, EnrolmentState, InvitationState
from zhupei.classes.workflow import INVITATION
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import Purpose

AGREED = (Purpose.TRAINING,)


def invite(world, found, user):
    row = make_classes.roster_row(
        user.name, id_number=user.person.id_number, phone=user.person.phone
    )
    return roster.invite(found, by=world.aygul, rows=[row])[0]


def verbs(thing):
    return [event.verb for event in audit.own_history(thing)]


# -- signing up --------------------------------------------------------------------------------


def test_a_learner_signs_up_with_consent(world):
    found = make_classes.approved_class(world)

    enrolment = actions.sign_up(found, by=world.adil, consents=AGREED)

    assert (enrolment.person, enrolment.state) == (world.adil.person, EnrolmentState.ENROLLED)
    assert verbs(enrolment) == [EnrolmentEvent.ENROLLED]
    assert audit.history(found).last().verb == EnrolmentEvent.ENROLLED


def test_without_consent_nobody_is_enrolled(world):
    found = make_classes.approved_class(world)

    with pytest.raises(Refused) as refusal:
        actions.sign_up(found, by=world.adil, consents=[Purpose.EXAM])

    assert refusal.value.code == "consent_missing"
    assert not Enrolment.objects.exists()
    assert not world.adil.person.consents.exists()


def test_a_standing_consent_serves_the_next_class(world):
    first = make_classes.approved_class(world)
    later = timezone.localdate() + timedelta(days=21)
    second = make_classes.approved_class(world, starts_on=later)
    actions.sign_up(first, by=world.adil, consents=AGREED)

    assert actions.sign_up(second, by=world.adil).training_class == second


def test_nobody_is_enrolled_twice(world):
    found = make_classes.approved_class(world)
    actions.sign_up(found, by=world.adil, consents=AGREED)

    with pytest.raises(Refused) as refusal:
        actions.sign_up(found, by=world.adil)

    assert refusal.value.code == "already_enrolled"


def test_a_full_class_refuses_and_a_place_given_back_is_free(world):
    found = make_classes.approved_class(world, seats=1)
    first = actions.sign_up(found, by=world.adil, consents=AGREED)

    with pytest.raises(Refused) as refusal:
        actions.sign_up(found, by=world.mayra, consents=AGREED)
    actions.withdraw(first, by=world.adil)
    second = actions.sign_up(found, by=world.mayra, consents=AGREED)

    assert refusal.value.code == "class_full"
    assert second.state == EnrolmentState.ENROLLED


def test_lessons_of_two_classes_at_once_are_refused_by_name_and_time(world):
    first = make_classes.approved_class(world)
    second = _neighbour(world, first)
    actions.sign_up(first, by=world.adil, consents=AGREED)

    with pytest.raises(Refused) as refusal:
        actions.sign_up(second, by=world.adil)

    assert refusal.value.code == "enrolment_overlaps"
    assert first.title in str(refusal.value)
    assert "10:00" in str(refusal.value)


def test_after_leaving_one_class_the_other_hour_is_free(world):
    first = make_classes.approved_class(world)
    second = _neighbour(world, first)
    actions.withdraw(actions.sign_up(first, by=world.adil, consents=AGREED), by=world.adil)

    assert actions.sign_up(second, by=world.adil)


def _neighbour(world, found):
    """Another class of the same days, with a teacher and rooms of its own."""
    elsewhere = vars(world) | {
        "teacher": make.teacher("赵志刚", world.school),
        "second_teacher": make.teacher("钱国栋", world.school),
        "room": make.room(world.school),
        "workshop": make.room(world.school, use="workshop", stations=20),
    }
    return make_classes.approved_class(type(world)(**elsewhere), starts_on=found.starts_on)


def test_a_draft_takes_nobody(world):
    with pytest.raises(Refused) as refusal:
        actions.sign_up(make_classes.planned_class(world), by=world.adil, consents=AGREED)

    assert refusal.value.code == "class_not_open"


def test_a_revoked_class_takes_nobody(world):
    found = plan.revoke(make_classes.approved_class(world), by=world.li, note="教室消防未过")

    with pytest.raises(Refused) as refusal:
        actions.sign_up(found, by=world.adil, consents=AGREED)

    assert refusal.value.code == "class_not_open"


def test_a_class_whose_last_lesson_began_takes_nobody(world):
    found = make_classes.approved_class(world)
    last = found.lessons.last()

    with time_machine.travel(last.starts_at, tick=False), pytest.raises(Refused) as refusal:
        actions.sign_up(found, by=world.adil, consents=AGREED)

    assert refusal.value.code == "class_over"


def test_late_comers_are_welcome_until_then(world):
    found = make_classes.approved_class(world)
    last = found.lessons.last()

    with time_machine.travel(last.starts_at - timedelta(seconds=1), tick=False):
        assert actions.sign_up(found, by=world.adil, consents=AGREED)


@pytest.mark.parametrize("who", ["aygul", "wang", "li", "gu", "ma", "chen"])
def test_nobody_at_work_signs_up(world, who):
    found = make_classes.approved_class(world)

    with pytest.raises(NotAllowed):
        actions.sign_up(found, by=getattr(world, who), consents=AGREED)


@pytest.mark.django_db(transaction=True)
def test_two_people_after_the_last_place_leave_one_outside():
    world = make.world()
    found = make_classes.approved_class(world, seats=1)

    outcomes = at_once(
        lambda: actions.sign_up(found, by=world.adil, consents=AGREED).state,
        lambda: actions.sign_up(found, by=world.mayra, consents=AGREED).state,
    )

    assert sorted(outcomes) == ["class_full", "enrolled"]


@pytest.mark.django_db(transaction=True)
def test_one_person_pressing_twice_is_enrolled_once():
    world = make.world()
    found = make_classes.approved_class(world)

    outcomes = at_once(*[lambda: actions.sign_up(found, by=world.adil, consents=AGREED).state] * 2)

    assert sorted(outcomes) == ["already_enrolled", "enrolled"]


# -- invitations -------------------------------------------------------------------------------


def test_the_person_invited_confirms(world):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)

    enrolment = actions.confirm(invitation, by=world.mayra, consents=AGREED)

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.CONFIRMED
    assert enrolment.invitation == invitation
    assert verbs(invitation)[-1] == InvitationEvent.CONFIRMED


@pytest.mark.parametrize("who", ["adil", "aygul", "li", "gu", "ma", "wang"])
def test_nobody_answers_for_somebody_else(world, who):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)
    user = getattr(world, who)

    with pytest.raises(NotAllowed):
        actions.confirm(invitation, by=user, consents=AGREED)
    with pytest.raises(NotAllowed):
        actions.decline(invitation, by=user)

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN
    assert not Enrolment.objects.exists()


def test_declining_closes_nothing(world):
    found = make_classes.approved_class(world)
    invitation = actions.decline(invite(world, found, world.mayra), by=world.mayra)
    assert invitation.state == InvitationState.DECLINED

    actions.confirm(invitation, by=world.mayra, consents=AGREED)

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.CONFIRMED


def test_an_invitation_to_a_full_class_stays_open(world):
    found = make_classes.approved_class(world, seats=1)
    invitation = invite(world, found, world.mayra)
    actions.sign_up(found, by=world.adil, consents=AGREED)

    with pytest.raises(Refused) as refusal:
        actions.confirm(invitation, by=world.mayra, consents=AGREED)

    invitation.refresh_from_db()
    assert (refusal.value.code, invitation.state) == ("class_full", InvitationState.OPEN)


def test_signing_up_answers_an_open_invitation(world):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)

    enrolment = actions.sign_up(found, by=world.mayra, consents=AGREED)

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.CONFIRMED
    assert enrolment.invitation == invitation


def test_an_answered_invitation_cannot_be_confirmed_again(world):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)
    actions.confirm(invitation, by=world.mayra, consents=AGREED)

    with pytest.raises(Refused) as refusal:
        actions.confirm(invitation, by=world.mayra)

    assert refusal.value.code == "wrong_state"


# -- leaving -----------------------------------------------------------------------------------


def test_leaving_needs_no_reason_and_keeps_one(world):
    found = make_classes.approved_class(world)
    enrolment = actions.sign_up(found, by=world.adil, consents=AGREED)

    gone = actions.withdraw(enrolment, by=world.adil)

    assert gone.state == EnrolmentState.WITHDRAWN
    assert audit.own_history(gone).last().facts["note"] == ""
    again = actions.withdraw(actions.sign_up(found, by=world.adil), by=world.adil, note="家里有事")
    assert audit.own_history(again).last().facts["note"] == "家里有事"


def test_leaving_is_possible_until_the_class_is_finished(world):
    start = timezone.localdate() - timedelta(days=10)
    found = make_classes.approved_class(world, starts_on=start)
    with time_machine.travel(datetime.combine(start, time(1), tzinfo=UTC), tick=False):
        enrolment = actions.sign_up(found, by=world.adil, consents=AGREED)
    plan.finish(found, by=world.aygul)
    enrolment.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        actions.withdraw(Enrolment.objects.get(pk=enrolment.pk), by=world.adil)

    assert refusal.value.code == "class_over"


@pytest.mark.parametrize("who", ["mayra", "aygul", "li", "gu"])
def test_nobody_leaves_for_somebody_else(world, who):
    found = make_classes.approved_class(world)
    enrolment = actions.sign_up(found, by=world.adil, consents=AGREED)

    with pytest.raises(NotAllowed):
        actions.withdraw(enrolment, by=getattr(world, who))

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ENROLLED


# -- the permission table ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "state", "moves"),
    [
        ("mayra", InvitationState.OPEN, ["confirm", "decline"]),
        ("mayra", InvitationState.DECLINED, ["confirm"]),
        ("adil", InvitationState.OPEN, []),
        ("aygul", InvitationState.OPEN, ["take_back"]),
        ("li", InvitationState.OPEN, []),
    ],
)
def test_who_sees_which_answer(world, who, state, moves):
    invitation = invite(world, make_classes.approved_class(world), world.mayra)
    if state == InvitationState.DECLINED:
        invitation = actions.decline(invitation, by=world.mayra)

    offered = INVITATION.available(invitation, getattr(world, who))

    assert [move.name for move in offered] == moves


@pytest.mark.parametrize(
    ("who", "enrol", "answer", "leave"),
    [
        ("adil", True, False, True),  # enrolled
        ("mayra", True, True, False),  # invited
        ("sun", True, False, False),
        ("ma", False, False, False),
        ("aygul", False, False, False),
        ("wang", False, False, False),
        ("li", False, False, False),
        ("gu", False, False, False),
    ],
)
def test_who_may_do_what(world, who, enrol, answer, leave):
    found = make_classes.approved_class(world)
    enrolment = actions.sign_up(found, by=world.adil, consents=AGREED)
    invitation = invite(world, found, world.mayra)
    user = getattr(world, who)

    may = (may_enrol(user), may_answer(user, invitation), may_withdraw(user, enrolment))

    assert may == (enrol, answer, leave)
