"""Assessors tap on phones: once, blind, whatever the clock; two who differ ask for a third."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_practical
from tests.make_practical import FAIR, POOR
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.deeds import Sent
from zhupei.core.errors import NotAllowed
from zhupei.core.parameters import value
from zhupei.practical import parameters as p
from zhupei.practical.access import may_score, sees_result, sees_scores
from zhupei.practical.actions import results, scoring, sessions, turns
from zhupei.practical.models import Sheet, Tap, TapKind
from zhupei.practical.rules.marks import Difference

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(world):
    """Adil's turn, judged by Kurban and Jin; the clock stands in the middle of it."""
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    with time_machine.travel(turn.starts_at + timedelta(minutes=40), tick=False):
        yield turn


def sheet_of(turn, user):
    return make_practical.sheet_of(turn, user)


def send(turn, user, sent, **more):
    return make_practical.send(sheet_of(turn, user), user, sent, **more)


def tap(kind, about="", said="", *, minutes=0):
    at = timezone.now() - timedelta(minutes=minutes)
    return Sent(uuid4(), TapKind(kind), about, said, at)


def codes(outcomes):
    return [one.refusal.code if one.refusal else "" for one in outcomes]


def again(turn, **changed):
    return {
        "station": 2,
        "starts_at": turn.ends_at + timedelta(minutes=10),
        "trouble": "power",
        "note": "搅拌机停电 40 分钟",
    } | changed


def both(turn, world, first, second, fatal=((), ())):
    make_practical.judged(turn, world.kurban, first, fatal[0])
    return make_practical.judged(turn, world.jin, second, fatal[1])


# ── Once, and which counts ───────────────────────────────────────────────────────────────────


def test_the_same_taps_sent_twice_are_taken_once(world, turn):
    sent = make_practical.taps(timezone.now(), hand_in=False)

    assert codes(send(turn, world.kurban, sent)) == ["", "", ""]
    assert codes(send(turn, world.kurban, sent)) == ["", "", ""]
    assert Tap.objects.count() == 3
    assert audit.history(turn).filter(verb="turn.scored").count() == 1


