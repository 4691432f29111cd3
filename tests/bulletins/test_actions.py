"""Bulletins are drafted from the record, reworded, issued once and kept as issued."""

import hashlib
import io
from datetime import timedelta

import docx
import pytest
import python_calamine as calamine
import time_machine
from django.utils import timezone

from tests import make_bulletins, make_classes
from tests.refusals import refused
from zhupei.bulletins import actions, render, rules
from zhupei.bulletins.models import Bulletin, State
from zhupei.core import audit, files
from zhupei.core.models import Message
from zhupei.core.templatetags.ui import dated

STYLES = ("Title", "Heading 1", "Caption")


@pytest.fixture
def draft(world) -> Bulletin:
    """Last month of Li's bureau, in which one plan was handed in and approved."""
    made = make_classes.approved_class(world)
    ahead = rules.month_of(timezone.localdate()).until + timedelta(days=3)
    with time_machine.travel(ahead):
        return make_bulletins.draft(
            world.bureau, world.li, day=timezone.localdate(made.submitted_at)
        )


def texts(paper: bytes) -> str:
    read = docx.Document(io.BytesIO(paper))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in read.paragraphs), *cells])


def section(bulletin: Bulletin, key: str) -> dict:
    return next(one for one in bulletin.sections if one["key"] == key)


def test_a_draft_counts_what_the_record_holds(world, draft):
    classes = section(draft, "classes")
    (table,) = classes["tables"]
    labels = [column["label"] for column in table["columns"]]
    (row,) = [row for row in table["rows"] if row["name"] == world.school.name]
    assert dict(zip(labels, row["cells"], strict=True)) == {
        "提交计划": 1,
        "通过": 1,
        "退回补正": 0,
        "报名人次": 0,
        "结班": 0,
    }
    assert "昌吉" in classes["sentences"][0]
    assert "通过 1 个（比上月增加 1）" in classes["sentences"][0]


def test_the_region_counts_by_prefecture_and_names_those_without_plans(world):
    made = make_classes.approved_class(world)
    with time_machine.travel(rules.month_of(timezone.localdate()).until + timedelta(days=3)):
        found = make_bulletins.draft(
            world.region, world.gu, day=timezone.localdate(made.submitted_at)
        )
    (table,) = section(found, "classes")["tables"]
    rows = {row["name"]: row["cells"][1] for row in table["rows"]}
    assert rows[world.bureau.prefecture.short_name] == 1
    assert sum(rows.values()) == 1
    assert world.other_bureau.prefecture.short_name in section(found, "classes")["sentences"][1]


def test_a_period_that_is_not_over_is_refused(world):
    with refused("period_not_over") as refusal:
        make_bulletins.draft(world.bureau, world.li, day=timezone.localdate())
    assert refusal.value.field == "period"


def test_a_period_has_one_bulletin_until_it_is_given_up(world):
    first = make_bulletins.draft(world.bureau, world.li)
    with refused("bulletin_exists"):
        make_bulletins.draft(world.bureau, world.zhou)
    actions.discard(first, by=world.li)
    assert make_bulletins.draft(world.bureau, world.zhou)


@pytest.mark.parametrize("person", ["aygul", "far_reviewer", "gu", "tao"])
def test_nobody_else_drafts_for_a_bureau(world, person):
    """may_write_for: notice, part 3, section 1."""
    with refused("not_allowed"):
        make_bulletins.draft(world.bureau, getattr(world, person))


def test_words_can_be_changed_and_given_back(world, draft):
    changed = actions.rewrite(draft, "exams", " 本月无考核。 ", version=0, by=world.li)
    assert section(changed, "exams")["paragraphs"] == ["本月无考核。"]
    assert section(changed, "exams")["edited"]
    again = actions.gather_again(changed, by=world.zhou)
    assert section(again, "exams")["paragraphs"] == ["本月无考核。"]
    back = actions.rewrite(again, "exams", "", version=again.version, by=world.li)
    assert not section(back, "exams")["edited"]
    assert "举行理论考核" in section(back, "exams")["paragraphs"][0]


def test_what_cannot_be_written_is_refused(world, draft):
    with refused("section_unknown"):
        actions.rewrite(draft, "weather", "晴", version=0, by=world.li)
    with refused("text_too_long"):
        actions.rewrite(draft, "exams", "长" * 8001, version=0, by=world.li)
    with refused("not_allowed"):
        actions.rewrite(draft, "exams", "改", version=0, by=world.far_reviewer)


