"""Builders for practical exams: rubrics, sessions in each state, sheets as phones send them."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_exams, make_officials, make_pictures
from tests.spreadsheets import xlsx
from zhupei.appeals.actions import requests
from zhupei.classes.models import Enrolment, Lesson, TrainingClass
from zhupei.core import pictures
from zhupei.core.deeds import Sent
from zhupei.core.offline import Outcome
from zhupei.institutions.models import Room
from zhupei.people.models import User
from zhupei.practical import spreadsheet
from zhupei.practical.actions import rubrics, scoring, sessions, timetable
from zhupei.practical.models import Rubric, Session, Sheet, TapKind, Turn
from zhupei.practical.rules import rubric as rules
from zhupei.syllabus.models import Category, Job, Syllabus, Unit

HOUR = 45 * 60  # seconds of one 学时

STEPS = [
    {"word": "符合", "share": 100},
    {"word": "基本符合", "share": 60},
    {"word": "不符合", "share": 0},
]


def trade() -> Job:
    return Job.objects.get_or_create(
        code="JN-QZ", defaults={"name": "砌筑工", "category": Category.TRADE}
    )[0]


def criterion(key: str, text: str, weight: int, **fields: Any) -> dict[str, Any]:
    return {
        "key": key,
        "text": text,
        "weight": weight,
        "steps": STEPS,
        "step": "",
        "guide": "",
    } | fields


def content(**changed: Any) -> dict[str, Any]:
    """Two tasks, three criteria of 100 points, two fatal errors."""
    return {
        "tasks": [
            {
                "key": "t1",
                "title": "砌筑 24 墙",
                "minutes": 60,
                "brief": "用所给红砖砌一段长 1.5 m、高 1 m 的 24 墙。",
                "criteria": [
                    criterion("c1", "墙面垂直度", 40, guide="用 2 m 托线板量两处，取大值。"),
                    criterion("c2", "灰缝饱满度", 40, steps=[], step="5"),
                ],
            },
            {
                "key": "t2",
                "title": "收尾",
                "minutes": 20,
                "brief": "",
                "criteria": [criterion("c3", "工完场清", 20)],
            },
        ],
        "fatal": [
            {"key": "f1", "text": "没有戴安全帽，提醒后不改"},
            {"key": "f2", "text": "墙体倒塌"},
        ],
    } | changed


def draft_rubric(world: SimpleNamespace, **fields: Any) -> Rubric:
    """A draft for 砌筑工 五级, ready to be published."""
    said = fields.pop("content", None) or content()
    first = {"level": "5", "version": f"2026.{next(make.number)}", "basis": "GBZ 6-3"} | fields
    started = rubrics.start(first.pop("job", None) or trade(), by=world.gu, **first)
    return rubrics.rewrite(started, rules.read(said), by=world.gu, mark=0)


def rubric(world: SimpleNamespace, **fields: Any) -> Rubric:
    """Published."""
    return rubrics.publish(draft_rubric(world, **fields), by=world.gu)


# ── Learners of a trade ──────────────────────────────────────────────────────────────────────


def syllabus() -> Syllabus:
    """砌筑工 五级: 4 hours of theory, 12 of practice."""
    found, made = Syllabus.objects.get_or_create(
        job=trade(),
        level="5",
        version="2026.1",
        defaults={"effective_from": make.LONG_AGO, "state": "published"},
    )
    if made:
        Unit.objects.create(
            syllabus=found, position=1, title="砌筑", theory_hours=4, practice_hours=12
        )
    return found


def taught_class(world: SimpleNamespace, **fields: Any) -> TrainingClass:
    """A class of the trade in effect: one lesson of theory, one of practice."""
    taught = make_exams.taught_class(
        world, **({"syllabus": syllabus(), "title": "砌筑工 第 1 期"} | fields)
    )
    theory = taught.lessons.get()
    theory.ends_at = theory.starts_at + timedelta(seconds=4 * HOUR)
    theory.save()
    Lesson.objects.create(
        training_class=taught,
        unit=theory.unit,
        kind="practice",
        starts_at=theory.starts_at + timedelta(days=1),
        ends_at=theory.starts_at + timedelta(days=1, seconds=12 * HOUR),
        teacher=world.teacher,
        room=world.workshop,
    )
    return taught


def trained(world: SimpleNamespace, *users: User) -> list[Enrolment]:
    """Enrolled with all hours, consenting to be examined."""
    taught = TrainingClass.objects.filter(syllabus=syllabus()).first() or taught_class(world)
    known = {one.person_id: one for one in taught.enrolments.all()}
    return [known.get(user.person_id) or make_exams.trained(taught, user) for user in users]


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────


def workshop(world: SimpleNamespace) -> Room:
    return Room.objects.filter(organization=world.body, use="workshop").first() or make.room(
        world.body, "实操考场", use="workshop", stations=4
    )


def plan(world: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    """Tomorrow from 10 to 18 in Beijing, two stations; the body is determined for the trade."""
    world.designation.jobs.add(trade())
    opens = fields.pop("opens_at", None) or timezone.localtime().replace(
        hour=10, minute=0, second=0, microsecond=0
    ) + timedelta(days=1)
    return {
        "title": "砌筑工 第 1 场实操",
        "rubric": fields.pop("rubric", None)
        or Rubric.objects.published().filter(job=trade()).first()
        or rubric(world),
        "room": workshop(world),
        "stations": 2,
        "opens_at": opens,
        "closes_at": opens + timedelta(hours=8),
        "change_minutes": 10,
    } | fields


def officials(world: SimpleNamespace) -> None:
    if not hasattr(world, "kurban"):
        make_officials.add(world)


def draft_session(world: SimpleNamespace, **fields: Any) -> Session:
    officials(world)
    return sessions.draft(world.body, by=world.chen, **plan(world, **fields))


def notified_session(world: SimpleNamespace, **fields: Any) -> Session:
    return sessions.notify(draft_session(world, **fields), by=world.chen)


def fixed_session(world: SimpleNamespace, *users: User, **fields: Any) -> Session:
    """Turns fixed for these people (Adil when nobody is named), judged by Kurban and Jin."""
    session = notified_session(world, **fields)
    timetable.choose(
        session,
        by=world.chen,
        enrolments=trained(world, *(users or (world.adil,))),
        panel=[world.kurban, world.jin],
    )
    return sessions.fix(session, by=world.chen)


def turn_of(session: Session, user: User) -> Turn:
    return session.turns.standing().get(person=user.person)


def sheet_of(turn: Turn, user: User) -> Sheet:
    return turn.sheets.get(assessor=user)


def taps(
    at: datetime, points: dict[str, str] | None = None, fatal: tuple[str, ...] = (), **more: Any
) -> list[Sent]:
    """Points for every criterion (all of them full when nothing is said), then handing in."""
    given = {"c1": "40", "c2": "40", "c3": "20"} if points is None else points
    said = [(TapKind.POINTS, key, value) for key, value in given.items()]
    said += [(TapKind.FATAL, key, "yes") for key in fatal]
    if more.get("hand_in", True):
        said.append((TapKind.HAND_IN, "", ""))
    return [
        Sent(uuid4(), kind, about, value, at + timedelta(seconds=n))
        for n, (kind, about, value) in enumerate(said)
    ]


def send(sheet: Sheet, user: User, sent: list[Sent], *, phone: str = "A") -> list[Outcome]:
    """What ``user``'s phone sends now; its clock is right."""
    return scoring.sync(sheet, by=user, phone=phone, phone_now=timezone.now(), taps=sent)


