"""What happens in one part of the region: thirty classes and a dozen sittings, in a table each.

Days are counted from today. Shares of the learners are for scale 1; a smaller region has fewer
learners, but still a class and a sitting in every state.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.utils import timezone

from zhupei.certificates.models import Reason
from zhupei.core import workdays
from zhupei.organizations.models import Division
from zhupei.papers.models import Blueprint
from zhupei.portal.demo import (
    bank,
    beyond,
    classes,
    clock,
    complaints,
    corrections,
    inspections,
    measures,
    patrols,
    people,
    sittings,
    watching,
)
from zhupei.portal.demo.classes import Fate
from zhupei.portal.demo.names import Identity, chance
from zhupei.portal.demo.region import Part, Region
from zhupei.portal.demo.sittings import End
from zhupei.portal.demo.stage import Story
from zhupei.syllabus.models import Syllabus

FEWEST = 5  # learners of a class, however small the region is
UNDECIDED = 135  # learners with an account and no class yet
LONGEST_AGO = 140  # days


class Class(NamedTuple):
    """One row: which institution teaches what, from which day on, to how many."""

    school: int
    job: str
    day: int
    learners: int
    fate: Fate = Fate.NORMAL
    handed_in: int | None = None  # the day; a fortnight before the class unless said
    fewest: int = FEWEST


# fmt: off
EXAMINED = (
    Class(2, "SGY-TJ", -120, 38), Class(3, "SGY-TJ", -100, 38, Fate.CORRECTED),
    Class(4, "SGY-TJ", -95, 38), Class(0, "SGY-TJ", -85, 38), Class(1, "CLY", -75, 38),
    Class(5, "SGY-TJ", -70, 38), Class(2, "SGY-TJ", -38, 34), Class(3, "SGY-TJ", -12, 20),
)
TRAINED = Class(2, "SGY-TJ", -25, 30)  # wait for their exam
OTHERS = (
    Class(8, "SGY-TJ", -20, 16), Class(11, "CLY", -30, 12),
    Class(7, "CLY", -8, 16, Fate.NOT_FINISHED), Class(4, "SGY-TJ", -7, 16, Fate.NOT_FINISHED),
    Class(0, "SGY-TJ", -1, 18), Class(6, "T010", -2, 14),
    Class(1, "ZLY-TJ", 9, 22, Fate.CORRECTED), Class(8, "SGY-TJ", 7, 12), Class(9, "T130", 8, 12),
    Class(4, "SGY-TJ", 5, 14), Class(5, "T010", 11, 10),
    Class(2, "ZLY-TJ", 13, 16, Fate.LEFT_WAITING), Class(0, "CLY", 12, 16, Fate.LEFT_WAITING, -9),
    Class(3, "CLY", 12, 14, Fate.LEFT_RETURNED, -3),
    Class(5, "SGY-TJ", 12, 14, Fate.LEFT_RETURNED, -3),
    Class(2, "CLY", 15, 14, Fate.LEFT_IN_DRAFT),
    Class(10, "SGY-TJ", -13, 10, Fate.REVOKED), Class(11, "SGY-TJ", -9, 8, Fate.CANCELLED),
)
RUNNING = Class(2, "SGY-TJ", -2, 14)
OPEN = Class(2, "SGY-TJ", 6, 20)
DUE_TOMORROW = Class(3, "SGY-TJ", 13, 18, Fate.LEFT_WAITING)
FULL = Class(2, "T010", 8, 10, handed_in=-9)  # and three wait for a place
FROZEN = Class(5, "T010", 3, 18)  # its institution is suspended before it begins
PRACTISED = Class(2, "T010", -60, 12, fewest=12)  # for the practical exams
RESITTING = Class(2, "SGY-TJ", -80, 12, fewest=12)  # none of them passes at first
AWAY = Class(2, "T010", 16, 12, handed_in=-5)  # held in another prefecture, under a filing
AWAY_AT = "650402"
REFERRED = Class(6, "SGY-TJ", 14, 12, Fate.LEFT_REFERRED, -4)
REVOKED = {
    0: (Reason.HOURS_UNTRUE, "复核签到记录，本人承认两次由他人代签，学时不足。"),
    2: (Reason.MISTAKE, "录入时把岗位选错，已通知本人重新办理。"),
}
BODY_OF_SCHOOL = (0, 0, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0)
# fmt: on


@dataclass
class Means:
    """What the stories of a part are made of."""

    region: Region
    part: Part
    number: int  # of the part; 0 is the one the logins belong to
    syllabi: dict[str, Syllabus]
    blueprints: dict[str, Blueprint]
    cast: Iterator[Identity]
    seed: int
    size: float  # 1, or less for a small region
    now: datetime

    def day(self, offset: int, hour: int = 10, minute: int = 30) -> datetime:
        """A moment so many days from today, Beijing time."""
        return clock.moment(timezone.localdate(self.now) + timedelta(days=offset), hour, minute)

    def some(self, count: int) -> int:
        return max(FEWEST, round(count * self.size))


def stories(by: Means) -> list[Story]:
    """The stories of one part, those of its undecided people included."""
    examined = [_plan(by, row, number) for number, row in enumerate(EXAMINED, 1)]
    trained = _plan(by, TRAINED, 9)
    others = [_plan(by, row, number) for number, row in enumerate(OTHERS, 10)]
    frozen = _plan(by, FROZEN, 32)
    frozen.closes = by.day(-3, 20)
    now = [running(by), open_for_sign_up(by), _due_tomorrow(by), _full(by), frozen, _away(by)]
    now.append(_plan(by, REFERRED, 34))
    if not by.number:
        now += [_plan(by, PRACTISED, 35), resitting := _plan(by, RESITTING, 36)]
    exams = [_exam(by, place, plan) for place, plan in enumerate(examined)]
    return [
        *map(classes.story, [*examined, trained, *others, *now]),
        *map(sittings.story, [*exams, *_coming_exams(by, trained)]),
        *([] if by.number else map(sittings.story, _resits(by, resitting))),
        *_beside(by, frozen),
        _undecided(by),
    ]


def _beside(by: Means, frozen: classes.Plan) -> list[Story]:
    """What happens beside classes and exams, in the part the logins belong to."""
    if by.number:
        return []
    on = beyond.Stage(by.region, by.part, by.cast, chance(by.seed, "beyond"), by.now)
    looking = beyond.Stage(by.region, by.part, by.cast, chance(by.seed, "patrols"), by.now)
    return [
        *beyond.stories(on),
        beyond.suspended(on, frozen),
        *corrections.stories(on),
        *complaints.stories(on),
        *measures.stories(on),
        patrols.story(looking),
        *inspections.stories(on),
        *watching.stories(on),
    ]


def _plan(by: Means, row: Class, number: int) -> classes.Plan:
    starts_on = timezone.localdate(by.now) + timedelta(days=row.day)
    return classes.Plan(
        school=by.part.schools[row.school],
        syllabus=by.syllabi[row.job],
        starts_on=starts_on,
        learners=list(islice(by.cast, max(row.fewest, by.some(row.learners)))),
        random=chance(by.seed, by.number, number),
        number=number,
        fate=row.fate,
        submitted=None if row.handed_in is None else by.day(row.handed_in, 11),
    )


# ── What goes on just now ────────────────────────────────────────────────────────────────────


def running(by: Means) -> classes.Plan:
    """A class with a lesson that began an hour ago and lasts."""
    plan = _plan(by, RUNNING, 28)
    plan.running = lesson_now(by.now)
    return plan


def lesson_now(now: datetime) -> tuple[datetime, datetime]:
    """From an hour ago for four hours: time enough to try it, and still a lesson."""
    begin = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    return begin, begin + timedelta(hours=4)


def open_for_sign_up(by: Means) -> classes.Plan:
    """A class in the catalogue with free places, and somebody who has not answered yet."""
    plan = _plan(by, OPEN, 30)
    plan.unanswered = list(islice(by.cast, 3))
    guest = plan.unanswered[0]
    plan.accounts[guest.id_number] = people.register(guest)
    return plan


def _full(by: Means) -> classes.Plan:
    plan = _plan(by, FULL, 31)
    plan.queue = list(islice(by.cast, 3))
    return plan


def _away(by: Means) -> classes.Plan:
    """Taught away from home: the bureau of the place reviews it."""
    plan = _plan(by, AWAY, 33)
    plan.away = Division.objects.select_related("parent").get(code=AWAY_AT)
    reviewer = by.region.reviewers[str(plan.away.parent_id)]
    plan.school = replace(plan.school, reviewer=reviewer)
    return plan


def _due_tomorrow(by: Means) -> classes.Plan:
    plan = _plan(by, DUE_TOMORROW, 29)
    plan.submitted = submitted_to_be_due(by.now)
    return plan


def submitted_to_be_due(now: datetime) -> datetime:
    """The moment of a submission whose review is due on the next working day, or just after."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    days = (clock.moment(tomorrow - timedelta(days=back), 9, 40) for back in range(20, 1, -1))
    return next(
        day for day in days if timezone.localdate(workdays.deadline(day, REVIEW_DAYS)) >= tomorrow
    )


