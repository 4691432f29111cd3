"""Pages of the question bank."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests import make, make_questions
from tests.questions.test_actions import BAD, filled, spreadsheet, started
from tests.questions.test_sheet import GOOD
from zhupei.core import audit
from zhupei.core.models import WaitingFile
from zhupei.questions.models import QuestionSet


def page_of(question_set, name: str = "detail", *rest) -> str:
    return reverse(f"questions:{name}", args=[question_set.pk, *rest])


@pytest.fixture
def sent(world, as_user):
    """A browser of Gu's, a set, and the file that waits for it."""
    question_set, browser = started(world), as_user(world.gu)
    browser.post(page_of(question_set), {"file": spreadsheet(GOOD, BAD)})
    return browser, question_set, WaitingFile.objects.get()


def test_the_region_starts_a_set_from_the_page(world, as_user):
    page = as_user(world.gu).post(
        reverse("questions:index"), {"job": make.job().pk, "title": "2027 题库"}, follow=True
    )

    assert QuestionSet.objects.get(title="2027 题库").state == "draft"
    assert "2027 题库" in page.text


def test_a_title_that_is_taken_is_said_beside_the_field(world, as_user):
    page = as_user(world.gu).post(
        reverse("questions:index"), {"job": make.job().pk, "title": world.questions.title}
    )

    assert page.status_code == 200
    assert "这个岗位已有同名题库" in page.text


def test_an_upload_is_rehearsed_and_every_fault_is_shown_with_its_place(sent):
    browser, question_set, file = sent

    page = browser.get(page_of(question_set, "rehearsal", file.pk))

    report = page.context["report"]
    assert (report["total"], report["good"], report["refused"]) == (2, 1, 1)
    assert "没有答案的题" in page.text or report["rows"][0].row == 3
    assert not question_set.items.exists()


def test_the_good_rows_are_taken_in_once_even_on_a_double_click(sent):
    browser, question_set, file = sent

    page = browser.post(page_of(question_set, "take-in", file.pk), follow=True)
    again = browser.post(page_of(question_set, "take-in", file.pk))

    assert "已导入 1 题。" in page.text
    assert again.status_code == 409
    assert 'data-code="already_imported"' in again.text
    assert question_set.items.count() == 1


def test_the_bad_rows_can_be_fetched_and_put_right(sent):
    browser, question_set, file = sent

    answer = browser.get(page_of(question_set, "corrected", file.pk))

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_belongs_to_the_set_it_was_sent_for(world, sent):
    browser, _question_set, file = sent

    assert browser.get(page_of(world.questions, "rehearsal", file.pk)).status_code == 404
    assert browser.post(page_of(world.questions, "take-in", file.pk)).status_code == 404


@pytest.mark.parametrize("name", ["rehearsal", "corrected"])
def test_nobody_sees_the_file_of_somebody_else(world, as_user, sent, name):
    _browser, question_set, file = sent
    colleague = make.member("厅里的同事", "regulator", world.region)

    assert as_user(colleague).get(page_of(question_set, name, file.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("试题.xlsx", b"MZ\x90\x00 not a spreadsheet"), ("试题.xlsx", b"PK\x03\x04 neither")],
)
def test_what_is_no_spreadsheet_is_refused_beside_the_field(world, as_user, name, content):
    page = as_user(world.gu).post(page_of(started(world)), {"file": ContentFile(content, name)})

    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not WaitingFile.objects.exists()


def test_the_template_is_for_the_region(world, as_user):
    template = reverse("questions:template")

    assert as_user(world.gu).get(template).content.startswith(b"PK")
    assert as_user(world.chen).get(template).status_code == 404


def test_seeing_the_items_is_on_record_and_not_for_assessment_bodies(world, as_user):
    page = as_user(world.gu).get(page_of(world.questions, "items"))
    assert "第 0 题" in page.text
    assert audit.own_history(world.questions).count() == 1

    chen = as_user(world.chen)
    assert chen.get(page_of(world.questions)).status_code == 200
    assert "第 0 题" not in chen.get(page_of(world.questions)).text
    assert chen.get(page_of(world.questions, "items")).status_code == 403
    assert audit.own_history(world.questions).count() == 1


@pytest.mark.parametrize("person", ["aygul", "li", "ma", "adil"])
def test_for_everybody_else_there_is_no_bank(world, as_user, person):
    browser = as_user(getattr(world, person))

    assert browser.get(page_of(world.questions)).status_code == 404
    assert browser.get(page_of(world.questions, "items")).status_code == 404
    assert not browser.get(reverse("questions:index")).context["page"].object_list


def test_the_buttons_move_it(world, as_user):
    question_set, browser = filled(world), as_user(world.gu)
    make_questions.read_all(world, question_set)

    page = browser.post(page_of(question_set, "move", "publish"), follow=True)

    assert "已发布" in page.text
    assert browser.post(page_of(question_set, "move", "burn")).status_code == 404


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_for_three_and_for_three_hundred(
    world, as_user, rows, django_assert_num_queries
):
    QuestionSet.objects.bulk_create(
        QuestionSet(job=make.job(), title=f"题库 {n}") for n in range(rows)
    )
    browser = as_user(world.gu)

    with django_assert_num_queries(7):
        page = browser.get(reverse("questions:index"))

    assert page.context["page"].paginator.count == rows + 1
