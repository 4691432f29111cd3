"""What the receiver of a matter says: received or not, filed, told, heard, decided.

Source: Administrative Penalty Law, art. 48, 60, 63 and 64.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, files, messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import settings_of, value
from zhupei.core.templatetags.ui import dated
from zhupei.organizations.offices import regulators
from zhupei.oversight import rules
from zhupei.oversight.access import may_receive
from zhupei.oversight.actions.handovers import locked
from zhupei.oversight.events import HandoverEvent
from zhupei.oversight.models import Handover, HandoverReport, HandoverState, ReportKind
from zhupei.oversight.parameters import HEARING_ASK_DAYS, HEARING_NOTICE_DAYS, PENALTY_DAYS
from zhupei.oversight.tellings import tell_sender
from zhupei.oversight.workflow import HANDOVER
from zhupei.people.models import User

MOVES = {
    ReportKind.FILED: "file",
    ReportKind.PENALISED: "penalise",
    ReportKind.CLEARED: "clear",
    ReportKind.REVOKED: "annul",
}
NEAR = timedelta(days=120)  # further than any term of a hearing reaches
UNDER_WAY = {HandoverState.RECEIVED, HandoverState.FILED}


@transaction.atomic
def receive(handover: Handover, *, by: User, receipt: str, note: str = "") -> Handover:
    """Take a matter on, under a number of one's own. Raises Refused "receipt_missing"."""
    row = locked(handover)
    HANDOVER.check(row, "receive", by=by)
    if not receipt.strip():
        raise Refused("receipt_missing", gettext_lazy("请填本机关的回执文号。"), field="receipt")
    row.receipt_number, row.received_at = receipt.strip(), timezone.now()
    row.save(update_fields=["receipt_number", "received_at"])
    row = HANDOVER.move(row, "receive", by=by, note=note, receipt=row.receipt_number)
    tell_sender(row, _("移送已回执：%(number)s"), row.receipt_number)
    return row


@transaction.atomic
def decline(handover: Handover, *, by: User, note: str) -> Handover:
    """Send it back, and say why."""
    row = locked(handover)
    row = HANDOVER.move(row, "decline", by=by, note=note)
    tell_sender(row, _("移送被退回：%(number)s"), note.strip())
    return row


class Said(TypedDict, total=False):
    """What stands beside a step: the number of its paper, and the paper."""

    paper_number: str
    upload: File[bytes] | None


@transaction.atomic
def report(
    handover: Handover, *, by: User, kind: str, day: date, text: str, **said: Unpack[Said]
) -> HandoverReport:
    """Report one step. Filing starts the clock of the decision.

    Raises NotAllowed; Refused "not_received", "day_in_future", "day_before_sent",
    "text_missing", "number_missing" (of a decision), what the move refuses, or what
    ``files.accept`` refuses.

    Source: Administrative Penalty Law, art. 60.
    """
    row, step = locked(handover), ReportKind(kind)
    if not may_receive(by, row):
        raise NotAllowed("not_allowed", _("由接收机关反馈办理进展。"))
    _check(row, step, day, text, said.get("paper_number", ""))
    upload = said.get("upload")
    made = HandoverReport.objects.create(
        handover=row,
        kind=step.value,
        day=day,
        paper_number=said.get("paper_number", "").strip(),
        text=text.strip(),
        file=files.accept(upload, by=by) if upload else None,
        reported_at=timezone.now(),
        reported_by=by,
    )
    _moved(row, made, by)
    words = _("%(step)s，%(day)s。%(text)s") % {
        "step": made.get_kind_display(),
        "day": dated(day),
        "text": made.text,
    }
    tell_sender(row, _("移送有新进展：%(number)s"), words)
    return made


def _check(row: Handover, step: ReportKind, day: date, text: str, number: str) -> None:
    if step not in MOVES and row.state not in UNDER_WAY:
        raise Refused("not_received", gettext_lazy("先回执接收，再反馈进展。"), field="kind")
    if row.sent_at and day < timezone.localdate(row.sent_at):
        raise Refused("day_before_sent", gettext_lazy("日期早于移送日期。"), field="day")
    if day > timezone.localdate() and step != ReportKind.HEARING:
        raise Refused("day_in_future", gettext_lazy("日期在今天之后。"), field="day")
    if not text.strip():
        raise Refused("text_missing", gettext_lazy("请写明内容。"), field="text")
    if step == ReportKind.PENALISED and not number.strip():
        raise Refused("number_missing", gettext_lazy("请填处罚决定书文号。"), field="paper_number")


def _moved(row: Handover, made: HandoverReport, by: User) -> None:
    """The move a step makes; a step in between is an event."""
    move = MOVES.get(ReportKind(made.kind))
    if move is None:
        step = str(made.get_kind_display())
        audit.record(HandoverEvent.REPORTED, row, by=by, step=step, day=dated(made.day))
        return
    facts: dict[str, Any] = {}
    if move == "file":
        row.decide_by = rules.decide_by(made.day, value(PENALTY_DAYS))
        row.save(update_fields=["decide_by"])
        facts = {"until": dated(row.decide_by)}
    HANDOVER.move(row, move, by=by, note=made.text, **facts)


def clocks(handover: Handover, steps: Sequence[HandoverReport]) -> list[tuple[str, date, str]]:
    """What the law wants by when, as far as the steps reported let it be said: what, the last
    day, the article.

    Source: Administrative Penalty Law, art. 60 and 64.
    """
    found: list[tuple[str, date, str]] = []
    if handover.decide_by:
        found.append((_("作出处罚决定"), handover.decide_by, _("行政处罚法第六十条")))
    days = [step.day for step in steps]
    if not days:
        return found
    known = workdays.exceptions(min(days) - NEAR, max(days) + NEAR)
    figures = settings_of(HEARING_ASK_DAYS, HEARING_NOTICE_DAYS)
    ask, ahead = (figures[one.key].value for one in (HEARING_ASK_DAYS, HEARING_NOTICE_DAYS))
    for step in steps:
        if step.kind == ReportKind.TOLD:
            last = workdays.add_workdays(step.day, ask, known)
            found.append((_("当事人可以要求听证"), last, _("行政处罚法第六十四条")))
        elif step.kind == ReportKind.HEARING:
            last = _workdays_before(step.day, ahead, known)
            found.append((_("最迟通知听证"), last, _("行政处罚法第六十四条")))
    return found


def _workdays_before(day: date, count: int, known: dict[date, bool]) -> date:
    """The last working day from which so many working days lead up to ``day``."""
    before = day
    while workdays.workdays_between(before, day, known) < count or not workdays.is_workday(
        before, known
    ):
        before -= timedelta(days=1)
    return before


def escalate() -> int:
    """Tell sender and region, once, of receipts and decisions that are late; return how many."""
    now, today = timezone.now(), timezone.localdate()
    late = Handover.objects.waiting_for_receipt().filter(
        receipt_due__lt=now
    ) | Handover.objects.late(today)
    with transaction.atomic():
        rows = list(late.filter(late_told_at__isnull=True).select_for_update(of=("self",)))
        for row in rows:
            words = _("移送逾期没有结果：%(number)s") % {"number": row.number}
            messages.tell(regulators(), words, body=row.receives, url=row.get_absolute_url())
        Handover.objects.filter(pk__in=[row.pk for row in rows]).update(late_told_at=now)
    return len(rows)
