"""Sessions: planned, notified, laid out by rule, fixed, closed, released, called off."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make, make_exams, make_practical
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.organizations.models import Role
from zhupei.practical.access import may_run
from zhupei.practical.actions import candidates, sessions, timetable
from zhupei.practical.models import Session, Sheet, State, Turn
from zhupei.practical.parameters import PRACTICE_SHARE, THEORY_FIRST
from zhupei.practical.rules.entitled import Reason
from zhupei.syllabus.models import Category, Job
from zhupei.teachers.models import Engagement

pytestmark = pytest.mark.django_db


def choose(session, world, *users, panel=None):
    return timetable.choose(
        session,
        by=world.chen,
        enrolments=make_practical.trained(world, *users),
        panel=panel if panel is not None else [world.kurban, world.jin],
    )


def test_a_session_goes_from_plan_to_released_marks(world):
    session = make_practical.released_session(world, world.adil, failing=(world.mayra,))

    assert session.state == State.RELEASED
    assert session.number.startswith(f"SC-{timezone.localdate().year}-")
    adil, mayra = (make_practical.turn_of(session, one) for one in (world.adil, world.mayra))
    assert (adil.mark, adil.passed) == (66, True)
    assert (mayra.mark, mayra.passed) == (22, False)
    verbs = [str(e.verb) for e in audit.history(session) if e.verb.startswith("session.")]
    assert verbs == [
        f"session.{verb}"
        for verb in ("drafted", "notified", "laid_out", "fixed", "closed", "released")
    ]


def test_the_bureau_is_told_and_only_the_bureau_of_the_place(world):
    """The deed of tellings.plan_notified."""
    make_practical.notified_session(world)

    assert world.li.inbox.filter(title__contains="实操考核计划告知").exists()
    assert not world.far_reviewer.inbox.exists()


def test_candidates_and_assessors_are_told_when_turns_are_fixed(world):
    make_practical.fixed_session(world)

    told = world.adil.inbox.get(title__contains="实操考核通知")
    assert "号工位" in told.body
    assert "10:00" in told.body
    assert world.kurban.inbox.filter(title__contains="实操考评").exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"stations": 5}, "too_many_stations"),
        ({"closes_at": timedelta(minutes=79)}, "no_turn_fits"),
        ({"opens_at": timezone.now() - timedelta(hours=1)}, "starts_in_past"),
        ({"prefecture": None, "region": True}, "prefecture_missing"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(world, changed, code):
    make_practical.officials(world)
    fields = make_practical.plan(world)
    if "closes_at" in changed:
        changed = {"closes_at": fields["opens_at"] + changed["closes_at"]}
    if changed.pop("region", False):
        world.body.prefecture = None
        world.body.save()
    with refused(code):
        sessions.draft(world.body, by=world.chen, **(fields | changed))


def test_another_bodys_room_or_an_old_rubric_is_refused(world):
    make_practical.officials(world)
    fields = make_practical.plan(world)
    with refused("room_not_yours"):
        sessions.draft(world.body, by=world.chen, **(fields | {"room": world.workshop}))
    old = fields["rubric"]
    make_practical.rubric(world)
    old.refresh_from_db()
    with refused("rubric_not_in_force"):
        sessions.draft(world.body, by=world.chen, **(fields | {"rubric": old}))


def test_the_room_is_for_one_notified_session_at_a_time(world):
    make_practical.notified_session(world)
    second = make_practical.draft_session(world, title="第 2 场")

    with refused("room_taken"):
        sessions.notify(second, by=world.chen)
    third = make_practical.notified_session(
        world, opens_at=second.closes_at, closes_at=second.closes_at + timedelta(hours=3)
    )
    with refused("room_taken"):
        sessions.change(third, by=world.chen, opens_at=second.opens_at)


def test_a_session_notified_under_an_older_rule_moves_room_and_hour_but_not_job_or_day(world):
    """Whether the body may examine the trade was not always asked."""
    session = make_practical.notified_session(world)
    world.designation.jobs.remove(make_practical.trade())
    other = Job.objects.create(code="JN-GJ", name="钢筋工", category=Category.TRADE)

    later = session.opens_at + timedelta(minutes=30)
    sessions.change(session, by=world.chen, opens_at=later)
    for changed in (
        {"opens_at": later + timedelta(days=1), "closes_at": session.closes_at + timedelta(days=1)},
        {"rubric": make_practical.rubric(world, job=other)},
    ):
        with refused("not_designated"):
            sessions.change(session, by=world.chen, **changed)


@pytest.mark.parametrize("person", ["aygul", "li", "gu", "kurban", "adil"])
def test_nobody_but_the_body_plans(world, person):
    make_practical.officials(world)
    user = getattr(world, person)
    session = make_practical.draft_session(world)
    assert not may_run(user, session)
    with pytest.raises(NotAllowed):
        sessions.draft(world.body, by=user, **make_practical.plan(world))
    with pytest.raises(NotAllowed):
        sessions.change(session, by=user, title="x")
    with pytest.raises(NotAllowed):
        timetable.choose(session, by=user, enrolments=[], panel=[])
    with pytest.raises(NotAllowed):
        sessions.notify(session, by=user)


# ── Who takes part, who judges ───────────────────────────────────────────────────────────────


def test_turns_are_laid_out_in_the_drawn_order_with_two_assessors_each(world):
    session = make_practical.notified_session(world)
    users = [world.adil, world.mayra, world.sun]
    laid = choose(session, world, *users)

    assert [turn.station for turn in laid] == [1, 2, 1]
    assert laid[2].starts_at == session.opens_at + timedelta(minutes=90)
    for turn in laid:
        assert {one.assessor for one in turn.sheets.all()} == {world.kurban, world.jin}
    again = choose(session, world, *users)
    assert [turn.person_id for turn in again] == [turn.person_id for turn in laid]
    assert Turn.objects.count() == 3


def test_a_change_of_the_day_lays_the_turns_out_anew_and_tells_the_bureau(world):
    session = make_practical.notified_session(world)
    choose(session, world, world.adil)

    later = session.opens_at + timedelta(hours=1)
    sessions.change(session, by=world.chen, opens_at=later)

    assert make_practical.turn_of(session, world.adil).starts_at == later
    assert world.li.inbox.filter(title__contains="有变化").exists()
    content = make_practical.content()
    four = make_practical.rubric(world, level="4", content=content)
    with refused("rubric_has_turns"):
        sessions.change(session, by=world.chen, rubric=four)


def test_a_day_holds_no_more_turns_than_fit(world):
    session = make_practical.notified_session(
        world, stations=1, closes_at=make_practical.plan(world)["opens_at"] + timedelta(hours=2)
    )
    with refused("day_too_short"):
        choose(session, world, world.adil, world.mayra)


def test_who_taught_the_candidates_does_not_judge_them(world):
    session = make_practical.notified_session(world)
    world.ma.person = None
    world.ma.save()
    world.kurban.person = world.teacher.person
    world.kurban.save()
    assert Engagement.objects.filter(teacher=world.teacher, organization=world.school).exists()

    choose(session, world, world.adil)

    assert [one.assessor for one in Sheet.objects.all()] == [world.jin]
    with refused("assessors_missing"):
        sessions.fix(session, by=world.chen)


def test_barred_from_an_institution_are_those_who_work_there(world):
    make_practical.officials(world)
    world.jin.memberships.create(organization=world.school, role=Role.TEACHER, since=make.LONG_AGO)

    found = timetable.barred_from({world.school.pk}, [world.kurban, world.jin])
    assert found == {world.school.pk: frozenset({world.jin.pk})}


def test_an_assessor_who_joins_the_school_meanwhile_is_found_at_the_fixing(world):
    session = make_practical.notified_session(world)
    choose(session, world, world.adil)
    world.jin.memberships.create(organization=world.school, role=Role.TEACHER, since=make.LONG_AGO)

    with refused("assessor_not_independent"):
        sessions.fix(session, by=world.chen)


def test_strangers_are_no_assessors(world):
    session = make_practical.notified_session(world)
    with refused("no_assessor"):
        choose(session, world, world.adil, panel=[world.kurban, world.nur])


def test_one_assessor_is_not_in_two_workshops(world):
    make_practical.fixed_session(world)
    other = make.room(world.body, "实操考场 2", use="workshop", stations=4)
    second = make_practical.notified_session(world, room=other)

    with refused("assessor_busy"):
        choose(second, world, world.mayra)


def test_one_candidate_is_not_in_two_sessions(world):
    session = make_practical.fixed_session(world)
    other = make.room(world.body, "实操考场 2", use="workshop", stations=4)
    second = make_practical.notified_session(world, room=other)

    with refused("not_eligible") as refusal:
        choose(second, world, world.adil, panel=[world.hua, world.jin])
    assert session.title in str(refusal.value)
    turn = make_practical.turn_of(session, world.adil)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(
            session=second,
            person=turn.person,
            enrolment=turn.enrolment,
            station=1,
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
        )


def verdict(world, session, user):
    [enrolment] = make_practical.trained(world, user)
    return candidates.verdicts(session, [enrolment])[enrolment.pk]


def test_who_practised_too_little_is_told_so(world):
    session = make_practical.notified_session(world)
    [enrolment] = make_practical.trained(world, world.adil)
    assert verdict(world, session, world.adil).eligible
    enrolment.attendance.filter(lesson__kind="practice").update(credited_seconds=0)

    found = verdict(world, session, world.adil)

    assert found.reasons == (Reason.HOURS_SHORT, Reason.PRACTICE_SHORT)
    make.parameter_value(PRACTICE_SHARE, 0, make.LONG_AGO)
    assert verdict(world, session, world.adil).reasons == (Reason.HOURS_SHORT,)


def test_theory_comes_first_only_where_the_parameter_says_so(world):
    session = make_practical.notified_session(world)
    assert verdict(world, session, world.adil).eligible

    make.parameter_value(THEORY_FIRST, "yes", make.LONG_AGO)

    assert verdict(world, session, world.adil).reasons == (Reason.THEORY_OPEN,)


def test_who_passed_needs_no_second_turn(world):
    make_practical.settled_session(world)
    later = make_practical.plan(world)["opens_at"] + timedelta(days=3)
    second = make_practical.notified_session(
        world, opens_at=later, closes_at=later + timedelta(hours=8)
    )

    assert verdict(world, second, world.adil).reasons == (Reason.PASSED,)


def test_who_sits_a_theory_exam_that_day_is_busy(world):
    session = make_practical.notified_session(world)
    make_exams.sealed_sitting(world, world.adil, starts_at=session.opens_at + timedelta(hours=1))

    assert verdict(world, session, world.adil).reasons == (Reason.BUSY,)


def test_who_loses_their_entitlement_is_found_at_the_fixing(world):
    session = make_practical.notified_session(world)
    choose(session, world, world.adil)
    world.adil.person.consents.update(withdrawn_at=timezone.now())

    with refused("not_eligible"):
        sessions.fix(session, by=world.chen)


def test_only_learners_of_the_job_and_level_are_listed(world):
    session = make_practical.notified_session(world)
    [mine] = make_practical.trained(world, world.adil)
    make_exams.trained(make_exams.taught_class(world), world.mayra)

    assert list(candidates.within_reach(session)) == [mine]


# ── The end ──────────────────────────────────────────────────────────────────────────────────


def test_a_session_without_turns_is_not_fixed(world):
    with refused("no_turns"):
        sessions.fix(make_practical.notified_session(world), by=world.chen)


def test_what_is_fixed_stays(world):
    session = make_practical.fixed_session(world)

    with refused("fixed"):
        sessions.change(session, by=world.chen, title="x")
    with refused("fixed"):
        choose(session, world, world.mayra)


def test_closing_waits_for_turns_that_were_begun(world):
    session = make_practical.fixed_session(world, world.adil, world.mayra)
    turn = make_practical.turn_of(session, world.adil)
    with refused("not_over"):
        sessions.close(session, by=world.chen)
    make_practical.judged(turn, world.kurban)

    with time_machine.travel(session.closes_at, tick=False):
        with refused("turns_open"):
            sessions.close(session, by=world.chen)
        make_practical.judged(turn, world.jin)
        closed = sessions.close(session, by=world.chen)

    assert closed.state == State.CLOSED
    assert make_practical.turn_of(session, world.mayra).absent
    assert audit.history(closed).filter(verb="session.closed").get().facts["missed"] == 1


def test_a_session_called_off_frees_people_and_room(world):
    session = make_practical.fixed_session(world)
    sessions.cancel(session, by=world.chen, note="停电")

    for who in (world.adil, world.kurban, world.li):
        assert who.inbox.filter(title__contains="取消").exists()
    again = make_practical.fixed_session(world)
    assert make_practical.turn_of(again, world.adil)


@pytest.mark.parametrize("name", ["notify", "fix", "cancel"])
def test_what_has_begun_is_not_moved_any_more(world, name):
    make_practical.officials(world)
    made = {
        "notify": make_practical.draft_session,
        "fix": make_practical.notified_session,
        "cancel": make_practical.fixed_session,
    }[name](world)
    with time_machine.travel(made.opens_at, tick=False), refused("already_started"):
        getattr(sessions, name)(made, by=world.chen, note="x")


# ── Who sees what ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("chen", True),
        ("li", True),
        ("gu", True),
        ("kurban", True),
        ("adil", True),
        ("hua", False),
        ("nur", False),
        ("far_reviewer", False),
        ("aygul", False),
        ("mayra", False),
    ],
)
def test_who_sees_a_session(world, person, sees):
    session = make_practical.fixed_session(world)

    seen = Session.objects.visible_to(getattr(world, person))
    assert (session in seen) == sees
    turns = Turn.objects.visible_to(getattr(world, person))
    assert turns.filter(session=session).exists() == sees
