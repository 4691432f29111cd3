"""The region writes rubrics: drafts, copies, spreadsheets, one in force for a job and level."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make, make_practical
from tests.make_practical import sheet
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.papers.rules import digest
from zhupei.practical import spreadsheet
from zhupei.practical.access import may_write
from zhupei.practical.actions import rubrics as actions
from zhupei.practical.models import Rubric, RubricState
from zhupei.practical.rules import rubric as rules

pytestmark = pytest.mark.django_db


def test_a_draft_is_written_published_and_frozen_with_its_fingerprint(world):
    draft = make_practical.draft_rubric(world)
    found = actions.publish(draft, by=world.gu)

    assert found.state == RubricState.PUBLISHED
    assert found.sha256 == digest(found.content)
    with refused("published_is_fixed"):
        actions.rewrite(found, rules.Rubric((), ()), by=world.gu, mark=found.mark)
    verbs = [str(event.verb) for event in audit.history(found)]
    assert verbs == ["rubric.started", "rubric.changed", "rubric.published"]


def test_publishing_retires_the_version_before(world):
    old = make_practical.rubric(world)
    new = make_practical.rubric(world)

    old.refresh_from_db()
    assert (old.state, new.state) == (RubricState.RETIRED, RubricState.PUBLISHED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rubric.objects.filter(pk=old.pk).update(state="published")


def test_another_level_stays_in_force(world):
    five = make_practical.rubric(world)
    make_practical.rubric(world, level="4")

    five.refresh_from_db()
    assert five.state == RubricState.PUBLISHED


def test_an_unfinished_rubric_is_not_published(world):
    started = actions.start(make_practical.trade(), by=world.gu, level="5", version="1")

    with refused("rubric_unfinished"):
        actions.publish(started, by=world.gu)
    started.refresh_from_db()
    assert started.state == RubricState.DRAFT


@pytest.mark.parametrize(("level", "code"), [("", "level_missing"), ("5", "version_taken")])
def test_what_cannot_be_started(world, level, code):
    make_practical.draft_rubric(world, version="2026.1")

    with refused(code):
        actions.start(make_practical.trade(), by=world.gu, level=level, version="2026.1")


def test_a_site_post_has_no_level(world):
    with refused("level_missing"):
        actions.start(make.job(), by=world.gu, level="5", version="1")


def test_a_version_that_is_too_long_is_refused(world):
    with refused("rubric_shape"):
        actions.start(make_practical.trade(), by=world.gu, level="5", version="x" * 21)


def test_a_copy_begins_with_the_same_content(world):
    old = make_practical.rubric(world)
    copy = actions.start(old.job, by=world.gu, level="5", version="next", like=old)

    assert copy.content == old.content
    assert rules.difference(old.values, copy.values) == []


def test_who_saves_on_an_old_reading_loses_nothing_of_the_other(world):
    draft = make_practical.draft_rubric(world)
    actions.rewrite(draft, rules.without_task(draft.values, "t2"), by=world.gu, mark=draft.mark)

    with refused("changed_meanwhile"):
        actions.rewrite(draft, rules.Rubric((), ()), by=world.gu, mark=draft.mark)
    draft.refresh_from_db()
    assert [task.key for task in draft.values.tasks] == ["t1"]


@pytest.mark.parametrize("person", ["gu", "chen", "li", "aygul"])
def test_only_the_region_may_write(world, person):
    draft = make_practical.draft_rubric(world)

    assert may_write(getattr(world, person), draft) == (person == "gu")


@pytest.mark.parametrize("verb", ["start", "rewrite", "publish", "retire", "receive"])
def test_nobody_but_the_region_writes_rubrics(world, verb):
    draft = make_practical.draft_rubric(world)
    calls = {
        "start": lambda: actions.start(draft.job, by=world.chen, level="5", version="9"),
        "rewrite": lambda: actions.rewrite(draft, draft.values, by=world.chen, mark=draft.mark),
        "publish": lambda: actions.publish(draft, by=world.chen),
        "retire": lambda: actions.retire(draft, by=world.li, note="x"),
        "receive": lambda: actions.receive(draft, by=world.chen, upload=sheet()),
    }
    with pytest.raises(NotAllowed):
        calls[verb]()


GOOD = [
    ["评分点", "砌墙", "60", "墙面垂直度", "60", "符合=100；不符合=0", "", ""],
    ["", "砌墙", "", "灰缝饱满度", "40", "", "0.5", "看三处"],
    ["否决项", "", "", "墙体倒塌", "", "", "", ""],
]


def test_a_spreadsheet_is_rehearsed_and_then_taken_in(world):
    draft = actions.start(make_practical.trade(), by=world.gu, level="5", version="1")
    file = actions.receive(draft, by=world.gu, upload=sheet(*GOOD))
    draft.refresh_from_db()
    assert draft.content == {}

    found = actions.take_in(draft, file, by=world.gu).values

    assert rules.flaws(found) == []
    assert [one.text for one in found.fatal] == ["墙体倒塌"]
    assert rules.allowed(found.criteria()["c2"])[:2] == (40, 39.5)
    with refused("already_imported"):
        actions.take_in(draft, file, by=world.gu)


def test_a_spreadsheet_of_faults_only_changes_nothing(world):
    draft = make_practical.draft_rubric(world)
    file = actions.receive(
        draft, by=world.gu, upload=sheet(["评分点", "", "", "墙", "0", "", "", ""])
    )

    with refused("nothing_to_import"):
        actions.take_in(draft, file, by=world.gu)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["别的", "砌墙", "60", "墙", "20", "", "", ""], "kind_unknown"),
        (["评分点", "", "60", "墙", "20", "", "", ""], "task_missing"),
        (["否决项", "砌墙", "", "墙", "", "", "", ""], "task_not_wanted"),
        (["评分点", "砌墙", "六十", "墙", "20", "", "", ""], "minutes"),
        (["评分点", "砌墙", "60", "墙", "101", "", "", ""], "weight"),
        (["评分点", "砌墙", "60", "墙", "20", "好=100", "", ""], "scale"),
        (["评分点", "砌墙", "60", "墙", "20", "好坏", "", ""], "scale"),
        (["评分点", "砌墙", "60", "墙", "20", "", "3", ""], "step"),
        (["评分点", "砌墙", "60", "", "20", "", "", "看"], "text_missing"),
    ],
)
def test_each_fault_of_a_row_is_named(row, code):
    reading = spreadsheet.read(sheet(row).file)

    assert [fault.code for fault in reading.bad[0].faults] == [code]


def test_a_rubric_written_as_rows_reads_back_the_same():
    found = rules.read(make_practical.content())
    reading = spreadsheet.read(sheet(*map(list, spreadsheet.lines(found))).file)

    again = spreadsheet.rubric([row.value for row in reading.good])
    assert [task.criteria for task in again.tasks] == [task.criteria for task in found.tasks]
    assert again.fatal == found.fatal


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


def test_the_region_writes_a_task_on_a_page(world, client):
    client.force_login(world.gu)
    started = actions.start(make_practical.trade(), by=world.gu, level="5", version="1")
    address = reverse("practical:new-task", args=[started.pk])
    page = client.get(address)
    assert page.status_code == 200
    said = lines(
        {"text": "垂直度", "weight": "60", "scale": "符合=100；不符合=0"},
        {"text": "饱满度", "weight": "40", "step": "0.5"},
    )

    answer = client.post(
        address, said | {"seen": "0", "title": "砌墙", "minutes": "60", "place": "1"}
    )

    assert answer.status_code == 302
    started.refresh_from_db()
    assert rules.flaws(started.values) == []
    detail = client.get(reverse("practical:rubric", args=[started.pk])).text
    assert "垂直度" in detail
    assert "每 0.5 分一档" in detail


def test_bad_input_keeps_what_was_typed(world, client):
    client.force_login(world.gu)
    draft = make_practical.draft_rubric(world)
    said = lines({"key": "c1", "text": "垂直度", "weight": "60", "scale": "好坏"})
    address = reverse("practical:task", args=[draft.pk, "t1"])

    answer = client.post(
        address, said | {"seen": str(draft.mark), "title": "砌墙", "minutes": "600", "place": "1"}
    )

    assert answer.status_code == 422
    assert 'value="好坏"' in answer.text
    assert "分档写法不对" in answer.text


def test_a_page_read_before_somebody_saved_keeps_its_words_and_says_so(world, client):
    client.force_login(world.gu)
    draft = make_practical.draft_rubric(world)
    address = reverse("practical:fatal", args=[draft.pk])

    answer = client.post(address, {"seen": "0", "texts": "倒塌\n没戴安全帽"})
    assert answer.status_code == 422
    assert "没戴安全帽" in answer.text
    again = client.post(address, {"seen": str(draft.mark), "texts": "倒塌\n没戴安全帽"})

    assert again.status_code == 302
    draft.refresh_from_db()
    assert [one.text for one in draft.values.fatal] == ["倒塌", "没戴安全帽"]


def test_the_spreadsheet_goes_through_its_dry_run_on_pages(world, client):
    client.force_login(world.gu)
    draft = actions.start(make_practical.trade(), by=world.gu, level="5", version="1")
    bad = ["评分点", "砌墙", "", "平整度", "0", "", "", ""]
    answer = client.post(
        reverse("practical:rubric", args=[draft.pk]), {"file": sheet(*GOOD, bad)}, follow=True
    )
    assert "分值应为 1 到 100 的整数" in answer.text
    path = answer.redirect_chain[-1][0]
    back = spreadsheet.read(ContentFile(client.get(f"{path}corrected/").content).file)
    assert [fault.code for fault in back.bad[0].faults] == ["weight"]

    client.post(f"{path}take-in/")

    draft.refresh_from_db()
    assert len(draft.values.criteria()) == 2


def test_two_versions_are_compared(world, client):
    client.force_login(world.chen)
    old = make_practical.rubric(world)
    content = make_practical.content()
    content["tasks"][0]["minutes"] = 70
    new = make_practical.rubric(world, content=content)

    page = client.get(reverse("practical:difference", args=[old.pk, new.pk])).text

    assert "任务“砌筑 24 墙”：时限（分钟）" in page
    assert "<del>60</del>" in page


@pytest.mark.parametrize(
    ("person", "seen"), [("gu", 2), ("chen", 1), ("li", 1), ("aygul", 1), ("adil", 0)]
)
def test_drafts_are_seen_by_the_region_only(world, person, seen):
    make_practical.rubric(world)
    make_practical.draft_rubric(world)

    user = getattr(world, person)
    assert Rubric.objects.visible_to(user).count() == seen


def lines(*criteria):
    """The fields of a page of criteria."""
    head = {"form-TOTAL_FORMS": str(len(criteria)), "form-INITIAL_FORMS": "0"}
    return head | {
        f"form-{n}-{name}": value for n, one in enumerate(criteria) for name, value in one.items()
    }
