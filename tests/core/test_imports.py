"""The import mechanism with the smallest noun: tools, each with a name and a number."""

from collections.abc import Mapping
from io import BytesIO

import pytest
import python_calamine
import xlsxwriter

from zhupei.core import imports
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import Column, Findings, Kind, Rule
from zhupei.core.import_papers import corrected, template


def judge(row: Mapping[str, str], say: Findings) -> tuple[str, str] | None:
    say.refuse("name", None if row["name"] else "name_missing")
    if not row["number"].isdigit():
        say.refuse("number", "number_shape", given=row["number"])
    if not row["room"]:
        say.warn("room", "room_missing")
    return row["name"], row["number"]


TOOLS = Kind(
    title="设备",
    columns=(
        Column("name", "名称", ("设备名称",), required=True, longest=20, example="电焊机"),
        Column("number", "编号", ("设备编号", "资产编号"), required=True, digits=True),
        Column("room", "房间", ("所在房间", "地点")),
        Column("state", "状态", choices=("在用", "停用")),
    ),
    judge=judge,
    rules={
        "name_missing": Rule("没有名称。", "请填写名称。"),
        "number_shape": Rule("编号“%(given)s”不是数字。", "请改正编号。"),
        "room_missing": Rule("没有房间。", "请补上。"),
    },
    same=lambda tool: tool[1],
    same_column="number",
    not_collected={"价格": ("单价",)},
    not_used=("序号",),
)
HEAD = ["名称", "编号", "房间"]


def book(fill=None, **sheets: list[list[object]]) -> BytesIO:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        if fill:
            fill(made)
    out.seek(0)
    return out


def read(*rows: list[object], fill=None, **options):
    return imports.read(book(fill, 表=list(rows)), TOOLS, **options)


def left_out(reading):
    return [(left.sheet, left.what, left.why) for left in reading.left_out]


def refusal_of(file: BytesIO) -> Refused:
    with pytest.raises(Refused) as refusal:
        imports.read(file, TOOLS)
    assert str(refusal.value)
    return refusal.value


@pytest.mark.parametrize("above", [0, 1, 4, 29])
def test_the_head_is_found_wherever_it_stands(above):
    reading = read(*[["关于设备的说明"]] * above, HEAD, ["电焊机", "1", "甲"])

    [row] = reading.rows
    assert row.number == above + 2
    assert row.value == ("电焊机", "1")


@pytest.mark.parametrize(
    "word",
    [
        "编 号",
        "编\n号",
        "编　号",
        "*编号",
        "编号*",
        "编号：",
        "编号（必填）",
        "编号(八位)",
        "资产编号",
        "【重要】编号",
    ],
)
def test_a_head_word_is_known_however_it_is_dressed(word):
    assert read(["名称", word], ["电焊机", "1"]).good


def test_columns_may_stand_in_any_order_with_empty_ones_between():
    [row] = read(["", "编号", "", "房间", "名称", ""], ["", 7, "", "甲", "电焊机", ""]).rows

    assert row.value == ("电焊机", "7")


def test_a_head_in_two_levels_with_merged_cells_is_read():
    def fill(made):
        page = made.get_worksheet_by_name("表")
        page.merge_range("A1:A2", "名称")
        page.merge_range("B1:C1", "登记信息")
        page.write_row("B2", ["编号", "房间"])

    [row] = read([], [], ["电焊机", "1", "甲"], fill=fill).rows

    assert (row.number, row.cells["room"]) == (3, "甲")


def test_every_fault_of_a_row_is_said_with_its_place_and_remedy():
    [row] = read(HEAD, ["", "一号", "甲"]).bad

    assert row.value is None
    assert [(f.sheet, f.row, f.column, f.value, f.code) for f in row.faults] == [
        ("表", 2, "名称", "", "name_missing"),
        ("表", 2, "编号", "一号", "number_shape"),
    ]
    assert row.faults[1].rule == "编号“一号”不是数字。"
    assert row.faults[1].fix == "请改正编号。"


