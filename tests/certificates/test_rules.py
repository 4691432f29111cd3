"""Numbers, hours, and how much strangers see."""

import pytest

from zhupei.certificates.rules import Sight, place_in, series, sight, tidy_number, whole_hours


def test_a_number_names_year_and_prefecture():
    assert series(2026, "652300") == "ZP-2026-6523"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" zp-2026-6523-000418 ", "ZP-2026-6523-000418"),
        ("ＺＰ－２０２６－６５２３－０００４１８", "ZP-2026-6523-000418"),
        ("ZP—2026–6523‑000 418", "ZP-2026-6523-000418"),
        ("", ""),
    ],
)
def test_a_number_is_found_however_it_is_typed(typed, stored):
    assert tidy_number(typed) == stored


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("ZP-2026-6523-000418", "652300"),
        ("ZP-2026-652X-000418", ""),
        ("ZP-2026", ""),
        ("ZP-2026-٦٥٢٣-000418", ""),
    ],
)
def test_a_number_says_whom_to_ask_about_it(number, code):
    assert place_in(number) == code


@pytest.mark.parametrize(("seconds", "hours"), [(0, 0), (2699, 0), (2700, 1), (64799, 23)])
def test_hours_begun_do_not_count(seconds, hours):
    assert whole_hours(seconds) == hours


@pytest.mark.parametrize(
    ("scanned", "consented", "seen"),
    [
        (True, True, Sight.HOLDER),
        (True, False, Sight.HOLDER),
        (False, True, Sight.NAME),
        (False, False, Sight.VERDICT),
    ],
)
def test_a_number_that_can_be_counted_up_shows_less_than_the_code(scanned, consented, seen):
    assert sight(scanned=scanned, consented=consented) == seen
