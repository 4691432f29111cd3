"""The words of a page: hours, times, masks, icons, bars."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from zhupei.core.templatetags import assets, ui


@pytest.mark.parametrize(
    ("seconds", "number"),
    [(0, "0"), (2700, "1"), (27000, "10"), (6750, "2.5"), (2699, "0.99"), (None, "—")],
)
def test_hours_are_never_rounded_up_to_a_requirement(seconds, number):
    assert ui.hours_number(seconds) == number


@time_machine.travel(datetime(2026, 3, 18, 4, 0, tzinfo=UTC))
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 18, 9, 30, tzinfo=UTC), "3月18日 17:30"),
        (datetime(2026, 3, 17, 16, 0, tzinfo=UTC), "3月18日 00:00"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025年12月31日 23:59"),
        (date(2026, 3, 18), "3月18日"),
        (None, "—"),
    ],
)
def test_moments_are_told_in_beijing_time(moment, words):
    assert ui.beijing(moment) == words


def test_a_name_breaks_after_its_dot_only():
    parts = '<span class="nowrap">阿迪力·</span><wbr><span class="nowrap">吾守尔</span>'

    assert ui.breaking("阿迪力·吾守尔") == parts
    assert ui.breaking("<b>") == '<span class="nowrap">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("number", "shown"),
    [("650000199001010013", "6500**********0013"), ("12345678", "********"), ("", "—")],
)
def test_a_masked_number_shows_its_ends_only(number, shown):
    assert ui.masked(number) == shown


def test_an_icon_is_decoration_unless_it_is_given_words():
    assert 'aria-hidden="true"' in ui.icon("clock")
    assert 'aria-label="到&lt;期"' in ui.icon("clock", "到<期")


def test_a_bar_says_what_is_missing_and_where_the_requirement_is():
    unit = {"label": "1", "theory": 2700, "online": 0, "practice": 5400, "required": 10800}

    [bar] = ui.hours_bars([unit])["bars"]

    assert (bar.short, bar.over, bar.tick) == (2700, 0, 980)
    assert [(s.kind, s.start) for s in bar.stretches] == [
        ("theory", 0),
        ("online", 245),
        ("practice", 245),
    ]


def test_moves_fill_only_open_ones_and_say_why_one_is_blocked():
    moves = [
        {"name": "approve", "label": "通过", "tone": "primary", "blocked": "预检不符 2"},
        {"name": "return", "label": "退回补正", "tone": "primary", "needs_note": True},
    ]

    html = Template('{% include "core/_moves.html" %}').render(
        Context({"moves": moves, "base_url": "/classes/1/"})
    )

    approve, send_back = html.split('class="move move-primary"')
    assert "btn-primary" not in approve
    assert "btn-primary" in send_back
    assert "预检不符 2" in html
    assert 'action="/classes/1/return/"' in html
    assert 'action="/classes/1/approve/"' not in html


def test_a_missing_entry_says_what_the_build_has():
    with pytest.raises(ImproperlyConfigured, match=r"site/main\.ts"):
        assets.vite("nowhere")
