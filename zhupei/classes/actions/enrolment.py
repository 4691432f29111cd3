"""Joining a class and leaving it: deeds of the person themself, nobody else's."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.classes.actions import places, waiting
from zhupei.classes.models import (
    EFFECTIVE,
    Enrolment,
    EnrolmentState,
    Invitation,
    TrainingClass,
)
from zhupei.classes.workflow import ENROLMENT, INVITATION
from zhupei.core.errors import Refused
from zhupei.people.models import Purpose, User


@transaction.atomic
def sign_up(
    training_class: TrainingClass, *, by: User, consents: Iterable[Purpose] = ()
) -> Enrolment:
    """Join a class from the public list. An open invitation to the same class is answered by it."""
    person = places.learner(by)
    row = places.held(training_class)
    invitation = row.invitations.open().filter(person.id_indexes).first()
    if invitation:
        INVITATION.move(invitation, "confirm", by=by, within=row)
    return places.enrol(row, person, by=by, consents=consents, invitation=invitation)


@transaction.atomic
def confirm(invitation: Invitation, *, by: User, consents: Iterable[Purpose] = ()) -> Enrolment:
    """Accept an invitation addressed to oneself."""
    row = places.held(invitation.training_class)
    invitation = INVITATION.move(invitation, "confirm", by=by, within=row)
    person = places.learner(by)
    return places.enrol(row, person, by=by, consents=consents, invitation=invitation)


@transaction.atomic
def decline(invitation: Invitation, *, by: User) -> Invitation:
    """Say no to an invitation, without a reason and without consequence."""
    return INVITATION.move(invitation, "decline", by=by, within=invitation.training_class)


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: User, note: str = "") -> Enrolment:
    """Leave a class while it lasts; the place is free at once, the hours earned stay.

    Source: Measures, art. 11 (taking part is voluntary).
    """
    row = places.held(enrolment.training_class)
    if row.state not in EFFECTIVE and enrolment.state == EnrolmentState.ENROLLED:
        raise Refused(
            "class_over",
            _("“%(thing)s”已是“%(state)s”，不需要再办退出。"),
            thing=row,
            state=row.get_state_display(),
        )
    left = ENROLMENT.move(enrolment, "withdraw", by=by, note=note, within=row)
    waiting.offer_next(row)
    return left
