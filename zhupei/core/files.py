"""Keeping files: looked at before they are believed, named by their hash, served apart.

A file's kind is what its first bytes say, not what its name says. Storage is Django's default
storage: a folder on a laptop, an S3-compatible store by setting.
"""

import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from zhupei.core.actors import Actor
from zhupei.core.errors import Refused
from zhupei.core.models import StoredFile

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE  # of one attachment; larger ones go through ``core.uploads``

SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "application/zip": (b"PK\x03\x04",),  # docx, xlsx, pptx are zip archives
    "application/x-ole-storage": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),  # doc, xls, ppt
    "video/webm": (b"\x1aE\xdf\xa3",),  # also Matroska
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "audio/wav": (b"RIFF",),
}
KINDS: Mapping[str, tuple[str, ...]] = {
    ".pdf": ("application/pdf",),
    ".jpg": ("image/jpeg",),
    ".jpeg": ("image/jpeg",),
    ".png": ("image/png",),
    ".docx": ("application/zip",),
    ".xlsx": ("application/zip",),
    ".pptx": ("application/zip",),
    ".doc": ("application/x-ole-storage",),
    ".xls": ("application/x-ole-storage",),
    ".ppt": ("application/x-ole-storage",),
}


RECORDINGS: Mapping[str, tuple[str, ...]] = {
    ".mp4": ("video/mp4",),
    ".m4v": ("video/mp4",),
    ".mov": ("video/mp4",),  # the same boxes
    ".webm": ("video/webm",),
    ".mkv": ("video/webm",),
    ".m4a": ("video/mp4",),
    ".mp3": ("audio/mpeg",),
    ".wav": ("audio/wav",),
}


def sniff(head: bytes) -> str:
    """The media type that the first bytes of a file prove, or application/octet-stream."""
    if head[4:8] == b"ftyp":  # the first box of ISO 14496-12 begins with its own length
        return "video/mp4"
    for media_type, signatures in SIGNATURES.items():
        if head.startswith(signatures):
            return media_type
    return "application/octet-stream"


def accept(
    upload: File[bytes],
    *,
    by: Actor | None,
    limit: int = LIMIT,
    kinds: Mapping[str, tuple[str, ...]] = KINDS,
) -> StoredFile:
    """Keep an uploaded attachment of one of ``kinds``: suffixes, and the media types they may be.

    ``by`` is None for a stranger's. Raises Refused "file_too_large", "file_kind" (a kind we do not
    take), "file_disguised" (the bytes are not what the name says) or "file_empty".
    """
    name = plain_name(upload.name)
    check_size(name, upload.size or 0, limit)
    head = upload.read(16)
    upload.seek(0)
    media_type = check_kind(name, head, kinds)
    return keep(upload.read(), name=name, media_type=media_type, by=by)


def plain_name(name: str | None) -> str:
    """The name without folders, which some browsers send, and not longer than a name."""
    return PurePath((name or "").replace("\\", "/")).name[-200:]


def check_size(name: str, size: int, limit: int) -> None:
    """Raises Refused "file_too_large" or "file_empty"."""
    if size > limit:
        raise Refused(
            "file_too_large",
            _("“%(name)s”有 %(size)d MB，每个附件最多 %(limit)d MB。请压缩或拆分后再传。"),
            field="file",
            name=name,
            size=-(-size // MEGABYTE),
            limit=limit // MEGABYTE,
        )
    if size == 0:
        raise Refused("file_empty", _("“%(name)s”是空文件。请重新选择。"), field="file", name=name)


def check_suffix(name: str, kinds: Mapping[str, tuple[str, ...]]) -> str:
    """The suffix of a name. Raises Refused "file_kind" for one we do not take."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in kinds:
        raise Refused(
            "file_kind",
            _("不能收“%(suffix)s”文件。请传 PDF、图片或 Office 文档。"),
            field="file",
            suffix=suffix or name,
        )
    return suffix


def check_kind(name: str, head: bytes, kinds: Mapping[str, tuple[str, ...]]) -> str:
    """The media type of a file. Raises Refused "file_kind" or "file_disguised"."""
    suffix, media_type = check_suffix(name, kinds), sniff(head)
    if media_type not in kinds[suffix]:
        raise Refused(
            "file_disguised",
            _("“%(name)s”的内容不是 %(suffix)s 文件，只是名字像。请传原文件。"),
            field="file",
            name=name,
            suffix=suffix,
        )
    return media_type


def keep(content: bytes, *, name: str, media_type: str, by: Actor | None) -> StoredFile:
    """Store bytes made or checked by us, with their hash beside them."""
    return keep_stream(ContentFile(content), name=name, media_type=media_type, by=by)


def keep_stream(stream: File[bytes], *, name: str, media_type: str, by: Actor | None) -> StoredFile:
    """The same for what is too large to be held in memory at once."""
    digest = hashlib.sha256()
    for piece in stream.chunks():
        digest.update(piece)
    row = StoredFile(
        sha256=digest.hexdigest(),
        size=stream.size,
        media_type=media_type,
        name=name,
        stored_by_id=by.pk if by else None,
    )
    row.path = default_storage.save(f"{row.sha256[:2]}/{row.pk}", stream)
    row.save()
    return row


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file. Raises ValueError when they are no longer what was stored."""
    with default_storage.open(file.path) as stream:
        content: bytes = stream.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError(f"stored file {file.pk} no longer has the hash {file.sha256}")
    return content


def forget(file: StoredFile) -> None:
    """Remove bytes whose time is over. Nothing may point at the row any more; the bytes go when
    the caller's transaction is done.
    """
    path = file.path
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def attachment(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Hand out bytes made for this one request, such as an exported list."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def respond(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """Serve a stored file so that no browser runs it."""
    response = FileResponse(
        default_storage.open(file.path),
        as_attachment=not inline,
        filename=file.name,
        content_type=file.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
