"""The program in every package of a sitting: it agrees with the rule, and notices every change."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.archives import recompute_marks
from zhupei.exams import rules
from zhupei.questions.rules import write_blanks

TEXTS = st.text("10十 ｍM", max_size=3)
BLANKS = st.fixed_dictionaries(
    {
        "blanks": st.lists(st.lists(TEXTS, min_size=1, max_size=2), min_size=1, max_size=3),
        "ordered": st.booleans(),
    }
)
PLACES = st.one_of(
    st.tuples(st.just("multiple"), st.sampled_from(["A", "B", "AC", "BD"])),
    st.tuples(st.just("blank"), BLANKS),
    st.tuples(st.just("essay"), st.just({"rubric": [], "sample": ""})),
)
ANSWERS = st.text("ABCDEFGH", max_size=4) | st.lists(TEXTS, max_size=4).map(write_blanks)


@given(st.dictionaries(st.integers(0, 8), ANSWERS), st.lists(PLACES, min_size=1, max_size=8))
def test_its_mark_is_the_mark_of_the_rule(answers, places):
    sealed = {
        "kinds": [kind for kind, _key in places],
        "keys": {str(place): key for place, (_kind, key) in enumerate(places)},
        "points": {str(place): str(place % 3 + 1) for place in range(len(places))},
    }
    marking = rules.Marking.read(sealed)

    expected = rules.final_mark(marking, rules.by_machine(marking, answers))

    assert recompute_marks.mark(answers, sealed) == expected
    assert recompute_marks.receipt(answers) == rules.receipt(answers)


@pytest.fixture
def folder(sitting_package, unpacked):
    return unpacked(sitting_package) / "data"


def says(folder) -> str:
    words = [sys.executable, "-I", str(folder / "recompute_marks.py")]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == int("不符" in ran.stdout), ran.stderr
    return ran.stdout


def replace(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_untouched_sitting_agrees(folder):
    assert "重算 2 份答卷：成绩、结论和指纹全部相符" in says(folder)


def test_a_mark_somebody_raised_is_named(folder):
    replace(folder / "成绩.csv", "15.00,不合格", "60.00,合格")

    assert "重算 15.00（不合格），成绩表 60.00（合格）" in says(folder)


def test_an_answer_somebody_changed_is_named(folder):
    first, *others = (folder / "作答.jsonl").read_text().splitlines()
    attempt = json.loads(first)
    attempt["answers"][0]["choice"] = "H"
    (folder / "作答.jsonl").write_text("\n".join([json.dumps(attempt), *others]))

    assert "作答与答卷指纹不符" in says(folder)


def test_an_answer_changed_with_its_receipt_is_named_by_the_event(folder):
    first, *others = (folder / "作答.jsonl").read_text().splitlines()
    attempt = json.loads(first)
    attempt["answers"][0]["choice"] = "H"
    answers = {one["item"]: one["choice"] for one in attempt["answers"]}
    attempt["receipt"] = rules.receipt(answers)
    (folder / "作答.jsonl").write_text("\n".join([json.dumps(attempt), *others]))

    assert "事件记录中没有交卷时的答卷指纹" in says(folder)


def test_a_question_somebody_changed_is_named(folder):
    replace(folder / "试卷.json", "题", "题目")

    assert "卷试题与其摘要不符" in says(folder)


def test_an_attempt_somebody_took_out_is_named(folder):
    first, *_others = (folder / "作答.jsonl").read_text().splitlines()
    (folder / "作答.jsonl").write_text(first)

    assert "没有原始作答" in says(folder)
