"""Roll calls of a patrol: who was drawn, who was there, and what the records say of the hour."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, Lesson
from zhupei.core.constraints import known
from zhupei.patrols.models.visits import Deed, Patrol
from zhupei.people.models import Person


class Found(models.TextChoices):
    HERE = "here", _("在场，本人")
    ABSENT = "absent", _("不在场")
    OTHER = "other", _("在场的不是本人")


class Mismatch(models.TextChoices):
    GHOST = "ghost", _("记录在场，实际不在")
    STAND_IN = "stand_in", _("人证不符")
    UNSIGNED = "unsigned", _("在场，没有签到")


class RollQuerySet(models.QuerySet["Roll"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(patrol__in=Patrol.objects.visible_to(user))


class Roll(models.Model):
    """One roll call: at a moment, of a sample of those who had to be there.

    ``lesson`` is that of a class; a sitting has none. ``expected`` is how many had to be there.
    """

    patrol = models.ForeignKey(Patrol, models.PROTECT, related_name="rolls")
    deed = models.OneToOneField(Deed, models.PROTECT, related_name="roll")
    lesson = models.ForeignKey(Lesson, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    expected = models.PositiveIntegerField()

    objects = RollQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.patrol} {self.at:%H:%M}"


class RollLineQuerySet(models.QuerySet["RollLine"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(roll__in=Roll.objects.visible_to(user))

    def called(self) -> Self:
        """Those somebody looked for."""
        return self.filter(found__isnull=False)

    def mismatches(self) -> Self:
        """Where what was seen and what is on record differ, on patrols that were handed in."""
        return self.filter(mismatch__isnull=False, roll__patrol__state="filed").select_related(
            "person", "enrolment", "roll__lesson", "roll__patrol__duty"
        )


class RollLine(models.Model):
    """One person of a roll call.

    ``signed``: the records of class or sitting have them there at that moment. It is looked up
    again while records may still come in (``actions.comparing.look_again``).
    """

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField(help_text="in the order drawn")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    found = models.TextField(_("现场"), choices=Found, null=True)
    signed = models.BooleanField(_("记录"), null=True)
    mismatch = models.TextField(_("不一致"), choices=Mismatch, null=True)

    objects = RollLineQuerySet.as_manager()

    class Meta:
        ordering = ["roll", "place"]
        indexes = [
            models.Index("roll", condition=Q(mismatch__isnull=False), name="roll_line_mismatch")
        ]
        constraints = [
            known("found", Found, name="roll_line_found_known"),
            known("mismatch", Mismatch, name="roll_line_mismatch_known"),
            models.UniqueConstraint("roll", "person", name="roll_line_once"),
            models.CheckConstraint(
                condition=Q(found__isnull=False) | Q(mismatch__isnull=True),
                name="roll_line_mismatch_of_who_was_called",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name
