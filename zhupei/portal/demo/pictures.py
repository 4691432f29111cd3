"""Pictures for the demo: a classroom and a workshop, drawn, because nobody was there."""

import struct
import zlib
from random import Random

from django.core.files.base import ContentFile

Pixel = tuple[int, int, int]

WIDTH, HEIGHT = 320, 240
WALL, FLOOR, BOARD, DESK = (236, 232, 220), (190, 180, 164), (44, 86, 70), (168, 122, 78)
BRICK, MORTAR, HOLE = (166, 84, 62), (214, 208, 196), (58, 52, 48)
SHIRTS = ((29, 95, 168), (180, 35, 24), (27, 127, 75), (128, 81, 11), (80, 96, 115))


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


def _fill(rows: list[list[Pixel]], box: tuple[int, ...], colour: Pixel) -> None:
    left, top, right, bottom = box
    for y in range(top, min(bottom, HEIGHT)):
        rows[y][left:right] = [colour] * (right - left)


def _png(rows: list[list[Pixel]]) -> bytes:
    """The rows as a PNG file (ISO/IEC 15948, 11.2)."""
    raw = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)
