"""Noting what is wrong, whoever saw it; laying evidence beside it; taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, pictures, sources, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.parameters import value
from zhupei.corrections import offices, rules
from zhupei.corrections.access import may_add, may_find, stays_away
from zhupei.corrections.actions import letters
from zhupei.corrections.events import FindingEvent
from zhupei.corrections.models import (
    LIVE,
    Dispute,
    Finding,
    FindingFile,
    FindingState,
    KindOfFinding,
    Order,
    Severity,
)
from zhupei.corrections.parameters import ACT_WORKDAYS, REPEAT_MONTHS
from zhupei.corrections.workflow import DISPUTE, FINDING, ORDER
from zhupei.organizations.models import Organization
from zhupei.people.models import User

RESOLVED = (FindingState.CORRECTED, FindingState.WITHDRAWN)


class Said(TypedDict):
    """What a finding says. ``evidence`` are files kept already, ``uploads`` what a form gave."""

    text: str
    law: str
    severity: str
    kind: NotRequired[str]
    evidence: NotRequired[Iterable[StoredFile]]
    uploads: NotRequired[Iterable[UUID | File[bytes]]]


@transaction.atomic
def find(
    organization: Organization,
    authority: Organization,
    *,
    source: models.Model | None = None,
    by: User,
    **said: Unpack[Said],
) -> Finding:
    """Note one thing that is wrong at ``organization``, for ``authority``.

    ``source`` is the row it came of (a patrol, an inspection, a complaint …); it is asked for its
    ``get_absolute_url``. The institution sees nothing of it before it is ordered or settled.
    Raises NotAllowed; Refused "finding_empty", "law_required", "severity_unknown",
    "kind_unknown", or what ``pictures.kept`` refuses.

    Source: Measures, art. 14 and 23.
    """
    if not may_find(by, authority, organization):
        raise NotAllowed("not_allowed", _("只有当地住建部门的经办人和检查员能登记问题。"))
    impartial(by, organization)
    clean, now = cleaned(said), timezone.now()
    days = value(ACT_WORKDAYS, prefecture=organization.prefecture_id)
    row = Finding.objects.create(
        organization=organization,
        authority=authority,
        found_at=now,
        act_due_at=workdays.deadline(now, days),
        found_by=by,
        repeats=earlier(organization, clean["kind"], now),
        **clean,
        **sources.of(source),
    )
    facts = {"text": str(row), "kind": row.kind, "law": row.law, "repeats": row.repeats_id}
    facts["severity"] = str(row.get_severity_display())
    audit.record(FindingEvent.FOUND, row, by=by, within=source, **facts, **_shown(row, said, by))
    return row


@transaction.atomic
def add_evidence(finding: Finding, *, by: User, upload: UUID | File[bytes]) -> FindingFile:
    """Lay one more photo or paper beside it, until it is resolved.

    Raises NotAllowed; Refused "finding_resolved", or what ``pictures.kept`` refuses.
    """
    row = locked(finding)
    if not may_add(by, row):
        raise NotAllowed("not_allowed", _("只有发现人和本部门经办人能补充凭据。"))
    if row.state in RESOLVED:
        raise Refused("finding_resolved", _("这个问题已经办结，不能再补充凭据。"), field="file")
    stored, removed = pictures.kept(upload, by=by)
    made = FindingFile.objects.create(finding=row, file=stored)
    facts: dict[str, Any] = {
        "name": stored.name,
        "sha256": stored.sha256,
        "note": pictures.said(removed),
    }
    audit.record(FindingEvent.EVIDENCE_ADDED, row, by=by, **facts)
    return made


@transaction.atomic
def settle(finding: Finding, *, by: User, note: str) -> Finding:
    """It was put right on the spot, as ``note`` says; only what is minor can be.

    Raises NotAllowed; Refused "wrong_state", "note_required", "not_minor".
    """
    impartial(by, finding.organization)
    row = resolve(finding, "settle", by=by, note=note)
    if row.severity != Severity.MINOR:
        raise Refused(
            "not_minor",
            _("只有“轻微”的问题可以当场了结，这个问题是“%(severity)s”，请下达限期整改通知。"),
            severity=row.get_severity_display(),
        )
    return row


@transaction.atomic
def withdraw(finding: Finding, *, by: User, note: str) -> Finding:
    """Take it back: it was no fault after all. An order left without findings goes with it; one
    whose other findings are all put right is closed; the letter of any other is made anew.

    Raises NotAllowed; Refused "wrong_state", "note_required".
    """
    order = order_of(finding)
    return taken_back(order, resolve(finding, "withdraw", by=by, note=note, within=order), by, note)


def taken_back(order: Order | None, row: Finding, by: User, note: str) -> Finding:
    """What becomes of an order when one of its findings is none any more."""
    if order is None or order.state not in LIVE:
        return row
    if order.findings.filter(state=FindingState.ORDERED).exists():
        letters.correct(order, by=by, reason=note)
        title = _("整改通知 %(number)s 中撤回了一个问题，通知书已更正")
    elif order.findings.filter(state=FindingState.CORRECTED).exists():
        close(order, by=by)
        title = _("整改通知 %(number)s 已销号")
    else:
        let_go(order, "withdraw", by=by, note=note)
        title = _("整改通知 %(number)s 已撤回")
    offices.tell(offices.answering(order), title, order, note)
    return row


# What verbs have in common


def impartial(user: User, organization: Organization) -> None:
    """Raises NotAllowed "stays_away" for who has a tie with the institution."""
    if stays_away(user, organization):
        raise NotAllowed(
            "stays_away", _("您与“%(name)s”有利害关系，应当回避。请交给同事办。"), name=organization
        )


def locked(finding: Finding) -> Finding:
    rows = Finding._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "authority").get(pk=finding.pk)


def resolve(
    finding: Finding, move: str, *, by: User, note: str = "", within: Any = None
) -> Finding:
    """A move after which it is no longer open; the time stands on the row before its state."""
    if (dispute := waiting_dispute(finding)) and move != "accept":
        answered(dispute, "concede", by=by, note=note, within=within)
    Finding._base_manager.filter(pk=finding.pk).update(resolved_at=timezone.now())
    return FINDING.move(finding, move, by=by, note=note, within=within)


def waiting_dispute(finding: Finding) -> Dispute | None:
    """What the institution has against it and nobody has answered, locked."""
    rows = Dispute.objects.select_for_update(of=("self",)).waiting()
    return rows.filter(finding=finding).first()


def answered(
    dispute: Dispute, move: str, *, by: User, note: str, within: Any = None, **facts: Any
) -> Dispute:
    """A dispute gets its answer: who, when and why stand on the row before its state."""
    rows = Dispute.objects.filter(pk=dispute.pk)
    rows.update(answered_at=timezone.now(), answered_by=by, note=note.strip())
    about = within or dispute.finding
    return DISPUTE.move(
        dispute, move, by=by, note=note, within=about, finding=str(dispute.finding), **facts
    )


def close(order: Order, *, by: User, **facts: Any) -> Order:
    """The last finding is resolved: the order is done with."""
    Order._base_manager.filter(pk=order.pk).update(closed_at=timezone.now())
    return let_go(order, "close", by=by, **facts)


def let_go(order: Order, move: str, *, by: User, note: str = "", **facts: Any) -> Order:
    """A move away from the bureau's desk: its own clock stops."""
    Order._base_manager.filter(pk=order.pk).update(verify_due_at=None)
    return ORDER.move(order, move, by=by, note=note, **facts)


