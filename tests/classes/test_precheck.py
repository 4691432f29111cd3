"""The checks of part two on rows of the database: standing, filing, platform, rooms, staff."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes import parameters, precheck
from zhupei.classes.actions import plan
from zhupei.classes.models import Lesson, LessonKind
from zhupei.filings.models import Filing
from zhupei.institutions.models import Platform, StaffMember, Station
from zhupei.organizations.models import Division
from zhupei.syllabus.models import Category, Job, Syllabus


def codes(found):
    return {check.code: check for check in precheck.report(found).checks}


def test_a_suspended_institution_submits_no_plan(world):
    planned = make_classes.planned_class(world)
    world.school.admission.delete()

    with refused("institution_not_admitted"):
        plan.submit(planned, by=world.aygul)


def away(world):
    return make_classes.planned_class(world, division=Division.objects.get(code="653101"))


def filed(world, planned, **fields):
    """A filing with the department of Kashi; a row of another app, taken as it is."""
    made = Filing.objects.create(
        **{
            "organization": world.school,
            "number": "YD-2026-0001",
            "prefecture_id": "653100",
            "division_id": "653101",
            "address": "人民路 1 号",
            "valid_from": planned.starts_on,
            "valid_until": planned.ends_on,
            "learners": 30,
            "contact": "马建国",
            "contact_phone": "0998-2200000",
            "state": "filed",
        }
        | fields
    )
    made.jobs.add(planned.syllabus.job)
    return made


def test_a_class_away_from_home_needs_a_filing_with_the_department_there(world):
    planned = away(world)

    with refused("filing_missing") as refusal:
        plan.submit(planned, by=world.aygul)

    assert world.hr.name in str(refusal.value)
    filed(world, planned)
    assert "YD-2026-0001" in codes(planned)["filing_valid"].facts
    assert plan.submit(planned, by=world.aygul).state == "submitted"


def test_a_filing_that_ends_before_the_class_does_not_cover_it(world):
    planned = away(world)
    filed(world, planned, valid_until=planned.ends_on - timedelta(days=1))

    assert "filing_missing" in codes(planned)


def test_stations_of_the_trade_are_preferred_to_those_of_the_room(world):
    planned = make_classes.planned_class(world)
    Station.objects.create(organization=world.school, room=world.workshop, job=make.job(), count=3)

    assert "3 个工位" in codes(planned)["few_stations"].facts


def test_rooms_are_looked_at_on_the_days_they_are_used(world):
    planned = make_classes.planned_class(world)
    world.room.lease_until = planned.starts_on - timedelta(days=1)
    world.room.save()
    world.workshop.fire_checked_on = make.LONG_AGO
    world.workshop.fire_valid_until = timezone.localdate() - timedelta(days=1)
    world.workshop.save()

    found = codes(planned)

    assert found["room_not_usable"].tone == "bad"
    assert found["fire_check_over"].tone == "bad"


def test_lessons_online_need_a_platform_and_hours_the_syllabus_allows(world):
    planned = make_classes.planned_class(world)
    first = planned.lessons.first()
    Lesson.objects.filter(pk=first.pk).update(kind=LessonKind.ONLINE)

    assert {"platform_missing", "online_over_limit"} <= codes(planned).keys()
    Platform.objects.create(
        organization=world.school,
        name="云课堂",
        url="https://example.org/",
        owner="own",
        provider="天山建设职业技能培训学校",
        assessed_on=make.LONG_AGO,
        valid_until=planned.ends_on,
    )
    Syllabus.objects.filter(pk=planned.syllabus_id).update(online_hours_limit=4)
    planned = type(planned).objects.get(pk=planned.pk)

    assert {"platform_assessed", "online_within_limit"} <= codes(planned).keys()


def test_staff_short_of_the_rules_is_told_and_stops_a_plan_only_when_the_region_says_so(world):
    StaffMember.objects.filter(organization=world.school, post="manager").delete()
    planned = make_classes.planned_class(world)
    told = [check for check in precheck.report(planned).checks if check.field == "staffing"]
    assert told
    assert {check.tone for check in told} == {"ok", "warn"}

    make.parameter_value(parameters.STAFFING, "bad", make.LONG_AGO)

    assert any(
        check.tone == "bad"
        for check in precheck.report(planned).checks
        if check.field == "staffing"
    )


@pytest.mark.parametrize(
    ("category", "level", "kind"),
    [
        (Category.SITE_POST, "", "site_post"),
        (Category.TRADE, "5", "trade_junior"),
        (Category.TRADE, "4", "trade_senior"),
        (Category.MUNICIPAL, "", "municipal"),
        (Category.CONTINUING, "", "continuing"),
    ],
)
def test_every_kind_of_class_has_figures_of_its_own(category, level, kind):
    syllabus = Syllabus(job=Job(category=category), level=level)

    assert parameters.kind_of(syllabus) == kind
    assert [one.key.rpartition(".")[2] for one in parameters.standard(kind)] == [kind] * 3
    assert parameters.STANDARDS[kind].source


def test_a_trade_with_little_practice_is_told(world):
    Job.objects.filter(pk=world.syllabus.job_id).update(category=Category.TRADE)

    found = codes(make_classes.planned_class(world))

    assert {"practice_share_low", "hours_few"} <= found.keys()
    assert "16%" in found["practice_share_low"].facts
