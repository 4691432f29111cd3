"""Another assessor, another turn, evidence: what happens to single turns on the day."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make_pictures, make_practical
from tests.make_practical import FAIR
from tests.refusals import refused
from zhupei.core import audit, files, pictures, uploads
from zhupei.core.deeds import Sent
from zhupei.core.errors import NotAllowed
from zhupei.practical.actions import scoring, turns
from zhupei.practical.models import Picture, Tap, TapKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(world):
    """Adil's turn, judged by Kurban and Jin; the clock stands in the middle of it."""
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    with time_machine.travel(turn.starts_at + timedelta(minutes=40), tick=False):
        yield turn


def send(turn, user, sent, **more):
    return make_practical.send(make_practical.sheet_of(turn, user), user, sent, **more)


def sheet_of(turn, user):
    return make_practical.sheet_of(turn, user)


def tap(kind, about="", said="", *, minutes=0):
    at = timezone.now() - timedelta(minutes=minutes)
    return Sent(uuid4(), TapKind(kind), about, said, at)


def codes(outcomes):
    return [one.refusal.code if one.refusal else "" for one in outcomes]


def both(turn, world, first, second):
    make_practical.judged(turn, world.kurban, first)
    return make_practical.judged(turn, world.jin, second)


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


PICTURE = make_pictures.jpeg()


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
    assert audit.history(turn).get(verb="turn.evidence_added").facts["removed"][0] == "gps"
    assert b"Exif" not in files.read(piece.file)
    assert not Picture.objects.visible_to(world.jin).exists()
    assert Picture.objects.visible_to(world.chen).exists()


def test_anothers_upload_is_no_evidence(world, turn):
    sent = [tap("evidence", "t1", str(upload(world.jin).pk))]

    assert codes(send(turn, world.kurban, sent)) == ["not_allowed"]


def test_evidence_from_a_page_without_script(world, turn, monkeypatch):
    sheet = sheet_of(turn, world.kurban)

    def keep():
        return pictures.accept(ContentFile(PICTURE, "墙.jpg"), by=world.kurban)

    scoring.add_evidence(sheet, tap("evidence", "t1"), keep, by=world.kurban)
    assert Picture.objects.get().file.name == "墙.jpg"
    with pytest.raises(NotAllowed):
        scoring.add_evidence(sheet, tap("evidence"), keep, by=world.jin)
    monkeypatch.setattr(scoring, "MOST_EVIDENCE", 1)
    with refused("too_much_evidence"):
        scoring.add_evidence(sheet, tap("evidence"), keep, by=world.kurban)
