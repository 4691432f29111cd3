"""Plans that hold practical sessions: theory and practice notified once, called off together."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make, make_exams, make_plans, make_practical
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.actions import materials, seating, sittings
from zhupei.exams.models import PlanQuestion
from zhupei.organizations.models import Kind, Role
from zhupei.plans.actions import plans
from zhupei.plans.held import with_counts
from zhupei.practical.actions import sessions, timetable
from zhupei.practical.models import Session, State
from zhupei.venues.models import Booking

MOST_QUERIES = 12


def at(name, *args):
    return reverse(f"plans:{name}", args=args)


def fixed(world, session):
    """With Adil's turn, judged by Kurban and Jin."""
    timetable.choose(
        session,
        by=world.chen,
        enrolments=make_practical.trained(world, world.adil),
        panel=[world.kurban, world.jin],
    )
    return sessions.fix(session, by=world.chen)


def test_theory_and_practice_are_notified_once(world):
    plan = make_plans.mixed(world)

    plan = plans.notify(plan, by=world.chen)

    assert [one.number for one in plan.sittings.all()] == [f"KH-{make_plans.year()}-0001"]
    held = list(plan.sessions.order_by("opens_at"))
    assert [one.number for one in held] == [
        f"SC-{make_plans.year()}-0001",
        f"SC-{make_plans.year()}-0002",
    ]
    assert {one.state for one in held} == {State.NOTIFIED}
    assert Booking.objects.count() == 3
    told = world.li.inbox.get()
    assert told.title.endswith(f"{plan.title}（3 场，其中实操 2 场）")
    kinds = ["理论" in line for line in told.body.splitlines()]
    assert kinds == [True, False, False]
    assert "砌筑工" in told.body
    event = audit.own_history(held[0]).last()
    assert (event.verb, event.within) == ("session.notified", audit.subject_key(plan))


def test_nobody_is_notified_twice(world):
    plan = plans.notify(make_plans.mixed(world), by=world.chen)
    session = plan.sessions.earliest("opens_at")

    with refused("wrong_state"):
        plans.notify(plan, by=world.chen)
    with refused("wrong_state"):
        sessions.notify(session, by=world.chen)
    assert world.li.inbox.count() == 1


def test_a_session_of_a_plan_waits_for_the_others(world):
    plan = make_plans.mixed(world)
    session = plan.sessions.earliest("opens_at")

    with refused("in_plan"):
        sessions.notify(session, by=world.chen)

    alone = plans.leave_out(session, by=world.chen)
    assert sessions.notify(alone, by=world.chen).number == f"SC-{make_plans.year()}-0001"
    with refused("already_told"):
        plans.take_in(plan, [alone], by=world.chen)
    assert audit.own_history(plan).last().facts["exam"] == audit.subject_key(session)


def test_one_more_session_of_a_notified_plan_is_notified_by_itself(world):
    plan = plans.notify(make_plans.draft(world, 3), by=world.chen)
    more = make_plans.session(world, plan, 9)

    more = sessions.notify(more, by=world.chen)

    told = world.li.inbox.order_by("-pk").first()
    assert told.title == f"考核计划 {plan.number} 增加一场实操 {more.number}：9 天后的实操"


def test_what_is_wrong_with_a_session_keeps_everybody_from_being_told(world):
    plan = make_plans.draft(world, 3)
    first = make_plans.session(world, plan, 4)
    make_plans.session(world, plan, 4, title="撞上的实操")

    with refused("room_taken") as refusal:
        plans.notify(plan, by=world.chen)

    assert str(refusal.value).startswith("“撞上的实操”：")
    first.refresh_from_db()
    assert (first.state, first.number) == ("draft", None)
    assert not world.li.inbox.exists()
    assert not Booking.objects.exists()


