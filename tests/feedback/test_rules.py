"""Feedback as plain functions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from zhupei.feedback import rules

LAST = date(2026, 11, 20)


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (30, True), (31, False)])
def test_learners_speak_from_the_last_day_for_a_month(days, expected):
    assert rules.may_speak(LAST + timedelta(days=days), LAST, open_days=30) is expected


@pytest.mark.parametrize(
    ("total", "answers", "expected"),
    [(20, 5, "4.0"), (18, 5, "3.6"), (23, 6, "3.8"), (16, 4, None), (0, 0, None)],
)
def test_a_mean_is_shown_only_when_enough_have_spoken(total, answers, expected):
    found = rules.mean(total, answers, fewest=5)
    assert found == (None if expected is None else Decimal(expected))


def test_every_answer_weighs_the_same_in_the_whole():
    figures = {"teaching": (20, 5), "place": (5, 5)}
    assert rules.overall(figures, fewest=5) == Decimal("2.5")
    assert rules.overall(figures, fewest=6) is None
    assert rules.overall({}, fewest=1) is None


@pytest.mark.parametrize(
    ("of", "share", "many"), [(40, 30, 12), (1, 30, 1), (0, 30, 0), (7, 30, 3)]
)
def test_at_least_the_share_of_a_class_is_rung_up(of, share, many):
    assert len(rules.chosen(range(of), seed="KB-2026-0001", share=share)) == many


def test_who_is_rung_up_follows_from_the_seed_and_nothing_else():
    people = list(range(1, 41))
    first = rules.chosen(people, seed="KB-2026-0001", share=30)
    assert first == rules.chosen(people[::-1], seed="KB-2026-0001", share=30)
    assert first != rules.chosen(people, seed="KB-2026-0002", share=30)
