"""Moodle XML and GIFT: what differs between them, and what is refused."""

import base64

import pytest

from tests.questions.formats.files import codes, notes, only, png
from zhupei.questions.formats import gift, moodle, recognise
from zhupei.questions.rules import Kind

ANSWERS = (
    '<answer fraction="100"><text>甲</text></answer><answer fraction="0"><text>乙</text></answer>'
)


def question(kind: str, text: str = "问？", inside: str = "") -> bytes:
    said = f"<questiontext format='html'><text><![CDATA[{text}]]></text></questiontext>"
    said = f"<name><text>名</text></name>{said}{inside}"
    return f'<quiz><question type="{kind}">{said}</question></quiz>'.encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (question("matching"), "not_supported"),
        (question("multianswer"), "not_supported"),
        (question("ddwtos"), "not_supported"),
        (question("something_new"), "not_supported"),
        (question(""), "not_supported"),
        (question("multichoice"), "no_right_option"),
        (question("multichoice", "", ANSWERS), "stem_missing"),
        (question("multichoice", inside=ANSWERS.replace("100", "50")), "no_right_option"),
        (question("truefalse"), "no_right_option"),
        (question("shortanswer"), "answer_missing"),
        (question("multichoice", '<img src="@@PLUGINFILE@@/x.png">', ANSWERS), "picture_missing"),
        (question("multichoice", '<img src="data:image/png;base64,AAA">', ANSWERS), "picture_kind"),
        (question("multichoice", "<iframe></iframe>问", ANSWERS), "media"),
        (question("multichoice", "<math><mi>x</mi></math>问", ANSWERS), "formula"),
        (question("multichoice", "x" * 60_000, ANSWERS), "too_long"),
    ],
)
def test_what_moodle_has_and_we_have_not_is_refused(content, code):
    reading = moodle.read(content)

    assert code in codes(reading)
    assert reading.faults[0].position == "第 1 题 · 名"


def test_a_picture_may_stand_in_the_text_itself():
    data = base64.b64encode(png()).decode()
    text = f'看图<img alt="墙" src="data:image/png;base64,{data}">'

    draft = only(moodle.read(question("multichoice", text, ANSWERS)))

    assert [(one.name, one.alt) for one in draft.pictures] == [("图1.png", "墙")]


def test_an_option_that_is_a_picture_is_refused():
    inside = ANSWERS.replace("甲", "&lt;img src='x.png'&gt;")

    assert "option_picture" in codes(moodle.read(question("multichoice", inside=inside)))


def test_markdown_and_plain_text_are_taken_as_they_are():
    content = question("multichoice", "a &lt; b", ANSWERS).replace(b"'html'", b"'plain_text'")

    assert only(moodle.read(content)).stem == "a &lt; b"


def test_moodle_words_of_right_and_wrong_are_a_judgement():
    inside = ANSWERS.replace("甲", "对").replace("乙", "错")

    assert only(moodle.read(question("multichoice", inside=inside))).kind == Kind.JUDGE


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("问？{=甲 ~乙}", Kind.SINGLE, "A"),
        ("问？{~%100%甲 ~乙}", Kind.SINGLE, "A"),
        ("问？{~%33.333%甲 ~%33.333%乙 ~%33.333%丙 ~丁}", Kind.MULTIPLE, "ABC"),
        ("问？{T}", Kind.JUDGE, "A"),
        ("问？{ FALSE }", Kind.JUDGE, "B"),
        ("问？{TRUE#错了#对了}", Kind.JUDGE, "A"),
        ("问？{=正确 ~错误}", Kind.JUDGE, "A"),
    ],
)
def test_gift_choices(text, kind, key):
    draft = only(gift.read(text))

    assert (draft.kind, draft.key) == (kind, key)


def test_gift_words_of_its_own():
    text = (
        "// 说明\n$CATEGORY: 甲/乙//丙\n\n"
        "::题\\:名::[html]<p>长\\=多少</p>{=a\\=b#对了\n~c####<b>因为</b>}\n\n"
        "中间{=空|白 =留白}有字\n\n尺寸{#=240:0 =%50%241:1}"
    )
    first, gap, number = gift.read(text).drafts

    assert first.position == "第 4 行 · 题:名"
    assert (first.stem, first.options, first.analysis) == ("长=多少", ("a=b", "c"), "因为")
    assert first.point == "乙//丙"
    assert (gap.stem, gap.key["blanks"]) == ("中间____有字", [["空|白", "留白"]])
    assert number.key["blanks"] == [["240"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("问？{=甲", "unclosed"),
        ("问？=甲}", "unclosed"),
        ("问？{=甲 {~乙}", "unclosed"),
        ("问？{=甲 ~乙}{=丙 ~丁}", "several_interactions"),
        ("问？{=甲 -> 乙 =丙 -> 丁}", "not_supported"),
        ("问？{#1..5}", "not_supported"),
        ("问？{甲 ~乙}", "item_broken"),
        ("问？{~甲 ~乙}", "no_right_option"),
        ("问？{=甲 =乙 ~丙}", "answer_not_one"),
        ("{=甲 ~乙}", "stem_missing"),
        ('[html]<img src="http://x/a.png">问？{=甲 ~乙}', "picture_elsewhere"),
        ('[html]<img src="a.png">问？{=甲 ~乙}', "picture_missing"),
        ("问？{=<img src\\=x> ~乙}", "option_picture"),
    ],
)
def test_what_is_wrong_with_gift_is_said_with_its_line(text, code):
    reading = gift.read(f"好题？{{T}}\n\n{text}")

    assert code in codes(reading)
    assert {fault.position for fault in reading.faults} == {"第 3 行"}
    assert len(reading.drafts) == 1


def test_gift_without_blank_lines_and_with_both_signs():
    reading = gift.read("::一:: 问？{~甲\n~=乙}\n::二:: 又？{T}\n::三:: 另？{=丙 ~丁}")

    assert [draft.key for draft in reading.drafts] == ["B", "A", "A"]
    assert [draft.position for draft in reading.drafts] == [
        "第 1 行 · 一",
        "第 3 行 · 二",
        "第 4 行 · 三",
    ]


def test_several_full_answers_beside_wrong_ones_have_no_meaning_and_two_share_a_note():
    reading = gift.read("问？{~%50%甲 ~%50%乙 ~丙}")

    assert notes(reading) == ["all_or_nothing"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("问？{=甲 ~乙}", "gift"),
        ("::名:: 问？ {T}", "gift"),
        ("问？\nA. 甲\nB. 乙\nANSWER: A", "aiken"),
        ("1. 集合 {1,2} 有几个元素？\nA. 1\nB. 2\n答案：B", "text"),
        ("题型,题干,答案\n判断,问,对", "sheet"),
        ("题型\t题干\t答案\n判断\t问\t对", "sheet"),
        ("<quiz/>", "moodle"),
        ("<?xml version='1.0'?><!-- x --><quiz/>", "moodle"),
        ("<qti-assessment-item/>", "qti"),
    ],
)
def test_formats_are_told_apart(text, form):
    assert recognise.recognise(text.encode()) == form
