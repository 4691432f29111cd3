"""A class or an exam that can be looked into from afar: its room, who looked, what was kept.

Watching is never secret: a ``Look`` is a row the room sees while it happens.
"""

import secrets
from datetime import datetime
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.crypto import EncryptedTextField
from zhupei.core.models import StoredFile
from zhupei.exams.models import Sitting
from zhupei.organizations.models import ASSIGNED, Division, Organization, Role
from zhupei.practical.models import Session

STREAM_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def stream_name() -> str:
    """How the media server knows a room; it is no secret, only no name of anything."""
    return "".join(secrets.choice(STREAM_LETTERS) for _ in range(12))


def stream_key() -> str:
    """What a camera shows to be let in: 130 random bits."""
    return "".join(secrets.choice(STREAM_LETTERS) for _ in range(26))


class Way(models.TextChoices):
    STREAM = "stream", _("教室直播（推流）")
    MEETING = "meeting", _("会议链接")


class LiveRoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever works with the class or the exam; those in whose area it is held, their
        inspectors too: they are sent to look. Never learners and candidates.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        here = acting.organization
        if acting.role in ASSIGNED and acting.role != Role.INSPECTOR:
            return self.filter(
                Q(sitting__in=Sitting.objects.visible_to(user))
                | Q(session__in=Session.objects.visible_to(user))
            )
        return self.filter(Q(organization=here.pk) | here.area(""))

    def with_news(self, moment: datetime) -> Self:
        """Adds ``on_air``, ``watched`` (somebody looks now) and ``lesson_now``."""
        mine = {"room": OuterRef("pk")}
        lessons = Lesson.objects.at(moment).filter(training_class=OuterRef("training_class"))
        return self.annotate(
            on_air=Exists(Broadcast.objects.filter(**mine, ended_at__isnull=True)),
            watched=Exists(Look.objects.filter(**mine, closed_at__isnull=True)),
            lesson_now=Exists(lessons),
            last_look=models.Subquery(
                Look.objects.filter(**mine).order_by("-opened_at").values("opened_at")[:1]
            ),
        )

    def matching(self, words: str) -> Self:
        """Whose title, number or body contains ``words``."""
        titles = ("training_class__title", "sitting__title", "session__title")
        numbers = ("training_class__number", "sitting__number", "session__number")
        wanted = Q(organization__name__icontains=words)
        for path in (*titles, *numbers):
            wanted |= Q(**{f"{path}__icontains": words})
        return self.filter(wanted)


