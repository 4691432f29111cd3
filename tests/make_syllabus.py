"""Builders of syllabi, trades and textbooks."""

from datetime import date
from typing import Any

from tests import make
from zhupei.people.models import User
from zhupei.syllabus import actions
from zhupei.syllabus.actions import jobs, textbooks
from zhupei.syllabus.models import Category, CodeSystem, Job, JobCode, Syllabus, Textbook

ETHICS = {"title": "职业道德", "theory_hours": 4, "practice_hours": 0, "is_ethics": True}
WALLS = {
    "title": "砌筑工艺",
    "theory_hours": 8,
    "practice_hours": 28,
    "online_hours": 4,
    "topics": [
        (1, "砖墙", "master"),
        (2, "一顺一丁", "master"),
        (3, "转角", "understand"),
        (2, "三顺一丁", "know"),
        (1, "石墙", "know"),
    ],
}
ISBN = "978-7-112-20494-6"


def trade(code: str = "T010", name: str = "砌筑工") -> Job:
    return Job.objects.get_or_create(
        code=code, defaults={"name": name, "category": Category.TRADE}
    )[0]


def draft(by: User, *, units: Any = (ETHICS, WALLS), **fields: Any) -> Syllabus:
    """40 hours for bricklayers of level five: four of ethics, 36 of walls with five topics."""
    said = {"level": "5", "version": "2027.1", "effective_from": date(2027, 1, 1)} | fields
    job = said.pop("job", None) or trade()
    return actions.draft(job, by=by, units=units, **said)


def published(by: User, **fields: Any) -> Syllabus:
    return actions.publish(draft(by, **fields), by=by)


def textbook(by: User, isbn: str = ISBN, **fields: Any) -> Textbook:
    """Proposed, not decided on."""
    said = {
        "title": "砌筑工",
        "publisher": "中国建筑工业出版社",
        "edition": "2023年8月第2版",
        "year": 2023,
        "jobs": [make.job()],
    } | fields
    return textbooks.propose(isbn, by=by, **said)


def job_code(by: User, code: str = "6-29-01") -> JobCode:
    """Somebody else's code of 土建施工员."""
    system = CodeSystem.objects.filter(key="ministry").first() or jobs.enter_system(
        by=by,
        key="ministry",
        name="部编代码",
        issuer="住房和城乡建设部",
        source="文",
        confidence="official",
    )
    said = {"source": "文", "confidence": "official", "valid_from": make.LONG_AGO}
    return jobs.add_code(make.job(), system, code, by=by, **said)
