"""Grades of years: one in force, the others in the file."""

from decimal import Decimal

import pytest
from django.utils import timezone

from tests import make, make_credit
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.credit.access import may_grade
from zhupei.credit.actions.grades import set_grade
from zhupei.credit.events import GradeEvent
from zhupei.credit.models import Grade


def test_the_latest_year_counts(world):
    this = timezone.localdate().year
    make_credit.grade(world, year=this - 2, grade="C", score=None)
    newest = make_credit.grade(world, year=this - 1, grade="A", score=Decimal("91.25"))
    other = make_credit.grade(world, organization=world.other_school, year=this - 2, grade="out")

    with_none = make.organization("institution", "没有等级的学校", "652301")
    latest = Grade.objects.latest_of([world.school, world.other_school, with_none])

    assert latest == {world.school.pk: newest, world.other_school.pk: other}


def test_a_changed_mind_keeps_the_old_word(world):
    first = make_credit.grade(world)
    with refused("grade_the_same"):
        make_credit.grade(world)
    with refused("note_required"):
        make_credit.grade(world, grade="C")

    second = make_credit.grade(world, grade="C", score=Decimal(66), note="申诉后复核")

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert list(Grade.objects.current()) == [second]
    event = audit.own_history(second).get()
    assert event.verb == GradeEvent.REPLACED
    assert (event.facts["grade_before"], event.facts["grade"]) == ("B", "C")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"grade": "S"}, "grade_unknown"),
        ({"year": 1999}, "year_impossible"),
        ({"year": 2099}, "year_impossible"),
        ({"score": Decimal(101)}, "score_impossible"),
        ({"score": Decimal(-1)}, "score_impossible"),
    ],
)
def test_what_is_no_grade(world, said, code):
    with refused(code):
        make_credit.grade(world, **said)


def test_only_the_region_grades(world):
    for person in (world.li, world.aygul, world.tao):
        assert not may_grade(person, world.school)
        with pytest.raises(NotAllowed):
            set_grade(world.school, 2025, "A", None, None, by=person)


def test_a_grade_remembers_what_it_came_from(world):
    row = make_credit.grade(world, source=world.designation)

    assert row.source_label == str(world.designation)
    assert list(Grade.objects.about(world.designation)) == [row]
