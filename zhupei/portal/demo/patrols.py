"""The coverage ledger of the demo: bureaus that look at everything, and bureaus that do not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from zhupei.attendance.models import Attendance
from zhupei.classes.models import Lesson
from zhupei.core import pictures as photos
from zhupei.core.deeds import Sent
from zhupei.organizations.models import Organization, Role
from zhupei.patrols import checklist
from zhupei.patrols.actions import explaining, filling, ledger, planning, rolls
from zhupei.patrols.models import OPEN, DeedKind, Duty, Patrol, Roll, State, Subject
from zhupei.people.models import User
from zhupei.portal.demo import people, pictures
from zhupei.portal.demo.beyond import Stage
from zhupei.portal.demo.stage import Story

FIRST = -148  # days from today
HOUR = 11  # somebody is at every class and every exam of the day by then
DILIGENCE = {"650100": 100, "652300": 100, "650500": 95, "653000": 100, "653200": 45, "654000": 70}
USUAL = 88  # per cent of what a bureau looks at
REMOTE, WRONG, NO_STILL = 20, 25, 50  # per cent; the last of the looks from afar
NOT_CALLED = (checklist.UNCALLED, "到的时候正是课间，下一节在下午，先看了场所和资料。")
NOT_PICTURED = (checklist.UNPICTURED, "会议软件不让截图，看了 20 分钟，情况写在上面。")
GHOST = 3  # in one roll call of three somebody is not there who should be
IDLE = 3  # days
NEARLY_OVER = timedelta(hours=1)
LAST_DAYS = 2  # what ends so soon before today is left for whoever tries it
HOME, REVIEWER = "652300", "changji"  # the bureau the logins belong to, and who plans there
INSPECTORS = {"652300": "jiancha-changji", "653100": "jiancha-kashi"}
FAULTS = {
    "attendance": "两人签到后离开教室，没有登记。",
    "log": "前一天的教学日志还没有写。",
    "books": "3 名学员没有教材，教材还在路上。",
    "machines": "一路监控画面黑屏，已当场报修。",
    "safety": "安全出口堆放杂物，已当场清理。",
}
REASONS = (
    ("people", "两名审核员都在外地核查，抽不出人。"),
    ("moved", "开课前一天改了地点，没有及时通知到检查员。"),
    ("forgotten", "排了班没有落实到人，已改为每周一统一安排。"),
)


def story(on: Stage) -> Story:
    """The ledger is kept, looks are taken, and misses are explained or not."""
    yield on.at(FIRST)
    inspectors = _inspectors(on)
    chosen: dict[int, bool] = {}
    day = FIRST
    while day < -1:
        day = min(_next(on, day), -1)
        yield on.at(day, HOUR)
        ledger.keep()
        for duty in list(Duty.objects.running().filter(state="owed", opens_at__lte=_now())):
            if duty.pk not in chosen:
                share = DILIGENCE.get(str(duty.prefecture_id), USUAL)
                chosen[duty.pk] = on.random.randrange(100) < share
            if chosen[duty.pk] and day <= -LAST_DAYS and not _left(on, duty):
                _look(on, duty, _whom(on, duty, inspectors))
        _explain(on)
    yield max(on.now - timedelta(minutes=3), on.at(0, 0))
    ledger.keep()
    _send_today(on, inspectors)


def _left(on: Stage, duty: Duty) -> bool:
    """Is it the class with a lesson just now, where an inspector of the demo can try the form?"""
    now = Lesson.objects.at(on.now).filter(training_class=duty.training_class_id)
    return duty.prefecture_id in INSPECTORS and now.exists()


def _next(on: Stage, day: int) -> int:
    """The next day on which something begins; within a few days there may be something new."""
    after = on.at(day + 1, 0)
    begins = Duty.objects.running().filter(opens_at__gte=after).order_by("opens_at").first()
    if begins is None:
        return day + IDLE
    ahead = timezone.localdate(begins.opens_at) - timezone.localdate(after)
    return min(day + 1 + ahead.days, day + IDLE)


def _now() -> datetime:
    return timezone.now()


def _inspectors(on: Stage) -> dict[str, User]:
    """Those who inspect for two bureaus and for the region."""
    since = timezone.localdate()
    found = {}
    for code, login in INSPECTORS.items():
        bureau = Organization.objects.bureaus().get(prefecture=code)
        found[code] = people.employ(login, next(on.cast).name, Role.INSPECTOR, bureau, since=since)
    department = on.region.regulator.acting.organization
    people.employ("jiancha-ting", next(on.cast).name, Role.INSPECTOR, department, since=since)
    return found


def _whom(on: Stage, duty: Duty, inspectors: dict[str, User]) -> User:
    """The bureau's inspector, or the reviewer themself where there is none."""
    place = str(duty.prefecture_id)
    return inspectors.get(place, on.region.reviewers[place])


def _plan(on: Stage, duty: Duty, who: User, way: str) -> Patrol:
    wish = planning.Wish(uuid4(), way, timezone.localdate(), [who])
    return planning.plan(duty, wish, by=on.region.reviewers[str(duty.prefecture_id)])


