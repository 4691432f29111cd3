"""What the record of a class owes, as plain functions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from zhupei.teaching.rules import ClassFacts, LessonFacts, Owner, Wanted, completeness

DAY = date(2026, 11, 20)
ENDED = datetime(2026, 11, 20, 10, tzinfo=UTC)
WANTED = Wanted(log_hours=48, per_practice=1, per_day=1, checks=1)
THEORY = LessonFacts(
    1, "识图", DAY, ENDED, practice=False, teacher="马建国", logged=True, not_held=False,
    practice_told=False, attended=20, evidence=1,
)  # fmt: skip
PRACTICE = replace(THEORY, key=2, practice=True, practice_told=True)
WHOLE = ClassFacts(
    [THEORY, PRACTICE], {DAY: 2}, checks=1, open_faults=0, learners=20, books=1, confirmed=20,
    over=True,
)  # fmt: skip


def judged(facts, *, hours_later=1):
    return completeness(facts, WANTED, now=ENDED + timedelta(hours=hours_later))


def codes(record):
    return [piece.code for piece in record.missing]


def test_a_whole_record_is_a_hundred_per_cent():
    found = judged(WHOLE)
    assert (found.share, codes(found), found.owed) == (100, [], found.there)


@pytest.mark.parametrize(
    ("lesson", "code"),
    [
        (replace(THEORY, logged=False), "log_missing"),
        (replace(THEORY, attended=0), "roll_missing"),
        (replace(PRACTICE, practice_told=False), "practice_log_missing"),
        (replace(PRACTICE, evidence=0), "practice_evidence_missing"),
    ],
)
def test_what_a_lesson_owes_its_teacher_owes(lesson, code):
    found = judged(replace(WHOLE, lessons=[lesson]))
    assert codes(found) == [code]
    assert (found.missing[0].owner, found.missing[0].name) == (Owner.TEACHER, "马建国")
    assert found.share < 100


@pytest.mark.parametrize(("hours", "late"), [(48, False), (49, True)])
def test_a_log_is_late_after_its_time(hours, late):
    facts = replace(WHOLE, lessons=[replace(THEORY, logged=False)])
    assert judged(facts, hours_later=hours).missing[0].late is late


def test_a_lesson_that_was_not_held_owes_only_its_log():
    bare = replace(PRACTICE, not_held=True, practice_told=False, attended=0, evidence=0)
    assert codes(judged(replace(WHOLE, lessons=[THEORY, bare]))) == []


def test_a_day_without_a_picture_is_told():
    found = judged(replace(WHOLE, day_evidence={}))
    assert codes(found) == ["day_evidence_missing"]
    assert found.missing[0].what == "11-20"


@pytest.mark.parametrize(
    ("change", "code", "owner", "count"),
    [
        ({"checks": 0}, "checks_missing", Owner.REGISTRAR, 1),
        ({"open_faults": 2}, "faults_open", Owner.REGISTRAR, 2),
        ({"books": 0, "confirmed": 0}, "books_missing", Owner.REGISTRAR, 1),
        ({"confirmed": 17}, "books_unconfirmed", Owner.LEARNERS, 3),
    ],
)
def test_what_the_class_owes(change, code, owner, count):
    found = judged(replace(WHOLE, **change))
    assert [(piece.code, piece.owner, piece.count) for piece in found.missing] == [
        (code, owner, count)
    ]
    assert found.owed - found.there == count


def test_a_class_before_its_first_lesson_owes_no_books():
    early = replace(WHOLE, lessons=[], day_evidence={}, books=0, confirmed=0)
    assert codes(judged(early)) == []
