"""Building the demo region in an empty database, and keeping something going on in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from django.db import connection
from django.utils import timezone, translation

from zhupei.core import workdays
from zhupei.organizations.reference import load_divisions
from zhupei.portal.demo import bank, clock, logins, names, people, region, script, stage, syllabi, today
from zhupei.portal.demo.stage import Tell
from zhupei.syllabus.reference import load_jobs

OPENING = timedelta(days=150)  # before today
FOUNDING = 0.15  # of the time it takes; the rest are the stories


def load_reference() -> dict[str, int]:
    """Divisions, jobs and working days; what is there already stays. Returns how many of each."""
    year = timezone.localdate().year
    return {
        "divisions": load_divisions(),
        "jobs": load_jobs(),
        "workdays": workdays.load(range(year - 1, year + 2)),
    }


def build(*, seed: int, scale: float, tell: Tell) -> None:
    """Build the region. ``scale`` is how many times the usual size; less than 1 makes it small."""
    now = timezone.now()
    tell(0, "区划、岗位和工作日")
    load_reference()
    random = Random(seed)
    cast = names.people(random)
    with _in_a_hurry():
        stories = []
        with clock.at(now - OPENING):
            authorities = region.found_authorities(cast)
            texts = syllabi.draw_up(by=authorities.regulator, on=timezone.localdate())
            questions = bank.fill(by=authorities.regulator)
            for number in range(parts := max(1, round(scale))):
                tell(FOUNDING * number / parts, "机构、考核机构和教师")
                part = region.found_part(authorities, number, cast, random)
                means = script.Means(
                    part, number, texts, questions, cast, seed, min(1, scale), now
                )
                stories += script.stories(means)
        stage.play(
            stories, until=now, tell=lambda part, day: tell(FOUNDING + (1 - FOUNDING) * part, day)
        )
    logins.write()
    tell(1, "完成")


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """One password hash for all, and no waiting for the disk: an unfinished region is thrown away."""
    with (
        translation.override("zh-hans"),
        people.one_hash_for_all(),
        clock.columns_follow(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET synchronous_commit TO off")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET synchronous_commit")


def refresh() -> int:
    """Add what there is none of today; return how many classes and sittings that took."""
    now = timezone.now()
    stories = today.missing(now)
    with _in_a_hurry():
        stage.play(stories, until=now, tell=lambda _part, _day: None)
    logins.write()
    return len(stories)
