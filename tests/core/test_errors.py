"""A refusal beside its field; two people in each other's way are told to press again."""

from threading import Barrier
from unittest.mock import Mock

import pytest
from django import forms
from django.db import OperationalError, transaction
from django.urls import reverse

from tests import refusals
from tests.together import LONGEST, at_once
from zhupei.core import messages
from zhupei.core.errors import NotAllowed, Refused, beside, collision
from zhupei.core.models import Series


class Plan(forms.Form):
    title = forms.CharField()


@pytest.mark.parametrize(
    ("field", "where"), [("title", "title"), ("room", "__all__"), (None, "__all__")]
)
def test_a_refusal_stands_beside_its_field_or_above_the_form(field, where):
    form = Plan({"title": "第 1 场"})

    Refused("taken", "“%(title)s”已经有了。", field=field, title="第 1 场").beside(form)

    assert form.errors == {where: ["“第 1 场”已经有了。"]}


def test_what_is_refused_inside_stands_in_the_form_by_the_forms_own_name():
    form = Plan({"title": "第 1 场"})

    with beside(form, name="title"):
        raise Refused("taken", "已经有了。", field="name")

    assert form.errors == {"title": ["已经有了。"]}


def test_what_somebody_may_not_do_goes_on():
    form = Plan({"title": "第 1 场"})

    with pytest.raises(NotAllowed), beside(form):
        raise NotAllowed("not_allowed", "您不能。", field="title")
    assert not form.errors


@pytest.mark.django_db(transaction=True)
def test_of_two_who_wait_for_each_other_one_is_told_to_press_again():
    one, two = (Series.objects.create(name=name) for name in ("甲", "乙"))
    both = Barrier(2, timeout=LONGEST)

    def crossing(first, second):
        form = Plan({"title": "第 1 场"})
        with beside(form), transaction.atomic():
            Series.objects.select_for_update().get(pk=first.pk)
            both.wait()
            Series.objects.select_for_update().get(pk=second.pk)
        return form.errors.get("__all__", [])

    said = sorted(at_once(lambda: crossing(one, two), lambda: crossing(two, one)), key=len)

    assert said == [[], ["有人在同一时刻办理同一件事，您这一次没有办成，请再按一次。"]]


@pytest.mark.parametrize("state", ["40P01", "40001", "55P03"])
def test_whoever_was_in_somebodys_way_gets_a_page_that_says_so(world, as_user, monkeypatch, state):
    monkeypatch.setattr(messages, "read_all", Mock(side_effect=refusals.collision(state)))

    page = as_user(world.aygul).post(reverse("portal:read-all"))

    assert page.status_code == 409
    assert "请再按一次" in page.text


def test_a_database_that_is_away_is_nobodys_collision():
    away = OperationalError("connection refused")

    assert collision(away) is None
    with pytest.raises(OperationalError), beside(Plan({"title": "第 1 场"})):
        raise away
