"""What a sitting lacks before it may be notified and sealed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_exams, make_filings
from tests.exams.outcomes import refused
from zhupei.classes.models import Enrolment
from zhupei.core.errors import Refused
from zhupei.exams import rules
from zhupei.exams.actions import eligibility, invigilators, readiness, sittings
from zhupei.exams.models import Attempt, Sitting, State
from zhupei.exams.parameters import RESITS
from zhupei.exams.rules import Reason, Watched
from zhupei.exams.sentences import why_not
from zhupei.organizations.models import Division, Kind, Role
from zhupei.venues.actions import bookings, designations
from zhupei.venues.models import Seat
from zhupei.venues.parameters import SEPARATION


@pytest.mark.parametrize(
    ("candidates", "needed"), [(0, 2), (1, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_one_invigilator_for_thirty_and_never_under_two(candidates, needed):
    assert rules.watchers_needed(candidates, 2, 30) == needed


def test_what_is_missing_is_named_room_by_room():
    rooms = [Watched("甲", 61, 3, 1), Watched("乙", 10, 1, 0), Watched("丙", 20, 2, 0)]

    missing = rules.watch_missing(rooms, at_least=2, one_for=30, independent=1)
    assert [(one.code, one.facts["room"]) for one in missing] == [
        ("too_few", "乙"),
        ("nobody_independent", "乙"),
        ("nobody_independent", "丙"),
    ]


def test_a_body_nobody_has_determined_notifies_nothing(world):
    sitting = make_exams.draft_sitting(world)
    designations.suspend(world.designation, by=world.tao, note="整改")

    with pytest.raises(Refused) as refusal:
        sittings.notify(sitting, by=world.chen)
    assert refusal.value.code == "not_designated"
    assert "第十九条" in str(refusal.value)
    assert readiness.designation_of(sitting, sitting.job, sitting.starts_at) is None
    with pytest.raises(Refused):
        readiness.check_designated(sitting, sitting.job, sitting.starts_at)


def ready_but_unwatched(world):
    sitting = make_exams.notified_sitting(world)
    taught = make_exams.taught_class(world)
    sittings.seat(sitting, [make_exams.trained(taught, world.adil)], by=world.chen)
    return sitting


def test_sealing_says_which_invigilators_are_missing(world):
    sitting = ready_but_unwatched(world)

    with pytest.raises(Refused) as refusal:
        sittings.seal(sitting, by=world.chen)
    assert refusal.value.code == "invigilators_missing"
    assert "“机房 3”1 名考生，要 2 名监考员，已接受 0 名" in str(refusal.value)
    who = make.member("未答复", Role.INVIGILATOR, world.body)
    invigilators.call(sitting, who, by=world.chen)  # asked, has not agreed
    assert refused(readiness.check_watched, sitting) == "invigilators_missing"
    make_exams.watch(sitting, by=world.chen)
    assert sittings.seal(sitting, by=world.chen).state == "sealed"


def test_two_who_teach_the_candidates_are_not_enough(world):
    sitting = ready_but_unwatched(world)
    for row in make_exams.watch(sitting, by=world.chen):
        row.user.memberships.create(
            organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
        )

    missing = readiness.watch(sitting)
    assert [one.code for one in missing] == ["nobody_independent"]
    assert "无关" in readiness.watch_words(missing)[0]


def test_a_room_without_spare_machines_is_not_sealed(world):
    sitting = ready_but_unwatched(world)
    make_exams.watch(sitting, by=world.chen)
    Seat.objects.filter(room=world.exam_room, spare=True).update(condition="broken")

    assert refused(sittings.seal, sitting, by=world.chen) == "room_not_ready"
    assert refused(readiness.check_rooms, sitting) == "room_not_ready"


def verdict(sitting, enrolment):
    return eligibility.verdicts(sitting, [enrolment])[enrolment.pk]


def test_learners_of_the_same_owner_are_examined_elsewhere(world):
    world.designation.affiliates.add(world.school)
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    sitting = make_exams.draft_sitting(world)

    found = verdict(sitting, enrolment)
    assert found.reasons == (Reason.SAME_OWNER,)
    assert "培考分离" in why_not(found)[0]
    make.parameter_value(SEPARATION, "together", make.LONG_AGO)
    assert verdict(sitting, enrolment).eligible


def test_a_class_away_from_home_needs_its_filing(world):
    kashgar = Division.objects.get(code="653100")
    today = timezone.localdate()
    taught = make_exams.taught_class(
        world,
        prefecture=kashgar,
        starts_on=today + timedelta(days=31),
        ends_on=today + timedelta(days=60),
    )
    enrolment = make_exams.trained(taught, world.adil)
    body = make.organization(Kind.ASSESSMENT_BODY, "喀什考核站", "653101")
    world.body, world.exam_room = body, make.room(body)
    world.chen = make.member("买买提", Role.EXAMINER, body)
    sitting = make_exams.draft_sitting(world)

    assert verdict(sitting, enrolment).reasons == (Reason.NOT_FILED,)
    make_filings.filed(world)
    assert verdict(sitting, enrolment).eligible


def tried(world, months_ago):
    """An earlier sitting of the job that 阿迪力 began and did not pass."""
    sitting = make_exams.sealed_sitting(world, world.adil)
    began = timezone.now() - timedelta(days=31 * months_ago)
    Attempt.objects.filter(sitting=sitting).update(started_at=began)
    Sitting.objects.filter(pk=sitting.pk).update(starts_at=began, state=State.RELEASED)
    bookings.free(sitting)  # it was long ago


def test_the_third_resit_in_twelve_months_waits(world):
    for months_ago in (10, 6, 2):
        tried(world, months_ago)
    enrolment = Enrolment.objects.filter(person=world.adil.person).first()
    sitting = make_exams.draft_sitting(world)

    found = verdict(sitting, enrolment)
    assert found.reasons == (Reason.NO_RESIT_LEFT,)
    assert why_not(found) == [f"补考次数已用完，{found.resit_on} 起可再安排"]
    assert found.resit_on > timezone.localdate(sitting.starts_at)
    make.parameter_value(RESITS, 3, make.LONG_AGO)
    assert verdict(sitting, enrolment).eligible


def test_who_did_not_come_has_not_tried(world):
    for months_ago in (10, 6, 2):
        tried(world, months_ago)
    Attempt.objects.filter(sitting=Sitting.objects.earliest("starts_at")).update(started_at=None)
    enrolment = Enrolment.objects.filter(person=world.adil.person).first()

    assert verdict(make_exams.draft_sitting(world), enrolment).eligible
