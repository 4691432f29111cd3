"""Rooms that are looked into from afar in the demo, and leads that people judged."""

from collections.abc import Callable
from datetime import timedelta

from zhupei.classes.models import TrainingClass
from zhupei.leads.actions import judging, searching
from zhupei.leads.models import Lead
from zhupei.live.actions import looks, rooms
from zhupei.live.actions.rooms import Details
from zhupei.live.models import Room
from zhupei.portal.demo.beyond import Stage
from zhupei.portal.demo.stage import Story

SEARCHED = (-90, -60, -30, -4)  # days on which the record is searched; in between nobody waits
JUDGED_AFTER = 2  # days
MEETING = Details(
    "meeting",
    "https://meeting.example.com/dm/demo-{number}",
    hint="教室后方固定机位，上课前 10 分钟接通。",
)
SEEN = (
    ("fine", ""),
    ("fine", ""),
    ("wrong", "镜头对着后墙，看不到学员，已请教务调整。"),
    ("nothing", "上课时间会议没有接通，已打电话。"),
)
Verdict = Callable[..., Lead]
VERDICTS: tuple[tuple[Verdict, str], ...] = (  # of every three leads the last is left open
    (judging.confirm, "与教室录像比对，抽点时本人不在，任课教师也承认。"),
    (judging.dismiss, "学员当时去领材料，录像里几分钟后回到座位。"),
)


def stories(on: Stage) -> list[Story]:
    """Rooms of the classes that run now; leads in every state."""
    return [_rooms(on), _leads(on)]


def _rooms(on: Stage) -> Story:
    """Three institutions register their rooms; their bureau looks into them the day after."""
    yield on.at(-3, 9)
    for school in on.part.schools[:4]:
        running = TrainingClass.objects.in_effect().filter(organization=school.organization)
        for held in running.order_by("pk")[:2]:
            details = Details(MEETING.way, MEETING.link.format(number=held.pk), hint=MEETING.hint)
            rooms.register(held, details, by=school.registrar)
    for place, room in enumerate(Room.objects.order_by("pk")):
        yield on.at(-2, 11) + timedelta(minutes=30 * place)
        look = looks.open(room, by=on.region.reviewers[str(room.prefecture_id)])
        yield on.at(-2, 11) + timedelta(minutes=30 * place + 12)
        outcome, note = SEEN[place % len(SEEN)]
        looks.close(look, by=look.by, outcome=outcome, note=note)


def _leads(on: Stage) -> Story:
    """The record is searched; what it says is judged, the newest not yet."""
    for day in SEARCHED:
        yield on.at(day, 3)
        searching.nightly()
        if day == SEARCHED[-1]:
            return
        yield on.at(day + JUDGED_AFTER, 15)
        for number, lead in enumerate(Lead.objects.open().order_by("pk")):
            if number % 3 < len(VERDICTS):
                _judge(lead, on, VERDICTS[number % 3])


def _judge(lead: Lead, on: Stage, verdict: tuple[Verdict, str]) -> None:
    place = lead.places.order_by("pk").first()
    assert place is not None
    judge, note = verdict
    judge(lead, by=on.region.reviewers[place.prefecture_id], note=note)
