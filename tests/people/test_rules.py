"""Names, identity numbers and telephone numbers: the rules, at their boundaries."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.people import rules

TODAY = date(2026, 11, 20)


def number(body: str) -> str:
    """A made-up identity number with a right check digit, counted here by hand."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("650000198709169960", "650000198709169960"),
        ("６５００００１９８７０９１６９９６０", "650000198709169960"),
        (" 650000 19720919 9085\u3000", "650000197209199085"),
        ("'650000199708164193", "650000199708164193"),
        ("\u2018650000199708164193", "650000199708164193"),
        ("65000019870321357x\t", "65000019870321357X"),
        ("６５００００１９８７０３２１３５７ｘ", "65000019870321357X"),
        ("650000-19720919-9085", "650000197209199085"),
        ("\u200b650000197209199085\ufeff", "650000197209199085"),
    ],
)
def test_an_id_number_is_kept_as_ascii_digits(typed, kept):
    assert rules.normalise_id_number(typed) == kept


@pytest.mark.parametrize(
    ("given_number", "fault"),
    [
        ("11010519491231002X", None),
        ("", "id_missing"),
        ("65000019721122417", "id_shape"),
        ("6500001972112241711", "id_shape"),
        ("650000720919908", "id_shape"),
        ("X50000197211224171", "id_shape"),
        ("650000197605142470", "check_digit"),
        (number("65000019900230001"), "id_date"),
        (number("65000019901301001"), "id_date"),
        (number("65000020270101001"), "id_date"),
        (number("65000018990101001"), "id_date"),
        (number("65000000000101001"), "id_date"),
        (number("65000020261120001"), None),
        (number("65000020261121001"), "id_date"),
        (number("65000020000229001"), None),
        (number("65000019000229001"), "id_date"),
    ],
)
def test_an_id_number_says_what_is_wrong(given_number, fault):
    assert rules.id_number_fault(given_number, on=TODAY) == fault


@given(st.from_regex(r"\A650000(19[3-9]|200)[0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}\Z"))
def test_one_wrong_digit_never_passes(body):
    right = number(body)

    assert rules.id_number_fault(right, on=TODAY) is None
    for place in range(17):
        other = str((int(right[place]) + 1) % 10)
        wrong = right[:place] + other + right[place + 1 :]
        assert rules.id_number_fault(wrong, on=TODAY) == "check_digit"


@given(st.text(max_size=30))
def test_no_text_breaks_the_rules(text):
    name = rules.normalise_name(text)
    id_number = rules.normalise_id_number(text)

    assert rules.normalise_name(name) == name or rules.name_fault(name)
    rules.id_number_fault(id_number, on=TODAY)
    rules.mask_name(name)
    rules.mask_id_number(id_number)
    rules.mask_phone(rules.normalise_phone(text))


@pytest.mark.parametrize("area", ["440306", "460400", "350212", "659010", "810000", "830000"])
def test_areas_that_were_merged_or_stand_for_permits_are_known(area):
    assert rules.is_known_area(number(area + "19900101001"))


def test_an_unknown_area_is_not_a_fault():
    stranger = number("16000019900101001")

    assert not rules.is_known_area(stranger)
    assert rules.id_number_fault(stranger, on=TODAY) is None


def test_the_seventeenth_digit_tells_the_sex():
    assert rules.sex("650000198803137666") == "female"
    assert rules.sex("650000197110076015") == "male"


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2010, 11, 20), date(2026, 11, 19), 15),
        (date(2010, 11, 20), date(2026, 11, 20), 16),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
    ],
)
def test_age_is_counted_in_full_years(born, on, years):
    assert rules.age(born, on=on) == years


def test_the_sixteenth_birthday_is_old_enough_and_the_day_before_is_not():
    young = number("65000020101120001")

    assert not rules.is_of_age(young, on=date(2026, 11, 19))
    assert rules.is_of_age(young, on=date(2026, 11, 20))
    assert not rules.is_of_age(young, on=date(2026, 11, 20), minimum_age=18)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("玛依拉·买买提", "玛依拉·买买提"),
        ("玛依拉•买买提", "玛依拉·买买提"),
        ("玛依拉・买买提", "玛依拉·买买提"),
        ("玛依拉．买买提", "玛依拉·买买提"),
        ("玛依拉‧买买提", "玛依拉·买买提"),
        ("玛依拉.买买提", "玛依拉·买买提"),
        ("玛依拉 · 买买提", "玛依拉·买买提"),
        ("玛依拉··买买提", "玛依拉·买买提"),
        ("胡\u3000文博", "胡文博"),
        ("张  伟", "张伟"),
        ("\u00a0李芳\n", "李芳"),
        ("\u200b李芳\ufeff", "李芳"),
        ("Ｊｏｈｎ  Smith", "John Smith"),
        ("𬭚𤧟", "𬭚𤧟"),
        ("﨑本", "﨑本"),
        ("ئايگۈل  مەمەت", "ئايگۈل مەمەت"),
    ],
)
def test_a_name_is_kept_with_one_kind_of_dot_and_no_padding(typed, kept):
    assert rules.normalise_name(typed) == kept
    assert rules.name_fault(kept) is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "name_missing"),
        ("张", "name_shape"),
        ("张伟1", "name_shape"),
        ("张伟(组长)", "name_shape"),
        ("张伟/李四", "name_shape"),
        ("=1+1", "name_shape"),
        ("·买买提", "name_shape"),
        ("买" * 51, "name_shape"),
        ("买" * 50, None),
    ],
)
def test_what_is_no_name_says_so(name, fault):
    assert rules.name_fault(name) == fault


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("132-7684-2684", "13276842684"),
        ("+86 138 0013 8000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("138 0013 8000\t", "13800138000"),
        ("'13800138000", "13800138000"),
    ],
)
def test_a_mobile_number_is_kept_as_eleven_digits(typed, kept):
    assert rules.normalise_phone(typed) == kept
    assert rules.is_mobile(kept)


@pytest.mark.parametrize(
    "phone", ["1700474395", "12800138000", "0991-2345678", "138001380000", "13800138000/1"]
)
def test_what_is_no_mobile_number_is_seen(phone):
    assert not rules.is_mobile(rules.normalise_phone(phone))


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("刘伟", "刘*"),
        ("刘志强", "刘*强"),
        ("欧阳娜娜", "欧**娜"),
        ("玛依拉·买买提", "玛**·买**"),
        ("", ""),
    ],
)
def test_a_masked_name_shows_who_it_is_only_to_those_who_know(name, masked):
    assert rules.mask_name(name) == masked


def test_masked_numbers_show_their_ends_only():
    assert rules.mask_id_number("650000198709169960") == "6500**********9960"
    assert rules.mask_id_number("12345") == "*****"
    assert rules.mask_phone("13800138000") == "138****8000"
    assert rules.mask_phone("1380") == "****"
