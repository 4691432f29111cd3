"""Who may keep the question bank, and who may see what is in it."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.questions.models import Item, ItemVersion, QuestionSet


def may_keep(user: Any, question_set: QuestionSet) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region keeps one bank for all.

    Source: Measures, art. 21.
    """
    return regulates(user)


def may_see_items(user: Any, question_set: QuestionSet) -> bool:
    """Items and keys are for those who keep them; an assessment body draws without looking."""
    return may_keep(user, question_set)


def may_keep_item(user: Any, item: Item) -> bool:
    return may_keep(user, item.question_set)


def may_keep_version(user: Any, version: ItemVersion) -> bool:
    return may_keep_item(user, version.item)