def judged(
    turn: Turn,
    user: User,
    points: dict[str, str] | None = None,
    fatal: tuple[str, ...] = (),
) -> Turn:
    """One assessor gives points and hands in, in the middle of the turn."""
    at = turn.starts_at + timedelta(minutes=30)
    with time_machine.travel(at + timedelta(minutes=5), tick=False):
        outcomes = send(sheet_of(turn, user), user, taps(at, points, fatal))
    assert [one.refusal for one in outcomes if one.refusal] == []
    turn.refresh_from_db()
    return turn


FAIR = {"c1": "24", "c2": "30", "c3": "12"}  # 66
POOR = {"c1": "0", "c2": "10", "c3": "12"}  # 22


def settled_session(
    world: SimpleNamespace, *passing: User, failing: tuple[User, ...] = (), **fields: Any
) -> Session:
    """Both assessors agree on everybody; their marks stand. Its end lies in the future."""
    passing = passing or (world.adil,)
    session = fixed_session(world, *passing, *failing, **fields)
    for user in (*passing, *failing):
        for assessor in (world.kurban, world.jin):
            judged(turn_of(session, user), assessor, FAIR if user in passing else POOR)
    return session


def released_session(
    world: SimpleNamespace, *passing: User, failing: tuple[User, ...] = (), **fields: Any
) -> Session:
    session = settled_session(world, *passing, failing=failing, **fields)
    with time_machine.travel(session.closes_at + timedelta(hours=1), tick=False):
        closed = sessions.close(session, by=world.chen)
        return sessions.release(closed, by=world.chen)


