"""What we write reads back as it was, whatever it says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.questions.formats.files import codes, png
from zhupei.core.import_kinds import Findings
from zhupei.questions.formats import answers, sheet, words, write_sheet
from zhupei.questions.formats.draft import Case, Draft, Picture
from zhupei.questions.formats.judge import fingerprint, judge, placed
from zhupei.questions.formats.qti import reader as qti
from zhupei.questions.formats.qti import writer
from zhupei.questions.formats.write_sheet import sketch_of
from zhupei.questions.rules import Kind

AWKWARD = st.sampled_from(
    [
        "=1+1",
        "+2",
        "-3",
        "@a",
        "'x",
        "<b>粗</b>",
        "a<b",
        "&amp;",
        "甲\n乙",
        "a|b；c;d",
        "\\",
        "\\|",
        "（不分先后）",
        "____",
        "（\u3000）",
        "A. 甲 B. 乙",
        "答案：A",
        "_x0041_",
        "10（3分）",
        "\t",
        "“引”",
        "ئۇيغۇر",
    ]
)
TEXT = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | AWKWARD,
    min_size=1,
    max_size=3,
).map("".join)
PICTURES = st.lists(
    st.builds(
        Picture,
        st.text(max_size=8).map(lambda name: f"{name}.png"),
        st.integers(0, 255).map(png),
        TEXT,
    ),
    max_size=2,
).map(tuple)
CASES = st.none() | st.builds(Case, TEXT, PICTURES)
POINTS = st.decimals("0.01", 100, places=2).map(words.decimal)


@st.composite
def questions(draw) -> Draft:
    """A question that keeps the rules; one that does not is thrown away."""
    kind = draw(st.sampled_from(list(Kind)))
    options, key = (), draw(KEYS[kind])
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        options = tuple(draw(st.lists(TEXT, min_size=2, max_size=8, unique=True)))
    elif kind == Kind.JUDGE:
        options = draw(st.sampled_from([("正确", "错误"), ("错", "对"), ("错误", "正确")]))
    gaps = len(key["blanks"]) if kind == Kind.BLANK else 0
    stem = "____".join(draw(TEXT) for _ in range(gaps + 1))
    rough = Draft(
        kind,
        stem,
        key,
        options,
        point=draw(st.just("") | TEXT),
        difficulty=draw(st.integers(1, 5)),
        level=draw(st.sampled_from(["", *words.LEVELS])),
        source=draw(st.just("") | TEXT),
        analysis=draw(st.just("") | TEXT),
        points=Decimal(draw(POINTS)),
        pictures=draw(PICTURES),
        case=draw(CASES),
    )
    settled = judge(replace_findings(rough))
    assume(settled is not None)
    return settled


def replace_findings(rough: Draft):
    sketch = sketch_of(rough)
    sketch.say = Findings()
    return sketch


def test_a_line_of_a_rubric_needs_words():
    wordless = {"rubric": [{"what": "放线", "points": "1"}, {"what": "\x01", "points": "2"}]}
    sketch = replace_findings(Draft(Kind.ESSAY, "问", wordless | {"sample": ""}))

    assert judge(sketch) is None
    assert sketch.say.faults == {"rubric": ("rubric_words", {"line": 2})}


KEYS = {
    Kind.SINGLE: st.sampled_from("AB"),
    Kind.MULTIPLE: st.sampled_from(["AB"]),
    Kind.JUDGE: st.sampled_from("AB"),
    Kind.BLANK: st.fixed_dictionaries(
        {
            "blanks": st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=3),
            "ordered": st.booleans(),
        }
    ),
    Kind.ESSAY: st.fixed_dictionaries(
        {
            "rubric": st.lists(st.fixed_dictionaries({"what": TEXT, "points": POINTS}), max_size=3),
            "sample": st.just("") | TEXT,
        }
    ),
}


def as_one_file(drafts: list[Draft]) -> list[Draft]:
    """Questions that may stand in one file: none twice, one set of pictures for a case."""
    seen, cases, kept = set(), {}, []
    for draft in drafts:
        if fingerprint(draft) not in seen:
            seen.add(fingerprint(draft))
            case = draft.case and cases.setdefault(draft.case.text, draft.case)
            kept.append(replace(draft, case=case))
    return placed(kept)


FILES = st.lists(questions(), min_size=1, max_size=4).map(as_one_file)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@given(FILES)
@SLOW
def test_a_package_of_qti_reads_back_the_same(drafts):
    reading = qti.read(writer.write(drafts, title="题库"))

    assert codes(reading) == []
    assert list(reading.drafts) == drafts


@pytest.mark.parametrize("way", ["\\", "a\\", "\\\\", "\\（不分先后）", "（不分先后）"])
@pytest.mark.parametrize("ordered", [True, False])
def test_any_order_is_told_from_what_an_answer_ends_in(way, ordered):
    key = {"blanks": [["0"], [way]], "ordered": ordered}

    assert answers.blanks(answers.write_blanks(key)) == (key["blanks"], ordered)


@given(FILES)
@SLOW
def test_a_spreadsheet_reads_back_the_same(drafts):
    reading = sheet.read(write_sheet.write(drafts, about=[("来源", "自治区题库")]))

    assert codes(reading) == []
    assert list(reading.drafts) == drafts


@given(questions())
@SLOW
def test_judging_again_changes_nothing(draft):
    assert judge(replace_findings(draft)) == replace(draft, place=0)


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_nothing_in_an_export_is_ever_calculated(text):
    draft = Draft(Kind.SINGLE, f"{text} 是什么？", "A", (text, "乙"), analysis=text)

    reading = sheet.read(write_sheet.write([draft]))

    assert codes(reading) == []  # a cell that is calculated would be refused as a formula
    assert reading.drafts[0] == draft
