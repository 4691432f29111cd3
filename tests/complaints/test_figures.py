"""Complaints counted, with the definition of each figure, and what strangers may see of them."""

from datetime import date, timedelta

import time_machine

from tests import make, make_complaints
from zhupei.complaints import figures
from zhupei.complaints.actions import complainant, filing, handling
from zhupei.complaints.models import Complaint
from zhupei.complaints.targets import Target

ALL = (date(2020, 1, 1), make.FAR_OFF)


def some(world) -> None:
    """One upheld and rated well, one not proved and rated badly, one that waits, one elsewhere."""
    make_complaints.rated(world, 5)
    complainant.rate(make_complaints.replied(world, "not_upheld", kind="exam"), score=1)
    make_complaints.complaint(world, kind="exam")
    far = Target(world.other_school.prefecture, world.other_school)
    filing.file(make_complaints.told(world, target=far))


def test_each_figure_has_its_base(world):
    some(world)
    found = figures.summed(Complaint.objects.filed(*ALL))

    assert (found["total"], found["open"], found["told"], found["late"]) == (4, 2, 2, 0)
    assert (found["upheld_share"], found["satisfied_share"], found["rating"]) == (50, 50, "3.0")
    assert (found["replied_share"], found["told_share"]) == (100, 100)


def test_what_is_told_late_is_not_in_time(world):
    row = make_complaints.decided(world)
    with time_machine.travel(row.close_due + timedelta(days=1)):
        handling.reply(row, by=world.zhou, text="属实。")
        found = figures.summed(Complaint.objects.all())
    assert (found["told"], found["told_share"], found["replied_share"]) == (1, 0, 100)


def test_lines_by_kind_and_by_handler(world):
    some(world)
    kinds = figures.kinds(Complaint.objects.all())
    assert [(line["label"], line["total"]) for line in kinds] == [
        ("考试组织、考场纪律", 2), ("乱收费、不退费", 2),
    ]  # fmt: skip
    handlers = figures.by(Complaint.objects.all(), "handler__name", "handler")
    assert [line["total"] for line in handlers] == [3, 1]


def test_a_bureau_counts_its_own(world):
    some(world)
    assert figures.summed(Complaint.objects.visible_to(world.li))["total"] == 3
    assert figures.summed(Complaint.objects.visible_to(world.gu))["total"] == 4


def test_for_everybody_hides_what_is_small(world):
    some(world)
    seen = figures.for_everybody(*ALL, 5)

    assert seen["total"] is None
    assert set(seen["shares"].values()) == {None}
    assert {line["count"] for line in seen["kinds"]} == {None, 0}


def test_for_everybody_shows_what_is_large_enough(world):
    some(world)
    seen = figures.for_everybody(*ALL, 2)

    assert seen["total"] == 4
    assert seen["shares"] == {"upheld": 50, "replied": 100, "told": 100, "satisfied": 50}
    places = {line["label"]: line["count"] for line in seen["places"]}
    assert places == {"昌吉回族自治州": None, "喀什地区": None}  # one alone would tell the other


def test_period_is_this_year_unless_somebody_says_otherwise():
    with time_machine.travel("2026-11-05 04:00Z", tick=False):
        assert figures.period(None, None) == (date(2026, 1, 1), date(2026, 11, 5))
    assert figures.period(date(2025, 1, 2), date(2025, 2, 3)) == (
        date(2025, 1, 2),
        date(2025, 2, 3),
    )
