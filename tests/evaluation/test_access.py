"""Who may do what, as a table."""

import pytest

from tests import make
from tests import make_evaluation as build
from zhupei.evaluation import access
from zhupei.evaluation.models import Evaluation, Scheme
from zhupei.organizations.models import Interest

PEOPLE = ("gu", "li", "zhou", "far_reviewer", "aygul", "wang", "ren")


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [
        (access.may_regulate, {"gu"}),
        (access.may_score_locally, {"li", "zhou"}),
        (access.acts_for_scorer, {"li", "zhou"}),
        (access.may_report, {"aygul"}),
        (access.may_object, {"aygul"}),
    ],
)
def test_who_may_do_what_to_an_evaluation(world, predicate, allowed):
    found = build.opened(world)

    assert {name for name in PEOPLE if predicate(getattr(world, name), found)} == allowed


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [
        (access.may_write_schemes, {"gu"}),
    ],
)
def test_who_writes_schemes(world, predicate, allowed):
    assert {name for name in PEOPLE if predicate(getattr(world, name))} == allowed


def test_who_reckons(world):
    assert {n for n in PEOPLE if access.may_reckon(getattr(world, n), world.school)} == {
        "gu",
        "li",
        "zhou",
        "aygul",
    }


def test_even_the_region_stays_away_from_whom_it_is_tied_to(world):
    found = build.opened(world)
    Interest.objects.create(
        user=world.gu, organization=world.school, kind="relative", since=make.LONG_AGO
    )

    assert not access.may_regulate(world.gu, found)
    assert access.recused(world.gu, world.school)


def test_who_sees_which_evaluations(world):
    build.frozen(world)

    def seen(user):
        rows = Evaluation.objects.visible_to(user)
        return {row.organization.name for row in rows}

    assert seen(world.gu) == {world.school.name, world.other_school.name}
    assert seen(world.li) == seen(world.aygul) == {world.school.name}
    assert seen(world.wang) == seen(world.far_reviewer) == {world.other_school.name}
    assert seen(world.ren) == seen(world.adil) == set()


def test_who_sees_a_draft_of_a_scheme(world):
    build.draft(world)

    def drafts(user):
        return Scheme.objects.visible_to(user).count()

    assert [drafts(one) for one in (world.gu, world.li, world.aygul, world.ren)] == [1, 1, 0, 0]


def test_whose_scores_are_shown_when(world):
    found = build.scored(world)

    def shown(user):
        return set(access.stages_shown(user, found))

    assert shown(world.aygul) == set()
    assert shown(world.li) == {"bureau"}
    assert "expert" in shown(world.gu)
    assert shown(world.ren) == set()
