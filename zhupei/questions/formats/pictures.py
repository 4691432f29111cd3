"""Pictures of questions: what they are by their bytes, and how they are named."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from zhupei.core.import_kinds import Findings
from zhupei.questions.formats import words
from zhupei.questions.formats.draft import Picture

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 3 * MEGABYTE
MOST: Final = 4  # of one question
_LONGEST_NAME: Final = 60
_KINDS: Final = {
    b"\x89PNG\r\n\x1a\n": (".png", "image/png"),
    b"\xff\xd8\xff": (".jpg", "image/jpeg"),
}


def kind(content: bytes) -> tuple[str, str] | None:
    """The suffix and media type the first bytes prove."""
    return next((what for head, what in _KINDS.items() if content.startswith(head)), None)


def media_type(content: bytes) -> str:
    """The media type of a picture that was settled."""
    found = kind(content)
    return found[1] if found else "application/octet-stream"


def plain_name(name: str) -> str:
    """A name without folders and without signs that mean something to a file system or to us."""
    bare = PurePosixPath(words.one_line(name).replace("\\", "/")).name
    return re.sub(r'[\\/:*?"<>|;；%#&\s]+', "_", bare).strip("._")


def settled(pictures: Iterable[Picture], say: Findings) -> tuple[Picture, ...]:
    """The pictures as they are kept: proved, named once each; refuses what is none."""
    found: list[Picture] = []
    for number, picture in enumerate(pictures, 1):
        proved = kind(picture.content)
        if proved is None:
            say.refuse("pictures", "picture_kind", name=picture.name)
        elif len(picture.content) > LARGEST or number > MOST:
            most = LARGEST // MEGABYTE
            say.refuse("pictures", "picture_size", name=picture.name, most=most)
        else:
            name = _named(picture.name, proved[0], number, {one.name for one in found})
            alt = words.one_line(words.without_tags(words.one_line(picture.alt)))[:200].strip()
            found.append(Picture(name, picture.content, alt))
    return tuple(found)


def _named(name: str, suffix: str, number: int, taken: set[str]) -> str:
    stem = PurePosixPath(plain_name(name)).stem[:_LONGEST_NAME].strip("._") or f"图{number}"
    lowered = {one.casefold() for one in taken}
    candidate, count = f"{stem}{suffix}", 1
    while candidate.casefold() in lowered:
        count += 1
        candidate = f"{stem}-{count}{suffix}"
    return candidate
