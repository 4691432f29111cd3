"""Wording what leaves the house, and sending again what could not be delivered."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages, wordings
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import Delivery, Letter, TextMessage, WordingText
from zhupei.core.wordings import Wording
from zhupei.organizations.access import may_keep_messages
from zhupei.organizations.events import OrganizationEvent
from zhupei.people.models import User

FAULTS = {
    "blank_missing": _("文字里缺少 %(blank)s，收件人会看不到它。请把它写进去。"),
    "blank_unknown": _("%(blank)s 不是这条文字能用的空格。请只用下面列出的。"),
    "wording_broken": _("单独的 %% 会让消息发不出去。要写百分号，请写成 %%%%。"),
}


def _refuse_strangers(by: User) -> None:
    if not may_keep_messages(by):
        raise NotAllowed("not_allowed", _("消息由自治区住建厅管理。"))


@transaction.atomic
def set_wording(wording: Wording, text: str, *, by: User, valid_from: date) -> WordingText:
    """Let a text have other words from a day on.

    Raises NotAllowed; Refused "blank_missing", "blank_unknown", "wording_broken",
    "wording_in_the_past", "wording_set_twice".
    """
    _refuse_strangers(by)
    refuse_broken(wording, text)
    if valid_from < timezone.localdate():
        raise Refused(
            "wording_in_the_past",
            _("启用日期不能早于今天：已经发出的改不了。"),
            field="valid_from",
        )
    before = wordings.words(wording, on=valid_from)
    row = WordingText(key=wording.key, text=text, valid_from=valid_from, set_by_name=str(by))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refused(
            "wording_set_twice", _("这一天已定过文字。请换一个启用日期。"), field="valid_from"
        ) from clash
    audit.record(
        OrganizationEvent.WORDING_SET,
        row,
        by=by,
        label=str(wording.label),
        before=before,
        after=text,
        valid_from=valid_from.isoformat(),
    )
    return row


def refuse_broken(wording: Wording, text: str) -> None:
    """Raises Refused "blank_missing", "blank_unknown", "wording_broken"."""
    code, blank = wordings.fault(wording, text)
    if code:
        raise Refused(code, FAULTS[code], field="text", blank=f"%({blank})s")


@transaction.atomic
def send_again(rows: Iterable[TextMessage | Letter], *, by: User) -> int:
    """Begin anew with messages that failed; return how many those were.

    Raises NotAllowed; Refused "not_failed" where there is none.
    """
    _refuse_strangers(by)
    failed = [row for row in rows if row.delivery == Delivery.FAILED]
    if not failed:
        raise Refused("not_failed", _("没有发送失败的消息。请刷新页面看最新的情况。"))
    for row in failed:
        messages.send_again(row)
        audit.record(OrganizationEvent.SENT_AGAIN, _nameless(row), by=by, tries=row.tries)
    return len(failed)


def _nameless(row: TextMessage | Letter) -> TextMessage | Letter:
    """The record keeps for ever what a message was about nobody but its recipient should know."""
    return type(row)(pk=row.pk, text=str(_("一条消息")))
