"""Spreadsheets made for tests, by a library where it can and by hand where it would not."""

import zipfile
from io import BytesIO

import xlsxwriter


def xlsx(fill) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def repacked(content: bytes, changes: dict[str, str]) -> bytes:
    """The archive with some entries replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in [*old.namelist(), *changes.keys() - set(old.namelist())]:
            new.writestr(name, changes.get(name) or old.read(name))
    return out.getvalue()


def with_sheet(data: str) -> bytes:
    """An .xlsx whose only sheet has the given rows of XML."""
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{data}</sheetData></worksheet>"
    )
    empty = xlsx(lambda book: book.add_worksheet("名单"))
    return repacked(empty, {"xl/worksheets/sheet1.xml": xml})


def ods(table: str) -> bytes:
    out = BytesIO()
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(out, "w", 8) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>',
        )
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}office:1.0" '
            f'xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0">'
            f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def text_cell(text: str, more: str = "") -> str:
    """One cell of an .ods with a text, and more attributes."""
    words = f"<text:p>{text}</text:p>"
    return f'<table:table-cell office:value-type="string" {more}>{words}</table:table-cell>'
