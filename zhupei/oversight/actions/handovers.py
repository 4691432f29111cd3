"""Handing a matter over: written up, evidence listed, sent by another person, answered for.

The housing authorities may not punish on a normative document; who may, gets the facts, the law
and the evidence, and reports what became of it, on clocks of the law.

Source: Measures, art. 23; Administrative Penalty Law, art. 16 and 36.
"""

from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, files, numbers, sources, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.parameters import value
from zhupei.organizations.models import Kind, Organization
from zhupei.oversight import letters, rules
from zhupei.oversight.access import may_keep, may_take_measures
from zhupei.oversight.events import HandoverEvent
from zhupei.oversight.models import (
    Handover,
    HandoverPaper,
    HandoverState,
    LegalBasis,
    Measure,
)
from zhupei.oversight.parameters import LIMIT_YEARS, RECEIPT_DAYS
from zhupei.oversight.recusal import check_untied
from zhupei.oversight.tellings import tell_receiver
from zhupei.oversight.workflow import HANDOVER
from zhupei.people.models import User


class _Facts(TypedDict):
    facts: str
    basis: LegalBasis
    happened_until: date


class Matter(_Facts, total=False):
    """What is handed over, and to whom: a department of this system, or one outside it by name."""

    receiver: Organization | None
    receiver_name: str
    measure: Measure | None


@transaction.atomic
def draft(
    organization: Organization,
    *,
    by: User,
    source: models.Model | None = None,
    **said: Unpack[Matter],
) -> Handover:
    """Write a matter up. Raises NotAllowed; Refused "facts_missing", "no_penalty",
    "basis_ended", "happens_later", "receiver_missing", "receiver_wrong".

    Source: Administrative Penalty Law, art. 16.
    """
    if not may_take_measures(by, organization):
        raise NotAllowed("not_allowed", _("由属地住建局或者自治区住建厅移送。"))
    check_untied(by, organization)
    _check(said)
    receiver, name = said.get("receiver"), said.get("receiver_name", "").strip()
    made = Handover.objects.create(
        number=numbers.take(f"YS-{timezone.localdate().year}", digits=4),
        organization=organization,
        authority=by.acting.organization,
        receiver=receiver,
        receiver_name="" if receiver else name,
        facts=said["facts"].strip(),
        happened_until=said["happened_until"],
        basis=said["basis"],
        measure=said.get("measure"),
        drafted_at=timezone.now(),
        drafted_by=by,
        **sources.of(source or said.get("measure")),
    )
    audit.record(HandoverEvent.DRAFTED, made, by=by, receiver=made.receives)
    return made


def _check(said: Matter) -> None:
    if not said["facts"].strip():
        raise Refused(
            "facts_missing",
            gettext_lazy("请写明涉嫌违法的事实和发现的经过。"),
            field="facts",
        )
    basis, today = said["basis"], timezone.localdate()
    if not basis.may_penalise:
        raise Refused(
            "no_penalty",
            gettext_lazy(
                "“%(basis)s”没有设定行政处罚（规范性文件不得设定，行政处罚法第十六条）。"
                "请另选依据，或者改办行业管理措施。"
            ),
            field="basis",
            basis=str(basis),
        )
    if not LegalBasis.objects.in_force(today).filter(pk=basis.pk).exists():
        raise Refused(
            "basis_ended", gettext_lazy("这一条今天不在有效期内，请另选依据。"), field="basis"
        )
    if said["happened_until"] > today:
        raise Refused(
            "happens_later", gettext_lazy("行为终了的日期在今天之后。"), field="happened_until"
        )
    _check_receiver(said.get("receiver"), said.get("receiver_name", "").strip())


def _check_receiver(receiver: Organization | None, name: str) -> None:
    if receiver is None and not name:
        raise Refused(
            "receiver_missing",
            gettext_lazy("请选择接收的人社部门，或者写明其他执法机关的名称。"),
            field="receiver",
        )
    if receiver is not None and (receiver.kind != Kind.HR or name):
        raise Refused(
            "receiver_wrong",
            gettext_lazy("接收机关只选一个：平台上的人社部门，或者写明其他执法机关。"),
            field="receiver",
        )


