"""What the media server asks: may this camera send, may this one watch; and what it tells."""

import hmac
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.live import hooks
from zhupei.live.actions.rooms import is_running
from zhupei.live.events import RoomEvent
from zhupei.live.models import Broadcast, Look, Room, Way

NEWS = timedelta(seconds=15)  # a player asks every two seconds; that it did is noted so often
SUBJECTS = ("training_class", "sitting", "session")


@transaction.atomic
def begin(stream: str, *, key: str, client: str) -> Broadcast:
    """A camera asks to send.

    Raises NotAllowed "no_such_stream", "bad_key", "key_over", "not_in_effect". The media server
    itself turns away a second camera of the same stream.
    """
    rows = Room.objects.select_for_update(of=("self",)).select_related(*SUBJECTS)
    room = rows.filter(stream=stream, way=Way.STREAM, withdrawn_at=None).first()
    if room is None:
        raise NotAllowed("no_such_stream", _("没有登记过这一路画面。"))
    if not hmac.compare_digest(room.key.encode(), key.encode()):
        raise NotAllowed("bad_key", _("推流密钥不对，请到登记页面重新复制。"))
    now = timezone.now()
    if now >= room.key_until:
        raise NotAllowed("key_over", _("推流密钥已过期，请在登记页面换一个。"))
    if not is_running(room.subject):
        raise NotAllowed("not_in_effect", _("班级或场次已结束或暂停，不接收画面。"))
    room.broadcasts.filter(ended_at=None).update(ended_at=now)  # its end was never told
    made = Broadcast.objects.create(room=room, client=client[:20], began_at=now)
    audit.record(RoomEvent.ON_AIR, room, by=None, within=room.subject)
    return made


@transaction.atomic
def end(stream: str, *, client: str) -> Broadcast | None:
    """A camera stopped, or its line broke. Told twice, or of one turned away, it is nothing."""
    rows = Broadcast.objects.select_for_update(of=("self",)).filter(
        room__stream=stream, client=client[:20], ended_at=None
    )
    row = rows.select_related(*(f"room__{name}" for name in SUBJECTS)).first()
    if row is None:
        return None
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    minutes = round((row.ended_at - row.began_at).total_seconds() / 60)
    audit.record(RoomEvent.OFF_AIR, row.room, by=None, within=row.room.subject, minutes=minutes)
    return row


def may_watch(stream: str, *, ticket: str) -> bool:
    """May the bearer of a ticket have these pictures: the look is theirs, of this room, and still
    open. That they asked is noted: so the room knows whether anybody is there.
    """
    pk = hooks.look_of(ticket)
    if pk is None:
        return False
    look = Look.objects.open().filter(pk=pk, room__stream=stream, room__withdrawn_at=None).first()
    if look is None:
        return False
    now = timezone.now()
    if now - look.seen_at > NEWS:
        Look.objects.open().filter(pk=pk, seen_at__lt=now).update(seen_at=now)
    return True
