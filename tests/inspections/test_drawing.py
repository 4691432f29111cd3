"""The seed becomes known, the draw is made, once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests import make, make_inspections
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.inspections import rules
from zhupei.inspections.actions import drafts, drawing, freezing, replacing, seeds
from zhupei.inspections.events import DrawEvent
from zhupei.inspections.models import Assignment, Draw, Inspection, SeedEntry
from zhupei.organizations.models import Interest

# Two people type it in


def test_two_people_type_the_same(world):
    draw = make_inspections.frozen(world)
    one = draw.inputs.get()
    with make_inspections.after_lottery():
        first = seeds.type_in(one, by=world.li, value=" 07341 ")
        assert first.known_at is None
        second = seeds.type_in(one, by=world.yang, value="07341")
    assert (second.value, second.known_at is not None) == ("07341", True)
    verbs = [event.verb for event in audit.own_history(draw)]
    assert verbs[-2:] == [DrawEvent.TYPED, DrawEvent.KNOWN]
    typed = audit.own_history(draw).get(verb=DrawEvent.TYPED)
    assert "07341" not in str(typed.facts)  # the second one must not read it there


def test_one_person_twice_is_one_person(world):
    one = make_inspections.frozen(world).inputs.get()
    with make_inspections.after_lottery():
        seeds.type_in(one, by=world.li, value="07341")
        again = seeds.type_in(one, by=world.li, value="07342")
    assert again.known_at is None
    assert SeedEntry.objects.get().value == "07342"


def test_what_two_type_differently_is_not_taken(world):
    one = make_inspections.frozen(world).inputs.get()
    with make_inspections.after_lottery():
        seeds.type_in(one, by=world.li, value="07341")
        with refused("typed_differently") as refusal:
            seeds.type_in(one, by=world.yang, value="07314")
        assert refusal.value.field == "value"
        assert "李文涛" in str(refusal.value)
        assert "07341" not in str(refusal.value)
        seeds.type_in(one, by=world.li, value="07314")  # it was Li who erred
        assert seeds.type_in(one, by=world.yang, value="07314").value == "07314"


def test_nothing_is_typed_before_it_happened_nor_twice(world):
    one = make_inspections.frozen(world).inputs.get()
    with refused("too_early"):
        seeds.type_in(one, by=world.li, value="07341")
    with make_inspections.after_lottery():
        for value in ("", "  ", "a\nb", "x" * 501):
            with refused("value_missing"):
                seeds.type_in(one, by=world.li, value=value)
        make_inspections.known(one.draw, world)
        with refused("already_known"):
            seeds.type_in(one, by=world.kang, value="1")


def test_nothing_is_typed_before_the_freezing(world):
    draw = make_inspections.ready(world)
    with make_inspections.after_lottery(), refused("wrong_state"):
        seeds.type_in(draw.inputs.get(), by=world.li, value="1")


@pytest.mark.parametrize("person", ["far_reviewer", "aygul", "tao", "guan", "mo"])
def test_strangers_type_nothing(world, person):
    one = make_inspections.frozen(world).inputs.get()
    with make_inspections.after_lottery(), refused("not_allowed"):
        seeds.type_in(one, by=getattr(world, person), value="1")


def test_hr_types_where_it_takes_part(world):
    make_inspections.people(world)
    draw = make_inspections.frozen(
        world, bodies=[world.bureau, world.home_hr], housing_count=1, hr_count=1
    )
    with make_inspections.after_lottery():
        seeds.type_in(draw.inputs.get(), by=world.tao, value="1")
        assert seeds.type_in(draw.inputs.get(), by=world.mo, value="1").value == "1"


def committed(world):
    draw = make_inspections.draft(world)
    drafts.commit(draw, by=world.li, committer="昌吉州住建局", words="天山天池今年十一月三日封冻")
    drafts.commit(draw, by=world.li, committer="昌吉州人社局", words="Ғалия, ئۆيدە — ünïcödé 🎲")
    return freezing.freeze(draw, by=world.li)


def test_commitments_are_opened_by_their_words(world):
    draw = committed(world)
    first, second = draw.inputs.all()

    with refused("not_committed") as refusal:
        seeds.open_commitment(first, by=world.li, value="天山天池今年十一月四日封冻")
    assert refusal.value.field == "value"
    seeds.open_commitment(first, by=world.li, value="天山天池今年十一月三日封冻")
    with refused("seed_not_known") as refusal:
        drawing.draw(draw, by=world.li)
    assert "昌吉州人社局" in str(refusal.value)
    seeds.open_commitment(second, by=world.yang, value="Ғалия, ئۆيدە — ünïcödé 🎲")
    done = drawing.draw(draw, by=world.li)
    values = ["天山天池今年十一月三日封冻", "Ғалия, ئۆيدە — ünïcödé 🎲"]
    assert done.seed == rules.seed_of(done.terms_sha256, values)


# The draw


def test_a_draw_chooses_by_the_seed(world):
    make_inspections.schools(world, 9)
    draw = make_inspections.drawn(world)

    assert draw.seed == rules.seed_of(draw.terms_sha256, [make_inspections.VALUE])
    objects = rules.read_objects(draw.frames.get(kind="objects").text)
    expected = [one.key for one, _ticket in rules.sample(draw.seed, objects, 5)]
    assert list(draw.inspections.values_list("key", flat=True)) == expected
    for inspection in draw.inspections.all():
        assert inspection.assignments.count() == 2
        assert inspection.key == f"institution/{inspection.organization_id}"
    told = Message.objects.filter(title__contains="等您检查")
    assert set(told.values_list("recipient", flat=True)) == set(
        Assignment.objects.values_list("inspector__user", flat=True)
    )


def test_a_draw_is_made_once(world):
    draw = make_inspections.drawn(world)
    with refused("wrong_state"):
        drawing.draw(draw, by=world.li)
    assert Inspection.objects.filter(draw=draw).count() == draw.sample


def test_a_draw_waits_for_the_whole_seed(world):
    draw = make_inspections.frozen(world)
    with refused("seed_not_known"):
        drawing.draw(draw, by=world.li)


def test_a_line_of_the_plan_is_drawn_again_only_with_a_reason(world):
    make_inspections.drawn(world)

    with refused("already_drawn") as refusal:
        make_inspections.draft(world)
    assert refusal.value.field == "again_because"
    second = make_inspections.draft(world, again_because="第一次抽中的多数已经停办")
    assert second.again_because


def test_outside_the_plan_needs_a_reason(world):
    with refused("reason_required"):
        make_inspections.draft(world, planned=None, outside_because=" ")


def test_a_line_of_a_plan_nobody_published_promises_nothing(world):
    unpublished = make_inspections.plan(world, published=False).rows.first()
    with refused("not_promised"):
        make_inspections.draft(world, planned=unpublished)


def test_no_draw_without_a_list_of_items(world):
    with refused("no_list"):
        drafts.draft(
            world.bureau,
            by=world.li,
            items=[],
            bodies=[],
            title="x",
            target="class",
            outside_because="y",
            percent=5,
            check_by=timezone.localdate(),
        )


def test_both_dates_and_both_people_are_wanted(world):
    today = timezone.localdate()
    with refused("draw_faulty"):
        make_inspections.draft(world, target="class", since=today, until=today - timedelta(days=1))
    with refused("draw_faulty") as refusal:
        make_inspections.draft(world, housing_count=1, hr_count=0)
    assert "至少 2 名" in str(refusal.value)


# Calling off


def test_a_draft_is_called_off_and_leaves_no_trace_in_public(world):
    draw = drawing.call_off(make_inspections.ready(world), by=world.li, note="改期")
    assert draw.state == "called_off"
    assert draw not in Draw.objects.public()
    make_inspections.draft(world)  # the line of the plan is free again


def test_what_was_frozen_and_called_off_stays_public_and_asks_for_a_reason_next_time(world):
    draw = drawing.call_off(make_inspections.frozen(world), by=world.li, note="检查员名单有误")
    assert draw in Draw.objects.public()
    assert draw.called_off_because == "检查员名单有误"
    with refused("already_drawn"):
        make_inspections.draft(world)


def test_nobody_calls_off_a_draw_whose_outcome_can_be_computed(world):
    draw = make_inspections.frozen(world)
    with make_inspections.after_lottery():
        with refused("seed_known"):
            drawing.call_off(draw, by=world.li, note="不想抽了")
        assert drawing.call_off(draw, by=world.gu, note="开奖取消").state == "called_off"


def test_what_is_drawn_stands(world):
    with refused("wrong_state"):
        drawing.call_off(make_inspections.drawn(world), by=world.li, note="重抽")


# Somebody cannot go


def test_the_seed_says_who_steps_in(world):
    inspection = make_inspections.drawn(world).inspections.get()
    out = inspection.assignments.first()
    others = {row.key for row in inspection.draw.inspectors.all()} - {
        row.inspector.key for row in inspection.assignments.all()
    }
    with refused("note_required"):
        replacing.replace(out, by=world.li, because=" ")
    made = replacing.replace(out, by=world.li, because="住院")

    assert {made.inspector.key} == others
    out.refresh_from_db()
    assert (out.out_because, made.instead_of) == ("住院", out)
    assert "住院" in audit.timeline(inspection)[0].sentence
    with refused("already_out"):
        replacing.replace(out, by=world.li, because="住院")
    with refused("nobody_left"):
        replacing.replace(made, by=world.li, because="出差")
    with refused("not_allowed"):
        replacing.replace(made, by=world.yang, because="出差")


def test_a_tie_declared_after_the_freezing_keeps_one_away_too(world):
    draw = make_inspections.frozen(world)
    Interest.objects.create(
        user=world.yang, organization=world.school, kind="owner", since=make.LONG_AGO
    )
    with make_inspections.after_lottery():
        draw = drawing.draw(make_inspections.known(draw, world), by=world.li)

    inspection = draw.inspections.get()
    assert world.yang not in make_inspections.going(inspection)
    assert len(make_inspections.going(inspection)) == 2
    for row in inspection.assignments.filter(out_at__isnull=False):
        assert row.inspector.user == world.yang
        assert "冻结以后申报" in row.out_because


def test_too_few_after_all_is_refused_and_nothing_is_drawn(world):
    draw = make_inspections.frozen(world)
    for person in (world.yang, world.kang, world.ding):
        Interest.objects.create(
            user=person, organization=world.school, kind="owner", since=make.LONG_AGO
        )
    with make_inspections.after_lottery():
        make_inspections.known(draw, world)
        with refused("nobody_left"), transaction.atomic():
            drawing.draw(draw, by=world.li)
    draw.refresh_from_db()
    assert (draw.state, draw.seed) == ("frozen", None)


# Who sees it


def test_who_sees_a_draw(world):
    make_inspections.people(world)
    draw = make_inspections.ready(world, bodies=[world.bureau, world.home_hr], hr_count=1)
    seers = ["li", "gu", "tao", "yang", "mo", "guan", "far_reviewer", "aygul", "adil"]

    def seen() -> set[str]:
        return {one for one in seers if draw in Draw.objects.visible_to(getattr(world, one))}

    assert seen() == {"li", "gu"}
    freezing.freeze(draw, by=world.li)
    assert seen() == {"li", "gu", "tao", "yang", "mo"}
