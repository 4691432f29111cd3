"""Patrols 巡查督考: who went when, on which form, with what answers; and what phones sent."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core import deeds
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.queries import number_of
from zhupei.core.workflow import Stateful
from zhupei.live.models import Look
from zhupei.organizations.models import ASSIGNED, AUTHORITIES
from zhupei.patrols.models.duties import Duty


class Way(models.TextChoices):
    ON_SITE = "on_site", _("现场")
    REMOTE = "remote", _("远程")


class PatrolState(models.TextChoices):
    PLANNED = "planned", _("已安排")
    FILED = "filed", _("已提交")
    CALLED_OFF = "called_off", _("已取消安排")


class PatrolQuerySet(models.QuerySet["Patrol"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the area an authority oversees; an inspector's own; for whoever was looked at
        what was handed in, never what is planned.
        """
        acting = user.acting if user.is_authenticated else None
        if acting is None:
            return self.none()
        if acting.organization.kind in AUTHORITIES:
            if acting.role in ASSIGNED:
                return self.filter(members=user.pk).exclude(state=PatrolState.CALLED_OFF)
            return self.filter(acting.organization.area("duty__"))
        return self.filed().filter(duty__organization=acting.organization_id)

    def own(self, user: Any) -> Self:
        """Those this very person is sent on."""
        mine = self.visible_to(user).filter(members=user.pk)
        return mine.exclude(state=PatrolState.CALLED_OFF)

    def filed(self) -> Self:
        return self.filter(state=PatrolState.FILED)

    def planned(self) -> Self:
        return self.filter(state=PatrolState.PLANNED)

    def with_counts(self) -> Self:
        """Adds ``photo_count``, ``drawn``, ``called`` and ``differing`` (people of its rolls)."""
        lines = Deed._meta.apps.get_model("patrols", "RollLine")._base_manager
        drawn = lines.filter(roll__patrol=OuterRef("pk"))
        called = drawn.filter(found__isnull=False)
        return self.annotate(
            photo_count=number_of(Photo._base_manager.filter(patrol=OuterRef("pk"))),
            drawn=number_of(drawn),
            called=number_of(called),
            differing=number_of(called.filter(mismatch__isnull=False)),
        )

    def matching(self, word: str) -> Self:
        """Whose title, number or body contains ``word``."""
        return self.filter(
            Q(duty__title__icontains=word)
            | Q(duty__number__icontains=word)
            | Q(duty__organization__name__icontains=word)
        )

    def of(self, organization: Any) -> Self:
        return self.filter(duty__organization=organization)


class Patrol(Stateful):
    """One look at one class or sitting.

    ``key`` is made by whoever asks for it, so that asking twice is asking once. ``seed`` orders
    the people of a roll call. ``answers`` is what the form said when it was handed in, with the
    version of the form. ``looked_at`` is the moment of the first deed on the form. ``looks`` are
    those into the room, of a remote one.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="patrols")
    way = models.TextField(_("方式"), choices=Way)
    planned_for = models.DateField(_("日期"))
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="patrols", verbose_name=_("巡查人员")
    )
    looks = models.ManyToManyField(Look, related_name="patrols", verbose_name=_("远程查看"))
    seed = models.CharField(max_length=32, editable=False)
    form = models.TextField(help_text="the version of the form")
    answers = models.JSONField(default=dict)
    state = models.TextField(choices=PatrolState, default=PatrolState.PLANNED, editable=False)
    looked_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = PatrolQuerySet.as_manager()

    class Meta:
        ordering = ["planned_for", "pk"]
        indexes = [models.Index(fields=["duty", "state"], name="patrol_by_duty")]
        constraints = [
            known("way", Way, name="patrol_way_known"),
            known("state", PatrolState, name="patrol_state_known"),
            both_or_neither("filed_at", "filed_by", name="patrol_filed_by_somebody"),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(filed_at__isnull=False, looked_at__isnull=False),
                name="patrol_filed_with_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}巡查 {self.duty}"

    def get_absolute_url(self) -> str:
        return reverse("patrols:record", args=[self.pk])


class DeedKind(models.TextChoices):
    ANSWER = "answer", _("回答")
    NOTE = "note", _("备注")
    DRAW = "draw", _("抽点")
    ROLL = "roll", _("点名")
    PHOTO = "photo", _("照片")
    HAND_IN = "hand_in", _("提交")


class Deed(deeds.Deed):
    """One thing somebody did on the form of a patrol."""

    patrol = models.ForeignKey(Patrol, models.PROTECT, related_name="deeds")
    kind = models.TextField(choices=DeedKind)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(deeds.Deed.Meta):
        constraints = [known("kind", DeedKind, name="deed_kind_known")]


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the patrol."""
        return self.filter(patrol__in=Patrol.objects.visible_to(user))


class Photo(models.Model):
    """A picture taken on a patrol, drawn anew; ``removed`` says what was taken out of it."""

    patrol = models.ForeignKey(Patrol, models.PROTECT, related_name="photos")
    deed = models.OneToOneField(Deed, models.PROTECT, related_name="photo")
    about = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    removed = models.JSONField(default=list)
    taken_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return self.file.name
