"""Large files over weak networks: a file arrives in parts, and what arrived is never sent again.

The conversation is the tus protocol 1.0 (core and creation), spoken by ``tus.py`` and by the page's
``upload`` island; this module is what it means. A whole file waits, seen only by its sender, until
a form takes it; what nobody takes or finishes within three days is forgotten.
"""

from collections.abc import Mapping
from datetime import timedelta
from tempfile import TemporaryFile

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import files
from zhupei.core.actors import Actor
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile, Upload, UploadPart

KINDS: Mapping[str, tuple[str, ...]] = {**files.KINDS, **files.RECORDINGS}
LIMIT = 4096 * files.MEGABYTE
PART = 2 * files.MEGABYTE  # at most; Django refuses to hold more of one request in memory
FORGOTTEN = timedelta(days=3)


def begin(name: str, size: int, *, by: Actor) -> Upload:
    """Announce a file. Raises Refused "file_too_large", "file_empty" or "file_kind"."""
    name = files.plain_name(name)
    files.check_size(name, size, LIMIT)
    files.check_suffix(name, KINDS)
    return Upload.objects.create(owner_id=by.pk, name=name, size=size)


@transaction.atomic
def append(upload: Upload, start: int, content: bytes, *, by: Actor) -> Upload:
    """Add the bytes that begin at ``start``; the last ones make the file whole.

    Raises NotAllowed; Refused "upload_elsewhere" when the bytes before ``start`` have not arrived
    or those after it have, "upload_too_long", and "file_disguised" when the whole is not what its
    name says.
    """
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.owner_id != by.pk:
        raise NotAllowed("not_allowed", _("这个文件是别人在传的。"))
    if start != row.received:
        raise Refused("upload_elsewhere", _("这一段接不上，请从已收到的地方继续。"))
    if start + len(content) > row.size:
        raise Refused("upload_too_long", _("收到的比文件还长，请重新选择文件。"))
    path = default_storage.save(f"uploads/{row.pk}-{start}", ContentFile(content))
    UploadPart.objects.create(upload=row, start=start, path=path)
    row.received, row.heard_at = start + len(content), timezone.now()
    if row.received == row.size:
        row.file = _whole(row, by)
    row.save(update_fields=["received", "heard_at", "file"])
    return row


def _whole(upload: Upload, by: Actor) -> StoredFile:
    """Put the parts together and look at what they are."""
    parts = list(upload.parts.order_by("start"))
    with TemporaryFile() as whole:
        for part in parts:
            with default_storage.open(part.path) as piece:
                whole.write(piece.read())
        whole.seek(0)
        media_type = files.check_kind(upload.name, whole.read(16), KINDS)
        whole.seek(0)
        stream = File(whole, name=upload.name)
        kept = files.keep_stream(stream, name=upload.name, media_type=media_type, by=by)
    paths = [part.path for part in parts]
    upload.parts.all().delete()
    transaction.on_commit(lambda: _remove(paths))
    return kept


@transaction.atomic
def take(upload: Upload, *, by: Actor) -> StoredFile:
    """The whole file, for whatever the form is about; it can be taken once.

    Raises NotAllowed; Refused "upload_unfinished".
    """
    row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if row is None or row.owner_id != by.pk:
        raise NotAllowed("not_allowed", _("这个文件不是您传的，或已经用过。请重新上传。"))
    if row.file is None:
        raise Refused(
            "upload_unfinished",
            _("“%(name)s”还没有传完。请等它传完再提交；断了会自动接着传。"),
            field="file",
            name=row.name,
        )
    kept = row.file
    row.delete()
    return kept


def forget() -> int:
    """Remove what nobody finished or took in time; return how many."""
    old = list(Upload.objects.filter(heard_at__lt=timezone.now() - FORGOTTEN))
    for upload in old:
        paths = list(upload.parts.values_list("path", flat=True))
        kept = upload.file
        upload.delete()
        if kept is not None:
            paths.append(kept.path)
            kept.delete()
        _remove(paths)
    return len(old)


def _remove(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
