"""More time: asked for by the institution with a reason, granted or refused with one."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.core.workdays import office_hours_end
from zhupei.corrections import offices
from zhupei.corrections.access import may_answer
from zhupei.corrections.actions.findings import impartial
from zhupei.corrections.actions.orders import check_not_too_late
from zhupei.corrections.events import ExtensionEvent
from zhupei.corrections.models import AWAITED, Extension, Order
from zhupei.corrections.workflow import EXTENSION
from zhupei.people.models import User


@transaction.atomic
def ask(order: Order, *, by: User, until: date, reason: str) -> Extension:
    """Ask for more time while there is some left. Asking stops no clock.

    Raises NotAllowed; Refused "not_awaited", "asked_too_late", "asked_already",
    "reason_required", "due_not_later" or "due_too_late".

    Source: Measures, art. 23.
    """
    row = _locked(order)
    if not may_answer(by, row):
        raise NotAllowed("not_allowed", _("只有被通知机构的教务员或考务员能申请延期。"))
    if row.state not in AWAITED:
        raise Refused("not_awaited", _("这份通知现在不等机构整改，不用延期。"))
    if timezone.now() > row.due_at:
        raise Refused("asked_too_late", _("整改期限已过，不能再申请延期。请尽快报送整改情况。"))
    if row.extensions.asked().exists():
        raise Refused("asked_already", _("已有一份延期申请待答复。"))
    if not reason.strip():
        raise Refused("reason_required", _("请写明为什么不能按期完成。"), field="reason")
    _check_later(row, until, "until")
    made = Extension.objects.create(
        order=row, reason=reason.strip(), wanted_until=until, asked_at=timezone.now(), asked_by=by
    )
    facts = {"until": dated(until), "reason": made.reason}
    audit.record(ExtensionEvent.ASKED, made, by=by, within=row, **facts)
    title = _("机构申请延期：%(number)s %(organization)s")
    offices.tell(offices.deciding(row), title, row, made.reason)
    return made


@transaction.atomic
def grant(extension: Extension, *, by: User, note: str, until: date | None = None) -> Extension:
    """Give more time, as much as was asked for or less. It counts though the old time may have
    run out meanwhile: it was asked for before.

    Raises NotAllowed; Refused "wrong_state", "note_required", "due_not_later", "due_too_late".

    Source: Measures, art. 23.
    """
    order = _locked(extension.order)
    impartial(by, order.organization)
    EXTENSION.check(Extension._base_manager.get(pk=extension.pk), "grant", by=by)
    day = until or extension.wanted_until
    _check_later(order, day, "until")
    due = office_hours_end(day)
    row = _answer(extension, "grant", by=by, note=note, until=beijing(due), granted_until=due)
    order.due_at = due
    order.save(update_fields=["due_at"])
    offices.tell(offices.answering(order), _("整改延期已同意：%(number)s"), order, note)
    return row


@transaction.atomic
def refuse(extension: Extension, *, by: User, note: str) -> Extension:
    """The time stays as it is. Raises NotAllowed; Refused "wrong_state", "note_required"."""
    order = _locked(extension.order)
    impartial(by, order.organization)
    row = _answer(extension, "refuse", by=by, note=note)
    offices.tell(offices.answering(order), _("整改延期未同意：%(number)s"), order, note)
    return row


def _answer(extension: Extension, move: str, *, by: User, note: str, **facts: object) -> Extension:
    granted = facts.pop("granted_until", None)
    Extension._base_manager.filter(pk=extension.pk).update(granted_until=granted)
    row = EXTENSION.move(extension, move, by=by, note=note, within=extension.order, **facts)
    row.answered_at, row.answered_by, row.note = timezone.now(), by, note.strip()
    row.save(update_fields=["answered_at", "answered_by", "note"])
    return row


def _check_later(order: Order, until: date, field: str) -> None:
    due = office_hours_end(until)
    if due <= order.due_at or due <= timezone.now():
        raise Refused(
            "due_not_later",
            _("新的期限要晚于现在的期限 %(due)s，也要在今天之后。"),
            field=field,
            due=beijing(order.due_at),
        )
    check_not_too_late(due, order.issued_at, field)


def _locked(order: Order) -> Order:
    rows = Order._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "authority").get(pk=order.pk)
