"""Terms, exposure and small numbers, as plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.complaints import rules
from zhupei.complaints.models import KindChoices
from zhupei.complaints.rules import Kind, Term

LAST = date(2026, 6, 19)


def test_every_kind_has_grounds_and_words():
    assert set(rules.grounds()) == set(Kind)
    assert {kind.value for kind in Kind} == set(KindChoices.values)


@pytest.mark.parametrize(
    ("today", "last_day", "times", "expected"),
    [
        (date(2026, 6, 19), LAST, 0, None),
        (date(2026, 6, 20), LAST, 0, Term.TOO_LATE),
        (date(2026, 6, 1), None, 0, Term.NOT_ANSWERED),
        (date(2026, 6, 1), LAST, 1, Term.TOO_OFTEN),
    ],
)
def test_may_reopen_within_the_term_and_so_many_times(today, last_day, times, expected):
    assert rules.may_reopen(today, last_day, times=times, at_most=1) == expected


TOLD = "那天下午王老师只来了半个小时，就让我们在签到表上签了四个小时的字。"


@pytest.mark.parametrize(
    ("text", "forbidden", "doubtful"),
    [
        ("请说明 6 月 3 日的考勤。", (), ()),
        ("学员再娜普·阿不都反映", ("再娜普·阿不都",), ()),
        ("有个叫再娜普的学员反映", (), ("再娜普",)),
        ("来电 139 9912 3456 反映", ("13999123456",), ()),
        ("来电 139-9912-3456 反映", ("13999123456",), ()),
        ("尾号 9123456 的学员", (), ("9123456",)),
        (
            "王老师只来了半个小时就让我们在签到表上签",
            (),
            ("王老师只来了半个小时就让我们在签到表上签",),
        ),
    ],
)
def test_exposure_of_a_name_a_number_and_a_style(text, forbidden, doubtful):
    found = rules.exposure(text, name="再娜普·阿不都", phone="13999123456", told=TOLD)

    assert found == (forbidden, doubtful)


def test_exposure_of_an_anonymous_one_knows_its_words_only():
    assert rules.exposure("请说明考勤。", name="", phone="", told=TOLD) == ((), ())


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12))
def test_the_longest_common_stretch_is_in_both_and_none_is_longer(one, other):
    found = rules.longest_common(one, other)

    stretches = {one[a:b] for a in range(len(one)) for b in range(a + 1, len(one) + 1)}
    assert len(found) == max((len(s) for s in stretches if s in other), default=0)
    assert found in one
    assert found in other


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 12, "b": 3, "c": 2}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 3, "c": 7}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 0}, {"a": 12, "b": 0}),
        ({"a": 4}, {"a": None}),
        ({"a": 5, "b": 5}, {"a": 5, "b": 5}),
        ({}, {}),
    ],
)
def test_shown_hides_small_numbers_and_never_one_alone(counts, expected):
    assert rules.shown(counts, 5) == expected


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 30)))
def test_no_hidden_number_can_be_computed_from_the_total(counts):
    hidden = [key for key, count in rules.shown(counts, 5).items() if count is None]
    others = [key for key, count in counts.items() if count]

    assert len(hidden) != 1 or len(others) == 1


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 5, 0), (0, 0, None)]
)
def test_share_is_rounded_half_up(part, whole, expected):
    assert rules.share(part, whole) == expected
