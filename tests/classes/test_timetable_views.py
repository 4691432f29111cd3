"""The grid of a timetable, week by week, and the layout from the syllabus."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import make_classes


def address(name, training_class):
    return reverse(f"classes:{name}", args=[training_class.pk])


def grid(world, day, *rows, initial=0, **more):
    unit = world.syllabus.units.first()
    values = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": initial} | more
    for n, (starts, ends) in enumerate(rows):
        row = {
            "day": day,
            "starts": starts,
            "ends": ends,
            "unit": unit.pk,
            "kind": "theory",
            "teacher": world.teacher.pk,
            "room": world.room.pk,
        }
        values |= {f"rows-{n}-{name}": value for name, value in row.items()}
    return values


def test_a_week_is_written_in_the_grid(world, as_user):
    drafted = make_classes.draft_class(world)
    rows = grid(world, drafted.starts_on, ("10:00", "13:00"), ("16:00", "19:00"))
    week = f"?week={drafted.starts_on}"

    page = as_user(world.aygul).post(address("timetable", drafted) + week, rows)

    assert page.status_code == 302
    assert [lesson.seconds for lesson in drafted.lessons.all()] == [3 * 3600, 3 * 3600]


def test_more_rows_keep_what_was_typed_and_store_nothing(world, as_user):
    drafted = make_classes.draft_class(world)
    rows = grid(world, drafted.starts_on, ("10:00", "13:00"), more="1")

    page = as_user(world.aygul).post(address("timetable", drafted), rows)

    assert len(page.context["rows"].forms) == 4
    assert page.context["rows"].forms[0]["starts"].value() == "10:00"
    assert not any(page.context["rows"].errors)
    assert not drafted.lessons.exists()


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([("13:00", "10:00")], "ends"),
        ([("10:00", "13:00"), ("12:00", "14:00")], "starts"),
    ],
)
def test_a_wrong_row_says_so_beside_its_cell(world, as_user, rows, field):
    drafted = make_classes.draft_class(world)

    said = grid(world, drafted.starts_on, *rows)
    page = as_user(world.aygul).post(address("timetable", drafted), said)

    assert page.status_code == 422
    assert field in page.context["rows"].forms[-1].errors


def test_a_lesson_moved_onto_one_of_another_week_is_refused_above_the_grid(world, as_user):
    planned = make_classes.planned_class(world)
    said = grid(world, planned.starts_on, ("11:00", "12:00"))
    far = planned.starts_on + timedelta(days=70)

    page = as_user(world.aygul).post(address("timetable", planned) + f"?week={far}", said)

    assert page.status_code == 422
    assert "重叠" in page.context["rows"].refusal


def test_a_timetable_is_laid_out_from_the_syllabus(world, as_user):
    drafted = make_classes.draft_class(world)
    wishes = {
        "first_day": drafted.starts_on,
        "daily_hours": 8,
        "morning": "10:00",
        "afternoon": "16:00",
        "weekdays": list("0123456"),
        "teacher": world.teacher.pk,
        "room": world.room.pk,
        "practice_teacher": world.second_teacher.pk,
        "practice_room": world.workshop.pk,
    }
    said = {f"wishes-{name}": value for name, value in wishes.items()}

    page = as_user(world.aygul).post(address("lay_out", drafted), said)

    assert page.status_code == 302
    assert sum(lesson.seconds for lesson in drafted.lessons.all()) == 24 * 2700

    late = as_user(world.aygul).post(address("lay_out", drafted), said | {"wishes-daily_hours": 1})
    assert late.status_code == 422
    assert "晚于结课日期" in late.context["wishes"].errors["daily_hours"][0]


def test_the_timetable_opens_where_its_lessons_are(world, as_user):
    drafted = make_classes.draft_class(world)
    later = drafted.starts_on + timedelta(days=7)
    browser = as_user(world.aygul)

    saved = browser.post(
        address("timetable", drafted) + f"?week={drafted.starts_on}",
        grid(world, later, ("10:00", "13:00")),
        follow=True,
    )
    opened = browser.get(address("timetable", drafted))

    monday = later - timedelta(days=later.weekday())
    assert saved.context["monday"] == opened.context["monday"] == monday
    assert saved.context["rows"].forms[0].initial["day"] == later