def test_a_warning_lets_the_row_in():
    reading = read(HEAD, ["电焊机", "1", ""])

    assert reading.good
    assert [warning.code for warning in reading.warnings] == ["room_missing"]


def test_a_very_long_cell_is_refused_and_shown_in_part():
    [row] = read(HEAD, ["长" * 32_000, "1", "甲"]).bad

    assert row.faults[0].code == "too_long"
    assert "20" in row.faults[0].rule
    assert len(row.faults[0].value) == imports.SHOWN


@pytest.mark.parametrize("rounded", [650000198202099001, "6.50E+17", "6.5e17", "1E+16"])
def test_a_rounded_number_is_refused_in_a_column_of_digits(rounded):
    assert (
        read(HEAD, ["电焊机", rounded, "甲"]).bad[0].faults[0].code == "digits_lost_by_spreadsheet"
    )


def test_what_looks_rounded_in_a_column_of_words_is_a_word():
    assert read(HEAD, ["1.5E+3", "1", "甲"]).good


def test_a_formula_counts_only_in_a_column_that_is_collected():
    reading = read([*HEAD, "备注"], ["电焊机", "1", "甲", "=1+1"], ["切割机", "=1+1", "甲", ""])

    assert [row.number for row in reading.good] == [2]
    assert reading.bad[0].faults[0].code == "formula"


def test_the_second_of_two_equal_rows_is_refused_and_names_the_first():
    reading = imports.read(
        book(甲=[HEAD, ["电焊机", "1", "甲"]], 乙=[HEAD, ["切割机", "1", "甲"]]), TOOLS
    )

    assert [(row.sheet, row.faults[0].code) for row in reading.bad] == [("乙", "duplicate_in_file")]
    assert "甲 第 2 行" in reading.bad[0].faults[0].rule


def test_a_row_refused_for_something_else_does_not_keep_its_twin_out():
    reading = read(HEAD, ["", "1", "甲"], ["电焊机", "1", "甲"])

    assert [row.number for row in reading.good] == [3]


def test_blank_rows_totals_signatures_and_printed_heads_are_left_out_and_said():
    reading = read(
        ["序号", *HEAD],
        [1, "电焊机", "1", "甲"],
        [2, "", "", ""],
        ["序号", *HEAD],
        [3, "切割机", "2", "甲"],
        ["合 计", "2台", "", ""],
        ["制表人：某某", "", "", "日期：11月"],
    )

    assert [row.number for row in reading.rows] == [2, 5]
    assert [(what, why) for _sheet, what, why in left_out(reading)] == [
        ("4 序号", "head_again"),
        ("6 合 计", "total"),
        ("7 制表人：某某", "footer"),
    ]
    assert all(left.reason for left in reading.left_out)


def test_a_row_that_is_complete_is_never_taken_for_a_total():
    assert read(HEAD, ["合计器", "1", "甲"]).good


def test_columns_without_purpose_are_named_and_not_kept():
    reading = read([*HEAD, "单 价", "颜色"], ["电焊机", "1", "甲", "9999", "红"])

    assert reading.columns_not_collected == ["价格"]
    assert left_out(reading) == [("表", "颜色", "unknown_column")]
    assert "9999" not in repr(reading)
    assert "红" not in repr(reading)


def test_hidden_sheets_and_sheets_without_a_head_are_left_out_and_said():
    def fill(made):
        made.get_worksheet_by_name("去年").hide()

    reading = imports.read(
        book(
            fill,
            今年=[HEAD, ["电焊机", "1", "甲"]],
            去年=[HEAD, ["切割机", "2", "甲"]],
            说明=[["请勿改动表头"]],
            空表=[],
        ),
        TOOLS,
    )

    assert [row.sheet for row in reading.rows] == ["今年"]
    assert left_out(reading) == [("去年", "", "hidden_sheet"), ("说明", "", "no_head")]


def test_a_hidden_row_comes_in_with_a_warning():
    def fill(made):
        made.get_worksheet_by_name("表").set_row(1, options={"hidden": True})

    reading = read(HEAD, ["电焊机", "1", "甲"], fill=fill)

    assert [warning.code for warning in reading.warnings] == ["hidden_row"]
    assert reading.warnings[0].rule


