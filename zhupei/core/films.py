"""Films without what the camera wrote into them: place, device, thumbnails. Pictures: ``pictures``.

Nothing is decoded or compressed again. The boxes of an ISO film (MP4, MOV) that describe it become
empty space, so that every other byte stays where it was.

Source: PIPL, art. 6 (no more than the purpose needs); product rule (no location tracking).
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MEDIA_TYPE = "video/mp4"  # of everything made of boxes
TELLING = {b"udta", b"meta", b"uuid"}  # boxes that describe
CONTAINERS = {b"moov", b"trak"}
PIECE = 65_536  # bytes written at once


def hide_place(film: BinaryIO) -> bool:
    """Make the describing boxes of an ISO film empty space, in place; whether there was any.

    What cannot be read as boxes is left alone: it is shown to nobody as a film either.
    """
    film.seek(0, 2)
    found = list(_telling(film, 0, film.tell()))
    for box in found:
        film.seek(box.start + 4)
        film.write(b"free")
        film.seek(box.body)
        film.writelines(bytes(min(left, PIECE)) for left in range(box.end - box.body, 0, -PIECE))
    return bool(found)


class Box(NamedTuple):
    """Where a box begins, where what it holds does, and where it ends."""

    start: int
    body: int
    end: int


def _telling(film: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The describing boxes between two places."""
    at = start
    while at + 8 <= end:
        film.seek(at)
        size, kind = struct.unpack(">I4s", film.read(8))
        head = 8
        if size == 1:
            size, head = int.from_bytes(film.read(8)), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            return
        if kind in TELLING:
            yield Box(at, at + head, at + size)
        elif kind in CONTAINERS:
            yield from _telling(film, at + head, at + size)
        at += size
