"""A score sheet before its time and after it was handed in."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from tests import make_practical
from zhupei.practical.actions import scoring


def test_before_its_time_a_sheet_says_from_when_it_is_taken(world, as_user):
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    sheet = make_practical.sheet_of(turn, world.kurban)
    address = reverse("practical:sheet", args=[sheet.pk])

    page = as_user(world.kurban).get(address)
    assert "09:00（北京时间）起可以评分" in page.text
    assert "先保存" not in page.text
    opens = page.context["data"]["opens"]
    assert opens["at"] == scoring.opens_at(sheet).timestamp() * 1000

    with time_machine.travel(turn.starts_at - timedelta(minutes=59), tick=False):
        page = as_user(world.kurban).get(address)
    assert page.context["data"]["opens"] is None
    assert "先保存" in page.text
