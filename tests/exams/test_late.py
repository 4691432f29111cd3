"""What came too late, what was carried by hand: kept, judged by people, told in the record."""

import json
import os
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import make, make_exams, make_officials
from tests.exams.outcomes import refused, verbs_of
from tests.exams.test_views import no_build, words  # noqa: F401 - a fixture among them
from zhupei.core import audit, tickets
from zhupei.core.errors import NotAllowed
from zhupei.exams import rules, sealing
from zhupei.exams.actions import attempts, carried, invigilators, late, room, sittings
from zhupei.exams.models import LateAnswer


@pytest.fixture
def hall(world):
    """Adil has begun and saved eleven right answers; Nur watches; half an hour in."""
    make_officials.add(world)
    world.sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    called = invigilators.call(world.sitting, world.nur, by=world.chen)
    invigilators.accept(called, by=world.nur)
    with time_machine.travel(make_exams.during(world.sitting, 30), tick=False) as world.clock:
        world.attempt = make_exams.started_attempt(world.sitting, world.adil)
        make_exams.answer(world.attempt, make_exams.right(world.sitting, 11))
        yield world


def now() -> int:
    return int(timezone.now().timestamp() * 1000)


def answer(item: int, choice: str, turn: int | None = None) -> dict[str, object]:
    return {"item": item, "choice": choice, "turn": now() + 1 if turn is None else turn}


def file_of(hall, *answers: object, **changed: object) -> bytes:
    """A file as the candidate's page writes it."""
    server = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), sealing.public_half(hall.sitting.pk)
    )
    own = ec.generate_private_key(ec.SECP256R1())
    key = sealing.shared_key(own.exchange(ec.ECDH(), server))
    inside = {"ticket": attempts.ticket(hall.attempt), "made": now(), "answers": list(answers)}
    sealed = sealing.seal(key, changed.pop("inside", inside | changed))
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    said = {
        "format": "zhupei-answers-1",
        "sitting": hall.sitting.pk,
        "public": sealing.text(point),
        "nonce": sealing.text(sealed[:12]),
        "sealed": sealing.text(sealed[12:]),
    }
    return json.dumps(said).encode()


def hand_in_late(hall) -> None:
    """The clock has handed in; then two right answers of before the end arrive."""
    turn = now()
    hall.clock.move_to(hall.sitting.ends_at + timedelta(minutes=1))
    attempts.close_overdue()
    right = make_exams.right(hall.sitting)
    LateAnswer.objects.bulk_create(
        LateAnswer(
            attempt_id=hall.attempt.pk,
            item=place,
            choice=right[place],
            turn=turn,
            arrived_at=timezone.now(),
        )
        for place in (11, 12)
    )
    hall.attempt.refresh_from_db()


# A file carried by hand


def test_a_file_counts_while_the_attempt_is_open(hall):
    right = make_exams.right(hall.sitting)
    file = file_of(hall, answer(11, right[11]), answer(0, "C", turn=1))

    taken = carried.take(hall.sitting, file, by=hall.nur)

    assert (taken.attempt, taken.counted, taken.late, taken.known) == (hall.attempt, [11], [], [0])
    assert hall.attempt.choices() == make_exams.right(hall.sitting, 12)
    event = audit.own_history(hall.attempt).last()
    assert (event.verb, event.facts["counted"], event.facts["late"]) == ("attempt.carried", 1, 0)
    assert event.actor_name == str(hall.nur)


def test_the_same_file_again_changes_nothing(hall):
    file = file_of(hall, answer(11, "C"))
    carried.take(hall.sitting, file, by=hall.nur)
    before = audit.own_history(hall.attempt).count()

    again = carried.take(hall.sitting, file, by=hall.chen)

    assert (again.counted, again.late, again.known) == ([], [], [11])
    assert audit.own_history(hall.attempt).count() == before


