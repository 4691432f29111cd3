"""Assessors tap on phones: once, blind, whatever the clock; two who differ ask for a third."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from tests import make, make_practical
from tests.make_practical import FAIR, POOR
from tests.refusals import refused
from zhupei.core import audit, files, uploads
from zhupei.core.errors import NotAllowed
from zhupei.core.parameters import value
from zhupei.practical import parameters as p
from zhupei.practical.access import may_score, sees_result, sees_scores
from zhupei.practical.actions import evidence, results, scoring, sessions, turns
from zhupei.practical.actions.scoring import Sent
from zhupei.practical.models import Picture, Sheet, Tap, TapKind
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
        "tap_exists"
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


# ── Another assessor, another turn ───────────────────────────────────────────────────────────


def test_an_assessor_is_replaced_before_they_began(world, turn):
    sheet = sheet_of(turn, world.kurban)
    with refused("note_required"):
        turns.replace(sheet, world.hua, by=world.chen, note=" ")
    turns.replace(sheet, world.hua, by=world.chen, note="生病")
    assert codes(send(turn, world.hua, [tap("points", "c1", "40")])) == [""]

    with refused("already_scoring"):
        turns.replace(sheet_of(turn, world.hua), world.kurban, by=world.chen, note="回来了")


def again(turn, **changed):
    return {
        "station": 2,
        "starts_at": turn.ends_at + timedelta(minutes=10),
        "trouble": "power",
        "note": "搅拌机停电 40 分钟",
    } | changed


def test_a_turn_that_broke_down_is_taken_again_with_the_same_two(world, turn):
    send(turn, world.kurban, make_practical.taps(timezone.now()))
    made = turns.take_again(turn, by=world.chen, **again(turn))

    turn.refresh_from_db()
    assert (turn.void, turn.trouble, turn.taken_again) == (True, "power", made)
    assert {one.assessor for one in made.sheets.all()} == {world.kurban, world.jin}
    assert Tap.objects.filter(sheet__turn=turn).count() == 4  # stays on record
    assert world.adil.inbox.filter(title__contains="实操重考安排").exists()
    done = both(made, world, FAIR, FAIR)
    assert done.passed


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"note": ""}, "note_required"),
        ({"station": 3}, "station_unknown"),
        ({"starts_at": None}, "starts_in_past"),
        ({"station": "taken"}, "station_taken"),
    ],
)
def test_a_turn_is_not_taken_again_like_that(world, changed, code):
    session = make_practical.fixed_session(world, world.adil, world.mayra, world.sun)
    first, second, third = session.turns.order_by("starts_at", "station")
    if changed.get("starts_at", 1) is None:
        changed = {"starts_at": first.starts_at}
    if changed.get("station") == "taken":
        changed = {"station": third.station, "starts_at": third.starts_at}
    with time_machine.travel(first.starts_at + timedelta(minutes=5)), refused(code):
        turns.take_again(second, by=world.chen, **(again(second) | changed))


def test_what_is_settled_is_not_taken_again(world, turn):
    done = both(turn, world, FAIR, FAIR)
    with refused("already_settled"):
        turns.take_again(done, by=world.chen, **again(done))
    with refused("turn_void"):
        done.__class__.objects.filter(pk=done.pk).update(void=True)
        turns.arrive(done, by=world.chen)


# ── Evidence ─────────────────────────────────────────────────────────────────────────────────


PICTURE = b"\xff\xd8\xff\xe0" + b"0" * 400


def upload(user, name="墙面.jpg"):
    made = uploads.begin(name, len(PICTURE), by=user)
    return uploads.append(made, 0, PICTURE, by=user)


def test_a_picture_taken_offline_comes_in_once_with_hash_and_time(world, turn):
    sent = [tap("evidence", "t1", str(upload(world.kurban).pk), minutes=7)]

    assert codes(send(turn, world.kurban, sent)) == [""]
    assert codes(send(turn, world.kurban, sent)) == [""]
    piece = Picture.objects.get()
    assert piece.taken_at == timezone.now() - timedelta(minutes=7)
    assert piece.file.stored_by_id == world.kurban.pk
    assert audit.history(turn).get(verb="turn.evidence_added").facts["sha256"] == piece.file.sha256
    assert not Picture.objects.visible_to(world.jin).exists()
    assert Picture.objects.visible_to(world.chen).exists()


def test_anothers_upload_is_no_evidence(world, turn):
    sent = [tap("evidence", "t1", str(upload(world.jin).pk))]

    assert codes(send(turn, world.kurban, sent)) == ["not_allowed"]


def test_evidence_from_a_page_without_script(world, turn, monkeypatch):
    sheet = sheet_of(turn, world.kurban)

    def keep():
        return files.accept(ContentFile(PICTURE, "墙.jpg"), by=world.kurban)

    evidence.add(sheet, by=world.kurban, file=keep, about="t1")
    assert Picture.objects.get().file.name == "墙.jpg"
    with pytest.raises(NotAllowed):
        evidence.add(sheet, by=world.jin, file=keep)
    monkeypatch.setattr(scoring, "MOST_EVIDENCE", 1)
    with refused("too_much_evidence"):
        evidence.add(sheet, by=world.kurban, file=keep)


# ── Two at once ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_at_the_same_moment_settle_the_turn_once(world):
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    at = turn.starts_at + timedelta(minutes=30)

    def hand_in(user):
        try:
            return codes(send(turn, user, make_practical.taps(at, FAIR)))
        finally:
            connection.close()

    with time_machine.travel(at + timedelta(minutes=1)), ThreadPoolExecutor(2) as pool:
        assert list(pool.map(hand_in, [world.kurban, world.jin])) == [[""] * 4] * 2
    turn.refresh_from_db()
    assert turn.mark == 66
    assert audit.history(turn).filter(verb="turn.settled").count() == 1
