"""The rehearsal begins as a sitting does: a sealed form for everybody, and a start with its key."""

import hashlib
import json
import re
import subprocess
import sys

import pytest
from cryptography.exceptions import InvalidTag
from django.urls import reverse

from zhupei.exams import sealing
from zhupei.exams.views import rehearsal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_build(monkeypatch):
    """The pages are asked without a build of the front end."""
    monkeypatch.setattr("zhupei.core.templatetags.assets._chunk", lambda source: {"file": source})


def given(page: str, name: str) -> dict:
    found = re.search(f'<script id="{name}" type="application/json">(.*?)</script>', page)
    assert found, name
    return json.loads(found[1])


def test_the_form_opens_with_the_key_of_the_start_and_with_no_other(client):
    door = given(client.get(reverse("sit:rehearsal")).content.decode(), "exam-door")
    fetched = client.get(door["form"]["url"])
    said = client.get(door["urls"]["start"]).json()

    assert hashlib.sha256(fetched.content).hexdigest() == door["form"]["sha256"] == said["form"]
    form = sealing.opened(sealing.raw(said["key"]), fetched.content)
    assert [place["stem"] for place in form["places"]] == [i["stem"] for i in rehearsal.ITEMS]
    assert sum(map(int, form["points"].values())) == 100
    with pytest.raises(InvalidTag):
        sealing.opened(sealing.form_key(0, 1), fetched.content)


def test_the_door_has_no_question_in_it_but_for_those_without_scripts(client):
    page = client.get(reverse("sit:rehearsal")).content.decode()

    stem = rehearsal.ITEMS[0]["stem"]
    assert stem not in re.sub("(?s)<noscript>.*?</noscript>", "", page)
    assert stem in page


def test_the_start_says_what_the_hot_process_says(client):
    said = client.get(reverse("sit:rehearsal-start")).json()
    other = client.get(reverse("sit:rehearsal-start")).json()

    assert said["code"] == "open"
    assert said["closes"] - said["now"] == 15 * 60_000
    assert {"opens", "started", "grace", "notice", "seed", "form", "key"} <= set(said)
    assert (said["key"], said["form"]) == (other["key"], other["form"])
    assert said["seed"] != other["seed"]


def test_another_name_is_no_form(client):
    gone = client.get(reverse("sit:rehearsal-form", args=["0" * 64]))
    kept = client.get(reverse("sit:rehearsal-form", args=[rehearsal.sealed().sha256]))

    assert gone.status_code == 404
    assert "public" in kept["Cache-Control"]


def test_a_browser_that_opens_nothing_sealed_gets_the_questions_with_the_page(client):
    page = client.get(reverse("sit:rehearsal"), {"long": "1"}).content.decode()

    assert len(given(page, "exam-rehearsal")["items"]) == len(rehearsal.ITEMS)
    assert "exam-door" not in page


def test_every_process_seals_it_alike():
    """Page, form and start are answered by any of several processes."""
    script = """
import hashlib, sys
from zhupei.exams import sealing
key, content = sealing.open_to_all({"places": ["一"], "points": {}})
sys.stdout.write(sealing.text(key) + hashlib.sha256(content).hexdigest())
"""
    ran = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert ran[0].stdout == ran[1].stdout
    assert ran[0].stdout
