"""Items one by one."""

from collections.abc import Sequence
from typing import Any

from zhupei.questions import contents
from zhupei.questions.contents import Content
from zhupei.questions.models import Item, ItemVersion, Picture, QuestionSet


def draft_all(question_set: QuestionSet, said: Sequence[Content], *, by: Any) -> list[Item]:
    """Begin an item for each of ``said``, in a few statements. The caller holds the transaction."""
    items = Item.objects.bulk_create(Item(question_set=question_set) for _content in said)
    versions = ItemVersion.objects.bulk_create(
        contents.written(content, item, 1, by) for content, item in zip(said, items, strict=True)
    )
    Picture.objects.bulk_create(
        picture
        for content, version in zip(said, versions, strict=True)
        for picture in contents.shown(content, version)
    )
    for item, version in zip(items, versions, strict=True):
        item.latest = version
    Item.objects.bulk_update(items, ["latest"])
    return items
