"""The bureau's day: nothing is approved unread, a question goes up, some is read again."""

from datetime import timedelta
from io import BytesIO

import pytest
import segno
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_classes
from tests.browser.acts import reviewing
from tests.browser.stage import Stage
from zhupei.classes import parameters
from zhupei.classes.actions import documents, plan, second

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def picture() -> ContentFile:
    out = BytesIO()
    segno.make("教案第一页").save(out, kind="png", scale=8)
    return ContentFile(out.getvalue(), "教案.png")


def test_nothing_is_approved_unread_and_some_is_read_again(stage: Stage):
    world = make.world()
    make.parameter_value(parameters.SECOND_READING_SHARE, 100, make.LONG_AGO)
    planned = make_classes.planned_class(world)
    documents.attach(planned, by=world.aygul, upload=picture(), kind="lesson_plan")
    first = plan.submit(planned, by=world.aygul)
    later = timezone.localdate() + timedelta(days=30)
    other = make_classes.submitted_class(world, starts_on=later)

    reviewing.approve_what_was_read(stage, world, first.pk)
    reviewing.refer(stage, world, other.pk)
    reviewing.advise(stage, world, other.pk, other.title)
    make_classes.read_everything(other, world.li)
    plan.approve(other, by=world.li)
    second.draw(timezone.localdate())
    reviewing.agree(stage, world, first.title)
    reviewing.object_to(stage, world, other.title)
    reviewing.draw_again(stage, world)
    reviewing.count(stage, world)
