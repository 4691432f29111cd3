"""Builders for the question bank: items on every step of their road."""

from typing import Any

from tests import make
from zhupei.questions.contents import Content
from zhupei.questions.models import QuestionSet


def content(stem: str = "砖砌体的水平灰缝厚度宜为多少？", **said: Any) -> Content:
    """A single choice, whose second option is right."""
    options = ["5 mm", "10 mm", "15 mm", "20 mm"]
    return Content(**{"kind": "single", "stem": stem, "options": options, "key": "B"} | said)


def grow(things: dict[str, Any], wanted: int) -> None:
    """``wanted`` more of everything a page of the bank lists."""
    number = make.number
    question_set = QuestionSet.objects.get(pk=things["question_set"])
    make.items_in_force(question_set, [content(f"第 {next(number)} 题") for _ in range(wanted)])
