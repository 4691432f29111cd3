"""Pages of the question bank."""

import pytest
from django.urls import reverse

from tests import make, make_questions
from tests.questions.test_actions import filled
from zhupei.core import audit
from zhupei.questions.models import QuestionSet


def page_of(question_set, name: str = "detail", *rest) -> str:
    return reverse(f"questions:{name}", args=[question_set.pk, *rest])


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

    with django_assert_num_queries(6):
        page = browser.get(reverse("questions:index"))

    assert page.context["page"].paginator.count == rows + 1
