"""Ending a record early: the institution proves and promises, whoever decided it looks.

Source: project register of facts, §9.3 (order 36: 谁认定、谁修复; on repair publication and use
stop, and restrictions elsewhere fall).
"""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.templatetags.ui import dated
from zhupei.credit import rules
from zhupei.credit.access import may_ask
from zhupei.credit.actions import cases, records
from zhupei.credit.events import RepairEvent
from zhupei.credit.models import CreditRecord, RecordState, Repair
from zhupei.credit.parameters import REPAIR_DAYS
from zhupei.credit.tellings import tell_institution
from zhupei.credit.workflow import REPAIR
from zhupei.people.models import User


@transaction.atomic
def file(
    record: CreditRecord,
    *,
    by: User,
    account: str,
    proof: File[bytes] | None,
    commitment: File[bytes] | None,
) -> Repair:
    """Ask for a record to be ended, with proof and a written promise.

    Raises NotAllowed; Refused "record_ended", "too_early", "account_missing", "proof_missing",
    "commitment_missing", "repair_open", or what ``files.accept`` refuses.
    """
    row = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if not may_ask(by, row):
        raise NotAllowed("not_allowed", _("信用修复由机构自己申请。"))
    check_repairable(row)
    if not account.strip():
        raise Refused(
            "account_missing", gettext_lazy("请写明怎样整改、义务是否履行完毕。"), field="account"
        )
    if proof is None:
        raise Refused("proof_missing", gettext_lazy("请上传整改证明。"), field="proof")
    if commitment is None:
        raise Refused(
            "commitment_missing", gettext_lazy("请上传盖章的信用承诺书。"), field="commitment"
        )
    made = Repair(
        record=row,
        account=account.strip(),
        proof=_accepted(proof, "proof", by),
        commitment=_accepted(commitment, "commitment", by),
    )
    return cases.file(
        made,
        RepairEvent.FILED,
        by=by,
        days=REPAIR_DAYS,
        words=_("有机构申请信用修复：%(number)s"),
        twice=Refused("repair_open", gettext_lazy("这条记录的修复申请正在办理，不用再申请。")),
    )


def check_repairable(record: CreditRecord) -> None:
    """Raises Refused "record_ended" or "too_early"."""
    if record.state != RecordState.IN_FORCE or timezone.localdate() > record.longest_until:
        raise Refused("record_ended", gettext_lazy("这条记录已经停止公示和使用，不用修复。"))
    found = rules.Term(record.shortest_until, record.longest_until)
    if not rules.may_be_repaired(found, timezone.localdate(), decided_on=record.decided_on):
        raise Refused(
            "too_early",
            gettext_lazy("最短期限到 %(day)s，之后才能申请修复。"),
            day=dated(record.shortest_until),
        )


def _accepted(upload: File[bytes], field: str, by: User) -> StoredFile:
    try:
        return files.accept(upload, by=by)
    except Refused as refusal:
        refusal.field = field
        raise


@transaction.atomic
def grant(repair: Repair, *, by: User, note: str) -> Repair:
    """End the record at once; the institution is told."""
    row = cases.answer(REPAIR, repair, "grant", by=by, note=note)
    record = records.close(row.record, "repair", by=by, note=note)
    body = _("已停止公示和使用，别处的限制同时解除。%(note)s") % {"note": note.strip()}
    tell_institution(record, _("信用修复完成：%(number)s"), body)
    return row


@transaction.atomic
def refuse(repair: Repair, *, by: User, note: str) -> Repair:
    """The record stays; the institution reads why and may ask again."""
    row = cases.answer(REPAIR, repair, "refuse", by=by, note=note)
    tell_institution(row.record, _("信用修复未通过：%(number)s"), note.strip())
    return row


@transaction.atomic
def withdraw(repair: Repair, *, by: User, note: str = "") -> Repair:
    """Let it be; the record stays as it is."""
    return REPAIR.move(repair, "withdraw", by=by, note=note, within=repair.record)


@transaction.atomic
def look(repair: Repair, paper: StoredFile, *, by: User) -> StoredFile:
    """Open a paper of an application; every look is an event."""
    audit.record(RepairEvent.SEEN, repair, by=by, within=repair.record, file=paper.name)
    return paper