REVIEW_DAYS = 5


# ── Exams ────────────────────────────────────────────────────────────────────────────────────


def _exam(by: Means, place: int, plan: classes.Plan) -> sittings.Plan:
    """The sitting of a class, nine days after it began; the newest ones are not finished with."""
    end = {6: End.PARTLY_CERTIFIED, 7: End.CLOSED}.get(place, End.CERTIFIED)
    after = 11 if end is End.CLOSED else 9
    row = EXAMINED[place]
    return sittings.Plan(
        body=by.part.bodies[BODY_OF_SCHOOL[row.school]],
        blueprint=by.blueprints[row.job],
        starts_at=by.day(row.day + after),
        title=f"{plan.syllabus.job.name}理论考核（{plan.school.organization.short_name}）",
        enrolments=plan.enrolments,
        random=chance(by.seed, by.number, "exam", place),
        prefecture=plan.school.organization.prefecture,
        end=end,
        revoked=REVOKED.get(place),
    )


def _coming_exams(by: Means, trained: classes.Plan) -> Iterator[sittings.Plan]:
    """One going on now, one told to the bureau, one being planned, one called off."""

    def plan(title: str, starts_at: datetime, **fields: Any) -> sittings.Plan:
        return sittings.Plan(
            body=by.part.bodies[1],
            blueprint=by.blueprints["SGY-TJ"],
            starts_at=starts_at,
            title=title,
            enrolments=trained.enrolments,
            random=chance(by.seed, by.number, title),
            **fields,
        )

    yield exam_now(plan("土建施工员理论考核（今日场）", by.now), by.now)
    days = timedelta(days=1)
    yield plan(
        "土建施工员理论考核（下周场）", by.day(4), end=End.NOTIFIED, lead=5 * days, places=(6, 24)
    )
    yield plan("土建施工员理论考核（补考场）", by.day(9), end=End.DRAFT, lead=10 * days)
    yield plan(
        "土建施工员理论考核（加场）", by.day(3, 16), end=End.CANCELLED, lead=7 * days, places=(0, 3)
    )


