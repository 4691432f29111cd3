"""What a review must have looked at, as functions of plain values."""

from hashlib import sha256

import pytest

from zhupei.classes import words
from zhupei.classes.rules import review as rules
from zhupei.classes.rules.review import Item, ReviewFacts
from zhupei.classes.words_review import PAPERS, QUESTIONS

PLAIN = ReviewFacts(has_practice=False, away_from_home=False, round=1)
FULL = ReviewFacts(
    has_practice=True,
    away_from_home=True,
    round=2,
    has_scheme=True,
    lesson_plans=[4, 5],
    schemes=[6],
    roster=57,
)


def codes(facts):
    return [item.code for item in rules.checklist(facts)]


def test_the_checklist_follows_what_is_in_the_plan():
    assert set(codes(FULL)) - set(codes(PLAIN)) == {"changes", "practice", "filing"}


def test_every_item_has_a_question_a_field_and_papers():
    for item in rules.checklist(FULL):
        assert item.code in QUESTIONS
        assert item.field in words.FIELDS
        assert item.papers


def test_every_lesson_plan_and_every_scheme_is_a_paper_of_its_own():
    papers = {item.code: item.papers for item in rules.checklist(FULL)}

    assert papers["lesson_plans"] == ("document/4", "document/5")
    assert papers["practice"] == ("practice", "document/6")
    assert set(PAPERS) == {"practice"}


def test_where_there_is_no_lesson_plan_its_absence_has_to_be_looked_at():
    papers = {item.code: item.papers for item in rules.checklist(PLAIN)}

    assert papers["lesson_plans"] == ("lesson_plans",)


def test_a_scheme_that_is_only_a_file_has_no_text_to_open():
    facts = ReviewFacts(has_practice=True, away_from_home=False, round=1, schemes=[6])

    assert {x.code: x.papers for x in rules.checklist(facts)}["practice"] == ("document/6",)


def test_a_roster_that_grew_is_another_paper():
    grown = ReviewFacts(has_practice=False, away_from_home=False, round=1, roster=58)

    assert rules.checklist(PLAIN)[0].papers != rules.checklist(grown)[0].papers


@pytest.mark.parametrize(
    ("code", "field", "item"),
    [
        ("few_teachers", "timetable", "teachers"),
        ("licence_valid", "syllabus", "licence"),
        ("room_too_small", "seats", "rooms"),
        ("hours_match", "timetable", "timetable"),
        ("at_home", "division", "filing"),
        ("something_new", "nowhere", "licence"),
    ],
)
def test_a_finding_of_the_machine_stands_beside_its_item(code, field, item):
    assert rules.item_of(code, field) == item


@pytest.mark.parametrize(
    ("gap", "seconds"), [(-3, 0), (0, 0), (1, 1), (15, 15), (22.4, 22), (23, 22), (9999, 22)]
)
def test_a_ping_counts_at_most_one_and_a_half_intervals(gap, seconds):
    assert rules.credited(gap) == seconds


def test_what_was_not_opened_or_answered_is_named():
    items = [Item("a", "", "", ("1", "2")), Item("b", "", "", ("3",))]

    assert rules.not_opened(items, {"1", "3"}) == [items[0]]
    assert rules.not_opened(items, {"1", "2", "3", "4"}) == []
    assert rules.not_answered(items, {"a"}) == [items[1]]


def test_the_lot_of_a_plan_is_the_hash_anybody_can_compute():
    by_hand = int(sha256(b"ab12 KB-2026-0001").hexdigest(), 16)

    assert rules.lot("ab12", "KB-2026-0001") == by_hand


@pytest.mark.parametrize("share", [0, 1, 5, 50, 99, 100])
def test_the_threshold_divides_the_drawn_from_the_others(share):
    numbers = [f"KB-2026-{n:04d}" for n in range(500)]
    drawn = [number for number in numbers if rules.drawn("seed", number, share)]
    below = [n for n in numbers if f"{rules.lot('seed', n):064x}" < rules.threshold(share)]

    assert drawn == below
    assert abs(len(drawn) - 5 * share) <= 35


def test_all_or_none_are_drawn_at_the_ends_of_the_scale():
    assert not rules.drawn("seed", "KB-2026-0001", 0)
    assert rules.drawn("seed", "KB-2026-0001", 100)
