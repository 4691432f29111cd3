"""Plans that changed after the page was shown, and what a notice reads."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make_exams, make_plans
from tests.refusals import refused
from zhupei.exams.actions import sittings
from zhupei.exams.models import Sitting
from zhupei.plans.actions import plans
from zhupei.practical.actions import sessions
from zhupei.practical.models import Session


def test_nobody_notifies_alone_what_was_put_into_a_plan_meanwhile(world):
    plan = make_plans.draft(world)
    session = make_plans.session(world, None, 6)
    sitting = make_exams.draft_sitting(world)
    plans.take_in(plan, [Session.objects.get(), Sitting.objects.get()], by=world.chen)

    for verb, one in ((sessions.notify, session), (sittings.notify, sitting)):
        assert one.plan is None  # as the page knew it
        with refused("in_plan"):
            verb(one, by=world.chen)
    assert not world.li.inbox.exists()


def test_nothing_is_drafted_into_a_plan_cancelled_meanwhile(world):
    plan = make_plans.draft(world, 3)
    plans.cancel(plan, by=world.chen, note="不办了")
    assert plan.state == "draft"  # as the page knew it

    with refused("plan_over"):
        make_plans.session(world, plan, 5)
    with refused("plan_over"):
        make_exams.draft_sitting(world, plan=plan)


def test_what_was_left_in_a_cancelled_plan_is_not_notified(world):
    plan = make_plans.draft(world)
    session, sitting = make_plans.session(world, None, 6), make_exams.draft_sitting(world)
    plans.cancel(plan, by=world.chen, note="不办了")
    for one in (session, sitting):
        type(one).objects.update(plan=plan)

    for verb, one in ((sessions, session), (sittings, sitting)):
        with refused("plan_over"):
            verb.notify(one, by=world.chen)
        verb.cancel(one, by=world.chen, note="随计划取消")


def test_nobody_takes_an_exam_out_of_another_plan_than_the_page_showed(world):
    plan, other = make_plans.draft(world), make_plans.draft(world)
    session = make_plans.session(world, plan, 6)
    plans.leave_out(Session.objects.get(), by=world.chen)
    plans.take_in(other, [Session.objects.get()], by=world.chen)

    with refused("not_in_a_plan"):
        plans.leave_out(session, by=world.chen)
    assert other.sessions.get() == session


def test_rooms_jobs_and_rubrics_are_read_with_their_exam(world):
    """While a plan is notified, nobody else in the region gets a number."""
    plan = make_plans.mixed(world)

    with CaptureQueriesContext(connection) as asked:
        plans.notify(plan, by=world.chen)

    alone = tuple(
        f'SELECT "{one}"' for one in ("institutions_room", "syllabus_job", "practical_rubric")
    )
    got = [one["sql"] for one in asked if one["sql"].endswith("LIMIT 21")]  # one row by its key
    assert [sql for sql in got if sql.startswith(alone)] == []
