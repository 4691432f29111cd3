"""The screen, the sign-in, the roll, the hours."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.make_attendance import class_with_learners, code, enrolment, first_lesson
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance, Correction
from zhupei.core.models import Message

PAGES_OF_THE_ROLL = [
    "attendance:screen",
    "attendance:code",
    "attendance:roll",
    "attendance:offline",
    "attendance:paper",
    "attendance:enter",
]


@pytest.fixture
def clock(morning):
    return morning


def page_of(lesson, name: str = "attendance:sign", *rest) -> str:
    return reverse(name, args=[lesson.pk, *rest])


@pytest.mark.parametrize("name", PAGES_OF_THE_ROLL)
@pytest.mark.parametrize("person", ["aygul", "ma"])
def test_who_keeps_the_roll_has_the_screen(world, as_user, lesson, name, person):
    assert as_user(getattr(world, person)).get(page_of(lesson, name)).status_code == 200


@pytest.mark.parametrize("name", PAGES_OF_THE_ROLL)
@pytest.mark.parametrize("person", ["adil", "sun", "wang", "li", "gu", "chen", "far_reviewer"])
def test_nobody_else_sees_the_code_of_a_room(world, as_user, lesson, name, person):
    """Not even the learners of the class: a code read at home is worth a seat in the room."""
    assert as_user(getattr(world, person)).get(page_of(lesson, name)).status_code == 404


def test_a_teacher_has_the_screen_of_their_own_lessons_only(world, as_user, lesson):
    lesson.teacher = world.second_teacher
    lesson.save()

    assert as_user(world.ma).get(page_of(lesson, "attendance:code")).status_code == 404


def test_the_screen_gets_code_picture_and_figures(world, as_user, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))

    answer = as_user(world.ma).get(page_of(lesson, "attendance:code"))

    said = answer.json()
    assert said["code"] == code(lesson)
    assert said["svg"].startswith("<svg")
    assert (said["present"], said["expected"]) == (1, 2)
    assert 0 < said["seconds_left"] <= 15
    assert "no-store" in answer["Cache-Control"]


def test_a_learner_types_the_digits(world, as_user, lesson):
    browser = as_user(world.adil)
    assert 'name="code"' in browser.get(page_of(lesson)).text

    digits = code(lesson)
    page = browser.post(page_of(lesson), {"code": f"{digits[:3]} {digits[3:]}"}, follow=True)

    assert "签到成功。" in page.text
    assert Attendance.objects.get().method == "typed"


def test_a_wrong_code_is_said_beside_the_field(world, as_user, lesson):
    page = as_user(world.adil).post(page_of(lesson), {"code": "000000"})

    assert page.status_code == 200
    assert "码每 15 秒换一次" in page.text
    assert not Attendance.objects.exists()


def test_a_phone_that_is_not_signed_in_scans_signs_in_and_is_there(world, client, lesson, clock):
    scanned = client.get(page_of(lesson, "attendance:scan", code(lesson)))
    login = client.get(scanned["Location"])
    assert login["Location"].startswith(reverse("account_login"))

    clock.shift(timedelta(minutes=2))
    client.post(
        login["Location"],
        {"login": world.adil.username, "password": "zhupei-8888", "next": scanned["Location"]},
    )
    page = client.post(scanned["Location"], follow=True)

    assert "签到成功。" in page.text
    row = Attendance.objects.get()
    assert (row.method, row.arrived_at) == ("scan", lesson.starts_at)


def test_a_scan_is_used_once(world, as_user, lesson):
    browser = as_user(world.adil)
    browser.get(page_of(lesson, "attendance:scan", code(lesson)))
    browser.post(page_of(lesson))
    Attendance.objects.all().delete()

    browser.post(page_of(lesson))

    assert not Attendance.objects.exists()


def test_a_scan_in_one_room_does_not_sign_in_to_another_lesson(world, as_user, lesson):
    browser = as_user(world.adil)
    browser.get(page_of(lesson, "attendance:scan", code(lesson)))
    other = lesson.training_class.lessons.exclude(pk=lesson.pk).first()

    browser.post(page_of(other))

    assert not Attendance.objects.exists()


def test_an_early_scan_says_when_signing_in_opens(world, as_user, lesson, clock):
    clock.move_to(lesson.starts_at - timedelta(hours=1))
    browser = as_user(world.adil)
    browser.get(page_of(lesson, "attendance:scan", code(lesson)))

    page = browser.post(page_of(lesson))

    assert "签到 3月17日 09:30（北京时间）开放" in page.text
    assert "必填" not in page.text
    assert page.context["scanned"] is False  # it has to be scanned again


@pytest.mark.parametrize("person", ["sun", "wang"])
def test_a_stranger_learns_nothing_of_the_lesson(world, as_user, lesson, person):
    browser = as_user(getattr(world, person))

    assert browser.get(page_of(lesson)).status_code == 404
    assert browser.post(page_of(lesson), {"code": code(lesson)}).status_code == 404


def test_the_roll_says_who_is_there(world, as_user, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))

    page = as_user(world.aygul).get(page_of(lesson, "attendance:roll"))

    assert (page.context["present"], page.context["expected"]) == (1, 2)
    assert "阿迪力·吾守尔" in page.text
    assert "玛依拉·买买提" in page.text


@pytest.mark.parametrize("learners", [1, 3])
def test_the_roll_costs_the_same_for_one_learner_and_for_three(
    world, as_user, clock, learners, django_assert_num_queries
):
    people = [world.adil, world.mayra, world.sun][:learners]
    lesson = first_lesson(class_with_learners(world, *people))
    clock.move_to(lesson.starts_at)
    for person in people:
        actions.sign_in(lesson, by=person, code=code(lesson))
    browser = as_user(world.aygul)

    with django_assert_num_queries(9):
        page = browser.get(page_of(lesson, "attendance:roll"))

    assert len(page.context["rows"]) == learners


def correction(lesson, user) -> str:
    return page_of(lesson, "attendance:correct", enrolment(lesson.training_class, user).pk)


def test_two_people_correct_a_line_from_the_pages(world, as_user, lesson):
    browser = as_user(world.ma)
    assert browser.get(correction(lesson, world.adil)).status_code == 200

    page = browser.post(
        correction(lesson, world.adil),
        {"present": "1", "arrived": "10:20", "left": "", "note": "手机没电"},
        follow=True,
    )

    assert "已提出更正，等第二个人确认" in page.text
    assert "马建国 提出改为“10:20 到”，等第二个人确认" in page.text
    assert not Attendance.objects.exists()
    found = Correction.objects.get()
    second = as_user(world.aygul)
    assert "手机没电" in second.get(reverse("attendance:correction", args=[found.pk])).text

    second.post(reverse("attendance:correction_move", args=[found.pk, "confirm"]))

    page = second.get(page_of(lesson, "attendance:roll"))
    assert [line.note for line in page.context["timeline"]] == ["手机没电"]
    row = Attendance.objects.get()
    assert row.arrived_at == lesson.starts_at + timedelta(minutes=20)
    assert Message.objects.visible_to(world.adil).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"note": ""}, "必填"),
        ({"arrived": ""}, "到课的请写到达时间。"),
        ({"left": "10:00"}, "离开时间早于到达时间，请检查。"),
        ({"arrived": "25:99"}, "输入一个有效的时间"),
    ],
)
def test_a_correction_that_cannot_be_is_sent_back_with_the_reason(
    world, as_user, lesson, fields, words
):
    typed = {"present": "1", "arrived": "10:20", "left": "", "note": "手机没电"} | fields

    page = as_user(world.ma).post(correction(lesson, world.adil), typed)

    assert page.status_code == 200
    assert words in page.text
    assert not Attendance.objects.exists()


def test_the_timetable_leads_to_the_rolls_one_keeps(world, as_user, lesson):
    address = reverse("classes:timetable", args=[lesson.training_class_id])

    own = as_user(world.ma).get(address)

    lessons = lesson.training_class.lessons.all()
    assert own.context["kept"] == {one.pk for one in lessons if one.teacher == lesson.teacher}
    assert page_of(lesson, "attendance:roll") in own.text
    assert as_user(world.aygul).get(address).context["kept"] == {one.pk for one in lessons}
    assert as_user(world.li).get(address).context["kept"] == set()


@pytest.mark.parametrize("person", ["wang", "li", "adil", "sun"])
def test_nobody_else_has_the_page_of_a_correction(world, as_user, lesson, person):
    browser = as_user(getattr(world, person))

    assert browser.get(correction(lesson, world.adil)).status_code == 404
    assert browser.post(correction(lesson, world.adil), {"note": "x"}).status_code == 404


def test_a_learner_reads_their_hours_lesson_by_lesson(world, as_user, lesson, clock):
    clock.shift(timedelta(minutes=20))
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    mine = enrolment(lesson.training_class, world.adil)

    page = as_user(world.adil).get(reverse("attendance:hours", args=[mine.pk]))

    assert page.status_code == 200
    assert page.context["total"] == lesson.seconds - 20 * 60
    assert len(page.context["rows"]) == lesson.training_class.lessons.count()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("adil", 200),
        ("aygul", 200),
        ("ma", 200),
        ("li", 200),
        ("gu", 200),
        ("mayra", 404),
        ("sun", 404),
        ("wang", 404),
        ("chen", 404),
        ("far_reviewer", 404),
    ],
)
def test_who_may_read_the_hours_of_adil(world, as_user, lesson, person, status):
    hours = reverse("attendance:hours", args=[enrolment(lesson.training_class, world.adil).pk])

    assert as_user(getattr(world, person)).get(hours).status_code == status
