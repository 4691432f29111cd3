"""The door before the start, and the sealed forms that are fetched there."""

import hashlib
import json
import re

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.urls import reverse

from tests import make_exams
from tests.exams.test_views import no_build, page, words  # noqa: F401 - a fixture among them
from zhupei.exams import sealing
from zhupei.exams.actions import sittings


@pytest.fixture
def sitting(world):
    return make_exams.sealed_sitting(world)


@pytest.fixture
def seat(world, sitting):
    return make_exams.seat_of(sitting, world.adil)


def door_of(response):
    found = re.search(r'<script id="exam-door"[^>]*>(.*?)</script>', words(response))
    return json.loads(found[1]) if found else None


def test_the_door_brings_what_the_start_needs_and_nothing_of_the_form(
    world, sitting, seat, as_user
):
    shown = page(as_user(world.adil), "sit:door", seat.pk)

    door = door_of(shown)
    attempt = make_exams.attempt_of(sitting, world.adil)
    assert door["form"]["sha256"] == attempt.paper.sealed_sha256
    assert (door["attempt"], door["begun"]) == (attempt.pk, False)
    assert door["opens"] == int(sitting.starts_at.timestamp() * 1000)
    assert sealing.raw(door["carry"]["key"]) == sealing.public_half(sitting.pk)
    assert not {"key", "seed", "items"} & set(door)
    assert attempt.seed not in words(shown)


def test_a_sealed_form_is_for_every_cache_and_opens_with_its_key_alone(world, sitting, client):
    paper = make_exams.paper_of(sitting, 2)
    address = reverse("sit:form", args=[paper.sealed_sha256])

    fetched = client.get(address)
    again = client.get(address, headers={"If-None-Match": fetched["ETag"]})

    assert "immutable" in fetched["Cache-Control"]
    assert "public" in fetched["Cache-Control"]
    assert not {"Vary", "Set-Cookie"} & set(fetched.headers)
    assert again.status_code == 304
    assert hashlib.sha256(fetched.content).hexdigest() == paper.sealed_sha256
    assert "第".encode() not in fetched.content
    opened = sealing.opened(sealing.form_key(sitting.pk, 2), fetched.content)
    assert opened["places"] == paper.places
    with pytest.raises(InvalidTag):
        sealing.opened(sealing.form_key(sitting.pk, 1), fetched.content)
    with pytest.raises(InvalidTag):
        sealing.opened(sealing.marking_key(sitting.pk, 2), fetched.content)


def test_the_form_of_a_sitting_that_was_called_off_is_no_page(world, sitting, client):
    address = reverse("sit:form", args=[make_exams.paper_of(sitting).sealed_sha256])
    sittings.cancel(sitting, by=world.chen, note="停电")

    assert client.get(address).status_code == 404
    assert client.get(reverse("sit:form", args=["0" * 64])).status_code == 404


def test_nothing_of_a_form_stands_in_the_table_in_plain(sitting):
    with connection.cursor() as cursor:
        cursor.execute("SELECT exams_paper::text FROM exams_paper")
        rows = "".join(row for (row,) in cursor.fetchall())

    stem = make_exams.paper_of(sitting).places[0]["stem"]
    assert stem not in rows
    assert stem.encode().hex() not in rows


def test_who_has_not_begun_is_still_at_the_door(world, sitting, seat, as_user):
    attempt = make_exams.attempt_of(sitting, world.adil)
    client = as_user(world.adil)

    for name in ("sit:paper", "sit:result"):
        assert page(client, name, attempt.pk).url == reverse("sit:door", args=[seat.pk])
