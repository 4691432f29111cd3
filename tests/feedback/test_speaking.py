"""What learners say is counted, and nothing that is kept leads back to them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.make_feedback import ended_class, enrolment, scores
from tests.refusals import refused
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event
from zhupei.feedback import actions, figures
from zhupei.feedback.models import Ballot, Question, Remark, Tally


@pytest.fixture
def ended(world):
    return ended_class(world)


def spoken(found, score=4, remark=""):
    user = make.learner()
    actions.speak(enrolment(found, user), by=user, scores=scores(score), remark=remark)
    return user


def test_scores_are_counted_and_shown_when_five_have_spoken(ended):
    for _ in range(4):
        spoken(ended, 4)
    assert figures.opinion(ended).mean is None
    spoken(ended, 2)
    found = figures.opinion(ended)
    assert str(found.mean) == "3.6"
    assert found.lines[0].counts == [0, 1, 0, 4, 0]
    assert (found.answers, found.asked) == (5, 5)


def test_nobody_speaks_twice(ended, world):
    mine = enrolment(ended, world.adil)
    actions.speak(mine, by=world.adil, scores=scores())
    with refused("spoken_already"):
        actions.speak(mine, by=world.adil, scores=scores(1))
    assert Tally.objects.get(question=Question.TEACHING).count == 1


def test_nobody_speaks_for_somebody_else(ended, world):
    mine = enrolment(ended, world.adil)
    for user in (world.mayra, world.aygul, world.ma):
        with pytest.raises(NotAllowed):
            actions.speak(mine, by=user, scores=scores(5))


@pytest.mark.parametrize("days", [-2, 31])
def test_there_is_a_time_to_speak(world, days):
    found = ended_class(world)
    mine = enrolment(found, world.adil)
    with time_machine.travel(timezone.now() + timedelta(days=days)), refused("feedback_closed"):
        actions.speak(mine, by=world.adil, scores=scores())


@pytest.mark.parametrize("wrong", [0, 6])
def test_every_question_has_a_score_from_one_to_five(ended, world, wrong):
    mine = enrolment(ended, world.adil)
    with refused("score_missing"):
        actions.speak(mine, by=world.adil, scores=scores(4, place=wrong))
    assert not Ballot.objects.exists()


def test_nothing_that_is_kept_tells_who_said_what(ended):
    """No event, no time, no order, no transaction in common."""
    before = Event.objects.count()
    users = [spoken(ended, remark=f"意见 {n}") for n in range(12)]
    assert Event.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM feedback_ballot")
        assert len(cursor.fetchall()) == 1
        cursor.execute("SELECT DISTINCT xmin::text FROM feedback_remark")
        assert len(cursor.fetchall()) == 1
        cursor.execute("SELECT text FROM feedback_remark ORDER BY ctid")
        assert [row[0] for row in cursor.fetchall()] != [f"意见 {n}" for n in range(12)]
        cursor.execute("SELECT enrolment_id FROM feedback_ballot ORDER BY ctid")
        ballots = [row[0] for row in cursor.fetchall()]
    assert sorted(ballots) != ballots
    assert {f.name for f in Remark._meta.fields} == {"id", "training_class", "text"}
    assert {f.name for f in Ballot._meta.fields} == {"enrolment"}
    assert len(users) == 12


def test_a_learner_speaks_on_the_phone(ended, world):
    mine = enrolment(ended, world.adil)
    client = Client()
    client.force_login(world.adil)
    url = reverse("feedback:speak", args=[mine.pk])
    assert "匿名" in client.get(url).content.decode()
    half = client.post(url, {"teaching": "5", "remark": "老师好"})
    assert half.status_code == 422
    assert "老师好" in half.content.decode()
    assert client.post(url, {**scores(5), "remark": ""}).status_code == 302
    assert "已经评价过" in client.get(url).content.decode()


def test_the_page_of_somebody_elses_opinion_is_not_there(ended, world):
    mine = enrolment(ended, world.adil)
    for user in (world.mayra, world.aygul, world.li):
        client = Client()
        client.force_login(user)
        assert client.get(reverse("feedback:speak", args=[mine.pk])).status_code == 404


def test_remarks_stay_hidden_while_few_have_spoken(ended, world):
    spoken(ended, remark="食堂太远")
    client = Client()
    client.force_login(world.aygul)
    url = reverse("feedback:class", args=[ended.pk])
    assert "食堂太远" not in client.get(url).content.decode()
    for _ in range(4):
        spoken(ended)
    assert "食堂太远" in client.get(url).content.decode()


def test_satisfaction_is_told_by_institution_to_those_who_oversee_it(ended, world):
    for _ in range(5):
        spoken(ended, 3)
    page = reverse("feedback:figures")
    for user, seen in ((world.li, True), (world.gu, True), (world.far_reviewer, False)):
        client = Client()
        client.force_login(user)
        text = client.get(page).content.decode()
        assert ("3.0" in text) is seen
