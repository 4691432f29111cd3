import string
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zhupei.core import tickets
from zhupei.core.tickets import BadTicket

SOON = timedelta(minutes=5)


def ticket(subject: int = 7, *, good_for: timedelta = SOON) -> str:
    return tickets.issue("test", subject, timezone.now() + good_for)


@pytest.mark.parametrize("subject", [0, 1, 2**63 - 1])
def test_a_ticket_names_its_subject(subject):
    assert tickets.read("test", ticket(subject)) == subject


def test_a_ticket_is_short_and_safe_in_an_address():
    assert len(ticket()) == 40
    assert set(ticket()) <= set(string.ascii_letters + string.digits + "-_")


def test_an_expired_ticket_says_so():
    with pytest.raises(BadTicket) as refusal:
        tickets.read("test", ticket(good_for=-timedelta(seconds=2)))

    assert refusal.value.code == "expired_ticket"


def test_a_ticket_of_another_purpose_gives_no_right():
    with pytest.raises(BadTicket) as refusal:
        tickets.read("another", ticket())

    assert refusal.value.code == "bad_ticket"


@pytest.mark.parametrize("place", range(40))
def test_a_ticket_altered_in_one_character_gives_no_right(place):
    genuine = ticket()
    other = "A" if genuine[place] != "A" else "B"

    with pytest.raises(BadTicket) as refusal:
        tickets.read("test", genuine[:place] + other + genuine[place + 1 :])

    assert refusal.value.code == "bad_ticket"


@given(st.text() | st.text(alphabet=string.ascii_letters, min_size=40, max_size=40))
def test_nothing_made_up_is_a_ticket(text):
    with pytest.raises(BadTicket):
        tickets.read("test", text)


def test_production_does_not_start_without_its_key(monkeypatch):
    tickets._key.cache_clear()
    monkeypatch.setenv("ZHUPEI_PRODUCTION", "1")
    monkeypatch.delenv("ZHUPEI_SECRET_KEY", raising=False)

    with pytest.raises(RuntimeError, match="ZHUPEI_SECRET_KEY"):
        ticket()
