"""Work of the clock: reviews past their time, papers about to lapse."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_teachers
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.teachers import actions, jobs
from zhupei.teachers.actions import reminders
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import State, Teacher
from zhupei.teachers.parameters import WARNING_DAYS


def test_an_application_past_its_time_is_told_once_and_never_admitted(world):
    teacher = make_teachers.applied(world)

    with time_machine.travel(teacher.due_at + timedelta(minutes=1), tick=False):
        assert reminders.remind_overdue() == 1
        assert reminders.remind_overdue() == 0

    assert Teacher.objects.get(pk=teacher.pk).state == State.APPLIED
    assert Message.objects.get(recipient=world.gu).title == "协会入库审核超过时限：热依汗·买买提"
    assert Message.objects.filter(recipient=world.song).count() == 2
    assert "已提醒审核员" in audit.sentence(audit.own_history(teacher).last())


def test_a_second_submission_is_a_second_clock(world):
    teacher = make_teachers.applied(world)
    with time_machine.travel(teacher.due_at + timedelta(minutes=1), tick=False):
        reminders.remind_overdue()
        actions.send_back(teacher, by=world.song, note="补正")
        again = actions.submit(teacher, by=world.aygul)
    with time_machine.travel(again.due_at + timedelta(minutes=1), tick=False):
        assert reminders.remind_overdue() == 1


def test_an_application_in_time_is_left_alone(world):
    make_teachers.applied(world)

    assert reminders.remind_overdue() == 0


@pytest.mark.parametrize(("days", "count"), [(30, 1), (31, 0), (0, 1), (-1, 0)])
def test_a_contract_is_told_of_thirty_days_ahead(world, days, count):
    today = timezone.localdate()
    make_teachers.engaged(
        world,
        make.teacher("买合木提"),
        world.school,
        world.aygul,
        contract_until=today + timedelta(days=days),
        since=today - timedelta(days=90),
    )

    assert reminders.warn_expiring() == count


def test_each_paper_is_told_of_once_until_it_is_renewed(world):
    soon = timezone.localdate() + timedelta(days=10)
    papers = {"contract_until": soon, "insured_until": soon}
    made = make_teachers.engaged(world, world.teacher, world.other_school, world.wang, **papers)
    make_teachers.qualification(world.teacher, by=world.aygul, valid_until=soon)

    assert (reminders.warn_expiring(), reminders.warn_expiring()) == (3, 0)
    actions.renew(made, by=world.wang, contract_until=soon + timedelta(days=5))
    assert reminders.warn_expiring() == 1

    told = Message.objects.filter(title="教师 马建国 的材料快到期")
    assert told.filter(recipient=world.wang).count() == 4
    assert told.filter(recipient=world.aygul).count() == 1  # the certificate
    assert told.filter(recipient=world.ma).count() == 4
    events = audit.own_history(world.teacher).filter(verb=TeacherEvent.EXPIRING)
    assert audit.sentence(events[0]).startswith("昆仑建设技能培训学校 合同或聘书")


def test_an_engagement_that_ended_and_a_teacher_outside_the_pool_lapse_in_silence(world):
    soon = timezone.localdate() + timedelta(days=10)
    made = make_teachers.engaged(
        world, world.teacher, world.other_school, world.wang, contract_until=soon
    )
    actions.end_engagement(made, by=world.wang)
    drafted = make_teachers.drafted(world)
    make_teachers.qualification(drafted, by=world.aygul, valid_until=soon)

    assert reminders.warn_expiring() == 0


def test_the_days_are_a_figure_of_the_region(world):
    soon = timezone.localdate() + timedelta(days=60)
    make_teachers.engaged(world, world.teacher, world.other_school, world.wang, contract_until=soon)
    make.parameter_value(WARNING_DAYS, 90, make.LONG_AGO)

    assert reminders.warn_expiring() == 1


def test_both_have_their_hour(world):
    jobs.remind_overdue(timestamp=0)
    jobs.warn_expiring(timestamp=0)
