"""Rosters as registrars really send them: the right people, the right refusals, nothing lost."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from zhupei.classes import roster
from zhupei.core.errors import Refused

FOLDER = Path(__file__).parent.parent / "data" / "rosters"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
TODAY = date(2026, 11, 20)


def read(content: bytes, **options):
    return roster.read(BytesIO(content), on=TODAY, **options)


def workbook(*sheets: list[list[object]], names: tuple[str, ...] = ()) -> bytes:
    """An .xlsx with the given rows; a text that begins with "=" becomes a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for index, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[index] if names else None)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
    return out.getvalue()


HEAD = ["姓名", "身份证号", "手机号"]
LI = ["李芳", "650000199702246155", "13800138000"]
MA = ["马永刚", "650000199503142169", "13800138001"]


def codes(reading):
    return {row.number: [fault.code for fault in row.faults] for row in reading.bad}


@pytest.mark.parametrize("name", [name for name in EXPECTED if "good" in EXPECTED[name]])
def test_every_given_roster_brings_the_right_people_and_refuses_the_rest(name):
    expected = EXPECTED[name]

    reading = read((FOLDER / name).read_bytes())

    several = not reading.one_sheet
    good = [
        ({"sheet": row.sheet} if several else {})
        | {
            "row": row.number,
            "name": row.value.name,
            "id": row.value.id_number,
            "phone": row.value.phone,
        }
        for row in reading.good
    ]
    bad = [{"row": row.number, "why": row.faults[0].code} for row in reading.bad]
    assert good == expected["good"]
    assert bad == expected["bad"]
    assert reading.columns_not_collected == expected.get("columns_not_collected", [])


@pytest.mark.parametrize("name", [name for name in EXPECTED if "refused" in EXPECTED[name]])
def test_every_given_file_that_is_no_roster_is_refused_as_a_whole(name):
    with pytest.raises(Refused) as refusal:
        read((FOLDER / name).read_bytes())

    assert refusal.value.code == EXPECTED[name]["refused"]
    assert refusal.value.facts.get("column") == EXPECTED[name].get("column")
