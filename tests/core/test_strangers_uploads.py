"""Large files of people without an account: a ticket, a limit, and nobody's name beside them."""

import base64
import struct
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from tests import make, make_pictures
from tests.core.test_uploads import MP4, headers, patched
from tests.refusals import refused
from zhupei.core import files, pictures, uploads
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Upload
from zhupei.core.parameters import STRANGERS_UPLOADS
from zhupei.core.upload_field import LargeFileField, kept

MB = files.MEGABYTE
GPS = b"GPSLatitude 43.8256 87.6168"
FILM = (
    struct.pack(">I4s", 16, b"ftyp") + b"mp42mp42" + struct.pack(">I4s", 8 + 8 + len(GPS), b"moov")
)
FILM += struct.pack(">I4s", 8 + len(GPS), b"udta") + GPS


def announced(client: Client, size: int, name: str = "证据.mp4", ticket: str | None = None):
    said = {"filename": name} | ({} if ticket is None else {"ticket": ticket})
    coded = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
    return client.post("/uploads/", headers=headers(Upload_Length=size, Upload_Metadata=coded))


def test_a_stranger_with_a_ticket_sends_a_film_over_a_bad_line(db):
    client = Client()
    url = announced(client, len(MP4), ticket=uploads.ticket(MB))["Location"]
    patched(client, url, 0, MP4[:4000])

    assert client.head(url)["Upload-Offset"] == "4000"
    assert patched(client, url, 4000, MP4[4000:]).status_code == 204

    stored = kept(UUID(url.split("/")[-2]), by=None)
    assert stored.stored_by_id is None
    assert files.read(stored) == MP4


def test_two_hundred_megabytes_are_refused_before_a_byte_is_sent(db):
    answer = announced(Client(), 200 * MB, ticket=uploads.ticket(100 * MB))

    assert answer.status_code == 422
    assert "200 MB" in answer.content.decode()
    assert "100 MB" in answer.content.decode()
    assert not Upload.objects.exists()


def test_the_same_film_goes_on_where_it_broke_when_the_limit_allows_it(db):
    client = Client()
    url = announced(client, 200 * MB, ticket=uploads.ticket(300 * MB))["Location"]
    patched(client, url, 0, MP4)

    assert Client().head(url)["Upload-Offset"] == str(len(MP4))


@pytest.mark.parametrize("ticket", ["", "x", "eyJ9:1t", uploads.TICKET])
def test_without_a_ticket_of_ours_strangers_are_asked_to_sign_in(db, ticket):
    assert announced(Client(), 100, ticket=ticket).status_code == 302


def test_an_old_ticket_is_none(db):
    ticket = uploads.ticket(MB)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert uploads.allowed_by(ticket) is None
    assert uploads.allowed_by(ticket) == MB


def test_so_many_files_an_hour_and_no_more(db):
    make.parameter_value(STRANGERS_UPLOADS, 2, make.LONG_AGO)
    client, ticket = Client(), uploads.ticket(MB)
    answers = [announced(client, 100, ticket=ticket) for _n in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert "过一会儿" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("表格.xlsx", 100, "file_kind"),
        ("页面.html", 100, "file_kind"),
        ("图.svg", 100, "file_kind"),
        ("照片.jpg", 21 * MB, "file_too_large"),
    ],
)
def test_strangers_hand_in_pictures_papers_and_recordings_only(db, name, size, code):
    with refused(code):
        uploads.begin(name, size, by=None, limit=100 * MB)


def test_a_program_that_calls_itself_a_film_is_refused(db):
    program = b"MZ\x90\x00" + bytes(100)
    upload = uploads.begin("证据.mp4", len(program), by=None)
    with refused("file_disguised"):
        uploads.append(upload, 0, program, by=None)


def test_a_film_sent_in_parts_forgets_where_it_was_taken(db):
    upload = uploads.begin("证据.mp4", len(FILM), by=None)
    stored = uploads.take(uploads.append(upload, 0, FILM, by=None), by=None)

    film = bytearray(FILM)
    film[28:] = b"free" + bytes(len(GPS))  # empty space
    assert files.read(stored) == bytes(film)


def test_the_film_of_somebody_known_forgets_it_too(world):
    upload = uploads.begin("考场.mp4", len(FILM), by=world.aygul)
    in_parts = uploads.take(uploads.append(upload, 0, FILM, by=world.aygul), by=world.aygul)
    whole = kept(ContentFile(FILM, "考场.mp4"), by=world.aygul)

    assert GPS not in files.read(in_parts)
    assert in_parts.sha256 == whole.sha256
    assert whole.stored_by_id == world.aygul.pk


def test_a_film_sent_whole_forgets_it_too_and_nobody_is_named(db):
    stored = kept(ContentFile(FILM, "证据.mp4"), by=None)

    assert GPS not in files.read(stored)
    assert stored.stored_by_id is None


@pytest.mark.parametrize("in_parts", [True, False])
def test_a_picture_of_a_stranger_is_drawn_anew(db, in_parts):
    photo = make_pictures.jpeg()
    found = ContentFile(photo, "照片.jpg")
    if in_parts:
        upload = uploads.begin("照片.jpg", len(photo), by=None)
        found = uploads.append(upload, 0, photo, by=None).pk
    stored, removed = pictures.kept(found, by=None)

    assert "gps" in removed
    assert stored.stored_by_id is None
    assert b"GPS" not in files.read(stored)


def test_an_account_does_not_take_what_a_stranger_sent_nor_the_other_way_round(world):
    strangers = uploads.append(uploads.begin("a.mp4", len(MP4), by=None), 0, MP4, by=None)
    own = uploads.append(uploads.begin("a.mp4", len(MP4), by=world.ma), 0, MP4, by=world.ma)

    with pytest.raises(NotAllowed):
        uploads.take(strangers, by=world.ma)
    with pytest.raises(NotAllowed):
        uploads.take(own, by=None)


def test_the_field_of_a_public_form_carries_ticket_and_limit(db):
    field = LargeFileField(label="录像", required=False)
    field.widget.limit = 100 * MB

    drawn = field.widget.render("film", None, {})

    assert f'data-limit="{100 * MB}"' in drawn
    assert "超过 100 MB" in drawn
    assert "data-ticket=" in drawn
    assert "data-ticket=" not in LargeFileField().widget.render("film", None, {})


def test_a_film_that_has_arrived_is_kept_when_the_form_comes_back(db):
    key = "5f0f2a5e-8d5c-4f0e-9f39-1f1d8f2f0a11"
    assert f'value="{key}"' in LargeFileField().widget.render("film", key, {})
