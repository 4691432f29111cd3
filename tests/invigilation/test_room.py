"""Incidents, hands raised, the log and its signatures."""

import pytest
from django.core.files.base import ContentFile

from tests import make_exams, make_invigilation, make_pictures
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.actions import attempts
from zhupei.invigilation.access import may_look
from zhupei.invigilation.actions import help as helping
from zhupei.invigilation.actions import incidents, log
from zhupei.invigilation.actions.incidents import Seen
from zhupei.invigilation.models import HelpCall, Signature


@pytest.fixture
def sitting(room):
    return make_invigilation.watched_sitting(room, room.adil, room.mayra)


@pytest.fixture
def adil(room, sitting):
    return make_exams.seat_of(sitting, room.adil)


@pytest.fixture(autouse=True)
def on_the_day(sitting):
    with make_invigilation.before_the_start(sitting, -5):
        yield


def test_an_incident_keeps_what_was_seen_and_a_photo(room, sitting, adil):
    photo = make_pictures.photo("桌面.jpg")
    seen = Seen("material", "serious", " 桌上有手机 ", adil, photo)

    noted = incidents.note(sitting, seen, by=room.nur)

    assert (noted.note, noted.photo.name) == ("桌上有手机", "桌面.jpg")
    event = audit.own_history(noted).get()
    assert event.facts["photo"] == noted.photo.sha256
    assert audit.sentence(event) == (
        f"努尔兰·哈力克 记录情况（{adil.seat} 号 {adil.person.name}）：夹带或使用违规物品，"
        "疑似违纪，考后处理"
    )


def test_an_incident_says_something_and_is_of_this_sitting(room, sitting):
    other = make_exams.sealed_sitting(room, room.sun)
    stranger = make_exams.seat_of(other, room.sun)

    with refused("text_required"):
        incidents.note(sitting, Seen("other", "note", "  "), by=room.nur)
    with refused("other_sitting"):
        incidents.note(sitting, Seen("other", "note", "x", stranger), by=room.nur)
    with refused("file_disguised"):
        photo = ContentFile(b"<script>", "x.png")
        incidents.note(sitting, Seen("other", "note", "x", photo=photo), by=room.nur)


def test_an_incident_is_settled_once(room, sitting):
    noted = incidents.note(sitting, Seen("power", "note", "停电两分钟"), by=room.nur)

    with refused("outcome_required"):
        incidents.settle(noted, by=room.dong, outcome=" ")
    incidents.settle(noted, by=room.dong, outcome="已恢复，全场补时 2 分钟")
    again = incidents.settle(noted, by=room.nur, outcome="别的话")

    assert (again.outcome, again.settled_by) == ("已恢复，全场补时 2 分钟", room.dong)
    assert audit.own_history(noted).count() == 2


def test_a_hand_is_raised_once_and_answered_once(room, sitting, adil):
    helping.call(adil, by=room.adil)
    call = helping.call(adil, by=room.adil, text="鼠标失灵")
    assert HelpCall.objects.get().text == "鼠标失灵"

    helping.answer(call, by=room.nur)
    again = helping.answer(call, by=room.dong)
    assert again.answered_by == room.nur
    helping.call(adil, by=room.adil, text="又失灵了")

    assert HelpCall.objects.filter(answered_at__isnull=True).count() == 1
    assert [event.verb for event in audit.own_history(adil)] == [
        "help.called",
        "help.answered",
        "help.called",
    ]


def test_only_the_candidate_raises_their_hand(room, sitting, adil):
    for who in (room.mayra, room.nur):
        with pytest.raises(NotAllowed):
            helping.call(adil, by=who)


def test_the_room_is_opened_once_and_what_is_amiss_has_a_word(room, sitting):
    wanting = make_invigilation.CHECKS | {"devices_ready": False}

    with refused("note_required"):
        log.open_room(sitting, by=room.nur, checks=wanting)
    opened = log.open_room(sitting, by=room.nur, checks=wanting, note="12 号机坏，已换备用机")
    with refused("already_open"):
        make_invigilation.opened_room(sitting, by=room.dong)

    assert (opened.room_ready, opened.devices_ready) == (True, False)
    assert "努尔兰·哈力克 完成开场检查" in audit.sentence(audit.own_history(opened).get())


def test_a_sitting_not_sealed_has_no_room_to_open(room):
    with refused("not_sealed"):
        make_invigilation.opened_room(make_exams.notified_sitting(room), by=room.chen)


def test_the_log_is_closed_when_nobody_answers_any_more_and_signed_by_who_watched(
    room, sitting, adil
):
    with refused("not_open"):
        log.close_room(sitting, by=room.nur, note="正常")
    make_invigilation.opened_room(sitting, by=room.nur)
    make_invigilation.admitted(adil, by=room.nur)
    attempt = make_exams.started_attempt(sitting, room.adil)
    with refused("still_answering"):
        log.close_room(sitting, by=room.nur, note="正常")
    with refused("not_closed"):
        log.sign(sitting, by=room.nur)
    attempts.hand_in(attempt, by=room.adil)

    with refused("note_required"):
        log.close_room(sitting, by=room.nur, note=" ")
    closed = log.close_room(sitting, by=room.nur, note="正常")
    with refused("already_closed"):
        log.close_room(sitting, by=room.dong, note="正常")
    for who in (room.nur, room.dong, room.nur):
        log.sign(sitting, by=who)

    assert [one.user for one in Signature.objects.all()] == [room.nur, room.dong]
    assert [event.verb for event in audit.own_history(closed)] == [
        "room.opened",
        "room.closed",
        *["room.signed"] * 2,
    ]
    assert audit.own_history(closed)[1].facts["absent"] == 1
    assert [one.person for one in log.absentees(sitting)] == [room.mayra.person]


def test_the_examiner_does_not_sign_for_those_who_watched(room, sitting):
    make_invigilation.opened_room(sitting, by=room.chen)
    log.close_room(sitting, by=room.chen, note="正常")

    with pytest.raises(NotAllowed):
        log.sign(sitting, by=room.chen)


def test_who_may_look_and_who_may_act(room, sitting):
    looks = {name: may_look(getattr(room, name), sitting) for name in PEOPLE}

    assert [name for name, may in looks.items() if may] == ["nur", "dong", "chen", "li"]
    for name in ("bai", "li", "aygul", "adil"):
        with pytest.raises(NotAllowed):
            incidents.note(sitting, Seen("other", "note", "x"), by=getattr(room, name))
        with pytest.raises(NotAllowed):
            make_invigilation.opened_room(sitting, by=getattr(room, name))


PEOPLE = ("nur", "dong", "bai", "chen", "li", "aygul", "wang", "adil", "kurban")
