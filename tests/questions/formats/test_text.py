"""Word-style text: layouts people use, and what is refused of them."""

import pytest

from tests.questions.formats.files import codes, notes, only
from zhupei.questions.formats.text.reader import read
from zhupei.questions.rules import Kind

AB = "A. 甲\nB. 乙\n"


@pytest.mark.parametrize(
    "text",
    [
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：B",
        "1、哪个？（　）\nA、甲\nB、乙\nC、丙\n答案:B",
        "１．哪个？（  ）\nＡ．甲\nＢ．乙\nＣ．丙\n答案：Ｂ",
        "1) 哪个？()\nA) 甲\nB) 乙\nC) 丙\n正确答案：B。",
        "1：哪个？（ ）\nA：甲\nB：乙\nC：丙\n参考答案：B",
        "第1题 哪个？（ ）\n（A）甲（B）乙（C）丙\n【答案】B",
        "第 1 题、哪个？（ ）\n(A) 甲 (B) 乙 (C) 丙\n[答案] B",
        "1. 哪个？（ B ）\nA. 甲   B. 乙   C. 丙",
        "1. 哪个？（Ｂ）\nA.甲B.乙C.丙",
        "1. 哪个？【B】\nA. 甲\tB. 乙\tC. 丙",
        "1. 哪个？（ ）A. 甲 B. 乙 C. 丙 答案：B 解析：因为",
        "1. 哪个？（ ）\nA 甲\nB 乙\nC 丙\n答案 B",
        "1. 哪个？（ ）\nA 甲 B 乙 C 丙\n答案：B",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：选 B",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：B. 乙",
        "哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：B",
        "1. 哪个？（ ）\r\nA. 甲\r\nB. 乙\r\nC. 丙\r\n答案：B\r\n",
        "1. 【单选题】哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：B",
        "一、单选题（每题1分）\n1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：B",
        "## 单项选择题\n1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n答案：B",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n\n答案\n1. B",
        "### 1. 哪个？（ ）\n\nA. 甲\n\nB. 乙\n\nC. 丙\n\n**答案：** B\n\n---",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n[参考答案：B]  分值：1",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n- 本题参考答案：B",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n【参考答案】\n1—1 B",
        "1. 哪个？（ ）\nA. 甲\nB. 乙\nC. 丙\n标准答案：\n题号\t1\n答案\tB",
    ],
)
def test_one_question_in_many_layouts(text):
    draft = only(read(text))

    assert (draft.kind, draft.key, draft.options) == (Kind.SINGLE, "B", ("甲", "乙", "丙"))
    assert draft.stem in {"哪个？", "哪个？（　）"}


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("1. 问（ACD）\nA. 一 B. 二 C. 三 D. 四", Kind.MULTIPLE, "ACD"),
        ("1. 问（A、C、D）\nA. 一 B. 二 C. 三 D. 四", Kind.MULTIPLE, "ACD"),
        ("1. 问\nA. 一 B. 二 C. 三 D. 四\n答案：A，C，D", Kind.MULTIPLE, "ACD"),
        ("1. 【多选】问\nA. 一 B. 二 C. 三\n答案：CA", Kind.MULTIPLE, "AC"),
        ("1. 说法对。（√）", Kind.JUDGE, "A"),
        ("1. 说法错。（ × ）", Kind.JUDGE, "B"),
        ("1. 说法对。\n答案：正确", Kind.JUDGE, "A"),
        ("1. 说法错。 答案：错", Kind.JUDGE, "B"),
        ("1. 说法（ ）。\nA. 正确\nB. 错误\n答案：B", Kind.JUDGE, "B"),
        ("1. 说法（ ）。\nA. 错\nB. 对\n答案：A", Kind.JUDGE, "A"),
        ("三、判断题\n1. 说法。\n2. 又一个。\n参考答案\n1-2 √×", Kind.JUDGE, "A"),
    ],
)
def test_several_right_ones_and_judgements(text, kind, key):
    draft = read(text).drafts[0]

    assert (draft.kind, draft.key) == (kind, key)