def test_the_same_key_with_another_content_is_refused(world, turn):
    first = tap("points", "c1", "40")
    send(turn, world.kurban, [first])

    assert codes(send(turn, world.kurban, [first._replace(about="c3", value="20")])) == [
        "deed_exists"
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_newest_counts_in_whatever_order_phones_send(world, turn, seed):
    said = [
        tap("points", "c1", points, minutes=m) for points, m in [("40", 9), ("24", 5), ("0", 1)]
    ]
    Random(seed).shuffle(said)
    for one in said:
        send(turn, world.kurban, [one], phone=f"phone {seed}")

    found = results.reading(sheet_of(turn, world.kurban).taps.all())
    assert found.points == {"c1": Decimal(0)}


def test_a_slow_clock_is_put_right(world, turn):
    slow = timezone.now() - timedelta(days=1)
    sent = [Sent(uuid4(), TapKind.POINTS, "c1", "40", slow - timedelta(minutes=10))]
    scoring.sync(
        sheet_of(turn, world.kurban), by=world.kurban, phone="A", phone_now=slow, taps=sent
    )

    kept = Tap.objects.get()
    assert kept.at == timezone.now() - timedelta(minutes=10)
    assert kept.clock_error == -86_400


def test_a_clock_a_year_wrong_is_refused(world, turn):
    with refused("clock_too_wrong"):
        scoring.sync(
            sheet_of(turn, world.kurban),
            by=world.kurban,
            phone="A",
            phone_now=timezone.now() - timedelta(days=400),
            taps=[],
        )


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (("points", "c9", "10"), "no_such_criterion"),
        (("points", "c1", "39"), "points_not_allowed"),
        (("points", "c1", "NaN"), "points_not_allowed"),
        (("points", "c1", "viel"), "points_not_allowed"),
        (("fatal", "c1", "yes"), "no_such_criterion"),
        (("begin", "c1", ""), "no_such_criterion"),
        (("note", "c1", "长" * 301), "note_too_long"),
        (("evidence", "t1", "x"), "no_such_upload"),
        (("hand_in", "", ""), "criteria_open"),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_rest_comes_in(world, turn, sent, code):
    good = tap("points", "c3", "20")

    assert codes(send(turn, world.kurban, [tap(*sent), good])) == [code, ""]
    assert Tap.objects.get().pk == good.id


@pytest.mark.parametrize("minutes", [-200, 14 * 60])
def test_taps_far_from_the_turn_are_refused(world, turn, minutes):
    at = turn.starts_at + timedelta(minutes=minutes)
    with time_machine.travel(at, tick=False):
        assert codes(send(turn, world.kurban, [tap("points", "c1", "40")])) == ["outside_the_turn"]


def test_what_comes_after_the_last_hour_is_refused(world, turn):
    sent = [tap("points", "c1", "40")]
    late = turn.ends_at + timedelta(hours=value(p.OFFLINE_HOURS), minutes=1)
    with time_machine.travel(late, tick=False):
        assert codes(send(turn, world.kurban, sent)) == ["synced_too_late"]
    with time_machine.travel(late - timedelta(minutes=2), tick=False):
        assert codes(send(turn, world.kurban, sent)) == [""]


def test_nobody_scores_on_anothers_sheet(world, turn):
    for user in (world.jin, world.hua, world.chen, world.adil):
        assert not may_score(user, sheet_of(turn, world.kurban))
        with pytest.raises(NotAllowed):
            make_practical.send(sheet_of(turn, world.kurban), user, [])


def test_a_sheet_handed_in_is_closed(world, turn):
    send(turn, world.kurban, make_practical.taps(timezone.now()))

    assert codes(send(turn, world.kurban, [tap("points", "c1", "0")])) == ["handed_in"]
    sheet = sheet_of(turn, world.kurban)
    assert (sheet.total, sheet.fatal) == (100, False)


def test_signing_in_by_tap_undoes_an_absence(world, turn):
    turns.miss(turn, by=world.chen)
    send(turn, world.kurban, [tap("here")])

    turn.refresh_from_db()
    assert (turn.absent, turn.arrived_at) == (False, timezone.now())
    with refused("has_come"):
        turns.miss(turn, by=world.chen)
    turns.arrive(turn, by=world.chen)
    assert audit.history(turn).filter(verb="turn.arrived").count() == 1


def test_absence_waits_for_the_start(world, turn):
    with time_machine.travel(turn.starts_at - timedelta(minutes=1)), refused("too_early"):
        turns.miss(turn, by=world.chen)


@pytest.mark.parametrize("hand", ["session", "void"])
def test_a_turn_that_is_over_takes_nothing(world, turn, hand):
    if hand == "void":
        turns.take_again(turn, by=world.chen, **again(turn))
        code = "turn_void"
    else:
        both(turn, world, FAIR, FAIR)
        sheet = Sheet.objects.first()
        Sheet.objects.filter(pk=sheet.pk).update(handed_in_at=None, total=None)
        with time_machine.travel(turn.session.closes_at):
            sessions.close(turn.session, by=world.chen)
        code = "session_not_open"
    sheet = turn.sheets.get(assessor=world.kurban)
    assert codes(make_practical.send(sheet, world.kurban, [tap("points", "c1", "0")])) == [code]


# ── Two who agree, two who differ ────────────────────────────────────────────────────────────


def test_two_who_agree_give_their_mean(world, turn):
    done = both(turn, world, FAIR, FAIR | {"c2": "40"})
    results.settle(done)  # asked again, it changes nothing

    assert (done.mark, done.passed, done.differences) == (71, True, [])


def test_two_who_differ_have_no_mark_until_a_third_has_judged(world, turn):
    done = both(turn, world, FAIR, POOR)
    assert done.mark is None
    assert set(done.differences) == {Difference.TOTAL, Difference.VERDICT}
    assert world.chen.inbox.filter(title__contains="需要第三人评分").exists()

    turns.call_third(done, world.hua, by=world.chen)
    assert world.hua.inbox.filter(title__contains="请您评分").exists()
    with time_machine.travel(turn.ends_at + timedelta(days=5), tick=False):
        outcomes = send(turn, world.hua, make_practical.taps(timezone.now(), FAIR | {"c1": "40"}))
    done.refresh_from_db()

    assert codes(outcomes) == [""] * 4
    assert (done.mark, done.passed) == (66, True)
    settled = audit.history(turn).get(verb="turn.settled").facts
    assert settled["method"] == "median"


def test_the_method_in_force_at_the_fixing_counts(world):
    make.parameter_value(p.THIRD, "nearest", make.LONG_AGO)
    session = make_practical.fixed_session(world)
    make.parameter_value(p.THIRD, "median", make.FAR_OFF)
    turn = make_practical.turn_of(session, world.adil)
    done = both(turn, world, FAIR, POOR)
    turns.call_third(done, world.hua, by=world.chen)
    done = make_practical.judged(done, world.hua, FAIR | {"c1": "40"})

    assert done.mark == Decimal("74.00")  # 66 and 82 lie nearer together than 22


def test_disagreeing_on_a_fatal_error_asks_for_a_third(world, turn):
    done = both(turn, world, FAIR, FAIR, fatal=(("f1",), ()))
    assert Difference.FATAL in done.differences
    turns.call_third(done, world.hua, by=world.chen)

    done = make_practical.judged(done, world.hua, FAIR, ("f2",))

    assert (done.fatal, done.passed, done.mark) == (True, False, 66)


def test_two_fatal_errors_fail_at_once_and_ask_for_no_more_points(world, turn):
    done = both(turn, world, {"c1": "40"}, FAIR, fatal=(("f1",), ("f1",)))

    assert (done.fatal, done.passed) == (True, False)
    assert done.differences == []


@pytest.mark.parametrize(
    ("person", "code"),
    [("kurban", "already_judges"), ("nur", "no_assessor"), ("tied", "not_independent")],
)
def test_who_may_not_be_the_third(world, turn, person, code):
    done = both(turn, world, FAIR, POOR)
    if person == "tied":
        world.hua.memberships.create(organization=world.school, role="teacher", since=make.LONG_AGO)
        person = "hua"
    with refused(code):
        turns.check_may_judge(done, getattr(world, person))
    with refused(code):
        turns.call_third(done, getattr(world, person), by=world.chen)


def test_a_third_is_called_once_and_only_where_two_differ(world, turn):
    with refused("no_third_needed"):
        turns.call_third(turn, world.hua, by=world.chen)
    done = both(turn, world, FAIR, POOR)
    with pytest.raises(NotAllowed):
        turns.call_third(done, world.hua, by=world.kurban)
    turns.call_third(done, world.hua, by=world.chen)
    with refused("third_called"):
        turns.call_third(done, world.hua, by=world.chen)


def test_turns_of_a_session_not_fixed_are_left_alone(world):
    session = make_practical.settled_session(world)
    turn = make_practical.turn_of(session, world.adil)
    with time_machine.travel(session.closes_at):
        sessions.close(session, by=world.chen)
        with refused("not_fixed"):
            turns.arrive(turn, by=world.chen)


# ── Blind ────────────────────────────────────────────────────────────────────────────────────


def test_nobody_sees_the_other_sheet_before_both_are_in(world, turn):
    make_practical.judged(turn, world.kurban, FAIR)

    assert list(Sheet.objects.visible_to(world.jin)) == [sheet_of(turn, world.jin)]
    assert not Sheet.objects.visible_to(world.hua).exists()
    assert not Sheet.objects.visible_to(world.adil).exists()
    for user in (world.jin, world.kurban, world.chen, world.li):
        assert not sees_scores(user, turn)
    done = make_practical.judged(turn, world.jin, FAIR)
    assert sees_scores(world.jin, done)
    assert not sees_result(done)  # the candidate waits for the release


def test_a_third_judges_without_seeing_what_two_gave(world, turn):
    done = both(turn, world, FAIR, POOR)
    turns.call_third(done, world.hua, by=world.chen)

    assert [one.place for one in Sheet.objects.visible_to(world.hua)] == [3]
    assert not sees_scores(world.chen, done)


# ── Two at once ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_at_the_same_moment_settle_the_turn_once(world):
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    at = turn.starts_at + timedelta(minutes=30)
    kurbans, jins = sheet_of(turn, world.kurban), sheet_of(turn, world.jin)

    def hand_in(sheet, user):
        return codes(make_practical.send(sheet, user, make_practical.taps(at, FAIR)))

    with time_machine.travel(at + timedelta(minutes=1)):
        outcomes = at_once(lambda: hand_in(kurbans, world.kurban), lambda: hand_in(jins, world.jin))

    assert outcomes == [[""] * 4] * 2
    turn.refresh_from_db()
    assert turn.mark == 66
    assert audit.history(turn).filter(verb="turn.settled").count() == 1
