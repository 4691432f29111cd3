"""Building the demo region in an empty database, and keeping something going on in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

from django.db import connection
from django.utils import timezone, translation

from zhupei.core import parameters, workdays
from zhupei.core.parameters import Parameter, Setting
from zhupei.exams.actions.sittings import close_overdue
from zhupei.organizations.reference import load_divisions
from zhupei.oversight.reference import load_legal_bases
from zhupei.portal.demo import (
    bank,
    bulletins,
    clock,
    evaluation,
    exams,
    exchange,
    logins,
    names,
    people,
    region,
    script,
    stage,
    syllabi,
    today,
)
from zhupei.portal.demo.stage import Tell
from zhupei.syllabus.reference import load_jobs

OPENING = timedelta(days=150)  # before today
FOUNDING = 0.15  # of the time it takes; the rest are the stories


def load_reference() -> dict[str, int]:
    """Divisions, jobs, working days, legal bases; what is there stays. Returns how many of each."""
    year = timezone.localdate().year
    return {
        "divisions": load_divisions(),
        "jobs": load_jobs(),
        "workdays": workdays.load(range(year - 1, year + 2)),
        "legal_bases": load_legal_bases(),
    }


def build(*, seed: int, scale: float, tell: Tell) -> None:
    """Build the region. ``scale`` is how many times the usual size; less than 1 makes it small."""
    now = timezone.now()
    tell(0, "区划、岗位和工作日")
    load_reference()
    random, cast = names.chance(seed, "region"), names.people(names.chance(seed))
    with _in_a_hurry():
        stories = []
        with clock.at(now - OPENING):
            authorities = region.found_authorities(cast)
            texts = syllabi.draw_up(by=authorities.regulator, on=timezone.localdate())
            syllabi.publish_books(by=authorities.regulator)
            blueprints = bank.fill(by=authorities.regulator)
            home: region.Part | None = None
            for number in range(parts := max(1, round(scale))):
                tell(FOUNDING * number / parts, "机构、考核机构和教师")
                part = region.found_part(authorities, number, cast, random)
                home = home or part
                means = script.Means(
                    authorities, part, number, texts, blueprints, cast, seed, min(1, scale), now
                )
                stories += script.stories(means)
        with _parameters_read_once():
            stage.play(
                stories,
                until=now,
                tell=lambda part, day: tell(FOUNDING + (1 - FOUNDING) * part, day),
            )
        bank.show(by=authorities.regulator, second=authorities.second, now=now)
        exchange.show(by=authorities.regulator, now=now)
        assert home is not None
        exams.show(home.bodies[1], blueprints["SGY-TJ"], by=authorities.regulator, now=now)
        bulletins.show(authorities)
        evaluation.show(by=authorities.regulator, now=now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner has seen empty tables until now
    logins.write()
    tell(1, "完成")


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """One password hash for all, and no waiting for the disk: half a region is thrown away."""
    with (
        translation.override("zh-hans"),
        people.one_hash_for_all(),
        clock.columns_follow(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET synchronous_commit TO off; SET jit TO off")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET synchronous_commit; RESET jit")


@contextmanager
def _parameters_read_once() -> Iterator[None]:
    """No story sets a figure of the rules, so none is read from the database a thousand times."""
    read = parameters.setting
    known: dict[tuple[str, str | None], Setting] = {}

    def setting(
        parameter: Parameter, *, on: date | None = None, prefecture: str | None = None
    ) -> Setting:
        key = (parameter.key, prefecture)
        if key not in known:
            known[key] = read(parameter, on=on, prefecture=prefecture)
        return known[key]

    with patch("zhupei.core.parameters.setting", setting):
        yield


def refresh() -> int:
    """Add what there is none of today; return how many classes and sittings that took."""
    close_overdue()  # what ended while nobody was here
    now = timezone.now()
    stories = today.missing(now)
    with _in_a_hurry():
        stage.play(stories, until=now, tell=lambda _part, _day: None)
    logins.write()
    return len(stories)
