"""Builders for the question bank: items on every step of their road."""

import base64
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from tests import make, make_officials
from zhupei.people.models import User
from zhupei.questions.actions import cases, items, pictures, reviews, sealing
from zhupei.questions.contents import Content, Shown
from zhupei.questions.models import Item, ItemVersion, Opinion, Pair, QuestionSet, Review
from zhupei.questions.shown import token

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


POINT = "职业道德与法规"  # of the syllabus of the world


def content(stem: str = "砖砌体的水平灰缝厚度宜为多少？", **said: Any) -> Content:
    """A single choice, whose second option is right."""
    options = ["5 mm", "10 mm", "15 mm", "20 mm"]
    given = {"kind": "single", "stem": stem, "options": options, "key": "B", "point": POINT}
    return Content(**given | said)


def blank(stem: str = "标准砖长 ____，宽 ____。", **said: Any) -> Content:
    key = {"blanks": [["240 mm", "24 cm"], ["115 mm"]], "ordered": True}
    return content(stem, **{"kind": "blank", "options": [], "key": key} | said)


def essay(stem: str = "简述砌体留槎的要求。", **said: Any) -> Content:
    rubric = [{"what": "斜槎的长度", "points": "3"}, {"what": "直槎加拉结筋", "points": "2"}]
    key = {"rubric": rubric, "sample": "转角处和交接处应同时砌筑。"}
    return content(stem, **{"kind": "essay", "options": [], "key": key} | said)


def judge(stem: str = "砌体的竖缝可以不填砂浆。", **said: Any) -> Content:
    return content(stem, **{"kind": "judge", "options": ["正确", "错误"], "key": "B"} | said)


def multiple(stem: str = "下列哪些是砌筑工具？", **said: Any) -> Content:
    options = ["瓦刀", "大铲", "焊枪", "托线板"]
    return content(stem, **{"kind": "multiple", "options": options, "key": "ABD"} | said)


EVERY_KIND = (content, multiple, judge, blank, essay)


def png(name: str = "灰缝.png") -> ContentFile:
    return ContentFile(PNG, name)


def picture(world: SimpleNamespace, alt: str = "墙面，水平灰缝标着 10 mm", **by: Any) -> Shown:
    author = by.get("by", world.gu)
    return Shown(pictures.keep(world.questions, png(), by=author), alt)


def experts(world: SimpleNamespace) -> SimpleNamespace:
    """Ren, Ye and Shi, once."""
    return world if hasattr(world, "ren") else make_officials.add(world)


def draft(world: SimpleNamespace, said: Content | None = None, **fields: Any) -> Item:
    """Ren's draft, or of whoever is named as ``by``, in the published set or in ``into``."""
    experts(world)
    by, into = fields.pop("by", world.ren), fields.pop("into", world.questions)
    return items.draft(into, said or content(**fields), by=by)


def in_review(world: SimpleNamespace, said: Content | None = None, **fields: Any) -> Item:
    item = draft(world, said, **fields)
    reviews.submit(latest(item), by=latest(item).author)
    return fresh(item)


def published(world: SimpleNamespace, said: Content | None = None, **fields: Any) -> Item:
    """Written by Ren, agreed to by the other two."""
    item = in_review(world, said, **fields)
    agree(item)
    return fresh(item)


def returned(world: SimpleNamespace, said: Content | None = None, **fields: Any) -> Item:
    """Sent back by both who read it."""
    item = in_review(world, said, **fields)
    for opinion in awaited(item):
        reviews.decide(
            opinion, by=wearing(opinion.expert), decision="object", reasons={"stem": "说法不清。"}
        )
    return fresh(item)


def latest(item: Item) -> ItemVersion:
    return item.versions.latest("number")


def fresh(item: Item) -> Item:
    return Item.objects.select_related("latest", "current", "question_set").get(pk=item.pk)


def awaited(item: Item) -> list[Opinion]:
    """What experts have not said yet."""
    rows = Opinion.objects.awaited().filter(review__version__item=item).order_by("pk")
    return list(rows.select_related("expert"))


def wearing(user: User) -> User:
    """The same person as if they had just signed in."""
    return User.objects.get(pk=user.pk)


def agree(item: Item) -> None:
    for opinion in awaited(item):
        reviews.decide(opinion, by=wearing(opinion.expert), decision="agree")


def read_all(world: SimpleNamespace, question_set: QuestionSet) -> None:
    """Hand in every draft of Gu's and agree to all of them."""
    experts(world)
    reviews.submit_all(question_set, by=world.gu)
    for item in question_set.items.all():
        agree(item)


def for_the_site(world: SimpleNamespace, question_set: QuestionSet) -> dict[str, Any]:
    """One of each thing of the bank that has an address; the opinion is asked of Ren."""
    shown = picture(experts(world))
    case = cases.write(question_set, "某工程砌筑一砖墙。", by=world.ren, pictures=[shown])
    item = in_review(world, by=world.gu, into=question_set, pictures=[shown])
    own = draft(world, blank(case=case, position=1), into=question_set)
    draft(world, by=world.gu, into=question_set)  # looks like the first
    returned(world, judge(), into=question_set)
    sealed = QuestionSet.objects.create(job=question_set.job, title="封存题库")
    sealing.seal(sealed, by=world.gu)
    return {
        "bank_item": item,
        "bank_draft": own,
        "bank_case": case,
        "bank_picture": item.latest.pictures.get(),
        "bank_pair": Pair.objects.filter(first=item).first(),
        "opinion": Opinion.objects.get(review__version__item=item, expert=world.ren),
        "keyholder": sealing.name(sealed, world.ye, by=world.gu, reason="组卷"),
        "version_one": SimpleNamespace(pk=1),
        "picture_token": SimpleNamespace(pk=token(shown.file)),
    }


def grow(things: dict[str, Any], wanted: int) -> None:
    """``wanted`` more of everything a page of the bank lists."""
    question_set = QuestionSet.objects.get(pk=things["question_set"])
    made = make.items_in_force(
        question_set, [content(f"第 {next(make.number)} 题") for _ in range(wanted)]
    )
    opinion = Opinion.objects.get(pk=things["opinion"])
    taken = ItemVersion.objects.filter(case=things["bank_case"]).count()
    for position, version in enumerate(made, start=taken + 1):
        version.author, version.case_id, version.position = (
            opinion.expert,
            things["bank_case"],
            position,
        )
    ItemVersion.objects.bulk_update(made, ["author", "case", "position"])
    rounds = Review.objects.bulk_create(
        Review(version=version, cause="submitted") for version in made
    )
    Opinion.objects.bulk_create(
        Opinion(review=one, expert=opinion.expert, expert_name="任红梅", due_at=opinion.due_at)
        for one in rounds
    )
    first = Item.objects.get(pk=things["bank_item"])
    Pair.objects.bulk_create(Pair(first=first, second_id=one.item_id, score=0.9) for one in made)
