"""Frames: gathered, frozen, never changed again."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import make, make_classes, make_complaints, make_inspections
from tests.refusals import refused
from zhupei.core import audit
from zhupei.credit.actions import grades, records
from zhupei.inspections import frames, rules, weighing
from zhupei.inspections.actions import drafts, drawing, freezing
from zhupei.inspections.events import DrawEvent
from zhupei.inspections.models import Draw, Frame, FrameInspector, Recusal
from zhupei.inspections.parameters import ANNOUNCE_DAYS, BASE, LEAST_INSPECTORS, NAMES
from zhupei.leads.actions import judging
from zhupei.leads.models import Lead, LeadPlace
from zhupei.organizations.models import Interest, Kind, Role


def text(draw: Draw, kind: str) -> str:
    return Frame.objects.get(draw=draw, kind=kind).text


def test_what_is_frozen(world):
    make_inspections.schools(world, 3)
    draw = make_inspections.frozen(world)

    assert (draw.state, draw.frame_size, draw.sample) == ("frozen", 4, 2)
    assert draw.number.startswith("SJ-")
    for frame in draw.frames.all():
        assert rules.digest(frame.text) == frame.sha256
    objects = rules.read_objects(text(draw, "objects"))
    assert f"institution/{world.school.pk}" in {one.key for one in objects}
    assert f"institution/{world.other_school.pk}" not in {one.key for one in objects}
    terms = text(draw, "terms").split("\n")
    assert f"objects\t{rules.digest(text(draw, 'objects'))}" in terms
    assert "sample\t2" in terms
    event = audit.own_history(draw).get(verb=DrawEvent.FROZEN)
    assert event.facts["terms"] == draw.terms_sha256 == rules.digest(text(draw, "terms"))
    assert event.facts["parameters"]["inspections.least_percent"]["value"] == "5"


def test_inspectors_are_those_in_force_today_each_once(world):
    make_inspections.people(world)
    world.kang.memberships.update(until=timezone.localdate() - timedelta(days=1))
    world.ding.is_active = False
    world.ding.save()
    hassan = make.member("哈山", Role.INSPECTOR, world.bureau)
    draw = make_inspections.frozen(world)

    assert [one.name for one in draw.inspectors.all()] == ["杨志刚", "哈山"]
    assert set(FrameInspector.objects.values_list("user", flat=True)) == {world.yang.pk, hassan.pk}


def test_names_may_stay_off_the_published_frame(world):
    make.parameter_value(NAMES, "number", make.LONG_AGO)
    draw = make_inspections.frozen(world)

    assert draw.inspectors.first().shown == "检查员 001"


def test_weights_come_from_the_grade_and_are_kept_with_their_reasons(world):
    grades.set_grade(world.school, 2025, "C", by=world.gu)
    good = make_inspections.schools(world, 1)[0]
    grades.set_grade(good, 2025, "A", by=world.gu)
    draw = make_inspections.frozen(world)

    said = {one.key: one for one in rules.read_objects(text(draw, "objects"))}
    bad = said[f"institution/{world.school.pk}"]
    assert (bad.tickets, bad.reasons) == (8, "base=4,grade-C=4")
    assert said[f"institution/{good.pk}"].tickets == 2


def test_what_a_fact_is_worth_is_a_dated_figure(world):
    make.parameter_value(BASE, 7, make.LONG_AGO)
    draw = make_inspections.frozen(world)
    (one,) = rules.read_objects(text(draw, "objects"))
    assert one.reasons == "base=7"


def test_suspended_institutions_and_those_without_the_job_are_not_drawn(world):
    quiet, other = make_inspections.schools(world, 2)
    quiet.admission.delete()
    draw = make_inspections.frozen(world, job=make.job())

    keys = {one.owner for one in rules.read_objects(text(draw, "objects"))}
    assert keys == {frames.owner_key(world.school.pk)}
    assert frames.owner_key(other.pk) not in keys


def test_classes_are_drawn_by_their_days(world):
    today = timezone.localdate()
    early = make_classes.approved_class(world, starts_on=today + timedelta(days=10))
    draw = make_inspections.ready(
        world, target="class", since=today, until=today + timedelta(days=60)
    )
    freezing.freeze(draw, by=world.li)
    (one,) = rules.read_objects(text(draw, "objects"))
    assert one.key == f"class/{early.pk}"
    assert early.number in one.name
    assert one.owner == frames.owner_key(world.school.pk)


def test_days_outside_hold_no_class(world):
    today = timezone.localdate()
    make_classes.approved_class(world, starts_on=today + timedelta(days=10))
    draw = make_inspections.ready(
        world,
        target="class",
        since=today - timedelta(days=60),
        until=today - timedelta(days=30),
    )
    with refused("frame_empty"):
        freezing.freeze(draw, by=world.li)


def test_who_has_an_interest_is_frozen_as_away_with_the_reason(world):
    make_inspections.people(world)
    today = timezone.localdate()
    Interest.objects.create(
        user=world.yang,
        organization=world.school,
        kind="relative",
        since=today - timedelta(days=100),
    )
    draw = make_inspections.frozen(world)

    owner = frames.owner_key(world.school.pk)
    listed = rules.read_lineups(text(draw, "inspectors"))[owner, "housing"]
    there = frames.lineup(draw, owner, draw.inspectors.all())
    assert {there[one].user for one in listed} == {world.kang, world.ding}
    row = Recusal.objects.get()
    assert (row.inspector.user, row.reason) == (world.yang, "近亲属在该单位")
    for person in (world.yang, world.kang):
        assert str(person) not in text(draw, "inspectors")
    assert draw.secret
    assert row in Recusal.objects.visible_to(world.li)
    assert row not in Recusal.objects.visible_to(world.kang)


def test_recusal_that_leaves_too_few_is_said_with_the_name(world):
    make_inspections.people(world)
    for person in (world.yang, world.kang):
        Interest.objects.create(
            user=person, organization=world.school, kind="owner", since=make.LONG_AGO
        )
    draw = make_inspections.ready(world)

    with refused("too_few_inspectors") as refusal:
        freezing.freeze(draw, by=world.li)
    sentence = str(refusal.value)
    assert "天山建设职业技能培训学校" in sentence
    assert "只剩 1 名" in sentence
    draw.refresh_from_db()
    assert draw.state == "draft"
    assert not draw.frames.exists()


def test_many_without_inspectors_are_counted(world):
    make_inspections.people(world)
    for school in [world.school, *make_inspections.schools(world, 4)]:
        for person in (world.yang, world.kang):
            Interest.objects.create(
                user=person, organization=school, kind="owner", since=make.LONG_AGO
            )
    with refused("too_few_inspectors") as refusal:
        freezing.freeze(make_inspections.ready(world), by=world.li)
    assert "等 5 个对象" in str(refusal.value)


def test_a_joint_draw_has_people_of_both_departments(world):
    draw = make_inspections.frozen(
        make_inspections.people(world),
        bodies=[world.bureau, world.home_hr],
        housing_count=1,
        hr_count=1,
    )
    teams = [one.team for one in draw.inspectors.all()]
    assert teams == ["housing", "housing", "housing", "hr"]
    assert {"team-housing\t1", "team-hr\t1"} <= set(text(draw, "terms").split("\n"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"percent": 4}, "too_small"),
        ({"bodies": []}, "no_inspectors"),
        ({"hr_count": 1, "housing_count": 1}, "too_few_inspectors"),
        ({"items": []}, "no_items"),
        ({"target": "class"}, "days_required"),
        ({"check_by": timezone.localdate()}, "check_by_past"),
    ],
)
def test_what_cannot_be_frozen(world, said, code):
    draw = make_inspections.ready(world, **said)
    with refused(code):
        freezing.freeze(draw, by=world.li)


def test_general_items_limit_the_share(world):
    make_inspections.item_list(world)
    items = make_inspections.item_list(world).items.filter(target="institution")
    draw = make_inspections.ready(world, items=items, percent=21)
    with refused("too_large"):
        freezing.freeze(draw, by=world.li)


def test_how_many_go_is_a_figure_too(world):
    make.parameter_value(LEAST_INSPECTORS, 3, make.LONG_AGO)
    with refused("too_few_sent"):
        freezing.freeze(make_inspections.ready(world), by=world.li)


# The seed is named before


def test_a_seed_nobody_named_is_no_seed(world):
    with refused("seed_unsafe"):
        freezing.freeze(make_inspections.draft(world), by=world.li)


def test_one_commitment_alone_could_be_tried_out(world):
    draw = make_inspections.draft(world)
    drafts.commit(draw, by=world.li, committer="昌吉州住建局", words="天山天池今年十一月封冻较早")
    with refused("words_too_short"):
        drafts.commit(draw, by=world.li, committer="人社局", words="太短")
    with refused("not_a_digest"):
        drafts.commit(draw, by=world.li, committer="人社局", digest="12")
    with refused("seed_unsafe"):
        freezing.freeze(draw, by=world.li)
    drafts.commit(draw, by=world.li, committer="昌吉州人社局", digest=rules.digest("另一句话" * 4))
    assert freezing.freeze(draw, by=world.li).state == "frozen"


def test_an_event_that_is_over_is_known_to_somebody(world):
    draw = make_inspections.draft(world)
    past = timezone.now() - timedelta(minutes=1)
    with refused("event_over") as refusal:
        drafts.name_event(draw, by=world.li, description="开奖", source="报", happens_at=past)
    assert refusal.value.field == "happens_at"
    make_inspections.with_event(draw, world)
    with make_inspections.after_lottery(), refused("event_over"):
        freezing.freeze(draw, by=world.li)


def test_a_part_of_the_seed_is_taken_off_again(world):
    draw = make_inspections.ready(world)
    drafts.remove_input(draw.inputs.get(), by=world.li)
    assert not draw.inputs.exists()


# Afterwards nothing changes


def test_nothing_of_a_frozen_draw_can_be_changed(world):
    draw = make_inspections.frozen(world)

    with refused("frozen"):
        drafts.change(draw, by=world.li, items=[], bodies=[], percent=7)
    with refused("frozen"):
        drafts.name_event(
            draw, by=world.li, description="x", source="y", happens_at=make_inspections.lottery()
        )
    with refused("frozen"):
        drafts.remove_input(draw.inputs.get(), by=world.li)
    with refused("wrong_state"):
        freezing.freeze(draw, by=world.li)


def test_the_database_itself_refuses_to_change_a_frame(world):
    draw = make_inspections.frozen(world)
    frame = draw.frames.get(kind="objects")

    with pytest.raises(IntegrityError), transaction.atomic():
        Frame.objects.filter(pk=frame.pk).update(text="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        frame.delete()


def altered(frame: Frame, words: str, sha256: str = "") -> None:
    """Somebody who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inspections_frame DISABLE TRIGGER frame_is_frozen")
        Frame.objects.filter(pk=frame.pk).update(text=words, sha256=sha256 or frame.sha256)
        cursor.execute("ALTER TABLE inspections_frame ENABLE TRIGGER frame_is_frozen")


