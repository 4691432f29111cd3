"""The workbench pages: status, what they show, 404 for the stranger, and how much they ask."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make, make_classes
from zhupei.classes.actions import enrolment, plan, roster
from zhupei.classes.forms import PlanForm
from zhupei.classes.models import State, TrainingClass
from zhupei.people.models import Purpose

BUDGET = 26
ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
TABS = ["detail", "timetable", "roster", "documents"]


def address(name, training_class):
    return reverse(f"classes:{name}", args=[training_class.pk])


def queries(browser, url):
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("person", ["wang", "far_reviewer", "chen", "adil"])
def test_a_stranger_does_not_learn_that_a_class_exists(world, as_user, tab, person):
    submitted = make_classes.submitted_class(world)

    assert as_user(getattr(world, person)).get(address(tab, submitted)).status_code == 404


def test_somebody_signed_out_is_asked_to_sign_in(world, client):
    assert client.get(reverse("classes:index")).status_code == 302


@pytest.mark.parametrize("person", ["aygul", "li"])
@pytest.mark.parametrize("tab", TABS)
def test_a_page_asks_little_and_no_more_for_a_long_roster(world, as_user, person, tab):
    planned = make_classes.planned_class(world)
    roster.invite(planned, by=world.aygul, rows=[make_classes.roster_row() for _ in range(3)])
    submitted = plan.submit(planned, by=world.aygul)
    browser = as_user(getattr(world, person))
    few = queries(browser, address(tab, submitted))

    roster.invite(planned, by=world.aygul, rows=[make_classes.roster_row() for _ in range(300)])

    assert few <= BUDGET
    assert queries(browser, address(tab, submitted)) <= few


@pytest.mark.parametrize("tab", [*TABS, "edit"])
def test_a_returned_plan_asks_little_as_well(world, as_user, tab):
    returned = make_classes.submitted_class(world)
    plan.send_back(returned, by=world.li, reasons=[{"field": "seats", "text": "请减人数"}])

    assert queries(as_user(world.aygul), address(tab, returned)) <= BUDGET


def test_the_list_asks_the_same_for_three_classes_and_thirty(world, as_user):
    for week in range(3):
        spread(world, week)
    browser = as_user(world.li)
    few = queries(browser, reverse("classes:index"))

    for week in range(3, 30):
        spread(world, week)

    assert few <= BUDGET
    assert queries(browser, reverse("classes:index")) == few


def spread(world, week):
    day = timezone.localdate() + timedelta(days=7 * (week + 1))
    return make_classes.submitted_class(world, starts_on=day, title=f"第 {week} 期")


def test_the_list_keeps_what_is_looked_for_in_its_address(world, as_user):
    spread(world, 1)
    make_classes.approved_class(world, title="另一班")
    browser = as_user(world.li)

    waiting = browser.get(reverse("classes:index"), {"state": "submitted"})
    named = browser.get(reverse("classes:index"), {"q": "天山 另一"})
    none = browser.get(reverse("classes:index"), {"q": "没有这个"})

    assert [row["class"].title for row in waiting.context["rows"]] == ["第 1 期"]
    assert [row["class"].title for row in named.context["rows"]] == ["另一班"]
    assert "清除筛选" in none.content.decode()


# Writing a plan


def posted(world, **values):
    fields = make_classes.fields(world, **values)
    return {name: getattr(value, "pk", value) for name, value in fields.items()} | {
        "division": world.school.division_id
    }


def test_a_plan_is_drafted_through_its_form(world, as_user):
    page = as_user(world.aygul).post(reverse("classes:draft"), posted(world, title="新班"))

    drafted = TrainingClass.objects.get()
    assert page["Location"] == address("timetable", drafted)
    assert (drafted.title, drafted.organization) == ("新班", world.school)


def test_nothing_typed_is_lost_when_a_field_is_wrong(world, as_user):
    said = posted(world, title="新班", seats=0)

    page = as_user(world.aygul).post(reverse("classes:draft"), said)

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"seats"}
    assert 'value="新班"' in page.content.decode()


@pytest.mark.parametrize(
    ("phone", "fine"),
    [("0994-2200000 转 8", True), ("13899990000", True), ("abc", False), ("12345", False)],
)
def test_the_number_strangers_ring_is_a_telephone_number(world, as_user, phone, fine):
    drafted = make_classes.draft_class(world)

    page = as_user(world.aygul).post(address("edit", drafted), {"contact_phone": phone})

    assert ("contact_phone" not in page.context["form"].errors) is fine


def test_the_end_before_the_start_is_said_beside_the_end(world, as_user):
    said = posted(world, ends_on=timezone.localdate())

    page = as_user(world.aygul).post(reverse("classes:draft"), said)

    assert "早于开课日期" in page.context["form"].errors["ends_on"][0]


def test_the_reviewer_drafts_nothing(world, as_user):
    assert as_user(world.li).get(reverse("classes:draft")).status_code == 403


def test_a_reason_stands_beside_its_field_and_the_others_above(world, as_user):
    returned = make_classes.submitted_class(world)
    reasons = [
        {"field": "seats", "text": "请减到 24 人", "law": "第十三条"},
        {"field": "timetable", "text": "周末不排课", "law": ""},
    ]
    plan.send_back(returned, by=world.li, reasons=reasons)

    page = as_user(world.aygul).get(address("edit", returned))

    assert page.context["form"].fields["seats"].reasons[0]["text"] == "请减到 24 人"
    assert [reason["text"] for reason in page.context["others"]] == ["周末不排课"]


def test_a_submitted_plan_has_no_form(world, as_user):
    submitted = make_classes.submitted_class(world)

    assert as_user(world.aygul).get(address("edit", submitted)).status_code == 403


# Moves


def test_a_plan_walks_from_submission_to_approval_in_the_browser(world, as_user):
    planned = make_classes.planned_class(world)

    as_user(world.aygul).post(reverse("classes:move", args=[planned.pk, "submit"]))
    planned.refresh_from_db()
    make_classes.read_everything(planned, world.li)
    as_user(world.li).post(reverse("classes:move", args=[planned.pk, "approve"]))

    planned.refresh_from_db()
    assert planned.state == State.APPROVED


def test_a_double_click_on_approve_gets_a_plain_sentence(world, as_user):
    submitted = make_classes.submitted_class(world)
    make_classes.read_everything(submitted, world.li)
    url = reverse("classes:move", args=[submitted.pk, "approve"])
    browser = as_user(world.li)

    browser.post(url)
    second = browser.post(url)

    assert second.status_code == 409
    assert "已是“已通过”" in second.content.decode()


def test_nobody_approves_a_plan_they_have_not_read(world, as_user):
    submitted = make_classes.submitted_class(world)
    browser = as_user(world.li)
    approve = browser.get(address("detail", submitted)).context["moves"][0]
    plan.withdraw(submitted, by=world.aygul)
    plan.change(submitted, by=world.aygul, seats=24)
    plan.submit(submitted, by=world.aygul)
    make_classes.read_everything(submitted, world.li)
    url = reverse("classes:move", args=[submitted.pk, approve["name"]])

    stale = browser.post(url, {"seen": approve["seen"]})
    fresh = browser.get(address("detail", submitted)).context["moves"][0]
    read = browser.post(url, {"seen": fresh["seen"]})

    assert (stale.status_code, read.status_code) == (409, 302)
    assert "又提交过一次" in stale.content.decode()


def test_submitting_is_blocked_with_the_reason_while_the_check_finds_faults(world, as_user):
    page = as_user(world.aygul).get(address("detail", make_classes.draft_class(world)))

    submit = page.context["moves"][0]
    assert submit["name"] == "submit"
    assert "预检不符" in submit["blocked"]


def test_a_button_opened_as_an_address_leads_back_to_its_page(world, as_user):
    submitted = make_classes.submitted_class(world)

    page = as_user(world.li).get(address("send_back", submitted))

    assert page.status_code == 405
    assert f'href="{address("detail", submitted)}"' in page.content.decode()


def test_the_story_of_a_plan_is_not_buried_under_that_of_its_people(world, as_user):
    approved = make_classes.approved_class(world)
    enrolment.sign_up(approved, by=world.adil, consents=[Purpose.TRAINING])
    browser = as_user(world.li)

    own = browser.get(address("detail", approved)).context["timeline"]
    everything = browser.get(address("detail", approved) + "?events=all").context["timeline"]

    assert {line.event.verb.partition(".")[0] for line in own} == {"class"}
    assert len(everything) > len(own)


def test_an_unknown_move_is_no_page(world, as_user):
    submitted = make_classes.submitted_class(world)
    url = reverse("classes:move", args=[submitted.pk, "return-to-sender"])

    assert as_user(world.li).post(url).status_code == 404


def reasons(*rows, note=""):
    values = {"reasons-TOTAL_FORMS": 4, "reasons-INITIAL_FORMS": 0, "note": note}
    for n, (field, text) in enumerate(rows):
        values |= {f"reasons-{n}-field": field, f"reasons-{n}-text": text}
    return values


def test_a_plan_is_sent_back_in_the_browser_and_the_correction_is_shown(world, as_user):
    submitted = make_classes.submitted_class(world)
    as_user(world.li).post(address("send_back", submitted), reasons(("seats", "请减到 24 人")))
    plan.change(submitted, by=world.aygul, seats=24)
    plan.submit(submitted, by=world.aygul)

    page = as_user(world.li).get(address("detail", submitted))

    assert page.context["round"] == 2
    assert [(c.before, c.after) for c in page.context["changes"]] == [("30", "24")]


@pytest.mark.parametrize("said", [reasons(), reasons(("", "没有选哪一项"))])
def test_sending_back_without_enough_said_loses_nothing(world, as_user, said):
    submitted = make_classes.submitted_class(world)

    page = as_user(world.li).post(address("send_back", submitted), said)

    assert page.status_code == 422
    submitted.refresh_from_db()
    assert submitted.state == State.SUBMITTED


def test_a_new_class_chooses_the_syllabus_in_force_and_an_old_draft_keeps_its_own(world):
    begun = make_classes.draft_class(world)
    newer = make.published_syllabus("2026.2")
    fields = {"organization": world.school, "user": world.aygul}

    fresh = PlanForm(**fields).fields["syllabus"].queryset
    kept = PlanForm(instance=begun, **fields).fields["syllabus"].queryset

    assert list(fresh) == [newer]
    assert set(kept) == {newer, world.syllabus}
