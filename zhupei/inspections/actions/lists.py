"""The verbs of 抽查事项清单: a version is drafted from the one in force, mended, published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.inspections.access import may_keep_list
from zhupei.inspections.events import ListEvent
from zhupei.inspections.models import ItemList, ListItem, ListState
from zhupei.inspections.workflow import ITEM_LIST
from zhupei.people.models import User

COPIED = ("code", "title", "target", "grip", "law", "method")


@transaction.atomic
def draft(*, by: User, title: str = "") -> ItemList:
    """Begin the next version, with the items of the one in force.

    Raises NotAllowed; Refused "draft_open" while another version is being written.
    """
    _require(by)
    if ItemList.objects.filter(state=ListState.DRAFT).exists():
        raise Refused("draft_open", _("已经有一版草稿，请接着修改那一版。"))
    last = ItemList.objects.in_force().first()
    number = ItemList.objects.aggregate(last=Max("number"))["last"] or 0
    made = ItemList.objects.create(
        number=number + 1, title=title.strip() or (last.title if last else str(_("抽查事项清单")))
    )
    for item in last.items.all() if last else ():
        said = {name: getattr(item, name) for name in COPIED}
        ListItem.objects.create(item_list=made, **said)
    audit.record(ListEvent.DRAFTED, made, by=by)
    return made


@transaction.atomic
def add_item(item_list: ItemList, *, by: User, **fields: Any) -> ListItem:
    """Add one thing to check.

    Raises NotAllowed; Refused "list_closed" or "code_taken".
    """
    row = _open(item_list, by)
    item = ListItem(item_list=row, **fields)
    _save(item)
    audit.record(ListEvent.ITEM_ADDED, row, by=by, item=str(item))
    return item


@transaction.atomic
def change_item(item: ListItem, *, by: User, **fields: Any) -> ListItem:
    """Say it better. Raises as ``add_item``."""
    row = _open(item.item_list, by)
    before = {name: getattr(item, name) for name in COPIED}
    for name, value in fields.items():
        setattr(item, name, value)
    _save(item)
    now = {name: getattr(item, name) for name in COPIED}
    if now != before:
        audit.record(ListEvent.ITEM_CHANGED, row, by=by, item=str(item), before=before, after=now)
    return item


@transaction.atomic
def remove_item(item: ListItem, *, by: User) -> None:
    """Take it off the draft."""
    row = _open(item.item_list, by)
    name = str(item)
    item.delete()
    audit.record(ListEvent.ITEM_REMOVED, row, by=by, item=name)


@transaction.atomic
def publish(item_list: ItemList, *, by: User, note: str = "") -> ItemList:
    """Put the version into force; the one before is replaced at the same moment.

    Raises NotAllowed; Refused "wrong_state" or "list_empty".

    Source: project register of facts, section 9.1 (一单两库一细则).
    """
    ITEM_LIST.check(item_list, "publish", by=by)
    if not item_list.items.exists():
        raise Refused("list_empty", _("清单里还没有事项，不能发布。"))
    for old in ItemList.objects.in_force():
        ITEM_LIST.move(old, "replace", by=by)
    ItemList.objects.filter(pk=item_list.pk).update(published_at=timezone.now())
    row = ITEM_LIST.move(item_list, "publish", by=by, note=note)
    row.refresh_from_db()
    return row


def _require(by: User) -> None:
    if not may_keep_list(by):
        raise NotAllowed("not_allowed", _("抽查事项清单由自治区住建厅管理员维护。"))


def _open(item_list: ItemList, by: User) -> ItemList:
    _require(by)
    row = ItemList.objects.select_for_update().get(pk=item_list.pk)
    if row.state != ListState.DRAFT:
        raise Refused("list_closed", _("这一版已经发布，不能改。请起草下一版。"))
    return row


def _save(item: ListItem) -> None:
    try:
        item.full_clean()
    except ValidationError as fault:
        if item.item_list.items.filter(code=item.code).exclude(pk=item.pk).exists():
            raise Refused("code_taken", _("清单里已经有这个编号。"), field="code") from fault
        raise
    item.save()
