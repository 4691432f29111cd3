"""Who watches a sitting, who may call them, and what they see of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_exams, make_officials
from tests.refusals import refused
from zhupei.archives.models import Package
from zhupei.certificates.models import Certificate
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.exams import rules
from zhupei.exams.access import may_answer_call, may_invigilate, may_relieve
from zhupei.exams.actions import invigilators, sittings
from zhupei.exams.models import Candidate, Invigilator, InvigilatorState, Sitting
from zhupei.exams.sentences import SENTENCES
from zhupei.institutions.models import Room
from zhupei.organizations.models import Membership, Role


@pytest.fixture
def officials(world):
    return make_officials.add(world)


def called(world, sitting, user="nur", **fields):
    return invigilators.call(sitting, getattr(world, user), by=world.chen, **fields)


def test_who_is_called_is_told_and_answers(officials):
    sitting = make_exams.notified_sitting(officials)

    row = called(officials, sitting)
    assert row.state == InvigilatorState.INVITED
    assert Message.objects.filter(recipient=officials.nur, title__contains="请您监考").exists()

    row = invigilators.accept(row, by=officials.nur)
    assert row.state == InvigilatorState.ACCEPTED
    assert [event.verb for event in audit.own_history(row)] == [
        "invigilator.called",
        "invigilator.accepted",
    ]
    assert set(SENTENCES) >= {event.verb for event in audit.own_history(row)}


def test_who_declines_says_why_and_the_examiner_hears_it(officials):
    row = called(officials, make_exams.notified_sitting(officials))

    with refused("note_required"):
        invigilators.decline(row, by=officials.nur, note=" ")
    invigilators.decline(row, by=officials.nur, note="当天出差")

    told = Message.objects.get(recipient=officials.chen)
    assert "不能监考" in told.title
    assert told.body == "当天出差"


def test_the_examiner_notes_what_was_said_on_the_phone(officials):
    row = called(officials, make_exams.notified_sitting(officials))

    assert invigilators.accept(row, by=officials.chen, note="电话确认").state == "accepted"
    with pytest.raises(NotAllowed):
        invigilators.decline(row, by=officials.dong, note="代答")


@pytest.mark.parametrize("name", ["nur", "dong", "li", "aygul", "gu", "adil"])
def test_only_the_examiner_calls(officials, name):
    sitting = make_exams.notified_sitting(officials)

    with pytest.raises(NotAllowed):
        invigilators.call(sitting, officials.dong, by=getattr(officials, name))


def test_a_registrar_is_no_invigilator(officials):
    with refused("no_invigilator") as refusal:
        called(officials, make_exams.notified_sitting(officials), "aygul")
    assert refusal.value.field == "user"


def test_nobody_is_called_twice_and_there_is_one_chief(officials):
    sitting = make_exams.notified_sitting(officials)
    called(officials, sitting, chief=True)

    with refused("called_twice"):
        called(officials, sitting)
    with refused("chief_taken"):
        called(officials, sitting, "dong", chief=True)


def test_nobody_watches_two_sittings_at_once(officials):
    first = make_exams.notified_sitting(officials, title="上午场")
    second = make_exams.draft_sitting(
        officials, room=make.room(officials.body), starts_at=first.starts_at + timedelta(minutes=30)
    )
    called(officials, first)

    with refused("invigilator_busy") as refusal:
        called(officials, second)
    assert "上午场" in str(refusal.value)
    later = make_exams.draft_sitting(officials, starts_at=first.ends_at)
    assert called(officials, later)


def test_who_declined_is_free_for_another_sitting(officials):
    first = make_exams.notified_sitting(officials)
    invigilators.decline(called(officials, first), by=officials.nur, note="换场")

    second = make_exams.draft_sitting(officials, starts_at=first.starts_at)
    assert called(officials, second)


def test_a_sitting_takes_its_invigilators_to_its_new_time(officials):
    sitting = make_exams.draft_sitting(officials)
    row = called(officials, sitting)

    moved = sittings.change(
        sitting, by=officials.chen, starts_at=sitting.starts_at + timedelta(days=1)
    )
    row.refresh_from_db()
    assert (row.starts_at, row.ends_at) == (moved.starts_at, moved.ends_at)
    assert Message.objects.filter(recipient=officials.nur, title__contains="改为").exists()


def test_a_sitting_called_off_relieves_them(officials):
    sitting = make_exams.notified_sitting(officials)
    row = called(officials, sitting)

    sittings.cancel(sitting, by=officials.chen, note="停电")
    row.refresh_from_db()
    assert row.state == InvigilatorState.RELIEVED
    with refused("over"):
        called(officials, sitting)


def test_independent_of_those_who_trained():
    assert rules.independent({1, 2}, {3})
    assert not rules.independent({1, 3}, {3})
    assert rules.independent(set(), {3})


def test_a_teacher_of_the_school_is_not_independent_of_its_learners(officials):
    sitting = make_exams.notified_sitting(officials)
    taught = make_exams.taught_class(officials)
    sittings.seat(sitting, [make_exams.trained(taught, officials.adil)], by=officials.chen)
    officials.nur.person = officials.teacher.person
    officials.ma.person = None
    officials.ma.save()
    officials.nur.save()
    Membership.objects.create(
        user=officials.kurban,
        organization=officials.school,
        role=Role.TEACHER,
        since=make.LONG_AGO,
    )

    assert not called(officials, sitting).independent
    assert not called(officials, sitting, "kurban").independent
    assert called(officials, sitting, "dong").independent
    assert called(officials, sitting, "bai").organization == officials.other_body


def test_an_invigilator_sees_only_what_they_are_called_to(officials):
    mine = make_exams.sealed_sitting(officials)
    other = make_exams.draft_sitting(officials, title="别的场次")
    row = called(officials, mine)

    assert list(Sitting.objects.visible_to(officials.nur)) == [mine]
    assert set(Candidate.objects.visible_to(officials.nur)) == set(mine.candidates.all())
    assert list(Invigilator.objects.own(officials.nur)) == [row]
    for name in ["dong", "bai", "kurban", "ren"]:
        someone = getattr(officials, name)
        assert not Sitting.objects.visible_to(someone).exists()
        assert not Candidate.objects.visible_to(someone).exists()
        assert not Invigilator.objects.visible_to(someone).exists()
    assert set(Sitting.objects.visible_to(officials.chen)) == {mine, other}
    invigilators.relieve(row, by=officials.chen, note="换人")
    assert not Sitting.objects.visible_to(officials.nur).exists()


@pytest.mark.parametrize("name", ["nur", "kurban"])
def test_who_is_assigned_sees_nothing_else_of_the_body(officials, name):
    someone = getattr(officials, name)

    assert not Room.objects.visible_to(someone).exists()
    assert not Certificate.objects.visible_to(someone).exists()
    assert not Package.objects.visible_to(someone).exists()
    assert Room.objects.visible_to(officials.chen).exists()


@pytest.mark.parametrize(
    ("hours_before", "may"), [(30, False), (23, True), (0, True), (-24, True), (-26, False)]
)
def test_who_agreed_watches_from_a_day_before_to_a_day_after(officials, hours_before, may):
    sitting = make_exams.notified_sitting(officials)
    row = called(officials, sitting)

    with time_machine.travel(sitting.starts_at - timedelta(hours=hours_before)):
        assert not may_invigilate(officials.nur, sitting)  # has not agreed
        invigilators.accept(row, by=officials.nur)
        assert may_invigilate(officials.nur, sitting) is may
        assert may_invigilate(officials.chen, sitting)
        for name in ["dong", "bai", "li", "aygul", "gu", "adil", "kurban"]:
            assert not may_invigilate(getattr(officials, name), sitting)


def test_who_may_answer_and_who_may_relieve(officials):
    row = called(officials, make_exams.notified_sitting(officials))

    assert [name for name in PEOPLE if may_answer_call(getattr(officials, name), row)] == [
        "nur",
        "chen",
    ]
    assert [name for name in PEOPLE if may_relieve(getattr(officials, name), row)] == ["chen"]
    assert not may_answer_call(None, row)


PEOPLE = ["nur", "dong", "bai", "chen", "li", "aygul", "gu", "adil", "kurban"]


def test_who_is_available_are_those_in_office_on_the_day(officials):
    sitting = make_exams.notified_sitting(officials)
    officials.dong.memberships.update(until=timezone.localdate())

    found = {worn.user for worn in invigilators.available(sitting)}
    assert officials.nur in found
    assert officials.bai in found
    assert officials.dong not in found
    assert officials.chen not in found
