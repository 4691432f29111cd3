"""The list of complaints as a spreadsheet: states and days. No words of a complaint, no names."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.complaints.access import may_take_down
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import Complaint
from zhupei.core import audit, tables
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.tables import Sheet
from zhupei.people.models import User

LARGEST = 10_000  # rows


@transaction.atomic
def export(rows: QuerySet[Complaint, Any], *, by: User) -> bytes:
    """An .xlsx of these rows; that it left is an event. Raises NotAllowed; Refused "too_many"."""
    if not may_take_down(by):
        raise NotAllowed("not_allowed", _("您的身份不能导出投诉清单。"))
    found = list(rows[: LARGEST + 1])
    if len(found) > LARGEST:
        raise Refused("too_many", _("一次最多导出 %(limit)d 件，请先筛选。"), limit=LARGEST)
    audit.record(ComplaintEvent.EXPORTED, by.acting.organization, by=by, count=len(found))
    return tables.workbook(Sheet(_("投诉"), _heads(), map(_row, found)))


def _heads() -> list[str]:
    return [
        _("编号"), _("来源"), _("类别"), _("被投诉单位"), _("办理单位"), _("经办人"), _("状态"),
        _("收到"), _("首次答复"), _("答复结果"), _("办结时限"), _("原定时限"), _("并入"),
        _("认定"), _("满意度"),
    ]  # fmt: skip


def _row(row: Complaint) -> list[str | int | None]:
    days = (row.filed_at, row.first_reply_at, row.replied_at, row.close_due, row.first_close_due)
    return [
        row.number,
        str(row.get_channel_display()),
        str(row.get_kind_display()),
        row.body,
        row.handler.name,
        str(row.investigator or ""),
        str(row.get_state_display()),
        *(timezone.localtime(day).strftime("%Y-%m-%d %H:%M") if day else None for day in days),
        row.leading.number if row.leading else None,
        str(row.get_outcome_display()) if row.outcome else None,
        row.rating,
    ]
