"""Word files: numbers Word writes itself, tables, underlined blanks, pictures, formulas."""

import pytest

from tests.questions.formats.files import (
    NUMBERING,
    WORD,
    codes,
    docx,
    only,
    package,
    paragraph,
    png,
    run,
)
from zhupei.questions.formats import recognise
from zhupei.questions.rules import Kind

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="p1" Type="http://x/image" Target="media/wall.png"/>'
    '<Relationship Id="p2" Type="http://x/image" Target="http://example.org/a.png" '
    'TargetMode="External"/></Relationships>'
)


def drawing(name: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="一堵墙"/>'
        f'<a:blip r:embed="{name}"/></wp:inline></w:drawing></w:r>'
    )


def test_plain_paragraphs():
    draft = only(recognise.read(docx("1. 问？（ ）", "A. 甲", "B. 乙", "答案：B")))

    assert (draft.position, draft.options, draft.key) == ("第 1 段（第 1 题）", ("甲", "乙"), "B")


def test_numbers_that_word_writes_itself():
    reading = recognise.read(
        docx(
            paragraph("单选题", number=(4, 0)),
            paragraph("问？（ ）", number=(3, 0)),
            paragraph("甲", number=(3, 1)),
            paragraph("乙", number=(3, 1)),
            "答案：B",
            paragraph("又问？（ ）", number=(3, 0)),
            paragraph("丙", number=(3, 1)),
            paragraph("丁", number=(3, 1)),
            "答案：A",
            more={"word/numbering.xml": NUMBERING},
        )
    )

    assert codes(reading) == []
    assert [(draft.stem, draft.options, draft.key) for draft in reading.drafts] == [
        ("问？（　）", ("甲", "乙"), "B"),
        ("又问？（　）", ("丙", "丁"), "A"),
    ]


def test_blanks_may_be_underlined_blanks():
    line = paragraph("1. 砖长", run("      ", '<w:u w:val="single"/>'), " mm。")

    draft = only(recognise.read(docx(line, "答案：240")))

    assert (draft.kind, draft.stem) == (Kind.BLANK, "砖长____ mm。")


def test_raised_and_lowered_figures_keep_their_meaning():
    line = paragraph(
        "1. 1 m", run("2", '<w:vertAlign w:val="superscript"/>'), " 对吗？H",
        run("2", '<w:vertAlign w:val="subscript"/>'), "O",
    )  # fmt: skip

    assert only(recognise.read(docx(line, "答案：对"))).stem == "1 m² 对吗？H₂O"


def test_what_was_deleted_or_hidden_is_no_text():
    gone = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    line = paragraph("1. 问", gone, run("藏", "<w:vanish/>"), "？")

    assert only(recognise.read(docx(line, "A. 甲", "B. 乙", "答案：A"))).stem == "问？"


def test_answers_in_a_table_at_the_end():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = (("题号", "1", "2"), ("答案", "B", "A"))
    table = "".join(f"<w:tr>{''.join(cell.format(text) for text in row)}</w:tr>" for row in rows)
    question = ["1. 问？", "A. 甲", "B. 乙", "2. 又问？", "A. 丙", "B. 丁", "参考答案"]

    reading = recognise.read(docx(*question, f"<w:tbl>{table}</w:tbl>"))

    assert [draft.key for draft in reading.drafts] == ["B", "A"]


def test_a_picture_belongs_to_the_question_it_stands_in():
    reading = recognise.read(
        docx(
            "1. 图上是什么？",
            paragraph(drawing("p1")),
            "A. 墙",
            "B. 柱",
            "答案：A",
            "2. 没有图？",
            "A. 墙",
            "B. 柱",
            "答案：A",
            more={"word/_rels/document.xml.rels": RELATIONS, "word/media/wall.png": png()},
        )
    )

    assert codes(reading) == []
    first, second = reading.drafts
    assert [(one.name, one.alt) for one in first.pictures] == [("wall.png", "一堵墙")]
    assert second.pictures == ()


def test_a_picture_outside_the_file_is_not_fetched():
    document = docx(
        "1. 问？", paragraph(drawing("p2")), "A. 甲", "B. 乙", "答案：A",
        more={"word/_rels/document.xml.rels": RELATIONS},
    )  # fmt: skip

    assert only(recognise.read(document)).pictures == ()


@pytest.mark.parametrize(
    "formula", ["<m:oMath><m:r/></m:oMath>", "<w:r><w:object>{}</w:object></w:r>"]
)
def test_a_formula_cannot_be_kept_and_is_said(formula):
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/>'
    line = paragraph("1. 求", formula.replace("{}", ole), "？")

    assert codes(recognise.read(docx(line, "A. 甲", "B. 乙", "答案：A"))) == ["formula"]


def test_a_word_file_of_another_kind_is_damaged():
    content = package({"word/document.xml": f"<w:document {WORD}><w:body><w:p>"})

    assert codes(recognise.read(content)) == ["damaged"]
