"""Words to every screen of a sitting, or to one.

The page of a candidate learns from its next look at the clock that there is something to read, and
fetches it. Source: Measures, art. 20.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.exams.actions import room
from zhupei.exams.models import Candidate, Sitting, State
from zhupei.invigilation.actions.shared import check_invigilator, named
from zhupei.invigilation.events import RoomEvent
from zhupei.invigilation.models import Notice
from zhupei.people.models import User

TWICE = timedelta(seconds=30)  # the same words again this soon are a second press


@transaction.atomic
def announce(
    sitting: Sitting, *, by: User, text: str, candidate: Candidate | None = None
) -> Notice:
    """Say something to all, or to one. The same words pressed twice are said once.

    Raises NotAllowed; Refused "not_now" before the sealing and after the end, "text_required",
    "other_sitting".

    Source: Measures, art. 20.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    check_invigilator(by, sitting)
    text = text.strip()
    if not text:
        raise Refused("text_required", _("请写通知内容。"), field="text")
    if sitting.state != State.SEALED:
        raise Refused("not_now", _("封卷之后、结束之前才能向考生发通知。"))
    if candidate is not None and candidate.sitting_id != sitting.pk:
        raise Refused("other_sitting", _("这名考生不在本场。"), field="candidate")
    now = timezone.now()
    said = {"sitting": sitting, "candidate": candidate, "text": text}
    again = Notice.objects.filter(**said, at__gte=now - TWICE).first()
    if again:
        return again
    notice = Notice.objects.create(**said, by=by, at=now)
    heard = room.notice(sitting)
    if candidate is None:
        audit.record(RoomEvent.ANNOUNCED, notice, by=by, within=sitting, text=text, count=heard)
    else:
        audit.record(RoomEvent.TOLD, notice, by=by, within=sitting, text=text, **named(candidate))
    return notice


def said_to(candidate: Candidate) -> list[Notice]:
    """What this candidate is to read, the oldest first."""
    return list(Notice.objects.to(candidate))
