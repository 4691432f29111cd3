"""A late answer let in while its text is being marked: both read the same text, or it is no blind
marking.
"""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make_marking
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.exams.actions import late
from zhupei.exams.models import LateAnswer
from zhupei.marking import actions
from zhupei.marking.models import Reading, Script

NEW = "先放线，再立皮数杆，然后砌筑。"
LINES = {0: Decimal(4), 1: Decimal(6)}


@pytest.fixture
def script(world):
    """The first written answer of Adil, dealt to two, none has read it."""
    sitting = make_marking.dealt(world)
    return Script.objects.filter(sitting=sitting).order_by("place").first()


def let_in(world, script, text: str = NEW) -> None:
    LateAnswer.objects.create(
        attempt_id=script.attempt_id,
        item=script.place,
        choice=text,
        turn=9_999_999_999_999,
        arrived_at=timezone.now(),
    )
    late.decide(script.attempt, by=world.chen, counts=True, note="断网")


def told(reader) -> int:
    return Message.objects.filter(recipient=reader, title__contains="待您评阅").count()


def test_what_the_first_gave_to_the_old_text_is_set_aside_and_both_read_the_new_one(world, script):
    first, second = script.readings.order_by("turn")
    actions.give(first, {0: Decimal(1), 1: Decimal(1)}, by=first.reader, note="没写皮数杆")
    before = told(first.reader), told(second.reader)

    let_in(world, script)

    first.refresh_from_db()
    assert (first.points, first.lines, first.given_at) == (None, [], None)
    assert script in Script.objects.waiting_for(first.reader)
    assert (told(first.reader), told(second.reader)) == (before[0] + 1, before[1])
    event = audit.own_history(script).get(verb="script.set_aside")
    assert (event.facts["count"], event.facts["points"]) == (1, {"1": "2.00"})
    assert (event.facts["lines"], event.facts["notes"]) == (
        {"1": ["1", "1"]},
        {"1": "没写皮数杆"},
    )
    make_marking.give(second, "4", "6")
    script.refresh_from_db()
    assert script.state == "open"
    make_marking.give(first, "4", "6")
    script.refresh_from_db()
    assert (script.state, script.share_over, script.share_under) == ("settled", 1, 1)


def test_an_arbitration_of_the_old_text_falls_away(world, script):
    first, second = script.readings.order_by("turn")
    make_marking.give(first, "0", "0")
    make_marking.give(second, "4", "6")
    script.refresh_from_db()
    assert (script.state, script.readings.count()) == ("disputed", 3)

    let_in(world, script)

    script.refresh_from_db()
    assert script.state == "open"
    assert list(script.readings.values_list("turn", "points")) == [(1, None), (2, None)]
    assert audit.own_history(script).filter(verb="script.opened_again").exists()
    for reading in script.readings.all():
        make_marking.give(reading, "3", "5")
    script.refresh_from_db()
    assert script.state == "settled"


def marks_no_more(world, script) -> Reading:
    """The first gave points to whatever was dealt to them, and was taken off."""
    first = script.readings.get(turn=1)
    for reading in first.reader.readings.all():
        make_marking.give(reading, "1", "1")
    actions.remove_marker(script.sitting.markers.get(user=first.reader), by=world.chen)
    return first


@pytest.mark.parametrize("disputed", [False, True])
def test_whoever_marks_no_more_is_not_asked_again_another_one_is(world, script, disputed):
    first = marks_no_more(world, script)
    second = script.readings.get(turn=2)
    if disputed:
        make_marking.give(second, "4", "6")
    before = told(first.reader)

    let_in(world, script)

    script.refresh_from_db()
    readers = dict(script.readings.values_list("turn", "reader"))
    [third] = {world.kurban.pk, world.jin.pk, world.hua.pk} - {first.reader_id, second.reader_id}
    assert readers == {1: third, 2: second.reader_id}
    assert (script.state, told(first.reader)) == ("open", before)
    assert script not in Script.objects.waiting_for(first.reader)
    for reading in script.readings.all():
        make_marking.give(reading, "4", "6")
    script.refresh_from_db()
    assert script.state == "settled"


def test_where_nobody_is_left_the_new_text_waits_for_whoever_is_named(world, as_user):
    sitting = make_marking.dealt(world, markers="kurban jin")
    script = sitting.scripts.order_by("place").first()
    second = script.readings.get(turn=2)
    marks_no_more(world, script)

    let_in(world, script)

    assert list(sitting.scripts.short_of_readers()) == [script]
    page = as_user(world.chen).get(reverse("marking:sitting", args=[sitting.pk]))
    assert "1 份答案没有人能评或仲裁" in page.text
    make_marking.give(second, "4", "6")
    script.refresh_from_db()
    assert script.state == "open"
    actions.name_marker(sitting, world.hua, by=world.chen)
    assert told(world.hua) == 1
    make_marking.give(script.readings.get(turn=1, reader=world.hua), "4", "6")
    script.refresh_from_db()
    assert (script.state, sitting.scripts.short_of_readers().count()) == ("settled", 0)


def test_what_nobody_has_read_and_other_answers_stay_as_they_are(world, script):
    other = Script.objects.exclude(pk=script.pk).get()
    reading = other.readings.first()
    make_marking.give(reading, "3", "5")

    let_in(world, script)

    reading.refresh_from_db()
    assert reading.points == Decimal("8.00")
    assert not audit.own_history(script).filter(verb="script.set_aside").exists()


def test_what_is_left_out_sets_nothing_aside(world, script):
    reading = script.readings.first()
    make_marking.give(reading, "3", "5")
    LateAnswer.objects.create(
        attempt_id=script.attempt_id,
        item=script.place,
        choice=NEW,
        turn=1,
        arrived_at=timezone.now(),
    )

    late.decide(script.attempt, by=world.chen, counts=False, note="收卷后写的")

    reading.refresh_from_db()
    assert reading.points == Decimal("8.00")


def test_whoever_has_the_old_text_on_the_screen_is_shown_the_new_one(world, script, as_user):
    reading = script.readings.first()
    browser = as_user(reading.reader)
    here = reverse("marking:script", args=[script.pk])
    old = browser.get(here).context["read"]
    let_in(world, script)

    with refused("rewritten"):
        actions.give(reading, LINES, by=reading.reader, read=old)
    page = browser.post(f"{here}?read={old}", {"line-0": "4", "line-1": "6", "note": ""})

    assert (page.status_code, Reading.objects.filter(points__isnull=False).exists()) == (422, False)
    assert "请看过再评分" in page.text
    assert NEW in page.text
    new = page.context["read"]
    assert f'action="?read={new}"' in page.text
    browser.post(f"{here}?read={new}", {"line-0": "4", "line-1": "6", "note": ""})
    reading.refresh_from_db()
    assert reading.points == Decimal("10.00")
