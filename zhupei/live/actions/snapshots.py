"""Still pictures taken during a look: few, for a while, and each of them an event."""

import shutil
import subprocess
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, files, pictures
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.parameters import settings_of, value
from zhupei.live import rules
from zhupei.live.access import may_end, may_hold, may_look
from zhupei.live.actions.looks import SUBJECTS, address
from zhupei.live.events import SnapshotEvent
from zhupei.live.models import Look, Snapshot, Source, Way
from zhupei.live.parameters import EVIDENCE_DAYS, SNAPSHOT_DAYS, SNAPSHOTS
from zhupei.people.models import User

LIMIT = 4 * files.MEGABYTE
PATIENCE = 20  # seconds until the server gives up waiting for a picture


@transaction.atomic
def take(look: Look, upload: File[bytes], *, by: User, source: str = Source.PLAYER) -> Snapshot:
    """Keep a picture of what is seen now.

    Raises NotAllowed; Refused "look_closed", "enough_snapshots", and what
    ``pictures.accept`` refuses. It is drawn anew: nothing a phone wrote beside it is kept.

    Source: PIPL, art. 6 and 19.
    """
    rows = Look.objects.select_for_update(of=("self",)).select_related(*SUBJECTS)
    row = rows.get(pk=look.pk)
    if not may_end(by, row):
        raise NotAllowed("not_allowed", _("由正在查看的人截图。"))
    if row.closed_at is not None:
        raise Refused("look_closed", _("这次查看已经结束，不能再截图。"))
    figures = settings_of(SNAPSHOTS, SNAPSHOT_DAYS)
    most = figures[SNAPSHOTS.key].value
    if not rules.room_for_more(row.snapshots.count(), most):
        raise Refused(
            "enough_snapshots",
            _("一次查看最多截 %(most)s 张图，已经满了。"),
            field="file",
            most=most,
        )
    files.check_size(files.plain_name(upload.name), upload.size or 0, LIMIT)
    kept = pictures.accept(upload, by=by).file
    now = timezone.now()
    days = timedelta(days=figures[SNAPSHOT_DAYS.key].value)
    made = Snapshot.objects.create(
        look=row,
        file=kept,
        sha256=kept.sha256,
        source=source,
        taken_at=now,
        keep_until=timezone.localdate(now) + days,
    )
    _record(SnapshotEvent.TAKEN, made, by, until=made.keep_until.isoformat(), sha256=kept.sha256)
    return made


def shoot(look: Look, *, by: User) -> Snapshot:
    """Let the server take the picture from the stream, where it has the program for it.

    Raises Refused "no_server_pictures", "no_picture" and as ``take``.
    """
    if not server_can(look):
        raise Refused("no_server_pictures", _("服务器没有截图程序，请从播放画面截取。"))
    if not may_end(by, look):
        raise NotAllowed("not_allowed", _("由正在查看的人截图。"))
    name = f"{timezone.localtime():%Y%m%d-%H%M%S}.jpg"
    return take(look, ContentFile(_picture(look), name), by=by, source=Source.SERVER)


def server_can(look: Look) -> bool:
    """Is there a stream, and the program that reads it?"""
    return look.room.way == Way.STREAM and shutil.which("ffmpeg") is not None


def _picture(look: Look) -> bytes:
    where = urljoin(settings.PUBLIC_URL, address(look))
    words = f"-v error -nostdin -i {where} -frames:v 1 -f image2 -c:v mjpeg pipe:1".split()
    program = shutil.which("ffmpeg") or "ffmpeg"
    try:
        said = subprocess.run([program, *words], capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        said = None
    if said is None or said.returncode or not said.stdout:
        raise Refused("no_picture", _("没有取到画面：教室可能没有在推流。请稍后再试。"))
    return said.stdout


@transaction.atomic
def view(snapshot: Snapshot, *, by: User) -> StoredFile | None:
    """The picture, for whoever may see it; that they saw it is kept.

    Raises NotAllowed.
    """
    if not may_look(by, snapshot.look.room):
        raise NotAllowed("not_allowed", _("截图由查看的住建部门保管。"))
    if snapshot.file is not None:
        _record(SnapshotEvent.VIEWED, snapshot, by)
    return snapshot.file


@transaction.atomic
def hold(snapshot: Snapshot, *, by: User, note: str) -> Snapshot:
    """It shows something: it is kept as long as a case may last.

    Raises NotAllowed; Refused "note_required", "removed".
    """
    row = _locked(snapshot)
    if not may_hold(by, row):
        raise NotAllowed("not_allowed", _("由查看的住建部门留存证据。"))
    if row.file_id is None:
        raise Refused("removed", _("这张截图已到期删除，不能再留存。"))
    if not note.strip():
        raise Refused("note_required", _("请写明这张图说明什么。"), field="note")
    row.keep_until = timezone.localdate() + timedelta(days=value(EVIDENCE_DAYS))
    row.held_by, row.held_for = by, note.strip()
    row.save(update_fields=["keep_until", "held_by", "held_for"])
    until = row.keep_until.isoformat()
    _record(SnapshotEvent.HELD, row, by, until=until, note=note.strip())
    return row


def remove_due() -> int:
    """By the clock: remove the pictures whose time is over."""
    due = list(Snapshot.objects.due(timezone.localdate()))
    for snapshot in due:
        _remove(snapshot)
    return len(due)


@transaction.atomic
def _remove(snapshot: Snapshot) -> None:
    row = _locked(snapshot)
    if row.file is None or row.keep_until >= timezone.localdate():
        return
    file, row.file = row.file, None
    row.removed_at = timezone.now()
    row.save(update_fields=["file", "removed_at"])
    files.forget(file)
    _record(SnapshotEvent.REMOVED, row, None)


def _locked(snapshot: Snapshot) -> Snapshot:
    rows = Snapshot.objects.select_for_update(of=("self",))
    parts = (f"look__{name}" for name in SUBJECTS)
    related = rows.select_related("file", "look__room__organization", *parts)
    return related.get(pk=snapshot.pk)


def _record(event: SnapshotEvent, snapshot: Snapshot, by: User | None, **facts: object) -> None:
    audit.record(event, snapshot, by=by, within=snapshot.look.room.subject, **facts)
