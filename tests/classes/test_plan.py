"""Drafting, laying out, submitting, withdrawing, cancelling and finishing a class plan."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.actions import plan, roster, timetable
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Mode, State
from zhupei.core import audit
from zhupei.core.models import Message, ParameterValue, TextMessage


def verbs(training_class):
    return [event.verb for event in audit.own_history(training_class)]


def filing(world):
    ParameterValue.objects.create(
        key="classes.mode",
        value="filing",
        valid_from=make.LONG_AGO,
        prefecture=world.school.prefecture_id,
        source="州局通知",
        set_by_name="顾海",
    )


def test_a_draft_has_no_number_and_lies_where_its_county_lies(world):
    drafted = make_classes.draft_class(world)

    assert (drafted.state, drafted.number) == (State.DRAFT, None)
    assert drafted.prefecture_id == "652300"
    assert verbs(drafted) == [ClassEvent.DRAFTED]


def test_a_class_that_ends_before_it_starts_is_not_drafted(world):
    day = timezone.localdate()

    with pytest.raises(ValidationError):
        make_classes.draft_class(world, starts_on=day, ends_on=day - timedelta(days=1))


def test_only_what_really_changed_is_recorded(world):
    drafted = make_classes.draft_class(world)

    plan.change(drafted, by=world.aygul, seats=drafted.seats)
    plan.change(drafted, by=world.aygul, seats=12, title=drafted.title)

    event = audit.own_history(drafted).last()
    assert verbs(drafted) == [ClassEvent.DRAFTED, ClassEvent.CHANGED]
    assert (event.facts["before"], event.facts["now"]) == ({"seats": 30}, {"seats": 12})


def test_a_plan_that_follows_its_syllabus_is_submitted_with_a_number_and_a_deadline(world):
    planned = make_classes.planned_class(world)

    with time_machine.travel(datetime(2026, 3, 18, 9, tzinfo=timezone.get_default_timezone())):
        planned = plan.change(planned, by=world.aygul, starts_on=timezone.localdate())
        submitted = plan.submit(planned, by=world.aygul)

    assert submitted.number == "KB-2026-0001"
    assert timezone.localtime(submitted.due_at).strftime("%m-%d %H:%M") == "03-25 18:00"
    assert not submitted.lessons.filter(booked=False).exists()


def test_a_submission_keeps_what_it_said(world):
    submitted = make_classes.submitted_class(world)

    facts = audit.own_history(submitted).last().facts
    assert facts["round"] == 1
    assert facts["plan"]["seats"] == 30
    assert facts["plan"]["hours"] == "24 学时"
    assert facts["parameters"]["classes.mode"]["value"] == "approval"


def test_the_bureau_of_the_place_is_told(world):
    make_classes.submitted_class(world)

    told = set(Message.objects.values_list("recipient__name", flat=True))
    assert told == {world.li.name, world.zhou.name}


def test_where_plans_are_filed_a_submission_takes_effect_at_once(world):
    filing(world)

    filed = plan.submit(make_classes.planned_class(world), by=world.aygul)

    assert (filed.state, filed.mode, filed.due_at) == (State.FILED, Mode.FILING, None)
    assert plan.send_back(filed, by=world.li, note="请补教案").state == State.RETURNED


def test_a_class_shorter_than_its_syllabus_is_refused_and_keeps_no_number(world):
    short = make_classes.draft_class(world)

    with refused("class_shorter_than_syllabus") as refusal:
        plan.submit(short, by=world.aygul)

    short.refresh_from_db()
    assert refusal.value.field == "timetable"
    assert "少 4 学时" in str(refusal.value)
    assert (short.state, short.number) == (State.DRAFT, None)
    assert plan.submit(make_classes.planned_class(world), by=world.aygul).number.endswith("0001")


def test_a_class_without_a_practice_scheme_is_refused_where_there_is_practice(world):
    planned = make_classes.planned_class(world, practice_scheme="")

    with refused("practice_scheme_missing"):
        plan.submit(planned, by=world.aygul)


def test_a_teacher_in_two_places_is_refused_with_name_and_time(world):
    make_classes.submitted_class(world)
    other = make.room(world.school)
    second = make_classes.draft_class(world)
    wishes = make_classes.wishes(world, second.starts_on, room=other, teacher=world.second_teacher)
    timetable.lay_out(second, by=world.aygul, wishes=wishes)
    lessons = [
        row | {"teacher": world.teacher} if row["kind"] == "theory" else row
        for row in lessons_of(second)
    ]
    timetable.set_timetable(second, by=world.aygul, lessons=shifted(lessons, world))

    with refused("teacher_double_booked") as refusal:
        plan.submit(second, by=world.aygul)

    assert world.teacher.person.name in str(refusal.value)
    assert "本机构" in str(refusal.value)


def lessons_of(training_class):
    names = ("unit", "kind", "starts_at", "ends_at", "teacher", "room")
    return [
        {name: getattr(lesson, name) for name in names} for lesson in training_class.lessons.all()
    ]


def shifted(lessons, world):
    """The practice lessons at a time when the workshop is free."""
    last = max(lesson["ends_at"] for lesson in lessons)
    return [
        row
        | {
            "starts_at": row["starts_at"] + timedelta(days=2),
            "ends_at": row["ends_at"] + timedelta(days=2),
        }
        if row["kind"] == "practice" and row["ends_at"] == last
        else row
        for row in lessons
    ]


def test_a_clash_with_another_institution_tells_its_name_but_not_its_class(world):
    booked = make_classes.submitted_class(world, title="秘密班级")
    make.Engagement.objects.create(
        teacher=world.teacher, organization=world.other_school, full_time=False, since=make.LONG_AGO
    )
    away = elsewhere(world, booked)

    with refused("teacher_double_booked") as refusal:
        plan.submit(away, by=world.wang)

    assert world.school.name in str(refusal.value)
    assert "秘密班级" not in str(refusal.value)


def elsewhere(world, booked):
    """The same timetable in Kashgar, with the same teacher."""
    room = make.room(world.other_school)
    helper = make.teacher("热孜万古丽·库尔班", world.other_school)
    fields = make_classes.fields(world, starts_on=booked.starts_on, room=room)
    away = plan.draft(world.other_school, by=world.wang, **fields)
    lessons = [
        row | {"room": room, "teacher": helper if row["kind"] == "practice" else world.teacher}
        for row in lessons_of(booked)
    ]
    return timetable.set_timetable(away, by=world.wang, lessons=lessons)


def test_withdrawing_frees_teachers_and_rooms(world):
    submitted = make_classes.submitted_class(world)

    withdrawn = plan.withdraw(submitted, by=world.aygul)

    assert (withdrawn.state, withdrawn.due_at) == (State.DRAFT, None)
    assert withdrawn.number
    assert not withdrawn.lessons.filter(booked=True).exists()
    assert make_classes.submitted_class(world).state == State.SUBMITTED


def test_a_submitted_plan_is_not_changed_under_the_eyes_of_its_reader(world):
    submitted = make_classes.submitted_class(world)

    with refused("plan_under_review"):
        plan.change(submitted, by=world.aygul, seats=10)
    with refused("plan_under_review"):
        timetable.set_timetable(submitted, by=world.aygul, lessons=[])


def test_cancelling_tells_those_enrolled_and_the_bureau(world):
    approved = make_classes.approved_class(world)
    approved.enrolments.create(person=world.adil.person, enrolled_at=timezone.now())
    Message.objects.all().delete()

    plan.cancel(approved, by=world.aygul, note="教师生病")

    told = set(Message.objects.values_list("recipient__name", flat=True))
    assert told == {world.adil.name, world.li.name, world.zhou.name}
    assert not approved.lessons.filter(booked=True).exists()


def test_a_class_is_finished_when_its_last_lesson_is_over_and_not_before(world):
    approved = make_classes.approved_class(world)

    with refused("class_not_over"):
        plan.finish(approved, by=world.aygul)
    with time_machine.travel(at_noon(approved.ends_on)):
        assert plan.finish(approved, by=world.aygul).state == State.FINISHED


def at_noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_an_invitation_leaves_when_the_class_takes_effect_not_before(world):
    planned = make_classes.planned_class(world)
    roster.invite(planned, by=world.aygul, rows=[make_classes.roster_row()])
    submitted = plan.submit(planned, by=world.aygul)
    assert not TextMessage.objects.exists()

    make_classes.read_everything(submitted, world.li)
    plan.approve(submitted, by=world.li)

    assert "/join/i/" in TextMessage.objects.get().text


def test_an_invited_person_with_an_account_finds_the_invitation_in_the_inbox(world):
    submitted = make_classes.submitted_class(world)
    row = make_classes.roster_row(world.adil.name, id_number=world.adil.person.id_number)
    (invitation,) = roster.invite(submitted, by=world.aygul, rows=[row])
    assert not Message.objects.filter(recipient=world.adil).exists()

    make_classes.read_everything(submitted, world.li)
    plan.approve(submitted, by=world.li)

    (line,) = Message.objects.filter(recipient=world.adil)
    assert line.url.endswith(f"/join/i/{invitation.token}/")


# Timetable


def test_lessons_that_stay_the_same_keep_their_rows(world):
    planned = make_classes.planned_class(world)
    keys = set(planned.lessons.values_list("pk", flat=True))

    timetable.set_timetable(planned, by=world.aygul, lessons=lessons_of(planned)[1:])

    assert set(planned.lessons.values_list("pk", flat=True)) < keys


def test_one_week_is_written_without_touching_the_others(world):
    planned = make_classes.planned_class(world)
    far = planned.starts_on + timedelta(days=60)

    timetable.set_timetable(planned, by=world.aygul, lessons=[], between=(far, far))

    assert planned.lessons.count() == 6


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("lesson_ends_before_it_starts", lambda row, **_: {"ends_at": row["starts_at"]}),
        ("teacher_not_engaged", lambda **_: {"teacher": make.teacher("外人")}),
        ("room_not_yours", lambda world, **_: {"room": world.exam_room}),
        (
            "unit_of_another_syllabus",
            lambda **_: {"unit": make.published_syllabus("2030.1").units.first()},
        ),
    ],
)
def test_a_lesson_nobody_could_hold_is_refused(world, code, change):
    planned = make_classes.planned_class(world)
    row = lessons_of(planned)[0]

    with refused(code):
        timetable.set_timetable(
            planned, by=world.aygul, lessons=[row | change(world=world, row=row)]
        )


def test_two_lessons_of_a_class_at_the_same_time_are_refused(world):
    planned = make_classes.planned_class(world)
    row = lessons_of(planned)[0]
    later = row | {"starts_at": row["starts_at"] + timedelta(minutes=30)}

    with refused("lessons_overlap"):
        timetable.set_timetable(planned, by=world.aygul, lessons=[row, later])


def test_a_layout_avoids_what_other_classes_booked(world):
    make_classes.submitted_class(world)

    second = make_classes.planned_class(world)

    assert plan.submit(second, by=world.aygul).state == State.SUBMITTED


def test_a_layout_that_does_not_fit_names_the_day_it_would_need(world):
    day = timezone.localdate() + timedelta(days=7)
    drafted = make_classes.draft_class(world, starts_on=day, ends_on=day)

    with refused("timetable_does_not_fit") as refusal:
        timetable.lay_out(drafted, by=world.aygul, wishes=make_classes.wishes(world, day))

    assert refusal.value.facts["last"] == day + timedelta(days=2)
