"""The board: its picture, its pages, who may watch it."""

from datetime import date

import pytest
import time_machine

from tests import make_exams, make_invigilation
from zhupei.core import tickets
from zhupei.core.models import ParameterValue
from zhupei.core.tickets import BadTicket
from zhupei.invigilation.actions import help as helping
from zhupei.invigilation.actions import places
from zhupei.invigilation.models import Heard, HelpCall
from zhupei.invigilation.rules.board import Seat
from zhupei.invigilation.views import shown


@pytest.fixture
def sitting(room):
    return make_invigilation.watched_sitting(room, room.adil, room.mayra)


@pytest.fixture
def attempt(room, sitting):
    """Adil writes since the tenth minute and has answered three."""
    with make_invigilation.before_the_start(sitting, 5):
        make_invigilation.admitted(make_exams.seat_of(sitting, room.adil), by=room.nur)
    with time_machine.travel(make_exams.during(sitting, 10), tick=False):
        attempt = make_exams.started_attempt(sitting, room.adil)
        make_exams.answer(attempt, {0: "A", 1: "B", 2: "C", 3: ""})
    return attempt


@pytest.fixture(autouse=True)
def eleventh_minute(sitting, attempt):
    with time_machine.travel(make_exams.during(sitting, 10.5), tick=False) as clock:
        yield clock


def seat_of(sitting, attempt):
    return shown.picture(sitting)[f"seat/{attempt.candidate_id}"]


def test_a_picture_counts_answers_and_names_nobody(room, sitting, attempt):
    picture = shown.picture(sitting)

    mine = picture[f"seat/{attempt.candidate_id}"]
    assert (mine["state"], mine["answered"], mine["of"]) == (Seat.WRITING, 3, 20)
    assert picture["counts"]["all"] == 2
    assert picture["counts"]["expected"] == 1
    assert picture["ends"] == round(sitting.ends_at.timestamp() * 1000)
    assert "阿迪力" not in repr(picture)


def test_a_machine_that_is_silent_is_off_and_one_that_only_asks_is_idle(
    room, sitting, attempt, eleventh_minute
):
    eleventh_minute.move_to(make_exams.during(sitting, 11.1))
    assert seat_of(sitting, attempt)["state"] == Seat.OFF
    assert shown.picture(sitting)["attention"] == [attempt.candidate_id]

    Heard.objects.create(attempt_id=attempt.pk, at=make_exams.during(sitting, 11))
    assert seat_of(sitting, attempt)["state"] == Seat.WRITING
    eleventh_minute.move_to(make_exams.during(sitting, 16))
    Heard.objects.update(at=make_exams.during(sitting, 15.9))
    assert seat_of(sitting, attempt)["state"] == Seat.IDLE


def test_the_region_sets_after_how_long_a_machine_is_off(room, sitting, attempt):
    ParameterValue.objects.create(
        key="invigilation.off_after",
        value=20,
        valid_from=date(2026, 1, 1),
        source="x",
        set_by_name="x",
    )

    assert seat_of(sitting, attempt)["state"] == Seat.OFF


def test_who_did_not_come_is_absent_once_the_door_is_shut(room, sitting, attempt, eleventh_minute):
    eleventh_minute.move_to(make_exams.during(sitting, 31))

    assert shown.picture(sitting)["counts"]["absent"] == 1


def test_a_hand_is_seen_with_its_words_until_somebody_goes(room, sitting, attempt, as_user):
    before = shown.picture(sitting)["news"]
    browser = as_user(room.adil)
    browser.post(f"/room/call/{attempt.candidate_id}/", {"text": "鼠标失灵"})

    now = shown.picture(sitting)
    assert now[f"seat/{attempt.candidate_id}"]["state"] == Seat.HAND
    assert now[f"seat/{attempt.candidate_id}"]["call"] == "鼠标失灵"
    assert now["news"] != before
    page = as_user(room.nur).get(f"/room/{sitting.pk}/").content.decode()
    assert "举手：鼠标失灵" in page
    call = HelpCall.objects.get()
    as_user(room.nur).post(f"/room/{sitting.pk}/help/{call.pk}/")
    assert seat_of(sitting, attempt)["state"] == Seat.WRITING


def test_nobody_calls_for_somebody_else(room, sitting, attempt, as_user):
    answer = as_user(room.mayra).post(f"/room/call/{attempt.candidate_id}/")

    assert answer.status_code == 404


def test_the_board_shows_every_seat_and_what_is_left(room, sitting, attempt, as_user):
    page = as_user(room.nur).get(f"/room/{sitting.pk}/").content.decode()

    assert page.count('data-seat="') == 2
    assert "3/20" in page
    assert "阿迪力" in page
    only = as_user(room.nur).get(f"/room/{sitting.pk}/", {"state": "expected"}).content.decode()
    assert only.count('data-seat="') == 1


ADDRESSES = ("", "events/", "ticket/", "notices/", "act/pause/")


