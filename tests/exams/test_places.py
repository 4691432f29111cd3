"""Who sits where: spread over rooms, moved with a reason, neighbours with other forms."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_exams
from tests.exams.outcomes import refused, verbs_of
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.actions import invigilators, seating, sittings
from zhupei.exams.models import Attempt, Candidate
from zhupei.venues.models import Seat
from zhupei.venues.rules import BESIDE, around


def people(world, count, **fields):
    taught = make_exams.taught_class(world, **fields)
    return [make_exams.trained(taught, make.learner()) for _ in range(count)]


def places(sitting):
    return {seating.spot(one.place): one for one in sitting.candidates.select_related("place")}


def test_two_classes_are_spread_so_that_neighbours_are_of_the_other(world):
    sitting = make_exams.draft_sitting(world)
    first, second = people(world, 10), people(world, 10, title="第 2 期")
    sittings.seat(sitting, [*first, *second], by=world.chen)

    sits = places(sitting)
    assert len(sits) == 20
    spares = Seat.objects.filter(room=world.exam_room).spares()
    assert not sitting.candidates.filter(place__in=spares)
    beside = [
        (one, sits[other])
        for at, one in sits.items()
        for other in around(at, BESIDE)
        if other in sits
    ]
    alike = [
        (a, b) for a, b in beside if a.enrolment.training_class_id == b.enrolment.training_class_id
    ]
    assert len(alike) <= len(beside) // 4


def test_the_plan_can_be_laid_again_from_the_record(world):
    sitting = make_exams.draft_sitting(world)
    sittings.seat(sitting, people(world, 9), by=world.chen)

    event = audit.own_history(sitting).filter(verb="sitting.seated").get()
    free = {seating.spot(one): one for one in seating.seats_of(sitting)}
    candidates = sitting.candidates.select_related("enrolment__training_class")
    sitters = [seating._sitter(one.enrolment) for one in candidates]
    plan = seating.rules.spread(sitters, list(free), event.facts["seed"])
    assert {one.enrolment_id: seating.spot(one.place) for one in candidates} == plan


def test_several_rooms_share_the_candidates(world):
    second = make.room(world.body, "机房 4", seats=20)
    sitting = make_exams.draft_sitting(world, more_rooms=[second])
    sittings.seat(sitting, people(world, 30), by=world.chen)

    rooms = list(sitting.candidates.values_list("place__room", flat=True))
    assert rooms.count(second.pk) == 10
    assert seating.free_seats(sitting) == 30
    assert sitting.candidates.filter(seat__gt=2000).count() == 10


def test_a_second_room_is_booked_as_well(world):
    second = make.room(world.body, "机房 4")
    first = make_exams.notified_sitting(world, more_rooms=[second])
    other = make_exams.draft_sitting(world, room=second)

    assert refused(sittings.notify, other, by=world.chen) == "room_taken"
    assert refused(make_exams.draft_sitting, world, more_rooms=[world.exam_room]) == "room_twice"
    assert refused(make_exams.draft_sitting, world, more_rooms=[world.room]) == "room_not_yours"
    later = sittings.change(other, by=world.chen, starts_at=first.ends_at)
    assert sittings.notify(later, by=world.chen).state == "notified"


def test_another_room_seats_everybody_anew(world):
    sitting = make_exams.draft_sitting(world)
    sittings.seat(sitting, people(world, 6), by=world.chen)
    other = make.room(world.body, "机房 5", seats=10)

    sitting = sittings.change(sitting, by=world.chen, room=other)
    assert set(sitting.candidates.values_list("place__room", flat=True)) == {other.pk}
    assert verbs_of(sitting)[-1] == "sitting.arranged"
    small = make.room(world.body, "机房 6", seats=5)
    assert refused(sittings.change, sitting, by=world.chen, room=small) == "room_full"


def test_everybody_is_arranged_anew(world):
    sitting = make_exams.draft_sitting(world)
    assert refused(seating.arrange, sitting, by=world.chen) == "nobody_chosen"
    first, second = people(world, 4), people(world, 4, title="第 2 期")
    sittings.seat(sitting, first, by=world.chen)
    sittings.seat(sitting, second, by=world.chen)

    moved = seating.arrange(sitting, by=world.chen)
    assert len({one.place_id for one in moved}) == 8
    with pytest.raises(NotAllowed):
        seating.arrange(sitting, by=world.li)


def test_a_room_without_a_map_seats_nobody(world):
    bare = make.room(world.body, "没有图的机房")
    Seat.objects.filter(room=bare).delete()
    sitting = make_exams.draft_sitting(world, room=bare)

    assert refused(sittings.seat, sitting, people(world, 1), by=world.chen) == "no_seat_map"


@pytest.mark.parametrize("forms", [2, 4])
def test_neighbours_get_other_forms(world, forms):
    sitting = make_exams.notified_sitting(world, forms=forms)
    sittings.seat(sitting, people(world, 36), by=world.chen)
    make_exams.watch(sitting, by=world.chen)
    sittings.seal(sitting, by=world.chen)

    sits = {at: one.attempt.paper_id for at, one in places(sitting).items()}
    assert len(set(sits.values())) == forms
    for at, paper in sits.items():
        assert paper not in {sits.get(other) for other in around(at, BESIDE)}


def test_on_the_day_the_invigilator_moves_somebody_to_a_spare_machine(world):
    sitting = make_exams.sealed_sitting(world)
    who = sitting.invigilators.first().user
    candidate = sitting.candidates.get()
    spare = Seat.objects.filter(room=world.exam_room).spares().first()
    paper = candidate.attempt.paper_id

    with time_machine.travel(make_exams.during(sitting)):
        assert refused(seating.reseat, candidate, spare, by=who, note=" ") == "note_required"
        moved = seating.reseat(candidate, spare, by=who, note="机器黑屏")
    assert (moved.place, moved.seat) == (spare, spare.number)
    assert moved.attempt.paper_id == paper
    assert Attempt.objects.get().label.endswith(f"#{spare.number}")
    event = audit.own_history(sitting).filter(verb="sitting.reseated").get()
    assert (event.facts["after"], event.facts["note"]) == (spare.number, "机器黑屏")


def test_where_nobody_may_be_moved(world):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    one, other = sitting.candidates.select_related("place")
    seats = Seat.objects.filter(room=world.exam_room)
    broken = seats.spares().last()
    Seat.objects.filter(pk=broken.pk).update(condition="broken")
    broken.refresh_from_db()
    elsewhere = Seat.objects.filter(room=make.room(world.body)).first()

    def move(place, **said):
        return refused(seating.reseat, one, place, **{"by": world.chen, "note": "换"} | said)

    assert move(other.place) == "seat_taken"
    assert move(broken) == "seat_unusable"
    assert move(elsewhere) == "seat_elsewhere"
    with pytest.raises(NotAllowed):
        seating.reseat(one, seats.spares().first(), by=world.li, note="换")
    with time_machine.travel(make_exams.during(sitting, 70)):
        sittings.close(sitting, by=None)
        assert move(seats.spares().first()) == "over"


def test_a_drawn_room_with_people_in_it_is_not_drawn_anew(world):
    from zhupei.venues.actions import seats  # noqa: PLC0415 - two modules of this name
    from zhupei.venues.rules import Layout  # noqa: PLC0415

    sitting = make_exams.draft_sitting(world)
    sittings.seat(sitting, people(world, 1), by=world.chen)

    place = world.exam_room.exam_room
    assert refused(seats.lay_out, place, Layout(2, 2), by=world.chen) == "seats_in_use"


def test_whoever_sat_without_a_place_gets_a_form_too(world):
    sitting = make_exams.draft_sitting(world)
    sittings.seat(sitting, people(world, 3), by=world.chen)
    Candidate.objects.update(place=None)

    dealt = seating.deal(list(sitting.candidates.all()), 2, "seed")
    assert set(dealt.values()) <= {1, 2}
    assert len(dealt) == 3


def test_invigilators_of_a_second_room_are_asked_for(world):
    second = make.room(world.body, "机房 4", seats=20)
    sitting = make_exams.notified_sitting(world, more_rooms=[second])
    sittings.seat(sitting, people(world, 10), by=world.chen)
    make_exams.watch(sitting, by=world.chen)

    assert refused(sittings.seal, sitting, by=world.chen) == "invigilators_missing"
    for _ in range(2):
        who = make.member("监考", make.Role.INVIGILATOR, world.body)
        row = invigilators.call(sitting, who, by=world.chen, room=second)
        invigilators.accept(row, by=who)
    assert sittings.seal(sitting, by=world.chen).state == "sealed"


def test_a_plan_for_after_the_designation_is_not_notified(world):
    type(world.designation).objects.update(valid_until=timezone.localdate() + timedelta(days=10))
    late = make_exams.draft_sitting(world, starts_at=timezone.now() + timedelta(days=20))

    assert refused(sittings.notify, late, by=world.chen) == "not_designated"
    soon = sittings.notify(make_exams.draft_sitting(world), by=world.chen)
    far = timezone.now() + timedelta(days=30)
    assert refused(sittings.change, soon, by=world.chen, starts_at=far) == "not_designated"