def test_two_who_write_at_once_do_not_lose_each_others_words(world, draft):
    actions.rewrite(draft, "exams", "甲写的", version=0, by=world.li)
    with refused("changed_meanwhile"):
        actions.rewrite(draft, "exams", "乙写的", version=0, by=world.zhou)
    draft.refresh_from_db()
    assert draft.texts == {"exams": "甲写的"}


def test_what_is_issued_stays_as_it_was(world, draft):
    actions.rewrite(draft, "exams", "本月无考核。", version=0, by=world.li)
    issued = actions.issue(draft, by=world.li)
    assert issued.state == State.ISSUED
    assert issued.number == f"XJ-{issued.since.year}-0001"

    paper = files.read(issued.paper)
    assert hashlib.sha256(paper).hexdigest() == issued.paper.sha256
    said = texts(paper)
    for words in (
        issued.title,
        issued.number,
        "本月无考核。",
        "提交计划",
        world.school.name,
        "合计",
    ):
        assert words in said
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(files.read(issued.book)))
    assert "开班与培训" in book.sheet_names
    assert audit.own_history(issued).last().facts["hashes"]["paper"] == issued.paper.sha256

    with refused("wrong_state"):
        actions.rewrite(issued, "exams", "改", version=1, by=world.li)
    with refused("wrong_state"):
        actions.gather_again(issued, by=world.li)
    with refused("wrong_state"):
        actions.issue(issued, by=world.li)


def test_the_paper_has_true_headings_and_a_day_without_a_clock(world, draft):
    issued = actions.issue(draft, by=world.li)

    lines = docx.Document(io.BytesIO(files.read(issued.paper))).paragraphs
    of_style = {name: [one.text for one in lines if one.style.name == name] for name in STYLES}
    assert of_style["Title"] == [issued.title]
    assert of_style["Heading 1"][0] == "一、开班与培训"
    assert len(of_style["Heading 1"]) == len(issued.sections)
    assert "开班与培训" in of_style["Caption"]
    assert lines[-1].text == dated(timezone.localdate(issued.issued_at))


def test_the_bodies_of_the_area_are_told_and_may_read(world, draft):
    issued = actions.issue(draft, by=world.li)
    told = set(
        Message.objects.filter(title__contains=issued.title).values_list("recipient", flat=True)
    )
    assert world.aygul.pk in told
    assert world.wang.pk not in told
    seen = {
        person: Bulletin.objects.visible_to(as_acting(getattr(world, person))).exists()
        for person in ("aygul", "li", "gu", "wang", "far_reviewer")
    }
    assert seen == {"aygul": True, "li": True, "gu": True, "wang": False, "far_reviewer": False}


def as_acting(user):
    user.acting = user.memberships.select_related("organization").first()
    return user


def test_taking_back_needs_a_reason_and_frees_the_period(world, draft):
    issued = actions.issue(draft, by=world.li)
    with refused("note_required"):
        actions.withdraw(issued, by=world.li, note=" ")
    actions.withdraw(issued, by=world.li, note="数字有误")
    with time_machine.travel(rules.month_of(issued.since).until + timedelta(days=5)):
        again = make_bulletins.draft(world.bureau, world.li, day=issued.since)
    assert actions.issue(again, by=world.li).number.endswith("0002")


def test_a_picture_is_drawn_where_places_can_be_compared():
    chart = {"title": "合格率", "unit": "%", "bars": [["昌吉", 92.5], ["喀什", 0], ["伊犁", 100.0]]}
    assert render.picture(chart).startswith(b"\x89PNG")
    assert render.longest(chart | {"unit": "%", "bars": [["甲", 40.0]]}) == 100
    assert render.longest(chart | {"unit": "", "bars": [["甲", 40], ["乙", 8]]}) == 40
    assert render.longest(chart | {"unit": "", "bars": [["甲", 0]]}) == 1


@pytest.mark.parametrize(("place", "numeral"), [(0, "一"), (9, "十"), (10, "十一"), (12, "十三")])
def test_sections_are_numbered_in_words(place, numeral):
    assert render.numeral(place) == numeral
