"""Questions as a spreadsheet: what ``sheet`` reads back the same, and the bad ones to put right.

Every cell is text, whatever it begins with: nothing in it is ever calculated.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _

from zhupei.core import import_papers, tables
from zhupei.core.import_kinds import OWN_COLUMNS
from zhupei.questions.formats import sheet as columns
from zhupei.questions.formats.draft import Case, Draft, Picture, Unread
from zhupei.questions.formats.judge import Sketch, cells_of

_PICTURES_IN: Final = next(n for n, c in enumerate(columns.COLUMNS) if c.key == "pictures")
_CASE_IN: Final = next(n for n, c in enumerate(columns.COLUMNS) if c.key == "case")
_THUMB: Final = 96.0  # pixels of a picture's height in its row
_ROW: Final = 75.0  # points of a row with pictures


def write(drafts: Sequence[Draft], *, about: Sequence[tuple[str, str]] = ()) -> bytes:
    """All of the drafts as an .xlsx; ``about`` says what they are, on a sheet of its own."""
    out = BytesIO()
    with tables.opened(out) as book:
        page = book.add_worksheet(_("试题"))
        tables.write_head(book, page, [column.title for column in columns.COLUMNS])
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        shown: set[str] = set()
        for number, draft in enumerate(drafts, 1):
            first = draft.case if draft.case and draft.case.text not in shown else None
            if first:
                shown.add(first.text)
                _draw(page, number, _CASE_IN, first.pictures)
            _write_row(page, number, cells(draft, first), text)
            _draw(page, number, _PICTURES_IN, draft.pictures)
        import_papers.write_reference(book, columns.kind())
        _write_about(book, about)
    return out.getvalue()


def cells(draft: Draft, case: Case | None = None) -> dict[str, str]:
    """A draft in the columns of the spreadsheet; with ``case`` the names of its pictures too."""
    names = [picture.name for picture in draft.pictures]
    names += [columns.OF_CASE + picture.name for picture in (case.pictures if case else ())]
    return cells_of(sketch_of(draft)) | {"pictures": "；".join(names)}


def sketch_of(draft: Draft) -> Sketch:
    """A draft as if it had just been understood."""
    return Sketch(
        draft.position,
        draft.kind,
        draft.stem,
        list(draft.options),
        draft.key,
        draft.point,
        draft.difficulty,
        draft.level,
        draft.source,
        draft.analysis,
        draft.points,
        list(draft.pictures),
        draft.case,
    )


def give_back(unread: Iterable[Unread]) -> bytes:
    """The bad ones with their reasons and places; cells at fault are coloured."""
    out = BytesIO()
    with tables.opened(out) as book:
        page = book.add_worksheet(_("试题"))
        titles = [column.title for column in columns.COLUMNS]
        tables.write_head(book, page, [*OWN_COLUMNS, *titles])
        page.set_column(0, 0, 60)
        own = len(OWN_COLUMNS)
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        faulty = book.add_format(
            {"num_format": "@", "valign": "top", "bg_color": import_papers.ATTENTION}
        )
        for number, one in enumerate(unread, 1):
            page.write_string(number, 0, reasons(one), text)
            page.write_string(number, 2, one.position, text)
            wrong = {fault.field for fault in one.faults}
            formats = [faulty if title in wrong else text for title in titles]
            for place, (column, look) in enumerate(zip(columns.COLUMNS, formats, strict=True), own):
                page.write_string(number, place, one.cells.get(column.key, "")[:32_000], look)
            _draw(page, number, own + _PICTURES_IN, one.pictures)
        import_papers.write_reference(book, columns.kind())
    return out.getvalue()


def reasons(one: Unread) -> str:
    """All that is wrong, one line for each fault."""
    return "\n".join(
        "：".join(filter(None, [fault.field, f"{fault.sentence}{fault.fix}"]))
        for fault in one.faults
    )


def _write_row(page: Any, number: int, row: Mapping[str, str], look: Any) -> None:
    for place, column in enumerate(columns.COLUMNS):
        page.write_string(number, place, row.get(column.key, ""), look)


def _draw(page: Any, row: int, column: int, pictures: Sequence[Picture]) -> None:
    for place, picture in enumerate(pictures):
        page.set_row(row, _ROW)
        page.insert_image(
            row,
            column,
            picture.name,
            {
                "image_data": BytesIO(picture.content),
                "description": picture.alt,
                "decorative": False,
                "x_offset": 4 * place,
                "x_scale": _scale(picture.content),
                "y_scale": _scale(picture.content),
                "object_position": 1,
            },
        )


def _scale(content: bytes) -> float:
    """Small enough for its row; how tall it is is only known of a PNG."""
    tall = int.from_bytes(content[20:24], "big") if content.startswith(b"\x89PNG") else 0
    return min(1.0, _THUMB / tall) if tall else 0.25


def _write_about(book: Any, about: Sequence[tuple[str, str]]) -> None:
    if not about:
        return
    page = book.add_worksheet(columns.ABOUT)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 60)
    for number, (label, value) in enumerate(about):
        page.write_string(number, 0, label)
        page.write_string(number, 1, value)
