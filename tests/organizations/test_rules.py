"""The number of an organization."""

import pytest

from zhupei.organizations import rules


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11100000000013338W"])
def test_a_genuine_credit_code_passes(code):
    assert rules.credit_code_fault(code) is None


def test_a_credit_code_of_a_village_collective_may_begin_with_a_letter():
    assert rules.credit_code_fault("N2411222MF5000000" + "Y") in {None, "credit_code_check"}
    assert any(
        rules.credit_code_fault("N2411222MF5000000" + last) is None
        for last in "0123456789ABCDEFGHJKLMNPQRTUWXY"
    )


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "credit_code_missing"),
        ("91350100M000100Y4", "credit_code_shape"),
        ("91350100M000100Y433", "credit_code_shape"),
        ("9135O100M000100Y43", "credit_code_shape"),
        ("91350100M000I00Y43", "credit_code_shape"),
        ("91350100M000100Y44", "credit_code_check"),
        ("91350100M000010Y43", "credit_code_check"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(code, fault):
    assert rules.credit_code_fault(code) == fault


def test_a_credit_code_typed_with_blanks_and_full_width_signs_is_tidied():
    assert rules.normalise_credit_code(" ９１３５０１００ m000-100y43 ") == "91350100M000100Y43"
