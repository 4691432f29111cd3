"""Whole files, as people have them: every item comes in right, or is refused with its place."""

import pytest

from tests.questions.formats.files import SAMPLES, codes, notes, sample
from zhupei.questions.formats import recognise
from zhupei.questions.rules import Kind

RECOGNISED = {
    "aiken.txt": "aiken",
    "gift-all-kinds.gift": "gift",
    "moodle.xml": "moodle",
    "qti21-choice.xml": "qti",
    "qti21-gap.xml": "qti",
    "qti21-match.xml": "qti",
    "qti30-item.xml": "qti",
    "sheet.csv": "sheet",
    "word-answer-table.txt": "text",
    "word-answers-at-end.txt": "text",
    "word-inline.txt": "text",
    "word-unnumbered.txt": "text",
}


def test_every_sample_is_tried():
    assert {path.name for path in SAMPLES.iterdir()} == set(RECOGNISED)


@pytest.mark.parametrize("name", RECOGNISED)
def test_a_file_is_recognised_by_what_it_says(name):
    reading = recognise.read(sample(name))

    assert recognise.recognise(sample(name)) == reading.format == RECOGNISED[name]
    assert reading.count
    for fault in [*reading.faults, *reading.notes]:
        assert fault.position
        assert fault.sentence
        assert "%(" not in fault.sentence + fault.fix
    assert all(draft.position for draft in reading.drafts)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "name", ["word-inline.txt", "gift-all-kinds.gift", "aiken.txt", "sheet.csv"]
)
def test_the_encoding_changes_nothing(name, encoding):
    text = sample(name).decode()

    assert recognise.read(text.encode(encoding)).drafts == recognise.read(text.encode()).drafts


def test_word_style_with_answers_beside_the_questions():
    reading = recognise.read(sample("word-inline.txt"))

    assert codes(reading) == []
    assert notes(reading) == ["left_out"]  # the title
    said = [(draft.kind, draft.key) for draft in reading.drafts]
    assert said[:9] == [
        (Kind.SINGLE, "B"),
        (Kind.SINGLE, "C"),
        (Kind.SINGLE, "D"),
        (Kind.SINGLE, "A"),
        (Kind.MULTIPLE, "ABD"),
        (Kind.MULTIPLE, "ABC"),
        (Kind.JUDGE, "B"),
        (Kind.JUDGE, "B"),
        (Kind.JUDGE, "A"),
    ]
    first, second, third = reading.drafts[:3]
    assert first.stem == "砌筑砂浆应随拌随用，一般应在拌成后（　）内用完。"
    assert first.options == ("1 h", "3 h", "6 h", "8 h")
    assert (first.points, first.analysis) == (2, "气温超过 30 ℃ 时还要缩短。")
    assert (second.difficulty, second.point) == (2, "砌体工程")
    assert third.options == ("公司级", "项目级", "班组级", "家庭级")
    blank, other, essay, asked, told = reading.drafts[9:]
    assert blank.key == {"blanks": [["240"], ["53", "五十三"]], "ordered": True}
    assert other.stem == "砌体的转角处和交接处应____砌筑。"
    assert [one["points"] for one in essay.key["rubric"]] == ["2", "2", "1"]
    assert essay.source == "砌筑工培训教材第四章"
    assert asked.case == told.case
    assert asked.case.text == "某工地砌筑围墙时突遇大风，\n墙体倒塌，砸伤两名工人。"
    assert (asked.place, told.place) == (1, 2)
    assert (asked.kind, told.kind) == (Kind.SINGLE, Kind.JUDGE)


def test_word_style_with_answers_at_the_end_part_by_part():
    reading = recognise.read(sample("word-answers-at-end.txt"))

    assert codes(reading) == []
    assert [draft.key for draft in reading.drafts[:7]] == ["B", "B", "B", "ACD", "AB", "B", "A"]
    assert reading.drafts[7].key["blanks"] == [["漏", "漏保"]]


def test_answers_in_a_table():
    assert [d.key for d in recognise.read(sample("word-answer-table.txt")).drafts] == [
        "A",
        "B",
        "A",
    ]