@pytest.mark.parametrize(
    ("text", "stem", "blanks", "ordered"),
    [
        ("1. 长____宽____。\n答案：10；mm", "长____宽____。", [["10"], ["mm"]], True),
        ("1. 长＿＿＿宽_____。\n答案：10;mm", "长____宽____。", [["10"], ["mm"]], True),
        (
            "四、填空题\n1. 长（　）宽（ ）。\n答案：10；mm",
            "长____宽____。",
            [["10"], ["mm"]],
            True,
        ),
        ("1. 【填空】长（ 10 ）宽（mm）。", "长____宽____。", [["10"], ["mm"]], True),
        ("1. 长____。\n答案：10|十|１０", "长____。", [["10", "十", "１０"]], True),
        ("1. 有____和____。\n答案：红；蓝（不分先后）", "有____和____。", [["红"], ["蓝"]], False),
        ("1. 长____宽____。\n答案：(1) 10 (2) mm", "长____宽____。", [["10"], ["mm"]], True),
        ("1. 长____宽____。\n答案：①10②mm", "长____宽____。", [["10"], ["mm"]], True),
        ("1. 长____宽____。\n答案：10\nmm", "长____宽____。", [["10"], ["mm"]], True),
        ("1. 写____。\n答案：a\\|b", "写____。", [["a|b"]], True),
    ],
)
def test_blanks(text, stem, blanks, ordered):
    draft = only(read(text))

    assert (draft.kind, draft.stem) == (Kind.BLANK, stem)
    assert draft.key == {"blanks": blanks, "ordered": ordered}


def test_an_essay_with_a_sample_and_a_rubric():
    text = "1. 【简答】怎么做？\n答案：先放线。\n再砌筑。\n评分标准：\n放线（3分）\n砌筑：2分"
    draft = only(read(text))

    assert draft.key == {
        "rubric": [{"what": "放线", "points": "3"}, {"what": "砌筑", "points": "2"}],
        "sample": "先放线。\n再砌筑。",
    }


def test_an_essay_without_a_rubric_is_worth_its_points_as_a_whole():
    reading = read("五、简答题（每题 5 分）\n1. 怎么做？\n答：先放线，再砌筑。")

    assert notes(reading) == ["no_rubric"]
    assert only(reading).key == {
        "rubric": [{"what": "整题", "points": "5"}],
        "sample": "先放线，再砌筑。",
    }


def test_what_is_labelled_comes_in_and_words_in_a_sentence_are_no_labels():
    text = (
        "1. 关于分析：哪种说法对？\nA. 依据：甲\nB. 乙\n答案：B\n解析：因为乙。\n第二行。\n"
        "【难度】难【知识点】脚手架\n认知层次：应用\n来源：JGJ 130-2011\n分值：2 分"
    )
    draft = only(read(text))

    assert (draft.stem, draft.options) == ("关于分析：哪种说法对？", ("依据：甲", "乙"))
    assert (draft.analysis, draft.difficulty, draft.point) == ("因为乙。\n第二行。", 5, "脚手架")
    assert (draft.level, draft.source, draft.points) == ("apply", "JGJ 130-2011", 2)


def test_letters_inside_an_option_do_not_begin_another():
    draft = only(read("1. 问\nA. 选B、C类钢筋 B. 选 HRB400\n答案：A"))

    assert draft.options == ("选B、C类钢筋", "选 HRB400")


def test_decimals_and_lists_inside_a_question_do_not_begin_another():
    text = (
        "1. 间距\n1.5 m 以内对吗？\nA. 对\nB. 错\n答案：A\n"
        "2. 【简答】步骤？\n答案：\n1. 放线（2分）\n2. 砌筑（3分）\n3. 问？\nA. 甲\nB. 乙\n答案：A"
    )
    reading = read(text)

    assert [draft.kind for draft in reading.drafts] == [Kind.JUDGE, Kind.ESSAY, Kind.SINGLE]
    assert reading.drafts[0].stem == "间距\n1.5 m 以内对吗？"
    assert len(reading.drafts[1].key["rubric"]) == 2


def test_numbers_that_begin_again_in_each_part_are_fine():
    text = f"一、单选题\n1. 甲？\n{AB}答案：A\n2. 乙？\n{AB}答案：B\n二、判断题\n1. 丙。（√）"

    assert [draft.key for draft in read(text).drafts] == ["A", "B", "A"]


def test_a_number_without_a_sign_begins_a_question_where_options_follow():
    text = f"1. 甲？\n{AB}答案：A\n3下列哪个？\n{AB}答案：B\n4. 多久？\n24小时内对吗？\n{AB}答案：A"

    assert [draft.stem for draft in read(text).drafts] == [
        "甲？",
        "下列哪个？",
        "多久？\n24小时内对吗？",
    ]


def test_a_number_that_is_wrong_begins_a_question_all_the_same():
    text = f"1. 甲？\n{AB}答案：A\n5. 乙？\n{AB}答案：B\n5. 丙？\n{AB}答案：A"

    assert [draft.stem for draft in read(text).drafts] == ["甲？", "乙？", "丙？"]


