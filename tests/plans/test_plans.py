"""Plans: sittings and practical sessions gathered, notified at once, called off at once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests import make_exams, make_officials, make_plans
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams.access import may_keep
from zhupei.exams.actions import seating, sittings
from zhupei.exams.models import Plan, Sitting, State
from zhupei.plans.actions import plans
from zhupei.venues.models import Booking, Designation


def verbs_of(thing):
    return [str(event.verb) for event in audit.own_history(thing)]


def in_days(days):
    return {"starts_at": timezone.now() + timedelta(days=days), "title": f"{days} 天后"}


def test_a_plan_is_notified_once_with_all_its_sittings(world):
    """The deed of tellings.notified: one line for the bureau."""
    plan = make_plans.draft(world, 3, 4, 5)
    before = world.li.inbox.count()

    plan = plans.notify(plan, by=world.chen, note="每周一场")

    assert (plan.state, plan.number) == ("notified", f"JH-{make_plans.year()}-0001")
    held = list(plan.sittings.order_by("starts_at"))
    assert [one.number for one in held] == [f"KH-{make_plans.year()}-{n:04d}" for n in (1, 2, 3)]
    assert {one.state for one in held} == {State.NOTIFIED}
    assert Booking.objects.count() == 3
    assert world.li.inbox.count() == before + 1
    told = world.li.inbox.order_by("-pk").first()
    assert f"{plan.title}（3 场）" in told.title
    assert told.body.count("\n") == 2
    assert "5 天后" in told.body
    assert told.url == reverse("plans:detail", args=[plan.pk])
    assert not world.far_reviewer.inbox.exists()
    assert verbs_of(plan) == ["exam_plan.drafted", "exam_plan.notified"]
    event = audit.own_history(held[0]).last()
    assert (event.verb, event.within) == ("sitting.notified", audit.subject_key(plan))


def test_what_is_wrong_with_one_of_them_is_said_of_which_and_nobody_is_told(world):
    plan = make_plans.draft(world, 3, 4)
    first = plan.sittings.order_by("starts_at").first()
    clash = {"starts_at": first.starts_at + timedelta(minutes=10), "title": "撞上的"}
    make_exams.draft_sitting(world, plan=plan, **clash)

    with refused("room_taken") as refusal:
        plans.notify(plan, by=world.chen)

    assert str(refusal.value).startswith("“撞上的”：")
    plan.refresh_from_db()
    assert (plan.state, plan.number) == ("draft", None)
    assert not Sitting.objects.exclude(number=None).exists()
    assert not world.li.inbox.exists()


def test_a_body_without_a_designation_notifies_no_plan(world):
    plan = make_plans.draft(world, 3)
    Designation.objects.all().update(valid_until=timezone.localdate())

    with refused("not_designated"):
        plans.notify(plan, by=world.chen)


def test_an_empty_plan_is_not_notified(world):
    with refused("nothing_held"):
        plans.notify(make_plans.draft(world), by=world.chen)


def test_one_of_a_plan_waits_for_the_others(world):
    plan = make_plans.draft(world, 3, 4)
    one = plan.sittings.order_by("starts_at").first()

    with refused("in_plan"):
        sittings.notify(one, by=world.chen)
    alone = plans.leave_out(one, by=world.chen)
    assert sittings.notify(alone, by=world.chen).number
    with refused("already_told"):
        plans.take_in(plan, [alone], by=world.chen)
    assert verbs_of(plan)[-1] == "exam_plan.left_out"


def test_one_more_of_a_notified_plan_is_notified_by_itself(world):
    plan = plans.notify(make_plans.draft(world, 3), by=world.chen)
    assert plan.sittings.get().state == State.NOTIFIED
    more = make_exams.draft_sitting(world, plan=plan, **in_days(9))

    more = sittings.notify(more, by=world.chen)

    told = world.li.inbox.order_by("-pk").first()
    assert told.title == f"考核计划 {plan.number} 增加一场 {more.number}：9 天后"


def test_sittings_nobody_was_told_of_are_taken_in(world):
    plan = make_plans.draft(world, 3)
    loose = make_exams.draft_sitting(world, **in_days(6))
    assert list(Sitting.objects.loose()) == [loose]

    plans.take_in(plan, [loose], by=world.chen)

    assert plan.sittings.count() == 2
    event = audit.own_history(plan).last()
    assert (event.verb, event.facts["exams"]) == (
        "exam_plan.taken_in",
        [audit.subject_key(loose)],
    )
    with refused("nothing_chosen"):
        plans.take_in(plan, [], by=world.chen)
    with refused("other_plan"):
        plans.take_in(make_plans.draft(world), [loose], by=world.chen)
    with refused("not_in_a_plan"):
        plans.leave_out(make_exams.draft_sitting(world, **in_days(7)), by=world.chen)


def test_a_plan_is_for_one_bureau(world):
    plan = make_plans.draft(world, 3)
    elsewhere = make_exams.draft_sitting(world, **in_days(6))
    Plan.objects.filter(pk=plan.pk).update(prefecture="653100")

    with refused("plan_elsewhere"):
        plans.take_in(plan, [elsewhere], by=world.chen)
    world.body.prefecture = None
    world.body.save()
    with refused("prefecture_missing"):
        plans.draft(world.body, by=world.chen, title="全区")


def test_a_plan_is_called_off_with_everything_in_it(world):
    plan = plans.notify(make_plans.draft(world, 3, 4), by=world.chen)
    one = plan.sittings.order_by("starts_at").first()
    seating.seat(
        one, [make_exams.trained(make_exams.taught_class(world), world.adil)], by=world.chen
    )
    before = world.li.inbox.count()

    with refused("note_required"):
        plans.cancel(plan, by=world.chen, note=" ")
    plan = plans.cancel(plan, by=world.chen, note="机房改造")

    assert set(plan.sittings.values_list("state", flat=True)) == {State.CANCELLED}
    assert not Booking.objects.exists()
    assert world.adil.inbox.filter(body="机房改造").exists()
    assert world.li.inbox.count() == before + 1
    for deed in (
        lambda: plans.change(plan, by=world.chen, title="x"),
        lambda: make_exams.draft_sitting(world, plan=plan, **in_days(8)),
    ):
        with refused("plan_over"):
            deed()


def test_a_plan_that_has_begun_is_not_called_off_whole(world):
    plan = plans.notify(make_plans.draft(world, 3, 9), by=world.chen)
    first = plan.sittings.order_by("starts_at").first()

    with time_machine.travel(first.starts_at), refused("already_started") as refusal:
        plans.cancel(plan, by=world.chen, note="x")

    assert first.title in str(refusal.value)
    plan.refresh_from_db()
    assert plan.state == "notified"


def test_other_words_after_the_notice_are_told(world):
    plan = make_plans.draft(world, 3)
    plans.change(plan, by=world.chen, title=plan.title)
    plans.change(plan, by=world.chen, note="联系人陈静")
    assert not world.li.inbox.exists()
    plans.notify(plan, by=world.chen)

    plans.change(plan, by=world.chen, title="冬季计划")

    assert "冬季计划" in world.li.inbox.order_by("-pk").first().title
    assert verbs_of(plan).count("exam_plan.changed") == 2


def test_who_sees_a_plan_and_who_keeps_it(world):
    make_officials.add(world)
    drafted = make_plans.draft(world, 3)
    told = plans.notify(make_plans.draft(world, 12), by=world.chen)

    for name, sees, keeps in [
        ("chen", {drafted, told}, True),
        ("li", {told}, False),
        ("gu", {told}, False),
        ("far_reviewer", set(), False),
        ("nur", set(), False),
        ("aygul", set(), False),
        ("adil", set(), False),
    ]:
        user = getattr(world, name)
        user.acting = user.memberships.first()
        assert set(Plan.objects.visible_to(user)) == sees, name
        assert may_keep(user, told) is keeps, name
        if not keeps:
            for deed in (
                lambda user=user: plans.draft(world.body, by=user, title="x"),
                lambda user=user: plans.change(told, by=user, title="x"),
                lambda user=user: plans.notify(drafted, by=user),
                lambda user=user: plans.cancel(told, by=user, note="x"),
                lambda user=user: plans.take_in(told, [], by=user),
            ):
                with pytest.raises(NotAllowed):
                    deed()


def test_the_database_wants_a_number_with_the_notice(world):
    plan = make_plans.draft(world)

    with pytest.raises(IntegrityError, match="notified_has_a_number"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(state="notified")
    with pytest.raises(IntegrityError, match="number_with_the_notice"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(number="JH-1")


# ── The pages ────────────────────────────────────────────────────────────────────────────────


def at(name, *args):
    return reverse(f"plans:{name}", args=args)


def test_a_plan_is_made_filled_and_notified_on_its_pages(world, as_user):
    client = as_user(world.chen)
    kept = client.post(at("draft"), {"title": "", "note": "每周三"})
    assert kept.status_code == 422
    assert "每周三" in kept.content.decode()
    client.post(at("draft"), {"title": "12 月计划", "note": "每周三"})
    plan = Plan.objects.get()
    page = client.get(at("detail", plan.pk)).content.decode()
    assert "计划里还没有场次" in page

    starts = timezone.localtime() + timedelta(days=3)
    fields = {
        "title": "第 1 场",
        "blueprint": make_exams.blueprint(world).pk,
        "room": world.exam_room.pk,
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "minutes": "60",
        "forms": "2",
    }
    new = f"{reverse('exams:draft')}?plan={plan.pk}"
    assert client.post(new, fields)["Location"] == at("detail", plan.pk)
    again = client.get(new).content.decode()
    assert 'value="第 1 场"' in again
    assert f"{starts + timedelta(days=1):%Y-%m-%d}" in again
    assert client.get(f"{reverse('exams:draft')}?plan=999").status_code == 404

    sitting = plan.sittings.get()
    page = client.get(reverse("exams:detail", args=[sitting.pk])).content.decode()
    assert at("detail", plan.pk) in page
    assert "请在计划的页面一起告知" in page
    client.post(at("move", plan.pk, "notify"))
    page = client.get(at("detail", plan.pk)).content.decode()
    assert f"KH-{make_plans.year()}-0001" in page
    assert "移出" not in page
    edited = client.post(at("edit", plan.pk), {"title": "12 月", "note": ""})
    assert edited["Location"] == at("detail", plan.pk)


def test_loose_sittings_go_in_and_out_on_the_page(world, as_user):
    plan = make_plans.draft(world)
    loose = make_exams.draft_sitting(world, **in_days(6))
    client = as_user(world.chen)
    assert "6 天后" in client.get(at("detail", plan.pk)).content.decode()

    client.post(at("take-in", plan.pk), {"sittings": [loose.pk, "x"]})
    assert plan.sittings.get() == loose
    client.post(at("leave-out", plan.pk, loose.pk))
    assert not plan.sittings.exists()
    assert client.post(at("leave-out", plan.pk, loose.pk)).status_code == 404


def test_the_bureau_looks_on_once_it_was_told(world, as_user):
    plan = make_plans.draft(world, 3)
    client = as_user(world.li)
    assert client.get(at("detail", plan.pk)).status_code == 404
    assert plan.title not in client.get(at("index")).content.decode()
    plan = plans.notify(plan, by=world.chen)

    page = client.get(at("detail", plan.pk)).content.decode()
    assert "3 天后" in page
    assert "取消整个计划" not in page
    assert "安排一场理论" not in page
    assert client.get(at("edit", plan.pk)).status_code == 403
    assert client.post(at("move", plan.pk, "cancel"), {"note": "x"}).status_code == 403
    listed = client.get(at("index"), {"q": plan.number, "state": "notified"}).content.decode()
    assert plan.title in listed
    assert plan.title not in client.get(at("index"), {"q": "没有"}).content.decode()
    for user in (world.aygul, world.adil, world.far_reviewer):
        assert as_user(user).get(at("detail", plan.pk)).status_code == 404