def test_after_the_end_a_file_is_evidence_even_with_an_expired_ticket(hall):
    file = file_of(hall, answer(11, "C"), answer(12, "B"))
    hall.clock.move_to(hall.sitting.ends_at + timedelta(hours=20))
    attempts.close_overdue()

    taken = carried.take(hall.sitting, file, by=hall.nur)

    assert (taken.counted, taken.late) == ([], [11, 12])
    assert list(LateAnswer.objects.order_by("item").values_list("item", "choice", "counts")) == [
        (11, "C", None),
        (12, "B", None),
    ]
    assert 11 not in hall.attempt.choices()
    assert carried.take(hall.sitting, file, by=hall.nur).known == [11, 12]


def test_a_paused_attempt_takes_its_file(hall):
    room.pause([hall.attempt], by=hall.nur, note="断网")
    hall.clock.move_to(hall.sitting.ends_at + timedelta(minutes=5))

    assert carried.take(hall.sitting, file_of(hall, answer(15, "B")), by=hall.nur).counted == [15]


@pytest.mark.parametrize("name", ["dong", "bai", "li", "gu", "adil", "aygul"])
def test_only_those_who_watch_hand_in_a_file(hall, name):
    with pytest.raises(NotAllowed):
        carried.take(hall.sitting, file_of(hall, answer(11, "C")), by=getattr(hall, name))


def test_a_file_of_another_sitting_or_attempt_is_refused(hall):
    other = make_exams.sealed_sitting(
        hall, make.learner(), starts_at=timezone.now() + timedelta(days=9)
    )
    strange = tickets.issue("exams.answer", other.attempts.get().pk, timezone.now())
    idle = attempts.ticket(make_exams.attempt_of(hall.sitting, hall.mayra))

    def code(file, sitting=hall.sitting):
        return refused(carried.take, sitting, file, by=hall.chen)

    assert code(file_of(hall, answer(1, "A")), other) == "other_sitting"
    assert code(file_of(hall, answer(1, "A"), ticket=strange)) == "bad_ticket"
    assert code(file_of(hall, answer(1, "A"), ticket="A" * 40)) == "bad_ticket"
    assert code(file_of(hall, answer(1, "A"), ticket=None)) == "bad_ticket"
    assert code(file_of(hall, answer(1, "A"), ticket=idle)) == "not_started"


def test_what_is_no_answer_file_is_refused(hall):
    good = json.loads(file_of(hall, answer(1, "A")))
    flipped = good["sealed"][:-2] + ("AA" if good["sealed"][-2:] != "AA" else "BB")
    spoilt = [
        b"",
        b"%PDF-1.7",
        b"[]",
        b"[" * 60_000,
        b"\xff\xfe",
        json.dumps(good | {"format": "other"}).encode(),
        json.dumps(good | {"sealed": flipped}).encode(),
        json.dumps(good | {"public": sealing.text(b"\x04" + os.urandom(64))}).encode(),
        json.dumps(good | {"nonce": 7}).encode(),
        json.dumps(good | {"sealed": "!"}).encode(),
        file_of(hall, inside=[1, 2]),
        b"x" * (carried.LARGEST + 1),
    ]

    assert {refused(carried.take, hall.sitting, file, by=hall.nur) for file in spoilt} == {
        "file_unreadable"
    }


def test_what_cannot_be_an_answer_is_left_out(hall):
    odd = [
        7,
        {},
        answer(-1, "A"),
        answer(20, "A"),
        answer(9_999, "A"),
        answer(12, "A", turn=-1),
        answer(12, "A", turn=2**63),
        answer(12, "A\0"),
        answer(12, "x" * (rules.LONGEST_ANSWER + 1)),
        {"item": 12, "choice": None, "turn": 1},
        {"item": True, "choice": "A", "turn": now() + 1},
    ]

    taken = carried.take(hall.sitting, file_of(hall, *odd, answer(13, "B")), by=hall.nur)

    assert (taken.counted, taken.known) == ([13], [])
    assert carried.take(hall.sitting, file_of(hall, answers="A"), by=hall.nur).counted == []


# What came too late


