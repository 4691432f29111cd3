"""The verbs of a filing: draft it, hand it in, decide on it, tell everybody concerned.

Source: Measures, art. 10 (异地备案).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, files, messages, numbers, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import Event
from zhupei.core.parameters import setting
from zhupei.filings import offices, precheck, words
from zhupei.filings.access import may_change, may_draft
from zhupei.filings.events import FilingEvent
from zhupei.filings.models import Copy, Filing, FilingDocument, PaperKind, Reading
from zhupei.filings.parameters import DECIDE_WORKDAYS
from zhupei.filings.workflow import FILING
from zhupei.organizations.models import Level, Organization
from zhupei.organizations.offices import regulators
from zhupei.people.models import User
from zhupei.syllabus.models import Job

# Writing it


@transaction.atomic
def draft(organization: Organization, *, by: User, jobs: Iterable[Job], **fields: Any) -> Filing:
    """Start a filing. ``fields`` are those of FilingForm; the prefecture follows from the county.

    Raises NotAllowed, or ValidationError where a constraint of the row says no.
    """
    if not may_draft(by, organization):
        raise NotAllowed("not_allowed", _("您不是这家机构的教务员，不能为它办理异地备案。"))
    filing = Filing(organization=organization, **fields)
    _check(filing)
    filing.save()
    filing.jobs.set(jobs)
    audit.record(FilingEvent.DRAFTED, filing, by=by)
    return filing


@transaction.atomic
def change(filing: Filing, *, by: User, **fields: Any) -> Filing:
    """Change what a filing says, while nobody is reading it. Records only what really changed."""
    row = _open_to(by, filing)
    before = snapshot(row)
    jobs = fields.pop("jobs", None)
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    if jobs is not None:
        row.jobs.set(jobs)
    after = snapshot(row)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        audit.record(
            FilingEvent.CHANGED,
            row,
            by=by,
            fields="、".join(str(words.FIELDS[name]) for name in changed),
            before={name: before[name] for name in changed},
            now={name: after[name] for name in changed},
        )
    return row


@transaction.atomic
def attach(filing: Filing, *, by: User, upload: File[bytes], kind: str) -> FilingDocument:
    """Add a paper. Raises Refused "paper_kind" or what ``core.files.accept`` refuses."""
    row = _open_to(by, filing)
    if kind not in PaperKind.values:
        raise Refused("paper_kind", _("请选择材料的类别。"), field="kind")
    stored = files.accept(upload, by=by)
    document = FilingDocument.objects.create(filing=row, kind=kind, file=stored)
    facts: dict[str, Any] = {"name": stored.name, "kind": kind, "sha256": stored.sha256}
    audit.record(FilingEvent.PAPER_ATTACHED, row, by=by, **facts)
    return document


@transaction.atomic
def remove(document: FilingDocument, *, by: User) -> None:
    """Take a paper off. Its bytes stay: an earlier submission may speak of them."""
    row = _open_to(by, document.filing)
    facts: dict[str, Any] = {"name": document.file.name, "sha256": document.file.sha256}
    document.delete()
    audit.record(FilingEvent.PAPER_REMOVED, row, by=by, **facts)


# Handing it in


@transaction.atomic
def submit(filing: Filing, *, by: User, note: str = "") -> Filing:
    """Hand the filing in to the HR department of the place; its clock starts.

    Raises Refused with the code of the first check that fails, for example "no_hr_department",
    "papers_missing" or "filing_beyond_licence".

    Source: Measures, art. 10.
    """
    now = timezone.now()
    row = _locked(filing)
    FILING.check(row, "submit", by=by)
    if bad := precheck.refusal(row):
        raise bad
    department = offices.department(row.prefecture_id)
    if row.number is None:
        row.number = numbers.take(f"YD-{timezone.localdate(now).year}", digits=4)
        row.save(update_fields=["number"])
    days = setting(DECIDE_WORKDAYS, prefecture=row.prefecture_id)
    row = FILING.move(
        row,
        "submit",
        by=by,
        note=note,
        round=_submissions(row) + 1,
        department=str(department),
        filing=snapshot(row),
        parameters={DECIDE_WORKDAYS.key: days.as_fact()},
    )
    row.submitted_at, row.due_at = now, workdays.deadline(now, days.value)
    row.save(update_fields=["submitted_at", "due_at"])
    _tell(offices.officers(row), _("待办的异地备案：%(number)s %(organization)s"), row)
    return row


@transaction.atomic
def withdraw(filing: Filing, *, by: User, note: str = "") -> Filing:
    """Take a filing back before it was decided on."""
    row = FILING.move(filing, "withdraw", by=by, note=note)
    return _stop(row)


@transaction.atomic
def cancel(filing: Filing, *, by: User, note: str = "") -> Filing:
    """Give the training there up. Those who know of it are told."""
    row = _stop(FILING.move(filing, "cancel", by=by, note=note))
    if row.number:
        told = offices.officers(row) | offices.readers(row)
        _tell(told.distinct(), _("机构取消了异地备案：%(number)s %(organization)s"), row, note)
    return row


# Deciding on it


@transaction.atomic
def accept(filing: Filing, *, by: User, note: str = "", seen: str = "") -> Filing:
    """File it, and send the copies. ``seen`` is the mark of the submission that was read.

    Raises Refused "submitted_again" when the institution has handed in another one since.

    Source: Measures, art. 10 (copies to housing and education).
    """
    row = FILING.move(filing, "accept", by=by, note=note)
    if seen and seen != mark_of(row):
        raise Refused(
            "submitted_again",
            _("“%(number)s”在您打开之后又提交过一次。请回到备案，看过改动再决定。"),
            number=row.number,
        )
    row = _decided(row)
    _send_copies(row)
    _tell(offices.registrars(row), _("异地备案成功：%(number)s"), row, note)
    return row


@transaction.atomic
def send_back(
    filing: Filing,
    *,
    by: User,
    note: str = "",
    reasons: Iterable[Mapping[str, str]] = (),
) -> Filing:
    """Return it to be corrected. Each reason names a ``field`` (words.FIELDS) and says in ``text``
    what to correct; the institution sees it beside that field.

    Raises Refused "reason_field_unknown", or "note_required" when nothing was said at all.
    """
    told = [_reason(reason) for reason in reasons if reason["text"].strip()]
    note = note.strip() or "；".join(reason["text"] for reason in told)
    row = _decided(FILING.move(filing, "return", by=by, note=note, reasons=told))
    _tell(offices.registrars(row), _("异地备案退回补正：%(number)s"), row, note)
    return row


@transaction.atomic
def revoke(filing: Filing, *, by: User, note: str = "") -> Filing:
    """Take the filing back; nothing new may begin under it. All who got a copy are told."""
    row = _decided(FILING.move(filing, "revoke", by=by, note=note))
    told = offices.registrars(row) | offices.readers(row)
    _tell(told.distinct(), _("异地备案被撤销：%(number)s %(organization)s"), row, note)
    return row


# After it


@transaction.atomic
def open_copy(filing: Filing, *, by: User) -> bool:
    """Note that somebody of a body that got a copy has opened it; True the first time.

    Source: Measures, art. 10.
    """
    copy = Copy.objects.visible_to(by).filter(filing=filing).first()
    if copy is None:
        return False
    _reading, first = Reading.objects.get_or_create(copy=copy, reader=by)
    if first:
        audit.record(FilingEvent.COPY_READ, filing, by=by)
    return first


@transaction.atomic
def remind() -> int:
    """Tell the department and the region of every filing past its time, once a submission.

    Nobody files by silence. Returns how many were told of.
    """
    late = Filing._base_manager.select_for_update(skip_locked=True, of=("self",))
    waiting = late.filter(state="submitted", due_at__lt=timezone.now())
    rows = list(waiting.select_related("organization").order_by("due_at", "pk"))
    keys = [audit.subject_key(row) for row in rows]
    said = Event.objects.filter(verb=FilingEvent.OVERDUE, subject__in=keys)
    told = set(said.values_list("subject", "facts__due_at"))
    fresh = [row for row in rows if (audit.subject_key(row), _due(row)) not in told]
    for row in fresh:
        audit.record(FilingEvent.OVERDUE, row, by=None, due_at=_due(row))
        _tell(offices.officers(row), _("异地备案已超过时限，请尽快办理：%(number)s"), row)
        _tell(regulators(), _("人社部门办理异地备案超过时限：%(number)s"), row)
    return len(fresh)


# What verbs have in common


def mark_of(filing: Filing) -> str:
    """What tells one submission from the next."""
    return filing.submitted_at.isoformat() if filing.submitted_at else ""


def snapshot(filing: Filing) -> dict[str, str]:
    """What the filing says, in words, by the names of words.FIELDS."""
    said = {name: str(getattr(filing, name)) for name in words.FIELDS if name != "papers"}
    jobs = filing.jobs.order_by("code").values_list("name", flat=True)
    papers = filing.documents.order_by("pk").values_list("file__name", flat=True)
    return said | {"jobs": "、".join(jobs), "papers": "、".join(papers)}


def _check(filing: Filing) -> None:
    """The row is whole; its prefecture is the one its county lies in."""
    division = filing.division
    away = division.parent if division.level == Level.COUNTY and division.parent else division
    filing.prefecture = away
    filing.clean_fields()
    filing.validate_constraints()


def _locked(filing: Filing) -> Filing:
    rows = Filing._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "prefecture", "division").get(pk=filing.pk)


def _open_to(user: User, filing: Filing) -> Filing:
    """The locked row, when ``user`` may change it now. Raises NotAllowed."""
    row = _locked(filing)
    if not may_change(user, row):
        raise NotAllowed(
            "not_allowed",
            _("这份备案现在是“%(state)s”，不能修改。只有本机构教务员能在草稿或退回补正时修改。"),
            state=row.get_state_display(),
        )
    return row


def _submissions(filing: Filing) -> int:
    return audit.own_history(filing).filter(verb=FilingEvent.SUBMITTED).count()


def _due(filing: Filing) -> str:
    assert filing.due_at
    return filing.due_at.isoformat()


def _stop(filing: Filing) -> Filing:
    """The clock stops."""
    filing.due_at = None
    filing.save(update_fields=["due_at"])
    return filing


def _decided(filing: Filing) -> Filing:
    filing.decided_at = timezone.now()
    filing.save(update_fields=["decided_at"])
    return _stop(filing)


def _send_copies(filing: Filing) -> None:
    bodies = list(offices.copied(filing))
    Copy.objects.bulk_create(Copy(filing=filing, organization=body) for body in bodies)
    if bodies:
        names = "、".join(body.name for body in bodies)
        audit.record(FilingEvent.COPIED, filing, by=None, recipients=names)
    _tell(offices.readers(filing), _("抄送：异地备案 %(number)s %(organization)s"), filing)


def _tell(users: Iterable[User], title: Any, filing: Filing, note: str = "") -> None:
    url = reverse("filings:detail", args=[filing.pk])
    facts = {"number": filing.number, "organization": filing.organization}
    messages.tell(users, str(title) % facts, body=note, url=url)


def _reason(reason: Mapping[str, str]) -> dict[str, str]:
    if reason["field"] not in words.FIELDS:
        raise Refused(
            "reason_field_unknown",
            _("理由要对准备案里的一项，“%(name)s”不是。请重新选择。"),
            field="reasons",
            name=reason["field"],
        )
    return {name: reason.get(name, "").strip() for name in ("field", "text", "law")}
