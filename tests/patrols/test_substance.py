"""A patrol that saw nothing covers nothing: what a form needs before it is a look, and what its
record says of a roll nobody called.
"""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_patrols
from tests.make_patrols import answers, codes, deed, during, duty, planned, roll_call, send, shot
from zhupei.patrols import parameters as p
from zhupei.patrols.actions import rolls
from zhupei.patrols.models import Duty, Patrol, Roll, RollLine
from zhupei.patrols.rules.substance import Held, Lack, Least, lacking

HAND_IN = "hand_in"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def patrol(world):
    return planned(world, duty(world, world.adil, world.mayra))


@pytest.fixture
def now(patrol):
    with time_machine.travel(during(patrol.duty), tick=False) as traveller:
        yield traveller


def handed_in(patrol, world, *sent):
    """How handing in ends after these deeds."""
    outcomes = send(patrol, world.yang, [*sent, deed(HAND_IN)])
    assert set(codes(outcomes[:-1])) <= {""}
    return outcomes[-1].refusal


def record(patrol, browser):
    page = browser.get(reverse("patrols:record", args=[patrol.pk])).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


# ── The rule ─────────────────────────────────────────────────────────────────────────────────

WHOLE = Held(applying=8, pictures=1, expected=True, drawn=5, called=5)
LEAST = Least(applying=1, pictures=1)


@pytest.mark.parametrize(
    ("changed", "remote", "excused", "lacks"),
    [
        ({}, False, (), []),
        ({"applying": 0}, False, (), [Lack.APPLYING]),
        ({"applying": 0}, True, (Lack.APPLYING,), []),
        ({"called": 4}, False, (), [Lack.CALLED]),
        ({"called": 4}, True, (), [Lack.CALLED]),
        ({"called": 4}, False, (Lack.CALLED,), []),
        ({"drawn": 0, "called": 0}, False, (), [Lack.ROLL]),
        ({"drawn": 0, "called": 0}, False, (Lack.ROLL,), []),
        ({"drawn": 0, "called": 0}, True, (), []),
        ({"drawn": 0, "called": 0, "expected": False}, False, (), []),
        ({"pictures": 0}, False, (Lack.PICTURES,), [Lack.PICTURES]),
        ({"pictures": 0}, True, (), [Lack.PICTURES]),
        ({"pictures": 0}, True, (Lack.PICTURES,), []),
    ],
)
def test_what_a_form_lacks(changed, remote, excused, lacks):
    assert lacking(WHOLE._replace(**changed), LEAST, remote=remote, excused=excused) == lacks


# ── On the spot ──────────────────────────────────────────────────────────────────────────────


def test_a_form_on_which_nothing_applies_is_no_look(world, patrol, now):
    none = [one._replace(value="none") for one in answers(patrol)]

    refusal = handed_in(patrol, world, *none, *roll_call(patrol), shot(world.yang))

    assert refusal.code == "nothing_applies"
    assert (Duty.objects.get().state, Duty.objects.get().looks) == ("planned", 0)


def test_without_a_picture_nobody_was_there(world, patrol, now):
    sent = [*answers(patrol), *roll_call(patrol)]
    why = deed("note", "unpictured", "手机没电")  # takes the place of a still, not of a photo

    assert handed_in(patrol, world, *sent).code == "picture_missing"
    assert handed_in(patrol, world, why).code == "picture_missing"
    assert handed_in(patrol, world, shot(world.yang, "safety")) is None


def test_how_many_pictures_is_a_figure_of_the_day_of_the_look(world, patrol, now):
    make.parameter_value(p.PHOTOS, 2, date(2020, 1, 1), prefecture="652300")
    make.parameter_value(p.PHOTOS, 0, timezone.localdate() + timedelta(days=1))
    sent = [*answers(patrol), *roll_call(patrol), shot(world.yang)]

    assert "至少拍 2 张" in str(handed_in(patrol, world, *sent))
    assert handed_in(patrol, world, shot(world.yang)) is None


def test_where_people_have_to_be_there_somebody_is_called(world, patrol, now, as_user):
    refusal = handed_in(patrol, world, *answers(patrol), shot(world.yang))
    assert refusal.code == "nobody_called"
    assert Patrol.objects.get().state == "planned"

    why = deed("note", "uncalled", "全班去工地参观，四点回来")
    assert handed_in(patrol, world, why) is None
    said = record(patrol, as_user(world.li))
    assert "没有点名。" in said
    assert "全班去工地参观，四点回来" in said
    assert "在场 0 人" not in said


def test_a_roll_that_was_begun_is_called_to_its_end_or_says_why(world, patrol, now, as_user):
    draw, first, *_rest = roll_call(patrol)
    sent = [*answers(patrol), shot(world.yang), draw, first]

    refusal = handed_in(patrol, world, *sent)
    assert refusal.code == "called_in_part"
    assert "2 人还有 1 人没有点" in str(refusal)

    assert handed_in(patrol, world, deed("note", "uncalled", "那时消防演习")) is None
    said = record(patrol, as_user(world.li))
    assert "应到 2 人，抽 2 人" in said
    assert "在场 1 人，没有点 1 人" in said
    listed = as_user(world.aygul).get(reverse("patrols:records")).text
    assert "抽 2 人，点了 1 人" in listed


