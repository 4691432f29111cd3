"""Who may come and who does: invitations from a roster, enrolments by people themselves.

Source: Measures, art. 11 (taking part is voluntary): a row of a roster is an invitation until the
person named confirms it.
"""

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models.plan import EFFECTIVE, Lesson, TrainingClass
from zhupei.core.constraints import known
from zhupei.core.crypto import EncryptedTextField
from zhupei.core.workflow import Stateful
from zhupei.people.models import Person


def link_token() -> str:
    """160 random bits for an address that cannot be guessed."""
    return secrets.token_urlsafe(20)


class InvitationState(models.TextChoices):
    OPEN = "open", _("待本人确认")
    CONFIRMED = "confirmed", _("本人已确认")
    DECLINED = "declined", _("本人不参加")
    WITHDRAWN = "withdrawn", _("机构已撤回")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Any) -> Self:
        """The institution's own; the area's; and for a person, those addressed to them."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(user.person.id_indexes) if user.person else self.none()
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state=InvitationState.OPEN)

    def standing(self) -> Self:
        """Without those whose people left again: of them the institution sees a number only.

        Source: Measures, art. 11 (taking part is voluntary; leaving is held against nobody).
        """
        return self.exclude(enrolment__state__in=LEFT)

    def public(self) -> Self:
        """Whose link still leads somewhere: not taken back, and the class is in effect."""
        return self.filter(training_class__state__in=EFFECTIVE).exclude(
            state=InvitationState.WITHDRAWN
        )


class Invitation(Stateful):
    """A row of a roster: somebody the institution would like to teach."""

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="invitations")
    name = models.TextField(_("姓名"))
    id_number = EncryptedTextField()
    id_index = models.CharField(max_length=64)
    id_last_four = models.CharField(max_length=4)
    phone = EncryptedTextField()
    employer = models.TextField(_("单位"), blank=True)
    token = models.CharField(max_length=40, unique=True, default=link_token, editable=False)
    state = models.TextField(choices=InvitationState, default=InvitationState.OPEN, editable=False)
    invited_at = models.DateTimeField(db_default=Now())

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", InvitationState, name="invitation_state_known"),
            models.UniqueConstraint(
                "training_class",
                "id_index",
                condition=~Q(state=InvitationState.WITHDRAWN),
                name="invitation_once_in_a_class",
            ),
        ]
        indexes = [models.Index("id_index", name="invitation_by_person")]

    def __str__(self) -> str:
        return self.name


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", _("已报名")
    WITHDRAWN = "withdrawn", _("已退出")
    TRANSFERRED = "transferred", _("已转班")


LEFT = (EnrolmentState.WITHDRAWN, EnrolmentState.TRANSFERRED)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: Any) -> Self:
        """A learner's own; for those who work on a class, its enrolments."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(person=user.person_id) if user.person_id else self.none()
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def active(self) -> Self:
        return self.filter(state=EnrolmentState.ENROLLED)

    def left(self) -> Self:
        """Those who withdrew or went to another class."""
        return self.filter(state__in=LEFT)

    def with_coming_lessons(self) -> Self:
        """Adds ``training_class.coming``: the lessons not yet over, the next one first."""
        coming = Lesson.objects.filter(ends_at__gt=timezone.now())
        return self.prefetch_related(
            Prefetch(
                "training_class__lessons",
                coming.select_related("unit", "room", "teacher__person"),
                to_attr="coming",
            )
        )


class Enrolment(Stateful):
    """One person in one class, by their own deed."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, related_name="enrolment"
    )
    state = models.TextField(
        choices=EnrolmentState, default=EnrolmentState.ENROLLED, editable=False
    )
    enrolled_at = models.DateTimeField()
    came_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="went_to",
        help_text="the enrolment in another class this one continues",
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", EnrolmentState, name="enrolment_state_known"),
            models.UniqueConstraint(
                "training_class",
                "person",
                condition=Q(state=EnrolmentState.ENROLLED),
                name="enrolment_once_in_a_class",
            ),
        ]
        indexes = [models.Index(fields=["person", "-enrolled_at"], name="enrolment_by_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.training_class}"
