"""What a workbook in the old binary format (.xls) holds besides its values.

The same question as in ``core.workbooks``, asked of BIFF records in a compound file.
Source: [MS-XLS] 2.1 (streams and records), 2.3 (record numbers), 2.5.293 (texts across records).
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import olefile

from zhupei.core.workbooks import CELLS_LIMIT, Damaged, TooLarge, Traces

_SHEET: Final = 0x85
_TEXTS: Final = 0xFC
_CONTINUED: Final = 0x3C
_ROW: Final = 0x208
_DIMENSIONS: Final = 0x200
_FORMULAS: Final = frozenset({0x06, 0x206, 0x406})
_SHARED_TEXT: Final = 0xFD
_MANY_NUMBERS: Final = 0xBD
_CELLS: Final = _FORMULAS | {_SHARED_TEXT, _MANY_NUMBERS, 0x204, 0x203, 0x27E, 0x205, 0xD6}
_HIDDEN: Final = 0x20  # in the options of a row
_WIDE, _RICH, _PHONETIC = 0x01, 0x08, 0x04  # in the options of a text


def streams(content: bytes) -> frozenset[str]:
    """The names of the streams of a compound file: what kind of document it is."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as book:
            return frozenset(path[0] for path in book.listdir() if len(path) == 1)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise Damaged from error


def xls_traces(content: bytes) -> list[Traces]:
    """The traces of every sheet, in the order of the workbook."""
    try:
        return _Book(_stream(content)).walk()
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise Damaged from error


def _stream(content: bytes) -> bytes:
    with olefile.OleFileIO(BytesIO(content)) as book:
        name = "Workbook" if book.exists("Workbook") else "Book"
        stream: bytes = book.openstream(name).read()
    return stream


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Position, number and data of each record."""
    position = 0
    while position + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, position)
        yield position, number, stream[position + 4 : position + 4 + size]
        position += 4 + size


class _Book:
    """One pass over the records of a workbook."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._sheets: dict[int, Traces] = {}  # by the position where the sheet begins
        self._order: list[int] = []
        self._lengths: list[int] = []

    def walk(self) -> list[Traces]:
        self._read_texts()
        sheet, seen = Traces(), set()
        for position, number, data in _records(self._stream):
            if number == _SHEET:
                self._announce(data)
            if position in self._sheets:
                sheet = self._sheets[position]
                seen.add(position)
            self._look(sheet, number, data)
        if seen != set(self._order):
            raise Damaged
        return [self._sheets[position] for position in self._order]

    def _announce(self, data: bytes) -> None:
        (position,) = struct.unpack_from("<I", data)
        self._order.append(position)
        self._sheets.setdefault(position, Traces())

    def _look(self, sheet: Traces, number: int, data: bytes) -> None:
        if number == _ROW and struct.unpack_from("<H", data, 12)[0] & _HIDDEN:
            sheet.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
        if number == _DIMENSIONS:
            _check_dimensions(data)
        if number not in _CELLS:
            return
        row, column = struct.unpack_from("<HH", data)
        if number in _FORMULAS:
            sheet.calculate((row + 1, column), (row + 1, column))
        elif number == _SHARED_TEXT:
            (text,) = struct.unpack_from("<I", data, 6)
            sheet.touch(row + 1, column, self._lengths[text])
        elif number == _MANY_NUMBERS:
            sheet.touch(row + 1, struct.unpack_from("<H", data, len(data) - 2)[0])
        else:
            sheet.touch(row + 1, column, len(data))

    def _read_texts(self) -> None:
        pieces: list[bytes] = []
        for _position, number, data in _records(self._stream):
            if number == _TEXTS or (pieces and number == _CONTINUED):
                pieces.append(data)
            elif pieces:
                break
        if pieces:
            self._lengths = list(_text_lengths(pieces))


def _check_dimensions(data: bytes) -> None:
    """The reader makes room for all the cells a sheet says it has."""
    wide = len(data) == 14  # noqa: PLR2004 - BIFF8, with rows of four bytes
    first, rows, left, columns = struct.unpack_from("<IIHH" if wide else "<HHHH", data)
    if first >= max(rows, 1) or left >= max(columns, 1):
        raise Damaged
    if rows * columns > CELLS_LIMIT:
        raise TooLarge


def _text_lengths(pieces: list[bytes]) -> Iterator[int]:
    """Letters of each shared text; a text may go on in the next piece, after a new option byte."""
    (count,) = struct.unpack_from("<I", pieces[0], 4)
    later = iter(pieces[1:])
    piece, at = pieces[0], 8
    for _ in range(count):
        if at >= len(piece):
            piece, at = _next(later), 0
        letters, options = struct.unpack_from("<HB", piece, at)
        at += 3
        tail = 0
        if options & _RICH:
            tail += 4 * struct.unpack_from("<H", piece, at)[0]
            at += 2
        if options & _PHONETIC:
            tail += struct.unpack_from("<I", piece, at)[0]
            at += 4
        yield letters
        while (room := (len(piece) - at) // (2 if options & _WIDE else 1)) < letters:
            letters -= room
            piece, at = _next(later), 1
            options = piece[0]
        at += letters * (2 if options & _WIDE else 1)
        while (room := len(piece) - at) < tail:
            tail -= room
            piece, at = _next(later), 0
        at += tail


def _next(pieces: Iterator[bytes]) -> bytes:
    for piece in pieces:
        return piece
    raise ValueError("a text ends before its last letter")
