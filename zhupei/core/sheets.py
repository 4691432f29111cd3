"""Reading a spreadsheet somebody sent: what it is by its bytes, then its rows as text.

One way in for .xlsx, .xls, .ods and .csv. Cells become text the way people see them, so that a
telephone number stored as a number keeps its digits; a number longer than a spreadsheet can hold,
and a cell that is calculated, carry a mark instead of being believed. What the rows mean is not
known here: that is ``core.imports``.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from io import BytesIO, StringIO
from itertools import chain, repeat
from typing import BinaryIO, Final, NoReturn

import python_calamine as calamine
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import oldbooks, workbooks
from zhupei.core.errors import Refused
from zhupei.core.workbooks import Archive, Damaged, TooLarge, Traces

MAX_BYTES: Final = 5 * workbooks.MEGABYTE
MAX_ROWS: Final = 20_000  # with content, of all sheets together
EXACT: Final = 10**15  # spreadsheets keep fifteen digits of a number, the rest become zeros

Value = int | float | str | bool | time | date | datetime | timedelta


class Mark(StrEnum):
    """Why the text of a cell is not what was meant."""

    FORMULA = "formula"
    DIGITS_LOST = "digits_lost_by_spreadsheet"


@dataclass(frozen=True, slots=True)
class Row:
    """One row with content; ``number`` is the one people see at the edge of the sheet."""

    number: int
    cells: tuple[str, ...]
    marks: Mapping[int, Mark] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows`` gives its rows one at a time, blank ones left out."""

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of one file; ``pictures`` says that it holds pictures, which nobody reads."""

    sheets: tuple[Sheet, ...]
    pictures: bool = False


def read(file: BinaryIO, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Book:
    """The sheets of a file, whatever its name says it is.

    Takes at most ``max_bytes`` into memory. Raises Refused "too_large" (bytes, rows, cells or what
    they unpack to), "not_a_spreadsheet" or "password_protected". Reading rows may raise
    "too_large" as well, when more than ``max_rows`` have content.
    """
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise Refused(
            "too_large",
            _("文件超过 %(limit)d MB。请删去表里的图片，或按班拆成几个文件再上传。"),
            limit=max_bytes // workbooks.MEGABYTE,
        )
    try:
        book = _open(content)
    except Damaged:
        _not_a_spreadsheet(_("损坏的文件"))
    except TooLarge as error:
        raise Refused(
            "too_large",
            _("表里有内容的区域太大。请把名单复制到一张新表里，另存为 .xlsx 再上传。"),
        ) from error
    counter = _Counter(max_rows)
    return Book(
        tuple(Sheet(s.name, counter.counted(s.rows), s.hidden) for s in book.sheets), book.pictures
    )


@dataclass(slots=True)
class _Counter:
    """Counts the rows of all sheets against one limit."""

    limit: int
    count: int = 0

    def counted(self, rows: Callable[[], Iterator[Row]]) -> Callable[[], Iterator[Row]]:
        def count() -> Iterator[Row]:
            for row in rows():
                self.count += 1
                if self.count > self.limit:
                    raise Refused(
                        "too_large",
                        _("文件里的行数超过 %(limit)d 行。请拆成几个文件再上传。"),
                        limit=self.limit,
                    )
                yield row

        return count


# What people send instead of a spreadsheet, by the first bytes.
_STRANGERS: Final[Mapping[bytes, str | Promise]] = {
    b"%pdf-": "PDF",
    b"\x89png": _("图片"),
    b"\xff\xd8\xff": _("图片"),
    b"gif8": _("图片"),
    b"{\\rtf": _("文档"),
    b"<!doctype html": _("网页"),
    b"<html": _("网页"),
    b"<table": _("网页"),
    b"<?xml": _("XML 文件"),
    b"rar!": _("压缩包"),
    b"7z\xbc\xaf": _("压缩包"),
    b"\x1f\x8b": _("压缩包"),
    b"mz": _("程序"),
    b"\x7felf": _("程序"),
}


def _not_a_spreadsheet(looks: str | Promise) -> NoReturn:
    raise Refused(
        "not_a_spreadsheet",
        _(
            "这不是电子表格，看起来是%(looks)s。"
            "请用 Excel 或 WPS 打开原来的名单，另存为 .xlsx 再上传。"
        ),
        looks=looks,
    )


def _open(content: bytes) -> Book:
    if content.startswith(b"PK\x03\x04"):
        return _open_archive(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _open_old(content)
    head = content.removeprefix(b"\xef\xbb\xbf")[:200].lstrip().lower()
    for signature, looks in _STRANGERS.items():
        if head.startswith(signature):
            _not_a_spreadsheet(looks)
    return _open_text(content)


def _open_archive(content: bytes) -> Book:
    archive = Archive(content)
    kinds = archive.names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
    if kinds == {"xl/workbook.xml"}:
        pictures = any(name.startswith("xl/media/") for name in archive.names)
        return _with_traces(content, workbooks.xlsx_traces(archive), pictures=pictures)
    spreadsheet = b"application/vnd.oasis.opendocument.spreadsheet"
    if kinds == {"content.xml"} and "mimetype" in archive.names:
        if not archive.read("mimetype", 100).startswith(spreadsheet):
            _not_a_spreadsheet(_("文档"))
        pictures = any(name.startswith("pictures/") for name in archive.names)
        return _with_traces(content, workbooks.ods_traces(archive), pictures=pictures)
    if "xl/workbook.bin" in kinds:
        _not_a_spreadsheet(_("二进制工作簿 (.xlsb)"))
    _not_a_spreadsheet(_("文档") if "word/document.xml" in archive.names else _("压缩包"))


def _open_old(content: bytes) -> Book:
    streams = oldbooks.streams(content)
    if "EncryptedPackage" in streams:
        _password_protected()
    if not streams & {"Workbook", "Book"}:
        _not_a_spreadsheet(_("文档"))
    return _with_traces(content, oldbooks.xls_traces(content))


def _password_protected() -> NoReturn:
    raise Refused(
        "password_protected",
        _("文件有打开密码。请用 Excel 或 WPS 打开，去掉密码后保存，再上传。"),
    )


def _with_traces(content: bytes, traces: list[Traces], *, pictures: bool = False) -> Book:
    workbook = _calamine(content)
    if len(workbook.sheets_metadata) != len(traces):
        raise Damaged
    sheets = [
        Sheet(
            about.name,
            _rows_of(workbook, index, trace),
            about.visible is not calamine.SheetVisibleEnum.Visible,
        )
        for index, (about, trace) in enumerate(zip(workbook.sheets_metadata, traces, strict=True))
        if about.typ is calamine.SheetTypeEnum.WorkSheet
    ]
    return Book(tuple(sheets), pictures)


def _calamine(content: bytes) -> calamine.CalamineWorkbook:
    with _broken_files_are_damaged():
        return calamine.CalamineWorkbook.from_filelike(BytesIO(content))


@contextmanager
def _broken_files_are_damaged() -> Iterator[None]:
    try:
        yield
    except calamine.PasswordError:
        _password_protected()
    except calamine.CalamineError as error:
        raise Damaged from error
    except BaseException as error:
        # The reader stops on some broken files with a panic, which is no ordinary exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged from error


def _rows_of(
    workbook: calamine.CalamineWorkbook, index: int, traces: Traces
) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        try:
            with _broken_files_are_damaged():
                sheet = workbook.get_sheet_by_index(index)
        except Damaged:
            _not_a_spreadsheet(_("损坏的文件"))
        return _rows(sheet, traces)

    return rows


def _rows(sheet: calamine.CalamineSheet, traces: Traces) -> Iterator[Row]:
    merged = _MergedDown(sheet.merged_cell_ranges or [])
    calculated: dict[int, list[int]] = {}
    for row, column in traces.formulas:
        calculated.setdefault(row, []).append(column)
    start = sheet.start[1] if sheet.start else 0
    width = max(traces.last_column + 1, sheet.end[1] + 1 if sheet.end else 0)
    given: Iterator[list[Value]] = iter(sheet.iter_rows()) if sheet.start else iter(())
    padded = chain(given, repeat([]))
    last = max(traces.last_row, sheet.end[0] + 1 if sheet.end else 0)
    for number, values in zip(range(1, last + 1), padded, strict=False):
        cells = [""] * width
        marks: dict[int, Mark] = {}
        for column, value in enumerate(values, start):
            cells[column] = as_text(value)
            if isinstance(value, int | float) and abs(value) >= EXACT:
                marks[column] = Mark.DIGITS_LOST
        marks |= dict.fromkeys(calculated.get(number, ()), Mark.FORMULA)
        if any(cells) or marks:
            merged.fill(number, cells, marks)
            yield Row(number, tuple(cells), marks, number in traces.hidden_rows)


class _MergedDown:
    """A cell merged over several rows of one column speaks for each of them."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._first: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, tuple[int, str, Mark | None]] = {}
        for (top, column), (bottom, right) in ranges:
            if column == right and bottom > top:
                self._first.setdefault(top + 1, []).append((column, bottom + 1))

    def fill(self, number: int, cells: list[str], marks: dict[int, Mark]) -> None:
        for column, (last, text, mark) in list(self._open.items()):
            if number > last:
                del self._open[column]
            elif column < len(cells) and not cells[column] and column not in marks:
                cells[column] = text
                if mark:
                    marks[column] = mark
        for column, last in self._first.get(number, ()):
            if column < len(cells):
                self._open[column] = (last, cells[column], marks.get(column))