@pytest.mark.parametrize("kind", ["objects", "inspectors", "terms"])
@pytest.mark.parametrize("thorough", [False, True])
def test_a_frame_changed_behind_everybodys_back_is_not_drawn_from(world, kind, thorough):
    draw = make_inspections.frozen(world)
    frame = draw.frames.get(kind=kind)
    words = frame.text + "institution/999\t1\torganization/999\t某校\tbase=1\n"
    altered(frame, words, rules.digest(words) if thorough else "")

    assert frames.intact(draw) is None
    with make_inspections.after_lottery():
        make_inspections.known(draw, world)
        with refused("frame_changed"):
            drawing.draw(draw, by=world.li)


def test_the_register_may_change_the_frozen_frame_does_not(world):
    make_inspections.schools(world, 1)
    draw = make_inspections.frozen(world)
    make.organization(Kind.INSTITUTION, "后来的学校", "652301")

    assert frames.intact(draw)
    assert "后来的学校" not in text(draw, "objects")


def test_the_list_may_wait_its_hash_does_not(world):
    make.parameter_value(ANNOUNCE_DAYS, 10, make.LONG_AGO)
    draw = make_inspections.frozen(world)

    assert draw in Draw.objects.public()
    assert draw not in Draw.objects.opened()
    assert not draw.list_is_public


