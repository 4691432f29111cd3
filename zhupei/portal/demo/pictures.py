"""Pictures for the demo: a classroom and a workshop, drawn, because nobody was there."""

import struct
import zlib
from random import Random

from django.core.files.base import ContentFile

WIDTH, HEIGHT = 320, 240
WALL, FLOOR, BOARD, DESK = map(bytes.fromhex, ("ece8dc", "beb4a4", "2c5646", "a87a4e"))
BRICK, MORTAR, HOLE = map(bytes.fromhex, ("a6543e", "d6d0c4", "3a3430"))
SHIRTS = tuple(map(bytes.fromhex, ("1d5fa8", "b42318", "1b7f4b", "80510b", "506073")))


def classroom(random: Random, name: str) -> ContentFile[bytes]:
    """A board, rows of desks, and somebody behind most of them."""
    rows = [[WALL if y < HEIGHT // 2 else FLOOR for _ in range(WIDTH)] for y in range(HEIGHT)]
    _fill(rows, (60, 20, 260, 90), BOARD)
    for line in range(3):
        top = 130 + 36 * line
        for seat in range(6):
            left = 18 + 50 * seat
            if random.random() < 0.85:  # noqa: PLR2004 - most came
                _fill(rows, (left + 10, top - 16, left + 26, top), random.choice(SHIRTS))
            _fill(rows, (left, top, left + 38, top + 12), DESK)
    return ContentFile(_png(rows), f"{name}.png")


def brickwork(name: str) -> ContentFile[bytes]:
    """A wall of bricks: wide joints, two of the upright ones empty."""
    rows = [[MORTAR for _ in range(WIDTH)] for _ in range(HEIGHT)]
    for course, top in enumerate(range(8, HEIGHT, 30)):
        start = -30 if course % 2 else 0
        for left in range(start, WIDTH, 66):
            _fill(rows, (max(left, 0), top, min(left + 58, WIDTH), top + 20), BRICK)
    for box in ((124, 98, 132, 118), (190, 98, 198, 118)):
        _fill(rows, box, HOLE)
    return ContentFile(_png(rows), f"{name}.png")


def _fill(rows: list[list[bytes]], box: tuple[int, ...], colour: bytes) -> None:
    left, top, right, bottom = box
    for y in range(top, min(bottom, HEIGHT)):
        rows[y][left:right] = [colour] * (right - left)


def _png(rows: list[list[bytes]]) -> bytes:
    """The rows as a PNG file (ISO/IEC 15948, 11.2)."""
    raw = b"".join(b"\0" + b"".join(row) for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)
