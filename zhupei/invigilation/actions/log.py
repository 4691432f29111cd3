"""The invigilators' log: opened before the first candidate, closed after the last, signed by all.

Source: Measures, art. 20.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.models import Candidate, InvigilatorState, Sitting, State
from zhupei.invigilation.actions.shared import check_invigilator
from zhupei.invigilation.events import RoomEvent
from zhupei.invigilation.models import RoomLog, Signature
from zhupei.people.models import User

CHECKS = ("room_ready", "devices_ready", "forms_sealed")


@transaction.atomic
def open_room(sitting: Sitting, *, by: User, checks: Mapping[str, bool], note: str = "") -> RoomLog:
    """The room is fit for an exam; what is not has a word beside it.

    Raises NotAllowed; Refused "not_sealed", "already_open", "note_required".

    Source: Measures, art. 20.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    check_invigilator(by, sitting)
    if sitting.state != State.SEALED:
        raise Refused("not_sealed", _("这场考核还没有封卷，或已结束，不能做开场检查。"))
    first = RoomLog.objects.filter(sitting=sitting).select_related("opened_by").first()
    if first:
        raise Refused("already_open", _("%(by)s 已做过开场检查。"), by=first.opened_by)
    found = {name: bool(checks.get(name)) for name in CHECKS}
    note = note.strip()
    if not all(found.values()) and not note:
        raise Refused(
            "note_required", _("有没有做到的项目，请在说明里写清楚怎么处理。"), field="opening_note"
        )
    log = RoomLog.objects.create(
        sitting=sitting, opening_note=note, opened_at=timezone.now(), opened_by=by, **found
    )
    audit.record(RoomEvent.OPENED, log, by=by, within=sitting, note=note, **found)
    return log


@transaction.atomic
def close_room(sitting: Sitting, *, by: User, note: str) -> RoomLog:
    """Say how it went, once nobody is answering any more.

    Raises NotAllowed; Refused "not_open", "already_closed", "still_answering", "note_required".

    Source: Measures, art. 20.
    """
    log = _locked(sitting)
    check_invigilator(by, log.sitting)
    if log.closed_at:
        raise Refused("already_closed", _("%(by)s 已填写小结。"), by=log.closed_by)
    if log.sitting.attempts.open().exists():
        raise Refused("still_answering", _("还有考生没有交卷，请等全部交卷或收卷后再填写小结。"))
    note = note.strip()
    if not note:
        raise Refused("note_required", _("请写一句考场情况，正常也要写。"), field="note")
    log.closing_note, log.closed_at, log.closed_by = note, timezone.now(), by
    log.save(update_fields=["closing_note", "closed_at", "closed_by"])
    audit.record(
        RoomEvent.CLOSED,
        log,
        by=by,
        within=log.sitting,
        note=note,
        absent=len(absentees(log.sitting)),
    )
    return log


@transaction.atomic
def sign(sitting: Sitting, *, by: User) -> Signature:
    """Stand by the log. Only who watched signs, each once; a second press changes nothing.

    Raises NotAllowed; Refused "not_open", "not_closed".

    Source: Measures, art. 20 (what happened in a sitting is kept as it was).
    """
    log = _locked(sitting)
    if not may_sign(by, log.sitting):
        raise NotAllowed("not_allowed", _("只有在本场监考的人能在日志上签名。"))
    if not log.closed_at:
        raise Refused("not_closed", _("请先填写考场情况小结，再签名。"))
    signature, made = Signature.objects.get_or_create(
        log=log, user=by, defaults={"at": timezone.now()}
    )
    if made:
        audit.record(RoomEvent.SIGNED, log, by=by, within=log.sitting)
    return signature


def may_sign(user: Any, sitting: Sitting) -> bool:
    """Whoever agreed to watch this sitting; an examiner of the body does not sign for them."""
    called = sitting.invigilators.filter(user=user.pk, state=InvigilatorState.ACCEPTED)
    return called.exists()


def absentees(sitting: Sitting) -> list[Candidate]:
    """Who was not admitted and did not begin, in the order of the seats."""
    rows = sitting.candidates.exclude(pk__in=sitting.check_ins.entries().values("candidate"))
    rows = rows.exclude(attempt__started_at__isnull=False)
    return list(rows.select_related("person").order_by("seat"))


def _locked(sitting: Sitting) -> RoomLog:
    rows = RoomLog.objects.select_for_update(of=("self",)).select_related("sitting", "closed_by")
    log = rows.filter(sitting=sitting.pk).first()
    if log is None:
        raise Refused("not_open", _("还没有做开场检查。"))
    return log
