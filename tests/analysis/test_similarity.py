"""Answers too alike: who copies is found, who merely is weak is not."""

import random
from collections import Counter
from itertools import pairwise

import pytest

from zhupei.analysis import similarity
from zhupei.analysis.similarity import Sat

ITEMS, OPTIONS = 60, "BCDE"  # A is right everywhere


def hall(seed: int, people: int = 30) -> list[Sat]:
    """A sitting where nobody copies: abilities differ, each item has a wrong answer of its own that
    is popular, more so with the weak.
    """
    chance = random.Random(seed)
    hard = [chance.gauss(0, 1) for _ in range(ITEMS)]
    popular = [chance.choice(OPTIONS) for _ in range(ITEMS)]
    hall = []
    for n in range(people):
        able = chance.gauss(0.2, 1)
        wrong = {}
        for item in range(ITEMS):
            if chance.random() > 1 / (1 + 2.718 ** (hard[item] - able)):
                lured = chance.random() < 0.45 - 0.08 * max(-1, min(1, able))
                wrong[item] = popular[item] if lured else chance.choice(OPTIONS)
        hall.append(Sat(n, wrong, (n // 6 + 1, n % 6 + 1)))
    return hall


def copying(hall: list[Sat], source: int, copier: int, share: float, seed: int = 1) -> list[Sat]:
    """The same, but ``copier`` took this part of the answers from ``source``."""
    chance = random.Random(seed)
    wrong = dict(hall[copier].wrong)
    for item in range(ITEMS):
        if chance.random() < share:
            wrong.pop(item, None)
            if item in hall[source].wrong:
                wrong[item] = hall[source].wrong[item]
    return [one._replace(wrong=wrong) if one.key == copier else one for one in hall]


def leads(hall: list[Sat], bound: float = 0.01):
    return [pair for pair in similarity.pairs(hall, near=1) if pair.adjusted <= bound]


def test_false_leads_stay_below_the_bound():
    """60 sittings of 30 people, 26,100 pairs, nobody copies. At a bound of 5 % for a whole sitting
    three sittings with a lead are expected at most; six would be seen in one run of 25 even then.
    """
    wrong = [len(leads(hall(seed), 0.05)) for seed in range(60)]

    assert sum(count > 0 for count in wrong) <= 5
    assert sum(len(leads(hall(seed), 0.01)) > 0 for seed in range(60)) <= 2


@pytest.mark.parametrize("seed", range(4))
def test_who_copies_most_answers_is_found(seed):
    honest = hall(seed)
    weakest = sorted(honest, key=lambda one: -len(one.wrong))
    source = weakest[8].key
    copier = source + 1 if source % 6 < 5 else source - 1

    found = leads(copying(honest, source, copier, 0.9))

    assert {found[0].first, found[0].second} == {source, copier}
    assert found[0].near


def test_the_chance_is_exact():
    """Three draws of ½: at least two hits in four of eight cases."""
    assert similarity.at_least(2, [0.5, 0.5, 0.5]) == pytest.approx(0.5)
    assert similarity.at_least(0, [0.1]) == 1.0
    assert similarity.at_least(1, [0.2, 0.3]) == pytest.approx(1 - 0.8 * 0.7)


def test_the_pair_itself_does_not_make_its_answer_popular():
    """Six were wrong: four B, two C, the pair among those of C."""
    odds = similarity.match_odds(Counter("BBBBCC"), ("C", "C"))

    assert odds == pytest.approx((4.5**2 + 0.5**2) / 5**2)


def test_too_little_in_common_is_not_judged():
    few = [Sat(n, dict.fromkeys(range(similarity.LEAST - 1), "B"), (1, n)) for n in range(3)]

    assert similarity.pairs(few, near=1) == []


def test_people_with_different_items_are_compared_on_what_they_share():
    one = Sat(1, dict.fromkeys(range(10), "B"), (1, 1))
    other = Sat(2, dict.fromkeys(range(5, 15), "B"), (1, 2))

    (pair,) = similarity.pairs([one, other], near=1)

    assert (pair.both, pair.same) == (5, 5)


@pytest.mark.parametrize(
    ("one", "other", "apart"), [((1, 1), (1, 2), 1), ((1, 1), (2, 2), 1), ((1, 1), (4, 2), 3)]
)
def test_how_far_two_sit_apart(one, other, apart):
    assert similarity.distance(one, other) == apart


def test_chances_are_allowed_for_how_many_were_looked_at():
    found = similarity.pairs(hall(3), near=1)

    assert all(pair.adjusted >= min(1, 2 * pair.chance) for pair in found)
    for family in (True, False):
        those = [pair for pair in found if pair.near is family]
        assert all(a.chance <= b.chance for a, b in pairwise(those))
        assert those[0].adjusted == pytest.approx(min(1, 2 * len(those) * those[0].chance))
