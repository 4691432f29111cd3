"""Reading any spreadsheet: what it is by its bytes, cells as people see them, traps refused."""

import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spreadsheets import ods, repacked, text_cell, with_sheet, xlsx
from zhupei.core import sheets
from zhupei.core.errors import Refused
from zhupei.core.sheets import Mark

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
REFUSALS = {"not_a_spreadsheet", "too_large", "password_protected", "unclosed_quote"}


def read(content: bytes, **options) -> sheets.Book:
    return sheets.read(BytesIO(content), **options)


def rows(content: bytes, **options) -> list[sheets.Row]:
    return [row for sheet in read(content, **options).sheets for row in sheet.rows()]


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in rows(content)]


def refusal_of(content: bytes, **options) -> str:
    with pytest.raises(Refused) as refusal:
        rows(content, **options)
    assert str(refusal.value)
    return refusal.value.code


# --- what it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        "<html><table><tr><td>姓名</td></tr></table></html>".encode(),
        b"\xef\xbb\xbf  <!DOCTYPE html><p>",
        b"<?xml version='1.0'?><Workbook/>",
        b"{\\rtf1 }",
        b"MZ\x90\0\3\0",
        b"PK\x03\x04 and then nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000),
        b"\0\1\2\3,\4",
        "就是一段话".encode(),
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_spreadsheet_is_refused_whatever_its_name(content):
    assert refusal_of(content) == "not_a_spreadsheet"


def test_an_archive_of_something_else_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal_of(out.getvalue()) == "not_a_spreadsheet"


def test_a_sheet_in_two_formats_at_once_is_refused():
    both = repacked(with_sheet(""), {"content.xml": "<a/>"})

    assert refusal_of(both) == "not_a_spreadsheet"


@pytest.mark.parametrize("cut", [10, 100, 1_000, 4_000])
def test_half_a_workbook_is_refused(cut):
    assert refusal_of((ROSTERS / "报名花名册.xlsx").read_bytes()[:-cut]) == "not_a_spreadsheet"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_damage_does_more_than_refuse(data):
    name = data.draw(st.sampled_from(["两个班.xls", "公式.xlsx", "导出名单.csv"]))
    content = bytearray((ROSTERS / name).read_bytes())
    for place in data.draw(st.lists(st.integers(8, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))

    code = ""
    try:
        rows(bytes(content))
    except Refused as refusal:
        code = refusal.code
    assert code in REFUSALS | {""}


# --- cells as people see them -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  张伟\u3000", "张伟"),
        (17402426462.0, "17402426462"),
        (3, "3"),
        (1.5, "1.5"),
        (0.0, "0"),
        (999_999_999_999_999.0, "999999999999999"),
        (6.500001982020998e17, "6.50000198202E+17"),
        (True, "TRUE"),
        (datetime(2026, 11, 20, tzinfo=UTC), "2026-11-20"),
        (datetime(2026, 11, 20, 8, 30), "2026-11-20 08:30:00"),  # noqa: DTZ001 - sheets have no zone
        (date(2026, 11, 20), "2026-11-20"),
        (time(8, 30), "08:30:00"),
        (float("inf"), "INF"),
    ],
)
def test_a_cell_becomes_the_text_people_see(value, text):
    assert sheets.as_text(value) == text


def test_a_number_beyond_fifteen_digits_is_marked():
    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, [650000198202099001, 123456789012345])

    [row] = rows(xlsx(fill))

    assert row.marks == {0: Mark.DIGITS_LOST}
    assert row.cells[1] == "123456789012345"


def test_formulas_are_marked_with_and_without_a_kept_value():
    def fill(book):
        page = book.add_worksheet()
        page.write_formula("A1", "=1+1", None, 2)
        page.write_string("B1", "=1+1")
        page.write_formula("C9", '=CONCATENATE("a","b")', None, "")
        page.write_array_formula("A3:B4", "{=1}", None, 1)

    found = {row.number: dict(row.marks) for row in rows(xlsx(fill))}

    assert found[1] == {0: Mark.FORMULA}
    assert found[3] == found[4] == {0: Mark.FORMULA, 1: Mark.FORMULA}
    assert found[9] == {2: Mark.FORMULA}


def test_a_formula_shared_by_many_cells_is_marked_in_each():
    shared = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>'
    )

    assert [dict(row.marks) for row in rows(with_sheet(shared))] == [{0: Mark.FORMULA}] * 2


