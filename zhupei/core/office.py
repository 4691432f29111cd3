"""What a Word or Excel paper says, as plain HTML for a look on the page: no picture, no script, no
style, nothing fetched. The paper itself stays what it is; whoever needs its looks downloads it.
"""

from io import BytesIO
from itertools import islice
from typing import Final

import mammoth
import nh3
from django.core.files.storage import default_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zhupei.core import sheets
from zhupei.core.errors import Refused
from zhupei.core.models import StoredFile
from zhupei.core.workbooks import Archive, Damaged, TooLarge

MOST_ROWS: Final = 500  # of one sheet; a look is no download
TAGS: Final = {"p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody"} | {
    "tr",
    "th",
    "td",
    "strong",
    "em",
    "br",
    "sup",
    "sub",
}
WORD, EXCEL = (".docx",), (".xlsx", ".xls", ".ods")


def is_office(file: StoredFile) -> bool:
    """A kind of paper whose text can be shown."""
    return file.name.lower().endswith(WORD + EXCEL)


def shown(file: StoredFile) -> SafeString | None:
    """The text of a paper; None where it is of another kind, or cannot be read here."""
    if not is_office(file):
        return None
    with default_storage.open(file.path) as stored:
        content = stored.read()
    return _word(content) if file.name.lower().endswith(WORD) else _excel(content)


def _word(content: bytes) -> SafeString | None:
    try:
        Archive(content)  # a packed gigabyte is refused before anybody unpacks it
        found = mammoth.convert_to_html(
            BytesIO(content), convert_image=mammoth.images.img_element(lambda _image: {})
        )
    except (Damaged, TooLarge, KeyError, ValueError, OSError):
        return None
    clean: str = nh3.clean(found.value, tags=TAGS, attributes={"td": {"colspan", "rowspan"}})
    return mark_safe(clean)  # noqa: S308 - cleaned just now


def _excel(content: bytes) -> SafeString | None:
    try:
        book = sheets.read(BytesIO(content))
        return format_html_join("", "{}", ((_sheet(one),) for one in book.sheets if not one.hidden))
    except Refused:
        return None


def _sheet(sheet: sheets.Sheet) -> SafeString:
    rows = islice(sheet.rows(), MOST_ROWS)
    return format_html(
        '<h3>{}</h3><div class="table-scroll"><table class="table"><tbody>{}</tbody></table></div>',
        sheet.name,
        format_html_join("", "<tr>{}</tr>", ((_cells(row.cells),) for row in rows)),
    )


def _cells(cells: tuple[str, ...]) -> SafeString:
    return format_html_join("", "<td>{}</td>", ((cell,) for cell in cells))
