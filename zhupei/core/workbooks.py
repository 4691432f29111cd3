"""What a workbook file holds besides its values, found before the reader may unpack it.

The reader gives cached values as if nobody had calculated them, does not say which rows are
hidden, and lays a sheet out as a full rectangle: one cell in the last corner, one long text used
a million times, or a packed gigabyte would take all the memory. These walks see all of it in the
packed file, at a cost bounded by the limits below. They read no value for anybody to use: that is
``core.sheets``. The old binary format (.xls) has its walk in ``core.oldbooks``.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MEGABYTE: Final = 1024 * 1024
UNPACKED_LIMIT: Final = 100 * MEGABYTE  # of all entries together
CELLS_LIMIT: Final = 2_000_000  # of the rectangle from A1 to the last cell of a sheet
LETTERS_LIMIT: Final = 30_000_000  # of all texts as often as they are used
_CHUNK: Final = 65_536


class Damaged(Exception):
    """The file is no workbook anybody could open, or is made to deceive."""


class TooLarge(Exception):
    """Reading the file would take more memory than a roster can need."""


@dataclass(slots=True)
class Traces:
    """Of one sheet: rows count from 1 as people see them, columns from 0."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    last_row: int = 0
    last_column: int = -1
    letters: int = 0

    def touch(self, row: int, column: int, letters: int = 0) -> None:
        """A cell with content reaches to ``row`` and ``column``."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        self.letters += letters
        if self.last_row * (self.last_column + 1) > CELLS_LIMIT or self.letters > LETTERS_LIMIT:
            raise TooLarge

    def calculate(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Every cell of the rectangle holds a formula."""
        self.touch(*last)
        self.formulas.update(
            (row, column)
            for row in range(first[0], last[0] + 1)
            for column in range(first[1], last[1] + 1)
        )


class _Walk(Protocol):
    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def text(self, text: str) -> None: ...


class Archive:
    """A zip file whose every entry unpacks to exactly the size it declares, within the limit."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Damaged from error
        entries = self._zip.infolist()
        self._entries = {entry.filename.casefold(): entry for entry in entries}
        if len(self._entries) != len(entries):
            raise Damaged
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise TooLarge
        if not all(_is_as_declared(content, entry) for entry in entries):
            raise Damaged

    @property
    def names(self) -> frozenset[str]:
        """The names of all entries, case folded."""
        return frozenset(self._entries)

    def walk(self, name: str, walk: _Walk) -> None:
        """Lead ``walk`` through one entry of XML. Raises Damaged for one that is not."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = lambda tag, attributes: walk.start(_local(tag), attributes)
        parser.EndElementHandler = lambda tag: walk.end(_local(tag))
        parser.CharacterDataHandler = walk.text
        try:
            with self._zip.open(self._entries[name.casefold()]) as entry:
                parser.ParseFile(entry)
        except (
            LookupError,
            BadZipFile,
            zlib.error,
            expat.ExpatError,
            ValueError,
            OSError,
        ) as error:
            raise Damaged from error

    def read(self, name: str, size: int) -> bytes:
        """The first ``size`` bytes of an entry. Raises Damaged when they cannot be."""
        try:
            with self._zip.open(self._entries[name.casefold()]) as entry:
                return entry.read(size)
        except (BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise Damaged from error


def _is_as_declared(content: bytes, entry: ZipInfo) -> bool:
    """Unpack in small pieces: a stream that goes on past the declared size is a trap."""
    try:
        lengths = struct.unpack_from("<HH", content, entry.header_offset + 26)
    except struct.error:
        return False
    start = entry.header_offset + 30 + sum(lengths)
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == ZIP_STORED:
        return len(packed) == entry.file_size
    return entry.compress_type == ZIP_DEFLATED and _inflated_size(packed) == entry.file_size


def _inflated_size(packed: bytes) -> int:
    stream, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while packed and not stream.eof and size <= UNPACKED_LIMIT:
            size += len(stream.decompress(packed, _CHUNK))
            packed = stream.unconsumed_tail
    except zlib.error:
        return -1
    return size if stream.eof else -1


def _no_doctype(*_: object) -> None:
    raise Damaged


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


# --- xlsx ---------------------------------------------------------------------------------------


def xlsx_traces(archive: Archive) -> list[Traces]:
    """The traces of every sheet, in the order of the workbook."""
    book, targets, strings = _Elements("sheet"), _Elements("Relationship"), _Strings()
    archive.walk("xl/workbook.xml", book)
    archive.walk("xl/_rels/workbook.xml.rels", targets)
    if "xl/sharedstrings.xml" in archive.names:
        archive.walk("xl/sharedStrings.xml", strings)
    paths = {target.get("Id"): target.get("Target", "") for target in targets.found}
    found = []
    for sheet in book.found:
        walk = _XlsxSheet(strings.lengths)
        reference = next((v for k, v in sheet.items() if _local(k) == "id"), None)
        archive.walk(_entry_name(paths.get(reference, "")), walk)
        found.append(walk.traces)
    return found


def _entry_name(target: str) -> str:
    target = target.lstrip("/")
    return target if target.startswith("xl/") else f"xl/{target}"


class _Elements:
    """Collects the attributes of every element of one name."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self.tag:
            self.found.append(attributes)

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


class _Strings:
    """Measures the shared texts of a workbook without keeping them."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "si":
            self.lengths.append(0)

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _XlsxSheet:
    def __init__(self, lengths: Sequence[int]) -> None:
        self.traces = Traces()
        self._lengths = lengths
        self._row, self._column = 0, -1
        self._kind = ""
        self._inside = False
        self._value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), -1
            if attributes.get("hidden") in {"1", "true"}:
                self.traces.hidden_rows.add(self._row)
        elif tag == "f":
            here = (self._row, self._column)
            area = attributes.get("ref", "") if attributes.get("t") == "array" else ""
            corners = [_position(corner) for corner in area.split(":") if corner]
            self.traces.calculate(corners[0] if corners else here, corners[-1] if corners else here)
        elif tag in {"v", "t"}:
            self._inside = True

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        place = _position(reference) if reference else (self._row, self._column + 1)
        self._row, self._column = place
        self._kind = attributes.get("t", "n")
        self._value.clear()

    def text(self, text: str) -> None:
        if self._inside:
            self._value.append(text)

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._inside = False
        elif tag == "c" and self._value:
            value = "".join(self._value)
            letters = self._lengths[int(value)] if self._kind == "s" else len(value)
            self.traces.touch(self._row, self._column, letters)