def order_of(finding: Finding) -> Order | None:
    """The order, locked before its finding, as every verb does."""
    pk = Finding._base_manager.values_list("order", flat=True).get(pk=finding.pk)
    rows = Order._base_manager.select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=pk) if pk else None


def cleaned(said: Said) -> dict[str, Any]:
    text, law = said["text"].strip(), said["law"].strip()
    severity, kind = said["severity"], said.get("kind", KindOfFinding.OTHER.value)
    if not text:
        raise Refused("finding_empty", _("请写明发现了什么问题。"), field="text")
    if not law:
        raise Refused("law_required", _("请写明依据哪一条。"), field="law")
    if severity not in Severity.values:
        raise Refused("severity_unknown", _("请选择问题的程度。"), field="severity")
    if kind not in KindOfFinding.values:
        raise Refused("kind_unknown", _("请选择问题的类别。"), field="kind")
    return {"text": text, "law": law, "severity": severity, "kind": kind}


def earlier(organization: Organization, kind: str, than: datetime) -> Finding | None:
    """The latest finding of the same kind there, near enough to make a later one a repeated one."""
    if kind == KindOfFinding.OTHER:
        return None
    since = rules.looks_back_to(timezone.localdate(than), value(REPEAT_MONTHS))
    rows = Finding.objects.of(organization).standing().filter(kind=kind)
    rows = rows.filter(found_at__date__gte=since, found_at__lt=than)
    return rows.order_by("-found_at", "-pk").first()


def _shown(row: Finding, said: Said, by: User) -> dict[str, Any]:
    """Lay beside it what shows it; returns what the record keeps of that, and what was taken out
    of pictures.
    """
    fresh = [pictures.kept(one, by=by) for one in said.get("uploads", ())]
    files = dict.fromkeys([*said.get("evidence", ()), *(one.file for one in fresh)])
    FindingFile.objects.bulk_create(FindingFile(finding=row, file=file) for file in files)
    removed = [word for one in fresh for word in one.removed]
    return {"files": [file.sha256 for file in files], "note": pictures.said(removed)}
