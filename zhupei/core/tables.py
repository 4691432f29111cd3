"""Lists as spreadsheets to take away. Texts stay texts: no number of a person is rounded, nothing
is calculated, nothing becomes a link. Reading spreadsheets is ``core.sheets``.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final, NamedTuple

import xlsxwriter
from django.http import HttpResponse
from django.utils.functional import Promise

from zhupei.core import files

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INK, _PAPER = "#1b2a3a", "#e8eff7"
_WIDTH = 22  # characters of a column


class Sheet(NamedTuple):
    """One sheet: what its columns are called, and its rows. Figures are ints or floats, all else
    is text; None leaves a cell empty.
    """

    name: str
    heads: Sequence[str | Promise]
    rows: Iterable[Sequence[str | int | float | None]]


def workbook(*sheets: Sheet) -> bytes:
    """An .xlsx of these sheets."""
    out = BytesIO()
    with opened(out) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            write_head(book, page, [str(head) for head in sheet.heads])
            text = book.add_format({"num_format": "@"})
            for number, row in enumerate(sheet.rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, int | float):
                        page.write_number(number, place, value)
                    elif value is not None:
                        page.write_string(number, place, value, text)
    return out.getvalue()


def answer(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet made for this one request."""
    return files.attachment(content, name=name, media_type=CONTENT_TYPE)


@contextmanager
def opened(out: BytesIO) -> Iterator[Any]:
    """A workbook to write into, for whoever needs more than ``workbook`` writes."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        yield book


def write_head(book: Any, sheet: Any, titles: list[str]) -> None:
    """The first row, and columns of text below it."""
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "font_color": _INK, "bg_color": _PAPER, "border": 1})
    sheet.set_column(0, len(titles) - 1, _WIDTH, text)
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, head)
