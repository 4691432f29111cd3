"""Builders of classes: each walks a plan there by its verbs, at a time when that is legal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make
from zhupei.classes import access, parameters
from zhupei.classes.actions import documents, plan, second, timetable
from zhupei.classes.actions.timetable import Wishes
from zhupei.classes.models import ClassDocument, Finding, Reading, SecondReading, TrainingClass
from zhupei.classes.review import folder
from zhupei.classes.roster import Entry
from zhupei.core.import_kinds import Row
from zhupei.people import rules as people
from zhupei.people.models import User

EVERY_DAY = frozenset(range(7))


def fields(world: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    """What a legal plan says: 24 hours in three days, next week."""
    starts_on = fields.pop("starts_on", timezone.localdate() + timedelta(days=7))
    return {
        "syllabus": world.syllabus,
        "title": f"土建施工员 第 {next(make.number)} 期",
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=6),
        "seats": 30,
        "room": world.room,
        "contact_phone": "0994-2345678",
        "practice_scheme": "分两批在实训棚操作，每批一名教师带队。",
    } | fields


def draft_class(world: SimpleNamespace, **values: Any) -> TrainingClass:
    """A draft without a timetable."""
    return plan.draft(world.school, by=world.aygul, **fields(world, **values))


def planned_class(world: SimpleNamespace, **values: Any) -> TrainingClass:
    """A draft whose timetable follows its syllabus, so that it may be submitted."""
    morning = values.pop("morning", time(10))
    drafted = draft_class(world, **values)
    return timetable.lay_out(
        drafted, by=world.aygul, wishes=wishes(world, drafted.starts_on, morning=morning)
    )


def wishes(world: SimpleNamespace, first_day: date, **values: Any) -> Wishes:
    return Wishes(
        **{
            "first_day": first_day,
            "daily_hours": 8,
            "morning": time(10),
            "afternoon": time(16),
            "weekdays": EVERY_DAY,
            "holidays_off": False,
            "teacher": world.teacher,
            "room": world.room,
            "practice_teacher": world.second_teacher,
            "practice_room": world.workshop,
        }
        | values
    )


def submitted_class(world: SimpleNamespace, **values: Any) -> TrainingClass:
    """A plan that waits for its review. Submitted a week before it starts, whenever that is."""
    with _in_time(values.get("starts_on")):
        return plan.submit(planned_class(world, **values), by=world.aygul)


def approved_class(world: SimpleNamespace, **values: Any) -> TrainingClass:
    """A class in effect; ``starts_on`` may be today or in the past."""
    with _in_time(values.get("starts_on")):
        submitted = plan.submit(planned_class(world, **values), by=world.aygul)
        read_everything(submitted, world.li)
        return plan.approve(submitted, by=world.li)


def read_everything(training_class: TrainingClass, by: User) -> None:
    """Every paper of the plan opened by ``by``, every item found good: the rows the verbs leave,
    written at once. (Verb by verb it is most of what a class in effect costs.)
    """
    held = folder(training_class)
    own = {"training_class": training_class, "round": held.round, "reader": by}
    now = timezone.now()
    papers = dict.fromkeys(paper for item in held.items for paper in item.papers)
    Reading.objects.bulk_create(
        [Reading(**own, paper=paper, opened_at=now, seen_at=now) for paper in papers],
        ignore_conflicts=True,
    )
    if access.may_review(by, training_class):
        Finding.objects.bulk_create(
            [Finding(**own, item=item.code, verdict="good", found_at=now) for item in held.items],
            update_conflicts=True,
            unique_fields=[*own, "item"],
            update_fields=["verdict", "note", "found_at"],
        )


def submitted_with_lesson_plan(
    world: SimpleNamespace, **values: Any
) -> tuple[TrainingClass, ClassDocument]:
    """A plan that waits for its review, with a file to be opened."""
    planned = planned_class(world, **values)
    upload = ContentFile(b"%PDF-1.7", "教案.pdf")
    document = documents.attach(planned, by=world.aygul, upload=upload, kind="lesson_plan")
    return plan.submit(planned, by=world.aygul), document


def second_reading(world: SimpleNamespace) -> SecondReading:
    """One of the plans approved today, drawn to be read again."""
    make.parameter_value(parameters.SECOND_READING_SHARE, 100, make.LONG_AGO)
    drawn = second.draw(timezone.localdate())
    return SecondReading.objects.filter(draw=drawn).order_by("pk")[0]


@contextmanager
def _in_time(starts_on: date | None) -> Iterator[None]:
    """The latest moment at which a class starting then could be planned in peace."""
    if starts_on is None or starts_on > timezone.localdate():
        yield
        return
    moment = datetime.combine(starts_on - timedelta(days=7), time(12))
    with time_machine.travel(timezone.make_aware(moment), tick=False):
        yield


def roster_row(name: str = "", **values: Any) -> Row[Entry]:
    """A good row of a roster."""
    n = next(make.number)
    number = values.pop("id_number", None) or make.id_number(n, date(1985 + n // 1000 % 15, 6, 1))
    entry = Entry(
        **{
            "name": name or f"名册学员{n}",
            "id_number": number,
            "phone": f"138{n:08d}",
            "employer": "",
            "sex": people.sex(number),
            "born_on": people.born_on(number),
        }
        | values
    )
    return Row("名单", n, {}, entry)
