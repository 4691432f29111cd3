"""Builders for blueprints and forms."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests import make
from zhupei.core import longjobs
from zhupei.organizations.models import Role
from zhupei.papers.actions import assembling, blueprints, releases
from zhupei.papers.models import Assembly, Blueprint, Release
from zhupei.papers.rules import Row
from zhupei.questions.actions import sealing
from zhupei.questions.contents import Content
from zhupei.questions.models import Case, ItemVersion, QuestionSet


def published_blueprint(world: SimpleNamespace, items: int = 20, **fields: Any) -> Blueprint:
    """In proportion to the bank of the world, published by the region."""
    made = drafted_blueprint(world, items, **fields)
    return blueprints.publish(made, by=world.gu)


def drafted_blueprint(world: SimpleNamespace, items: int = 20, **fields: Any) -> Blueprint:
    title = fields.pop("title", f"理论考核细目表 {next(make.number)}")
    made = blueprints.proportional(
        world.questions, items=items, minutes=60, by=world.gu, title=title
    )
    if fields:
        Blueprint.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    return made


def blueprint_of(world: SimpleNamespace, *rows: Row, **fields: Any) -> Blueprint:
    """A draft with these rows."""
    fields = {"title": f"细目表 {next(make.number)}"} | fields
    made = blueprints.draft(make.job(), by=world.gu, **fields)
    return blueprints.change(made, by=world.gu, mark=made.mark, rows=rows)


def row(kind: str = "single", count: int = 1, **fields: Any) -> Row:
    return Row(
        fields.get("point", ""),
        kind,
        fields.get("band", ""),
        count,
        Decimal(fields.get("points", 1)),
    )


def tried(world: SimpleNamespace, items: int = 9, forms: int = 2) -> Assembly:
    return assembling.rehearse(drafted_blueprint(world, items), forms=forms, by=world.gu, seed="7")


def rich_questions(points: dict[str, int] | None = None) -> QuestionSet:
    """A set with every kind and difficulty on each of some points, and a case of three."""
    questions = QuestionSet.objects.create(job=make.job(), title="分知识点题库", state="published")
    points = points or {"识图与构造": 30, "施工工艺与管理": 30}
    contents = [
        content(n, point, difficulty=1 + n % 5)
        for point, count in points.items()
        for n in range(count)
    ]
    case = Case.objects.create(question_set=questions, text="某工地基坑开挖，图纸如下。")
    contents += [
        content(n, "识图与构造", case=case, position=n + 1, stem=f"案例第 {n + 1} 问")
        for n in range(3)
    ]
    make.items_in_force(questions, contents)
    return questions


def content(n: int, point: str, **fields: Any) -> Content:
    kinds = [
        ("single", ["一", "二", "三", "四"], "B"),
        ("multiple", ["一", "二", "三", "四"], "ABD"),
        ("judge", ["正确", "错误"], "A"),
    ]
    kind, options, key = kinds[n % 3]
    given = {"kind": kind, "options": options, "key": key, "stem": f"{point} 第 {n} 题"}
    return Content(point=point, **(given | fields))


def sealed_set(world: SimpleNamespace, items: int = 20, **fields: Any) -> QuestionSet:
    """A sealed set of single choices. The second and the third of the region are named on it."""
    if not hasattr(world, "third"):
        world.second = make.member("厅里的第二位", Role.REGULATOR, world.region)
        world.third = make.member("厅里的第三位", Role.REGULATOR, world.region)
    given = {"job": make.job(), "title": f"统考题库 {next(make.number)}", "state": "published"}
    made = QuestionSet.objects.create(**given | fields)
    make.items_in_force(
        made,
        [content(3 * n, "识图与构造", stem=f"统考秘题第 {n} 道") for n in range(items)],
    )
    sealing.seal(made, by=world.gu, note="统考用")
    for user, other in ((world.second, world.third), (world.third, world.second)):
        sealing.confirm(sealing.name(made, user, by=world.gu, reason="统考"), by=other)
    made.refresh_from_db()
    return made


def released(
    world: SimpleNamespace, blueprint: Blueprint, question_set: QuestionSet, days: int = 30
) -> Release:
    """The second proposed, the third agreed."""
    until = timezone.localdate() + timedelta(days=days)
    made = releases.propose(
        blueprint, question_set, by=world.second, until=until, reason="七月统考"
    )
    return releases.confirm(made, by=world.third)


def versions(questions: QuestionSet) -> list[ItemVersion]:
    return list(ItemVersion.objects.drawable(questions))


# ── The site ─────────────────────────────────────────────────────────────────────────────────

SITE_OBJECTS = {
    "papers": {"pk": "draft_blueprint", "name": "publish"},
    "papers:detail": {"pk": "published_blueprint"},
    "papers:making": {"pk": "trial_job"},
    "papers:assembly": {"pk": "trial_assembly"},
    "papers:form": {"pk": "trial_form"},
    "papers:keys": {"pk": "trial_form"},
    "papers:move-release": {"pk": "release", "name": "end"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A blueprint in each state that has a page, and what was made on trial."""
    assembly = tried(world)
    return {
        "draft_blueprint": assembly.blueprint,
        "published_blueprint": published_blueprint(world),
        "trial_assembly": assembly,
        "trial_form": assembly.forms.first(),
        "release": released(world, blueprint_of(world, row()), sealed_set(world, items=3)),
        "trial_job": longjobs.ask("试组卷", by=world.gu),
    }
