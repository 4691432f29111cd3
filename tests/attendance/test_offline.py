"""The roll taken without network comes in once, whatever the phone's clock says."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.make_attendance import class_with_learners, code, corrected, enrolment, mark, photo
from tests.refusals import refused
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance, RollMark
from zhupei.classes.models import State, TrainingClass
from zhupei.core import audit


def sync(lesson, by, *marks, phone="Ma's phone", error=timedelta(0)):
    """The phone sends; its clock is wrong by ``error``. The reasons of what was refused."""
    said = [one._replace(at=one.at + error) for one in marks]
    now = timezone.now() + error
    outcomes = actions.sync(lesson, by=by, phone=phone, phone_now=now, marks=said)
    assert [one.id for one in outcomes] == [one.id for one in marks]
    return [one.refusal.code if one.refusal else None for one in outcomes]


def line(user) -> Attendance:
    return Attendance.objects.get(enrolment__person=user.person)


def test_marks_become_the_roll(world, lesson, morning):
    here = mark(lesson, world.adil)
    morning.shift(timedelta(minutes=20))
    late = mark(lesson, world.mayra, "late")

    assert sync(lesson, world.ma, here, late) == [None, None]

    assert (line(world.adil).method, line(world.adil).arrived_at) == ("offline", lesson.starts_at)
    assert line(world.adil).credited_seconds == lesson.seconds
    assert line(world.mayra).credited_seconds == lesson.seconds - 20 * 60
    event = audit.own_history(enrolment(lesson.training_class, world.mayra)).last()
    assert (event.verb, event.facts["after"]) == ("attendance.marked", "10:20 到")
    assert event.facts["phone"] == "Ma's phone"


def test_the_same_marks_twice_are_taken_once(world, lesson):
    marks = [mark(lesson, world.adil), mark(lesson, world.mayra, "absent")]

    assert sync(lesson, world.ma, *marks) == [None, None]
    assert sync(lesson, world.ma, *marks) == [None, None]

    assert RollMark.objects.count() == 2
    assert audit.own_history(enrolment(lesson.training_class, world.adil)).count() == 1


def test_the_same_mark_twice_in_one_request_is_one(world, lesson):
    one = mark(lesson, world.adil)

    assert sync(lesson, world.ma, one, one) == [None, None]
    assert RollMark.objects.count() == 1


@pytest.mark.parametrize("error", [timedelta(days=1), timedelta(days=-1), timedelta(minutes=-7)])
def test_a_clock_wrong_by_a_day_makes_no_difference(world, lesson, morning, error):
    morning.shift(timedelta(minutes=20))
    late = mark(lesson, world.adil, "late")
    morning.shift(timedelta(hours=5))

    assert sync(lesson, world.ma, late, error=error) == [None]

    assert line(world.adil).arrived_at == lesson.starts_at + timedelta(minutes=20)
    kept = RollMark.objects.get()
    assert kept.phone_at == kept.at + error
    assert kept.clock_error == error.total_seconds()


def test_a_clock_wrong_by_years_is_refused(world, lesson):
    with refused("clock_too_wrong"):
        sync(lesson, world.ma, mark(lesson, world.adil), error=timedelta(days=-4000))


def test_two_phones_are_merged_and_the_difference_is_shown(world, lesson, morning):
    sync(lesson, world.ma, mark(lesson, world.adil, "absent"), phone="A")
    assert line(world.adil).arrived_at is None
    morning.shift(timedelta(minutes=15))

    sync(lesson, world.aygul, mark(lesson, world.adil, "late"), phone="B")

    row = line(world.adil)
    assert row.arrived_at == lesson.starts_at + timedelta(minutes=15)
    assert row.phones_differ


def test_on_one_phone_the_last_tap_counts(world, lesson, morning):
    first = mark(lesson, world.adil)
    morning.shift(timedelta(seconds=5))

    sync(lesson, world.ma, first, mark(lesson, world.adil, "absent"))

    assert line(world.adil).arrived_at is None
    assert not line(world.adil).phones_differ


def test_a_mark_never_takes_a_scan_away(world, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson), seen_at=timezone.now())

    assert sync(lesson, world.ma, mark(lesson, world.adil, "absent")) == [None]

    row = line(world.adil)
    assert (row.method, row.credited_seconds) == ("scan", lesson.seconds)
    assert row.phones_differ


def test_a_scan_after_an_absent_mark_counts(world, lesson, morning):
    sync(lesson, world.ma, mark(lesson, world.adil, "absent"))
    morning.shift(timedelta(minutes=20))

    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))

    assert (row.method, row.credited_seconds) == ("typed", lesson.seconds - 20 * 60)


def test_a_slip_of_the_thumb_is_put_right_without_losing_the_scan(world, lesson, morning):
    morning.shift(timedelta(minutes=20))
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    sync(lesson, world.ma, mark(lesson, world.adil, "here"))
    assert line(world.adil).arrived_at == lesson.starts_at
    morning.shift(timedelta(seconds=9))

    sync(lesson, world.ma, mark(lesson, world.adil, "absent"))

    assert line(world.adil).arrived_at == lesson.starts_at + timedelta(minutes=20)


def test_somebody_leaves_early(world, lesson, morning):
    here = mark(lesson, world.adil)
    morning.shift(timedelta(minutes=60))

    sync(lesson, world.ma, here, mark(lesson, world.adil, "left"))

    row = line(world.adil)
    assert row.left_at == lesson.starts_at + timedelta(minutes=60)
    assert row.credited_seconds == 60 * 60


def test_a_teacher_who_taps_here_has_seen_who_used_a_shared_phone(world, lesson):
    for user in (world.adil, world.mayra):
        actions.sign_in(lesson, by=user, code=code(lesson), device="a phone")
    assert line(world.mayra).waiting

    sync(lesson, world.ma, mark(lesson, world.mayra))

    assert not line(world.mayra).waiting
    assert line(world.mayra).credited_seconds == lesson.seconds


def test_what_two_people_corrected_stays(world, lesson):
    corrected(lesson, world.adil, by=world.ma, second=world.aygul)

    assert sync(lesson, world.ma, mark(lesson, world.adil, "absent")) == ["already_corrected"]
    assert line(world.adil).method == "teacher"


def test_somebody_of_another_class_comes_back_with_the_reason(world, lesson):
    other = enrolment(class_with_learners(world, world.sun), world.sun)
    stranger = mark(lesson, world.adil)._replace(enrolment=other.pk)

    assert sync(lesson, world.ma, stranger, mark(lesson, world.adil)) == ["wrong_class", None]
    assert RollMark.objects.count() == 1


def test_a_known_number_with_another_content_is_refused(world, lesson):
    one = mark(lesson, world.adil)
    sync(lesson, world.ma, one)

    forged = mark(lesson, world.mayra)._replace(id=one.id)

    assert sync(lesson, world.ma, forged) == ["mark_exists"]
    assert not Attendance.objects.filter(enrolment__person=world.mayra.person).exists()


@pytest.mark.parametrize(
    ("kind", "minutes", "refusal"),
    [
        ("here", -31, "outside_the_lesson"),
        ("here", -30, None),
        ("left", -1, "outside_the_lesson"),
        ("here", 3, "outside_the_lesson"),  # not yet: the phone's clock jumped after the tap
    ],
)
def test_a_mark_has_its_time(world, lesson, kind, minutes, refusal):
    at = timezone.now() + timedelta(minutes=minutes)

    assert sync(lesson, world.ma, mark(lesson, world.adil, kind, at=at)) == [refusal]


@pytest.mark.parametrize(
    ("kind", "minutes", "refusal"),
    [
        ("late", 1, "outside_the_lesson"),
        ("absent", 60, None),
        ("absent", 61, "outside_the_lesson"),
    ],
)
def test_after_the_lesson_a_roll_is_still_taken_for_an_hour(
    world, lesson, morning, kind, minutes, refusal
):
    morning.move_to(lesson.ends_at + timedelta(minutes=minutes))

    assert sync(lesson, world.ma, mark(lesson, world.adil, kind)) == [refusal]


@pytest.mark.parametrize(("hours", "refusal"), [(72, None), (73, "synced_too_late")])
def test_what_stays_on_the_phone_for_days_needs_paper(world, lesson, morning, hours, refusal):
    here = mark(lesson, world.adil)
    morning.move_to(lesson.ends_at + timedelta(hours=hours))

    assert sync(lesson, world.ma, here) == [refusal]


def test_what_was_marked_before_the_freeze_counts_and_later_marks_do_not(world, lesson, morning):
    before = mark(lesson, world.adil)
    morning.shift(timedelta(minutes=5))
    TrainingClass.objects.update(frozen_since=timezone.now())
    morning.shift(timedelta(minutes=5))

    assert sync(lesson, world.ma, before, mark(lesson, world.mayra)) == [None, "class_frozen"]


def test_a_class_that_was_called_off_has_no_roll(world, lesson):
    TrainingClass.objects.update(state=State.CANCELLED)

    assert sync(lesson, world.ma, mark(lesson, world.adil)) == ["class_not_in_effect"]


@pytest.mark.parametrize("person", ["wang", "li", "gu", "chen", "adil", "sun"])
def test_nobody_else_takes_the_roll(world, lesson, person):
    with refused("not_allowed"):
        sync(lesson, getattr(world, person), mark(lesson, world.adil))


def test_an_unknown_learner_is_refused(world, lesson):
    nobody = mark(lesson, world.adil, id=uuid4())._replace(enrolment=2**62)

    assert sync(lesson, world.ma, nobody) == ["wrong_class"]


# ── Paper ────────────────────────────────────────────────────────────────────────────────────


def signed(lesson, *users, **times) -> list[actions.Line]:
    arrived = times.get("arrived_at", lesson.starts_at)
    taught = lesson.training_class
    return [actions.Line(enrolment(taught, user), arrived) for user in users]


def test_a_sheet_counts_once_a_second_person_has_compared_it(world, lesson):
    lines = signed(lesson, world.adil, world.mayra)
    sheet = actions.enter_sheet(lesson, by=world.ma, lines=lines, upload=photo())
    assert str(sheet) == f"Q{lesson.pk:06d}"
    assert not Attendance.objects.exists()
    assert audit.own_history(sheet).get().facts["count"] == 2

    assert actions.confirm_sheet(sheet, by=world.aygul) == 2

    assert {row.method for row in Attendance.objects.all()} == {"paper"}
    assert line(world.adil).credited_seconds == lesson.seconds
    with refused("nothing_open"):
        actions.confirm_sheet(sheet, by=world.aygul)


def test_who_entered_a_sheet_does_not_confirm_it_but_may_take_it_back(world, lesson):
    sheet = actions.enter_sheet(
        lesson, by=world.ma, lines=signed(lesson, world.adil), upload=photo()
    )

    with refused("own_correction"):
        actions.confirm_sheet(sheet, by=world.ma)
    assert actions.take_back_sheet(sheet, by=world.ma) == 1


def test_a_sheet_may_be_refused_with_a_reason(world, lesson):
    sheet = actions.enter_sheet(
        lesson, by=world.ma, lines=signed(lesson, world.adil), upload=photo()
    )

    assert actions.reject_sheet(sheet, by=world.aygul, note="照片看不清") == 1
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"upload": None}, "photo_required"),
        ({"lines": []}, "nobody_ticked"),
        ({"upload": photo("签到表.png")}, "file_disguised"),
        ({"by": "wang"}, "not_allowed"),
    ],
)
def test_what_a_sheet_needs(world, lesson, change, refusal):
    said = {"by": "ma", "lines": signed(lesson, world.adil), "upload": photo()} | change
    said["by"] = getattr(world, said["by"])

    with refused(refusal):
        actions.enter_sheet(lesson, **said)


def test_a_document_is_no_photo(world, lesson):
    upload = photo("签到表.docx")
    upload.file.getbuffer()[:4] = b"PK\x03\x04"

    with refused("photo_kind") as refusal:
        actions.enter_sheet(lesson, by=world.ma, lines=signed(lesson, world.adil), upload=upload)
    assert refusal.value.field == "photo"


def test_whoever_is_on_the_roll_already_is_left_alone(world, lesson):
    actions.sign_in(lesson, by=world.adil, code=code(lesson))

    sheet = actions.enter_sheet(
        lesson, by=world.ma, lines=signed(lesson, world.adil, world.mayra), upload=photo()
    )

    assert [one.enrolment.person for one in sheet.corrections.all()] == [world.mayra.person]
    with refused("nothing_to_correct"):
        actions.enter_sheet(lesson, by=world.ma, lines=signed(lesson, world.adil), upload=photo())
