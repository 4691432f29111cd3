"""When a teacher teaches, across institutions: the page ``teacher_calendar``."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make, make_classes, make_teachers


def page(browser, teacher, day=None):
    said = {"month": f"{day:%Y-%m}"} if day else {}
    return browser.get(reverse("classes:teacher_calendar", args=[teacher.pk]), said)


def lessons(answer):
    return [lesson for day in answer.context["days"] for lesson in day["lessons"]]


def test_a_month_of_the_own_institution_names_classes_and_rooms(world, as_user):
    submitted = make_classes.submitted_class(world)

    answer = page(as_user(world.aygul), world.teacher, submitted.starts_on)

    found = lessons(answer)
    assert {one["title"] for one in found} == {submitted.title}
    assert {one["room"] for one in found} == {"教室 101"}
    assert submitted.title in answer.content.decode()


@pytest.mark.parametrize("person", ["wang", "song", "far_reviewer"])
def test_others_read_the_hours_and_the_institution_only(world, as_user, person):
    submitted = make_classes.submitted_class(world)

    answer = page(as_user(getattr(world, person)), world.teacher, submitted.starts_on)

    assert lessons(answer)
    assert all("title" not in one for one in lessons(answer))
    assert submitted.title not in answer.content.decode()
    assert world.school.name in answer.content.decode()


def test_a_teacher_reads_all_of_their_own_lessons(world, as_user):
    submitted = make_classes.submitted_class(world)

    answer = page(as_user(world.ma), world.teacher, submitted.starts_on)

    assert {one["title"] for one in lessons(answer)} == {submitted.title}


def test_a_plan_that_was_not_submitted_takes_nobody(world, as_user):
    planned = make_classes.planned_class(world)

    assert lessons(page(as_user(world.aygul), world.teacher, planned.starts_on)) == []


@pytest.mark.parametrize("words", ["", "2026-13", "nonsense", "0001-01", "9999-12"])
def test_a_strange_month_is_this_one(world, as_user, words):
    browser = as_user(world.aygul)
    url = reverse("classes:teacher_calendar", args=[world.teacher.pk])

    assert browser.get(url, {"month": words}).context["first"].day == 1


def test_the_months_before_and_after_are_led_to(world, as_user):
    url = reverse("classes:teacher_calendar", args=[world.teacher.pk])

    context = as_user(world.aygul).get(url, {"month": "2026-12"}).context

    assert (context["before"], context["after"]) == ("2026-11", "2027-01")


def test_strangers_find_no_calendar(world, as_user):
    drafted = make_teachers.drafted(world)

    for person in (world.wang, world.far_reviewer, world.sun, world.chen, world.song):
        assert page(as_user(person), drafted).status_code == 404


def test_a_full_month_asks_no_more_than_an_empty_one(world, as_user):
    browser = as_user(world.aygul)
    submitted = make_classes.submitted_class(world)
    idle = make.teacher("买合木提", world.school)
    page(browser, idle, submitted.starts_on)

    counts = []
    for teacher in (idle, world.teacher):
        with CaptureQueriesContext(connection) as asked:
            page(browser, teacher, submitted.starts_on)
        counts.append(len(asked))

    assert counts[0] == counts[1]