def test_a_case_ends_with_its_part_its_numbers_or_a_word():
    asked = "{}. 问{}？\nA. 甲\nB. 乙\n答案：A\n"
    some = "".join(asked.format(n, n) for n in range(1, 4))
    by_numbers = read(f"案例：阅读材料，回答第 1～2 题。\n{some}")
    by_word = read(f"【案例】一段材料。\n{asked.format(1, 1)}【案例结束】\n{asked.format(2, 2)}")
    by_part = read(f"案例一：材料。\n{asked.format(1, 1)}二、单选题\n{asked.format(1, 9)}")

    assert [draft.place for draft in by_numbers.drafts] == [1, 2, 0]
    assert [draft.place for draft in by_word.drafts] == [1, 0]
    assert [draft.place for draft in by_part.drafts] == [1, 0]


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        (f"1. 问？\n{AB}", "answer_missing", "答案"),
        (f"1. 问？\n{AB}答案：丙", "answer_shape", "答案"),
        (f"1. 问？\n{AB}答案：C", "answer_not_an_option", "答案"),
        (f"一、单选题\n1. 问？\n{AB}答案：AB", "answer_not_one", "答案"),
        (f"二、多选题\n1. 问？\n{AB}答案：A", "answer_only_one", "答案"),
        (f"1. 问？（A）\n{AB}答案：B", "answer_twice", "答案"),
        ("1. 问？\nA. 甲\n答案：A", "options_too_few", "选项B"),
        ("1. 问？\nA. 甲\nB. 甲\n答案：A", "option_twice", "选项B"),
        ("1. 问？\nA. 甲\nB. 乙\nD. 丁\n答案：A", "option_order", "选项D"),
        ("1. 问？\nA.\nB. 乙\n答案：B", "option_gap", "选项A"),
        (f"1. \n{AB}答案：A", "stem_missing", "题干"),
        (f"1. {'长' * 2001}\n{AB}答案：A", "too_long", "题干"),
        (f"1. 问？\nA. {'长' * 501}\nB. 乙\n答案：A", "too_long", "选项A"),
        (f"1. 问？\n{AB}答案：A\n难度：超难", "difficulty", "难度"),
        (f"1. 问？\n{AB}答案：A\n认知层次：玄学", "level_unknown", "认知层次"),
        (f"1. 问？\n{AB}答案：A\n分值：-1", "points", "分值"),
        (f"1. 问？\n{AB}答案：A\n题型：连线", "kind_unknown", "题型"),
        (f"三、判断题\n1. 问？\n{AB}答案：A", "options_not_judge", "选项A"),
        (f"四、填空题\n1. 问____？\n{AB}答案：A", "options_not_wanted", "选项A"),
        ("1. 长____宽____。\n答案：10", "blanks_differ", "答案"),
        ("1. 长____宽____。\n答案：10；", "blank_empty", "答案"),
        ("四、填空题\n1. 问？\n答案：10；mm", "blanks_unmarked", "题干"),
        ("1. 【简答】问？\n评分标准：放线", "rubric_shape", "评分标准"),
        ("1. 只有一句话。", "not_a_question", "题干"),
        (f"1. 问？\n{AB}另一问？\nA. 丙\nB. 丁\n答案：A", "glued", "题干"),
    ],
)
def test_every_fault_is_said_with_its_place(text, code, field):
    reading = read(f"1. 好题？\n{AB}答案：A\n\n{text.replace('1. ', '2. ', 1)}")

    assert (code, field) in [(fault.code, fault.field) for fault in reading.faults]
    assert all(fault.position.endswith("（第 2 题）") for fault in reading.faults)
    assert all(fault.fix for fault in reading.faults)
    assert [draft.stem for draft in reading.drafts] == ["好题？"]


def test_letters_without_options_are_no_blanks():
    assert "options_too_few" in codes(read("1. 哪个？（ ）\n甲 乙 丙\n答案：A"))


def test_too_many_options_are_refused():
    options = "".join(f"{letter}. 选{letter}\n" for letter in "ABCDEFGHI")

    assert codes(read(f"1. 问？\n{options}答案：A")) == ["options_too_many"]


def test_the_same_question_twice_is_refused_with_the_place_of_the_first():
    reading = read(f"1. 问？\n{AB}答案：A\n2. 问？\n{AB}答案：A")

    (fault,) = reading.faults
    assert (fault.position, fault.code) == ("第 5 行（第 2 题）", "duplicate_in_file")
    assert "第 1 行（第 1 题）" in fault.sentence


def test_what_is_refused_keeps_its_text_its_kind_its_case_and_its_answer():
    text = "二、多选题\n案例：材料。\n1. 问？\nA. 甲\nB. 乙\n\n参考答案\n1. A"
    (unread,) = read(text).unread

    assert unread.text == (
        "【案例】材料。\n1. 问？\nA. 甲\nB. 乙\n【题型】多选\n【答案】A\n【案例结束】"
    )
    assert (unread.cells["stem"], unread.cells["option_B"], unread.cells["case"]) == (
        "问？",
        "乙",
        "材料。",
    )