@pytest.mark.parametrize("person", ["gu", "far_reviewer", "tao", "yang", "aygul"])
def test_only_the_authority_itself_freezes(world, person):
    draw = make_inspections.ready(world)
    with refused("not_allowed"):
        freezing.freeze(draw, by=getattr(world, person))


def test_credit_records_weigh_and_leads_which_nobody_may_know_do_not(world):
    today = timezone.localdate()
    records.enter(
        world.school,
        by=world.li,
        seriousness="serious",
        about="institution",
        ground="伪造考勤",
        law="办法第二十三条",
        decided_on=today,
    )
    lead = Lead.objects.create(
        rule="two_places",
        key="x",
        title="同时两处签到",
        organization=world.school,
        happened_on=today,
        evidence=[],
        figures={},
        found_at=timezone.now(),
    )
    LeadPlace.objects.create(
        lead=lead, organization=world.school, prefecture=world.bureau.prefecture
    )
    judging.confirm(lead, by=world.li, note="核对录像，本人承认")

    found = weighing.weights([world.school.pk, world.other_school.pk], today)
    said = found[world.school.pk]
    assert said.reasons == "base=4,credit-serious*1=4"
    assert found[world.other_school.pk].reasons == "base=4"


def test_complaints_found_true_weigh_once_they_are_many(world):
    today = timezone.localdate()
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        make_complaints.replied(world)
        make_complaints.replied(world, outcome="not_upheld")
        make_complaints.assigned(world)

    said = weighing.weights([world.school.pk], today)[world.school.pk]
    assert (said.tickets, said.reasons) == (4, "base=4")
    for _n in range(4):
        make_complaints.replied(world)
    said = weighing.weights([world.school.pk], today)[world.school.pk]
    assert (said.tickets, said.reasons) == (7, "base=4,complaints=3")
    later = weighing.weights([world.school.pk], today + timedelta(days=800))
    assert later[world.school.pk].reasons == "base=4"
