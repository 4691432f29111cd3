"""The rules of assessment, by their boundaries."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.exams import rules
from zhupei.exams.rules import Facts, Reason

HOUR = 45 * 60
REQUIRED = {1: 4 * HOUR, 2: 8 * HOUR, 3: 12 * HOUR}
NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)


def facts(**changed):
    """Somebody who may be seated, but for what is changed."""
    given = {
        "enrolled": True,
        "class_counts": True,
        "same_job": True,
        "consented": True,
        "required": REQUIRED,
        "credited": REQUIRED,
        "hours_share": 90,
    }
    return Facts(**(given | changed))


def test_who_fulfils_everything_is_eligible():
    verdict = rules.eligibility(facts())

    assert verdict.eligible
    assert (verdict.counted, verdict.needed) == (24 * HOUR, 24 * HOUR * 9 // 10)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"enrolled": False}, Reason.WITHDRAWN),
        ({"class_counts": False}, Reason.CLASS_NOT_IN_EFFECT),
        ({"same_job": False}, Reason.OTHER_JOB),
        ({"credited": {}}, Reason.HOURS_SHORT),
        ({"consented": False}, Reason.NO_CONSENT),
        ({"busy_with": "第 2 场"}, Reason.BUSY),
        ({"waits_for": "第 1 场"}, Reason.PENDING),
        ({"passed": True}, Reason.PASSED),
        ({"resit_on": date(2027, 3, 1)}, Reason.NO_RESIT_LEFT),
    ],
)
def test_each_missing_fact_is_a_reason_of_its_own(changed, reason):
    assert rules.eligibility(facts(**changed)).reasons == (reason,)


def test_every_reason_is_named_at_once():
    verdict = rules.eligibility(facts(credited={}, consented=False, passed=True))

    assert verdict.reasons == (Reason.HOURS_SHORT, Reason.NO_CONSENT, Reason.PASSED)


MARCH, MAY, JULY = date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("tries", "on", "free"),
    [
        ([], JULY, None),
        ([MARCH, MAY], JULY, None),
        ([MAY, JULY, MARCH], date(2027, 2, 28), date(2027, 3, 1)),
        ([MAY, JULY, MARCH], date(2027, 3, 1), None),
        ([date(2020, 1, 1), MARCH, MAY, JULY], date(2026, 12, 1), date(2027, 3, 1)),
        ([date(2020, 1, 1), MAY, JULY], date(2026, 12, 1), None),
    ],
)
def test_a_first_try_and_two_more_in_twelve_months(tries, on, free):
    assert rules.next_try(tries, on, resits=2, months=12) == free


def test_without_resits_the_first_try_is_the_only_one():
    assert rules.next_try([JULY], date(2026, 8, 1), resits=0, months=6) == date(2027, 1, 1)


def test_a_month_that_lacks_the_day_ends_with_its_last():
    assert rules.months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert rules.months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert rules.months_after(date(2026, 12, 15), 1) == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("missing", "eligible"), [(0, True), (24 * HOUR // 10, True), (24 * HOUR // 10 + 1, False)]
)
def test_nine_tenths_of_the_hours_are_enough_and_a_second_less_is_not(missing, eligible):
    credited = REQUIRED | {3: 12 * HOUR - missing}

    assert rules.eligibility(facts(credited=credited)).eligible is eligible


def test_too_many_hours_in_one_unit_do_not_make_up_for_another():
    assert rules.counted_seconds({1: 100 * HOUR, 9: 5 * HOUR}, REQUIRED) == 4 * HOUR


@pytest.mark.parametrize(("share", "needed"), [(0, 0), (90, 91), (100, 101)])
def test_the_share_is_never_rounded_down(share, needed):
    assert rules.needed_seconds({1: 101}, share) == needed


def score(answers, key, kind="multiple"):
    """The mark on a form of items of one kind that weigh the same."""
    places = sorted(key)
    marking = rules.Marking(
        [kind] * len(places),
        {n: key[place] for n, place in enumerate(places)},
        dict.fromkeys(range(len(places)), Decimal(1)),
    )
    given = {n: answers.get(place, "") for n, place in enumerate(places)}
    return rules.final_mark(marking, rules.by_machine(marking, given))


@pytest.mark.parametrize(
    ("right", "of", "mark"),
    [
        (0, 20, "0.00"),
        (11, 20, "55.00"),
        (12, 20, "60.00"),
        (20, 20, "100.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 32, "3.13"),  # 3.125: halves go up
    ],
)
def test_every_item_weighs_the_same(right, of, mark):
    key = dict.fromkeys(range(of), "A")
    answers = {item: "A" if item < right else "B" for item in range(of)}

    assert score(answers, key) == Decimal(mark)


@pytest.mark.parametrize(
    ("choice", "mark"), [("ABD", 100), ("DBA", 100), ("AB", 0), ("ABCD", 0), ("", 0), ("AABD", 0)]
)
def test_a_multiple_choice_is_right_only_when_it_is_exactly_the_key(choice, mark):
    assert score({0: choice}, {0: "ABD"}) == mark


def test_a_blank_item_is_wrong_and_an_unknown_one_changes_nothing():
    assert score({7: "A"}, {0: "A", 1: "B"}) == 0


def test_points_weigh_and_blanks_earn_in_part():
    marking = rules.Marking.read(
        {
            "kinds": ["single", "blank"],
            "keys": {"0": "A", "1": {"blanks": [["10"], ["mm"]], "ordered": True}},
            "points": {"0": "1", "1": "3"},
        }
    )

    shares = rules.by_machine(marking, {0: "A", 1: '["10","cm"]'})

    assert shares == {0: 1, 1: Fraction(1, 2)}
    assert rules.final_mark(marking, shares) == Decimal("62.50")


def test_an_essay_waits_for_people_unless_it_was_left_blank():
    key = {0: {"rubric": [], "sample": ""}}

    assert score({0: "写了"}, key, "essay") is None
    assert score({}, key, "essay") == 0


@pytest.mark.parametrize(("mark", "passed"), [("59.99", False), ("60.00", True), ("60.01", True)])
def test_reaching_the_pass_mark_is_enough(mark, passed):
    assert rules.passes(Decimal(mark), Decimal(60)) is passed


@given(
    key=st.dictionaries(st.integers(0, 199), st.text("ABCDE", min_size=1, max_size=3), min_size=1),
    answers=st.dictionaries(st.integers(0, 199), st.text("ABCDE", max_size=3)),
)
def test_a_mark_is_between_nothing_and_everything(key, answers):
    assert 0 <= score(answers, key) <= 100
    assert score(key, key) == 100


# ── The paper ────────────────────────────────────────────────────────────────────────────────


papers = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(rules.KINDS),
            "options": st.lists(st.text("一二三四以上对", max_size=5), min_size=2, max_size=8),
        }
    ),
    max_size=30,
)


@given(items=papers, seed=st.text(max_size=20))
def test_every_candidate_gets_every_item_and_every_option_once(items, seed):
    shown = rules.order(seed, items)

    assert sorted(one.item for one in shown) == list(range(len(items)))
    kinds = [rules.KINDS.index(items[one.item]["kind"]) for one in shown]
    assert kinds == sorted(kinds)
    for place, letters in shown:
        assert sorted(letters) == list(rules.LETTERS[: len(items[place]["options"])])
    assert rules.order(seed, items) == shown


def test_a_case_group_stays_whole_and_in_its_order_behind_the_others():
    case, other = {"number": 7, "stem": "某工地"}, {"number": 2, "stem": "某桥"}
    items = [
        {"kind": "blank", "options": [], "group": case},
        {"kind": "single", "options": ["一", "二"], "group": case},
        {"kind": "essay", "options": [], "group": None},
        {"kind": "judge", "options": ["正确", "错误"], "group": other},
    ]

    orders = {tuple(one.item for one in rules.order(str(seed), items)) for seed in range(20)}

    assert orders == {(2, 0, 1, 3), (2, 3, 0, 1)}


def test_without_shuffling_everybody_sees_the_form_as_it_is():
    items = [{"kind": "single", "options": ["一", "二", "三"]} for _ in range(9)]

    shown = rules.order("seed", items, shuffle=False)

    assert [tuple(one) for one in shown] == [(place, "ABC") for place in range(9)]


def test_two_candidates_see_different_orders():
    items = [{"kind": "single", "options": ["一", "二", "三", "四"]} for _ in range(20)]

    assert rules.order("first", items) != rules.order("second", items)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("judge", ["正确", "错误"]),
        ("single", ["一", "二", "三", "以上都对"]),
        ("single", ["一", "二", "三", "A和C"]),
    ],
)
def test_options_that_speak_of_each_other_stay_in_place(kind, options):
    for seed in map(str, range(20)):
        [shown] = rules.order(seed, [{"kind": kind, "options": options}])
        assert shown.letters == rules.LETTERS[: len(options)]


def test_the_receipt_forgets_answers_taken_back_but_nothing_else():
    assert rules.receipt({1: "B", 0: "A"}) == rules.receipt({0: "A", 1: "B", 2: ""})
    assert rules.receipt({0: "A"}) != rules.receipt({0: "B"})
    assert rules.receipt({0: "A"}) != rules.receipt({1: "A"})


# ── Time ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("minutes", "may"), [(-1, False), (0, True), (59, True), (60, False)])
def test_one_may_start_until_just_before_the_end(minutes, may):
    moment = NOON + timedelta(minutes=minutes)

    assert rules.may_start_at(moment, NOON, NOON + timedelta(hours=1)) is may


def test_the_grace_comes_after_the_end():
    assert rules.closes_at(NOON, 30) == NOON + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("start", "end", "shared"),
    [(-60, 0, False), (-60, 1, True), (10, 20, True), (59, 90, True), (60, 90, False)],
)
def test_touching_ends_do_not_overlap(start, end, shared):
    hour = (NOON, NOON + timedelta(minutes=60))
    other = (NOON + timedelta(minutes=start), NOON + timedelta(minutes=end))

    assert rules.overlap(hour, other) is shared
    assert rules.overlap(other, hour) is shared
