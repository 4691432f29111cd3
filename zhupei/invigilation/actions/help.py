"""A hand raised on the screen, and somebody who goes there."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.models import Candidate
from zhupei.invigilation.access import may_call
from zhupei.invigilation.actions.shared import check_invigilator, locked, named
from zhupei.invigilation.events import HelpEvent
from zhupei.invigilation.models import HelpCall
from zhupei.people.models import User

LONGEST = 200  # characters


@transaction.atomic
def call(candidate: Candidate, *, by: User, text: str = "") -> HelpCall:
    """Raise a hand. While one is up, raising it again only changes the words.

    Raises NotAllowed.
    """
    candidate = locked(candidate)
    if not may_call(by, candidate):
        raise NotAllowed("not_allowed", _("只有考生本人能举手。"))
    text = text.strip()[:LONGEST]
    open_call = candidate.help_calls.filter(answered_at__isnull=True).first()
    if open_call:
        if text and text != open_call.text:
            open_call.text = text
            open_call.save(update_fields=["text"])
        return open_call
    call = HelpCall.objects.create(
        sitting=candidate.sitting, candidate=candidate, text=text, at=timezone.now()
    )
    audit.record(
        HelpEvent.CALLED,
        candidate,
        by=by,
        within=candidate.sitting,
        note=text,
        **named(candidate),
    )
    return call


@transaction.atomic
def answer(call: HelpCall, *, by: User) -> HelpCall:
    """Somebody went there; the second one to press finds it answered.

    Raises NotAllowed.
    """
    row = (
        HelpCall.objects.select_for_update(of=("self",))
        .select_related("sitting", "candidate__person")
        .get(pk=call.pk)
    )
    check_invigilator(by, row.sitting)
    if row.answered_at:
        return row
    row.answered_at, row.answered_by = timezone.now(), by
    row.save(update_fields=["answered_at", "answered_by"])
    audit.record(
        HelpEvent.ANSWERED, row.candidate, by=by, within=row.sitting, **named(row.candidate)
    )
    return row