def test_a_body_that_may_not_examine_the_trade_notifies_none_of_it(world):
    """The departments determined it for one job, and practice is of another."""
    plan = make_plans.mixed(world)
    world.designation.jobs.remove(make_practical.trade())

    with refused("not_designated") as refusal:
        plans.notify(plan, by=world.chen)

    assert "砌筑工" in str(refusal.value)
    with refused("not_designated"):
        sessions.notify(make_plans_alone(world), by=world.chen)


def make_plans_alone(world):
    alone = make_plans.session(world, None, 8)
    world.designation.jobs.remove(make_practical.trade())
    return alone


def test_sessions_nobody_was_told_of_are_taken_in_with_sittings(world):
    plan = make_plans.draft(world)
    loose = make_plans.session(world, None, 6)
    sitting = make_exams.draft_sitting(world)
    assert list(Session.objects.loose()) == [loose]

    plans.take_in(plan, [loose, sitting], by=world.chen)

    assert (plan.sessions.get(), plan.sittings.get()) == (loose, sitting)
    event = audit.own_history(plan).last()
    assert (event.facts["count"], len(event.facts["exams"])) == (2, 2)
    with refused("other_plan"):
        plans.take_in(make_plans.draft(world), [loose], by=world.chen)


def test_a_session_of_another_body_or_for_another_bureau_does_not_go_in(world):
    plan = make_plans.draft(world)
    elsewhere = make_plans.session(world, None, 6)
    other = make.organization(Kind.ASSESSMENT_BODY, "喀什技能考核中心", "653101")
    Session.objects.filter(pk=elsewhere.pk).update(organization=other, prefecture="653100")

    with refused("plan_elsewhere"):
        plans.take_in(plan, [elsewhere], by=world.chen)
    plan.prefecture_id = "653100"
    plan.save()
    stranger = make.member("喀什考务员", Role.EXAMINER, other)
    with refused("plan_elsewhere"):
        sessions.draft(
            other, by=stranger, plan=plan, **make_practical.plan(world, room=make.room(other, "棚"))
        )


def test_a_cancelled_plan_takes_no_session(world):
    plan = plans.cancel(make_plans.draft(world, 3), by=world.chen, note="不办了")

    with refused("plan_over"):
        make_plans.session(world, plan, 5)


def test_theory_and_practice_are_called_off_together_and_each_is_told_once(world):
    plan = plans.notify(make_plans.mixed(world), by=world.chen)
    fixed(world, plan.sessions.earliest("opens_at"))
    taught = make_exams.taught_class(world)
    seating.seat(plan.sittings.get(), [make_exams.trained(taught, world.sun)], by=world.chen)

    plans.cancel(plan, by=world.chen, note="停电检修")

    assert set(plan.sessions.values_list("state", flat=True)) == {State.CANCELLED}
    assert set(plan.sittings.values_list("state", flat=True)) == {"cancelled"}
    assert not Booking.objects.exists()
    for who in (world.adil, world.sun, world.kurban, world.jin, world.li):
        assert who.inbox.filter(body="停电检修").count() == 1, who
    assert not plan.sessions.filter(turns__void=False).exists()


def test_a_plan_whose_practice_has_begun_is_not_called_off_whole(world):
    plan = make_plans.draft(world, 9)
    first = make_plans.session(world, plan, 3)
    plan = plans.notify(plan, by=world.chen)

    with time_machine.travel(first.opens_at), refused("already_started") as refusal:
        plans.cancel(plan, by=world.chen, note="x")

    assert first.title in str(refusal.value)


def test_a_session_left_drafted_past_its_time_is_called_off_with_the_plan(world, as_user):
    plan = make_plans.draft(world, 9)
    late = make_plans.session(world, plan, 3)
    theory = make_exams.draft_sitting(world, plan=plan, starts_at=late.opens_at, title="过期理论")

    with time_machine.travel(late.opens_at):
        client = as_user(world.chen)
        assert "已经有场次开考" not in client.get(at("detail", plan.pk)).text
        for page in ("practical:session", "exams:detail"):
            one = late if page == "practical:session" else theory
            shown = client.get(reverse(page, args=[one.pk])).context["moves"]
            assert {m["name"]: bool(m["blocked"]) for m in shown} == {
                "notify": True,
                "cancel": False,
            }
        plans.cancel(plan, by=world.chen, note="人不够")

    assert set(plan.sessions.values_list("state", flat=True)) == {State.CANCELLED}
    assert set(plan.sittings.values_list("state", flat=True)) == {"cancelled"}


