"""Who sees which class, and which buttons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_classes, make_filings
from zhupei.classes import access
from zhupei.classes.actions import plan
from zhupei.classes.models import ClassDocument, Invitation, Lesson, TrainingClass
from zhupei.classes.workflow import CLASS_PLAN

BUILDERS = {
    "draft": make_classes.planned_class,
    "submitted": make_classes.submitted_class,
    "approved": make_classes.approved_class,
}


@pytest.mark.parametrize(
    ("person", "state", "moves"),
    [
        ("aygul", "draft", ["submit", "file", "cancel"]),
        ("aygul", "submitted", ["withdraw", "cancel"]),
        ("aygul", "approved", ["finish", "cancel"]),
        ("li", "draft", []),
        ("li", "submitted", ["approve", "return", "refer"]),
        ("li", "approved", ["revoke"]),
        ("far_reviewer", "submitted", []),
        ("gu", "submitted", []),
        ("wang", "submitted", []),
        ("ma", "submitted", []),
        ("chen", "approved", []),
        ("adil", "approved", []),
    ],
)
def test_who_may_make_which_moves(world, person, state, moves):
    training_class = BUILDERS[state](world)

    available = CLASS_PLAN.available(training_class, getattr(world, person))

    assert [move.name for move in available] == moves


@pytest.mark.parametrize(
    ("person", "draft", "submitted"),
    [
        ("aygul", True, True),
        ("ma", True, True),
        ("li", False, True),
        ("gu", False, True),
        ("wang", False, False),
        ("far_reviewer", False, False),
        ("chen", False, False),
        ("adil", False, False),
    ],
)
def test_who_sees_a_draft_and_who_a_submitted_plan(world, person, draft, submitted):
    user = getattr(world, person)
    planned = make_classes.planned_class(world)
    assert TrainingClass.objects.visible_to(user).filter(pk=planned.pk).exists() is draft

    plan.submit(planned, by=world.aygul)

    assert TrainingClass.objects.visible_to(user).filter(pk=planned.pk).exists() is submitted


def test_a_class_held_away_from_home_is_seen_by_both_bureaus_and_reviewed_by_the_place(world):
    kashgar = make.Division.objects.get(code="653101")
    make_filings.filed(world)
    later = timezone.localdate() + timedelta(days=40)
    submitted = make_classes.submitted_class(world, division=kashgar, starts_on=later)

    for reviewer in (world.li, world.far_reviewer):
        assert TrainingClass.objects.visible_to(reviewer).filter(pk=submitted.pk).exists()
    assert access.may_review(world.far_reviewer, submitted)
    assert not access.may_review(world.li, submitted)


def test_nobody_sees_anything_of_a_class_they_may_not_see(world):
    make_classes.submitted_class(world)

    for model in (Lesson, Invitation, ClassDocument):
        assert not model.objects.visible_to(world.wang).exists()


@pytest.mark.parametrize(
    ("person", "may"),
    [("aygul", True), ("li", True), ("ma", False), ("gu", False), ("wang", False)],
)
def test_who_may_ask_for_whole_identity_numbers(world, person, may):
    submitted = make_classes.submitted_class(world)

    assert access.may_see_identities(getattr(world, person), submitted) is may


def test_a_registrar_of_an_assessment_body_plans_no_classes(world):
    registrar = make.member("考核机构教务", make.Role.REGISTRAR, world.body)

    assert not access.may_draft(registrar, world.body)
