"""What every floor stands on: deeds, parameters, the calendar, files, messages, jobs."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.crypto import EncryptedTextField


class Event(models.Model):
    """One thing that happened, in the past tense, kept for ever.

    No foreign keys, on purpose: the record outlives the rows it speaks of and never stops one of
    them from being removed. The table is partitioned by month. A trigger fills ``seq``, ``at``,
    ``previous`` and ``hash`` and refuses UPDATE and DELETE (migration 0002), so that no writer,
    not even raw SQL, can leave the chain out.
    """

    subject = models.TextField(help_text="app.model/key, for example classes.trainingclass/12")
    seq = models.BigIntegerField(db_default=0, help_text="1, 2, 3 … within the subject")
    at = models.DateTimeField(db_default=Now(), help_text="the database's clock")
    verb = models.TextField()
    within = models.TextField(blank=True, help_text="the thing whose page shows this event too")
    subject_label = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField(blank=True)
    organization_id = models.BigIntegerField(null=True)
    organization_name = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    request_id = models.TextField(blank=True)
    address = models.TextField(blank=True)
    previous = models.TextField(db_default="")
    hash = models.TextField(db_default="")

    class Meta:
        managed = False  # the migration makes it by hand: partitions, trigger
        db_table = "core_event"

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.verb} {self.subject_label}"


class EventHead(models.Model):
    """The last link of each subject's chain; its row lock keeps the chain in order."""

    subject = models.TextField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.TextField()

    def __str__(self) -> str:
        return f"{self.subject} {self.seq}"


class ParameterValue(models.Model):
    """A value somebody set for a parameter, from a day on, perhaps for one prefecture only."""

    key = models.TextField()
    value = models.JSONField()
    valid_from = models.DateField(_("生效日期"))
    prefecture = models.TextField(_("地州市"), blank=True, help_text="division code; empty: all")
    source = models.TextField(_("依据"))
    set_by_name = models.TextField()
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "key",
                "prefecture",
                "valid_from",
                name="parameter_once_a_day",
                violation_error_message=_("这一天已有一个值。请换一个生效日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class Workday(models.Model):
    """A day on which the usual week does not hold: a holiday, or a weekend worked instead."""

    day = models.DateField(primary_key=True)
    works = models.BooleanField()
    name = models.TextField()
    source = models.TextField()

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class StoredFile(models.Model):
    """Bytes that were handed in or made here, under the name they came with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    media_type = models.TextField()
    name = models.TextField()
    path = models.TextField(unique=True, help_text="key in the storage backend")
    stored_by_id = models.BigIntegerField(null=True)
    stored_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


class WaitingFileQuerySet(models.QuerySet["WaitingFile"]):
    def visible_to(self, user: Any) -> Self:
        """Only whoever sent it."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()


class WaitingFile(models.Model):
    """A spreadsheet between its dry run and its import: kept sealed, emptied when it is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    target = models.TextField(help_text="what it is to be imported into, as the record names it")
    name = models.TextField()
    sealed = EncryptedTextField(editable=False)
    sent_at = models.DateTimeField(db_default=Now())
    taken_at = models.DateTimeField(null=True)

    objects = WaitingFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="waiting_file_by_age")]

    def __str__(self) -> str:
        return self.name

    @property
    def target_key(self) -> str:
        """The key of the target's row."""
        return self.target.rpartition("/")[2]


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: Any) -> Self:
        """Only whoever sends it; a stranger's is known by its key, which nobody can guess."""
        owner = user.pk if user.is_authenticated else None
        return self.filter(Q(owner=owner) | Q(owner=None))


