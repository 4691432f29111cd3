"""Practical exams in the demo: a rubric in force and its next version, a session in each state, a
turn two assessors differ on.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from zhupei.classes.models import Enrolment
from zhupei.core.deeds import Sent
from zhupei.exams.models import Plan
from zhupei.institutions.actions import add_room
from zhupei.people.models import User
from zhupei.portal.demo import clock, people
from zhupei.portal.demo.region import Body
from zhupei.practical.actions import candidates, rubrics, scoring, sessions, timetable
from zhupei.practical.models import Rubric, Session, TapKind, Turn
from zhupei.practical.rules import rubric as rules
from zhupei.syllabus.models import Job

JOB, LEVEL = "T010", "5"
BEGUN = timedelta(minutes=30)  # by then the first have been judged
DEGREES = [{"word": "符合", "share": 100}, {"word": "基本符合", "share": 60},
           {"word": "不符合", "share": 0}]  # fmt: skip
GOOD = {"c1": "20", "c2": "16", "c3": "20", "c4": "6", "c5": "10", "c6": "10"}
WEAK = {"c1": "12", "c2": "4", "c3": "12", "c4": "6", "c5": "5", "c6": "6"}


def _criterion(key: str, text: str, weight: int, guide: str = "", step: str = "") -> dict[str, Any]:
    steps = [] if step else DEGREES
    return {"key": key, "text": text, "weight": weight, "steps": steps, "step": step,
            "guide": guide}  # fmt: skip


WALL = {
    "tasks": [
        {"key": "t1", "title": "砌筑 240 墙", "minutes": 90,
         "brief": "用普通砖砌一段长 1.5 m、高 1.0 m 的 240 墙，一顺一丁，留斜槎。",
         "criteria": [
             _criterion("c1", "墙面垂直度", 20, "用 2 m 托线板量两处，取大值；≤5 mm 为符合。"),
             _criterion("c2", "灰缝厚度和饱满度", 20, "百格网查三处。", "1"),
             _criterion("c3", "组砌方法", 20, "上下错缝，内外搭砌，没有通缝。"),
             _criterion("c4", "斜槎留置", 10),
         ]},
        {"key": "t2", "title": "质量检查和收尾", "minutes": 20, "brief": "自检并填写实测记录。",
         "criteria": [
             _criterion("c5", "实测记录", 20, "", "5"),
             _criterion("c6", "工完场清，工具归位", 10),
         ]},
    ],
    "fatal": [
        {"key": "f1", "text": "没有戴安全帽，提醒后仍不改正"},
        {"key": "f2", "text": "墙体倒塌或出现危及人身安全的操作"},
    ],
}  # fmt: skip


def show(body: Body, *, by: User, now: datetime) -> None:
    """Rubrics for 砌筑工, and a session in each state, for the learners who practised enough."""
    job = Job.objects.get(code=JOB)
    with clock.at(now - timedelta(days=40)):
        rubric = rubrics.publish(_rubric(job, by, "2026.1"), by=by)
    with clock.at(now - timedelta(days=2)):
        rubrics.start(job, by=by, level=LEVEL, version="2027.1", basis=rubric.basis, like=rubric)
    _hold(body, rubric, now)


def _rubric(job: Job, by: User, version: str) -> Rubric:
    made = rubrics.start(job, by=by, level=LEVEL, version=version, basis="国家职业标准 砌筑工")
    return rubrics.rewrite(made, rules.read(WALL), by=by, mark=made.mark)


def _hold(body: Body, rubric: Rubric, now: datetime) -> None:
    """One session with its marks known, one going on, one to come, one being planned, one called
    off. Who took part in one is free for none of the others.
    """
    today = timezone.localdate(now)
    opens, going_on = clock.moment(today, 10), _working_hours(now)
    panel = people.assessors_of(body.organization)
    with clock.at(now - timedelta(days=12)):
        room = add_room(body.organization, by=body.examiner, name="砌筑实操场", seats=40,
                        stations=8, use="workshop", address="人民路 1 号院内")  # fmt: skip
        first = _plan((body, rubric, room), "砌筑工 第 1 场实操", opens - timedelta(days=7))
        able = _able(first)
    place = (body, rubric, room)
    _past(first, body, able[:2], panel, now)
    running = _fixed(place, "砌筑工 第 2 场实操", going_on, (able[2:4], panel))
    _judge(running, panel, now)
    ahead = timedelta(days=7)
    _fixed(place, "砌筑工 第 3 场实操", opens + timedelta(days=5), (able[4:6], panel), ahead)
    with clock.at(now - timedelta(hours=2)):
        _plan(place, "砌筑工 第 4 场实操", opens + timedelta(days=20))
        off = _plan(place, "砌筑工 加场实操", opens + timedelta(days=9))
        off = sessions.notify(off, by=body.examiner)
    with clock.at(now - timedelta(hours=1)):
        sessions.cancel(off, by=body.examiner, note="场地检修，另行安排。")


def _working_hours(now: datetime) -> datetime:
    """The latest moment a session may have begun by ``now`` and end within the hours people work
    in Xinjiang, 10:00 to 19:30 Beijing time. In the evening its sheets may still be scored.
    """
    today = timezone.localdate(now)
    begins = [(today, 11, 30), (today, 10, 0), (today - timedelta(days=1), 11, 30)]
    moments = (clock.moment(*one) for one in begins)
    return next(one for one in moments if one + BEGUN <= now)


def plan(body: Body, title: str, opens: datetime, *, of: Plan) -> Session:
    """One more session, where and by what the others were held, of a plan."""
    like = body.organization.sessions.select_related("rubric", "room").latest("pk")
    return _plan((body, like.rubric, like.room), title, opens, plan=of)


def _plan(place: tuple[Body, Rubric, Any], title: str, opens: datetime, **more: Any) -> Session:
    body, rubric, room = place
    return sessions.draft(
        body.organization, by=body.examiner, title=title, rubric=rubric, room=room, stations=4,
        opens_at=opens, closes_at=opens + timedelta(hours=8), change_minutes=15, **more,
    )  # fmt: skip


def _able(session: Session) -> list[Enrolment]:
    within = list(candidates.within_reach(session))
    found = candidates.verdicts(session, within)
    return [one for one in within if found[one.pk].eligible]


def _fix(session: Session, body: Body, able: list[Enrolment], panel: list[User]) -> Session:
    session = sessions.notify(session, by=body.examiner)
    timetable.choose(session, by=body.examiner, enrolments=able, panel=panel[:2])
    return sessions.fix(session, by=body.examiner)


def _fixed(
    place: tuple[Body, Rubric, Any],
    title: str,
    opens: datetime,
    people_: tuple[list[Enrolment], list[User]],
    ahead: timedelta = timedelta(days=3),
) -> Session:
    body = place[0]
    with clock.at(opens - ahead):
        return _fix(_plan(place, title, opens), body, *people_)


def _past(
    session: Session, body: Body, able: list[Enrolment], panel: list[User], now: datetime
) -> None:
    with clock.at(now - timedelta(days=11)):
        session = _fix(session, body, able, panel)
    for turn in session.turns.all():
        for assessor in panel[:2]:
            _score(turn, assessor, GOOD if turn.station == 1 else WEAK, now)
    with clock.at(session.closes_at + timedelta(hours=1)):
        sessions.release(sessions.close(session, by=body.examiner), by=body.examiner)


def _judge(session: Session, panel: list[User], now: datetime) -> None:
    """Of the session going on now: one turn has its mark, on the other two assessors differ."""
    agreed, disputed = session.turns.all()
    for assessor, points in ((panel[0], GOOD), (panel[1], GOOD)):
        _score(agreed, assessor, points, now)
    for assessor, points in ((panel[0], GOOD), (panel[1], WEAK)):
        _score(disputed, assessor, points, now)


def _score(turn: Turn, assessor: User, points: dict[str, str], now: datetime) -> None:
    at = min(turn.ends_at, now) - timedelta(minutes=20)
    said = [(TapKind.HERE, "", ""), (TapKind.BEGIN, "t1", "")]
    said += [(TapKind.POINTS, key, value) for key, value in points.items()]
    said.append((TapKind.HAND_IN, "", ""))
    taps = [
        Sent(uuid4(), kind, about, value, at + timedelta(seconds=30 * n))
        for n, (kind, about, value) in enumerate(said)
    ]
    with clock.at(at + timedelta(minutes=10)):
        sheet = turn.sheets.get(assessor=assessor)
        phone_now = at + timedelta(minutes=10)
        heard = scoring.sync(sheet, by=assessor, phone="demo", phone_now=phone_now, taps=taps)
    refused = [str(one.refusal) for one in heard if one.refusal]
    if refused:
        raise ValueError(f"the demo's assessor taps what no phone would: {refused}")
