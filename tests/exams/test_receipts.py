"""What a candidate takes home, and what it is compared with."""

import pytest
import time_machine
from django.urls import reverse

from tests import make_exams
from tests.exams.test_views import no_build, page, words
from zhupei.exams import rules
from zhupei.exams.actions import room
from zhupei.exams.models import Answer, Attempt

__all__ = ["no_build"]


@pytest.fixture
def sitting(world):
    return make_exams.sealed_sitting(world)


@pytest.fixture
def sat(world, sitting, client):
    """Adil at his exam: the client signed in, and the attempt, during the sitting."""
    with time_machine.travel(make_exams.during(sitting)):
        client.force_login(world.adil)
        make_exams.started_attempt(sitting, world.adil)
        yield client, Attempt.objects.get(candidate__person=world.adil.person)


@pytest.fixture
def handed_in(sat, sitting):
    """Adil's hand-in of thirteen answers: his browser, the attempt, the figure."""
    client, attempt = sat
    make_exams.answer(attempt, make_exams.right(sitting, 13))
    client.post(reverse("sit:hand_in", args=[attempt.pk]))
    return client, attempt, rules.receipt(attempt.choices())


def test_the_receipt_can_be_kept_and_says_how_its_figure_is_made(handed_in):
    client, attempt, figure = handed_in

    response = page(client, "sit:receipt", attempt.pk)

    assert response["Content-Disposition"] == f'attachment; filename="receipt-{attempt.pk}.txt"'
    shown = words(response)
    assert figure in shown
    assert "服务器收到：13 / 20 题" in shown
    assert "阿迪力" in shown


def test_who_ended_the_exam_stands_on_the_receipt(sat, sitting, world):
    client, attempt = sat
    make_exams.answer(attempt, make_exams.right(sitting, 13))
    room.end([attempt], by=world.chen, note="身体不适离场")

    assert "监考员结束了考试" in words(page(client, "sit:result", attempt.pk))
    assert "监考员结束了考试" in words(page(client, "sit:receipt", attempt.pk))


def test_a_figure_brought_back_is_compared(handed_in):
    client, attempt, figure = handed_in
    address = reverse("sit:result", args=[attempt.pk])

    plain = words(client.get(address))
    same = words(client.get(address, {"receipt": f" {figure[:32].upper()} {figure[32:]}"}))
    other = words(client.get(address, {"receipt": figure[:-1] + "x"}))

    assert "与考试经过里记的指纹一致" in plain
    assert "您手里的指纹" not in plain
    assert "与服务器存的答案一致" in same
    assert "与服务器存的不一致" in other


def test_answers_changed_behind_the_record_are_told(handed_in):
    client, attempt, _figure = handed_in
    Answer.objects.filter(attempt_id=attempt.pk, item=0).update(choice="Z")

    shown = words(page(client, "sit:result", attempt.pk))

    assert "与考试经过里记的指纹不一致" in shown


def test_before_the_hand_in_there_is_no_receipt(world, sat):
    client, attempt = sat

    assert page(client, "sit:receipt", attempt.pk).status_code == 404
    client.force_login(world.mayra)
    assert page(client, "sit:receipt", attempt.pk).status_code == 404
