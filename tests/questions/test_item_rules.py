"""What a question is, who reads it next, what readers come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make_questions import blank, content, essay, judge, multiple
from zhupei.questions import contents, rules, words
from zhupei.questions.rules import Load, Verdict, faults, in_turn, likeness_words, verdict


def codes(said) -> list[str]:
    return [fault.code for fault in contents.faults(said)]


@pytest.mark.parametrize("builder", [content, multiple, judge, blank, essay])
def test_one_of_every_kind_is_a_question(builder):
    assert codes(builder()) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (content("  "), "stem_missing"),
        (content("砖\0缝"), "unprintable"),
        (content("砖\ud800缝"), "unprintable"),
        (content(options=["一", "二\x07"]), "unprintable"),
        (content(source="\0"), "unprintable"),
        (content(options=["一"], key="A"), "options_too_few"),
        (content(options=["一", "", "三"], key="A"), "option_missing"),
        (content(options=["10 MM", "10mm", "二"], key="A"), "option_twice"),
        (content(options=[str(n) for n in range(9)], key="A"), "options_too_many"),
        (content(options=["一" * 1001, "二"], key="A"), "too_long"),
        (content("题" * 4001), "too_long"),
        (content(key=""), "key_missing"),
        (content(key=None), "key_missing"),
        (content(key="E"), "key_not_an_option"),
        (content(key="BA"), "key_not_an_option"),
        (content(key="AB"), "key_not_one"),
        (multiple(key="A"), "key_only_one"),
        (judge(options=["对", "错"]), "options_not_judge"),
        (judge(key="AB"), "key_not_one"),
        (blank(key={"blanks": []}), "blanks_missing"),
        (blank(key="A"), "blanks_missing"),
        (blank(key={"blanks": [["10"], []]}), "blank_without_answer"),
        (blank(key={"blanks": [["10"], [" "]]}), "blank_without_answer"),
        (blank(key={"blanks": [["10"]]}), "blanks_differ"),
        (blank(key={"blanks": [["\0"], ["b"]]}), "unprintable"),
        (essay(key={"rubric": []}), "rubric_missing"),
        (essay(key=None), "rubric_missing"),
        (essay(key={"rubric": [{"what": " ", "points": "1"}]}), "rubric_without_words"),
        (essay(key={"rubric": [{"what": "斜槎", "points": "0"}]}), "rubric_points"),
        (essay(key={"rubric": [{"what": "斜槎", "points": "1.234"}]}), "rubric_points"),
        (essay(key={"rubric": [{"what": "斜槎", "points": "NaN"}]}), "rubric_points"),
        (essay(key={"rubric": [{"what": "斜槎", "points": "很多"}]}), "rubric_points"),
        (essay(key={"rubric": [{"what": "斜槎"}]}), "rubric_points"),
    ],
)
def test_what_cannot_be_answered_or_marked_is_no_question(said, code):
    assert code in codes(said)


def test_every_fault_has_a_sentence_and_a_name_for_its_part():
    said = content("", options=["", ""], key="Z", point="\0", analysis="题" * 4001)

    for fault in contents.faults(said):
        assert words.told(fault)
        assert fault.part in words.PARTS


def test_a_fill_in_item_may_ask_without_showing_its_blanks():
    assert codes(blank("写出标准砖的长和宽。")) == []


@given(st.text(), st.lists(st.text()), st.one_of(st.none(), st.text(), st.lists(st.text())))
@pytest.mark.parametrize("kind", [*rules.Kind])
def test_whatever_is_written_is_judged_without_a_crash(kind, stem, options, key):
    assert isinstance(faults(kind, stem, options, key), list)


@pytest.mark.parametrize(
    ("agreed", "objected", "third", "expected"),
    [
        (0, 0, True, Verdict.OPEN),
        (1, 0, True, Verdict.OPEN),
        (0, 1, True, Verdict.OPEN),
        (2, 0, True, Verdict.AGREED),
        (0, 2, True, Verdict.OBJECTED),
        (1, 1, True, Verdict.THIRD),
        (1, 1, False, Verdict.OBJECTED),
        (2, 1, True, Verdict.AGREED),
        (1, 2, True, Verdict.OBJECTED),
    ],
)
def test_two_who_say_the_same_decide(agreed, objected, third, expected):
    assert verdict(agreed, objected, third=third) == expected


def test_who_has_least_to_read_is_asked_next():
    loads = {1: Load(2, 9), 2: Load(0, 9), 3: Load(0, 4), 4: Load(0, 4)}

    assert in_turn(loads, (), 4) == [3, 4, 2, 1]
    assert in_turn(loads, {3, 4}, 2) == [2, 1]
    assert in_turn(loads, {1, 2, 3}, 2) == [4]


def test_chinese_is_compared_by_pairs_of_characters():
    assert likeness_words("砌体灰缝，宜为 10 MM？", ["5mm"]) == "砌体 体灰 灰缝 宜为 10mm 5mm"
    assert likeness_words("砖") == "砖"
