"""Saying that a record is wrong, and what becomes of that."""

from typing import Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.credit.access import may_ask
from zhupei.credit.actions import cases, records
from zhupei.credit.actions.records import Changed
from zhupei.credit.events import ObjectionEvent
from zhupei.credit.models import CreditRecord, Objection, RecordState
from zhupei.credit.parameters import OBJECTION_DAYS
from zhupei.credit.tellings import tell_institution
from zhupei.credit.workflow import OBJECTION
from zhupei.people.models import User


@transaction.atomic
def file(
    record: CreditRecord, *, by: User, grounds: str, evidence: File[bytes] | None = None
) -> Objection:
    """Object. The record stays in use while it is looked into, marked as objected to.

    Raises NotAllowed; Refused "record_ended", "grounds_missing", "objection_open", or what
    ``files.accept`` refuses.
    """
    row = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if not may_ask(by, row):
        raise NotAllowed("not_allowed", _("异议由机构自己提出。"))
    if row.state != RecordState.IN_FORCE:
        raise Refused("record_ended", gettext_lazy("这条记录已经停止公示和使用，不用提异议。"))
    if not grounds.strip():
        raise Refused(
            "grounds_missing", gettext_lazy("请写明哪里有误、以什么为准。"), field="grounds"
        )
    made = Objection(
        record=row,
        grounds=grounds.strip(),
        evidence=files.accept(evidence, by=by) if evidence else None,
    )
    return cases.file(
        made,
        ObjectionEvent.FILED,
        by=by,
        days=OBJECTION_DAYS,
        words=_("有机构对信用记录提出异议：%(number)s"),
        twice=Refused(
            "objection_open", gettext_lazy("这条记录的异议正在办理，补充材料请联系认定单位。")
        ),
    )


@transaction.atomic
def uphold(objection: Objection, *, by: User, note: str) -> Objection:
    """The record is wrong: it is withdrawn at once."""
    row = cases.answer(OBJECTION, objection, "uphold", by=by, note=note)
    record = records.close(row.record, "withdraw", by=by, note=note)
    tell_institution(record, _("异议成立，信用记录已撤销：%(number)s"), note.strip())
    return row


@transaction.atomic
def amend(objection: Objection, *, by: User, note: str, **changed: Unpack[Changed]) -> Objection:
    """The record is partly wrong: it is put right. Raises what ``records.amend`` refuses."""
    row = cases.answer(OBJECTION, objection, "amend", by=by, note=note)
    locked = CreditRecord.objects.select_for_update(of=("self",)).get(pk=row.record_id)
    record = records.amend(locked, by=by, **changed)
    tell_institution(record, _("异议部分成立，信用记录已更正：%(number)s"), note.strip())
    return row


@transaction.atomic
def dismiss(objection: Objection, *, by: User, note: str) -> Objection:
    """The record stays as it is; the institution reads why."""
    row = cases.answer(OBJECTION, objection, "dismiss", by=by, note=note)
    tell_institution(row.record, _("异议不成立：%(number)s"), note.strip())
    return row


@transaction.atomic
def withdraw(objection: Objection, *, by: User, note: str = "") -> Objection:
    """Let it be."""
    return OBJECTION.move(objection, "withdraw", by=by, note=note, within=objection.record)