def _position(reference: str) -> tuple[int, int]:
    """Row from 1 and column from 0 of a reference such as AB12."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]), column - 1


# --- ods ----------------------------------------------------------------------------------------


def ods_traces(archive: Archive) -> list[Traces]:
    """The traces of every sheet, in the order of the document."""
    walk = _OdsContent()
    archive.walk("content.xml", walk)
    return walk.found


class _OdsContent:
    def __init__(self) -> None:
        self.found: list[Traces] = []
        self._row, self._rows = 0, 1
        self._column, self._columns = 0, 1
        self._letters = 0
        self._filled = self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.found.append(Traces())
            self._row, self._rows = 0, 1
        elif tag == "table-row":
            self._start_row(attributes)
        elif tag in {"table-cell", "covered-table-cell"}:
            self._start_cell(attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows = int(attributes.get("table:number-rows-repeated", 1))
        self._column = 0
        if (
            attributes.get("table:visibility") in {"collapse", "filter"}
            and self._rows < CELLS_LIMIT
        ):
            rows = range(self._row + 1, self._row + self._rows + 1)
            self.found[-1].hidden_rows.update(rows)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._columns = int(attributes.get("table:number-columns-repeated", 1))
        self._letters = 0
        self._formula = "table:formula" in attributes
        self._filled = self._formula or "office:value-type" in attributes

    def text(self, text: str) -> None:
        self._letters += len(text)

    def end(self, tag: str) -> None:
        if tag == "table-row":
            self._row += self._rows
        elif tag in {"table-cell", "covered-table-cell"}:
            if self._filled or self._letters:
                self._end_cell()
            self._column += self._columns

    def _end_cell(self) -> None:
        last = (self._row + self._rows, self._column + self._columns - 1)
        self.found[-1].touch(*last, self._letters * self._rows * self._columns)
        if self._formula:
            self.found[-1].calculate((self._row + 1, self._column), last)