@pytest.mark.parametrize("page", ADDRESSES)
@pytest.mark.parametrize("who", ["bai", "wang", "adil", "kurban"])
def test_the_invigilator_of_another_sitting_finds_nothing(room, sitting, as_user, page, who):
    assert as_user(getattr(room, who)).get(f"/room/{sitting.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ADDRESSES)
def test_who_watches_reaches_it(room, sitting, as_user, page):
    assert as_user(room.nur).get(f"/room/{sitting.pk}/{page}").status_code == 200
    assert as_user(room.li).get(f"/room/{sitting.pk}/{page}").status_code == 200


def test_a_ticket_is_for_one_board_and_for_five_minutes(room, sitting, as_user, eleventh_minute):
    said = as_user(room.nur).get(f"/room/{sitting.pk}/ticket/").json()["ticket"]

    assert tickets.read("invigilation.board", said) == sitting.pk
    with pytest.raises(BadTicket):
        tickets.read("exams.answer", said)
    eleventh_minute.shift(301)
    with pytest.raises(BadTicket) as refusal:
        tickets.read("invigilation.board", said)
    assert refusal.value.code == "expired_ticket"


def test_a_deed_is_previewed_with_names_and_done_through_the_page(room, sitting, attempt, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/act/add_time/"

    page = browser.get(there).content.decode()
    assert "涉及 2 名考生" in page
    assert "玛依拉" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    kept = browser.post(there, {"seen": seen, "minutes": "5", "reason": ""})
    assert kept.status_code == 422
    kept = browser.post(there, {"seen": seen, "minutes": "999", "reason": "停电"})
    assert kept.status_code == 422
    assert "停电" in kept.content.decode()
    browser.post(there, {"seen": seen, "minutes": "5", "reason": "停电"})
    assert browser.post(there, {"seen": seen, "minutes": "5", "reason": "停电"}).status_code == 422

    attempt.refresh_from_db()
    assert attempt.extra_minutes == 5


def test_a_deed_of_one_seat_touches_no_other(room, sitting, attempt, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/act/pause/"
    page = browser.get(there, {"seat": attempt.candidate_id}).content.decode()
    assert "玛依拉" not in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    browser.post(there, {"seen": seen, "seat": attempt.candidate_id, "reason": "身体不适"})

    assert seat_of(sitting, attempt)["state"] == Seat.PAUSED
    assert browser.get(there, {"seat": "x"}).status_code == 404
    assert browser.get(f"/room/{sitting.pk}/act/destroy/").status_code == 404


def test_the_page_of_a_seat_says_everything_about_it(room, sitting, attempt, as_user):
    there = f"/room/{sitting.pk}/seat/{attempt.candidate_id}/"
    page = as_user(room.nur).get(there).content.decode()

    assert attempt.candidate.person.masked_id_number in page
    assert "暂停计时" in page
    assert "恢复计时" not in page
    assert "准予入场：核对证件和本人" in page
    panel = as_user(room.nur).get(there, headers={"HX-Request": "true"}).content.decode()
    assert panel.lstrip().startswith("<section")
    other = make_exams.seat_of(make_exams.sealed_sitting(room, room.sun), room.sun)
    assert as_user(room.nur).get(f"/room/{sitting.pk}/seat/{other.pk}/").status_code == 404


def test_a_candidate_reads_what_was_said_and_nobody_elses(room, sitting, attempt, as_user):
    browser = as_user(room.nur)
    browser.post(f"/room/{sitting.pk}/notices/", {"candidate": "", "text": "还有半小时"})
    browser.post(
        f"/room/{sitting.pk}/notices/", {"candidate": attempt.candidate_id, "text": "请坐好"}
    )

    said = as_user(room.adil).get(f"/room/heard/{attempt.pk}/").json()
    assert [one["text"] for one in said["notices"]] == ["还有半小时", "请坐好"]
    assert said["notice"] == 2
    assert as_user(room.mayra).get(f"/room/heard/{attempt.pk}/").status_code == 404
    others = make_exams.attempt_of(sitting, room.mayra)
    said = as_user(room.mayra).get(f"/room/heard/{others.pk}/").json()
    assert [one["text"] for one in said["notices"]] == ["还有半小时"]


def test_a_call_raised_while_away_is_the_same_call(room, sitting, attempt):
    helping.call(attempt.candidate, by=room.adil, text="a" * 500)

    assert len(HelpCall.objects.get().text) == helping.LONGEST


def test_a_room_is_shown_as_it_stands():
    cells = [{"key": n, "number": n} for n in (1, 2, 3)]

    rows = shown._drawn({(1, 1): cells[0], (1, 3): cells[1], (3, 3): cells[2]})

    assert rows == [[cells[0], None, cells[1]], [shown.HOLE, None, cells[2]]]


def test_seats_nobody_drew_stand_eight_in_a_row():
    rows = shown._undrawn({n: n for n in (1, 4, 5, 9)})

    assert rows[0] == [1, *[shown.HOLE] * 2, 4, None, 5, *[shown.HOLE] * 3]
    assert rows[1] == [9, *[shown.HOLE] * 3, None, *[shown.HOLE] * 4]


def test_somebody_is_moved_to_a_spare_machine_and_the_answers_go_along(
    room, sitting, attempt, as_user
):
    seat = attempt.candidate
    spare = places.free(sitting).first()
    there = f"/room/{sitting.pk}/seat/{seat.pk}/move/"
    browser = as_user(room.nur)

    kept = browser.post(there, {"place": spare.pk, "note": ""})
    assert kept.status_code == 422
    taken = make_exams.seat_of(sitting, room.mayra).place
    assert browser.post(there, {"place": taken.pk, "note": "x"}).status_code == 422
    browser.post(there, {"place": spare.pk, "note": "蓝屏"})

    seat.refresh_from_db()
    assert seat.place == spare
    assert seat_of(sitting, attempt)["seat"] == seat.seat
    assert seat_of(sitting, attempt)["answered"] == 3
    assert "蓝屏" in as_user(room.nur).get(f"/room/{sitting.pk}/log/").content.decode()
    assert as_user(room.bai).post(there, {"place": taken.pk, "note": "x"}).status_code == 404
