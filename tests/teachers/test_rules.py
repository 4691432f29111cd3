"""What makes a teacher's file complete."""

from datetime import date

import pytest

from zhupei.teachers import rules
from zhupei.teachers.rules import Employment, Gap, Proof

TODAY = date(2026, 3, 18)
EARLIER, LATER = date(2026, 3, 17), date(2026, 3, 18)


@pytest.mark.parametrize(
    ("proofs", "missing"),
    [
        ([], ["砌筑工", "钢筋工"]),
        ([Proof(frozenset({"砌筑工"}), None, scanned=True)], ["钢筋工"]),
        ([Proof(frozenset({"砌筑工", "钢筋工"}), LATER, scanned=True)], []),
        ([Proof(frozenset({"砌筑工", "钢筋工"}), EARLIER, scanned=True)], ["砌筑工", "钢筋工"]),
        ([Proof(frozenset({"砌筑工", "钢筋工"}), None, scanned=False)], ["砌筑工", "钢筋工"]),
        ([Proof(frozenset(), None, scanned=True)], ["砌筑工", "钢筋工"]),
    ],
)
def test_a_trade_is_proven_by_a_paper_in_force_with_a_scan(proofs, missing):
    assert rules.unproven(["砌筑工", "钢筋工"], proofs, on=TODAY) == missing


def paper(time="full", lacks=(), contract_until=LATER, insured_until=LATER) -> Employment:
    return Employment(
        full_time=time == "full",
        contract="contract" not in lacks,
        contract_until=contract_until,
        insurance="insurance" not in lacks,
        insured_until=insured_until,
    )


@pytest.mark.parametrize(
    ("paper", "codes"),
    [
        (paper(), []),
        (
            paper(contract_until=EARLIER, insured_until=EARLIER),
            ["contract_lapsed", "insurance_lapsed"],
        ),
        (paper(lacks=("contract", "insurance")), ["no_contract", "no_insurance"]),
        (
            paper(contract_until=None, insured_until=None),
            ["contract_term_unknown", "no_insurance"],
        ),
        (paper("part", lacks=("insurance",), insured_until=None), []),
        (paper("part", lacks=("contract",), insured_until=EARLIER), ["no_contract"]),
    ],
)
def test_employment_gaps_ask_part_time_teachers_for_no_insurance(paper, codes):
    assert list(rules.employment_gaps(paper, on=TODAY)) == [Gap(code) for code in codes]


@pytest.mark.parametrize(
    ("hours", "days", "fits"), [(8, 1, True), (9, 1, False), (24, 3, True), (0, 3, False)]
)
def test_a_course_has_only_so_many_hours_a_day(hours, days, fits):
    last = TODAY.replace(day=TODAY.day + days - 1)

    assert rules.study_fits(hours * 2700, TODAY, last, hours_a_day=8) is fits
