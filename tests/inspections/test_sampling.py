"""The sampler: who computes it by hand gets the same."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.inspections import rules
from zhupei.inspections.rules import Candidate, Person, TooFew

TERMS = hashlib.sha256(b"terms").hexdigest()


def candidate(n: int, tickets: int = 1, owner: int | None = None) -> Candidate:
    return Candidate(f"class/{n}", tickets, f"organization/{owner or n}", f"第 {n} 班", "base=1")


# The vectors of docs/mechanisms/draws.md.
SEEDS = [
    (["07341"], "d265f30000ae7297f4d1f54f6d5cb810d22988760167e2fb99f974d198545e71"),
    (
        ["天山", "Айгүл · ئايگۈل"],
        "2abf595ef6f337e13c641428d438d2d9ad24c0204dc83eb29dac9922813cfd4a",
    ),
    (["🎲", "\u00e9"], "f258305dd7961df74b3764d378170c63c50870716ae3e8d8df608e9e3589c252"),
    (["🎲", "e\u0301"], "7ba9974e57d5baa5e5cbf38337ced0eb576f6575aec1ae76ab24590ce9639cc1"),
]
PAGE = (Path(__file__).parents[2] / "docs" / "mechanisms" / "draws.md").read_text("utf-8")


@pytest.mark.parametrize(("values", "seed"), SEEDS)
def test_a_seed_is_the_hash_of_lines(values, seed):
    by_hand = "zhupei-draw-2\n" + TERMS + "\n" + "".join(value + "\n" for value in values)

    assert rules.seed_of(TERMS, values) == seed
    assert hashlib.sha256(by_hand.encode("utf-8")).hexdigest() == seed
    assert seed in PAGE


def test_the_page_gives_tickets_to_compare_with():
    assert TERMS in PAGE
    assert rules.best_ticket(SEEDS[0][1], "institution/12", 1).hex() in PAGE
    assert rules.best_ticket(SEEDS[0][1], "institution/12", 8).hex() in PAGE


def test_the_order_of_the_values_counts_and_so_does_their_spelling():
    seeds = {
        rules.seed_of(TERMS, said)
        for said in (["a", "b"], ["b", "a"], ["ab"], ["a", "b", ""], ["é"], ["e\u0301"])
    }
    assert len(seeds) == 6


@pytest.mark.parametrize("value", ["a\nb", "a\r", "\n"])
def test_a_value_of_two_lines_could_be_two_values(value):
    with pytest.raises(ValueError, match="one line"):
        rules.seed_of(TERMS, [value])


def test_what_was_committed_to_opens_and_nothing_else():
    commitment = rules.digest("塔里木河今天的水位")

    assert rules.opens(commitment, "塔里木河今天的水位")
    assert not rules.opens(commitment, "塔里木河今天的水位 ")


def test_an_object_stands_where_its_smallest_ticket_stands():
    seed = rules.seed_of(TERMS, ["1"])
    by_hand = [hashlib.sha256(f"{seed}\nclass/7\n{n}".encode()).digest() for n in (1, 2, 3)]

    assert rules.best_ticket(seed, "class/7", 3) == min(by_hand)
    assert rules.best_ticket(seed, "class/7", 1) == by_hand[0]


def test_the_sample_is_the_front_of_the_line():
    seed = rules.seed_of(TERMS, ["1"])
    everybody = [candidate(n) for n in range(50)]
    line = sorted(everybody, key=lambda one: rules.best_ticket(seed, one.key, one.tickets))

    assert [one for one, _ticket in rules.sample(seed, everybody, 5)] == line[:5]
    assert [one for one, _ticket in rules.sample(seed, reversed(everybody), 5)] == line[:5]
    assert len(rules.sample(seed, everybody, 500)) == 50


def test_more_tickets_never_put_an_object_further_back():
    for n in range(40):
        seed = rules.seed_of(TERMS, [str(n)])
        best = [rules.best_ticket(seed, "class/1", tickets) for tickets in range(1, 9)]
        assert best == sorted(best, reverse=True)


def test_four_times_the_tickets_are_four_times_as_likely_to_be_first():
    chosen: Counter[str] = Counter()
    pair = [candidate(1, tickets=4), candidate(2, tickets=1)]
    for n in range(4000):
        ((first, _ticket),) = rules.sample(rules.seed_of(TERMS, [str(n)]), pair, 1)
        chosen[first.key] += 1
    assert chosen["class/1"] / 4000 == pytest.approx(0.8, abs=0.025)


# Inspectors

PEOPLE = [
    Person("inspector/001", "housing", "一"),
    Person("inspector/002", "housing", "二"),
    Person("inspector/003", "housing", "三"),
    Person("inspector/004", "hr", "四"),
    Person("inspector/005", "hr", "五"),
]
SEED = rules.seed_of(TERMS, ["09", "23"])


def test_nobody_inspects_alone():
    with pytest.raises(ValueError, match="two"):
        rules.crew(1, 0)
    with pytest.raises(ValueError, match="two"):
        rules.crew(3, -1)
    assert rules.crew(2, 0) == {"housing": 2}
    assert rules.crew(1, 1) == {"housing": 1, "hr": 1}


def lineups(*owners: int, people=PEOPLE, away=()) -> dict:
    """The inspectors by alias at each of these owners, but for who stays away."""
    found: dict = {}
    for n in owners:
        for one in people:
            if one.key not in away:
                name = rules.alias(rules.salt("secret", f"organization/{n}", one.key), f"{n}", "x")
                found.setdefault((f"organization/{n}", one.team), []).append(name)
    return found


def test_both_departments_go_together():
    drawn = [candidate(n, owner=1) for n in range(6)]
    listed = lineups(1)

    for crew in rules.pair(SEED, drawn, listed, rules.crew(1, 1)):
        assert crew[0] in listed["organization/1", "housing"]
        assert crew[1] in listed["organization/1", "hr"]


def test_who_goes_is_by_chance_and_nobody_twice():
    drawn = [candidate(n, owner=1) for n in range(60)]
    crews = rules.pair(SEED, drawn, lineups(1), {"housing": 2})
    load = Counter(who for crew in crews for who in crew)

    assert len(load) == 3
    assert min(load.values()) > 25  # 40 on average
    assert all(len(set(crew)) == 2 for crew in crews)
    other = rules.pair(rules.seed_of(TERMS, ["10"]), drawn, lineups(1), {"housing": 2})
    assert other != crews


def test_an_inspector_is_somebody_else_at_every_owner():
    aliases = [who for row in lineups(1, 2, 3).values() for who in row]

    assert len(set(aliases)) == len(aliases) == 3 * len(PEOPLE)
    salt = rules.salt("secret", "organization/1", "inspector/001")
    assert rules.alias(salt, "organization/1", "杨") != rules.alias(salt, "organization/1", "张")


def test_recusal_may_leave_too_few():
    away = {"organization/9": frozenset({"inspector/001", "inspector/002"})}
    drawn = [candidate(1, owner=9)]
    listed = lineups(9, away=away["organization/9"])

    with pytest.raises(TooFew) as short:
        rules.pair(SEED, drawn, listed, {"housing": 2})
    assert (short.value.team, short.value.left, short.value.wanted) == ("housing", 1, 2)
    objects = [*drawn, candidate(2)]
    (found,) = rules.short_of_people(objects, PEOPLE, away, {"housing": 2, "hr": 1})
    assert found.candidate == drawn[0]
    assert rules.short_of_people(objects, PEOPLE, away, {"housing": 1, "hr": 2}) == []


def test_the_next_ticket_steps_in():
    who = rules.successor(SEED, candidate(1), ["b", "c"])
    tickets = {
        key: hashlib.sha256(f"{SEED}\nclass/1\n{key}".encode()).hexdigest() for key in ("b", "c")
    }
    assert who == min(tickets, key=tickets.__getitem__)
    assert rules.successor(SEED, candidate(1), []) is None


# Texts

WORDS = st.text(max_size=20)


@given(st.lists(st.tuples(st.integers(0, 999), WORDS), unique_by=lambda row: row[0], max_size=8))
def test_what_is_frozen_reads_back(rows):
    said = [Candidate(f"class/{n}", n + 1, "organization/1", name, "base=1") for n, name in rows]
    text = rules.objects_text(said)

    back = rules.read_objects(text)
    assert [(one.key, one.name) for one in back] == sorted(
        (one.key, rules.clean(one.name)) for one in said
    )
    assert rules.objects_text(back) == text
    assert rules.objects_text(reversed(said)) == text


@given(WORDS)
def test_words_stay_in_one_column(words):
    said = rules.clean(words)
    assert not set("\t\n\r\0\x1c\x85\u2028") & set(said)
    assert rules.clean(said) == said


def test_a_key_stands_in_a_frame_once():
    with pytest.raises(ValueError, match="twice"):
        rules.objects_text([candidate(1), candidate(1)])
    with pytest.raises(ValueError, match="ticket"):
        rules.objects_text([candidate(1, tickets=0)])


def test_other_frames_read_back_too():
    rows = [("organization/1", "hr", "b"), ("organization/1", "hr", "a")]
    assert rules.read_lineups(rules.lineups_text([*rows, *rows])) == {
        ("organization/1", "hr"): ("a", "b")
    }
    with pytest.raises(ValueError, match="not a frame"):
        rules.read_objects(rules.lineups_text([]))
    assert rules.terms_text([("a", "b\tc\n")]) == "a\tb c\n"
