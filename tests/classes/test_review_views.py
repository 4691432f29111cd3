"""The desk of a reviewer in the browser; second readings, draws and figures."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make, make_classes
from zhupei.classes import review
from zhupei.classes.actions import documents, plan, roster
from zhupei.classes.actions import review as reading
from zhupei.classes.models import Finding, Reading
from zhupei.teachers.models import Qualification

BUDGET = 12
WEEK = timedelta(days=7)
WEEKS = 4 * WEEK


@pytest.fixture
def submitted(world):
    planned = make_classes.planned_class(world)
    for name, content in (("教案.pdf", b"%PDF-1.7"), ("现场.png", b"\x89PNG\r\n\x1a\n1")):
        upload = ContentFile(content, name)
        documents.attach(planned, by=world.aygul, upload=upload, kind="lesson_plan")
    return plan.submit(planned, by=world.aygul)


def detail(training_class):
    return reverse("classes:detail", args=[training_class.pk])


def evidence(training_class, item):
    return reverse("classes:evidence", args=[training_class.pk, item])


def answer(training_class, item):
    return reverse("classes:answer", args=[training_class.pk, item])


def asked(browser, url):
    browser.get(url)
    with CaptureQueriesContext(connection) as questions:
        assert browser.get(url).status_code == 200
    return len(questions)


# The plan


def test_the_plan_says_what_no_machine_checked_and_why_it_cannot_be_approved(
    world, as_user, submitted
):
    page = as_user(world.li).get(detail(submitted))

    words = page.content.decode()
    approve = next(move for move in page.context["moves"] if move["name"] == "approve")
    assert "没有核对：教案里写了什么" in words
    assert "项材料没看" in approve["blocked"]
    assert evidence(submitted, "rooms") in words


def test_a_plan_read_whole_can_be_approved(world, as_user, submitted):
    make_classes.read_everything(submitted, world.li)

    page = as_user(world.li).get(detail(submitted))

    assert not page.context["desk"].unread
    assert not any(move["blocked"] for move in page.context["moves"])


@pytest.mark.parametrize("person", ["aygul", "gu"])
def test_the_checklist_is_for_those_who_decide(world, as_user, submitted, person):
    assert as_user(getattr(world, person)).get(detail(submitted)).context["desk"] is None


def test_what_was_found_wrong_stands_in_the_form_that_sends_back(world, as_user, submitted):
    reading.open_paper(submitted, "rooms", by=world.li)
    reading.find(submitted, "rooms", "bad", "消防检查过期", by=world.li)

    words = as_user(world.li).get(detail(submitted)).content.decode()

    assert "消防检查过期" in words


def test_the_referral_and_its_answer_stand_on_the_plan(world, as_user, submitted):
    plan.refer(submitted, by=world.li, note="异地教师算不算？")
    assert "异地教师算不算？" in as_user(world.gu).get(detail(submitted)).content.decode()

    url = reverse("classes:move", args=[submitted.pk, "advise"])
    as_user(world.gu).post(url, {"note": "按聘用协议算。"})

    assert "按聘用协议算。" in as_user(world.li).get(detail(submitted)).content.decode()


# The evidence


@pytest.mark.parametrize("item", ["roster", "timetable", "teachers", "rooms", "practice"])
def test_opening_an_item_is_recorded(world, as_user, submitted, item):
    page = as_user(world.li).get(evidence(submitted, item))

    assert page.status_code == 200
    assert Reading.objects.get().reader == world.li
    assert page.context["line"].opened == 1


@pytest.mark.parametrize("item", ["resources", "licence", "staffing"])
def test_an_item_without_rows_says_so(world, as_user, submitted, item):
    assert as_user(world.li).get(evidence(submitted, item)).status_code == 200


def test_an_item_of_files_leads_to_the_first_one_not_opened(world, as_user, submitted):
    browser = as_user(world.li)
    first = browser.get(evidence(submitted, "lesson_plans"))["Location"]
    assert "<iframe" in browser.get(first).content.decode()

    other = browser.get(evidence(submitted, "lesson_plans"))["Location"]

    assert other != first
    assert "paper-image" in browser.get(other).content.decode()
    assert review.desk(submitted, world.li).line("lesson_plans").opened == 2


def test_where_there_is_no_lesson_plan_the_page_says_so(world, as_user):
    bare = make_classes.submitted_class(world)

    words = as_user(world.li).get(evidence(bare, "lesson_plans")).content.decode()

    assert "机构没有上传教案" in words


def test_a_resubmitted_plan_shows_each_reason_and_whether_it_was_answered(world, as_user):
    returned = make_classes.submitted_class(world)
    reasons = [{"field": "seats", "text": "请减人数"}, {"field": "timetable", "text": "周末不排课"}]
    plan.send_back(returned, by=world.li, reasons=reasons)
    plan.change(returned, by=world.aygul, seats=24)
    again = plan.submit(returned, by=world.aygul)

    told = as_user(world.li).get(evidence(again, "changes")).context["evidence"]["reasons"]

    assert [(x["text"], x["changed"]) for x in told] == [("请减人数", True), ("周末不排课", False)]


def test_the_filing_is_evidence_where_a_class_is_held_away_from_home(world, as_user):
    kashgar = make.Division.objects.get(code="653101")
    away = make_classes.draft_class(world, division=kashgar)

    assert "filing" in [item.code for item in review.folder(away).items]


@pytest.mark.parametrize("person", ["aygul", "ma"])
def test_the_evidence_pages_are_not_for_the_institution(world, as_user, submitted, person):
    assert as_user(getattr(world, person)).get(evidence(submitted, "roster")).status_code == 403


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "adil"])
def test_a_stranger_does_not_learn_that_the_plan_exists(world, as_user, submitted, person):
    assert as_user(getattr(world, person)).get(evidence(submitted, "roster")).status_code == 404


def test_an_item_or_file_the_plan_does_not_have_is_no_page(world, as_user, submitted):
    browser = as_user(world.li)
    wrong = reverse("classes:evidence_document", args=[submitted.pk, "lesson_plans", 999999])

    assert browser.get(evidence(submitted, "filing")).status_code == 404
    assert browser.get(wrong).status_code == 404


def test_a_page_of_evidence_asks_no_more_for_a_long_roster(world, as_user, submitted):
    roster.invite(submitted, by=world.aygul, rows=[make_classes.roster_row() for _ in range(3)])
    browser = as_user(world.li)
    few = asked(browser, evidence(submitted, "roster"))

    roster.invite(submitted, by=world.aygul, rows=[make_classes.roster_row() for _ in range(300)])

    assert few <= BUDGET
    assert asked(browser, evidence(submitted, "roster")) == few


# Files


def test_the_plan_and_every_page_of_evidence_ask_a_dozen_questions(world, as_user, submitted):
    browser = as_user(world.li)
    lines = review.desk(submitted, world.li).lines
    urls = {line.item.code: line.url for line in lines} | {"plan": detail(submitted)}

    dear = {name: n for name, url in urls.items() if (n := asked(browser, url)) > BUDGET}

    assert dear == {}


def test_a_certificate_of_a_teacher_is_shown_inside_the_page(world, as_user, submitted):
    paper = submitted.documents.first().file
    own = Qualification.objects.create(
        teacher=world.teacher, kind="title", name="工程师", issued_on=make.LONG_AGO, file=paper
    )

    page = as_user(world.li).get(reverse("classes:evidence_file", args=[submitted.pk, own.file_id]))

    list(page)  # a file is closed when it has been read
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "inline" in page["Content-Disposition"]


def test_a_file_of_another_plan_is_no_evidence_of_this_one(world, as_user, submitted):
    upload = ContentFile(b"%PDF-1.7", "别班.pdf")
    other = documents.attach(
        make_classes.planned_class(world), by=world.aygul, upload=upload, kind="resource"
    )

    url = reverse("classes:evidence_file", args=[submitted.pk, other.file_id])

    assert as_user(world.li).get(url).status_code == 404


# Answering


def test_an_answer_leads_to_the_next_item_without_one(world, as_user, submitted):
    browser = as_user(world.li)
    browser.get(evidence(submitted, "roster"))

    page = browser.post(answer(submitted, "roster"), {"verdict": "good", "note": ""})

    assert page["Location"] == evidence(submitted, "timetable")


def test_the_last_answer_leads_back_to_the_plan(world, as_user, submitted):
    make_classes.read_everything(submitted, world.li)
    Finding.objects.filter(item="staffing").delete()

    page = as_user(world.li).post(answer(submitted, "staffing"), {"verdict": "good"})

    assert page["Location"] == detail(submitted)


@pytest.mark.parametrize(
    ("said", "field"), [({"verdict": "bad"}, "note"), ({"note": "没选"}, "verdict")]
)
def test_an_answer_that_says_too_little_loses_nothing(world, as_user, submitted, said, field):
    browser = as_user(world.li)
    browser.get(evidence(submitted, "rooms"))

    page = browser.post(answer(submitted, "rooms"), said)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Finding.objects.exists()


def test_a_page_says_that_it_is_still_on_the_screen(world, as_user, submitted):
    browser = as_user(world.li)
    words = browser.get(evidence(submitted, "rooms")).content.decode()
    url = reverse("classes:still_reading", args=[submitted.pk])

    assert f'data-reading="{url}"' in words
    assert browser.post(url, {"paper": "rooms"}).content == b"0"


# Before submitting again


def test_the_registrar_sees_which_reasons_are_still_unanswered(world, as_user, submitted):
    reasons = [{"field": "seats", "text": "请减人数"}, {"field": "timetable", "text": "周末不排课"}]
    plan.send_back(submitted, by=world.li, reasons=reasons)
    plan.change(submitted, by=world.aygul, seats=24)

    page = as_user(world.aygul).get(detail(submitted))

    assert [x["changed"] for x in page.context["returned"]] == [True, False]
    assert "还有 1 条" in page.content.decode()


def test_reasons_are_not_forgotten_when_a_corrected_plan_is_taken_back(world, as_user, submitted):
    plan.send_back(submitted, by=world.li, reasons=[{"field": "seats", "text": "请减人数"}])
    plan.submit(submitted, by=world.aygul)
    plan.withdraw(submitted, by=world.aygul)

    page = as_user(world.aygul).get(detail(submitted))

    assert [(x["text"], x["changed"]) for x in page.context["returned"]] == [("请减人数", False)]
