"""Self-evaluation of a class, and the calls some weeks later."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.make_feedback import ended_class
from tests.refusals import refused
from zhupei.classes.actions import plan
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.feedback import actions
from zhupei.feedback.models import FollowUp, SelfEvaluation

SAID = {
    "plan": "按课表上完 24 学时。",
    "teaching": "每节点名。",
    "means": "两间教室。",
    "effect": "都会识图。",
    "improve": "",
}


@pytest.fixture
def finished(world):
    """A class of ten that ended nine weeks ago."""
    found = ended_class(world, days_ago=63, learners=10)
    return plan.finish(found, by=world.aygul)


@pytest.fixture
def due(finished):
    actions.choose_calls()
    return FollowUp.objects.first()


def test_an_institution_evaluates_its_class_and_the_bureau_hears_of_it(finished, world):
    row = actions.write_self_evaluation(finished, by=world.aygul, **SAID)
    actions.hand_in(row, by=world.aygul)
    row.refresh_from_db()
    assert row.state == "handed_in"
    assert {fact["label"] for fact in row.facts} >= {"在班学员", "满意度"}
    assert Message.objects.filter(recipient=world.li, title__contains="质量自评").exists()
    assert "质量自评" in audit.timeline(finished)[0].sentence


def test_every_part_has_to_be_written(finished, world):
    row = actions.write_self_evaluation(finished, by=world.aygul, **SAID | {"effect": " "})
    with refused("part_missing"):
        actions.hand_in(row, by=world.aygul)


def test_what_was_handed_in_stays_as_it_is(finished, world):
    row = actions.write_self_evaluation(finished, by=world.aygul, **SAID)
    actions.hand_in(row, by=world.aygul)
    with refused("handed_in_already"):
        actions.write_self_evaluation(finished, by=world.aygul, **SAID)
    with refused("wrong_state"):
        actions.hand_in(row, by=world.aygul)


def test_a_class_that_goes_on_is_not_evaluated(world):
    found = ended_class(world, days_ago=-3)
    with refused("class_not_over"):
        actions.write_self_evaluation(found, by=world.aygul, **SAID)


def test_only_its_registrar_evaluates_a_class(finished, world):
    for user in (world.wang, world.li, world.ma):
        with pytest.raises(NotAllowed):
            actions.write_self_evaluation(finished, by=user, **SAID)


def test_a_draft_is_kept_and_then_handed_in_on_the_page(finished, world):
    client = Client()
    client.force_login(world.aygul)
    url = reverse("feedback:self", args=[finished.pk])
    assert client.post(url, SAID | {"effect": ""}).status_code == 302
    assert client.post(url, SAID | {"effect": "", "hand_in": "1"}).status_code == 422
    assert client.post(url, SAID | {"hand_in": "1"}).status_code == 302
    assert SelfEvaluation.objects.get().state == "handed_in"
    bureau = Client()
    bureau.force_login(world.li)
    seen = bureau.get(reverse("feedback:class", args=[finished.pk])).content.decode()
    assert "都会识图" in seen


def test_a_third_of_a_class_is_rung_up_eight_weeks_later_and_chosen_once(finished):
    assert actions.choose_calls() == 3
    assert actions.choose_calls() == 0
    assert FollowUp.objects.count() == 3


def test_nobody_is_rung_up_too_early(world):
    found = ended_class(world, days_ago=20, learners=4)
    plan.finish(found, by=world.aygul)
    assert actions.choose_calls() == 0
    with time_machine.travel(timezone.now() + timedelta(weeks=8)):
        assert actions.choose_calls() == 2


def test_what_somebody_said_on_the_telephone_is_written_down_once(due, world):
    said = {"work": "trade", "score": 5, "book_taken_back": True, "said": "书收走了"}
    row = actions.reach(due, by=world.aygul, **said)
    assert (row.state, row.book_taken_back, row.ended_by) == ("reached", True, world.aygul)
    with refused("wrong_state"):
        actions.reach(due, by=world.aygul, **said)


def test_a_score_is_one_to_five(due, world):
    with refused("score_missing"):
        actions.reach(due, by=world.aygul, work="none", score=9, book_taken_back=None)


def test_after_three_tries_nobody_rings_any_more(due, world):
    for tries in (1, 2):
        row = actions.miss(due, by=world.aygul)
        assert (row.state, row.tries) == ("due", tries)
    assert actions.miss(due, by=world.aygul).state == "unreached"
    with refused("wrong_state"):
        actions.miss(due, by=world.aygul)


def test_who_does_not_want_to_be_asked_is_not_asked_again(due, world):
    assert actions.decline(due, by=world.aygul).state == "declined"


def test_only_the_institution_rings_up_its_learners(due, world):
    for user in (world.wang, world.li):
        with pytest.raises(NotAllowed):
            actions.decline(due, by=user)


def test_the_calls_are_made_from_a_list(due, world):
    client = Client()
    client.force_login(world.aygul)
    listed = client.get(reverse("feedback:calls")).content.decode()
    assert due.enrolment.person.name in listed
    url = reverse("feedback:call", args=[due.pk])
    assert client.post(url, {"score": "5"}).status_code == 422
    full = {"work": "trade", "score": "5", "book_taken_back": "no", "said": ""}
    assert client.post(url, full).status_code == 302
    due.refresh_from_db()
    assert (due.state, due.book_taken_back) == ("reached", False)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "adil"])
def test_strangers_find_no_call(due, world, person):
    client = Client()
    client.force_login(getattr(world, person))
    assert client.get(reverse("feedback:call", args=[due.pk])).status_code == 404
