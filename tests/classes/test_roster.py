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


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({0: ""}, "name_missing"),
        ({0: "李芳(组长)"}, "name_shape"),
        ({0: "李芳、王五"}, "name_shape"),
        ({1: ""}, "id_missing"),
        ({1: "65000019970224615"}, "id_shape"),
        ({1: "650000970224615"}, "id_shape"),
        ({1: "G12345678"}, "id_shape"),
        ({1: "650000199702246156"}, "check_digit"),
        ({1: "650000199702246000"}, "digits_lost_by_spreadsheet"),
        ({1: 650000199702246155}, "digits_lost_by_spreadsheet"),
        ({1: "6.50E+17"}, "digits_lost_by_spreadsheet"),
        ({1: "650000199702300019"}, "id_date"),
        ({1: "650000201301134398"}, "under_age_16"),
        ({2: "0991-2345678"}, "phone"),
        ({2: "1380013800"}, "phone"),
        ({2: "13800138000/13900139000"}, "phone"),
        ({2: "1.38E+10"}, "digits_lost_by_spreadsheet"),
        ({3: "女"}, "sex_contradicts_id"),
        ({0: "=A1"}, "formula"),
        ({2: "=A1"}, "formula"),
    ],
)
def test_every_fault_has_its_code_and_sentences(change, code):
    row = [*LI, "男"]
    for place, value in change.items():
        row[place] = value

    [refused] = read(workbook([[*HEAD, "性别"], row])).bad

    assert [fault.code for fault in refused.faults] == [code]
    assert refused.faults[0].rule.endswith("。")
    assert refused.faults[0].fix.endswith("。")


def test_all_faults_of_a_row_are_said_at_once_in_the_order_of_the_columns():
    [refused] = read(workbook([HEAD, ["", "123", "456"]])).bad

    assert [fault.code for fault in refused.faults] == ["name_missing", "id_shape", "phone"]


def test_the_age_is_that_of_the_first_day_and_the_minimum_may_change():
    born_2010 = ["马永刚", "650000201011200019", "13800138001"]
    content = workbook([HEAD, born_2010])

    assert roster.read(BytesIO(content), on=date(2026, 11, 20)).good
    young = roster.read(BytesIO(content), on=date(2026, 11, 19)).bad[0]
    adult = roster.read(BytesIO(content), on=date(2026, 11, 20), minimum_age=18).bad[0]
    assert young.faults[0].code == "under_age_16"
    assert adult.faults[0].code == "under_age_18"


def test_a_person_without_a_phone_comes_in_with_a_warning():
    reading = read(workbook([HEAD, [*LI[:2], ""]]))

    assert reading.good[0].value.phone == ""
    assert [warning.code for warning in reading.warnings] == ["phone_missing"]


def test_an_unknown_area_and_an_unknown_sex_are_warnings():
    stranger = ["李芳", "160000199001010012", "13800138000", "不详"]

    reading = read(workbook([[*HEAD, "性别"], stranger]))

    assert [row.faults for row in reading.rows] == [()]
    assert {warning.code for warning in reading.warnings} == {"area_unknown", "sex_unknown"}


def test_one_person_with_two_names_is_refused_the_second_time():
    reading = read(workbook([HEAD, LI], [HEAD, ["李芬", *LI[1:]]], names=("一班", "二班")))

    assert [(row.sheet, row.faults[0].code) for row in reading.bad] == [
        ("二班", "duplicate_in_file")
    ]
    assert "一班" in reading.bad[0].faults[0].rule


def test_the_employer_merged_over_several_people_is_kept_for_each():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for number, row in enumerate([[*HEAD, "工作单位"], LI, MA]):
            page.write_row(number, 0, row)
        page.merge_range("D2:D3", "××建筑公司")

    reading = read(out.getvalue())

    assert [row.value.employer for row in reading.good] == ["××建筑公司"] * 2


@pytest.mark.parametrize(
    "word", ["公民身份号码", "身份证号码（18位）", "身 份 证 号", "＊证件号码"]
)
def test_the_identity_column_has_many_names(word):
    assert read(workbook([["学员姓名", word], LI[:2]])).good


def test_what_a_good_row_says_of_a_person_is_read_from_the_number():
    [row] = read(
        workbook([HEAD, ["李\u3000芳", "'650000 19970224 6155", "+86 138-0013-8000"]])
    ).good

    assert row.value == roster.Entry(
        "李芳", "650000199702246155", "13800138000", "", "male", date(1997, 2, 24)
    )


def test_the_ethnicity_of_nobody_reaches_memory():
    reading = read(workbook([[*HEAD, "民族"], [*LI, "某某族"]]))

    assert reading.columns_not_collected == ["民族"]
    assert "某某族" not in repr(reading)
