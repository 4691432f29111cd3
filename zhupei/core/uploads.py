"""Large files over weak networks: a file arrives in parts, and what arrived is never sent again.

The conversation is the tus protocol 1.0 (core and creation), spoken by ``tus.py`` and by the page's
``upload`` island; this module is what it means. A whole file waits, seen only by its sender, until
a form takes it; what nobody takes or finishes within three days is forgotten.

A stranger may send a file with a ticket, which a public form hands out and which says how large it
may be. Nobody's name is kept beside it. Whoever sends it, a film loses the place it was taken at.
"""

from collections.abc import Mapping
from datetime import timedelta
from tempfile import TemporaryFile

from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import files, films
from zhupei.core.actors import Actor
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile, Upload, UploadPart

KINDS: Mapping[str, tuple[str, ...]] = {**files.KINDS, **files.RECORDINGS}
LIMIT = 4096 * files.MEGABYTE
PART = 2 * files.MEGABYTE  # at most; Django refuses to hold more of one request in memory
FORGOTTEN = timedelta(days=3)
STRANGERS_KINDS: Mapping[str, tuple[str, ...]] = {
    **{suffix: files.KINDS[suffix] for suffix in (".jpg", ".jpeg", ".png", ".pdf")},
    **files.RECORDINGS,
}
TICKET = "zhupei.core.uploads"
TICKET_LASTS = timedelta(hours=12)


def ticket(limit: int) -> str:
    """What lets a stranger send a file of at most ``limit`` bytes."""
    return signing.dumps(limit, salt=TICKET)


def allowed_by(words: str) -> int | None:
    """How many bytes a ticket allows; None when it is none of ours, or too old."""
    try:
        return int(signing.loads(words, salt=TICKET, max_age=TICKET_LASTS))
    except signing.BadSignature:
        return None


def begin(name: str, size: int, *, by: Actor | None, limit: int = LIMIT) -> Upload:
    """Announce a file. Raises Refused "file_too_large", "file_empty" or "file_kind"."""
    name = files.plain_name(name)
    suffix = files.check_suffix(name, KINDS if by else STRANGERS_KINDS)
    if by is None and suffix not in files.RECORDINGS:
        limit = min(limit, files.LIMIT)
    files.check_size(name, size, limit)
    return Upload.objects.create(owner_id=_key(by), name=name, size=size)


def _key(by: Actor | None) -> int | None:
    return by.pk if by else None


@transaction.atomic
def whole(file: File[bytes], *, by: Actor | None) -> Upload:
    """What came with a form that could not be taken yet waits as if it had been sent in parts.

    Raises what ``begin`` and ``append`` raise.
    """
    file.seek(0)
    upload = begin(file.name or "", file.size or 0, by=by, limit=files.LIMIT)
    start = 0
    for piece in file.chunks(PART):
        upload = append(upload, start, piece, by=by)
        start += len(piece)
    return upload


@transaction.atomic
def append(upload: Upload, start: int, content: bytes, *, by: Actor | None) -> Upload:
    """Add the bytes that begin at ``start``; the last ones make the file whole.

    Raises NotAllowed; Refused "upload_elsewhere" when the bytes before ``start`` have not arrived
    or those after it have, "upload_too_long", and "file_disguised" when the whole is not what its
    name says.
    """
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.owner_id is not None and row.owner_id != _key(by):
        raise NotAllowed("not_allowed", _("这个文件是别人在传的。"))
    if start != row.received:
        raise Refused("upload_elsewhere", _("这一段接不上，请从已收到的地方继续。"))
    if start + len(content) > row.size:
        raise Refused("upload_too_long", _("收到的比文件还长，请重新选择文件。"))
    path = default_storage.save(f"uploads/{row.pk}-{start}", ContentFile(content))
    UploadPart.objects.create(upload=row, start=start, path=path)
    row.received, row.heard_at = start + len(content), timezone.now()
    if row.received == row.size:
        row.file = _whole(row, by if row.owner_id else None)
    row.save(update_fields=["received", "heard_at", "file"])
    return row


def _whole(upload: Upload, by: Actor | None) -> StoredFile:
    """Put the parts together and look at what they are. ``by`` is None for a stranger's."""
    parts = list(upload.parts.order_by("start"))
    with TemporaryFile() as whole:
        for part in parts:
            with default_storage.open(part.path) as piece:
                whole.write(piece.read())
        whole.seek(0)
        kinds = KINDS if by else STRANGERS_KINDS
        media_type = files.check_kind(upload.name, whole.read(16), kinds)
        if media_type == films.MEDIA_TYPE:
            films.hide_place(whole)
        whole.seek(0)
        stream = File(whole, name=upload.name)
        kept = files.keep_stream(stream, name=upload.name, media_type=media_type, by=by)
    paths = [part.path for part in parts]
    upload.parts.all().delete()
    transaction.on_commit(lambda: _remove(paths))
    return kept


@transaction.atomic
def take(upload: Upload, *, by: Actor | None) -> StoredFile:
    """The whole file, for whatever the form is about; it can be taken once. A stranger takes only
    what a stranger sent.

    Raises NotAllowed; Refused "upload_unfinished".
    """
    row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if row is None or row.owner_id != _key(by):
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
