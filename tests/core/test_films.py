"""Films lose what the camera wrote into them, and nothing else."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.core import films


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def test_a_film_forgets_where_it_was_taken_and_no_byte_moves():
    place = box(b"udta", box(b"\xa9xyz", b"+43.8256+087.6168/"))
    keys = box(b"meta", b"com.apple.quicktime.location.ISO6709")
    track = box(b"trak", box(b"tkhd", bytes(4)), place)
    film = box(b"ftyp", b"mp42") + box(b"moov", place, keys, track) + box(b"mdat", b"udta")
    held = io.BytesIO(film)

    assert films.hide_place(held)

    after = held.getvalue()
    assert len(after) == len(film)
    assert after.count(b"free") == 3
    assert b"43.8256" not in after
    assert b"ISO6709" not in after
    assert after.endswith(box(b"mdat", b"udta"))
    assert not films.hide_place(io.BytesIO(after))


@pytest.mark.parametrize("film", [b"", b"\x00", b"\x00\x00\x00\x01moov" + bytes(8), b"\xff" * 40])
def test_what_is_no_film_is_left_alone(film):
    held = io.BytesIO(film)

    assert not films.hide_place(held)
    assert held.getvalue() == film


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(content):
    held = io.BytesIO(content)
    films.hide_place(held)
    assert len(held.getvalue()) == len(content)
