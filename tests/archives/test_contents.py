"""What goes into a package, and when a thing is over."""

import csv
import hashlib
from datetime import date

import pytest

from zhupei.archives.contents import assessment, training
from zhupei.archives.contents.papers import REGISTER, with_register
from zhupei.archives.rules import class_is_over, inside, sitting_is_over

LAST_DAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("state", "today", "over"),
    [
        ("finished", LAST_DAY, True),
        ("revoked", date(2026, 3, 1), True),
        ("approved", LAST_DAY, False),
        ("approved", date(2026, 3, 21), True),
        ("filed", date(2026, 3, 21), True),
        ("draft", date(2027, 1, 1), False),
        ("submitted", date(2027, 1, 1), False),
        ("cancelled", date(2027, 1, 1), False),
    ],
)
def test_a_class_is_over_when_nothing_more_can_be_held(state, today, over):
    assert class_is_over(state, LAST_DAY, today) is over


@pytest.mark.parametrize(
    ("state", "over"),
    [
        ("draft", False),
        ("notified", False),
        ("sealed", False),
        ("closed", True),
        ("released", True),
    ],
)
def test_a_sitting_is_over_when_it_is_marked(state, over):
    assert sitting_is_over(state) is over


@pytest.mark.parametrize(
    ("sizes", "taken"),
    [
        ([], set()),
        ([10, 10], {0, 1}),
        ([11], set()),  # larger than one may be
        ([10, 10, 6, 5], {0, 1, 3}),  # no room for the third, still for the fourth
        ([0], {0}),
    ],
)
def test_what_is_too_large_stays_outside_a_package(sizes, taken):
    assert inside(sizes, one=10, total=25) == taken


def test_the_register_lists_every_file_with_its_size_and_digest():
    files = {"b.txt": b"22", "a/a.json": b"{}\n"}

    listed = with_register(files)

    text = listed[REGISTER].decode("utf-8-sig")
    head, first, second, total = csv.reader(text.splitlines())
    assert head[1] == "文件"
    assert first == ["1", "a/a.json", "json", "3", hashlib.sha256(b"{}\n").hexdigest()]
    assert second[1] == "b.txt"
    assert (total[1], total[3]) == ("2 个文件", "5")
    assert {name: listed[name] for name in files} == files


def test_nothing_in_a_package_holds_a_whole_identity_number_or_a_phone(world, sitting, held_class):
    files = assessment.gather(sitting) | training.gather(held_class)

    for user in (world.adil, world.mayra):
        person = user.person
        holding = [
            name
            for name, content in files.items()
            if person.id_number.encode() in content or person.phone.encode() in content
        ]
        assert holding == []
