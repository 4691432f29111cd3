"""The institution answers: a draft kept finding by finding, then handed in as one round."""

from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, pictures, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.corrections import offices, rules
from zhupei.corrections.access import may_answer
from zhupei.corrections.actions.findings import let_go
from zhupei.corrections.events import OrderEvent
from zhupei.corrections.models import (
    AWAITED,
    Answer,
    AnswerFile,
    Finding,
    FindingState,
    Order,
    Round,
)
from zhupei.corrections.parameters import VERIFY_WORKDAYS
from zhupei.corrections.rules import Gravity
from zhupei.corrections.workflow import ORDER
from zhupei.people.models import User

FIELDS = ("cause", "corrective", "preventive")


@transaction.atomic
def save(
    order: Order,
    finding: Finding,
    *,
    by: User,
    words: dict[str, str],
    upload: UUID | File[bytes] | None = None,
) -> Answer:
    """Keep what is written so far about one finding; whole or not. ``words`` by name of FIELDS.

    Raises NotAllowed; Refused "not_awaited", "finding_settled", or what ``pictures.kept``
    refuses.
    """
    row = _open(order, by)
    answer = _draft(row, finding)
    for name in FIELDS:
        setattr(answer, name, words.get(name, "").strip())
    answer.save(update_fields=FIELDS)
    if upload:
        stored, removed = pictures.kept(upload, by=by)
        AnswerFile.objects.create(answer=answer, file=stored)
        facts: dict[str, Any] = {"name": stored.name, "sha256": stored.sha256}
        facts["note"] = pictures.said(removed)
        audit.record(OrderEvent.EVIDENCE_ADDED, row, by=by, finding=finding.pk, **facts)
    return answer


@transaction.atomic
def remove(file: AnswerFile, *, by: User) -> None:
    """Take a paper off a draft. Its bytes stay: an earlier round may show them.

    Raises NotAllowed; Refused "not_awaited", "already_submitted".
    """
    answer = Answer.objects.select_related("round__order").get(pk=file.answer_id)
    row = _open(answer.round.order, by)
    if Round.objects.get(pk=answer.round_id).submitted_at is not None:
        raise Refused("already_submitted", _("已经报送的凭据不能删除。"))
    facts: dict[str, Any] = {"name": file.file.name, "sha256": file.file.sha256}
    file.delete()
    audit.record(OrderEvent.EVIDENCE_REMOVED, row, by=by, finding=answer.finding_id, **facts)


@transaction.atomic
def submit(order: Order, *, by: User, note: str = "") -> Order:
    """Hand in what is answered; the clock of the bureau starts.

    Raises NotAllowed; Refused "wrong_state", "answer_incomplete".

    Source: Measures, art. 23; notice, part 3.
    """
    row = _locked(order)
    ORDER.check(row, "submit", by=by)
    draft = draft_of(row)
    _whole(row, draft)
    now = timezone.now()
    days = value(VERIFY_WORKDAYS, prefecture=row.organization.prefecture_id)
    until = workdays.deadline(now, days)
    assert draft
    draft.submitted_at, draft.submitted_by = now, by
    draft.due_at, draft.verify_due_at = row.due_at, until
    draft.save(update_fields=["submitted_at", "submitted_by", "due_at", "verify_due_at"])
    row = ORDER.move(row, "submit", by=by, note=note, round=draft.number, answers=_said(draft))
    row.verify_due_at = until
    row.save(update_fields=["verify_due_at"])
    offices.tell(
        offices.deciding(row), _("待核查的整改情况：%(number)s %(organization)s"), row, note
    )
    return row


@transaction.atomic
def recall(order: Order, *, by: User, note: str = "") -> Order:
    """Take it back before the bureau has decided; what was written becomes a draft again.

    Raises NotAllowed; Refused "wrong_state".
    """
    row = let_go(_locked(order), "recall", by=by, note=note)
    last = row.rounds.filter(verified_at__isnull=True).latest("number")
    last.submitted_at = last.submitted_by = last.due_at = last.verify_due_at = None
    last.save(update_fields=["submitted_at", "submitted_by", "due_at", "verify_due_at"])
    return row


def draft_of(order: Order) -> Round | None:
    """The round being written, with its answers and their papers."""
    drafts = order.rounds.filter(submitted_at__isnull=True)
    drafts = drafts.prefetch_related("answers__files__file")
    return drafts.first()


def missing(finding: Finding, answer: Answer | None) -> list[str]:
    """What an answer to this finding still lacks: names of FIELDS, or "files"."""
    wanted = ["cause", "corrective"]
    if rules.needs_prevention(Gravity(finding.severity)):
        wanted.append("preventive")
    absent = [name for name in wanted if answer is None or not getattr(answer, name)]
    return absent if answer and answer.files.all() else [*absent, "files"]


def _whole(order: Order, draft: Round | None) -> None:
    answers = {answer.finding_id: answer for answer in draft.answers.all()} if draft else {}
    pending = order.findings.filter(state=FindingState.ORDERED)
    absent = [one for one in pending if missing(one, answers.get(one.pk))]
    if absent:
        raise Refused(
            "answer_incomplete",
            _("还有 %(count)d 个问题没有写完整改情况或没有凭据：%(findings)s。"),
            count=len(absent),
            findings="；".join(str(one) for one in absent),
        )


def _open(order: Order, by: User) -> Order:
    """The locked order, when ``by`` may write an answer to it now."""
    row = _locked(order)
    if not may_answer(by, row):
        raise NotAllowed("not_allowed", _("只有被通知机构的教务员或考务员能填写整改情况。"))
    if row.state not in AWAITED:
        raise Refused(
            "not_awaited",
            _("整改通知 %(number)s 已是“%(state)s”，现在不能填写。需要补充的，请先收回。"),
            number=row.number,
            state=row.get_state_display(),
        )
    return row


def _draft(order: Order, finding: Finding) -> Answer:
    if not order.findings.filter(pk=finding.pk, state=FindingState.ORDERED).exists():
        raise Refused("finding_settled", _("这个问题已经核查通过或撤回，不用再填。"))
    draft = order.rounds.filter(submitted_at__isnull=True).first()
    if draft is None:
        draft = Round.objects.create(order=order, number=order.rounds.count() + 1)
    answer, _made = Answer.objects.get_or_create(round=draft, finding=finding)
    return answer


def _said(draft: Round) -> list[dict[str, Any]]:
    """What the record keeps of a round: the words, and the hash of each paper."""
    return [
        {
            "finding": answer.finding_id,
            **{name: getattr(answer, name) for name in FIELDS},
            "files": [paper.file.sha256 for paper in answer.files.all()],
        }
        for answer in draft.answers.all()
    ]


def _locked(order: Order) -> Order:
    rows = Order._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "authority").get(pk=order.pk)