def test_a_notified_session_called_off_alone_tells_the_bureau_and_no_assessor(world):
    """Nobody else knew of it: turns are told when they are fixed."""
    session = plans.notify(make_plans.mixed(world), by=world.chen).sessions.earliest("opens_at")
    timetable.choose(
        session,
        by=world.chen,
        enrolments=make_practical.trained(world, world.adil),
        panel=[world.kurban, world.jin],
    )

    sessions.cancel(session, by=world.chen, note="停电")

    assert world.li.inbox.filter(body="停电").count() == 1
    assert not world.adil.inbox.filter(body="停电").exists()
    assert not world.kurban.inbox.filter(body="停电").exists()


@pytest.mark.parametrize("who", ["li", "gu", "kurban", "aygul"])
def test_only_the_examiners_of_the_body_put_practice_into_a_plan(world, who):
    plan, loose = make_plans.draft(world), make_plans.session(world, None, 6)
    user = getattr(world, who)

    with pytest.raises(NotAllowed):
        plans.take_in(plan, [loose], by=user)
    inside = plans.take_in(plan, [loose], by=world.chen).sessions.get()
    with pytest.raises(NotAllowed):
        plans.leave_out(inside, by=user)


def test_a_plan_counts_both_kinds(world):
    plan = plans.notify(make_plans.mixed(world), by=world.chen)
    fixed(world, plan.sessions.earliest("opens_at"))
    sessions.cancel(plan.sessions.latest("opens_at"), by=world.chen, note="人不够")

    counted = with_counts(type(plan).objects.all()).get()

    assert (counted.held, counted.seated) == (2, 1)
    assert counted.first == plan.sittings.get().starts_at
    assert counted.last == plan.sessions.earliest("opens_at").opens_at


# ── What the bureau asks back ────────────────────────────────────────────────────────────────


def test_the_bureau_asks_back_about_the_whole_plan(world, as_user):
    plan = make_plans.mixed(world)
    with pytest.raises(NotAllowed):
        materials.ask(plan, by=world.li, text="还没有告知")
    plan = plans.notify(plan, by=world.chen)
    bureau = as_user(world.li)
    assert bureau.post(at("ask", plan.pk), {"text": " "}).status_code == 422
    bureau.post(at("ask", plan.pk), {"text": "实操用哪个工位？"})

    asked = PlanQuestion.objects.get()
    told = world.chen.inbox.get(title__contains=plan.number)
    assert told.url == at("detail", plan.pk)
    assert bureau.post(at("reply", plan.pk, asked.pk), {"text": "我来答"}).status_code == 403
    body = as_user(world.chen)
    assert "实操用哪个工位" in body.get(at("detail", plan.pk)).content.decode()
    body.post(at("reply", plan.pk, asked.pk), {"text": "1 到 4 号"})
    asked.refresh_from_db()
    assert (asked.subject, asked.reply) == (plan, "1 到 4 号")
    assert world.li.inbox.filter(body="1 到 4 号", url=at("detail", plan.pk)).exists()
    verbs = [str(event.verb) for event in audit.own_history(plan)]
    assert verbs[-2:] == ["exam_plan.asked", "exam_plan.replied"]
    assert as_user(world.far_reviewer).post(at("ask", plan.pk), {"text": "x"}).status_code == 404