def may_be_barred(handover: Handover) -> bool:
    """Is the last day of the matter so long ago that it should be looked at before sending?"""
    years = value(LIMIT_YEARS)
    return rules.may_be_barred(handover.happened_until, timezone.localdate(), years)


@transaction.atomic
def attach(
    handover: Handover, *, by: User, upload: File[bytes], title: str, proves: str = ""
) -> HandoverPaper:
    """Add a line to the list of evidence, with its file.

    Raises NotAllowed; Refused "sent_already", "title_missing", or what ``files.accept`` refuses.
    """
    row = _drafted(handover, by)
    if not title.strip():
        raise Refused("title_missing", gettext_lazy("请写明证据名称。"), field="title")
    made = HandoverPaper.objects.create(
        handover=row,
        title=title.strip(),
        proves=proves.strip(),
        file=files.accept(upload, by=by),
        added_at=timezone.now(),
    )
    audit.record(HandoverEvent.PAPER_ADDED, row, by=by, title=made.title)
    return made


@transaction.atomic
def remove(paper: HandoverPaper, *, by: User) -> None:
    """Take a line off the list. Raises NotAllowed; Refused "sent_already"."""
    row = _drafted(paper.handover, by)
    audit.record(HandoverEvent.PAPER_REMOVED, row, by=by, title=paper.title)
    paper.delete()


def _drafted(handover: Handover, by: User) -> Handover:
    row = locked(handover)
    if not may_keep(by, row):
        raise NotAllowed("not_allowed", _("由拟办移送的机关办理。"))
    if row.state != HandoverState.DRAFT:
        raise Refused("sent_already", gettext_lazy("已经移送，证据清单不能再改。"))
    return row


@transaction.atomic
def send(handover: Handover, *, by: User, note: str = "") -> Handover:
    """Print the letter with its list and hand the matter over, by another person.

    Raises NotAllowed; Refused "evidence_missing".

    Source: Measures, art. 23.
    """
    row = locked(handover)
    HANDOVER.check(row, "send", by=by)
    check_untied(by, row.organization)
    papers = list(row.papers.select_related("file"))
    if not papers:
        raise Refused("evidence_missing", gettext_lazy("证据清单是空的，先加入证据再移送。"))
    now = timezone.now()
    letter = letters.handing_over(row, papers, timezone.localdate(now))
    name = _("移送函 %(number)s.pdf") % {"number": row.number}
    row.letter = files.keep(letter, name=name, media_type="application/pdf", by=by)
    row.sent_at, row.sent_by = now, by
    row.receipt_due = workdays.deadline(now, value(RECEIPT_DAYS))
    row.save(update_fields=["letter", "sent_at", "sent_by", "receipt_due"])
    row = HANDOVER.move(
        row,
        "send",
        by=by,
        note=note,
        receiver=row.receives,
        count=len(papers),
        sha256=row.letter.sha256,
    )
    tell_receiver(row, _("有涉嫌违法线索移送：%(number)s"), str(row.authority))
    return row


@transaction.atomic
def cancel(handover: Handover, *, by: User, note: str) -> Handover:
    """Not hand it over after all."""
    row = locked(handover)
    return HANDOVER.move(row, "cancel", by=by, note=note)


@transaction.atomic
def look(handover: Handover, file: StoredFile, *, by: User) -> StoredFile:
    """Open the letter, or a paper of the list; every look is an event."""
    audit.record(HandoverEvent.SEEN, handover, by=by, file=file.name)
    return file


def locked(handover: Handover) -> Handover:
    """The row as it is now, locked."""
    rows = Handover.objects.select_for_update(of=("self",))
    related = ("organization", "authority", "receiver", "basis", "drafted_by")
    return rows.select_related(*related).get(pk=handover.pk)
