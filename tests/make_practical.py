"""Builders for practical exams: rubrics, sessions in each state, sheets as phones send them."""

from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from tests import make
from tests.spreadsheets import xlsx
from zhupei.practical import spreadsheet
from zhupei.practical.actions import rubrics
from zhupei.practical.models import Rubric
from zhupei.practical.rules import rubric as rules
from zhupei.syllabus.models import Category, Job

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


# ── The site ─────────────────────────────────────────────────────────────────────────────────

SITE_PEOPLE = {"practical": "gu"}
SITE_OBJECTS = {
    "practical": {"pk": "rubric", "name": "publish", "file": "rubric_file"},
    "practical:task": {"pk": "rubric", "key": "task"},
    "practical:remove-task": {"pk": "rubric", "key": "task"},
    "practical:difference": {"pk": "rubric", "other": "rubric"},
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
    """One of each thing that has an address."""
    draft = draft_rubric(world)
    rows = [list(line) for line in spreadsheet.lines(draft.values)]
    file = rubrics.receive(draft, by=world.gu, upload=sheet(*rows))
    return {"rubric": draft, "rubric_file": file, "task": SimpleNamespace(pk="t1")}