class Room(models.Model):
    """How one class, theory sitting or practical session is looked into: by the stream of its
    room or by the link of a meeting. ``key`` is what its camera shows to the media server.
    """

    training_class = models.OneToOneField(
        TrainingClass, models.PROTECT, null=True, related_name="live_room"
    )
    sitting = models.OneToOneField(Sitting, models.PROTECT, null=True, related_name="live_room")
    session = models.OneToOneField(Session, models.PROTECT, null=True, related_name="live_room")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="live_rooms")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    way = models.TextField(_("方式"), choices=Way)
    link = models.TextField(_("会议链接"), blank=True)
    passcode = models.CharField(_("入会口令"), max_length=40, blank=True)
    hint = models.TextField(_("说明"), blank=True)
    stream = models.CharField(max_length=12, unique=True, default=stream_name, editable=False)
    key = EncryptedTextField(default=stream_key, editable=False)
    key_until = models.DateTimeField(editable=False)
    registered_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = LiveRoomQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["prefecture", "-registered_at"], name="live_room_by_place")]
        constraints = [
            known("way", Way, name="live_room_way_known"),
            models.CheckConstraint(
                condition=Q(training_class__isnull=False, sitting=None, session=None)
                | Q(training_class=None, sitting__isnull=False, session=None)
                | Q(training_class=None, sitting=None, session__isnull=False),
                name="live_room_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.STREAM, link="") | Q(way=Way.MEETING, link__startswith="https"),
                name="live_room_meeting_has_a_link",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> TrainingClass | Sitting | Session:
        """The class or the exam held in it."""
        for thing in (self.training_class, self.sitting, self.session):
            if thing is not None:
                return thing
        raise ValueError(f"room {self.pk} is of nothing")


Row = TypeVar("Row", bound=models.Model)


class OfRoomQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: Any) -> Self:
        """Those of the rooms somebody may know of: the room sees who looked at it."""
        return self.filter(room__in=Room.objects.visible_to(user))


class Broadcast(models.Model):
    """One time the camera of a room was connected. ``client`` is the media server's number."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="broadcasts")
    client = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OfRoomQuerySet["Broadcast"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "room", condition=Q(ended_at__isnull=True), name="broadcast_one_at_a_time"
            ),
            in_order("began_at", "ended_at", name="broadcast_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["room", "-began_at"], name="broadcast_by_room")]

    def __str__(self) -> str:
        return f"{self.room} {self.began_at:%F %T}"


class Outcome(models.TextChoices):
    """What somebody saw."""

    FINE = "fine", _("正常进行")
    WRONG = "wrong", _("有问题")
    EMPTY = "empty", _("没有人上课或考核")
    NOTHING = "nothing", _("没有画面或进不去")


class LookQuerySet(OfRoomQuerySet["Look"]):
    def own(self, user: Any) -> Self:
        """Those this very person made."""
        return self.visible_to(user).filter(by=user.pk)

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def silent_since(self, moment: datetime) -> Self:
        """Open, and the page has not been heard of since."""
        return self.open().filter(seen_at__lt=moment)


class Look(models.Model):
    """One time an official looked into a room. ``seen_at``: when their page was last heard of."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(_("看到的情况"), choices=Outcome, blank=True)
    note = models.TextField(_("看到了什么"), blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="look_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(outcome=""),
                name="look_judged_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("opened_at")), name="look_seen_after_it_opened"
            ),
            models.UniqueConstraint(
                "room", "by", condition=Q(closed_at__isnull=True), name="look_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["room", "-opened_at"], name="look_by_room"),
            models.Index("seen_at", condition=Q(closed_at__isnull=True), name="look_open"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.by}"

    @property
    def minutes(self) -> int:
        """How long it lasted, or has lasted until the page was last heard of."""
        return round(((self.closed_at or self.seen_at) - self.opened_at).total_seconds() / 60)


class Source(models.TextChoices):
    PLAYER = "player", _("从播放画面截取")
    SERVER = "server", _("由服务器截取")
    UPLOAD = "upload", _("上传的屏幕截图")


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: Any) -> Self:
        """Those who may see the room and oversee it; the room itself knows only that it was taken.

        Source: PIPL, art. 6.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        rooms = Room.objects.visible_to(user).filter(acting.organization.area(""))
        return self.filter(look__room__in=rooms)

    def due(self, day: Any) -> Self:
        """Those whose time is over, with the picture still there."""
        return self.filter(keep_until__lt=day, file__isnull=False)


class Snapshot(models.Model):
    """A still picture taken during a look. The picture goes when its time is over; that it was
    taken stays.
    """

    look = models.ForeignKey(Look, models.PROTECT, related_name="snapshots")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    source = models.TextField(choices=Source)
    taken_at = models.DateTimeField()
    keep_until = models.DateField()
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    held_for = models.TextField(_("留作证据的理由"), null=True)
    removed_at = models.DateTimeField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            known("source", Source, name="snapshot_source_known"),
            both_or_neither("held_by", "held_for", name="snapshot_held_with_a_reason"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, removed_at=None)
                | Q(file=None, removed_at__isnull=False),
                name="snapshot_there_or_removed",
            ),
        ]
        indexes = [
            models.Index("keep_until", condition=Q(removed_at__isnull=True), name="snapshot_kept")
        ]

    def __str__(self) -> str:
        return f"{self.look} {self.taken_at:%F %T}"
