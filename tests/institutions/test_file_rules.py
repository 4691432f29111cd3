"""What makes a file whole, and how long a licence lasts: pure rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhupei.institutions.models import PolicyKind
from zhupei.institutions.rules import completeness as rules
from zhupei.institutions.rules.completeness import FileFacts, PlatformFacts, RoomFacts
from zhupei.institutions.rules.licences import LicenceFacts, Standing, due, right, succeeded

TODAY = date(2026, 11, 20)
WARN = (90, 30, 7)
ROOM = RoomFacts("教室 1", "classroom", 40, 0, None, TODAY, fire_paper=True)
WHOLE = FileFacts(
    today=TODAY,
    credit_code="91650100MA77ABCD1F",
    licensed_until=TODAY,
    heads=1,
    managers=3,
    policies=frozenset(rules.POLICIES),
    rooms=(ROOM,),
    practised=frozenset({"砌筑工"}),
    stations=frozenset({"砌筑工"}),
    equipment=1,
    used=1,
    consumables=1,
    teachers=2,
)


def missing(file: FileFacts) -> list[str]:
    return [item.code for item in rules.items(file) if not item.met]


def names(file: FileFacts, code: str) -> list[str]:
    return next(item.facts["names"] for item in rules.items(file) if item.code == code)


def test_nothing_is_missing_of_a_whole_file():
    assert missing(WHOLE) == []
    assert rules.share(rules.items(WHOLE)) == 100


def test_the_rule_knows_the_same_policies_as_the_table():
    assert set(rules.POLICIES) == set(PolicyKind.values)


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ({"credit_code": ""}, ["credit_code"]),
        ({"licensed_until": None}, ["licence"]),
        ({"heads": 0}, ["head"]),
        ({"managers": 0}, ["managers"]),
        ({"unproved": ("李四",)}, ["proofs"]),
        ({"teachers": 0}, ["teachers"]),
        ({"rooms": ()}, ["classroom"]),
        ({"rooms": (replace(ROOM, use="workshop"),)}, ["classroom"]),
        ({"rooms": (replace(ROOM, fire_until=None),)}, ["fire_checks"]),
        ({"rooms": (replace(ROOM, fire_until=TODAY - timedelta(1)),)}, ["fire_checks"]),
        ({"rooms": (replace(ROOM, fire_paper=False),)}, ["fire_checks"]),
        ({"rooms": (replace(ROOM, term=TODAY - timedelta(1)),)}, ["terms"]),
        ({"rooms": (replace(ROOM, term=TODAY),)}, []),
        ({"stations": frozenset()}, ["stations"]),
        ({"equipment": 0}, ["equipment"]),
        ({"used": 0}, ["uses"]),
        ({"consumables": 0}, ["consumables"]),
        ({"policies": frozenset(rules.POLICIES) - {"safety"}}, ["policy_safety"]),
        ({"online": True}, ["platform"]),
        ({"platforms": (PlatformFacts("甲", None),)}, ["platform"]),
        ({"online": True, "platforms": (PlatformFacts("甲", TODAY),)}, []),
        ({"platforms": (PlatformFacts("甲", TODAY - timedelta(1)),)}, ["platform"]),
    ],
)
def test_each_part_is_missed_for_itself(said, lacking):
    assert missing(replace(WHOLE, **said)) == lacking


def test_who_practises_nothing_needs_no_stations_and_ledgers():
    theory = replace(
        WHOLE, practised=frozenset(), stations=frozenset(), equipment=0, used=0, consumables=0
    )

    assert missing(theory) == []
    assert list(rules.ledgers(theory)) == []
    assert not {"stations", "equipment", "uses"} & {item.code for item in rules.items(theory)}


def test_what_lacks_is_named():
    rooms = (ROOM, replace(ROOM, name="库房", fire_until=None))

    assert names(replace(WHOLE, rooms=rooms), "fire_checks") == ["库房"]
    assert names(replace(WHOLE, practised=frozenset({"砌筑工", "电焊工"})), "stations") == [
        "电焊工"
    ]


def test_a_file_is_never_called_whole_while_something_is_missing():
    found = rules.items(replace(WHOLE, used=0))

    assert rules.share(found) == 100 * (len(found) - 1) // len(found) < 100
    assert rules.share([]) == 100


def test_an_assessment_body_is_asked_only_what_concerns_it():
    body = replace(WHOLE, trains=False, licensed_until=None, heads=0, teachers=0)

    assert [item.code for item in rules.items(body)] == ["credit_code", "computers", "fire_checks"]
    assert missing(body) == ["computers"]
    lab = replace(ROOM, use="computers", computers=60, term=TODAY)
    assert missing(replace(body, rooms=(lab,))) == []


# --- licences -------------------------------------------------------------------------------------


def licence(first: int, last: int, *jobs: str, number: str = "甲") -> LicenceFacts:
    """From so many days from today to so many."""
    days = [TODAY + timedelta(days=n) for n in (first, last)]
    return LicenceFacts(number, *days, frozenset(jobs or ["a"]))


@pytest.mark.parametrize(
    ("left", "stage"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7)]
)
def test_a_warning_is_due_from_its_day_on(left, stage):
    assert due(left, WARN) == stage
    assert due(left, ()) is None


@pytest.mark.parametrize(
    ("licences", "standing", "left"),
    [
        ([], Standing.NONE, 0),
        ([licence(-10, 200)], Standing.VALID, 200),
        ([licence(-10, 90)], Standing.RUNS_OUT, 90),
        ([licence(-10, 0)], Standing.RUNS_OUT, 0),
        ([licence(-10, -1)], Standing.EXPIRED, -1),
        ([licence(5, 900)], Standing.FUTURE, 900),
        ([licence(-10, 30), licence(31, 900)], Standing.VALID, 900),
        ([licence(-10, 30), licence(32, 900)], Standing.RUNS_OUT, 30),
        ([licence(-10, 30), licence(-5, 900)], Standing.VALID, 900),
        ([licence(-10, 30, "a", "b"), licence(-5, 900, "a")], Standing.RUNS_OUT, 30),
        ([licence(-900, -300), licence(-200, -100)], Standing.EXPIRED, -100),
    ],
)
def test_the_right_to_train_on_a_day(licences, standing, left):
    found = right(licences, TODAY, WARN)

    assert (found.standing, found.left) == (standing, left)


@pytest.mark.parametrize(
    ("other", "goes_on"),
    [
        (licence(31, 900), True),
        (licence(32, 900), False),
        (licence(0, 30), False),
        (licence(0, 900, "b"), False),
        (licence(0, 900, "a", "b"), True),
    ],
)
def test_another_licence_goes_on_without_a_gap_for_the_same_jobs(other, goes_on):
    old = licence(-100, 30)

    assert succeeded(old, [old, other]) is goes_on
