"""The story of one sitting: planned, notified, seated, sealed, sat, marked, certified."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from random import Random

from zhupei.certificates import actions as certificates
from zhupei.certificates import practice
from zhupei.certificates.models import Certificate, Reason
from zhupei.classes.models import Enrolment
from zhupei.exams.actions import attempts, carried, room, seating, sittings
from zhupei.exams.actions.eligibility import verdicts
from zhupei.exams.models import Attempt, Candidate, Sitting
from zhupei.organizations.models import Division
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.portal.demo import marking, rooms, venues
from zhupei.portal.demo.region import Body
from zhupei.portal.demo.stage import Story

MINUTES = 60
STRONG = 0.87  # of the candidates; they know about nine answers of ten
KNOWS = {True: 0.9, False: 0.42}
NOTHING = 0.1
ESSAY = "先看图纸和交底，检查材料、工具，按规范做，做完自检，有问题报告班组长。"
STAYS_AWAY = 0.02
AT_THE_DOOR = timedelta(minutes=20)  # before they begin


class End(Enum):
    """How far a sitting gets. Those without a word about it go on until the present."""

    DRAFT = "draft"
    NOTIFIED = "notified"
    CANCELLED = "cancelled"
    RUNNING = "running"  # going on now
    CLOSED = "closed"
    PARTLY_CERTIFIED = "partly_certified"
    CERTIFIED = "certified"


Deed = Callable[["Plan", Candidate], None]


@dataclass
class Plan:
    """What a story needs to know. ``enrolments`` are filled by the story of their class."""

    body: Body
    blueprint: Blueprint
    starts_at: datetime
    title: str
    enrolments: Sequence[Enrolment]
    random: Random
    prefecture: Division | None = None  # where a body of the whole region examines
    minutes: int = MINUTES
    end: End = End.CERTIFIED
    lead: timedelta = timedelta(days=3)  # how long before the start it is planned
    places: tuple[int, int] = (0, 60)  # which of those who may sit, from and up to
    begun: int = 0  # of an exam going on now: how many have started
    hopeless: int = 0  # so many know next to nothing, and everybody comes
    copying: int = 0  # so many pairs give the same answers; then all have one form
    copied: dict[int, Candidate] = field(default_factory=dict)  # by candidate
    failing: set[int] = field(default_factory=set)  # their persons
    revoked: tuple[Reason, str] | None = None


def story(it: Plan) -> Story:
    """Everything that happens to a sitting, in order of time."""
    planned = it.starts_at - it.lead
    yield planned
    sitting = _draft(it)
    if it.end is End.DRAFT:
        return
    yield planned + timedelta(hours=1)
    sitting = sittings.notify(sitting, by=it.body.examiner)
    if it.end is End.NOTIFIED:
        yield planned + timedelta(hours=3)
        venues.ask_back(sitting)
    yield planned + timedelta(hours=6)
    chosen = _eligible(sitting, it.enrolments)[slice(*it.places)]
    if chosen:
        seating.seat(sitting, chosen, by=it.body.examiner)
        venues.watch(sitting, by=it.body.examiner)
    if it.end is End.CANCELLED:
        yield planned + timedelta(days=1)
        note = "机房线路检修，另行安排时间，已通知考生。"
        sittings.cancel(sitting, by=it.body.examiner, note=note)
    elif it.end is not End.NOTIFIED and chosen:
        yield it.starts_at - timedelta(minutes=50)
        sittings.seal(sitting, by=it.body.examiner)
        yield from (_running if it.end is End.RUNNING else _held)(it, sitting)


def _running(it: Plan, sitting: Sitting) -> Story:
    yield from rooms.before(sitting, it.begun)
    yield from _sit(it, sitting)
    yield from rooms.during(sitting)


def _held(it: Plan, sitting: Sitting) -> Story:
    yield it.starts_at - timedelta(minutes=45)
    rooms.unlock(sitting)
    yield from _sit(it, sitting)
    yield from _afterwards(it, sitting)


def _draft(it: Plan) -> Sitting:
    bureau = {} if it.body.organization.prefecture_id else {"prefecture": it.prefecture}
    return sittings.draft(
        it.body.organization,
        by=it.body.examiner,
        title=it.title,
        job=it.blueprint.job,
        blueprint=it.blueprint,
        room=it.body.room,
        starts_at=it.starts_at,
        minutes=it.minutes,
        **({"forms": 1} if it.copying else {}),
        **bureau,
    )


def _eligible(sitting: Sitting, enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    """Those of a class who may be seated, judged as the page judges them."""
    rows = list(
        Enrolment.objects.filter(pk__in=[one.pk for one in enrolments])
        .select_related(
            "person__account", "training_class__syllabus", "training_class__organization"
        )
        .order_by("pk")
    )
    found = verdicts(sitting, rows)
    return [row for row in rows if found[row.pk].eligible]


# ── The exam ─────────────────────────────────────────────────────────────────────────────────


def _sit(it: Plan, sitting: Sitting) -> Iterator[datetime]:
    """Everybody at their own pace. Of an exam that is going on, a few have just begun."""
    candidates = list(sitting.candidates.select_related("person__account", "attempt__paper"))
    it.failing = set(sorted(one.person_id for one in candidates)[: it.hopeless])
    by_form = sorted(candidates, key=lambda one: (one.attempt.paper.number, one.seat))
    for pair in range(min(it.copying, len(by_form) // 2)):
        one, other = by_form[2 * pair : 2 * pair + 2]
        it.copied |= {one.pk: other, other.pk: one}  # whoever hands in later has seen the other's
    if it.end is End.RUNNING:
        candidates = candidates[max(len(candidates) - it.begun, 1) :]
    deeds: list[tuple[datetime, Candidate, Deed]] = []
    for candidate in candidates:
        leaves_out = it.random.random() < STAYS_AWAY
        if it.end is not End.RUNNING and not it.hopeless and leaves_out:
            continue
        begins = it.starts_at + timedelta(minutes=it.random.uniform(0.2, 6))
        deeds.append((begins, candidate, _begin))
        if it.end is not End.RUNNING:
            length = timedelta(minutes=it.random.uniform(0.35, 0.85) * it.minutes)
            deeds.append((begins - AT_THE_DOOR, candidate, _enter))
            deeds.append((begins + length, candidate, _hand_in))
    for moment, candidate, do in sorted(deeds, key=lambda deed: deed[0]):
        yield moment
        do(it, candidate)
    if it.end is End.RUNNING:
        _look_after([candidate.attempt for _moment, candidate, _do in deeds], it.body.examiner)


def _look_after(begun: Sequence[Attempt], examiner: User) -> None:
    """What happens in a room: somebody's machine is changed, somebody is let out for a while."""
    if len(begun) > 2:  # noqa: PLR2004
        room.add_time(begun[:1], 10, by=examiner, note="电脑重启，补时 10 分钟")
        room.pause(begun[1:2], by=examiner, note="键盘失灵，正在换机")


