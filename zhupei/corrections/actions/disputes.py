"""An institution disputes a finding; the authority upholds it, changes it or takes it back.

The clock of the order goes on meanwhile (``rules.due_once_answered``).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, pictures, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import offices, rules
from zhupei.corrections.access import may_answer
from zhupei.corrections.actions import findings, letters
from zhupei.corrections.actions.findings import Said
from zhupei.corrections.events import DisputeEvent
from zhupei.corrections.models import Dispute, DisputeFile, Finding, FindingState, Order
from zhupei.corrections.parameters import (
    AGAIN_WORKDAYS,
    DISPUTE_ANSWER_WORKDAYS,
    DISPUTE_WORKDAYS,
)
from zhupei.corrections.rules import Closed, Gravity
from zhupei.corrections.workflow import DISPUTE, FINDING
from zhupei.people.models import User

CHANGEABLE = ("text", "law", "severity", "kind")
SENTENCES = {
    Closed.DISPUTED: _("对这个问题已经提出过异议，每个问题只能提一次。"),
    Closed.TOO_LATE: _("提出异议的期限是 %(until)s，已经过了。请在整改情况里写明。"),
}


def term(finding: Finding) -> datetime | None:
    """Until when it may be disputed; None for what cannot be: nobody was told, or it is settled."""
    if finding.state == FindingState.ORDERED and finding.order:
        begins: datetime | None = finding.order.issued_at
    elif finding.state == FindingState.CORRECTED and finding.order is None:
        begins = finding.resolved_at
    else:
        return None
    days = value(DISPUTE_WORKDAYS, prefecture=finding.organization.prefecture_id)
    return workdays.deadline(begins, days) if begins else None


def may_raise(user: Any, finding: Finding, until: datetime | None, *, disputed: bool) -> bool:
    """May this person dispute it now? ``until`` is its term."""
    if until is None or not may_answer(user, finding):
        return False
    return rules.may_dispute(timezone.now(), until, disputed=disputed) is None


@transaction.atomic
def dispute(
    finding: Finding, *, by: User, reason: str, uploads: Iterable[UUID | File[bytes]] = ()
) -> Dispute:
    """Say why it is no fault, or not so grave a one. It stops no clock.

    Raises NotAllowed; Refused "not_disputable", "disputed_already", "disputed_too_late",
    "reason_required", or what ``pictures.kept`` refuses.

    Source: Administrative Penalty Law, art. 45 (heard before it weighs; borrowed).
    """
    order = findings.order_of(finding)
    row = findings.locked(finding)
    if not may_answer(by, row):
        raise NotAllowed("not_allowed", _("只有被通知机构的教务员或考务员能提出异议。"))
    until = term(row)
    if until is None:
        raise Refused("not_disputable", _("这个问题已经办结，不能再提出异议。"))
    disputed = Dispute.objects.filter(finding=row).exists()
    if code := rules.may_dispute(timezone.now(), until, disputed=disputed):
        raise Refused(code.value, SENTENCES[code], until=beijing(until))
    if not reason.strip():
        raise Refused(
            "reason_required", _("请写明为什么不是问题，或者哪里写得不对。"), field="reason"
        )
    now = timezone.now()
    days = value(DISPUTE_ANSWER_WORKDAYS, prefecture=row.organization.prefecture_id)
    made = Dispute.objects.create(
        finding=row,
        reason=reason.strip(),
        raised_at=now,
        raised_by=by,
        answer_due_at=workdays.deadline(now, days),
    )
    audit.record(
        DisputeEvent.RAISED, made, by=by, within=order or row, finding=str(row), note=made.reason
    )
    for upload in uploads:
        _keep(made, upload, by)
    offices.about(offices.deciding(row), _("机构对问题有异议：%(organization)s"), row, made.reason)
    return made


@transaction.atomic
def add_evidence(dispute: Dispute, *, by: User, upload: UUID | File[bytes]) -> DisputeFile:
    """Lay one more paper beside it, until it is answered.

    Raises NotAllowed; Refused "dispute_answered", or what ``pictures.kept`` refuses.
    """
    row = findings.waiting_dispute(dispute.finding)
    if not may_answer(by, dispute.finding):
        raise NotAllowed("not_allowed", _("只有被通知机构的教务员或考务员能补充凭据。"))
    if row is None:
        raise Refused("dispute_answered", _("异议已经答复，不能再补充。"), field="file")
    return _keep(row, upload, by)


@transaction.atomic
def uphold(dispute: Dispute, *, by: User, note: str) -> Dispute:
    """The finding stands, and the clock goes on; after a late answer there is time for it.

    Raises NotAllowed; Refused "wrong_state", "note_required".

    Source: Administrative Penalty Law, art. 73 (objecting does not suspend; borrowed).
    """
    order, row = _locked(dispute, by)
    done = findings.answered(row, "uphold", by=by, note=note, within=order)
    _time_for_it(order, done)
    _tell(done, _("异议已答复，维持原认定"), note)
    return done


@transaction.atomic
def change(dispute: Dispute, *, by: User, note: str, said: Said) -> Dispute:
    """What was found was something else, or less grave; what it said before is kept, and the letter
    of its order is made anew.

    Raises NotAllowed; Refused "wrong_state", "note_required", "nothing_changed", "not_graver",
    and what a finding refuses.

    Source: Administrative Penalty Law, art. 45 (reasons that hold are accepted; borrowed).
    """
    order, row = _locked(dispute, by)
    finding, clean = row.finding, findings.cleaned(said)
    was = {name: getattr(finding, name) for name in CHANGEABLE}
    if clean == was:
        raise Refused(
            "nothing_changed", _("内容和原来一样。要维持原认定，请选“维持”。"), field="text"
        )
    if rules.is_graver(Gravity(clean["severity"]), Gravity(was["severity"])):
        raise Refused(
            "not_graver", _("不能因为机构提出异议而加重，请选不重于原来的程度。"), field="severity"
        )
    if clean["kind"] != was["kind"]:
        finding.repeats = findings.earlier(finding.organization, clean["kind"], finding.found_at)
    for name, said_now in clean.items():
        setattr(finding, name, said_now)
    finding.save(update_fields=[*CHANGEABLE, "repeats"])
    Dispute.objects.filter(pk=row.pk).update(was=was)
    done = findings.answered(row, "change", by=by, note=note, within=order, was=was, now=clean)
    _time_for_it(order, done)
    if order:
        letters.correct(order, by=by, reason=note)
    title = _("异议已答复，通知书已更正") if order else _("异议已答复，问题有更改")
    _tell(done, title, note)
    return done


@transaction.atomic
def concede(dispute: Dispute, *, by: User, note: str) -> Dispute:
    """It was no fault: the finding is taken back, and an order left without any with it.

    Raises NotAllowed; Refused "wrong_state", "note_required".

    Source: Administrative Penalty Law, art. 45 (reasons that hold are accepted; borrowed).
    """
    order, row = _locked(dispute, by)
    finding = row.finding
    name = "retract" if finding.state == FindingState.CORRECTED else "withdraw"
    FINDING.check(finding, name, by=by)
    finding = findings.resolve(finding, name, by=by, note=note, within=order)
    findings.taken_back(order, finding, by, note)
    done = Dispute.objects.select_related("finding").get(pk=row.pk)
    _tell(done, _("异议成立，问题已撤回"), note)
    return done


def _locked(dispute: Dispute, by: User) -> tuple[Order | None, Dispute]:
    """The order, the finding and the dispute, locked in this order, when ``by`` may judge it."""
    order = findings.order_of(dispute.finding)
    finding = findings.locked(dispute.finding)
    rows = Dispute.objects.select_for_update(of=("self",))
    row = rows.get(pk=dispute.pk)
    row.finding = finding
    DISPUTE.check(row, "uphold", by=by)
    findings.impartial(by, finding.organization)
    return order, row


def _time_for_it(order: Order | None, dispute: Dispute) -> None:
    """After a late answer the institution has some working days."""
    if order is None or dispute.answered_at is None:
        return
    days = value(AGAIN_WORKDAYS, prefecture=order.organization.prefecture_id)
    at_least = workdays.deadline(dispute.answered_at, days)
    order.due_at = rules.due_once_answered(
        order.due_at, dispute.answered_at, dispute.answer_due_at, at_least
    )
    order.save(update_fields=["due_at"])


def _tell(dispute: Dispute, title: Any, note: str) -> None:
    offices.about(offices.answering(dispute.finding), title, dispute.finding, note)


def _keep(dispute: Dispute, upload: UUID | File[bytes], by: User) -> DisputeFile:
    stored, removed = pictures.kept(upload, by=by)
    made = DisputeFile.objects.create(dispute=dispute, file=stored)
    facts: dict[str, Any] = {"name": stored.name, "sha256": stored.sha256}
    facts["note"] = pictures.said(removed)
    within = dispute.finding.order or dispute.finding
    audit.record(DisputeEvent.EVIDENCE_ADDED, dispute, by=by, within=within, **facts)
    return made