def _resits(by: Means, trained: classes.Plan) -> Iterator[sittings.Plan]:
    """A first try nobody passes, and two re-sits, the second with answers that people mark: for
    one of them they are used up.
    """
    tries = (
        ("首考", RESITTING.day + 10, "SGY-TJ", 99),
        ("第 1 次补考", RESITTING.day + 30, "SGY-TJ", 2),
        ("第 2 次补考", RESITTING.day + 50, bank.WRITTEN, 1),
    )
    for title, day, blueprint, hopeless in tries:
        yield sittings.Plan(
            body=by.part.bodies[1],
            blueprint=by.blueprints[blueprint],
            starts_at=by.day(day, 16),
            title=f"土建施工员理论考核（{title}）",
            enrolments=trained.enrolments,
            random=chance(by.seed, by.number, title),
            hopeless=hopeless,
            copying=2 if title == "首考" else 0,
        )


def exam_now(plan: sittings.Plan, now: datetime) -> sittings.Plan:
    """The same exam, begun a quarter of an hour ago at most, and long enough for whoever looks
    today. Whatever the hour is: somebody can sit it.
    """
    odd = timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
    plan.starts_at = now - timedelta(minutes=10) - odd
    plan.minutes, plan.end = 300, End.RUNNING
    plan.places, plan.begun = (0, 14), 9
    plan.lead = timedelta(days=2)  # after the last lessons of those who sit, also of a small hour
    return plan


def _undecided(by: Means) -> Story:
    """People who register and look around."""
    random = chance(by.seed, by.number, "undecided")
    people_ = list(islice(by.cast, round(UNDECIDED * by.size)))
    days = sorted(random.uniform(1, LONGEST_AGO) for _ in people_)
    for back, identity in zip(reversed(days), people_, strict=True):
        yield by.now - timedelta(days=back)
        people.register(identity)
