"""The desk of a reviewer in the browser; second readings, draws and figures."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make, make_classes
from zhupei.classes import parameters, review
from zhupei.classes.actions import documents, plan, roster, second
from zhupei.classes.actions import review as reading
from zhupei.classes.models import Finding, Reading, SecondReading
from zhupei.teachers.models import Qualification

BUDGET = 20
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
    assert browser.post(url, {"paper": "rooms"}).status_code == 204


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


# Second readings and draws


@pytest.fixture
def drawn(world):
    make.parameter_value(parameters.SECOND_READING_SHARE, 100, make.LONG_AGO)
    approved = make_classes.approved_class(world)
    second.draw(timezone.localdate())
    return SecondReading.objects.get(training_class=approved)


def test_the_region_reads_again_and_decides_in_the_browser(world, as_user, drawn):
    browser, page = as_user(world.gu), reverse("classes:second_reading", args=[drawn.pk])
    assert browser.get(page).context["moves"][0]["blocked"]
    for item in review.folder(drawn.training_class).items:
        assert browser.get(evidence(drawn.training_class, item.code)).status_code == 200
    assert not browser.get(page).context["moves"][0]["blocked"]

    browser.post(reverse("classes:move_second", args=[drawn.pk, "agree"]))

    drawn.refresh_from_db()
    assert drawn.state == "agreed"


def test_the_second_reader_sees_what_the_first_one_read(world, as_user, drawn):
    page = as_user(world.gu).get(reverse("classes:second_reading", args=[drawn.pk]))

    first = page.context["first"]
    assert first.event.actor_name == "李文涛"
    assert len(first.findings) == len(first.evidence)


def test_the_bureau_sees_its_second_readings_and_decides_none(world, as_user, drawn):
    browser = as_user(world.li)

    listed = browser.get(reverse("classes:second_readings"))
    one = browser.get(reverse("classes:second_reading", args=[drawn.pk]))
    posted = browser.post(reverse("classes:move_second", args=[drawn.pk, "agree"]))

    assert len(listed.context["rows"]) == 1
    assert one.context["moves"] == []
    assert posted.status_code == 403


def test_a_second_reading_is_no_page_elsewhere(world, as_user, drawn):
    url = reverse("classes:second_reading", args=[drawn.pk])

    assert as_user(world.far_reviewer).get(url).status_code == 404
    assert as_user(world.gu).post(url + "burn/").status_code == 404


def test_second_readings_are_filtered_by_state(world, as_user, drawn):
    browser, url = as_user(world.gu), reverse("classes:second_readings")

    assert browser.get(url, {"state": "waiting"}).context["rows"]
    assert "清除筛选" in browser.get(url, {"state": "objected"}).content.decode()


def test_the_draw_shows_seed_list_result_and_how_to_draw_again(world, as_user, drawn):
    page = as_user(world.far_reviewer).get(reverse("classes:draw", args=[drawn.draw_id]))

    words = page.content.decode()
    assert drawn.draw.seed in words
    assert "sha256sum" in words
    assert page.context["agrees"]
    assert as_user(world.wang).get(reverse("classes:draw", args=[drawn.draw_id])).status_code == 404


def test_the_plan_shows_its_second_reading_to_the_bureau_and_not_to_the_school(
    world, as_user, drawn
):
    url = detail(drawn.training_class)

    assert as_user(world.li).get(url).context["second"]
    assert as_user(world.aygul).get(url).context["second"] is None


# Figures


def figures(world, as_user, person="gu"):
    page = as_user(getattr(world, person)).get(reverse("classes:review_figures"))
    assert page.status_code == 200
    return page


def cells(page, table, name):
    row = next(x for x in page.context["tables"][table]["rows"] if x["name"] == name)
    return {cell.label: cell for cell in row["cells"]}


def test_figures_are_told_by_bureau_and_by_reader(world, as_user, drawn):
    second.object_to(drawn, by=world.gu, note="不同意")
    returned = make_classes.submitted_class(world, starts_on=timezone.localdate() + WEEKS)
    plan.send_back(returned, by=world.li, reasons=[{"field": "seats", "text": "请减人数"}])

    page = figures(world, as_user)

    for table, name in ((0, "昌吉州住房和城乡建设局"), (1, "李文涛")):
        told = {label: cell.value for label, cell in cells(page, table, name).items()}
        assert (told["办结"], told["退回"], told["复读有异议"]) == ("2", "50%", "1")
        assert told["主要退回理由"] == "计划人数 1"
        assert told["用时中位（工作日）"] == "0"
        assert told["没有细看完"] == "1"


def test_a_figure_leads_to_the_plans_behind_it(world, as_user, drawn):
    skimmed = cells(figures(world, as_user), 1, "李文涛")["没有细看完"]

    page = as_user(world.gu).get(skimmed.url)

    assert [row["class"] for row in page.context["rows"]] == [drawn.training_class]


def test_a_bureau_sees_only_its_own_figures(world, as_user, drawn):
    own, other = (figures(world, as_user, person) for person in ("li", "far_reviewer"))

    assert [x["name"] for x in own.context["tables"][1]["rows"]] == ["李文涛"]
    assert len(other.context["tables"]) == 1
    url = cells(own, 1, "李文涛")["办结"].url
    assert as_user(world.far_reviewer).get(url).context["rows"] == []


@pytest.mark.parametrize("person", ["aygul", "chen", "song"])
def test_figures_are_for_the_region_and_the_bureaus(world, as_user, person):
    browser = as_user(getattr(world, person))

    for name in ("review_figures", "reviewed_plans"):
        assert browser.get(reverse(f"classes:{name}")).status_code == 403


def test_a_period_that_makes_no_sense_is_said_and_the_usual_one_shown(world, as_user):
    url = reverse("classes:review_figures")
    page = as_user(world.gu).get(url, {"since": "2026-05-01", "until": "2026-01-01"})

    assert "结束早于开始" in page.content.decode()


def test_figures_ask_the_same_for_one_decision_and_for_thirty(world, as_user):
    make_classes.approved_class(world)
    browser, url = as_user(world.gu), reverse("classes:review_figures")
    few = asked(browser, url)

    for week in range(1, 15):
        make_classes.approved_class(world, starts_on=timezone.localdate() + week * 2 * WEEK)

    assert asked(browser, url) == few
