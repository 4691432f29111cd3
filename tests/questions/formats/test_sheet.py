"""Questions from a spreadsheet: the right items, and every fault with its place."""

from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from zhupei.core.errors import Refused
from zhupei.core.import_papers import corrected, template
from zhupei.questions.formats import sheet
from zhupei.questions.formats.draft import Draft
from zhupei.questions.rules import Kind

HEAD = [column.title for column in sheet.COLUMNS]
GOOD = {
    "题型": "单选题",
    "题干": "三级安全教育不包括哪一级？",
    "选项A": "公司级",
    "选项B": "项目级",
    "选项C": "班组级",
    "选项D": "个人级",
    "答案": "D",
    "知识点": "安全管理",
    "难度": "易",
    "分值": 2,
    "解析": "三级为公司、项目、班组。",
}


def read(*rows: dict[str, object], head=HEAD, **options):
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("题库")
        page.write_row(0, 0, head)
        for number, row in enumerate(rows, 1):
            for column, title in enumerate(head):
                if row.get(title) is not None:
                    page.write(number, column, row[title])
    out.seek(0)
    return sheet.rows(out, **options)


def test_a_question_comes_in_as_it_was_written():
    [row] = read(GOOD).rows

    assert row.value == Draft(
        kind=Kind.SINGLE,
        stem="三级安全教育不包括哪一级？",
        options=("公司级", "项目级", "班组级", "个人级"),
        key="D",
        point="安全管理",
        difficulty=1,
        points=Decimal(2),
        analysis="三级为公司、项目、班组。",
    )


@pytest.mark.parametrize("answer", ["ABD", "d,b,a", "Ａ、Ｂ、Ｄ", "A B D", "B；A；D"])
def test_several_right_options_may_be_written_in_many_ways(answer):
    [row] = read(GOOD | {"题型": "多选", "答案": answer}).rows

    assert row.value.key == "ABD"


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("正确", "A"),
        ("对", "A"),
        ("√", "A"),
        ("T", "A"),
        (True, "A"),
        ("错误", "B"),
        ("×", "B"),
        ("F", "B"),
    ],
)
def test_a_judgement_needs_no_options(answer, key):
    judgement = {"题型": "判断题", "题干": "高处作业必须系安全带。", "答案": answer}

    [row] = read(judgement).rows

    assert row.value.options == ("正确", "错误")
    assert row.value.key == key


def test_a_judgement_with_its_options_turned_round_keeps_its_meaning():
    judgement = {"题型": "判断", "题干": "高处作业可以不系安全带。", "选项A": "错", "选项B": "对"}

    by_letter, by_word = (
        read(judgement | {"答案": "A"}).rows + read(judgement | {"答案": "错"}).rows
    )

    assert by_letter.value.options[0] == "错"
    assert by_letter.value.key == by_word.value.key == "A"


def test_what_is_left_empty_has_a_stated_meaning():
    [row] = read(GOOD | {"知识点": None, "难度": None, "分值": None, "解析": None}).rows

    assert (row.value.point, row.value.difficulty, row.value.points) == ("", 3, Decimal(1))


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"题型": None}, "题型", "kind_missing"),
        ({"题型": "连线题"}, "题型", "kind_unknown"),
        ({"题干": None}, "题干", "stem_missing"),
        ({"题干": "长" * 2001}, "题干", "too_long"),
        ({"选项B": None, "选项C": None, "选项D": None, "答案": "A"}, "选项B", "options_too_few"),
        ({"选项B": None}, "选项B", "option_gap"),
        ({"选项C": "公司级"}, "选项C", "option_twice"),
        ({"答案": None}, "答案", "answer_missing"),
        ({"答案": "第四个"}, "答案", "answer_shape"),
        ({"答案": "DD"}, "答案", "answer_shape"),
        ({"答案": "E"}, "答案", "answer_not_an_option"),
        ({"答案": "AB"}, "答案", "answer_not_one"),
        ({"题型": "多选"}, "答案", "answer_only_one"),
        ({"题型": "判断", "答案": "正确"}, "选项A", "options_not_judge"),
        ({"难度": "超难"}, "难度", "difficulty"),
        ({"难度": 6}, "难度", "difficulty"),
        ({"分值": 0}, "分值", "points"),
        ({"分值": "101"}, "分值", "points"),
        ({"分值": "1.005"}, "分值", "points"),
        ({"分值": "NaN"}, "分值", "points"),
        ({"分值": "一"}, "分值", "points"),
        ({"题干": "=1+1"}, "题干", "formula"),
    ],
)
def test_every_fault_is_said_with_its_place(change, column, code):
    reading = read(GOOD | {"题干": "第一题"}, GOOD | change)

    [row] = reading.bad
    assert (row.sheet, row.number) == ("题库", 3)
    assert (column, code) in [(fault.column, fault.code) for fault in row.faults]
    assert all(fault.rule and fault.fix for fault in row.faults)


def test_all_faults_of_a_row_are_said_at_once():
    [row] = read(GOOD | {"题型": "连线", "题干": None, "难度": "?", "分值": -1}).bad

    assert [fault.code for fault in row.faults] == [
        "kind_unknown",
        "stem_missing",
        "difficulty",
        "points",
    ]


def test_a_letter_is_no_answer_to_a_judgement_without_options():
    [row] = read({"题型": "判断", "题干": "高处作业必须系安全带。", "答案": "A"}).bad

    assert row.faults[0].code == "answer_shape"


def test_a_unit_outside_the_syllabus_is_refused_when_the_syllabus_is_known():
    reading = read(GOOD, units={"安全管理"})
    other = read(GOOD | {"知识点": "烹饪"}, units={"安全管理"})

    assert not reading.bad
    assert other.bad[0].faults[0].code == "unit_unknown"


def test_the_same_question_comes_in_once_and_the_same_stem_with_other_options_twice():
    other = {"选项A": "一级", "选项B": "二级", "选项C": "三级", "选项D": "四级"}

    reading = read(GOOD, GOOD | {"题干": " 三级安全教育 不包括哪一级？"}, GOOD | other)

    assert [row.number for row in reading.good] == [2, 4]
    assert reading.bad[0].faults[0].code == "duplicate_in_file"


def test_columns_may_have_other_names_and_another_order():
    head = ["正确答案", "试题类型", "题目", "A", "B", "C", "D"]
    row = {
        "正确答案": "D",
        "试题类型": "单项选择题",
        "题目": "几级？",
        "A": "一",
        "B": "二",
        "C": "三",
        "D": "四",
    }

    assert read(row, head=head).rows[0].value.options == ("一", "二", "三", "四")


def test_a_file_without_answers_is_refused_as_a_whole():
    with pytest.raises(Refused) as refusal:
        read(GOOD, head=["题型", "题干"])

    assert refusal.value.code == "column_missing"
    assert refusal.value.facts["column"] == "答案"


def test_the_template_is_empty_and_the_corrected_file_comes_back():
    with pytest.raises(Refused) as refusal:
        sheet.rows(BytesIO(template(sheet.kind())))
    assert refusal.value.code == "no_rows"

    paper = corrected(sheet.kind(), read(GOOD, GOOD | {"题干": "第二题", "答案": "E"}))

    again = sheet.rows(BytesIO(paper))
    assert [row.faults[0].code for row in again.rows] == ["answer_not_an_option"]
    assert again.left_out == []
