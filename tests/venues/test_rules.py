"""The rules of venues on plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhupei.venues.rules import (
    NEAR,
    Place,
    RoomFacts,
    Sitter,
    Spot,
    apart,
    around,
    chosen,
    clashes,
    deal,
    designated,
    grid,
    room_findings,
    spares_needed,
    spread,
)

SPOTS = [Spot(1, row, column) for row in range(1, 7) for column in range(1, 9)]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2025, 12, 31), False),
        (date(2027, 1, 1), False),
    ],
)
def test_a_designation_holds_from_its_first_day_to_its_last(day, holds):
    assert designated([(date(2026, 1, 1), date(2026, 12, 31))], day) is holds
    assert not designated([], day)


@pytest.mark.parametrize(
    ("trained", "affiliates", "rule", "may"),
    [
        (1, [], "apart", True),
        (1, [1], "apart", False),
        (9, [], "apart", False),  # the body itself
        (1, [1], "together", True),
        (1, [2], "apart", True),
    ],
)
def test_who_trains_and_who_examines_stay_apart(trained, affiliates, rule, may):
    assert apart(trained, 9, affiliates, rule) is may


def test_seats_are_numbered_row_by_row_or_as_a_snake():
    assert list(grid(2, 3)) == [
        (1, Place(1, 1)), (2, Place(1, 2)), (3, Place(1, 3)),
        (4, Place(2, 1)), (5, Place(2, 2)), (6, Place(2, 3)),
    ]  # fmt: skip
    assert list(grid(2, 2, snake=True))[2:] == [(3, Place(2, 2)), (4, Place(2, 1))]


@pytest.mark.parametrize(("machines", "needed"), [(9, 0), (10, 1), (19, 1), (20, 2), (40, 4)])
def test_one_spare_for_every_full_ten(machines, needed):
    assert spares_needed(machines, 10) == needed


def codes(**said):
    facts = {"seats": 40, "spares": 4, "broken": 0, "checked": 44, "at_most": 99, "one_in": 10}
    return [(one.code, one.tone) for one in room_findings(RoomFacts(**facts | said))]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [("spares_kept", "ok"), ("checked", "ok")]),
        ({"seats": 0}, [("no_seats", "bad")]),
        ({"spares": 3, "checked": 43}, [("too_few_spares", "bad"), ("checked", "ok")]),
        ({"checked": 40}, [("spares_kept", "ok"), ("unchecked", "warn")]),
        (
            {"broken": 2},
            [("spares_kept", "ok"), ("broken", "warn"), ("checked", "ok")],
        ),
        (
            {"seats": 90, "spares": 10, "checked": 100},
            [("too_many_seats", "bad"), ("spares_kept", "ok"), ("checked", "ok")],
        ),
    ],
)
def test_what_is_said_of_a_room(said, expected):
    assert codes(**said) == expected


spots = st.sets(
    st.builds(Spot, st.integers(1, 3), st.integers(1, 12), st.integers(1, 12)), max_size=150
).map(sorted)


@given(spots, st.integers(2, 9), st.text(max_size=8))
def test_neighbours_never_have_the_same_form(places, forms, seed):
    dealt = deal(places, forms, seed)

    assert set(dealt) == set(places)
    assert set(dealt.values()) <= set(range(forms))
    assert clashes(dealt) == []
    assert dealt == deal(places, forms, seed)


@given(spots, st.integers(4, 9), st.text(max_size=8))
def test_of_four_forms_neighbours_across_the_corner_differ_too(places, forms, seed):
    assert clashes(deal(places, forms, seed), across=True) == []


@pytest.mark.parametrize("forms", [2, 3, 4])
def test_who_sits_alone_gets_the_forms_in_turn(forms):
    apart_from_all = [Spot(1, row, column) for row in (1, 3, 5) for column in (1, 3, 5, 7)]

    dealt = list(deal(apart_from_all, forms, "seed").values())
    assert all(dealt[n] != dealt[n + 1] for n in range(11))
    assert {dealt.count(form) for form in range(forms)} == {12 // forms}


def test_every_form_lies_somewhere_and_the_seed_says_which_comes_first():
    first = {deal(SPOTS, 4, str(seed))[SPOTS[0]] for seed in range(40)}

    assert first == {0, 1, 2, 3}
    assert set(deal(SPOTS, 1, "x").values()) == {0}
    with pytest.raises(ValueError, match="no form"):
        deal(SPOTS, 0, "x")


people = st.lists(st.integers(1, 5), max_size=48).map(
    lambda groups: [Sitter(key, group, group % 2) for key, group in enumerate(groups)]
)


@given(people, st.text(max_size=8))
def test_everybody_gets_one_seat_of_their_own(sitters, seed):
    plan = spread(sitters, SPOTS, seed)

    assert set(plan) == {one.key for one in sitters}
    assert len(set(plan.values())) == len(sitters)
    assert set(plan.values()) <= set(SPOTS)
    assert plan == spread(sitters, SPOTS, seed)
    assert plan == spread(list(reversed(sitters)), SPOTS, seed)


def pairs_of_one_class(sitters, plan):
    group = {plan[one.key]: one.group for one in sitters}
    beside = [other for spot in group for other in around(spot, [(0, 1), (1, 0)])]
    pairs = [(spot, other) for spot in group for other in around(spot, [(0, 1), (1, 0)])]
    assert beside
    return sum(group.get(other) == group[spot] for spot, other in pairs)


def test_four_classes_in_a_full_room_sit_apart():
    sitters = [Sitter(n, n % 4, n % 2) for n in range(48)]

    assert pairs_of_one_class(sitters, spread(sitters, SPOTS, "seed")) <= 2
    by_list = {one.key: spot for one, spot in zip(sitters, SPOTS, strict=True)}
    assert pairs_of_one_class(sitters, by_list) > 20


def test_half_a_room_of_one_class_leaves_a_seat_between():
    sitters = [Sitter(n, 1, 1) for n in range(24)]

    assert pairs_of_one_class(sitters, spread(sitters, SPOTS, "seed")) == 0


def test_two_classes_of_one_institution_count_as_well():
    sitters = [Sitter(n, n % 2, 1) for n in range(12)] + [Sitter(99, 7, 2)]
    plan = spread(sitters, SPOTS[:13], "seed")

    assert len(set(plan.values())) == 13


def test_who_sits_already_is_reckoned_with():
    old = Sitter(100, 1, 1)
    taken = {SPOTS[9]: old}
    free = [spot for spot in SPOTS if spot not in taken]

    for seed in range(20):
        plan = spread([Sitter(1, 1, 1), Sitter(2, 2, 2)], free, str(seed), taken)
        assert SPOTS[9] not in plan.values()


def test_rooms_share_people_by_their_seats():
    spots = [Spot(1, 1, n) for n in range(1, 31)] + [Spot(2, 1, n) for n in range(1, 11)]

    taken = chosen(spots, 20)
    assert [sum(spot.room == room for spot in taken) for room in (1, 2)] == [15, 5]
    assert chosen(spots, 0) == []
    with pytest.raises(ValueError, match="do not fit"):
        chosen(spots, 41)


def test_around_are_the_eight_places_beside():
    assert len(NEAR) == len(set(around(Spot(1, 2, 2)))) == 8