def test_late_answers_count_only_when_somebody_says_so(hall):
    hand_in_late(hall)
    assert hall.attempt.mark == 55

    row = late.decide(hall.attempt, by=hall.chen, counts=True, note="断网，答案是收卷前写的")

    assert (row.mark, row.passed) == (65, True)
    assert verbs_of(row)[-2:] == ["attempt.late_counted", "attempt.marked"]
    facts = audit.own_history(row)[len(verbs_of(row)) - 2].facts
    assert (facts["answers"], facts["in_time"], facts["places"]) == (2, 2, [11, 12])
    assert facts["sha256"] == rules.receipt(row.choices())
    assert refused(late.decide, row, by=hall.chen, counts=False, note="再看") == "nothing_late"


def test_late_answers_that_do_not_count_stay_as_evidence(hall):
    hand_in_late(hall)

    row = late.decide(hall.attempt, by=hall.chen, counts=False, note="网络正常，本人拖延")

    assert row.mark == 55
    assert verbs_of(row)[-1] == "attempt.late_left"
    assert set(LateAnswer.objects.values_list("counts", flat=True)) == {False}


def test_deciding_asks_for_a_reason_a_person_and_the_right_moment(hall):
    def code(note="x"):
        return refused(late.decide, hall.attempt, by=hall.chen, counts=True, note=note)

    assert code() == "not_handed_in"
    hand_in_late(hall)
    assert code(" ") == "note_required"
    for name in ("nur", "dong", "li", "gu", "adil"):
        with pytest.raises(NotAllowed):
            late.decide(hall.attempt, by=getattr(hall, name), counts=True, note="x")
    sittings.close(hall.sitting, by=None)
    hall.sitting.refresh_from_db()
    type(hall.sitting).objects.filter(pk=hall.sitting.pk).update(state="released")
    assert code() == "released"


def test_marks_are_not_made_known_while_late_answers_wait(hall):
    hand_in_late(hall)
    sittings.close(hall.sitting, by=None)

    assert refused(sittings.release, hall.sitting, by=hall.chen) == "late_undecided"

    late.decide(hall.attempt, by=hall.chen, counts=False, note="x")
    assert sittings.release(hall.sitting, by=hall.chen).state == "released"


@given(ahead=st.integers(-5_000, 5_000))
def test_an_answer_is_in_time_when_its_turn_is_not_after_the_end(ahead):
    end = timezone.now().replace(microsecond=0)

    assert rules.written_in_time(int(end.timestamp() * 1000) + ahead, end) is (ahead <= 0)


# The page


def test_the_page_lists_what_waits_and_takes_the_decision(hall, client):
    hand_in_late(hall)
    client.force_login(hall.chen)
    address = reverse("exams:late", args=[hall.sitting.pk])

    shown = words(client.get(address))
    decide = reverse("exams:decide-late", args=[hall.sitting.pk, hall.attempt.pk])
    client.post(decide, {"counts": "yes", "note": "断网"})

    assert "计入，重新评分" in shown
    assert "已计入" in words(client.get(address))
    hall.attempt.refresh_from_db()
    assert hall.attempt.mark == 65


def test_an_invigilator_hands_in_a_file_and_decides_nothing(hall, client):
    client.force_login(hall.nur)
    address = reverse("exams:carry", args=[hall.sitting.pk])
    file = SimpleUploadedFile("答卷.zpa", file_of(hall, answer(11, "C")))

    said = words(client.post(address, {"file": file}, follow=True))
    bad = client.post(address, {"file": SimpleUploadedFile("a.zpa", b"junk")})
    hand_in_late(hall)
    client.force_login(hall.nur)
    shown = words(client.get(reverse("exams:late", args=[hall.sitting.pk])))

    assert "计入 1 题" in said
    assert bad.status_code == 422
    assert "不是答卷文件" in words(bad)
    assert "等考务员决定" in shown
    assert "计入，重新评分" not in shown


def test_strangers_find_no_such_page_and_onlookers_no_way_in(hall, client):
    address = reverse("exams:late", args=[hall.sitting.pk])
    for name, status in [("bai", 404), ("aygul", 404), ("adil", 404), ("li", 403)]:
        client.force_login(getattr(hall, name))
        assert client.get(address).status_code == status
