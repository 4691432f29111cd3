"""Seats, doors, and the arithmetic of Safe Exam Browser, from plain values."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from zhupei.invigilation.rules.board import Facts, Limits, Seat, Shown, attention, seat
from zhupei.invigilation.rules.door import Entry, entry, same_ending
from zhupei.invigilation.rules.safe_browser import config_key, keys_in, proof, proves, quit_hash

NOW = 1_000_000.0
LIMITS = Limits(off_after=60, idle_after=300)
SHUT = Limits(off_after=60, idle_after=300, door_shut=True)
BEGUN = NOW - 1_000


@pytest.mark.parametrize(
    ("facts", "limits", "expected"),
    [
        (Facts(), LIMITS, Shown(Seat.EXPECTED)),
        (Facts(), SHUT, Shown(Seat.ABSENT)),
        (Facts(arrived=True), SHUT, Shown(Seat.ARRIVED)),
        (Facts(started=NOW), LIMITS, Shown(Seat.WRITING)),
        (Facts(started=NOW - 60), LIMITS, Shown(Seat.WRITING)),
        (Facts(started=NOW - 61), LIMITS, Shown(Seat.OFF, NOW - 61)),
        (Facts(started=BEGUN, saved=NOW - 5), LIMITS, Shown(Seat.WRITING)),
        (Facts(started=BEGUN, saved=NOW - 61), LIMITS, Shown(Seat.OFF, NOW - 61)),
        (Facts(started=BEGUN, saved=NOW - 61, heard=NOW - 9), LIMITS, Shown(Seat.WRITING)),
        (Facts(started=BEGUN, saved=NOW - 301, heard=NOW), LIMITS, Shown(Seat.IDLE, NOW - 301)),
        (Facts(started=BEGUN, heard=NOW), LIMITS, Shown(Seat.IDLE, BEGUN)),
        (Facts(started=BEGUN, paused=NOW - 7), LIMITS, Shown(Seat.PAUSED, NOW - 7)),
        (Facts(started=BEGUN, paused=NOW - 7, calling=NOW - 3), LIMITS, Shown(Seat.HAND, NOW - 3)),
        (Facts(arrived=True, calling=NOW - 3), LIMITS, Shown(Seat.HAND, NOW - 3)),
        (Facts(started=BEGUN, handed_in=NOW, calling=NOW), LIMITS, Shown(Seat.DONE, NOW)),
    ],
)
def test_a_seat_says_the_most_pressing_thing(facts, limits, expected):
    assert seat(facts, NOW, limits) == expected


def test_attention_goes_to_hands_first_and_to_the_longest_waiting():
    shown = [
        (1, Shown(Seat.WRITING)),
        (2, Shown(Seat.OFF, NOW - 10)),
        (3, Shown(Seat.HAND, NOW - 10)),
        (4, Shown(Seat.OFF, NOW - 90)),
        (5, Shown(Seat.HAND, NOW - 20)),
        (6, Shown(Seat.IDLE, NOW - 900)),
        (7, Shown(Seat.PAUSED, NOW - 900)),
        (8, Shown(Seat.DONE, NOW)),
    ]

    assert attention(shown) == [5, 3, 4, 2, 7, 6]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (-61, Entry.EARLY),
        (-60, Entry.OPEN),
        (0, Entry.OPEN),
        (0.1, Entry.LATE),
        (30, Entry.LATE),
        (30.1, Entry.SHUT),
    ],
)
def test_the_door_opens_an_hour_before_and_shuts_half_an_hour_after_the_start(minutes, expected):
    starts = datetime(2026, 11, 30, 2, tzinfo=UTC)
    now = starts + timedelta(minutes=minutes)

    assert entry(now, starts, timedelta(minutes=60), timedelta(minutes=30)) == expected


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("0013", True),
        (" 001３ ", True),
        ("650000199001010013", True),
        ("013", False),
        ("0014", False),
        ("", False),
    ],
)
def test_same_ending_compares_the_last_four(said, agrees):
    assert same_ending(said, "0013") is agrees


def test_same_ending_takes_a_small_x():
    assert same_ending("001x", "001X")


# ── Safe Exam Browser: the expected text is written by hand after its published description ──────

WORDS = (
    '{"allowQuit":true,"allowWLAN":false,"examKeySalt":"AAEC","hashedQuitPassword":"",'
    '"sebConfigPurpose":0,"startURL":"https://a.example/\\d+",'
    '"URLFilterRules":[{"action":1,"active":true,"expression":"考场.example/*","regex":false}]}'
)
SETTINGS = {
    "URLFilterRules": [
        {"regex": False, "expression": "考场.example/*", "active": True, "action": 1},
    ],
    "startURL": "https://a.example/\\d+",  # a backslash is not escaped
    "originatorVersion": "anything",
    "sebConfigPurpose": 0,
    "emptied": {},
    "examKeySalt": b"\x00\x01\x02",
    "hashedQuitPassword": "",
    "allowWLAN": False,
    "allowQuit": True,
}


def test_the_config_key_is_the_hash_of_the_sorted_settings():
    assert config_key(SETTINGS) == hashlib.sha256(WORDS.encode()).hexdigest()


def test_who_wrote_the_configuration_does_not_matter():
    other = {**SETTINGS, "originatorVersion": "SEB_Win_3.7.1"}

    assert config_key(other) == config_key(SETTINGS)
    assert config_key({**SETTINGS, "allowQuit": False}) != config_key(SETTINGS)


def test_dates_and_nested_lists_are_written_as_published():
    when = datetime(1940, 10, 9, 22, 13, 56, tzinfo=UTC)
    words = '{"a":["x",[1]],"b":"1940-10-09T22:13:56Z"}'

    assert config_key({"b": when, "a": ["x", [1]]}) == hashlib.sha256(words.encode()).hexdigest()


# printf 'https://exam.example/exam/seat/7/%s' "$(printf quiz | sha256sum | cut -c-64)" | sha256sum
KEY = "9d98ce221dd52eccf27cad6a01bcd49b14d3d718a9eeeb3be94f0e231a5787ae"
ADDRESS = "https://exam.example/exam/seat/7/"
HEADER = "74ec3c8e8665b0829a365a6cc0ed414358f1e530403e18f959dbbdfcb87d9ed0"


def test_a_proof_is_of_one_address_and_one_key():
    assert hashlib.sha256(b"quiz").hexdigest() == KEY
    assert proof(ADDRESS, KEY) == HEADER
    assert proof(f"{ADDRESS}#top", KEY) == HEADER
    assert proves(HEADER.upper(), ADDRESS, ["0" * 64, KEY])
    assert not proves(HEADER, f"{ADDRESS}?x=1", [KEY])
    assert not proves(HEADER, ADDRESS, ["0" * 64])
    assert not proves("", ADDRESS, [KEY])
    assert not proves("考", ADDRESS, [KEY])
    assert not proves(HEADER, ADDRESS, [])


def test_keys_are_found_in_what_people_write():
    text = f"3.7.1 Windows 64 位： {KEY.upper()}\n3.6 {'a' * 63}\n{'b' * 64}，"

    assert keys_in(text) == [KEY, "b" * 64]
    assert keys_in("") == []


def test_the_quit_password_is_kept_as_its_hash():
    assert quit_hash("quiz") == KEY