def _enter(_it: Plan, candidate: Candidate) -> None:
    rooms.let_in(candidate)


def _begin(it: Plan, candidate: Candidate) -> None:
    """Start, and answer a few items within the first minutes."""
    user = candidate.person.account
    candidate.attempt = attempts.start(candidate, by=user)
    if it.end is End.RUNNING:
        attempts.save(candidate.attempt, dict(_answers(it, candidate)[:6]), by=user)


def _hand_in(it: Plan, candidate: Candidate) -> None:
    """Save through the pages' own door, which asks our clock; the hot one asks the database's."""
    user = candidate.person.account
    answers = dict(_answers(it, candidate))
    if source := it.copied.get(candidate.pk):
        answers |= _seen(source, candidate)
    attempts.save(candidate.attempt, answers, by=user)
    attempts.hand_in(candidate.attempt, by=user)


def _answers(it: Plan, candidate: Candidate) -> list[tuple[int, str]]:
    """What somebody answers: mostly right, now and then wrong, rarely nothing."""
    paper = candidate.attempt.paper
    knows = KNOWS[it.random.random() < STRONG]
    if it.hopeless:
        knows = NOTHING if candidate.person_id in it.failing else 1.0
    answers = []
    for place, item in enumerate(paper.places):
        key = paper.keys[place]
        if not isinstance(key, str):
            answers.append((place, ESSAY))
        elif it.random.random() < knows:
            answers.append((place, key))
        elif it.random.random() < 0.97:  # noqa: PLR2004
            wrong = _guessed if it.copying else _wrong
            answers.append((place, wrong(it.random, key, len(item["options"]))))
    return answers


