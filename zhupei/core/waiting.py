"""A file between its dry run and its import: people confirm what they saw, nobody sends it twice.

What a spreadsheet says about people lies encrypted meanwhile and is emptied when it is imported;
files nobody came back for are removed after two days.

Source: PIPL, art. 19 (the shortest time needed).
"""

import base64
from datetime import timedelta
from io import BytesIO

from django.core.files.base import File
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import sheets
from zhupei.core.actors import Actor
from zhupei.core.audit import subject_key
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import WaitingFile

FORGOTTEN = timedelta(days=2)


def keep(
    upload: File[bytes], *, target: models.Model, by: Actor, limit: int = sheets.MAX_BYTES
) -> WaitingFile:
    """Keep a file sealed until its dry run is confirmed; one byte over the limit stays, so that
    whoever reads it says that it is too large.
    """
    content = upload.read(limit + 1)
    return WaitingFile.objects.create(
        owner_id=by.pk,
        target=subject_key(target),
        name=(upload.name or "")[-200:],
        sealed=base64.b64encode(content).decode(),
    )


def content(waiting: WaitingFile) -> BytesIO:
    """The bytes as they were sent. Raises Refused "already_imported" when they are gone."""
    _refuse_taken(waiting)
    return BytesIO(base64.b64decode(waiting.sealed))


def _refuse_taken(waiting: WaitingFile) -> None:
    if waiting.taken_at:
        raise Refused(
            "already_imported",
            _("“%(name)s”已经导入过。要补充，请再上传一份。"),
            name=waiting.name,
        )


def held(waiting: WaitingFile, *, target: models.Model, by: Actor) -> WaitingFile:
    """The locked file, when ``by`` may import it into ``target``; what it says stays sealed.

    Raises what ``take`` raises.
    """
    row = WaitingFile.objects.select_for_update().get(pk=waiting.pk)
    if row.owner_id != by.pk:
        raise NotAllowed("not_allowed", _("这份文件是别人上传的，请由上传的人导入。"))
    if row.target != subject_key(target):
        raise ValueError(f"{row} was sent for {row.target}, not for {subject_key(target)}")
    _refuse_taken(row)
    return row


def take(waiting: WaitingFile, *, target: models.Model, by: Actor) -> BytesIO:
    """The bytes, for the last time: the file is emptied in the caller's transaction.

    Raises NotAllowed for anybody but whoever sent it; Refused "already_imported" when it was taken
    before. Raises ValueError for another target than the one it was sent for.
    """
    row = held(waiting, target=target, by=by)
    stream = content(row)
    row.sealed, row.taken_at = "", timezone.now()
    row.save(update_fields=["sealed", "taken_at"])
    return stream


def forget() -> int:
    """Remove the files nobody came back for; return how many."""
    old = WaitingFile.objects.filter(sent_at__lt=timezone.now() - FORGOTTEN)
    return old.delete()[0]
