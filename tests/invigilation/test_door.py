"""At the door: who is let in, who is sent away, and two invigilators at once."""

import pytest

from tests import make, make_exams, make_invigilation, make_officials
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.actions import attempts
from zhupei.exams.models import Sitting
from zhupei.invigilation import identity
from zhupei.invigilation.actions import door, log
from zhupei.invigilation.identity import Evidence, Finding
from zhupei.invigilation.models import CheckIn, Incident, Reason, Severity, Verdict


@pytest.fixture
def sitting(room):
    return make_invigilation.watched_sitting(room, room.adil, room.mayra)


@pytest.fixture
def adil(room, sitting):
    return make_exams.seat_of(sitting, room.adil)


def test_who_has_the_right_document_is_let_in(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        entered = make_invigilation.admitted(adil, by=room.nur)

    assert (entered.verdict, entered.late, entered.by) == (Verdict.ADMITTED, False, room.nur)
    event = audit.own_history(adil).get()
    assert event.verb == "door.admitted"
    assert audit.sentence(event) == (
        f"努尔兰·哈力克 核验 {adil.person.name}（{adil.seat} 号座位）身份，准予入场：核对证件和本人"
    )


def test_the_second_invigilator_hears_who_was_first(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        make_invigilation.admitted(adil, by=room.nur)
        with refused("already_in") as refusal:
            make_invigilation.admitted(adil, by=room.dong)
        with refused("already_in"):
            door.refuse(adil, by=room.dong, reason=Reason.OTHER_FACE)

    assert "努尔兰·哈力克" in str(refusal.value)
    assert CheckIn.objects.count() == 1


def test_the_wrong_number_lets_nobody_in_and_stands_beside_the_field(room, sitting, adil):
    with make_invigilation.before_the_start(sitting), refused("not_proved") as refusal:
        door.admit(adil, by=room.nur, method="document", evidence=Evidence("0000"))

    assert refusal.value.field == "last_four"
    assert not CheckIn.objects.exists()


def test_without_a_document_a_human_says_why(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        with refused("not_proved") as refusal:
            door.admit(adil, by=room.nur, method="temporary", evidence=Evidence(note=" "))
        said = Evidence(note="派出所临时身份证明，与本人相符")
        entered = door.admit(adil, by=room.nur, method="temporary", evidence=said)

    assert refusal.value.field == "note"
    assert entered.note == said.note


def by_reader(person, evidence):
    """A way of proving it that a region added: it saw one person and no more."""
    return Finding(agrees=True, sentence=f"{person} {evidence.last_four}")


def test_another_way_of_proving_it_comes_in_by_a_setting(room, sitting, adil, settings):
    settings.IDENTITY_METHODS = {"document": f"{__name__}.by_reader"}

    with make_invigilation.before_the_start(sitting):
        entered = door.admit(adil, by=room.nur, method="document", evidence=Evidence())

    assert entered.verdict == Verdict.ADMITTED
    said = identity.check("document", adil.person, Evidence("1"))
    assert said.sentence == f"{adil.person} 1"


@pytest.mark.parametrize(
    ("minutes", "code"), [(61, "door_not_open"), (-30.1, "door_shut"), (-31, "door_shut")]
)
def test_the_door_has_its_hours(room, sitting, adil, minutes, code):
    with make_invigilation.before_the_start(sitting, minutes), refused(code):
        make_invigilation.admitted(adil, by=room.nur)


def test_who_comes_after_the_start_is_late(room, sitting, adil):
    with make_invigilation.before_the_start(sitting, -29):
        assert make_invigilation.admitted(adil, by=room.nur).late


def test_nobody_is_let_into_a_sitting_that_is_not_sealed(room):
    sitting = make_exams.notified_sitting(room)
    enrolment = make_exams.trained(make_exams.taught_class(room), room.adil)
    make_exams.sittings.seat(sitting, [enrolment], by=room.chen)

    with make_invigilation.before_the_start(sitting), refused("not_sealed"):
        make_invigilation.admitted(make_exams.seat_of(sitting, room.adil), by=room.chen)


def test_who_is_sent_away_leaves_an_incident_and_may_come_back(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        door.refuse(adil, by=room.nur, reason=Reason.OTHER_NUMBER, note="号码是别人的")
        incident = Incident.objects.get()
        entered = make_invigilation.admitted(adil, by=room.dong)

    assert incident.severity == Severity.SERIOUS
    assert incident.note == "证件号码与报名信息不符：号码是别人的"
    assert entered.verdict == Verdict.ADMITTED
    assert [event.verb for event in audit.own_history(adil)] == ["door.refused", "door.admitted"]


def test_who_was_sent_away_begins_nowhere_until_they_are_let_in(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        door.refuse(adil, by=room.nur, reason=Reason.NO_DOCUMENT)
    with make_invigilation.before_the_start(sitting, -1):
        with refused("not_admitted"):
            attempts.start(adil, by=room.adil)
        make_invigilation.admitted(adil, by=room.dong)
        attempts.start(adil, by=room.adil)


def test_who_has_begun_is_not_sent_away_and_nobody_before_the_seal(room, sitting, adil):
    with make_invigilation.before_the_start(sitting, -1):
        attempts.start(adil, by=room.adil)
        with refused("has_started"):
            door.refuse(adil, by=room.nur, reason=Reason.NO_DOCUMENT)
    Sitting.objects.filter(pk=sitting.pk).update(state="notified")
    with make_invigilation.before_the_start(sitting), refused("not_sealed"):
        door.refuse(adil, by=room.chen, reason=Reason.NO_DOCUMENT)


def test_another_reason_needs_a_word(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        with refused("note_required"):
            door.refuse(adil, by=room.nur, reason=Reason.OTHER, note=" ")
        door.refuse(adil, by=room.nur, reason=Reason.NO_DOCUMENT)

    assert Incident.objects.get().severity == Severity.NOTE


def test_who_was_let_in_by_mistake_is_out_again_with_the_reason(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        make_invigilation.admitted(adil, by=room.nur)
        undone = door.undo(adil, by=room.dong, note="点错了人 ")
        attempt = make_exams.attempt_of(sitting, room.adil)
        assert attempt.admitted_at is None
        absent = {seat.person_id for seat in log.absentees(sitting)}
        assert absent == {room.adil.person_id, room.mayra.person_id}
        make_invigilation.admitted(adil, by=room.nur)

    assert (undone.undone_by, undone.undone_why) == (room.dong, "点错了人")
    assert [one.lets_in for one in adil.check_ins.all()] == [False, True]
    events = list(audit.own_history(adil))
    assert [event.verb for event in events] == ["door.admitted", "door.undone", "door.admitted"]
    assert audit.sentence(events[1]).endswith(f"（{adil.seat} 号座位）的入场：“点错了人”")
    assert [event.verb for event in audit.own_history(attempt)] == [
        "attempt.admitted",
        "attempt.admission_undone",
        "attempt.admitted",
    ]


def test_whose_entry_is_undone_cannot_begin(room, sitting, adil):
    sitting.needs_admission = True
    sitting.save(update_fields=["needs_admission"])
    with make_invigilation.before_the_start(sitting):
        make_invigilation.admitted(adil, by=room.nur)
        door.undo(adil, by=room.nur, note="不是本人")

    with make_invigilation.before_the_start(sitting, -1), refused("not_admitted"):
        make_exams.started_attempt(sitting, room.adil)


def test_an_entry_is_not_undone_without_a_reason_or_once_they_began(room, sitting, adil):
    with make_invigilation.before_the_start(sitting):
        with refused("not_in"):
            door.undo(adil, by=room.nur, note="x")
        make_invigilation.admitted(adil, by=room.nur)
        with refused("note_required"):
            door.undo(adil, by=room.nur, note=" ")
    with make_invigilation.before_the_start(sitting, -1):
        make_exams.started_attempt(sitting, room.adil)
        with refused("has_started"):
            door.undo(adil, by=room.nur, note="点错了人")

    assert CheckIn.objects.get().lets_in


@pytest.mark.parametrize("who", ["bai", "li", "adil", "aygul"])
def test_nobody_else_lets_people_in(room, sitting, adil, who):
    with make_invigilation.before_the_start(sitting):
        with pytest.raises(NotAllowed):
            make_invigilation.admitted(adil, by=getattr(room, who))
        with pytest.raises(NotAllowed):
            door.refuse(adil, by=getattr(room, who), reason=Reason.NO_DOCUMENT)
        with pytest.raises(NotAllowed):
            door.undo(adil, by=getattr(room, who), note="x")


@pytest.mark.django_db(transaction=True)
def test_two_invigilators_pressing_at_once_let_in_once():
    world = make_officials.add(make.world())
    sitting = make_invigilation.watched_sitting(world)
    seat = make_exams.seat_of(sitting, world.adil)
    read = make_invigilation.evidence(seat)

    def press(user):
        door.admit(seat, by=user, method="document", evidence=read)
        return "in"

    with make_invigilation.before_the_start(sitting):
        outcomes = at_once(lambda: press(world.nur), lambda: press(world.dong))

    assert sorted(outcomes) == ["already_in", "in"]
    assert CheckIn.objects.count() == 1
