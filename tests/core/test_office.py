"""What a Word or Excel paper says, on the page; and what it may not do there."""

from io import BytesIO
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile

from tests.spreadsheets import xlsx
from zhupei.core import files, office

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def docx(body: str, **more: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in more.items():
            archive.writestr(name, content)
    return packed.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture
def kept(world):
    def keep(content: bytes, name: str):
        return files.accept(ContentFile(content, name), by=world.aygul)

    return keep


def test_the_words_and_tables_of_a_word_paper_are_shown(kept):
    cell = f"<w:tc>{paragraph('砌筑')}</w:tc>"
    body = paragraph("教案：砌筑工艺") + f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"

    shown = office.shown(kept(docx(body), "教案.docx"))

    assert "<p>教案：砌筑工艺</p>" in shown
    assert shown.count("砌筑</p></td>") == 2


def test_what_would_run_is_only_text(kept):
    shown = office.shown(kept(docx(paragraph("&lt;script&gt;alert(1)&lt;/script&gt;")), "x.docx"))

    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_every_sheet_of_a_workbook_is_a_table(kept):
    book = xlsx(lambda book: book.add_worksheet().write_row(0, 0, ["工序", "<b>学时</b>"]))

    shown = office.shown(kept(book, "方案.xlsx"))

    assert "<td>工序</td><td>&lt;b&gt;学时&lt;/b&gt;</td>" in shown


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx("")[:60], "断了.docx"),
        (docx(paragraph("x"), bomb=b"0" * 110_000_000), "大.docx"),
        (docx(paragraph("x")), "其实是Word.xlsx"),
        (xlsx(lambda book: book.add_worksheet()), "其实是表.docx"),
    ],
)
def test_what_cannot_be_read_is_not_shown(kept, content, name):
    assert office.shown(kept(content, name)) is None


def test_other_papers_are_none_of_these():
    assert not office.is_office(SimpleNamespace(name="教案.pdf"))
