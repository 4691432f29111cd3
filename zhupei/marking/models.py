"""Written answers on their way to a mark: who reads them, what each reader gave."""

from fractions import Fraction
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Attempt, Sitting
from zhupei.organizations.models import OFFICERS

READINGS = 3  # two blind ones, and a third where they differ


class ScriptState(models.TextChoices):
    OPEN = "open", _("评阅中")
    DISPUTED = "disputed", _("仲裁中")
    SETTLED = "settled", _("已定分")


class MarkerQuerySet(models.QuerySet["Marker"]):
    def visible_to(self, user: Any) -> Self:
        """For the officers of the body; to whoever was named, their own line."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.role in OFFICERS:
            return self.filter(sitting__in=Sitting.objects.visible_to(user))
        return self.filter(user=user.pk)


class Marker(models.Model):
    """An assessor asked to mark the written answers of one sitting."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="markers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks_for", verbose_name=_("考评员")
    )

    objects = MarkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("sitting", "user", name="marker_once_in_a_sitting"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ScriptQuerySet(models.QuerySet["Script"]):
    def visible_to(self, user: Any) -> Self:
        """For the officers who may see the sitting; to an assessor, what was dealt to them."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.role in OFFICERS:
            return self.filter(sitting__in=Sitting.objects.visible_to(user))
        return self.filter(readings__reader=user.pk)

    def waiting_for(self, user: Any) -> Self:
        """What somebody has still to mark, in an order that says nothing of whose it is."""
        return self.filter(readings__reader=user.pk, readings__points__isnull=True).order_by(
            "sitting__starts_at", "place", "code"
        )

    def shares(self) -> dict[int, dict[int, Fraction]]:
        """What people gave, settled, by attempt and place."""
        found: dict[int, dict[int, Fraction]] = {}
        settled = self.filter(state=ScriptState.SETTLED)
        for attempt, place, over, under in settled.values_list(
            "attempt_id", "place", "share_over", "share_under"
        ):
            found.setdefault(attempt, {})[place] = Fraction(over or 0, under or 1)
        return found

    def short_of_readers(self) -> Self:
        """Disputed, and nobody was left to arbitrate; or read anew, and nobody was left for it."""
        asked = self.annotate(asked=Count("readings"))
        return asked.filter(
            Q(state=ScriptState.DISPUTED, asked__lt=READINGS)
            | Q(state=ScriptState.OPEN, asked__lt=READINGS - 1)
        )


class Script(Stateful):
    """One written answer. Its readers know it by ``code`` alone.

    ``place`` is that of the item on the candidate's form; ``share`` the part of the item's points
    it earned, kept as a fraction in lowest terms.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="scripts")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="scripts")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(_("密号"), max_length=8)
    share_over = models.PositiveIntegerField(null=True)
    share_under = models.PositiveIntegerField(null=True)
    state = models.TextField(choices=ScriptState, default=ScriptState.OPEN, editable=False)

    objects = ScriptQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", ScriptState, name="script_state_known"),
            models.UniqueConstraint("attempt", "place", name="script_once_an_answer"),
            models.UniqueConstraint("sitting", "code", name="script_code_once_in_a_sitting"),
            models.CheckConstraint(
                condition=Q(share_over__isnull=True, share_under__isnull=True)
                | Q(share_under__gt=0, share_over__lte=F("share_under")),
                name="script_share_is_a_part",
            ),
            models.CheckConstraint(
                condition=~Q(state=ScriptState.SETTLED) | Q(share_under__isnull=False),
                name="script_settled_has_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: Any) -> Self:
        """For the officers of the body; to an assessor, their own and nobody else's."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.role in OFFICERS:
            return self.filter(script__sitting__in=Sitting.objects.visible_to(user))
        return self.filter(reader=user.pk)

    def by_reader(self) -> Any:
        """Per reader: how many they were dealt and how many are done."""
        return (
            self.order_by()
            .values("reader", "reader__name")
            .annotate(dealt=Count("pk"), done=Count("points"))
            .order_by("reader__name", "reader")
        )


class Reading(models.Model):
    """One person's marking of one script. ``turn`` 1 and 2 are blind, 3 is the arbitration.

    ``lines``: points per line of the rubric, as text, in the order of the rubric.
    """

    script = models.ForeignKey(Script, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="readings")
    turn = models.PositiveSmallIntegerField()
    points = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True)
    lines = models.JSONField(default=list)
    note = models.TextField(_("评语"), blank=True)
    given_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["script", "turn"]
        constraints = [
            models.UniqueConstraint("script", "reader", name="reading_once_a_reader"),
            models.UniqueConstraint("script", "turn", name="reading_once_a_turn"),
            models.CheckConstraint(
                condition=Q(turn__range=(1, READINGS)), name="reading_turn_known"
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True, given_at__isnull=True)
                | Q(points__gte=0, given_at__isnull=False),
                name="reading_points_and_time_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script} {self.turn}"
