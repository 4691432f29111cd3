"""Pictures people take: what is stored shows what they saw, and not where or with what.

A picture is drawn anew before it is kept. So whatever a camera or an app wrote beside it, the
place above all, is gone, as is anything hidden behind it; it stands upright, and is no larger than
somebody needs to read a sign on a wall. What was taken out is told to whoever sent it.

Source: PIPL, art. 6 (no more than the purpose needs); product rule (no location tracking).
"""

import warnings
from io import BytesIO
from pathlib import PurePath
from typing import Final, NamedTuple
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps

from zhupei.core import files, upload_field
from zhupei.core.actors import Actor
from zhupei.core.errors import Refused
from zhupei.core.models import StoredFile

LONGEST: Final = 2560  # pixels of the longer side that are kept
MOST: Final = 60_000_000  # pixels of a picture that is looked at; more is made to choke somebody
LIMIT: Final = 40 * files.MEGABYTE
QUALITY: Final = 85
KINDS: Final = {
    suffix: kinds for suffix, kinds in files.KINDS.items() if suffix in {".jpg", ".jpeg", ".png"}
}
FORMATS: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,  # what the reader of PNG raises
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class Cleaned(NamedTuple):
    """A picture drawn anew. ``removed``: of ``gps``, ``camera``, ``time``; ``smaller``: it was
    larger than is kept.
    """

    content: bytes
    media_type: str
    removed: tuple[str, ...]
    smaller: bool


class Kept(NamedTuple):
    """A stored file, and what was taken out of it before."""

    file: StoredFile
    removed: tuple[str, ...]


def clean(content: bytes, *, name: str = "") -> Cleaned:
    """The same picture with nothing but what it shows.

    Raises Refused "picture_unreadable" or "picture_too_large".
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is judged here
        try:
            with Image.open(BytesIO(content), formats=tuple(FORMATS)) as picture:
                return _drawn(picture, name)
        except _BROKEN as fault:
            raise Refused(
                "picture_unreadable",
                _("“%(name)s”不是能打开的照片。请传 JPG 或 PNG 原图，或者重新拍一张。"),
                field="file",
                name=name,
            ) from fault


def _drawn(picture: Image.Image, name: str) -> Cleaned:
    if picture.width * picture.height > MOST:
        raise Refused(
            "picture_too_large",
            _("“%(name)s”有 %(width)d × %(height)d 像素，太大了。请用相机的普通尺寸拍。"),
            field="file",
            name=name,
            width=picture.width,
            height=picture.height,
        )
    removed = _told(picture)
    kind = picture.format or "JPEG"
    upright = ImageOps.exif_transpose(picture)
    smaller = max(upright.size) > LONGEST
    if smaller:
        upright.thumbnail((LONGEST, LONGEST))
    out = BytesIO()
    if kind == "PNG":
        _bare(upright, upright.mode).save(out, "PNG", optimize=True)
    else:
        mode = "L" if upright.mode == "L" else "RGB"
        _bare(upright, mode).save(out, "JPEG", quality=QUALITY, optimize=True)
    return Cleaned(out.getvalue(), FORMATS[kind], removed, smaller)


def _bare(picture: Image.Image, mode: str) -> Image.Image:
    """Only the dots: the writers put back what hangs on the picture they are given."""
    if picture.mode == "P":
        mode = "RGBA" if "transparency" in picture.info else "RGB"
    dots = picture if picture.mode == mode else picture.convert(mode)
    plain = Image.new(dots.mode, dots.size)
    plain.paste(dots)
    return plain


def _told(picture: Image.Image) -> tuple[str, ...]:
    """What the picture says besides what it shows."""
    exif = picture.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    beside = b"".join(_bytes(value) for value in picture.info.values())
    said = {
        "gps": bool(exif.get_ifd(ExifTags.IFD.GPSInfo)) or b"GPSLatitude" in beside,
        "camera": any(tag in exif for tag in (ExifTags.Base.Make, ExifTags.Base.Model)),
        "time": ExifTags.Base.DateTime in exif or ExifTags.Base.DateTimeOriginal in inner,
    }
    return tuple(word for word, found in said.items() if found)


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode(errors="ignore") if isinstance(value, str) else b""


def accept(picture: File[bytes], *, by: Actor | None) -> Kept:
    """Keep a picture from a form.

    Raises what ``files.accept`` and ``clean`` raise.
    """
    name = files.plain_name(picture.name)
    files.check_size(name, picture.size or 0, LIMIT)
    head = picture.read(16)
    picture.seek(0)
    files.check_kind(name, head, KINDS)
    return _kept(clean(picture.read(), name=name), name=name, by=by)


def kept(found: UUID | File[bytes], *, by: Actor | None) -> Kept:
    """Keep what a field for large files gave: a picture drawn anew, a film without its
    place, anything else as it came.
    ``by`` is None for a stranger's.

    Raises what ``upload_field.kept``, ``files.accept`` and ``clean`` raise.
    """
    if isinstance(found, UUID):
        return cleaned(upload_field.kept(found, by=by), by=by)
    if files.sniff(_head(found)) in FORMATS.values():
        return accept(found, by=by)
    return Kept(upload_field.kept(found, by=by), ())


def cleaned(file: StoredFile, *, by: Actor | None) -> Kept:
    """A file that arrived in parts: of a picture only the one drawn anew stays.

    Raises what ``clean`` raises.
    """
    if file.media_type not in FORMATS.values():
        return Kept(file, ())
    files.check_size(file.name, file.size, LIMIT)
    fresh = _kept(clean(files.read(file), name=file.name), name=file.name, by=by)
    files.forget(file)
    return fresh


def _head(file: File[bytes]) -> bytes:
    head: bytes = file.read(16)
    file.seek(0)
    return head


def _kept(drawn: Cleaned, *, name: str, by: Actor | None) -> Kept:
    name = str(PurePath(name).with_suffix(".png" if drawn.media_type == "image/png" else ".jpg"))
    stream = ContentFile(drawn.content, name)
    return Kept(
        files.keep_stream(stream, name=name, media_type=drawn.media_type, by=by), drawn.removed
    )


def said(removed: tuple[str, ...] | list[str]) -> str:
    """What was taken out, in the reader's words; empty: nothing was there."""
    words = {"gps": _now("拍摄地点（GPS）"), "camera": _now("手机型号"), "time": _now("相机时间")}
    named = [words[one] for one in words if one in removed]
    return _now("已去掉%(what)s") % {"what": "、".join(named)} if named else ""
