"""What the media server asks, and what it is told."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make_live
from zhupei.classes.actions import freezing
from zhupei.core import audit
from zhupei.live import hooks
from zhupei.live.actions import looks, rooms
from zhupei.live.models import Broadcast

pytestmark = pytest.mark.django_db


def ask(word: str, *, secret: str | None = None, **said: str) -> int:
    """The status the media server is answered with."""
    shown = hooks.secret() if secret is None else secret
    client = Client(headers={hooks.HEADER: shown}, enforce_csrf_checks=True)
    return client.post(reverse(f"live:server-{word}"), said).status_code


def fragment(stream: str, ticket: str) -> int:
    headers = {hooks.HEADER: hooks.secret(), "X-Zhupei-Ticket": ticket, "X-Zhupei-Stream": stream}
    return Client(headers=headers).get(reverse("live:server-fragment")).status_code


def publish(room, **said: str) -> int:
    return ask("publish", **({"name": room.stream, "key": room.key, "clientid": "7"} | said))


def later():
    """A day on which the rooms and teachers of the first class are free."""
    return timezone.localdate() + timedelta(days=20)


def ticket_of(look) -> str:
    return looks.address(look).split("/")[-3]


def test_a_camera_with_the_key_is_let_in_and_its_end_is_noted(world):
    room = make_live.stream(world)

    assert publish(room) == 204
    with time_machine.travel(timezone.now() + timedelta(minutes=45), tick=False):
        assert ask("unpublish", name=room.stream, clientid="7") == 204
        assert ask("unpublish", name=room.stream, clientid="7") == 204  # told twice

    on_air = Broadcast.objects.get()
    assert on_air.ended_at - on_air.began_at >= timedelta(minutes=45)
    verbs = list(audit.own_history(room).values_list("verb", flat=True))
    assert verbs == ["room.registered", "room.on_air", "room.off_air"]


def test_a_wrong_key_an_unknown_stream_and_a_meeting_are_turned_away(world):
    room, meeting = make_live.stream(world), make_live.meeting(world, starts_on=later())

    assert publish(room, key="x" * 26) == 403
    assert publish(room, key="") == 403
    assert publish(room, name="nosuchstream") == 403
    assert publish(meeting) == 403
    assert not Broadcast.objects.exists()


def test_a_key_ends(world):
    room = make_live.stream(world)

    with time_machine.travel(room.key_until, tick=False):
        assert publish(room) == 403


def test_a_renewed_key_and_a_withdrawn_room_let_the_old_one_in_no_more(world):
    room = make_live.stream(world)
    rooms.renew_key(room, by=world.aygul)
    assert publish(room) == 403
    room.refresh_from_db()
    rooms.withdraw(room, by=world.aygul, note="换教室")

    room.refresh_from_db()
    assert publish(room) == 403


def test_nothing_is_taken_from_a_frozen_class(world):
    room = make_live.stream(world)
    freezing.freeze_all(world.school, by=world.gu, note="核查")

    assert publish(room) == 403


def test_a_broadcast_whose_end_was_never_told_ends_with_the_next(world):
    room = make_live.stream(world)
    publish(room, clientid="1")

    assert publish(room, clientid="2") == 204

    assert [one.client for one in room.broadcasts.filter(ended_at=None)] == ["2"]
    assert ask("unpublish", name=room.stream, clientid="1") == 204
    assert room.broadcasts.filter(ended_at=None).exists()


def test_pieces_are_for_the_look_they_were_opened_for(world):
    room, other = make_live.stream(world), make_live.stream(world, starts_on=later())
    look = make_live.look(world, room)
    ticket = ticket_of(look)

    assert fragment(room.stream, ticket) == 204
    assert fragment(other.stream, ticket) == 403
    assert (
        fragment(room.stream, ticket[:-4] + ("BBBB" if ticket.endswith("AAAA") else "AAAA")) == 403
    )
    assert fragment(room.stream, "") == 403
    assert ask("play", name=room.stream, ticket=ticket) == 204
    assert ask("play", name=room.stream, ticket="x") == 403
    assert ask("play", name=room.stream) == 403


def test_a_link_ends_with_its_time_and_with_its_look(world):
    look = make_live.look(world, make_live.stream(world))
    stream, ticket = look.room.stream, ticket_of(look)

    with time_machine.travel(timezone.now() + timedelta(hours=3, seconds=1), tick=False):
        assert fragment(stream, ticket) == 403
    looks.close(look, by=world.li, outcome="fine")
    assert fragment(stream, ticket) == 403


def test_asking_for_pieces_says_that_somebody_is_there(world):
    look = make_live.look(world, make_live.stream(world))
    ticket, later = ticket_of(look), timezone.now() + timedelta(minutes=3)

    with time_machine.travel(later, tick=False):
        assert fragment(look.room.stream, ticket) == 204

    look.refresh_from_db()
    assert look.seen_at == later


@pytest.mark.parametrize("word", ["publish", "unpublish", "play"])
def test_whoever_does_not_show_the_secret_is_told_nothing(world, word):
    room = make_live.stream(world)

    for secret in ("", "x", "密"):
        assert ask(word, secret=secret.encode().decode("latin-1"), name=room.stream) == 403
    assert Client().get(reverse("live:server-fragment")).status_code == 403
    assert not Broadcast.objects.exists()
