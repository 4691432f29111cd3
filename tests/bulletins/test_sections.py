"""Each section counts the rows of its floor, in the area and the days of the bulletin."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import (
    make_assistance,
    make_complaints,
    make_corrections,
    make_credit,
    make_oversight,
    make_patrols,
)
from zhupei.bulletins import rules, sections
from zhupei.bulletins.sections.shape import Scope
from zhupei.complaints.models import Complaint
from zhupei.corrections.models import Order
from zhupei.patrols.actions import ledger

READERS = {"bureau": "li", "other_bureau": "far_reviewer", "region": "gu"}


def scope(world, authority, period) -> Scope:
    """Read by somebody of the authority itself."""
    reader = getattr(world, READERS[authority])
    reader.acting = reader.memberships.select_related("organization").first()
    return Scope(getattr(world, authority), "monthly", period, reader)


def of(world, key, *, authority="bureau", back=0, day=None) -> dict[str, dict[str, object]]:
    """The rows of a section's table this month, or as many months ago: figures by label."""
    period = rules.month_of(day or timezone.localdate())
    for _ in range(back):
        period = rules.before("monthly", period)
    gathered = sections.gather(scope(world, authority, period))
    (table,) = next(one for one in gathered if one["key"] == key)["tables"]
    labels = [column["label"] for column in table["columns"]]
    return {row["name"]: dict(zip(labels, row["cells"], strict=True)) for row in table["rows"]} | {
        "合计": dict(zip(labels, table["total"], strict=True))
    }


def test_findings_and_orders(world):
    make_corrections.finding(world, severity="serious")
    make_corrections.verified(world, make_corrections.answered(world))

    found = of(world, "corrections")
    assert found[world.school.name] == {
        "发现问题": 2,
        "其中严重": 1,
        "下达整改通知": 1,
        "销号": 1,
        "按期销号率": 100.0,
        "期末逾期": 0,
    }
    assert of(world, "corrections", authority="other_bureau")["合计"]["发现问题"] == 0
    assert of(world, "corrections", back=1)["合计"]["发现问题"] == 0


def test_patrols_done_and_missed(world):
    make_patrols.world_of_inspectors(world)
    looked_at = make_patrols.duty(world, world.adil)
    make_patrols.filed(world, looked_at)
    day = timezone.localdate(looked_at.closes_at)

    found = of(world, "patrols", day=day)
    row = found[world.school.name]
    assert (row["应查：班级"], row["已查"], row["未查"], row["覆盖率"]) == (1, 1, 0, 100.0)

    with time_machine.travel(make_patrols.duty(world, world.mayra).closes_at + timedelta(days=9)):
        ledger.keep()
    row = of(world, "patrols", day=day)[world.school.name]
    assert (row["已查"], row["未查"], row["未说明原因"], row["覆盖率"]) == (1, 1, 1, 50.0)


def test_help_to_counties(world):
    given = make_assistance.confirmed(world)
    row = of(world, "assistance", day=given.ended_on)[world.school.name]
    assert row == {"帮扶培训人次": given.person_times, "建成实训基地": 0}


def test_complaints(world):
    make_complaints.replied(world)
    row = of(world, "complaints")[world.school.name]
    assert row == {
        "收到": 1,
        "同一件事合并后": 1,
        "答复": 1,
        "其中属实或部分属实": 1,
        "按期答复率": 100.0,
        "期末逾期": 0,
    }


def test_what_is_late_is_told_as_the_period_ended(world):
    """Neither what came later nor what was late by the day somebody drafts."""
    filed, order = make_complaints.assigned(world), make_corrections.order(world)
    after = max(filed.close_due, order.due_at) + timedelta(days=40)
    last = rules.month_of(timezone.localdate(after))

    def late(key, **said):
        return of(world, key, **said)["合计"]["期末逾期"]

    with time_machine.travel(after, tick=False):
        for key in ("complaints", "corrections"):
            assert late(key, day=timezone.localdate() - timedelta(days=400)) == 0, key
            assert late(key, day=last.since - timedelta(days=1)) == 1, key
    Complaint.objects.update(replied_at=after)
    Order.objects.update(state="closed", closed_at=after)
    for key in ("complaints", "corrections"):
        assert late(key, day=last.since - timedelta(days=1)) == 1, key  # it was late then
        assert late(key, day=last.since) == 0, key


def test_measures_and_suspensions(world):
    make_oversight.lifted(world)
    assert of(world, "measures")[world.school.name]["暂停业务"] == 1


def test_the_bureaus_own_score(world):
    make_corrections.verified(world, make_corrections.answered(world))
    rows = of(world, "duty", authority="region")
    assert rows[world.bureau.name]["整改按期"] == 100.0
    assert rows[world.bureau.name]["得分"] == 100.0
    assert rows[world.other_bureau.name]["得分"] is None


def test_credit_records(world):
    make_credit.record(world)
    assert of(world, "credit")[world.school.name] == {"登记": 1, "修复、期满或撤销": 0}


def test_the_region_lists_every_prefecture_also_those_with_nothing(world):
    make_credit.record(world)
    rows = of(world, "credit", authority="region")
    assert rows[world.bureau.prefecture.short_name]["登记"] == 1
    assert rows[world.other_bureau.prefecture.short_name]["登记"] == 0


@pytest.mark.parametrize("authority", ["bureau", "region"])
def test_every_section_says_something_of_an_empty_month(world, authority):
    long_ago = timezone.localdate() - timedelta(days=3000)
    for section in sections.gather(scope(world, authority, rules.month_of(long_ago))):
        assert section["sentences"], section["key"]
        assert section["url"].startswith("/")