class Upload(models.Model):
    """A large file on its way, in parts: what has arrived stays, whatever happens to the line.

    ``owner`` is None for a stranger's: it is not kept who sent it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    name = models.TextField()
    size = models.PositiveBigIntegerField(help_text="bytes it will have")
    received = models.PositiveBigIntegerField(default=0, help_text="bytes that arrived")
    begun_at = models.DateTimeField(db_default=Now())
    heard_at = models.DateTimeField(db_default=Now(), help_text="when the last part arrived")
    file = models.OneToOneField(StoredFile, models.CASCADE, null=True, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=models.F("size")), name="upload_receives_no_more"
            )
        ]
        indexes = [models.Index(fields=["heard_at"], name="upload_by_age")]

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """Some bytes of an upload, where they begin."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    start = models.PositiveBigIntegerField()
    path = models.TextField(unique=True, help_text="key in the storage backend")

    class Meta:
        constraints = [models.UniqueConstraint("upload", "start", name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload} {self.start}"


class Series(models.Model):
    """The last number given in a series of numbered papers. Its row lock leaves no gaps."""

    name = models.TextField(primary_key=True, help_text="KB-2026, ZP-2026-6523")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """A line in somebody's in-app inbox."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox")
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.TextField(blank=True)
    sent_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("recipient", condition=Q(read_at__isnull=True), name="message_unread"),
            models.Index(fields=["recipient", "-sent_at"], name="message_by_recipient"),
        ]

    def __str__(self) -> str:
        return self.title


class CopyAddress(models.Model):
    """Where somebody wants copies of their inbox by e-mail. Nothing goes there before the address
    was confirmed from a letter sent to it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="copy_address"
    )
    address = EncryptedTextField()
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user}"


class WordingText(models.Model):
    """Another text for a message, from a day on."""

    key = models.TextField()
    text = models.TextField(_("文字"))
    valid_from = models.DateField(_("启用日期"))
    set_by_name = models.TextField()
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("key", "valid_from", name="wording_once_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class Delivery(models.TextChoices):
    WAITING = "waiting", _("待发送")
    RETRY = "retry", _("稍后再试")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


UNDER_WAY = (Delivery.WAITING, Delivery.RETRY)


class OutgoingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Whoever acts for the region looks after deliveries; nobody else."""
        acting = getattr(user, "acting", None)
        mine = acting is not None and acting.organization.kind == "region_authority"
        return self if mine else self.none()

    def due(self, now: datetime, *, quiet: bool) -> Self:
        """What is to be handed over now; at night only what somebody is waiting for."""
        rows = self.filter(delivery__in=UNDER_WAY, due_at__lte=now)
        return rows.filter(urgent=True) if quiet else rows


class Outgoing(models.Model):
    """Something that leaves the house: written with its cause, sent by a job afterwards.

    ``urgent`` is what the recipient has just asked for and waits for, such as a code.
    """

    text = models.TextField()
    urgent = models.BooleanField(default=False)
    delivery = models.TextField(choices=Delivery, default=Delivery.WAITING, editable=False)
    written_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(default=timezone.now, help_text="not to be tried before")
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, help_text="why the last try failed")
    sent_at = models.DateTimeField(null=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class TextMessage(Outgoing):
    """A short message to a phone."""

    phone = EncryptedTextField()

    class Meta:
        constraints = [known("delivery", Delivery, name="text_message_delivery_known")]
        indexes = [
            models.Index(
                "due_at", condition=Q(delivery__in=UNDER_WAY), name="text_message_under_way"
            )
        ]


class Letter(Outgoing):
    """An e-mail: a copy of a line in an inbox."""

    address = EncryptedTextField()
    subject = models.TextField()

    class Meta:
        constraints = [known("delivery", Delivery, name="letter_delivery_known")]
        indexes = [
            models.Index("due_at", condition=Q(delivery__in=UNDER_WAY), name="letter_under_way")
        ]


class JobState(models.TextChoices):
    WAITING = "waiting", _("等待中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


class LongJobQuerySet(models.QuerySet["LongJob"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(owner=user)


class LongJob(models.Model):
    """Work that takes longer than a page may: its progress and its end, for its page to show."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.TextField()
    outcome = models.TextField(choices=JobState, default=JobState.WAITING, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.TextField(blank=True)
    url = models.TextField(blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = LongJobQuerySet.as_manager()

    class Meta:
        constraints = [known("outcome", JobState, name="long_job_outcome_known")]

    def __str__(self) -> str:
        return self.title
