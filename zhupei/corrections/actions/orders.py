"""Ordering an institution to put findings right, and taking such an order back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, numbers, workdays
from zhupei.core.errors import Refused
from zhupei.core.parameters import Setting, settings_of, value
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import letter, offices, rules
from zhupei.corrections.access import may_answer
from zhupei.corrections.actions.findings import impartial, let_go, resolve
from zhupei.corrections.events import OrderEvent
from zhupei.corrections.models import Finding, FindingState, Order
from zhupei.corrections.parameters import BY_GRAVITY, MOST_WORKDAYS
from zhupei.corrections.rules import Gravity
from zhupei.corrections.workflow import FINDING
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def issue(
    findings: Sequence[Finding], *, by: User, due: date | None = None, note: str = ""
) -> Order:
    """Order one institution to put findings right by a day, by default that of the gravest.

    The letter is printed and kept as it was issued. Raises NotAllowed; Refused "no_findings",
    "findings_mixed", "wrong_state", "due_too_soon" or "due_too_late".

    Source: Measures, art. 23 (ordered to correct within a time limit).
    """
    rows = _together(findings)
    organization, authority = rows[0].organization, rows[0].authority
    now = timezone.now()
    for row in rows:
        FINDING.check(row, "order", by=by)
    impartial(by, organization)
    until = _until(due, now) if due else suggested(rows, now)
    order = Order.objects.create(
        number=numbers.take(f"ZG-{timezone.localdate(now).year}", digits=4),
        organization=organization,
        authority=authority,
        issued_at=now,
        issued_by=by,
        note=note.strip(),
        first_due_at=until,
        due_at=until,
    )
    Finding._base_manager.filter(pk__in=[row.pk for row in rows]).update(order=order)
    for row in rows:
        FINDING.move(row, "order", by=by, within=order, number=order.number)
    order.letter = letter.kept(order, rows, by=by)
    order.save(update_fields=["letter"])
    audit.record(
        OrderEvent.ISSUED,
        order,
        by=by,
        number=order.number,
        count=len(rows),
        due=beijing(until),
        parameters={key: setting.as_fact() for key, setting in terms(organization).items()},
        letter=order.letter.sha256,
    )
    _tell_of_it(order, rows)
    return order


@transaction.atomic
def receive(order: Order, *, by: User) -> Order:
    """The institution has opened it: noted once, by whoever answers for it."""
    row = _locked(order)
    if row.received_at is None and may_answer(by, row):
        row.received_at = timezone.now()
        row.save(update_fields=["received_at"])
        audit.record(OrderEvent.RECEIVED, row, by=by)
    return row


@transaction.atomic
def withdraw(order: Order, *, by: User, note: str) -> Order:
    """Take the order back with those of its findings that are not put right yet.

    Raises NotAllowed; Refused "wrong_state", "note_required".
    """
    row = let_go(_locked(order), "withdraw", by=by, note=note)
    for finding in row.findings.filter(state=FindingState.ORDERED):
        resolve(finding, "withdraw", by=by, note=note, within=row)
    offices.tell(offices.answering(row), _("整改通知 %(number)s 已撤回"), row, note)
    return row


def terms(organization: Organization) -> dict[str, Setting]:
    """The terms by gravity in force at the place of an institution."""
    return settings_of(*BY_GRAVITY.values(), prefecture=organization.prefecture_id)


def suggested(findings: Sequence[Finding], now: datetime) -> datetime:
    """The time the gravest of these findings gives."""
    found = terms(findings[0].organization)
    days = {gravity: found[one.key].value for gravity, one in BY_GRAVITY.items()}
    gravities = {Gravity(finding.severity) for finding in findings}
    return workdays.deadline(now, rules.term(gravities, days))


def not_later_than(issued_at: datetime) -> datetime:
    """The last time an order issued then may ever be due, more time included."""
    return workdays.deadline(issued_at, value(MOST_WORKDAYS))


def check_not_too_late(until: datetime, issued_at: datetime, field: str) -> None:
    """Raises Refused "due_too_late"."""
    last = not_later_than(issued_at)
    if until > last:
        raise Refused(
            "due_too_late",
            _("整改期限（含延期）最晚到 %(last)s。请选择更早的日期。"),
            field=field,
            last=beijing(last),
        )


def _until(due: date, now: datetime) -> datetime:
    if due <= timezone.localdate(now):
        raise Refused("due_too_soon", _("整改期限要在今天之后。请选择更晚的日期。"), field="due")
    until = workdays.office_hours_end(due)
    check_not_too_late(until, now, "due")
    return until


def _together(findings: Sequence[Finding]) -> list[Finding]:
    """The locked findings, all of one institution and one authority."""
    keys = [finding.pk for finding in findings]
    if not keys:
        raise Refused("no_findings", _("请至少选择一个问题。"), field="findings")
    locked = Finding._base_manager.select_for_update(of=("self",)).filter(pk__in=keys)
    rows = list(locked.select_related("organization", "authority").order_by("pk"))
    if len({(row.organization_id, row.authority_id) for row in rows}) > 1:
        raise Refused(
            "findings_mixed",
            _("一份通知只能写同一机构、由同一部门发现的问题。请分开下达。"),
            field="findings",
        )
    return rows


def _locked(order: Order) -> Order:
    rows = Order._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "authority").get(pk=order.pk)


def _tell_of_it(order: Order, findings: Sequence[Finding]) -> None:
    title = _now("限期整改通知 %(number)s")
    body = _now("共 %(count)d 个问题，请在 %(due)s（北京时间）前报送整改情况。") % {
        "count": len(findings),
        "due": beijing(order.due_at),
    }
    offices.tell(offices.answering(order), title, order, body)
