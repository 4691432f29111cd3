"""Looking: begun, going on, ended with what was seen. The room sees each of them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.live import hooks
from zhupei.live.access import may_end, may_look
from zhupei.live.events import LookEvent
from zhupei.live.models import Look, Outcome, Room
from zhupei.live.parameters import LINK_MINUTES, SILENCE_MINUTES
from zhupei.organizations.models import Interest
from zhupei.people.models import User

SUBJECTS = ("room__training_class", "room__sitting", "room__session")


@transaction.atomic
def open(room: Room, *, by: User) -> Look:  # noqa: A001 - the noun is the module's
    """Begin to look; whoever looks already goes on with the same look.

    Raises NotAllowed; Refused "withdrawn", "must_stay_away" (a declared tie).

    Source: Measures, art. 6.
    """
    rows = Room.objects.select_for_update(of=("self",)).select_related("organization")
    row = rows.get(pk=room.pk)
    if not may_look(by, row):
        raise NotAllowed("not_allowed", _("由属地住建局和自治区住建厅的人远程查看。"))
    if row.withdrawn_at is not None:
        raise Refused("withdrawn", _("这个登记已经撤下，没有画面可看。"))
    today = timezone.localdate()
    if Interest.objects.between([by.pk], [row.organization_id], today):
        raise Refused(
            "must_stay_away",
            _("您申报过与“%(name)s”的利害关系，请由别的人查看。"),
            name=row.organization,
        )
    now = timezone.now()
    going_on = Look.objects.open().filter(room=row, by=by.pk).first()
    if going_on is not None:
        Look.objects.filter(pk=going_on.pk).update(seen_at=now)
        going_on.seen_at = now
        return going_on
    authority = by.acting.organization
    look = Look.objects.create(room=row, by=by, authority=authority, opened_at=now, seen_at=now)
    audit.record(LookEvent.OPENED, look, by=by, within=row.subject, authority=str(authority))
    return look


def still_there(look: Look, *, by: User) -> bool:
    """The page of a look says that somebody is at it. False when the look is over."""
    if not may_end(by, look):
        raise NotAllowed("not_allowed", _("这是别人的查看。"))
    return bool(Look.objects.open().filter(pk=look.pk).update(seen_at=timezone.now()))


@transaction.atomic
def close(look: Look, *, by: User, outcome: str, note: str = "") -> Look:
    """End it, saying what was seen. The link is good for nothing from now on. What the clock ended
    may still be told about, once.

    Raises NotAllowed; Refused "look_closed", "outcome_required", "note_required" unless all was
    well.
    """
    row = _locked(look)
    if not may_end(by, row):
        raise NotAllowed("not_allowed", _("由开始查看的人结束查看。"))
    if row.outcome:
        raise Refused("look_closed", _("这次查看已经结束，看到的情况也写过了。"))
    if outcome not in Outcome.values:
        raise Refused("outcome_required", _("请选择看到的情况。"), field="outcome")
    if outcome != Outcome.FINE and not note.strip():
        raise Refused("note_required", _("请写一句看到了什么。"), field="note")
    if row.closed_at is None:
        row.closed_at = row.seen_at = timezone.now()
    row.outcome, row.note = outcome, note.strip()
    row.save(update_fields=["closed_at", "seen_at", "outcome", "note"])
    said = str(row.get_outcome_display())
    audit.record(
        LookEvent.CLOSED,
        row,
        by=by,
        within=row.room.subject,
        outcome=said,
        note=row.note,
        minutes=row.minutes,
    )
    return row


def close_silent() -> int:
    """By the clock: end the looks whose page is gone, at the moment it was last heard of."""
    bound = timezone.now() - timedelta(minutes=value(SILENCE_MINUTES))
    return sum(_went_away(look) for look in Look.objects.silent_since(bound))


@transaction.atomic
def _went_away(look: Look) -> bool:
    row = _locked(look)
    if row.closed_at is not None or row.seen_at != look.seen_at:
        return False
    row.closed_at = row.seen_at
    row.save(update_fields=["closed_at"])
    audit.record(LookEvent.WENT_AWAY, row, by=None, within=row.room.subject, watcher=str(row.by))
    return True


def address(look: Look) -> str:
    """Where the browser of this look finds the pictures, for a while."""
    until = timezone.now() + timedelta(minutes=value(LINK_MINUTES))
    return hooks.playlist(look.room.stream, hooks.ticket(look.pk, until))


def _locked(look: Look) -> Look:
    rows = Look.objects.select_for_update(of=("self",))
    return rows.select_related("by", "authority", *SUBJECTS).get(pk=look.pk)