def as_text(value: Value) -> str:
    """A cell as people see it: whole numbers without a point, dates as 2026-11-20."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        if abs(value) >= EXACT:
            return f"{value:.12G}"
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


# --- csv ----------------------------------------------------------------------------------------

_PROTECTED: Final = re.compile(r'="([0-9Xx]*)"')  # how exporters keep a spreadsheet from rounding


def _open_text(content: bytes) -> Book:
    text = _decode(content)
    delimiter = _delimiter(text)
    if text.strip() and delimiter is None:
        _not_a_spreadsheet(_("文本"))
    return Book((Sheet("", lambda: _csv_rows(text, delimiter or ",")),))


def _decode(content: bytes) -> str:
    """Text in UTF-8, in UTF-16 as Excel calls "Unicode text", or in GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    _not_a_spreadsheet(_("不认识的文件"))


def _delimiter(text: str) -> str | None:
    """The sign that separates most cells in the first lines.

    A tab before another sign separates nothing: exporters put it behind numbers to protect them.
    """
    head = re.sub(r"\t+(?=[,;\r\n\"]|$)", "", text[:10_000])
    best = max(",\t;", key=head.count)
    return best if best in head else None


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    separators = 0
    try:
        for number, values in enumerate(reader, 1):
            separators = separators or len(values) - 1
            if any(_swallows_rows(value, delimiter, separators) for value in values):
                _unclosed_quote(reader.line_num)
            cells = tuple(_PROTECTED.sub(r"\1", value.strip()) for value in values)
            marks = {c: Mark.FORMULA for c, text in enumerate(cells) if text.startswith("=")}
            if any(cells):
                yield Row(number, cells, marks)
    except csv.Error:
        _unclosed_quote(reader.line_num)


def _swallows_rows(value: str, delimiter: str, separators: int) -> bool:
    """After a quote nobody closed, whole rows follow inside one cell."""
    later = value.splitlines()[1:]
    return bool(separators) and any(line.count(delimiter) >= separators for line in later)


def _unclosed_quote(line: int) -> NoReturn:
    raise Refused(
        "unclosed_quote",
        _("到第 %(line)d 行为止，有一个引号没有成对，后面的行会被当成一个单元格。请改正后再上传。"),
        line=line,
    )