def test_row_numbers_are_those_at_the_edge_of_the_sheet():
    def fill(book):
        book.add_worksheet().write("C5", "姓名")

    [row] = rows(xlsx(fill))

    assert row.number == 5
    assert row.cells == ("", "", "姓名")


def test_hidden_rows_and_sheets_are_known():
    def fill(book):
        page = book.add_worksheet("今年")
        page.write_column(0, 0, ["甲", "乙"])
        page.set_row(1, options={"hidden": True})
        book.add_worksheet("去年").hide()

    book = read(xlsx(fill))

    assert [row.hidden for row in book.sheets[0].rows()] == [False, True]
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("今年", False),
        ("去年", True),
    ]


def test_a_cell_merged_downwards_speaks_for_each_of_its_rows():
    def fill(book):
        page = book.add_worksheet()
        page.write_column("A1", ["甲", "乙", "丙", "丁"])
        page.merge_range("B1:B3", "同一单位")
        page.merge_range("C1:D1", "标题")

    assert cells(xlsx(fill)) == [
        ("甲", "同一单位", "标题"),
        ("乙", "同一单位", ""),
        ("丙", "同一单位", ""),
        ("丁", "", ""),
    ]


def test_a_merged_cell_alone_makes_no_row():
    def fill(book):
        page = book.add_worksheet()
        page.write("A1", "甲")
        page.merge_range("B1:B3", "同一单位")

    assert len(rows(xlsx(fill))) == 1


def test_pictures_in_a_workbook_are_known():
    content = repacked(with_sheet(""), {"xl/media/image1.png": "png"})

    assert read(content).pictures
    assert not read(with_sheet("")).pictures


def test_an_ods_sheet_is_read_with_its_repeats_formulas_and_hidden_rows():
    twice = text_cell("班", 'table:number-columns-repeated="2"')
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = ods(
        '<table:table table:name="名单">'
        f"<table:table-row>{text_cell('姓名')}{twice}</table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f'<table:table-row table:visibility="filter">{text_cell("张伟")}'
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
        "</table:table>"
    )

    first, second = rows(content)

    assert first.cells == ("姓名", "班", "班")
    assert (second.number, second.hidden) == (5, True)
    assert second.cells[:2] == ("张伟", "2")
    assert second.marks == {1: Mark.FORMULA}


# --- csv ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_the_encodings_and_with_the_signs_people_use(encoding, delimiter):
    text = f"姓名{delimiter}电话\r\n玛依拉·买买提{delimiter}13800138000\t\r\n"

    assert cells(text.encode(encoding))[1][:2] == ("玛依拉·买买提", "13800138000")


def test_tabs_that_protect_every_cell_separate_nothing():
    assert cells("姓名\t,证件\t\n张伟\t,1\t\n".encode()) == [("姓名", "证件"), ("张伟", "1")]


def test_rare_characters_survive_in_gb18030():
    assert cells("姓名,电话\n𬭚㛃,1\n".encode("gb18030"))[1] == ("𬭚㛃", "1")


def test_a_line_break_inside_quotes_does_not_shift_the_row_numbers():
    text = '姓名,备注\n张伟,"第一\n第二"\n\n李芳,无\n'

    assert [row.number for row in rows(text.encode())] == [1, 2, 4]


def test_a_quote_nobody_closed_is_refused_rather_than_swallowing_rows():
    text = '姓名,备注,电话\n张伟,"没有关上,1\n李芳,无,2\n王五,无,3\n'

    assert refusal_of(text.encode()) == "unclosed_quote"


def test_a_cell_without_end_is_refused():
    assert refusal_of(b"a,b\n" + b"x" * 200_000 + b",1\n") == "unclosed_quote"


def test_a_number_protected_as_a_formula_keeps_its_digits_and_other_formulas_are_marked():
    text = '姓名,证件\n="张伟",="65000019880402416x"\n=1+1,"=HYPERLINK(""http://x"")"\n'

    _head, first, second = rows(text.encode())

    assert first.cells[1] == "65000019880402416x"
    assert first.marks == {0: Mark.FORMULA}
    assert second.marks == {0: Mark.FORMULA, 1: Mark.FORMULA}


def test_an_empty_file_has_no_rows():
    assert rows(b"") == rows(b"\xef\xbb\xbf\r\n\r\n") == []
