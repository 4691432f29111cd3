"""Workbooks made to exhaust the reader, and what the old format says between its lines."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from tests.spreadsheets import ods, repacked, text_cell, with_sheet
from zhupei.core import oldbooks, sheets, workbooks
from zhupei.core.errors import Refused

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"


def rows(content: bytes, **options) -> list[sheets.Row]:
    book = sheets.read(BytesIO(content), **options)
    return [row for sheet in book.sheets for row in sheet.rows()]


def refusal_of(content: bytes, **options) -> str:
    with pytest.raises(Refused) as refusal:
        rows(content, **options)
    assert str(refusal.value)
    return refusal.value.code


# --- how much -----------------------------------------------------------------------------------


def test_thirty_megabytes_are_refused_before_they_are_read():
    class Endless(BytesIO):
        taken = 0

        def read(self, size=-1):
            Endless.taken += size
            return b"x" * size

    with pytest.raises(Refused) as refusal:
        sheets.read(Endless())

    assert refusal.value.code == "too_large"
    assert Endless.taken == sheets.MAX_BYTES + 1


def test_one_row_more_than_the_limit_is_refused_and_the_limit_is_not():
    content = "姓名,电话\n".encode() * 10

    assert len(rows(content, max_rows=10)) == 10
    assert refusal_of(content, max_rows=9) == "too_large"


def test_a_packed_gigabyte_is_refused():
    bomb = with_sheet("<row><c><v>1</v></c></row>" * 5_000_000)

    assert len(bomb) < sheets.MAX_BYTES
    assert refusal_of(bomb) == "too_large"


def test_an_entry_larger_than_it_says_is_refused():
    out = BytesIO()
    packed = zlib.compress(b"x" * 1_000_000, 9, -15)
    entry = zipfile.ZipInfo("xl/workbook.xml")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, packed)
    content = bytearray(out.getvalue())
    central = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, central + 10, zipfile.ZIP_DEFLATED)
    struct.pack_into("<I", content, central + 24, 1_000)

    with pytest.raises(workbooks.Damaged):
        workbooks.Archive(bytes(content))


def test_one_cell_in_the_last_corner_is_refused():
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert refusal_of(with_sheet(corner)) == "too_large"


def test_a_long_text_used_a_thousand_times_is_refused():
    strings = f"<sst><si><t>{'长' * 40_000}</t></si></sst>"
    used = "<row>" + '<c t="s"><v>0</v></c>' * 1_000 + "</row>"
    content = repacked(with_sheet(used), {"xl/sharedStrings.xml": strings})

    assert refusal_of(content) == "too_large"


@pytest.mark.parametrize(
    "attribute",
    ['table:number-columns-repeated="16384"', 'table:number-columns-repeated="99999999999"'],
)
def test_a_cell_repeated_over_the_whole_sheet_is_refused(attribute):
    cell = text_cell("张", attribute)
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'

    assert refusal_of(ods(f'<table:table table:name="名单">{row}</table:table>')) == "too_large"


def test_entities_are_not_expanded():
    content = repacked(
        with_sheet(""),
        {
            "xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>'
            "<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
        },
    )

    assert refusal_of(content) == "not_a_spreadsheet"


# --- the old format -----------------------------------------------------------------------------


def record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def old_book(*cells_: bytes, texts: tuple[bytes, ...] = ()) -> bytes:
    """The stream of a workbook with one sheet, as [MS-XLS] writes it."""
    shared = b"".join(record(0xFC if not i else 0x3C, text) for i, text in enumerate(texts))
    head = record(0x809, bytes(16))
    position = len(head) + 4 + 8 + len(shared) + 4
    sheet = record(0x85, struct.pack("<IHBB", position, 0, 0, 0))
    return b"".join(
        [
            head,
            sheet,
            shared,
            record(0x0A, b""),
            record(0x809, bytes(16)),
            *cells_,
            record(0x0A, b""),
        ]
    )


def test_formulas_and_hidden_rows_of_an_old_workbook_are_found():
    stream = old_book(
        record(0x208, struct.pack("<HHHHHHHH", 4, 0, 3, 0, 0, 0, 0x20, 0)),
        record(0x203, struct.pack("<HHHd", 4, 0, 0, 1.0)),
        record(0x06, struct.pack("<HHHdHI", 4, 2, 0, 1.0, 0, 0)),
        record(0xBD, struct.pack("<HHHIH", 6, 0, 0, 0, 7)),
    )

    [traces] = oldbooks._Book(stream).walk()

    assert traces.formulas == {(5, 2)}
    assert traces.hidden_rows == {5}
    assert (traces.last_row, traces.last_column) == (7, 7)


def test_texts_that_go_on_in_the_next_record_are_measured():
    first = (
        struct.pack("<IIHB", 3, 3, 4, 0)
        + b"abcd"
        + struct.pack("<HB", 6, 1)
        + "甲乙".encode("utf-16-le")
    )
    then = b"\1" + "丙丁".encode("utf-16-le")
    last = b"\0ef" + struct.pack("<HBH", 2, 8, 1) + b"gh" + bytes(4)

    assert list(oldbooks._text_lengths([first, then, last])) == [4, 6, 2]


def test_a_long_text_used_often_in_an_old_workbook_is_refused():
    text = struct.pack("<IIHB", 1, 1, 8_000, 0) + b"x" * 8_000
    cell = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0))

    with pytest.raises(workbooks.TooLarge):
        oldbooks._Book(old_book(*[cell] * 5_000, texts=(text,))).walk()


@pytest.mark.parametrize(
    ("dimensions", "refusal"),
    [
        (struct.pack("<IIHHH", 0, 1_000_000, 0, 256, 0), workbooks.TooLarge),
        (struct.pack("<HHHHH", 0, 60_000, 0, 256, 0), workbooks.TooLarge),
        (struct.pack("<IIHHH", 52_992, 1, 0, 1, 0), workbooks.Damaged),
        (struct.pack("<IIHHH", 0, 1, 9, 1, 0), workbooks.Damaged),
    ],
)
def test_an_old_sheet_that_claims_an_impossible_size_is_refused(dimensions, refusal):
    with pytest.raises(refusal):
        oldbooks._Book(old_book(record(0x200, dimensions))).walk()


def test_an_old_sheet_without_cells_is_no_damage():
    [traces] = oldbooks._Book(old_book(record(0x200, bytes(14)))).walk()

    assert traces.last_row == 0


@pytest.mark.parametrize("cut", [1, 3, 9, 20])
def test_a_text_that_ends_before_its_last_letter_is_damage(cut):
    text = struct.pack("<IIHB", 1, 1, 30, 0) + b"x" * 30

    with pytest.raises((ValueError, struct.error)):
        list(oldbooks._text_lengths([text[:-cut]]))


def test_a_sheet_that_is_not_where_the_book_says_is_damage():
    stream = old_book().replace(record(0x809, bytes(16)) + record(0x0A, b""), b"")

    with pytest.raises(workbooks.Damaged):
        oldbooks._Book(stream).walk()


def test_a_hidden_row_of_a_real_old_workbook_is_known():
    content = bytearray((ROSTERS / "两个班.xls").read_bytes())
    third = content.index(struct.pack("<HHH", 0x208, 16, 2))
    content[third + 16] |= 0x20

    found = [row.number for row in rows(bytes(content)) if row.hidden]

    assert found == [3]
