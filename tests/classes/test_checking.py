"""What is not saved is judged; two registrars at once; plans under review; copies of the last."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.actions import copying, documents, plan, timetable
from zhupei.classes.actions.shared import version_of
from zhupei.classes.actions.trial import trial
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, StoredFile, Workday
from zhupei.syllabus.models import Syllabus


def body(response):
    return response.content.decode()


def said(training_class, **changed):
    """The form of a plan, as a browser sends it."""
    fields = {
        "title": training_class.title,
        "syllabus": training_class.syllabus_id,
        "division": training_class.division_id,
        "starts_on": training_class.starts_on.isoformat(),
        "ends_on": training_class.ends_on.isoformat(),
        "seats": training_class.seats,
        "room": training_class.room_id,
        "contact_phone": training_class.contact_phone,
        "practice_scheme": training_class.practice_scheme,
    }
    return fields | changed


HTMX = {"HX-Request": "true"}


# -- as one types ------------------------------------------------------------------------------


def test_a_trial_judges_and_leaves_nothing(world):
    planned = make_classes.planned_class(world)
    events = Event.objects.count()

    found = trial(lambda: plan.change(planned, by=world.aygul, seats=50))

    assert "room_too_small" in {check.code for check in found.bad}
    planned.refresh_from_db()
    assert planned.seats == 30
    assert Event.objects.count() == events


def test_the_panel_is_computed_from_what_is_typed(world, client):
    planned = make_classes.planned_class(world)
    client.force_login(world.aygul)
    page = f"/classes/{planned.pk}/check/"

    part = body(client.post(page, said(planned, seats=50), headers=HTMX))
    whole = body(client.post(page, said(planned, seats=50, title="改了名")))

    assert part.lstrip().startswith("<section")
    assert "计划 50 人，座位不够" in part
    assert "改了名" in whole  # without script the page comes back as it was typed
    assert "计划 50 人，座位不够" in whole
    planned.refresh_from_db()
    assert (planned.seats, planned.title == "改了名") == (30, False)


def test_a_new_draft_is_judged_before_it_is_saved(world, client):
    client.force_login(world.aygul)
    day = timezone.localdate() + timedelta(days=9)
    blank = TrainingClass(
        syllabus=world.syllabus, division_id="652301", room=world.room, seats=50,
        starts_on=day, ends_on=day, title="",
    )  # fmt: skip

    early = body(client.post("/classes/draft/check/", {"seats": "50"}, headers=HTMX))
    later = body(client.post("/classes/draft/check/", said(blank), headers=HTMX))

    assert "先填这几项" in early
    assert "培训大纲" in early
    assert "少 24 学时" not in early
    assert "单元学时" in later
    assert not TrainingClass.objects.exists()


def test_a_week_of_the_timetable_is_judged_as_it_is_typed(world, client):
    planned = make_classes.planned_class(world)
    first = planned.lessons.first()
    client.force_login(world.aygul)
    rows = {
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 0,
        "rows-0-day": timezone.localdate(first.starts_at).isoformat(),
        "rows-0-starts": "10:00",
        "rows-0-ends": "10:45",
        "rows-0-unit": first.unit_id,
        "rows-0-kind": "theory",
        "rows-0-teacher": first.teacher_id,
        "rows-0-room": first.room_id,
    }
    page = f"/classes/{planned.pk}/timetable/check/?week={first.starts_at:%Y-%m-%d}"

    part = body(client.post(page, rows, headers=HTMX))
    whole = client.post(page, rows)

    assert "不符" in part
    assert "少 3 学时" in part
    assert "保存这一周" in body(whole)
    assert planned.lessons.count() == 6


def test_others_judge_nothing(world, client):
    planned = make_classes.planned_class(world)
    submitted = make_classes.submitted_class(
        world, starts_on=timezone.localdate() + timedelta(days=30)
    )
    client.force_login(world.wang)
    assert client.post(f"/classes/{planned.pk}/check/", said(planned)).status_code == 404
    client.force_login(world.li)
    assert client.post("/classes/draft/check/", {}).status_code == 403
    answer = client.post(f"/classes/{submitted.pk}/check/", said(submitted), headers=HTMX)
    assert "只有本机构教务员" in body(answer)


# -- two at once -------------------------------------------------------------------------------


def test_the_second_of_two_saves_is_told_what_changed_and_loses_nothing(world, client):
    planned = make_classes.planned_class(world)
    client.force_login(world.aygul)
    page = f"/classes/{planned.pk}/edit/"
    seen = version_of(planned)
    assert f'name="seen" value="{seen}"' in body(client.get(page))
    plan.change(planned, by=world.aygul, seats=25, contact_phone="0994-1111111")

    mine = said(planned, title="第二人写的", seats=20, seen=seen)
    answer = client.post(page, mine)

    shown = body(answer)
    assert answer.status_code == 422
    assert "也改过" in shown
    assert 'value="第二人写的"' in shown
    assert 'value="20"' in shown
    assert 'value="0994-1111111"' in shown  # what only the other one changed is taken over
    assert "对方保存的" in shown
    again = mine | {"seen": version_of(planned), "contact_phone": "0994-1111111"}
    assert client.post(page, again).status_code == 302
    planned.refresh_from_db()
    assert (planned.title, planned.seats) == ("第二人写的", 20)


def test_a_timetable_written_over_is_refused_by_its_version(world):
    planned = make_classes.planned_class(world)
    seen = version_of(planned)
    lessons = [
        {
            "unit": one.unit,
            "kind": one.kind,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "teacher": one.teacher,
            "room": one.room,
        }
        for one in planned.lessons.all()
    ]
    timetable.set_timetable(planned, by=world.aygul, lessons=lessons[:-1], seen=seen)

    with refused("changed_meanwhile"):
        timetable.set_timetable(planned, by=world.aygul, lessons=lessons[1:], seen=seen)

    newer = version_of(planned)
    timetable.set_timetable(planned, by=world.aygul, lessons=lessons[1:], seen=newer)


def test_a_plan_under_review_is_not_changed_and_what_to_do_is_said(world, client):
    submitted = make_classes.submitted_class(world)
    with refused("plan_under_review") as refusal:
        plan.change(submitted, by=world.aygul, seats=20)
    assert "收回修改" in str(refusal.value)
    client.force_login(world.aygul)

    answer = client.post(f"/classes/{submitted.pk}/edit/", said(submitted, title="还没写完"))

    assert answer.status_code == 422
    assert "收回修改" in body(answer)
    assert 'value="还没写完"' in body(answer)


def test_an_approved_plan_leads_to_changing_one_lesson(world):
    approved = make_classes.approved_class(world)

    with refused("plan_closed") as refusal:
        plan.change(approved, by=world.aygul, seats=20)
    with pytest.raises(NotAllowed):
        plan.change(approved, by=world.wang, seats=20)

    assert "调课" in str(refusal.value)


# -- the next like the last --------------------------------------------------------------------


def test_a_copy_has_plan_lessons_and_papers_but_nobody_on_its_roster(world):
    source = make_classes.planned_class(world)
    upload = ContentFile(b"%PDF-1.7", "教案.pdf")
    unit = source.syllabus.units.first()
    documents.attach(source, by=world.aygul, upload=upload, kind="lesson_plan", unit=unit)
    first = source.starts_on + timedelta(days=28)

    made = copying.copy(source, by=world.aygul, title="下一期", starts_on=first)

    copied = made.training_class
    assert made.left_out == []
    assert copied.lessons.count() == source.lessons.count()
    assert timezone.localdate(copied.lessons.first().starts_at) == first
    assert copied.documents.get().file == source.documents.get().file
    assert copied.documents.get().unit == unit
    assert StoredFile.objects.count() == 1
    assert audit.own_history(copied).last().facts["title"] == source.title
    assert not copied.lessons.filter(booked=True).exists()


def test_a_copy_goes_around_holidays(world):
    source = make_classes.planned_class(world)
    first = source.starts_on + timedelta(days=28)
    Workday.objects.create(day=first, works=False, name="节日", source="公告")

    made = copying.copy(source, by=world.aygul, title="下一期", starts_on=first)

    days = {timezone.localdate(one.starts_at) for one in made.training_class.lessons.all()}
    assert first not in days
    assert len(days) == 3


def test_what_could_not_be_copied_is_said(world):
    source = make_classes.planned_class(world)
    world.second_teacher.engagements.update(until=make.LONG_AGO)
    world.room.closed_on = timezone.localdate()
    world.room.save()
    Syllabus.objects.filter(pk=source.syllabus_id).update(state="retired")

    made = copying.copy(
        TrainingClass.objects.get(pk=source.pk),
        by=world.aygul,
        title="下一期",
        starts_on=source.starts_on + timedelta(days=28),
    )

    told = "；".join(made.left_out)
    assert "已停用" in told
    assert world.second_teacher.person.name in told
    assert world.room.name in told
    assert not made.training_class.lessons.exists()


def test_the_last_plan_is_copied_in_the_browser(world, client):
    source = make_classes.planned_class(world)
    client.force_login(world.aygul)
    assert "照搬上一期" in body(client.get("/classes/"))
    assert source.title in body(client.get("/classes/draft/copy/"))
    soon = timezone.localdate() + timedelta(days=90)
    form = {"source": source.pk, "title": "下一期", "starts_on": soon.isoformat()}

    assert client.post("/classes/draft/copy/", form | {"title": ""}).status_code == 422
    client.post("/classes/draft/copy/", form)

    assert TrainingClass.objects.get(title="下一期").lessons.count() == source.lessons.count()
    stranger = Client()
    stranger.force_login(world.wang)
    assert stranger.post("/classes/draft/copy/", form).status_code == 422
