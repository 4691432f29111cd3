"""A learner's home leads on: to the books they were given, to their opinion of a class."""

from django.urls import reverse
from django.utils import timezone

from tests import make_attendance, make_classes, make_feedback, make_teaching
from tests.classes.test_enrolment import AGREED
from zhupei.classes.actions import enrolment, waiting
from zhupei.classes.models import TrainingClass
from zhupei.feedback.actions import speak

HOME = reverse("portal:home")


def test_a_class_that_is_over_is_rated_from_home_once(world, as_user):
    mine = make_feedback.enrolment(make_feedback.ended_class(world, days_ago=2), world.adil)
    door = reverse("feedback:speak", args=[mine.pk])
    assert door in as_user(world.adil).get(HOME).text

    speak(mine, by=world.adil, scores=make_feedback.scores())

    assert door not in as_user(world.adil).get(HOME).text


def test_a_class_that_runs_still_is_not_rated(world, as_user):
    taught = make_attendance.class_with_learners(world, world.adil)
    mine = taught.enrolments.get(person=world.adil.person)

    assert reverse("feedback:speak", args=[mine.pk]) not in as_user(world.adil).get(HOME).text


def test_a_class_that_was_over_long_ago_is_not_rated(world, as_user):
    mine = make_feedback.enrolment(make_feedback.ended_class(world, days_ago=31), world.adil)

    assert reverse("feedback:speak", args=[mine.pk]) not in as_user(world.adil).get(HOME).text


def test_a_book_is_asked_for_on_home_until_it_is_confirmed(world, as_user):
    taught = make_attendance.class_with_learners(world, world.adil)
    given = make_teaching.hand_out(world, taught, taught.enrolments.get(person=world.adil.person))
    browser = as_user(world.adil)
    assert given.book.textbook.title in browser.get(HOME).text

    browser.post(reverse("teaching:confirm", args=[given.pk]))

    assert given.book.textbook.title not in browser.get(HOME).text


def test_a_place_kept_in_a_full_class_is_taken_from_home(world, as_user):
    full = make_classes.approved_class(world, seats=1)
    taken = enrolment.sign_up(full, by=world.adil, consents=AGREED)
    line = waiting.join(full, by=world.mayra, consents=AGREED)
    assert "候补第 1 位" in as_user(world.mayra).get(HOME).text

    enrolment.withdraw(taken, by=world.adil)
    page = as_user(world.mayra).get(HOME).text

    assert reverse("join:take", args=[line.pk]) in page
    assert "您还没有报班" not in page


def test_nobody_is_sent_to_the_room_of_a_frozen_class(world, as_user):
    taught = make_attendance.class_with_learners(world, world.adil)
    TrainingClass.objects.filter(pk=taught.pk).update(frozen_since=timezone.now())
    mine = taught.enrolments.get(person=world.adil.person)

    page = as_user(world.adil).get(HOME)

    assert page.context["lesson"] is None
    assert "不用去教室" in page.text
    assert reverse("join:transfer", args=[mine.pk]) in page.text
