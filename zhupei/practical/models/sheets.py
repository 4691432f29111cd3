"""Score sheets: one assessor's judgement of one turn, made of what was tapped on a phone."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core import deeds
from zhupei.core.constraints import both_or_neither, known, span
from zhupei.core.models import StoredFile
from zhupei.organizations.models import ASSIGNED
from zhupei.practical.models.sessions import Session, Turn


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: Any) -> Self:
        """For an assessor their own alone: nobody sees what the other one gives. Learners see
        results on the page of their turn, once they are released.
        """
        if not user.is_authenticated or user.acting is None:
            return self.none()
        if user.acting.role in ASSIGNED:
            return self.filter(assessor=user.pk)
        return self.filter(turn__in=Turn.objects.visible_to(user))

    def own(self, user: Any) -> Self:
        """The sheets this very person fills in."""
        return self.visible_to(user).filter(assessor=user.pk)

    def live(self) -> Self:
        """Those of turns that stand."""
        return self.filter(live=True)


class Sheet(models.Model):
    """What one assessor says of one turn. ``place`` 1 and 2 are the pair, 3 decides between them.

    Times and session are those of the turn; they stand here so that the database can keep one
    person from two workshops. ``total`` and ``fatal`` are fixed when the sheet is handed in.
    """

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="sheets")
    session = models.ForeignKey(Session, models.PROTECT, related_name="sheets")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="score_sheets",
        verbose_name=_("考评员"),
    )
    place = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    live = models.BooleanField(default=True, editable=False)
    handed_in_at = models.DateTimeField(null=True)
    total = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    fatal = models.BooleanField(default=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["turn", "place"]
        constraints = [
            models.UniqueConstraint("turn", "place", name="sheet_place_once"),
            models.UniqueConstraint("turn", "assessor", name="sheet_assessor_once"),
            models.CheckConstraint(condition=Q(place__range=(1, 3)), name="sheet_place_known"),
            both_or_neither("handed_in_at", "total", name="sheet_handed_in_with_total"),
            ExclusionConstraint(
                name="sheet_assessor_in_one_workshop",
                expressions=[
                    ("assessor", RangeOperators.EQUAL),
                    ("session", RangeOperators.NOT_EQUAL),
                    (span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(live=True, place__lt=3),
            ),
        ]
        indexes = [models.Index(fields=["assessor", "starts_at"], name="sheet_by_assessor")]

    def __str__(self) -> str:
        return f"{self.turn} {self.assessor}"


class TapKind(models.TextChoices):
    HERE = "here", _("签到")
    POINTS = "points", _("评分")
    NOTE = "note", _("备注")
    FATAL = "fatal", _("否决项")
    BEGIN = "begin", _("开始计时")
    END = "end", _("停止计时")
    EVIDENCE = "evidence", _("取证")
    HAND_IN = "hand_in", _("提交")


class Tap(deeds.Deed):
    """One tap on a score sheet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="taps")
    kind = models.TextField(choices=TapKind)
    about = models.CharField(max_length=20, blank=True)

    class Meta(deeds.Deed.Meta):
        constraints = [known("kind", TapKind, name="tap_kind_known")]


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the sheet sees what was added to it."""
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class Picture(models.Model):
    """A picture or a recording an assessor took; who, when and its hash are those of the file."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="evidence")
    tap = models.OneToOneField(Tap, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return self.file.name
