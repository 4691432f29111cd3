"""Builders for what follows an exam: written answers, reviews, cases of misconduct."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_exams, make_item_corrections, make_officials
from zhupei.appeals.actions import cases, requests
from zhupei.appeals.models import Misconduct, ReviewRequest
from zhupei.exams.actions import attempts, sittings
from zhupei.exams.models import Attempt, Sitting
from zhupei.marking import actions
from zhupei.marking.models import Reading, Script
from zhupei.papers.actions import blueprints
from zhupei.people.models import User
from zhupei.questions.contents import Content
from zhupei.questions.models import QuestionSet

RUBRIC = [{"what": "放线", "points": "4"}, {"what": "砌筑", "points": "6"}]
KEY = {"rubric": RUBRIC, "sample": "先放线，再砌筑。"}
SAID = "先弹线，再排砖撂底，最后砌筑。"


def written_set(world: SimpleNamespace) -> QuestionSet:
    """Two single choices and two short answers of ten points of rubric each."""
    made = QuestionSet.objects.create(
        job=world.syllabus.job, title="土建施工员简答题库", state="published"
    )
    make.items_in_force(
        made,
        [Content(kind="single", stem=f"单选 {n}", options=["一", "二"], key="B") for n in (1, 2)]
        + [Content(kind="essay", stem=f"简答 {n}", options=[], key=KEY) for n in (1, 2)],
    )
    return made


def written_exam(world: SimpleNamespace) -> dict[str, Any]:
    """The plan of a sitting with two short answers among four items, each worth the same."""
    if not hasattr(world, "written"):
        made = blueprints.proportional(
            written_set(world), items=4, minutes=60, by=world.gu, title="简答细目表"
        )
        world.written = blueprints.publish(made, by=world.gu)
    return {"blueprint": world.written, "forms": 1}


def handed_in(world: SimpleNamespace, *users: User, **fields: Any) -> Sitting:
    """Closed; everybody wrote both answers and chose right. The exam was some days ago."""
    if not hasattr(world, "kurban"):
        make_officials.add(world)
    users = users or (world.adil,)
    about = written_exam(world) | fields
    sitting = make_exams.sealed_sitting(world, *users, **about)
    for user in users:
        with time_machine.travel(make_exams.during(sitting), tick=False):
            attempt = make_exams.started_attempt(sitting, user)
            keys = attempt.paper.keys
            make_exams.answer(
                attempt,
                {place: key if isinstance(key, str) else SAID for place, key in keys.items()},
            )
            attempts.hand_in(attempt, by=user)
    with time_machine.travel(sitting.ends_at + timedelta(hours=1), tick=False):
        return sittings.close(sitting, by=world.chen)


def dealt(
    world: SimpleNamespace, *users: User, markers: str = "kurban jin hua", **fields: Any
) -> Sitting:
    """Every written answer has its two readers."""
    sitting = handed_in(world, *users, **fields)
    for name in markers.split():
        actions.name_marker(sitting, getattr(world, name), by=world.chen)
    actions.deal(sitting, by=world.chen)
    return sitting


def give(reading: Reading, first: str, second: str) -> Reading:
    """Points for the two lines of the rubric, by whom it was dealt to."""
    lines = {0: Decimal(first), 1: Decimal(second)}
    return actions.give(reading, lines, by=reading.reader)


def marked(world: SimpleNamespace, *users: User, points: tuple[str, str] = ("3", "5")) -> Sitting:
    """Both readers of every answer gave the same."""
    sitting = dealt(world, *users)
    for script in Script.objects.filter(sitting=sitting):
        for reading in script.readings.all():
            give(reading, *points)
    return sitting


def released(world: SimpleNamespace, *users: User) -> Sitting:
    """The marks are known."""
    return sittings.release(marked(world, *users), by=world.chen)


def attempt_of(sitting: Sitting, user: User) -> Attempt:
    return make_exams.attempt_of(sitting, user)


def doubted(world: SimpleNamespace) -> ReviewRequest:
    """Adil asks for a review."""
    attempt = attempt_of(released(world), world.adil)
    return requests.file(attempt, by=world.adil, grounds="第 3 题我写了排砖。")


def case(
    world: SimpleNamespace, sitting: Sitting, user: User | None = None, **fields: Any
) -> Misconduct:
    """Somebody, Adil unless told, is said to have copied."""
    seat = make_exams.seat_of(sitting, user or world.adil)
    about = {"breach": "cheating", "facts": "10:20 用手机查答案，努尔兰看到。"} | fields
    picture = ContentFile(b"%PDF-1.7 photo", "照片.pdf")
    return cases.open_case(seat, by=world.chen, uploads=[picture], **about)


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """One of each thing of this floor that has an address."""
    now = timezone.now()
    over = dealt(world, world.mayra, starts_at=now + timedelta(days=1))
    for one in Reading.objects.filter(script__sitting=over):
        give(one, "0", "0.5")
    with time_machine.travel(over.ends_at + timedelta(hours=2), tick=False):
        sittings.release(over, by=world.chen)
        attempt = attempt_of(over, world.mayra)
        review = requests.file(attempt, by=world.mayra, grounds="第 3 题")
        requests.uphold(review, by=world.chen, note="无误")
        appeal = requests.appeal(review, by=world.mayra, grounds="不服")
    waiting = dealt(world, world.mayra, starts_at=now + timedelta(days=2))
    reading = Reading.objects.filter(script__sitting=waiting, reader=world.kurban).first()
    assert reading
    made = cases.notify(case(world, waiting, world.mayra), by=world.chen)
    correction = make_item_corrections.proposed(world, waiting, ruling="all")
    return {
        "marked_item": correction.version,
        "item_correction": correction,
        "marked_sitting": waiting,
        "script": reading.script,
        "marker": waiting.markers.get(user=world.hua),
        "review": review,
        "appeal": appeal,
        "case": made,
        "case_paper": made.evidence.get(),
        "marked_seat": made.candidate,
        "doubted_attempt": attempt,
    }