def test_word_style_without_numbers():
    single, labelled, judged = recognise.read(sample("word-unnumbered.txt")).drafts

    assert (single.key, labelled.key, judged.key) == ("C", "C", "B")
    assert (labelled.difficulty, labelled.point, labelled.level) == (1, "起重吊装", "recall")
    assert labelled.source == "JGJ 276-2012"
    assert judged.kind == Kind.JUDGE


def test_gift():
    reading = recognise.read(sample("gift-all-kinds.gift"))

    kinds = [draft.kind for draft in reading.drafts]
    assert kinds == ["single", "multiple", "judge", "judge", *["blank"] * 4, "essay", "single"]
    assert [draft.key for draft in reading.drafts[:4]] == ["B", "AB", "A", "B"]
    assert reading.drafts[4].key["blanks"] == [["240", "二百四十"]]
    assert reading.drafts[4].stem == "普通砖长度为____mm。"
    assert reading.drafts[-1].stem == "下列写法正确的是 {a=b}"
    assert reading.drafts[-1].options == ("a=b", "a~b", "a:b")
    assert reading.drafts[-1].analysis == "因为等号表示相等"
    assert {draft.point for draft in reading.drafts} == {"砂浆"}
    assert codes(reading) == ["not_supported", "not_supported", "unclosed", "no_right_option"]
    assert reading.faults[0].position == "第 29 行 · 范围"


def test_moodle():
    reading = recognise.read(sample("moodle.xml"))

    assert [draft.kind for draft in reading.drafts] == [
        "single",
        "multiple",
        "judge",
        "blank",
        "blank",
        "essay",
        "single",
    ]
    pictured = reading.drafts[0]
    assert pictured.stem == "水平灰缝厚度宜为 多少？\n见图："
    assert [(one.name, one.alt) for one in pictured.pictures] == [("wall.png", "墙")]
    assert pictured.pictures[0].content.startswith(b"\x89PNG")
    assert pictured.analysis == "规范规定 8～12 mm。"
    assert pictured.points == 2
    assert reading.drafts[3].key["blanks"] == [["皮数杆", "皮数尺"]]
    assert [one["points"] for one in reading.drafts[5].key["rubric"]] == ["2", "3"]
    assert reading.drafts[6].stem == "1 m² 砌体用砖多少？<128>"
    assert codes(reading) == ["not_supported"] * 3 + ["picture_elsewhere"]
    assert {"all_or_nothing", "case_sensitive", "numerical", "script_dropped"} <= set(
        notes(reading)
    )


def test_qti_single_items():
    choice = recognise.read(sample("qti21-choice.xml"))
    gap = recognise.read(sample("qti21-gap.xml"))
    several = recognise.read(sample("qti30-item.xml"))

    assert (choice.drafts[0].kind, choice.drafts[0].key) == (Kind.SINGLE, "B")
    assert choice.drafts[0].options == ("低挂高用", "高挂低用", "随便挂")
    assert gap.drafts[0].stem == "普通砖长 ____ mm，厚 ____ mm。"
    assert gap.drafts[0].key["blanks"] == [["240", "二百四十"], ["53"]]
    assert (several.drafts[0].kind, several.drafts[0].key) == (Kind.MULTIPLE, "AC")
    assert several.drafts[0].points == 2
    assert codes(recognise.read(sample("qti21-match.xml"))) == ["not_supported"]


def test_aiken():
    reading = recognise.read(sample("aiken.txt"))

    assert [(draft.kind, draft.key) for draft in reading.drafts] == [
        (Kind.SINGLE, "A"),
        (Kind.SINGLE, "B"),
        (Kind.JUDGE, "B"),
    ]
    assert [(fault.position, fault.code) for fault in reading.faults] == [
        ("第 12 行", "answer_missing"),
        ("第 16 行", "answer_not_an_option"),
        ("第 21 行", "answer_line"),
    ]


def test_a_spreadsheet_with_cases_and_all_kinds():
    reading = recognise.read(sample("sheet.csv"))

    assert codes(reading) == []
    assert [draft.kind for draft in reading.drafts] == [
        "single",
        "blank",
        "essay",
        "single",
        "judge",
    ]
    assert reading.drafts[1].key["blanks"] == [["75", "七十五"], ["100"]]
    assert reading.drafts[2].key["sample"] == "见教材"
    assert reading.drafts[3].case == reading.drafts[4].case
    assert [draft.place for draft in reading.drafts] == [0, 0, 0, 1, 2]
