"""Who engages whom from the pool, and on what papers."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make, make_teachers
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.teachers import actions
from zhupei.teachers.models import Engagement, Teacher

SINCE = date(2026, 3, 1)


def of(world) -> Engagement:
    return Engagement.objects.get(teacher=world.teacher, organization=world.school)


def test_a_teacher_of_one_school_is_engaged_by_another_and_stays_one_row(world):
    actions.engage(world.teacher, world.other_school, by=world.wang, full_time=False, since=SINCE)

    assert Teacher.objects.engaged_by(world.other_school).get() == world.teacher
    assert world.teacher in Teacher.objects.engaged_by(world.school)
    event = audit.own_history(world.teacher).get()
    assert event.within == audit.subject_key(world.other_school)
    assert audit.sentence(event) == "王强 聘用了教师 马建国"
    assert Message.objects.get(recipient=world.ma).body == "昆仑建设技能培训学校"


def test_an_engagement_keeps_its_papers(world):
    teacher = make.teacher("买合木提")

    made = make_teachers.engaged(world, teacher, world.school, world.aygul, full_time=True)

    assert (made.contract.name, made.insurance.name) == ("聘书.pdf", "社保.pdf")
    assert made.contract_until > timezone.localdate()


@pytest.mark.parametrize("person", ["wang", "li", "gu", "ma", "song"])
def test_a_school_engages_for_itself_only(world, person):
    with refused("not_allowed"):
        actions.engage(
            world.teacher, world.school, by=getattr(world, person), full_time=True, since=SINCE
        )


def test_only_teachers_of_the_pool_are_engaged(world):
    with refused("not_in_pool"):
        make_teachers.engaged(world, make_teachers.applied(world), world.school, world.aygul)


def test_a_teacher_is_engaged_by_a_school_once_at_a_time(world):
    with refused("engaged_already"):
        actions.engage(world.teacher, world.school, by=world.aygul, full_time=True, since=SINCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(
            teacher=world.teacher, organization=world.school, full_time=False, since=SINCE
        )


def test_nobody_is_full_time_in_two_places(world):
    with refused("full_time_elsewhere") as refusal:
        actions.engage(
            world.teacher, world.other_school, by=world.wang, full_time=True, since=SINCE
        )
    assert (refusal.value.field, world.school.name in str(refusal.value)) == ("full_time", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(
            teacher=world.teacher, organization=world.other_school, full_time=True, since=SINCE
        )


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("since_in_future", {"since": 1}),
        ("contract_ends_before", {"since": -10, "contract_until": -11}),
    ],
)
def test_dates_that_cannot_be_are_refused(world, code, days):
    said = {name: timezone.localdate() + timedelta(days=n) for name, n in days.items()}

    with refused(code):
        actions.engage(
            make.teacher("买合木提"), world.school, by=world.aygul, full_time=False, **said
        )


def test_a_contract_that_is_no_document_is_refused_beside_its_field(world):
    hostile = ContentFile(b"MZ\x90\x00 not a contract", "聘书.pdf")

    with refused("file_disguised") as refusal:
        make_teachers.engaged(
            world, make.teacher("买合木提"), world.school, world.aygul, contract=hostile
        )
    assert refusal.value.field == "contract"


def test_renewing_keeps_what_was_not_said(world):
    made = make_teachers.engaged(world, make.teacher("买合木提"), world.school, world.aygul)
    paper, day = made.insurance, timezone.localdate() + timedelta(days=700)

    renewed = actions.renew(
        made, by=world.aygul, contract_until=day, contract=make_teachers.scan("新聘书.pdf")
    )

    assert (renewed.contract.name, renewed.contract_until) == ("新聘书.pdf", day)
    assert renewed.insurance == paper
    sentence = audit.sentence(audit.own_history(made.teacher).last())
    assert sentence == (
        "阿依古丽·买买提 更新 天山建设职业技能培训学校 的聘用材料：合同或聘书期限、合同或聘书"
    )


def test_renewing_nothing_records_nothing(world):
    before = audit.own_history(world.teacher).count()

    actions.renew(of(world), by=world.aygul, full_time=True)

    assert audit.own_history(world.teacher).count() == before


def test_part_time_becomes_full_time_in_one_place_only(world):
    second = make_teachers.engaged(world, world.teacher, world.other_school, world.wang)

    with refused("full_time_elsewhere"):
        actions.renew(second, by=world.wang, full_time=True)
    with refused("contract_ends_before"):
        actions.renew(second, by=world.wang, contract_until=make.LONG_AGO)


def test_only_the_school_renews(world):
    for person in (world.wang, world.ma, world.song):
        with refused("not_allowed"):
            actions.renew(of(world), by=person, contract_until=SINCE)


@pytest.mark.parametrize(("person", "told"), [("aygul", "ma"), ("ma", "aygul")])
def test_the_school_or_the_teacher_ends_an_engagement_and_the_other_is_told(world, person, told):
    ended = actions.end_engagement(of(world), by=getattr(world, person), note="合同到期")

    assert ended.until == timezone.localdate()
    assert world.teacher not in Teacher.objects.engaged_by(world.school)
    assert [m.recipient for m in Message.objects.all()] == [getattr(world, told)]
    line = audit.timeline(world.teacher)[0]
    assert (line.note, "的聘用到" in line.sentence) == ("合同到期", True)


@pytest.mark.parametrize("person", ["wang", "li", "song", "adil"])
def test_nobody_else_ends_it(world, person):
    with refused("not_allowed"):
        actions.end_engagement(of(world), by=getattr(world, person))


def test_an_engagement_that_ended_is_over(world):
    ended = actions.end_engagement(of(world), by=world.aygul)

    with refused("engagement_over"):
        actions.end_engagement(ended, by=world.aygul)
    with refused("engagement_over"):
        actions.renew(ended, by=world.aygul, full_time=False)
    again = actions.engage(
        world.teacher, world.school, by=world.aygul, full_time=True, since=timezone.localdate()
    )
    assert again.until is None


@pytest.mark.parametrize("day", [make.LONG_AGO - timedelta(days=1), date(2199, 1, 1)])
def test_an_engagement_ends_between_its_beginning_and_today(world, day):
    with refused("end_out_of_range"):
        actions.end_engagement(of(world), by=world.aygul, on=day)


@pytest.mark.parametrize(
    ("person", "count"),
    [("aygul", 1), ("wang", 1), ("li", 1), ("far_reviewer", 1), ("gu", 2), ("song", 2),
     ("ma", 2), ("chen", 0), ("tian", 0), ("adil", 0)],
)  # fmt: skip
def test_who_sees_which_engagements(world, person, count):
    make_teachers.engaged(world, world.teacher, world.other_school, world.wang)
    rows = Engagement.objects.filter(teacher=world.teacher)

    assert rows.visible_to(getattr(world, person)).count() == count


def test_those_who_work_in_several_places_are_counted_once_each(world):
    make_teachers.engaged(world, world.teacher, world.other_school, world.wang)

    shared = Teacher.objects.shared()

    assert [(one.person.name, one.employers) for one in shared] == [("马建国", 2)]
    assert list(Teacher.objects.working_in(world.other_school.prefecture)) == [world.teacher]


def test_an_engagement_holds_on_its_days(world):
    actions.end_engagement(of(world), by=world.aygul)
    today = timezone.localdate()

    assert of(world) in Engagement.objects.on(today)
    assert of(world) not in Engagement.objects.on(today + timedelta(days=1))
