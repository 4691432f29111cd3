"""A sitting that requires Safe Exam Browser opens in nothing else, except where a human said so."""

import hashlib
import plistlib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make_exams, make_invigilation
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import ParameterValue
from zhupei.invigilation.actions import safe_browser
from zhupei.invigilation.models import SafeBrowser, Waiver
from zhupei.invigilation.rules.safe_browser import config_key

BROWSER_KEY = "c" * 64


@pytest.fixture
def sitting(room):
    return make_invigilation.watched_sitting(room, room.adil, room.mayra)


@pytest.fixture
def rule(room, sitting):
    return safe_browser.require(sitting, by=room.chen)


@pytest.fixture
def door(room, sitting):
    return f"/exam/seat/{make_exams.seat_of(sitting, room.adil).pk}/"


def headers(settings, path, key, browser_key=None):
    """What Safe Exam Browser sends: computed here by hand."""

    def of(key):
        return hashlib.sha256(f"{settings.PUBLIC_URL}{path}{key}".encode()).hexdigest()

    sent = {"X-SafeExamBrowser-ConfigKeyHash": of(key)}
    if browser_key:
        sent["X-SafeExamBrowser-RequestHash"] = of(browser_key)
    return sent


def test_the_file_is_a_property_list_whose_key_is_the_one_kept(rule, sitting, settings):
    told = plistlib.loads(bytes(rule.config))

    assert told["startURL"] == f"{settings.PUBLIC_URL}/room/enter/{sitting.pk}/"
    assert told["sendBrowserExamKey"] is True
    assert told["hashedQuitPassword"] == hashlib.sha256(rule.quit_password.encode()).hexdigest()
    assert len(told["examKeySalt"]) == 32
    assert config_key(told) == rule.config_key
    assert told["removeLocalStorage"] is False  # an answer that waits must not be lost


def test_without_the_proof_the_door_stays_shut_and_says_what_to_do(room, rule, door, as_user):
    page = as_user(room.adil).get(door)

    assert page.status_code == 403
    text = page.content.decode()
    assert "请用安全考试浏览器" in text
    assert 'href="seb://' in text


def test_with_the_proof_it_opens(room, rule, door, as_user, settings):
    browser = as_user(room.adil)

    assert browser.get(door, headers=headers(settings, door, rule.config_key)).status_code == 200
    other = headers(settings, "/exam/seat/1/", rule.config_key)
    assert browser.get(door, headers=other).status_code == 403
    assert browser.get(door, headers=headers(settings, door, "0" * 64)).status_code == 403


def test_the_query_is_part_of_the_address(room, rule, door, as_user, settings):
    path = f"{door}?x=%E8%80%83&y=1"

    page = as_user(room.adil).get(path, headers=headers(settings, path, rule.config_key))

    assert page.status_code == 200


def test_the_paper_asks_too(room, sitting, rule, as_user, settings):
    with time_machine.travel(make_exams.during(sitting), tick=False):
        attempt = make_exams.started_attempt(sitting, room.adil)
        path = f"/exam/attempt/{attempt.pk}/"
        browser = as_user(room.adil)
        assert browser.get(path).status_code == 403
        assert browser.get(f"{path}ticket/").status_code == 403
        sent = headers(settings, path, rule.config_key)
        assert browser.get(path, headers=sent).status_code == 200


def test_where_keys_of_browsers_are_entered_one_of_them_is_proved(
    room, sitting, door, as_user, settings
):
    rule = safe_browser.require(sitting, by=room.chen, exam_keys=f"3.7.1: {BROWSER_KEY}")
    browser = as_user(room.adil)

    sent = headers(settings, door, rule.config_key)
    assert browser.get(door, headers=sent).status_code == 403
    sent = headers(settings, door, rule.config_key, "d" * 64)
    assert browser.get(door, headers=sent).status_code == 403
    sent = headers(settings, door, rule.config_key, BROWSER_KEY)
    assert browser.get(door, headers=sent).status_code == 200


def test_the_keys_of_the_region_count_everywhere(room, sitting, rule, door, as_user, settings):
    ParameterValue.objects.create(
        key="invigilation.exam_keys",
        value=f"3.7 {BROWSER_KEY}",
        valid_from=timezone.localdate(),
        source="厅通知",
        set_by_name="谷",
    )
    browser = as_user(room.adil)

    sent = headers(settings, door, rule.config_key)
    assert browser.get(door, headers=sent).status_code == 403
    sent = headers(settings, door, rule.config_key, BROWSER_KEY)
    assert browser.get(door, headers=sent).status_code == 200


def test_where_nothing_is_required_nothing_is_asked(room, sitting, door, as_user, rule):
    safe_browser.lift(sitting, by=room.chen)

    assert as_user(room.adil).get(door).status_code == 200
    assert safe_browser.require(sitting, by=room.chen).config_key == rule.config_key


def test_an_invigilator_lets_one_candidate_do_without(room, sitting, rule, door, as_user):
    seat = make_exams.seat_of(sitting, room.adil)
    with make_invigilation.before_the_start(sitting, 5):
        with refused("note_required"):
            safe_browser.waive(seat, by=room.nur, reason=" ")
        safe_browser.waive(seat, by=room.nur, reason="本机装不上")
        safe_browser.waive(seat, by=room.dong, reason="再按一次")
        with pytest.raises(NotAllowed):
            safe_browser.waive(seat, by=room.bai, reason="不是本场的")

    assert Waiver.objects.get().by == room.nur
    assert audit.own_history(seat).get().verb == "safe_browser.waived"
    assert as_user(room.adil).get(door).status_code == 200
    other = make_exams.seat_of(sitting, room.mayra)
    assert as_user(room.mayra).get(f"/exam/seat/{other.pk}/").status_code == 403


def test_the_file_is_fetched_with_a_ticket_and_without_a_login(room, sitting, rule, client):
    ticket = safe_browser.ticket(sitting)

    answer = client.get(f"/room/config/{ticket}/exam.seb")
    assert answer["Content-Type"] == "application/seb"
    assert answer.content == bytes(rule.config)
    forged = ("a" if ticket[-1] != "a" else "b").join([ticket[:-1], ""])
    assert client.get(f"/room/config/{forged}/exam.seb").status_code == 404
    with time_machine.travel(sitting.ends_at + timedelta(minutes=1), tick=False):
        assert client.get(f"/room/config/{ticket}/exam.seb").status_code == 404


def test_the_safe_browser_starts_at_ones_own_seat(room, sitting, door, as_user):
    assert as_user(room.adil).get(f"/room/enter/{sitting.pk}/")["Location"] == door
    assert as_user(room.sun).get(f"/room/enter/{sitting.pk}/").status_code == 404


def test_the_examiner_decides_before_the_start(room, sitting):
    with pytest.raises(NotAllowed):
        safe_browser.require(sitting, by=room.nur)
    with refused("keys_garbled"):
        safe_browser.require(sitting, by=room.chen, exam_keys="3.7.1: abc")
    with time_machine.travel(sitting.starts_at, tick=False):
        with refused("begun"):
            safe_browser.require(sitting, by=room.chen)
        with refused("begun"):
            safe_browser.lift(sitting, by=room.chen)
    assert not SafeBrowser.objects.exists()
