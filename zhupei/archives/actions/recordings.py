"""Sound and pictures of an exam room: registered with their digest, opened on record.

Source: Measures, art. 20 (音视频资料妥善保存).
"""

from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.archives.access import may_register
from zhupei.archives.events import RecordingEvent
from zhupei.archives.models import Recording
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.files import RECORDINGS
from zhupei.core.models import StoredFile
from zhupei.core.upload_field import kept
from zhupei.exams.models import Sitting
from zhupei.people.models import User


@transaction.atomic
def register(
    sitting: Sitting,
    *,
    by: User,
    found: UUID | File[bytes],
    label: str,
    begins_at: datetime,
    ends_at: datetime,
) -> Recording:
    """Keep a recording of the room with its hash, its time and its sender.

    Raises NotAllowed; Refused "recording_times", "not_of_the_sitting", "not_a_recording"; what
    ``kept`` raises.

    Source: Measures, art. 20.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if not may_register(by, sitting):
        raise NotAllowed("not_allowed", _("只有本场的考务员和监考员能登记录像。"))
    if ends_at <= begins_at:
        raise Refused("recording_times", _("结束应晚于开始，请检查两个时间。"), field="ends_at")
    if begins_at > sitting.ends_at or ends_at < sitting.starts_at:
        raise Refused(
            "not_of_the_sitting",
            _("这段时间和本场考试没有重叠，请检查日期和时间。"),
            field="begins_at",
        )
    file = kept(found, by=by)
    if file.media_type not in {kind for kinds in RECORDINGS.values() for kind in kinds}:
        raise Refused("not_a_recording", _("这不是录像或录音文件。"), field="file")
    made = Recording.objects.create(
        sitting=sitting,
        label=label.strip(),
        begins_at=begins_at,
        ends_at=ends_at,
        file=file,
        added_at=timezone.now(),
        added_by_name=str(by),
    )
    facts = {"label": made.label, "file": file.name, "sha256": file.sha256}
    audit.record(
        RecordingEvent.REGISTERED, made, by=by, within=sitting, short=file.sha256[:8], **facts
    )
    return made


@transaction.atomic
def withdraw(recording: Recording, *, by: User, note: str) -> Recording:
    """Take one back that was registered by mistake; it stays named with the reason.

    Raises NotAllowed; Refused "note_required", "withdrawn_already".
    """
    row = Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
    if not may_register(by, row.sitting):
        raise NotAllowed("not_allowed", _("只有本场的考务员和监考员能撤回录像。"))
    if not note.strip():
        raise Refused("note_required", _("请写明为什么撤回。"), field="note")
    if row.withdrawn_at:
        raise Refused("withdrawn_already", _("这段录像已经撤回。"))
    row.withdrawn_at, row.withdrawn_why = timezone.now(), note.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    audit.record(
        RecordingEvent.WITHDRAWN, row, by=by, within=row.sitting, label=row.label, note=note.strip()
    )
    return row


@transaction.atomic
def fetch(recording: Recording, *, by: User) -> StoredFile:
    """The file; every look is an event."""
    audit.record(
        RecordingEvent.SEEN, recording, by=by, within=recording.sitting, label=recording.label
    )
    return recording.file
