"""What a rubric is, what may not be published, what changed between two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make_practical
from zhupei.practical.rules import rubric as rules
from zhupei.practical.rules.rubric import Criterion, Step


def read(**changed):
    return rules.read(make_practical.content(**changed))


def ranged(weight, step):
    return Criterion("c1", "灰缝", weight, (), step, "")


def test_what_is_written_reads_back_the_same():
    content = make_practical.content()

    assert rules.write(rules.read(content)) == content


def test_a_whole_rubric_has_no_flaws():
    found = read()

    assert rules.flaws(found) == []
    assert (found.minutes, found.weight) == (80, 100)


def test_steps_earn_their_share_of_the_weight():
    found = read().criteria()["c1"]

    assert rules.allowed(found) == (Decimal(40), Decimal(24), Decimal(0))


def test_points_lie_a_step_apart_and_end_at_nothing():
    assert rules.allowed(ranged(10, "5")) == (Decimal(10), Decimal(5), Decimal(0))
    assert rules.allowed(ranged(7, "5")) == (Decimal(7), Decimal(2), Decimal(0))
    assert len(rules.allowed(ranged(10, "0.5"))) == 21


@given(st.integers(1, 100), st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_allowed_points_never_exceed_the_weight(weight, shares):
    steps = tuple(Step(str(share), share) for share in [*set(shares), 100])
    found = rules.allowed(Criterion("c1", "x", weight, steps, "", ""))

    assert max(found) == weight
    assert min(found) >= 0
    assert list(found) == sorted(found, reverse=True)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"tasks": []}, "no_tasks"),
        ({"tasks": make_practical.content()["tasks"][:1]}, "not_hundred"),
        ({"fatal": [{"key": "f1", "text": "倒塌"}, {"key": "f2", "text": "倒塌"}]}, "fatal_twice"),
    ],
)
def test_what_is_wrong_with_a_rubric_is_named(changed, code):
    assert [flaw.code for flaw in rules.flaws(read(**changed))] == [code]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"steps": [{"word": "好", "share": 100}]}, "steps_too_few"),
        (
            {"steps": [{"word": "好", "share": 100}, {"word": "也好", "share": 100}]},
            "steps_too_few",
        ),
        (
            {"steps": [{"word": "好", "share": 90}, {"word": "差", "share": 0}]},
            "steps_without_full",
        ),
        ({"steps": [], "step": "3"}, "step"),
        ({"weight": 0}, "weight"),
    ],
)
def test_what_is_wrong_with_a_criterion_is_named(fields, code):
    one = make_practical.criterion("c1", "墙面", 20) | fields
    task = {"key": "t1", "title": "砌墙", "minutes": 60, "criteria": [one]}

    assert code in [flaw.code for flaw in rules.flaws(read(tasks=[task]))]


def test_a_task_needs_criteria_and_time():
    task = {"key": "t1", "title": "砌墙", "minutes": 0, "criteria": []}

    codes = [flaw.code for flaw in rules.flaws(read(tasks=[task]))]
    assert codes == ["task_empty", "minutes", "not_hundred"]


def test_differences_are_told_by_key():
    old = read()
    content = make_practical.content()
    content["tasks"][0]["minutes"] = 70
    content["tasks"][0]["criteria"][0]["weight"] = 30
    content["fatal"].pop()

    found = rules.difference(old, rules.read(content))

    assert [(one.what, one.field, one.before, one.after) for one in found] == [
        ("task", "minutes", "60", "70"),
        ("criterion", "weight", "40", "30"),
        ("fatal", "", "墙体倒塌", ""),
    ]
    assert rules.difference(old, old) == []


def test_scales_are_read_as_they_are_written():
    one = read().criteria()["c1"]

    assert rules.read_steps(rules.scale_words(one)) == one.steps
    assert rules.read_steps("好＝100%; 差=0") == (Step("好", 100), Step("差", 0))
    assert rules.read_steps("") == ()


@pytest.mark.parametrize("nonsense", ["好", "=100", "好=多", "好=x"])
def test_what_is_no_scale_is_not_read(nonsense):
    with pytest.raises(ValueError, match=r"好|=100|x"):
        rules.read_steps(nonsense)


def test_fatal_errors_keep_their_keys_when_worded_the_same():
    changed = rules.with_fatal(read(), ["新的一条", "墙体倒塌"])

    assert [(one.key, one.text) for one in changed.fatal] == [
        ("f3", "新的一条"),
        ("f2", "墙体倒塌"),
    ]


def test_tasks_move_and_go():
    found = read()
    moved = rules.with_task(found, found.tasks[1], 1)

    assert [task.key for task in moved.tasks] == ["t2", "t1"]
    assert [task.key for task in rules.without_task(found, "t1").tasks] == ["t2"]
    assert rules.fresh_key("t", ["t1", "t3"]) == "t2"
