"""Parallel forms: what is chosen meets every demand, equally; what cannot be is explained."""

import random
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import combinations

import pytest

from zhupei.papers import assembly
from zhupei.papers.assembly import Asked, Infeasible, Tolerance, What
from zhupei.papers.assembly.choosing import Work
from zhupei.papers.rules import CASE, Band, Item, Limits, Row, expected

SHARES = {1: 0.85, 2: 0.7, 3: 0.55, 4: 0.4, 5: 0.25}
POINTS = ("法规", "识图", "工艺", "质量", "安全")


def bank(size: int, *, measured: bool = False) -> list[Item]:
    chance = random.Random(size)
    return [
        Item(
            key=n,
            kind=("single", "single", "multiple", "judge")[n % 4],
            point=POINTS[n % 5],
            difficulty=1 + chance.randrange(5),
            share=chance.uniform(0.2, 0.95) if measured else None,
            slope=chance.uniform(0.5, 1.8) if measured else None,
        )
        for n in range(size)
    ]


def rows(single: int = 4, multiple: int = 2, judge: int = 2) -> list[Row]:
    counts = {"single": (single, 1), "multiple": (multiple, 2), "judge": (judge, 1)}
    return [
        Row(point, kind, "", count, Decimal(points))
        for point in POINTS
        for kind, (count, points) in counts.items()
        if count
    ]


def asked(forms: int, *, overlap: int = 8, seed: str = "s", **fields) -> Asked:
    limits = Limits(overlap, fields.pop("exposure", None), fields.pop("alike", frozenset()))
    return Asked(forms, seed, limits, SHARES, **fields)


def on(form) -> set[int]:
    return {pick.item for pick in form}


def check(items, demands, found, *, overlap, exposure=None) -> None:
    """Every demand, looked at again by counting."""
    by_key = {item.key: item for item in items}
    total = float(sum(row.count * row.points for row in demands))
    for n, form in enumerate(found.forms):
        assert len(on(form)) == len(form)
        for place, row in enumerate(demands):
            standing = [by_key[pick.item] for pick in form if pick.row == place]
            assert len(standing) == row.count
            assert all(row.takes(item) for item in standing)
        expects = [(expected(by_key[p.item], SHARES), demands[p.row]) for p in form]
        mark = 100 * sum(float(row.points) * e.share for e, row in expects) / total
        assert found.difficulty[n] == pytest.approx(mark)
        assert found.information[n] == pytest.approx(sum(e.information for e, _row in expects))
    assert all(len(on(a) & on(b)) <= overlap for a, b in combinations(found.forms, 2))
    uses = [sum(key in on(form) for form in found.forms) for key in by_key]
    assert exposure is None or max(uses) <= exposure


@pytest.mark.parametrize("measured", [False, True])
def test_forms_meet_every_demand_and_are_equal(measured):
    items, demands = bank(200, measured=measured), rows()

    found = assembly.assemble(items, demands, asked(4, exposure=2))

    check(items, demands, found, overlap=8, exposure=2)
    marks, told = found.spread
    assert marks <= 0.3
    assert told <= 0.6
    assert found.status == "optimal"
    assert found.gap <= 0.05


def test_the_same_seed_gives_the_same_forms_and_another_one_others():
    items, demands = bank(120), rows(3, 1, 1)

    first = assembly.assemble(items, demands, asked(3))

    assert assembly.assemble(list(reversed(items)), demands, asked(3)) == first
    assert assembly.assemble(items, demands, asked(3, seed="t")).forms != first.forms


def test_a_bank_that_is_just_large_enough_is_used_up():
    """Three forms that share nothing take all there is, and are still equal."""
    items = [
        Item(key=n, kind="single", point="", difficulty=1 + n % 5, share=0.3 + n % 10 * 0.05)
        for n in range(30)
    ]
    demands = [Row("", "single", "", 10)]

    found = assembly.assemble(items, demands, asked(3, overlap=0))

    check(items, demands, found, overlap=0, exposure=1)
    assert found.spread[0] <= 1


