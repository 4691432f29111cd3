"""Builders for looking into rooms: registered ones, looks, pictures."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.test import override_settings
from django.utils import timezone

from tests import make_classes, make_pictures
from zhupei.classes.models import TrainingClass
from zhupei.core import files
from zhupei.live.actions import looks, rooms, snapshots
from zhupei.live.actions.rooms import Details
from zhupei.live.models import Look, Room, Snapshot
from zhupei.people.models import User

LINK = "https://meeting.example.com/dm/Zp8Kx2"
MEETING = Details("meeting", LINK, "246810", "摄像头在教室后方")
STREAM = Details("stream")
RTMP, HLS = "rtmp://live.example.org:1935/room", "https://live.example.org/hls"
JPEG = make_pictures.jpeg(size=(64, 36))


def meeting(world: SimpleNamespace, **values: Any) -> Room:
    """A class in effect whose institution registered the link of a meeting."""
    held = make_classes.approved_class(world, **values)
    return rooms.register(held, MEETING, by=world.aygul)


def stream(world: SimpleNamespace, **values: Any) -> Room:
    """A class in effect whose room sends its picture."""
    held = make_classes.approved_class(world, **values)
    with override_settings(LIVE_RTMP_URL=RTMP):
        return rooms.register(held, STREAM, by=world.aygul)


def look(world: SimpleNamespace, room: Room | None = None, *, by: User | None = None) -> Look:
    return looks.open(room or meeting(world), by=by or world.li)


def picture(name: str = "frame.jpg") -> ContentFile[bytes]:
    return ContentFile(JPEG, name)


def snapshot(seen: Look) -> Snapshot:
    return snapshots.take(seen, picture(), by=seen.by)


SITE_PEOPLE = {
    "live": "li",
    "live:renew": "aygul",
    "live:withdraw": "aygul",
    "live:class": "aygul",
    "live:sitting": "chen",
    "live:session": "chen",
    **dict.fromkeys(
        [f"live:server-{name}" for name in ("publish", "unpublish", "play", "fragment")]
    ),
}
SITE_OBJECTS = {
    "live": {"pk": "live_room"},
    "live:class": {"pk": "live_class"},
    "live:sitting": {"pk": "sitting"},
    "live:session": {"pk": "practical_session"},
    **{
        f"live:{name}": {"pk": "live_look"}
        for name in ("look", "there", "close", "snapshot", "shoot")
    },
    "live:picture": {"pk": "live_snapshot"},
    "live:hold": {"pk": "live_snapshot"},
}
MACHINES = {
    f"live:server-{name}": "the secret of the media server; see tests/live/test_server.py"
    for name in ("publish", "unpublish", "play", "fragment")
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A room Li looks into, with a picture of it."""
    room = stream(world, starts_on=timezone.localdate() + timedelta(days=50))
    seen = look(world, room)
    return {
        "live_room": room,
        "live_class": room.training_class,
        "live_look": seen,
        "live_snapshot": snapshot(seen),
    }


def grow(things: dict[str, Any], classes: list[TrainingClass], wanted: int) -> None:
    """More rooms, more looks into the one of the site, more pictures of its look."""
    room = Room.objects.get(pk=things["live_room"])
    Room.objects.bulk_create(
        Room(
            training_class=one,
            organization=room.organization,
            prefecture=room.prefecture,
            division=room.division,
            way="meeting",
            link=LINK,
            key_until=room.key_until,
        )
        for one in classes
    )
    seen = Look.objects.get(pk=things["live_look"])
    times = {"opened_at": seen.opened_at, "seen_at": seen.seen_at, "closed_at": seen.seen_at}
    Look.objects.bulk_create(
        Look(room=room, by=seen.by, authority=seen.authority, **times) for _ in range(wanted)
    )
    Snapshot.objects.bulk_create(
        Snapshot(
            look=seen,
            file=files.keep(JPEG, name="frame.jpg", media_type="image/jpeg", by=seen.by),
            sha256="0" * 64,
            source="player",
            taken_at=seen.seen_at,
            keep_until=timezone.localdate(),
        )
        for _ in range(wanted)
    )
