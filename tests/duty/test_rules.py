"""What a bureau's own work is worth."""

import pytest

from zhupei.duty import rules
from zhupei.duty.rules import Counted, Part, Score

WEIGHTS = {
    Part.REVIEW: 25,
    Part.COVERAGE: 25,
    Part.FINDINGS: 10,
    Part.CLOSURE: 15,
    Part.COMPLAINTS: 15,
    Part.AGREEMENT: 10,
}


def test_everything_as_it_should_be_is_a_hundred():
    """notice, part 3, section 1."""
    parts = {part: Counted(4, 4) for part in Part}
    assert rules.score(parts, WEIGHTS) == Score(100, 100)


def test_each_part_earns_its_share_of_its_weight():
    parts = {part: Counted(1, 2) for part in Part} | {Part.COVERAGE: Counted(2, 3)}
    found = rules.score(parts, WEIGHTS)
    assert found.points == pytest.approx(12.5 + 16.67 + 5 + 7.5 + 7.5 + 5)
    assert found.weight == 100


def test_what_did_not_happen_is_left_out_and_the_score_says_of_how_much_it_is():
    found = rules.score({Part.REVIEW: Counted(3, 4)}, WEIGHTS)
    assert found == Score(18.75, 25)
    assert found.per_cent == 75.0


def test_nothing_happened_is_no_score():
    assert rules.score({}, WEIGHTS).per_cent is None
    assert rules.points(Counted(0, 0), 25) is None
