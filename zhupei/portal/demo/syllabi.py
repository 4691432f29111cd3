"""The syllabi of the demo region: what is taught for five jobs, and one version out of use."""

from datetime import date
from typing import Any, NamedTuple

from stdnum import ean

from zhupei.people.models import User
from zhupei.syllabus import actions
from zhupei.syllabus.actions import textbooks, tree
from zhupei.syllabus.models import Job, Syllabus

BASIS = "演示用大纲，按建人〔2019〕9号的框架编写，学时为建议值"


class Text(NamedTuple):
    """A syllabus: its units as (title, theory 学时, practice 学时, ethics)."""

    job: str
    version: str
    units: tuple[tuple[str, int, int, bool], ...]
    level: str = ""


SITE_MANAGER = Text(
    "SGY-TJ",
    "2026.1",
    (
        ("职业道德与法律法规", 4, 0, True),
        ("识图与房屋构造", 4, 0, False),
        ("施工技术", 4, 4, False),
        ("施工组织与进度", 4, 0, False),
        ("质量、安全与环境保护", 4, 0, False),
    ),
)
BRICKLAYER = Text(
    "T010",
    "2026.1",
    (
        ("职业道德", 2, 0, True),
        ("材料与工具", 2, 4, False),
        ("砌筑工艺", 4, 12, False),
        ("质量检查", 2, 2, False),
        ("安全与文明施工", 2, 2, False),
    ),
    level="5",
)
STOREKEEPER = Text(
    "CLY",
    "2026.1",
    (
        ("职业道德与法律法规", 4, 0, True),
        ("常用建筑材料", 4, 0, False),
        ("进场验收", 4, 0, False),
        ("仓储与保管", 4, 0, False),
        ("计划与核算", 4, 0, False),
    ),
)
QUALITY_INSPECTOR = Text(
    "ZLY-TJ",
    "2026.1",
    (
        ("职业道德与法律法规", 4, 0, True),
        ("质量标准与验收规范", 8, 0, False),
        ("检验与实测实量", 4, 4, False),
        ("质量问题与处理", 4, 0, False),
    ),
)
ELECTRICIAN = Text(
    "T130",
    "2026.1",
    (
        ("职业道德", 2, 0, True),
        ("电工基础与安全用电", 6, 0, False),
        ("施工现场临时用电", 4, 8, False),
        ("照明与动力线路安装", 2, 10, False),
    ),
    level="4",
)
OLD_SITE_MANAGER = Text("SGY-TJ", "2024.1", SITE_MANAGER.units[:4])
DRAFTED = Text(
    "T020",
    "2026.1",
    (
        ("职业道德", 2, 0, True),
        ("钢筋识图与配料", 6, 0, False),
        ("加工、连接与绑扎", 4, 16, False),
    ),
    level="5",
)


# What a unit holds, by its title: depth, topic, and how well it has to be known.
TOPICS: dict[str, list[tuple[int, str, str]]] = {
    "识图与房屋构造": [
        (1, "施工图的组成", "know"),
        (2, "图例和符号", "understand"),
        (2, "平、立、剖面图对照", "master"),
        (1, "房屋构造", "understand"),
        (2, "基础、墙体和楼板", "master"),
        (2, "屋面和变形缝", "know"),
    ],
    "施工技术": [
        (1, "土方与基坑", "understand"),
        (1, "模板、钢筋和混凝土", "master"),
        (2, "钢筋下料与绑扎", "master"),
        (2, "混凝土浇筑与养护", "master"),
        (1, "砌体与装饰", "understand"),
    ],
    "砌筑工艺": [
        (1, "砌筑砂浆", "understand"),
        (1, "砖墙砌筑", "master"),
        (2, "排砖、立皮数杆、挂线", "master"),
        (2, "一铲灰、一块砖、一挤揉", "master"),
    ],
}


def draw_up(*, by: User, on: date) -> dict[str, Syllabus]:
    """Write and publish the syllabi; one is retired, one still a draft. Returns them by job."""
    in_force = (SITE_MANAGER, BRICKLAYER, STOREKEEPER, QUALITY_INSPECTOR, ELECTRICIAN)
    old = actions.publish(_draft(OLD_SITE_MANAGER, by=by, on=on), by=by)
    published = {text.job: actions.publish(_draft(text, by=by, on=on), by=by) for text in in_force}
    actions.retire(old, by=by, note="已由 2026.1 版代替")
    _draft(DRAFTED, by=by, on=on)
    _prepare_next_year(published[SITE_MANAGER.job], by=by, on=on)
    return published


def _prepare_next_year(current: Syllabus, *, by: User, on: date) -> None:
    """A version for next year, being written: more practice, something new to know."""
    coming = date(on.year + 1, 1, 1)
    draft = actions.copy(current, by=by, version=f"{coming.year}.1", effective_from=coming)
    unit = draft.units.get(title="施工技术")
    tree.change_unit(unit, by=by, practice_hours=8)
    tree.add_topic(unit, by=by, title="装配式构件安装", requirement="understand")


BOOKS = (
    ("978711299001", "土建施工员岗位知识与专业技能", "SGY-TJ"),
    ("978711299002", "土建质量员岗位知识与专业技能", "ZLY-TJ"),
    ("978711299003", "材料员岗位知识与专业技能", "CLY"),
    ("978711299004", "砌筑工操作技能", "T010"),
    ("978711299005", "建筑电工操作技能", "T130"),
    ("978711299006", "钢筋工操作技能", "T020"),
)


def publish_books(*, by: User) -> None:
    """The region's list of textbooks: one for each job, one more only proposed."""
    for stem, title, job in BOOKS:
        book = textbooks.propose(
            stem + ean.calc_check_digit(stem),
            by=by,
            jobs=[Job.objects.get(code=job)],
            title=title,
            authors="演示编写组",
            publisher="演示出版社",
            edition="第 2 版",
            year=2024,
        )
        if job != DRAFTED.job:
            textbooks.approve(book, by=by)


def _draft(text: Text, *, by: User, on: date) -> Syllabus:
    units: list[dict[str, Any]] = [
        {
            "title": title,
            "theory_hours": theory,
            "practice_hours": practice,
            "is_ethics": is_ethics,
            "topics": TOPICS.get(title, []),
        }
        for title, theory, practice, is_ethics in text.units
    ]
    job = Job.objects.get(code=text.job)
    said = {"version": text.version, "level": text.level, "basis": BASIS}
    return actions.draft(job, by=by, units=units, effective_from=on, **said)
