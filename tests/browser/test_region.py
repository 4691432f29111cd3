"""The region: an institution is stopped and goes on, a figure, a text, the next syllabus."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import make, make_certificates, make_classes
from tests.browser.acts import outline, suspending
from tests.browser.stage import Stage
from zhupei.classes.actions import enrolment
from zhupei.classes.models import TrainingClass
from zhupei.people.models import Purpose

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def class_elsewhere(world: SimpleNamespace) -> TrainingClass:
    """A class of Wang's school for the same syllabus, in effect."""
    school = world.other_school
    others = {
        "school": school,
        "aygul": world.wang,
        "li": world.far_reviewer,
        "room": make.room(school, "教室 301"),
        "workshop": make.room(school, "工棚", use="workshop", stations=20),
        "teacher": make.teacher("吐尔洪", school),
        "second_teacher": make.teacher("王建军", school),
    }
    there = SimpleNamespace(**(vars(world) | others))
    return make_classes.approved_class(there, title="喀什 土建施工员 第 6 期")


def test_an_institution_is_stopped_and_goes_on(stage: Stage):
    world = make.world()
    make_certificates.certificate(world, world.adil)
    soon = timezone.localdate() + timedelta(days=12)
    running = make_classes.approved_class(world, starts_on=soon)
    enrolment.sign_up(running, by=world.mayra, consents=(Purpose.TRAINING,))
    other = class_elsewhere(world)

    suspending.preview(stage, world, running)
    suspending.suspend(stage, world)
    suspending.see_the_class_frozen(stage, world.mayra, running, other.title)
    suspending.nothing_moves(stage, world, running)
    suspending.check(stage, world.adil, "证书有效，正在复核", "verify-review")
    suspending.reinstate(stage, world, running)
    suspending.goes_on(stage, world.mayra, running)
    suspending.check(stage, world.adil, "证书有效", "verify-again")


def test_the_region_sets_a_figure_and_words_a_message(stage: Stage):
    world = make.world()
    make_classes.submitted_class(world)

    suspending.set_a_figure(stage, world)
    suspending.word_a_message(stage, world)


def test_the_next_syllabus_is_written_without_a_mouse(stage: Stage):
    world = make.world()

    outline.begin_the_next_version(stage, world)
    outline.write_by_keyboard(stage, world)
    outline.publish_and_compare(stage, world)