# ── The site ─────────────────────────────────────────────────────────────────────────────────

SITE_PEOPLE = {
    "practical": "chen",
    **dict.fromkeys(
        [
            "practical:rubrics",
            "practical:start-rubric",
            "practical:rubric-template",
            "practical:rubric",
            "practical:move-rubric",
            "practical:preview",
            "practical:difference",
            "practical:rehearsal",
            "practical:take-in",
            "practical:corrected",
            "practical:new-task",
            "practical:task",
            "practical:remove-task",
            "practical:fatal",
        ],
        "gu",
    ),
    **dict.fromkeys(
        ["practical:desk", "practical:sheet", "practical:sync", "practical:add-evidence"],
        "kurban",
    ),
    "practical:worker": None,
    "practical:own-turn": "adil",
}
RUBRIC_OBJECTS = {"pk": "rubric", "name": "publish", "file": "rubric_file"}
SESSION_OBJECTS = {"pk": "practical_session", "name": "close"}
SHEET_OBJECTS = {"pk": "score_sheet"}
SITE_OBJECTS = {
    "practical": {"pk": "practical_turn", "name": "close"},
    **dict.fromkeys(
        [
            "practical:rubric",
            "practical:move-rubric",
            "practical:preview",
            "practical:rehearsal",
            "practical:take-in",
            "practical:corrected",
            "practical:new-task",
            "practical:fatal",
        ],
        RUBRIC_OBJECTS,
    ),
    "practical:task": {"pk": "rubric", "key": "task"},
    "practical:remove-task": {"pk": "rubric", "key": "task"},
    "practical:difference": {"pk": "rubric", "other": "rubric"},
    **dict.fromkeys(
        [
            "practical:session",
            "practical:edit",
            "practical:people",
            "practical:progress",
            "practical:move",
        ],
        SESSION_OBJECTS,
    ),
    "practical:evidence": {"pk": "picture"},
    **dict.fromkeys(["practical:sheet", "practical:sync", "practical:add-evidence"], SHEET_OBJECTS),
}


def sheet(*rows: list[str]) -> ContentFile[bytes]:
    """A rubric as a spreadsheet: its head, and these rows."""

    def fill(book: Any) -> None:
        page = book.add_worksheet("评分表")
        heads = [column.title for column in spreadsheet.COLUMNS]
        for number, row in enumerate([heads, *rows]):
            page.write_row(number, 0, row)

    return ContentFile(xlsx(fill), "评分表.xlsx")


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """One of each thing that has an address: a draft rubric, a session in which Adil's turn is
    settled and has a picture.
    """
    draft = draft_rubric(world)
    rows = [list(line) for line in spreadsheet.lines(draft.values)]
    file = rubrics.receive(draft, by=world.gu, upload=sheet(*rows))
    session = fixed_session(world)
    turn = turn_of(session, world.adil)
    with time_machine.travel(turn.starts_at + timedelta(minutes=10), tick=False):
        picture = scoring.add_evidence(
            sheet_of(turn, world.kurban),
            Sent(uuid4(), TapKind.EVIDENCE, "", "", timezone.now()),
            lambda: pictures.accept(make_pictures.photo("墙.jpg"), by=world.kurban),
            by=world.kurban,
        )
    for assessor in (world.kurban, world.jin):
        judged(turn, assessor, FAIR)
    over = released_session(world, world.mayra, opens_at=session.opens_at + timedelta(days=1))
    with time_machine.travel(over.closes_at + timedelta(hours=2), tick=False):
        own = turn_of(over, world.mayra)
        doubted = requests.file(own, by=world.mayra, grounds="第 2 项")
    return {
        "doubted_turn": own,
        "turn_review": doubted,
        "rubric": draft,
        "rubric_file": file,
        "task": SimpleNamespace(pk="t1"),
        "practical_session": session,
        "practical_turn": turn,
        "score_sheet": sheet_of(turn, world.kurban),
        "picture": picture,
    }
