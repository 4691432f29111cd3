"""A bulletin as it leaves the house: a Word file with tables and pictures; its tables as .xlsx."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from zhupei.bulletins.models import Bulletin
from zhupei.core import tables
from zhupei.core.tables import Sheet
from zhupei.core.templatetags.ui import dated
from zhupei.core.typeset import press

TEMPLATE: Final = Path(__file__).with_name("template") / "bars.typ"
NUMERALS: Final = "一二三四五六七八九十"
BODY, HEADING = "仿宋", "黑体"  # GB/T 9704-2012, the faces of official papers
INK: Final = RGBColor(0x1B, 0x2A, 0x3A)
FIRST_LINE: Final = Cm(1.1)  # two characters
PICTURE: Final = Cm(15)


def word(bulletin: Bulletin) -> bytes:
    """The bulletin as .docx: title, number, sections with their tables and pictures."""
    paper = docx.Document()
    _style(paper)
    _line(paper, bulletin.authority.name, size=12, centred=True)
    _styled(paper, bulletin.title, "Title")
    told = _("文号 %(number)s") % {"number": bulletin.number} if bulletin.number else _("草稿")
    days = _("%(since)s至%(until)s") % {
        "since": dated(bulletin.since),
        "until": dated(bulletin.until),
    }
    _line(paper, f"{told}　{days}", size=11, centred=True)
    for place, section in enumerate(bulletin.sections):
        _styled(paper, f"{numeral(place)}、{section['title']}", "Heading 1")
        for text in section["paragraphs"]:
            _line(paper, text, indent=True)
        for table in section["tables"]:
            _table(paper, table)
        if section["chart"]:
            _picture(paper, section["chart"])
    _line(paper, bulletin.authority.name, right=True)
    if bulletin.issued_at:
        _line(paper, dated(timezone.localdate(bulletin.issued_at)), right=True)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def excel(bulletin: Bulletin) -> bytes:
    """The tables of a bulletin as .xlsx, a sheet each."""
    sheets = [
        Sheet(table["title"], [_("单位"), *map(head, table["columns"])], rows_of(table))
        for section in bulletin.facts
        for table in section["tables"]
    ]
    return tables.workbook(*sheets)


def picture(chart: Mapping[str, Any]) -> bytes:
    """A bar chart as PNG."""
    whole = longest(chart)
    bars = [
        {"name": name, "part": value / whole, "shown": f"{value}{chart['unit']}"}
        for name, value in chart["bars"]
    ]
    facts = {"title": chart["title"], "bars": bars}
    return press(settings.FONTS_DIR).draw(TEMPLATE.read_bytes(), facts)


def longest(chart: Mapping[str, Any]) -> float:
    """What a whole bar stands for: a hundred of shares, else the largest figure."""
    if chart["unit"] == "%":
        return 100
    return max((value for _name, value in chart["bars"]), default=0) or 1


def numeral(place: int) -> str:
    """一, 二 … 十, 十一 … of a section, counted from 0."""
    tens, ones = divmod(place, len(NUMERALS))
    return NUMERALS[ones] if not tens else f"十{NUMERALS[ones]}"


def head(column: Mapping[str, str]) -> str:
    return f"{column['label']}（{column['unit']}）" if column["unit"] else column["label"]


def rows_of(table: Mapping[str, Any]) -> list[list[Any]]:
    """The rows of a table, the total last."""
    rows = [[row["name"], *row["cells"]] for row in table["rows"]]
    return [*rows, [_("合计"), *table["total"]]]


def _style(paper: Any) -> None:
    normal = paper.styles["Normal"]
    normal.font.size = Pt(12)
    _face(normal, BODY)
    for section in paper.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)

    for name, size in (("Title", 20), ("Heading 1", 15), ("Caption", 11)):
        style = paper.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, INK
        _face(style, HEADING)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)
        if name != "Heading 1":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in paper.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)  # the rule Word draws below a title


def _face(styled: Any, name: str) -> None:
    """Word keeps the face of Chinese characters apart from that of others."""
    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _styled(paper: Any, text: str, style: str) -> None:
    """A title by its true style, so that Word can list and number it."""
    paper.add_paragraph(text, style=style)


def _picture(paper: Any, chart: Mapping[str, Any]) -> None:
    """The chart, and the same in words for whoever cannot see it."""
    paper.add_picture(BytesIO(picture(chart)), width=PICTURE)
    told = "，".join(f"{name} {value}{chart['unit']}" for name, value in chart["bars"])
    *_earlier, drawing = paper.element.iter(qn("wp:docPr"))
    drawing.set("descr", f"{chart['title']}：{told}")


def _line(paper: Any, text: str, *, size: float = 12, **where: bool) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), INK
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.line_spacing = 1.4
    if where.get("centred"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if where.get("right"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if where.get("indent"):
        paragraph.paragraph_format.first_line_indent = FIRST_LINE


def _table(paper: Any, table: Mapping[str, Any]) -> None:
    _styled(paper, table["title"], "Caption")
    titles = [_("单位"), *map(head, table["columns"])]
    grid = paper.add_table(rows=1, cols=len(titles), style="Table Grid")
    _row(grid.rows[0], titles, bold=True)
    for row in rows_of(table):
        _row(grid.add_row(), ["—" if cell is None else str(cell) for cell in row])
    _line(paper, _("口径：%(note)s") % {"note": table["note"]}, size=9)


def _row(row: Any, texts: list[str], *, bold: bool = False) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.font.bold = Pt(10), bold
        if place:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