def test_a_second_column_fills_what_the_first_leaves_empty():
    reading = read([*HEAD, "地点"], ["电焊机", "1", "", "乙"], ["切割机", "2", "甲", "乙"])

    assert [row.cells["room"] for row in reading.rows] == ["乙", "甲"]


def test_a_required_column_given_twice_is_refused():
    refusal = refusal_of(book(表=[[*HEAD, "资产编号"], ["电焊机", "1", "甲", "2"]]))

    assert (refusal.code, refusal.facts["column"]) == ("column_twice", "编号")


def test_a_sheet_that_lacks_a_column_stops_the_file_rather_than_losing_its_rows():
    refusal = refusal_of(
        book(甲=[HEAD, ["电焊机", "1", "甲"]], 乙=[["名称", "房间"], ["切割机", "甲"]])
    )

    assert (refusal.code, refusal.facts["column"]) == ("column_missing", "编号")
    assert "乙" in str(refusal)


@pytest.mark.parametrize("rows", [[], [HEAD], [HEAD, ["", "", ""]], [HEAD, ["合计", "", ""]]])
def test_a_file_without_rows_is_refused(rows):
    assert refusal_of(book(表=rows)).code == "no_rows"


def test_a_sheet_about_something_else_lacks_all_columns():
    refusal = refusal_of(book(表=[["菜单"], ["拌面"]]))

    assert (refusal.code, refusal.facts["columns"]) == ("column_missing", "名称、编号")


def test_pictures_are_left_out_and_said():
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )

    def fill(made):
        page = made.get_worksheet_by_name("表")
        page.insert_image("E1", "a.png", {"image_data": BytesIO(pixel)})

    assert ("", "", "pictures") in left_out(read(HEAD, ["电焊机", "1", "甲"], fill=fill))


def test_the_template_has_the_columns_as_text_and_explains_them():
    paper = template(TOOLS)

    made = python_calamine.CalamineWorkbook.from_filelike(BytesIO(paper))
    assert made.sheet_names == ["设备", "填写说明"]
    assert made.get_sheet_by_index(0).to_python() == [["名称", "编号", "房间", "状态"]]
    explained = made.get_sheet_by_index(1).to_python()
    assert explained[1][:2] == ["名称", "必填"]
    assert "价格" in explained[-1][0]
    assert refusal_of(BytesIO(paper)).code == "no_rows"


def test_the_corrected_file_holds_the_bad_rows_with_reasons_and_can_be_read_again():
    reading = read(HEAD, ["电焊机", "1", "甲"], ["", "二号", "甲"], ["切割机", 65e16, "=1+1"])

    paper = corrected(TOOLS, reading)

    made = python_calamine.CalamineWorkbook.from_filelike(BytesIO(paper))
    head, first, second = made.get_sheet_by_index(0).to_python()
    assert head == ["原因", "原工作表", "原行号", "名称", "编号", "房间", "状态"]
    assert first[1:6] == ["表", "3", "", "二号", "甲"]
    assert "请填写名称" in first[0]
    assert "不是数字" in first[0]
    assert second[4] == ""
    again = imports.read(BytesIO(paper), TOOLS)
    assert [row.cells["name"] for row in again.rows] == ["", "切割机"]
    assert again.left_out == []


def test_what_somebody_typed_as_a_formula_is_text_in_the_corrected_file():
    text = "名称,编号\n=HYPERLINK(1),一\n".encode()

    paper = corrected(TOOLS, imports.read(BytesIO(text), TOOLS))

    assert [row.marks for row in imports.sheets.read(BytesIO(paper)).sheets[0].rows()] == [{}, {}]


def test_a_judge_that_says_nothing_and_returns_nothing_is_a_mistake_of_ours():
    silent = Kind(title="空", columns=TOOLS.columns, judge=lambda *_: None, rules={})

    with pytest.raises(ValueError, match="neither a value nor a fault"):
        imports.read(book(表=[HEAD, ["电焊机", "1", "甲"]]), silent)
