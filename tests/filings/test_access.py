"""Who sees which filing, and which buttons."""

import pytest

from tests import make, make_filings
from zhupei.filings import actions
from zhupei.filings.access import may_decide
from zhupei.filings.models import Filing, FilingDocument
from zhupei.filings.workflow import FILING
from zhupei.organizations.models import Kind, Role

EVERYBODY = [
    "aygul",
    "wang",
    "ma",
    "li",
    "far_reviewer",
    "gu",
    "tian",
    "he",
    "song",
    "chen",
    "adil",
]


def seers(world, filing) -> set[str]:
    return {name for name in EVERYBODY if filing in Filing.objects.visible_to(getattr(world, name))}


def test_a_draft_is_the_institutions_own_business(world):
    assert seers(world, make_filings.ready(world)) == {"aygul", "ma"}


def test_what_is_handed_in_is_seen_at_both_ends_by_housing_and_there_by_hr(world):
    filing = make_filings.submitted(world)

    assert seers(world, filing) == {"aygul", "ma", "li", "far_reviewer", "gu", "tian"}


def test_what_is_filed_is_seen_by_education_too(world):
    filing = make_filings.filed(world)

    assert seers(world, filing) == {"aygul", "ma", "li", "far_reviewer", "gu", "tian", "he"}
    actions.cancel(filing, by=world.aygul, note="不办")
    assert "he" in seers(world, filing)  # they got a copy, and are told that it is over


def test_papers_are_seen_by_those_who_see_the_filing(world):
    filing = make_filings.submitted(world)
    paper = filing.documents.first()

    assert paper in FilingDocument.objects.visible_to(world.tian)
    assert paper not in FilingDocument.objects.visible_to(world.he)
    assert paper not in FilingDocument.objects.visible_to(world.wang)


@pytest.mark.parametrize(
    ("person", "state", "moves"),
    [
        ("aygul", "draft", ["submit", "cancel"]),
        ("aygul", "submitted", ["withdraw", "cancel"]),
        ("aygul", "filed", ["cancel"]),
        ("tian", "submitted", ["accept", "return"]),
        ("tian", "filed", ["revoke"]),
        ("li", "submitted", []),
        ("far_reviewer", "submitted", []),
        ("far_reviewer", "filed", []),
        ("he", "filed", []),
        ("gu", "submitted", []),
        ("ma", "draft", []),
        ("wang", "draft", []),
    ],
)
def test_who_sees_which_buttons(world, person, state, moves):
    make_one = {
        "draft": make_filings.draft,
        "submitted": make_filings.submitted,
        "filed": make_filings.filed,
    }
    filing = make_one[state](world)

    assert [m.name for m in FILING.available(filing, getattr(world, person))] == moves


def test_the_hr_department_of_the_place_decides_and_nobody_else(world):
    filing = make_filings.submitted(world)

    assert [name for name in EVERYBODY if may_decide(getattr(world, name), filing)] == ["tian"]


def test_a_teacher_of_hr_decides_nothing(world):
    clerk = make.member("人社教务", Role.REGISTRAR, world.hr)

    assert FILING.available(make_filings.submitted(world), clerk) == []


def test_a_county_sees_what_is_taught_in_it(world):
    county = make.organization(Kind.COUNTY_AUTHORITY, "喀什市住建局", "653101")
    clerk = make.member("县审核员", Role.REVIEWER, county)

    assert make_filings.submitted(world) in Filing.objects.visible_to(clerk)