def test_a_room_in_which_nobody_is_was_looked_at(world, patrol, now, as_user):
    """Whoever finds nobody calls the sample all the same: all of them are absent."""
    absent = {one.enrolment: "absent" for one in rolls.offers(patrol)[0].sample}
    bad = [*answers(patrol, "plan"), *roll_call(patrol, absent), shot(world.yang)]

    assert handed_in(patrol, world, *bad) is None
    assert "抽 2 人 不在场 2 人" in record(patrol, as_user(world.aygul))


def test_where_nobody_has_to_be_there_nobody_is_called(world, as_user):
    patrol = planned(world, duty(world))  # nobody has signed up
    with time_machine.travel(during(patrol.duty), tick=False):
        assert handed_in(patrol, world, *answers(patrol), shot(world.yang)) is None

    assert "当天没有应到的人" in record(patrol, as_user(world.li))


# ── From afar ────────────────────────────────────────────────────────────────────────────────


def test_from_afar_no_roll_is_asked_and_a_begun_one_is_finished(world):
    patrol = planned(world, duty(world, world.adil, world.mayra), way="remote")
    with time_machine.travel(during(patrol.duty), tick=False):
        seen = deed("note", "seen", "38 人在座，老师在讲")
        draw, *marks = roll_call(patrol)
        sent = [*answers(patrol), seen, shot(world.yang), draw]
        assert handed_in(patrol, world, *sent).code == "called_in_part"
        assert handed_in(patrol, world, *marks) is None

    other = planned(world, duty(world, world.sun), way="remote")
    with time_machine.travel(during(other.duty), tick=False):
        seen = deed("note", "seen", "都在座")
        assert handed_in(other, world, *answers(other), seen, shot(world.yang)) is None


# ── One roll call of an hour ─────────────────────────────────────────────────────────────────


def data(browser, patrol):
    return browser.get(reverse("patrols:visit", args=[patrol.pk])).context["data"]


def test_a_page_opened_again_goes_on_with_the_roll(world, patrol, now, as_user):
    """It is in the page's data as it was begun, an hour later and after somebody else signed up."""
    draw, first, *_rest = roll_call(patrol)
    send(patrol, world.yang, [draw, first])
    make_patrols.enrolments.sign_up(
        patrol.duty.training_class, by=world.sun, consents=("training",)
    )
    now.shift(timedelta(hours=5))

    known = data(as_user(world.yang), patrol)["hours"]
    (begun,) = [one for one in known if one["ticket"] == draw.value]
    assert len(begun["sample"]) == 2

    page = as_user(world.yang).get(reverse("patrols:visit", args=[patrol.pk]))
    offer = page.context["offer"]
    assert (offer.begun, offer.unanswered) == (True, 1)
    assert f'name="roll-{first.about}" value="here" checked' in page.text
    rest = next(one for one in offer.sample if not one.found)
    words = {"draw": offer.ticket, f"roll-{first.about}": "here"}
    words |= {f"roll-{rest.enrolment}": "absent", "save": "1"}
    as_user(world.yang).post(reverse("patrols:visit", args=[patrol.pk]), words)
    assert sorted(RollLine.objects.values_list("found", flat=True)) == ["absent", "here"]
    assert Roll.objects.count() == 1


def test_two_phones_in_one_hour_call_one_roll(world, patrol, now):
    draw, *marks = roll_call(patrol)
    again = deed("draw", "", draw.value, minutes=2)

    sent = [(draw, "A"), (again, "B"), (marks[0], "A"), (marks[1], "B")]
    for one, phone in sent:
        assert codes(send(patrol, world.yang, [one], phone=phone)) == [""]

    roll = Roll.objects.get()
    assert roll.at == timezone.now() - 2 * MINUTE  # begun when the first of them began
    assert not roll.lines.filter(found=None).exists()


def test_whoever_is_drawn_on_the_second_phone_only_is_looked_for_too(world, patrol, now):
    old = roll_call(patrol)[0]
    make_patrols.enrolments.sign_up(
        patrol.duty.training_class, by=world.sun, consents=("training",)
    )
    new = roll_call(patrol)[0]

    send(patrol, world.yang, [old, new])

    assert [line.place for line in Roll.objects.get().lines.all()] == [1, 2, 3]


def test_a_key_that_is_gone_does_not_close_the_form(world, patrol, now, as_user, settings):
    send(patrol, world.yang, roll_call(patrol)[:1])
    settings.SECRET_KEY = "another one since"

    assert rolls.offers(patrol)[0].begun is False


def test_whoever_is_called_is_told_apart_by_seat_and_card(world, as_user):
    found = make_patrols.sitting_duty(world, world.adil)
    patrol = planned(world, found)
    with time_machine.travel(found.opens_at + 5 * MINUTE, tick=False):
        (line,) = data(as_user(world.yang), patrol)["hours"][0]["sample"]

    assert line["hint"] == f"1 号座，证件尾号 {world.adil.person.id_last_four}"