def _seen(source: Candidate, candidate: Candidate) -> dict[int, str]:
    """What somebody reads off another one's screen: the answers to the items both have."""
    theirs = source.attempt.choices()
    letters = {
        item["item"]: theirs[place]
        for place, item in enumerate(source.attempt.paper.places)
        if place in theirs
    }
    return {
        place: letters[item["item"]]
        for place, item in enumerate(candidate.attempt.paper.places)
        if item["item"] in letters
    }


def _wrong(random: Random, key: str, options: int) -> str:
    """Another letter; of several right ones, one forgotten."""
    if len(key) > 1:
        return key.replace(random.choice(key), "")
    return random.choice([letter for letter in "ABCDEF"[:options] if letter != key])


def _guessed(random: Random, key: str, options: int) -> str:
    """A guess in the dark: of several right ones, two letters that are not both right."""
    if len(key) == 1:
        return _wrong(random, key, options)
    wrong = [letter for letter in "ABCDEF"[:options] if letter not in key]
    return (
        "".join(sorted({random.choice(wrong), random.choice("ABCDEF"[:options])})) if wrong else ""
    )


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────


def _afterwards(it: Plan, sitting: Sitting) -> Iterator[datetime]:
    """The clock ends it; marks are released, certificates issued, one perhaps taken back."""
    yield it.starts_at + timedelta(minutes=it.minutes + 2)
    sittings.close(sitting, by=None)
    if it.end is End.CLOSED:
        yield it.starts_at + timedelta(minutes=it.minutes + 20)
        _bring_file(sitting, it.body.examiner)
        return
    if sitting.attempts.unmarked().exists():
        yield it.starts_at + timedelta(hours=5)
        marking.read_all(sitting, it.body.examiner, it.failing)
    yield it.starts_at + timedelta(days=1)
    sittings.release(sitting, by=it.body.examiner)
    yield it.starts_at + timedelta(days=2)
    made = _issue(it, sitting)
    if it.revoked and made:
        yield it.starts_at + timedelta(days=9)
        reason, note = it.revoked
        certificates.revoke(made[-1], by=it.body.examiner, note=note, reason=reason)


def _bring_file(sitting: Sitting, examiner: User) -> None:
    """Of one candidate a file comes from a machine without network: two answers, too late."""
    attempt = sitting.attempts.begun().select_related("sitting", "paper").first()
    if attempt is None:
        return
    turn = int(attempt.ends_at.timestamp() * 1000) - 90_000
    said = [{"item": place, "choice": attempt.paper.keys[place], "turn": turn} for place in (0, 1)]
    inside = {"ticket": attempts.ticket(attempt), "made": turn, "answers": said}
    carried.take(sitting, carried.write(sitting, inside), by=examiner)


def _issue(it: Plan, sitting: Sitting) -> list[Certificate]:
    """To everybody who passed, or to the first of them so that some are left to issue. Those of a
    trade wait for their practical exam.
    """
    waiting = {attempt.pk for attempt, _why in practice.lacking(sitting)}
    passed = list(
        sitting.attempts.filter(passed=True).exclude(pk__in=waiting).order_by("candidate__seat")
    )
    if it.end is End.PARTLY_CERTIFIED:
        some = passed[: -len(passed) // 4]
        return [certificates.issue_one(one, by=it.body.examiner) for one in some]
    return certificates.issue(sitting, by=it.body.examiner) if passed else []