def test_cases_come_whole():
    items = bank(40) + [
        Item(key=100 + n, kind="single", point="识图", difficulty=3, group=n // 3) for n in range(9)
    ]
    demands = [Row("", "single", "", 5), Row("", CASE, "", 6)]

    found = assembly.assemble(items, demands, asked(2, overlap=6))

    for form in found.forms:
        cases = Counter((pick.item - 100) // 3 for pick in form if pick.item >= 100)
        assert list(cases.values()) == [3, 3]


def test_a_case_one_question_of_which_fits_no_row_is_left_out():
    items = [Item(1, "single", "识图", 3, group=1), Item(2, "single", "识图", 5, group=1)]

    (missing,) = assembly.shortages(items, [Row("", CASE, Band.MEDIUM, 1)], Limits(0), 1)

    assert (missing.what, missing.wanted, missing.held, missing.blocked) == (What.ROW, 1, 0, 1)


def test_what_asks_the_same_is_never_on_one_form():
    items = [Item(n, "single", "", 3) for n in range(8)]
    alike = frozenset({(0, 1), (2, 3), (4, 5)})

    found = assembly.assemble(items, [Row("", "single", "", 5)], asked(2, overlap=5, alike=alike))

    assert not any({a, b} <= on(form) for a, b in alike for form in found.forms)


def test_what_was_used_often_is_left_alone_while_there_is_other():
    items = [Item(n, "single", "", 3, used=5 if n < 10 else 0) for n in range(20)]

    found = assembly.assemble(items, [Row("", "single", "", 10)], asked(1))

    assert on(found.forms[0]) == set(range(10, 20))


def test_a_row_for_any_point_takes_what_others_leave():
    items = [Item(n, "single", "识图" if n < 4 else "法规", 3) for n in range(8)]
    demands = [Row("", "single", "", 4), Row("识图", "single", "", 4)]

    found = assembly.assemble(items, demands, asked(1))

    assert {p.item for p in found.forms[0] if p.row == 1} == {0, 1, 2, 3}


# ── What cannot be ───────────────────────────────────────────────────────────────────────────


def missing(items, demands, question) -> list:
    with pytest.raises(Infeasible) as infeasible:
        assembly.assemble(items, demands, question)
    return infeasible.value.shortages


def test_too_few_items_in_a_cell():
    items = [Item(n, "multiple", "识图", 5) for n in range(4)]
    demands = [Row("识图", "multiple", Band.HARD, 6)]

    (short,) = missing(items, demands, asked(1))

    assert (short.what, short.row) == (What.ROW, 0)
    assert (short.wanted, short.held, short.lack) == (6, 4, 2)


def test_enough_items_but_used_up():
    items = [Item(n, "single", "", 3, used=2 if n < 6 else 0) for n in range(10)]

    (short,) = missing(items, [Row("", "single", "", 5)], asked(1, exposure=2))

    assert (short.what, short.held, short.worn) == (What.EXPOSED, 4, 6)


def test_enough_for_one_form_but_not_for_so_many():
    items = [Item(n, "single", "", 3) for n in range(10)]

    (short,) = missing(items, [Row("", "single", "", 8)], asked(3, overlap=8, exposure=2))

    assert (short.what, short.wanted, short.held, short.lack) == (What.USES, 24, 20, 4)


def test_cells_that_want_the_same_items():
    items = [Item(n, "single", "识图" if n < 4 else "法规", 3) for n in range(6)]
    demands = [Row("识图", "single", "", 3), Row("", "single", "", 4)]

    found = missing(items, demands, asked(1))

    assert [short.what for short in found] == [What.CONTESTED]
    assert sum(short.lack for short in found) == 1


def test_likenesses_that_leave_too_few():
    items = [Item(n, "single", "", 3) for n in range(4)]
    alike = frozenset({(0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)})

    (short,) = missing(items, [Row("", "single", "", 2)], asked(1, alike=alike))

    assert (short.what, short.lack) == (What.CONTESTED, 1)


def test_forms_that_would_have_to_share_more_than_they_may():
    """Three forms of 8 from 12 items: 24 uses, so each item twice, 12 pairs over 3 pairs of forms:
    each two share 4.
    """
    items = [Item(n, "single", "", 3) for n in range(12)]

    (short,) = missing(items, [Row("", "single", "", 8)], asked(3, overlap=3))

    assert (short.what, short.wanted, short.held) == (What.OVERLAP, 3, 4)
    assert assembly.assemble(items, [Row("", "single", "", 8)], asked(3, overlap=4))


def test_forms_that_cannot_be_equal():
    """One item of two is far easier; the forms may not share anything."""
    items = [Item(1, "single", "", 1), Item(2, "single", "", 5)]

    (marks, told) = missing(items, [Row("", "single", "", 1)], asked(2, overlap=0))

    assert (marks.what, marks.limit) == (What.DIFFICULTY, 1.0)
    assert marks.spread == pytest.approx(60)
    assert told.what == What.INFORMATION


def test_unequal_forms_pass_where_the_tolerance_is_wide():
    items = [Item(1, "single", "", 1), Item(2, "single", "", 2)]

    question = asked(2, overlap=0, tolerance=Tolerance(20, 90))

    assert assembly.assemble(items, [Row("", "single", "", 1)], question).forms


def test_all_at_once_finds_what_turns_do_not(monkeypatch):
    """The exact programme alone gives forms as good as those in turn."""
    monkeypatch.setattr(Work, "in_turn", lambda _self: None)
    items, demands = bank(40), [Row("", "single", "", 5), Row("", "judge", "", 2)]

    found = assembly.assemble(items, demands, asked(2, overlap=2))

    assert found.way == "together"
    check(items, demands, found, overlap=2)
    assert found.spread[0] <= 0.2


@pytest.mark.parametrize(
    ("size", "overlap", "exposure", "most"),
    [(20, 0, None, 2), (29, 0, None, 2), (30, 0, None, 3), (9, 0, None, 0), (20, 10, 2, 4)],
)
def test_how_many_forms_a_bank_is_good_for(size, overlap, exposure, most):
    items = [Item(n, "single", "", 3) for n in range(size)]
    limits = Limits(overlap, exposure)

    assert assembly.most_forms(items, [Row("", "single", "", 10)], limits, 12) == most


def test_no_rows_make_no_forms():
    assert assembly.most_forms(bank(10), [], Limits(0), 12) == 0


def test_the_solver_prints_nothing():
    words = "from zhupei.papers.assembly.solver import Programme as P; p = P(); p.variable(); "
    words += "p.row([(0, 1.0)], 0, 1); assert p.solve(seconds=1).found"

    done = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True)

    assert done.stdout + done.stderr == b""
