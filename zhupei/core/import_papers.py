"""The two papers an import gives back: the template to fill in, and the bad rows to correct.

Both are .xlsx files whose cells are text, so that no program rounds a number or calculates what
somebody typed. Both can be read again by ``core.imports``.
"""

from io import BytesIO
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from zhupei.core import tables
from zhupei.core.import_kinds import OWN_COLUMNS, REFERENCE_SHEET, Kind, Reading, Row
from zhupei.core.sheets import Mark

T = TypeVar("T")

ROWS_TO_FILL: Final = 2_000  # rows of the template that offer choices

ATTENTION: Final = "#fdf0d5"


def template(kind: Kind[T]) -> bytes:
    """An empty .xlsx with the columns of ``kind`` and a sheet that explains them."""
    out = BytesIO()
    with tables.opened(out) as book:
        sheet = book.add_worksheet(kind.title[:31])
        tables.write_head(book, sheet, [column.title for column in kind.columns])
        for place, column in enumerate(kind.columns):
            if column.choices:
                listed = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(1, place, ROWS_TO_FILL, place, listed)
        write_reference(book, kind)
    return out.getvalue()


def corrected(kind: Kind[T], reading: Reading[T]) -> bytes:
    """The bad rows of a reading as an .xlsx: why, where each stood, and its cells to put right.

    Cells at fault are coloured. A number a spreadsheet has rounded is left empty: the digits that
    are gone must be typed from the document.
    """
    out = BytesIO()
    with tables.opened(out) as book:
        sheet = book.add_worksheet(kind.title[:31])
        tables.write_head(book, sheet, [*OWN_COLUMNS, *(column.title for column in kind.columns)])
        sheet.set_column(0, 0, 60)
        plain = book.add_format({"num_format": "@", "valign": "top"})
        wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        faulty = book.add_format({"num_format": "@", "valign": "top", "bg_color": ATTENTION})
        for number, row in enumerate(reading.bad, 1):
            sheet.write_string(number, 0, reasons(row), wrapped)
            sheet.write_string(number, 1, row.sheet, plain)
            sheet.write_string(number, 2, str(row.number), plain)
            wrong = {fault.column: fault.code for fault in row.faults}
            for place, column in enumerate(kind.columns, len(OWN_COLUMNS)):
                lost = wrong.get(column.title) == Mark.DIGITS_LOST
                text = "" if lost else row.cells[column.key]
                sheet.write_string(number, place, text, faulty if column.title in wrong else plain)
        write_reference(book, kind)
    return out.getvalue()


def reasons(row: Row[T]) -> str:
    """All that is wrong with a row, one line for each fault."""
    return "\n".join(
        _("%(column)s：%(rule)s%(fix)s")
        % {"column": fault.column, "rule": fault.rule, "fix": fault.fix}
        for fault in row.faults
    )


def write_reference(book: Any, kind: Kind[T]) -> None:
    """The sheet that explains the columns."""
    sheet = book.add_worksheet(REFERENCE_SHEET)
    tables.write_head(book, sheet, [_("列名"), _("是否必填"), _("怎么填"), _("示例")])
    sheet.set_column(2, 2, 60)
    for number, column in enumerate(kind.columns, 1):
        required = _("必填") if column.required else _("可不填")
        texts = [column.title, required, str(column.help), column.example]
        for place, text in enumerate(texts):
            sheet.write_string(number, place, text)
    if kind.not_collected:
        note = _("请不要填写：%(columns)s。系统不收集这些内容。")
        columns = "、".join(kind.not_collected)
        sheet.write_string(len(kind.columns) + 2, 0, note % {"columns": columns})