def test_a_question_is_about_one_thing(world):
    plan = plans.notify(make_plans.mixed(world), by=world.chen)
    said = {"text": "x", "asked_by": world.li}

    for about in ({}, {"plan": plan, "sitting": plan.sittings.get()}):
        with pytest.raises(IntegrityError, match="about_one_thing"), transaction.atomic():
            PlanQuestion.objects.create(**said, **about)


# ── The pages ────────────────────────────────────────────────────────────────────────────────


def test_practice_is_planned_from_the_page_of_the_plan(world, as_user):
    make_practical.officials(world)
    plan, client = make_plans.draft(world), as_user(world.chen)
    fields = make_practical.plan(world)
    new = f"{reverse('practical:draft')}?plan={plan.pk}"
    assert new in client.get(at("detail", plan.pk)).content.decode()
    day = f"{fields['opens_at']:%Y-%m-%d}"

    kept = client.post(new, {"title": "砌筑工实操"})
    assert kept.status_code == 422
    sent = {
        "title": "砌筑工实操",
        "rubric": fields["rubric"].pk,
        "room": fields["room"].pk,
        "stations": "2",
        "opens_at": f"{day}T10:00",
        "closes_at": f"{day}T18:00",
        "pause_begins": "14:00",
        "pause_ends": "15:00",
        "change_minutes": "10",
    }
    assert client.post(new, sent)["Location"] == at("detail", plan.pk)

    session = plan.sessions.get()
    again = client.get(new).content.decode()
    tomorrow = fields["opens_at"] + timedelta(days=1)
    assert f'value="{tomorrow:%Y-%m-%d}T10:00"' in again
    assert 'value="14:00"' in again
    page = client.get(reverse("practical:session", args=[session.pk])).content.decode()
    assert at("detail", plan.pk) in page
    assert "请在计划的页面一起告知" in page
    client.post(at("move", plan.pk, "notify"))
    assert f"SC-{make_plans.year()}-0001" in client.get(at("detail", plan.pk)).content.decode()
    assert client.get(f"{reverse('practical:draft')}?plan=999").status_code == 404


def test_loose_sessions_go_in_and_out_on_the_page(world, as_user):
    plan, loose = make_plans.draft(world), make_plans.session(world, None, 6)
    client = as_user(world.chen)
    assert "6 天后的实操" in client.get(at("detail", plan.pk)).content.decode()

    client.post(at("take-in", plan.pk), {"sessions": [loose.pk, "x"]})
    assert plan.sessions.get() == loose
    client.post(at("leave-out-session", plan.pk, loose.pk))
    assert not plan.sessions.exists()
    assert client.post(at("leave-out-session", plan.pk, loose.pk)).status_code == 404


def test_the_page_says_what_is_called_off_and_asks_few_questions(world, as_user):
    plan = plans.notify(make_plans.mixed(world), by=world.chen)
    fixed(world, plan.sessions.earliest("opens_at"))
    materials.ask(plan, by=world.li, text="监考几人？")
    make_plans.session(world, None, 7)
    client = as_user(world.chen)
    client.get(at("detail", plan.pk))

    with CaptureQueriesContext(connection) as asked:
        page = client.get(at("detail", plan.pk)).content.decode()

    assert len(asked) <= MOST_QUERIES
    assert "3 场全部取消，住建局、已安排的 1 名考生和考评员收到通知" in page
    assert "其中实操 2 场" in page
    listed = client.get(at("index")).content.decode()
    assert plan.title in listed


def test_the_plan_of_a_session_is_shown_to_who_may_see_it(world, as_user):
    plan = make_plans.mixed(world)
    session = plan.sessions.earliest("opens_at")
    page = reverse("practical:session", args=[session.pk])

    assert at("detail", plan.pk) in as_user(world.chen).get(page).content.decode()
    assert at("detail", plan.pk) not in as_user(world.li).get(page).content.decode()
    sittings.cancel(plan.sittings.get(), by=world.chen, note="只办实操")
    plans.notify(plan, by=world.chen)
    assert at("detail", plan.pk) in as_user(world.li).get(page).content.decode()
