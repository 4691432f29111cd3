"""Checks of the teaching; textbooks received by the word of those who got them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make_attendance
from tests.make_teaching import textbook
from tests.refusals import refused
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message, TextMessage
from zhupei.people import actions as people
from zhupei.teaching.actions import books, checks
from zhupei.teaching.models import HandOut, Verdict


@pytest.fixture
def taught(world):
    return make_attendance.class_with_learners(world)


@pytest.fixture
def book(taught, world):
    return books.choose(taught, textbook(world), by=world.aygul)


@pytest.fixture
def given(taught, book, world):
    books.give(book, taught.enrolments.all(), by=world.ma)
    return HandOut.objects.get(enrolment__person=world.adil.person)


def check(taught, world, **said):
    usual = {
        "checked_on": timezone.localdate(), "verdict": Verdict.GOOD, "found": "按课表上课",
    }  # fmt: skip
    return checks.check(taught, by=world.aygul, **usual | said)


def test_a_fault_is_noted_and_put_right_once(taught, world):
    row = check(taught, world, verdict=Verdict.BAD, found="少发 2 本教材")
    with refused("correction_missing"):
        checks.correct(row, by=world.aygul, corrected="")
    checks.correct(row, by=world.aygul, corrected="已补发")
    with refused("nothing_to_correct"):
        checks.correct(row, by=world.aygul, corrected="又改")


def test_checks_lie_within_the_class_and_in_the_past(taught, world):
    with refused("check_in_the_future"):
        check(taught, world, checked_on=timezone.localdate() + timedelta(days=1))
    with refused("check_outside_class"):
        check(taught, world, checked_on=taught.starts_on - timedelta(days=1))
    with refused("found_missing"):
        check(taught, world, found="  ")


def test_nobody_checks_a_lesson_of_their_own(taught, world):
    world.aygul.person = world.teacher.person
    with refused("own_lesson"):
        check(taught, world, lesson=make_attendance.first_lesson(taught))


@pytest.mark.parametrize("person", ["ma", "wang", "li", "adil"])
def test_only_the_registrar_notes_checks(taught, world, person):
    with pytest.raises(NotAllowed):
        checks.check(
            taught, by=getattr(world, person), checked_on=timezone.localdate(),
            verdict=Verdict.GOOD, found="好",
        )  # fmt: skip


def test_a_check_is_noted_on_the_page(taught, world):
    client = Client()
    client.force_login(world.aygul)
    url = reverse("teaching:checks", args=[taught.pk])
    said = {"checked_on": str(timezone.localdate()), "verdict": "bad", "found": "无人点名"}
    assert client.post(url, said | {"found": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert "无人点名" in client.get(url).content.decode()


def test_only_books_the_region_approved_for_this_job_are_chosen(taught, world):
    with refused("book_not_approved"):
        books.choose(taught, textbook(world, 1, state="proposed"), by=world.aygul)
    other = textbook(world, 2)
    other.jobs.clear()
    with refused("book_of_another_job"):
        books.choose(taught, other, by=world.aygul)


def test_everybody_gets_a_book_once_and_is_asked_to_say_so(taught, book, world):
    assert len(books.give(book, taught.enrolments.all(), by=world.ma)) == 2
    with refused("nobody_to_give"):
        books.give(book, taught.enrolments.all(), by=world.ma)
    assert Message.objects.filter(recipient=world.adil, title__contains="教材").count() == 1
    with refused("book_was_given"):
        books.drop(book, by=world.aygul)


def test_a_book_nobody_has_may_be_dropped(book, taught, world):
    books.drop(book, by=world.aygul)
    assert not taught.books.exists()


def test_only_the_learner_says_a_book_was_received_and_once(given, world):
    for person in ("aygul", "ma", "mayra"):
        with pytest.raises(NotAllowed):
            books.confirm(given, by=getattr(world, person))
    books.confirm(given, by=world.adil)
    with refused("confirmed_already"):
        books.confirm(given, by=world.adil)


def test_a_code_on_the_learners_own_telephone_does_as_well(given, world):
    books.send_code(given, by=world.ma)
    code = TextMessage.objects.latest("pk").text.split("验证码 ")[1][:6]
    wrong = "000000" if code != "000000" else "111111"
    with refused("code_wrong"):
        books.confirm_by_code(given, by=world.ma, code=wrong)
    assert books.confirm_by_code(given, by=world.ma, code=code).confirmed_how == "code"


def test_the_code_read_aloud_for_a_book_opens_no_account(given, world):
    books.send_code(given, by=world.ma)
    text = TextMessage.objects.latest("pk").text
    code = text.split("验证码 ")[1][:6]
    with refused("code_wrong"):
        people.reset_password(phone=world.adil.person.phone, code=code, password="zp-taken-1")
    assert given.book.textbook.title in text  # whoever is asked for it reads what it is for


def test_nobody_else_hands_out_or_asks_for_codes(given, book, taught, world):
    for person in ("wang", "li", "adil"):
        user = getattr(world, person)
        with pytest.raises(NotAllowed):
            books.send_code(given, by=user)
        with pytest.raises(NotAllowed):
            books.confirm_by_code(given, by=user, code="123456")
        with pytest.raises(NotAllowed):
            books.give(book, taught.enrolments.all(), by=user)


def test_books_are_chosen_given_and_confirmed_on_pages(taught, world):
    teacher, learner = Client(), Client()
    teacher.force_login(world.ma)
    learner.force_login(world.adil)
    url = reverse("teaching:books", args=[taught.pk])
    assert teacher.post(url, {"textbook": textbook(world).pk}).status_code == 302
    book = taught.books.get()
    everybody = list(taught.enrolments.values_list("pk", flat=True))
    give = reverse("teaching:give", args=[book.pk])
    assert teacher.post(give, {"enrolment": everybody}).status_code == 302
    mine = HandOut.objects.get(enrolment__person=world.adil.person)
    assert "我收到了" in learner.get(reverse("teaching:my_books")).content.decode()
    assert learner.post(reverse("teaching:confirm", args=[mine.pk])).status_code == 302
    assert "本人登录确认" in teacher.get(url).content.decode()
    theirs = HandOut.objects.exclude(pk=mine.pk).get()
    code = reverse("teaching:code", args=[theirs.pk])
    assert teacher.post(code, {"code": "123456"}).status_code == 422
    assert learner.post(reverse("teaching:confirm", args=[theirs.pk])).status_code == 404
