"""Spreadsheets: what is new in them beside the old columns."""

from io import BytesIO

import pytest

from tests.questions.formats.files import codes, notes, only, png
from tests.spreadsheets import xlsx
from zhupei.questions.formats import sheet, write_sheet
from zhupei.questions.formats.draft import Draft, Picture
from zhupei.questions.rules import Kind

HEAD = [column.title for column in sheet.COLUMNS]
ASKED = {"题型": "单选", "题干": "问？", "选项A": "甲", "选项B": "乙", "答案": "A"}


def book(*rows, pictures=()):
    def fill(made):
        page = made.add_worksheet("题库")
        page.write_row(0, 0, HEAD)
        for number, row in enumerate(rows, 1):
            for place, title in enumerate(HEAD):
                page.write_string(number, place, str(row.get(title, "")))
        for row, title, content in pictures:
            from_memory = {"image_data": content, "description": "墙"}
            page.insert_image(row, HEAD.index(title), "x.png", from_memory)

    return xlsx(fill)


def test_a_case_goes_on_with_the_same_again():
    rows = [
        ASKED | {"案例": "材料"},
        ASKED | {"题干": "又？", "案例": "同上"},
        ASKED | {"题干": "另？"},
    ]
    reading = sheet.read(book(*rows))

    assert codes(reading) == []
    assert [draft.place for draft in reading.drafts] == [1, 2, 0]


def test_the_same_again_without_a_case_before_is_refused():
    assert codes(sheet.read(book(ASKED | {"案例": "同上"}))) == ["case_missing"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ASKED | {"题型": "填空", "答案": "1"}, "options_not_wanted"),
        ({"题型": "填空", "题干": "长____", "答案": ""}, "answer_missing"),
        ({"题型": "填空", "题干": "长____宽____", "答案": "1"}, "blanks_differ"),
        ({"题型": "简答", "题干": "问", "评分标准": "放线"}, "rubric_shape"),
        (ASKED | {"认知层次": "玄学"}, "level_unknown"),
        (ASKED | {"图片": "gone.png"}, "picture_missing"),
    ],
)
def test_every_new_fault_is_said(row, code):
    (fault,) = sheet.read(book(row)).faults

    assert (fault.position, fault.code) == ("第 2 行", code)
    assert fault.fix


def test_pictures_belong_to_the_row_they_stand_in():
    rows = [ASKED | {"案例": "材料", "图片": "墙.png"}, ASKED | {"题干": "又？", "案例": "同上"}]
    pictures = [(1, "题干", BytesIO(png(1))), (1, "案例", BytesIO(png(2)))]

    first, second = sheet.read(book(*rows, pictures=pictures)).drafts

    assert [(one.name, one.alt) for one in first.pictures] == [("墙.png", "墙")]
    assert second.pictures == ()
    assert first.case.pictures == second.case.pictures
    assert first.case.pictures[0].content == png(2)


def test_what_is_left_out_of_a_workbook_is_said():
    def fill(made):
        page = made.add_worksheet("题库")
        page.write_row(0, 0, [*HEAD, "审核人"])
        page.write_row(1, 0, [ASKED.get(title, "") for title in HEAD])
        made.add_worksheet("草稿").write(0, 0, "随便写的")

    assert notes(sheet.read(xlsx(fill))) == ["left_out", "left_out"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04", "not_a_spreadsheet"), ("题型,答案\n单选,A".encode(), "column_missing")],
)
def test_a_file_nobody_can_read_is_refused_in_the_words_of_the_reader(content, code):
    assert codes(sheet.read(content)) == [code]


def test_what_is_given_back_names_its_place_and_is_read_again():
    reading = sheet.read(book(ASKED | {"答案": "E"}))

    again = sheet.read(write_sheet.give_back(reading.unread))

    assert codes(again) == codes(reading) == ["answer_not_an_option"]


def test_a_picture_comes_back_with_its_row():
    draft = Draft(
        Kind.SINGLE, "问？", "A", ("甲", "乙"), pictures=(Picture("墙.png", png(), "墙"),)
    )

    assert only(sheet.read(write_sheet.write([draft]))) == draft