def _look(on: Stage, duty: Duty, who: User) -> None:
    """Somebody goes, or looks in, and hands in at once."""
    way = "remote" if on.random.randrange(100) < REMOTE else "on_site"
    patrol = _plan(on, duty, who, way)
    now = _now()
    form = checklist.items(patrol.form, duty.kind)
    wrong = on.random.randrange(100) < WRONG and [one for one in form if one.key in FAULTS]
    fault = on.random.choice(wrong).key if wrong else ""
    deeds = [
        _deed(DeedKind.ANSWER, item.key, "bad" if item.key == fault else "good", now)
        for item in form
    ]
    if fault:
        deeds.append(_deed(DeedKind.NOTE, fault, FAULTS[fault], now))
    if way == "remote":
        seen = "老师在讲课，学员在座，画面清楚。"
        deeds.append(_deed(DeedKind.NOTE, checklist.SEEN, seen, now))
    else:
        deeds += list(_called(patrol, now)) or [_deed(DeedKind.NOTE, *NOT_CALLED, now)]
    if way == "remote" and not fault and on.random.randrange(100) < NO_STILL:
        deeds.append(_deed(DeedKind.NOTE, *NOT_PICTURED, now))
    else:
        _photograph(on, patrol, fault, who)
    deeds.append(_deed(DeedKind.HAND_IN, "", "", now))
    heard = filling.sync(patrol, by=who, phone="demo", phone_now=now, deeds=deeds)
    refused = [str(one.refusal) for one in heard if one.refusal]
    if refused:
        raise ValueError(f"the demo's inspector fills in what no form takes: {refused}")


def _called(patrol: Patrol, now: datetime) -> Iterator[Sent]:
    """The sample of this hour; nearly all are where the roll says they are."""
    for offer in rolls.offers(patrol):
        if not offer.hour.opens_at <= now <= offer.hour.closes_at:
            continue
        yield _deed(DeedKind.DRAW, "", offer.ticket, now - timedelta(seconds=1))
        sample = [one.enrolment for one in offer.sample]
        present = set(
            Attendance.objects.filter(
                lesson=offer.hour.lesson, arrived_at__lte=now, enrolment__in=sample
            ).values_list("enrolment_id", flat=True)
        )
        expected = [pk for pk in sample if pk in present or not offer.hour.lesson]
        here = set(expected[1:] if Roll.objects.count() % GHOST == 0 else expected)
        for pk in sample:
            found = "here" if pk in here else "absent"
            yield _deed(DeedKind.ROLL, str(pk), found, now)


def _photograph(on: Stage, patrol: Patrol, about: str, who: User) -> None:
    picture = pictures.classroom(on.random, "现场")
    kept = photos.accept(picture, by=who)
    filling.add_photo(patrol, _deed(DeedKind.PHOTO, about, "", _now()), kept, by=who)


def _deed(kind: DeedKind, about: str, value: str, at: datetime) -> Sent:
    return Sent(uuid4(), kind, about, value, at)


def _explain(on: Stage) -> None:
    """Most misses are accounted for a day or two later; some are not."""
    old = _now() - timedelta(days=1)
    for duty in list(Duty.objects.unexplained().filter(missed_at__lt=old, escalated_at=None)):
        if on.random.randrange(100) < USUAL // 2:
            ground, note = on.random.choice(REASONS)
            by = on.region.reviewers[str(duty.prefecture_id)]
            explaining.explain(duty, by=by, ground=ground, note=note)


def _send_today(on: Stage, inspectors: dict[str, User]) -> None:
    """Somebody has something to go to now, wherever anything goes on; one need not go after all."""
    owed = Duty.objects.running().filter(state="owed", opens_at__lte=_now())
    owed = owed.filter(closes_at__gt=_now() + NEARLY_OVER)
    for number, duty in enumerate(owed.order_by("pk")):
        if number % 3 == 1 and not _left(on, duty):
            continue  # left for whoever tries it
        reviewer = on.region.reviewers[str(duty.prefecture_id)]
        if number == 0:
            first = _plan(on, duty, reviewer, "on_site")
            planning.call_off(first, by=reviewer, note="临时有会，改派他人。")
        _plan(on, duty, _whom(on, duty, inspectors), "on_site")


# ── Kept going ───────────────────────────────────────────────────────────────────────────────


def sent(now: datetime) -> bool:
    """Is the inspector of the bureau the logins belong to sent to something that goes on?"""
    visits = Patrol.objects.planned().filter(members__username=INSPECTORS[HOME])
    return visits.filter(duty__in=going_on(now)).exists()


def going_on(now: datetime) -> QuerySet[Duty]:
    """Classes of that bureau that go on for an hour at least, looked at already or not."""
    return Duty.objects.in_prefecture(HOME).filter(
        kind=Subject.CLASS,
        state__in=[*OPEN, State.DONE],
        paused_since=None,
        opens_at__lte=now,
        closes_at__gt=now + NEARLY_OVER,
    )


def send(now: datetime) -> Story:
    """To the class with the fewest looks."""
    yield now - timedelta(minutes=2)
    ledger.keep()
    inspector = User.objects.get(username=INSPECTORS[HOME])
    duty = going_on(now).order_by("looks", "-closes_at").first()
    if duty is None:
        return
    wish = planning.Wish(uuid4(), "on_site", timezone.localdate(), [inspector])
    planning.plan(duty, wish, by=User.objects.get(username=REVIEWER))
