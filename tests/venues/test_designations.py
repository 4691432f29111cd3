"""Two departments determine a body; either may stop it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_venues
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.organizations.models import Kind, Role
from zhupei.venues import offices
from zhupei.venues.access import (
    department_of,
    may_change,
    may_decide,
    may_lift,
    may_propose,
    may_return,
    may_sign,
)
from zhupei.venues.actions import designations
from zhupei.venues.models import Designation, DesignationDocument
from zhupei.venues.workflow import DESIGNATION

PEOPLE = ["li", "zhou", "tao", "tian", "gu", "chen", "aygul", "far_reviewer", "song", "adil"]


def who(world, predicate, *args):
    return [name for name in PEOPLE if predicate(getattr(world, name), *args)]


def test_both_departments_sign_and_the_body_hears_of_it(world):
    row = make_venues.draft(world)
    row = designations.sign(row, by=world.li)
    assert row.state == "signed"
    assert row.awaited == world.home_hr
    assert Message.objects.filter(recipient=world.tao, title__contains="待签署").exists()

    row = designations.sign(row, by=world.tao)
    assert row.state == "in_force"
    assert row.number.startswith("KHJG-")
    assert row.housing_signed_by == world.li
    assert row.hr_signed_by == world.tao
    assert Message.objects.filter(recipient=world.chen, title__contains="确定").exists()
    assert [event.verb for event in audit.own_history(row)] == [
        "designation.drafted",
        "designation.paper_attached",
        "designation.signed",
        "designation.completed",
    ]


def test_hr_may_begin_as_well(world):
    row = designations.draft(world.body, by=world.tao, **make_venues.fields())
    designations.attach(row, by=world.tao, upload=make_venues.paper(), kind="minutes")

    row = designations.sign(row, by=world.tao)
    assert row.awaited == world.bureau
    assert designations.sign(row, by=world.zhou).state == "in_force"


def test_one_department_does_not_sign_twice(world):
    row = make_venues.signed_by_housing(world)

    with pytest.raises(NotAllowed):
        designations.sign(row, by=world.zhou)  # the same department
    with pytest.raises(NotAllowed):
        designations.send_back(row, by=world.li, note="改")


def test_nothing_is_signed_without_jobs_papers_or_days_to_come(world):
    with refused("papers_missing"):
        designations.sign(make_venues.draft(world, papers=False), by=world.li)
    with refused("jobs_missing"):
        designations.sign(make_venues.draft(world, jobs=[]), by=world.li)
    gone = timezone.localdate() - timedelta(days=1)
    with refused("already_over"):
        designations.sign(make_venues.draft(world, valid_until=gone), by=world.li)


def test_what_is_sent_back_loses_its_signature(world):
    row = make_venues.signed_by_housing(world)

    with refused("note_required"):
        designations.send_back(row, by=world.tao, note="")
    row = designations.send_back(row, by=world.tao, note="缺设备清单")
    assert (row.state, row.housing_signed_at, row.housing_signed_by) == ("draft", None, None)
    assert Message.objects.filter(recipient=world.li, title__contains="退回").exists()
    changed = designations.change(row, by=world.li, conditions="每场至多 60 人")
    assert changed.conditions == "每场至多 60 人"
    assert designations.sign(designations.sign(row, by=world.li), by=world.tao).state == "in_force"


def test_what_is_signed_is_not_changed(world):
    row = make_venues.signed_by_housing(world)

    with pytest.raises(NotAllowed):
        designations.change(row, by=world.li, conditions="x")
    with pytest.raises(NotAllowed):
        designations.attach(row, by=world.li, upload=make_venues.paper(), kind="minutes")
    with pytest.raises(NotAllowed):
        designations.remove(row.documents.get(), by=world.li)


def test_a_paper_is_taken_off_a_draft(world):
    row = make_venues.draft(world)

    with refused("paper_kind"):
        designations.attach(row, by=world.li, upload=make_venues.paper(), kind="?")
    designations.remove(row.documents.get(), by=world.tao)
    assert not row.documents.exists()


def test_only_bodies_of_the_place_are_determined(world):
    far = make.organization(Kind.ASSESSMENT_BODY, "喀什考核站", "653101")
    region_wide = make.organization(Kind.ASSESSMENT_BODY, "全区考核中心", "650000")

    for body in (world.school, far):
        with refused("no_assessment_body"):
            designations.draft(body, by=world.li, **make_venues.fields())
    assert designations.draft(region_wide, by=world.li, **make_venues.fields())
    row = make_venues.draft(world)
    with refused("no_assessment_body"):
        designations.change(row, by=world.li, organization=world.school)


def test_a_draft_leads_nowhere_when_it_is_dropped(world):
    row = designations.drop(make_venues.draft(world), by=world.li, note="重复")

    assert row.state == "dropped"
    with pytest.raises(NotAllowed):
        designations.change(row, by=world.li, conditions="x")


def test_where_a_department_is_not_registered_nothing_is_determined(world):
    department = offices.hr(world.bureau.prefecture_id)
    if department:
        type(department).objects.filter(pk=department.pk).update(kind="education")

    with refused("department_missing"):
        designations.draft(world.body, by=world.li, **make_venues.fields())


@pytest.mark.parametrize(("stops", "other"), [("li", "tao"), ("tao", "li")])
def test_either_department_suspends_and_only_it_lifts(world, stops, other):
    row = make_venues.in_force(world)
    stopper, colleague = getattr(world, stops), getattr(world, other)

    row = designations.suspend(row, by=stopper, note="机房漏水")
    assert row.state == "suspended"
    assert not Designation.objects.covering(
        world.body, "652300", make.job(), timezone.localdate()
    ).filter(pk=row.pk)
    assert Message.objects.filter(recipient=world.chen, title__contains="暂停").exists()
    assert Message.objects.filter(recipient=colleague, title__contains="暂停").exists()
    with pytest.raises(NotAllowed):
        designations.lift(row, by=colleague, note="好了")
    row = designations.lift(row, by=stopper, note="修好，已复查")
    assert (row.state, row.stopped_by) == ("in_force", None)


def test_either_department_withdraws_for_good(world):
    row = designations.suspend(make_venues.in_force(world), by=world.li, note="整改")

    with refused("note_required"):
        designations.withdraw(row, by=world.tao, note=" ")
    row = designations.withdraw(row, by=world.tao, note="组织作弊")
    assert row.state == "withdrawn"
    assert row not in Designation.objects.public()


def test_a_designation_covers_its_jobs_place_and_days(world):
    row = make_venues.in_force(world, organization=_body())
    today, job = timezone.localdate(), make.job()

    def covers(**changed):
        asked = {
            "organization": row.organization, "prefecture": "652300", "job": job, "day": today,
        } | changed  # fmt: skip
        return Designation.objects.covering(**asked).exists()

    assert covers()
    assert covers(day=row.valid_until)
    assert not covers(day=row.valid_until + timedelta(days=1))
    assert not covers(day=row.valid_from - timedelta(days=1))
    assert not covers(prefecture="653100")
    assert not covers(job=make.job("CLY", "材料员"))
    assert row.holds_on(today)
    assert not row.holds_on(row.valid_until + timedelta(days=1))


def _body():
    return make.organization(Kind.ASSESSMENT_BODY, f"考核站 {next(make.number)}", "652301")


def test_who_may_do_what_with_a_designation(world):
    draft = make_venues.draft(world)
    assert who(world, may_propose) == ["li", "zhou", "tao", "tian", "far_reviewer"]
    assert who(world, may_decide, draft) == ["li", "zhou", "tao"]
    assert who(world, may_change, draft) == ["li", "zhou", "tao"]
    assert who(world, may_sign, draft) == ["li", "zhou", "tao"]

    signed = designations.sign(draft, by=world.li)
    assert who(world, may_sign, signed) == ["tao"]
    assert who(world, may_return, signed) == ["tao"]
    assert who(world, may_change, signed) == []

    stopped = designations.suspend(designations.sign(signed, by=world.tao), by=world.tao, note="x")
    assert who(world, may_lift, stopped) == ["tao"]
    assert department_of(world.li, stopped) == world.bureau
    assert department_of(world.chen, stopped) is None


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("draft", {"li": ["sign", "drop"], "tao": ["sign", "drop"], "chen": [], "gu": []}),
        ("signed", {"li": [], "tao": ["complete", "return"], "chen": [], "gu": []}),
        (
            "in_force",
            {"li": ["suspend", "withdraw"], "tao": ["suspend", "withdraw"], "chen": [], "gu": []},
        ),
    ],
)
def test_which_buttons_each_side_has(world, state, moves):
    make = {
        "draft": make_venues.draft,
        "signed": make_venues.signed_by_housing,
        "in_force": make_venues.in_force,
    }[state]
    row = make(world)

    found = {
        name: [move.name for move in DESIGNATION.available(row, getattr(world, name))]
        for name in moves
    }
    assert found == moves


def test_nobody_determines_the_body_they_work_for(world):
    row = make_venues.draft(world)
    world.zhou.memberships.create(
        organization=world.body, role=Role.INVIGILATOR, since=make.LONG_AGO
    )

    assert not may_decide(world.zhou, row)
    assert may_decide(world.li, row)


@pytest.mark.parametrize(
    ("person", "draft", "signed", "in_force"),
    [
        ("li", True, True, True),
        ("tao", True, True, True),
        ("gu", True, True, True),
        ("chen", False, False, True),
        ("tian", False, False, False),
        ("far_reviewer", False, False, False),
        ("aygul", False, False, False),
        ("adil", False, False, False),
    ],
)
def test_who_knows_of_a_designation(world, person, draft, signed, in_force):
    row = make_venues.draft(world)
    user = getattr(world, person)

    def sees():
        papers = DesignationDocument.objects.visible_to(user).filter(designation=row).exists()
        seen = Designation.objects.visible_to(user).filter(pk=row.pk).exists()
        assert papers is seen
        return seen

    assert sees() is draft
    row = designations.sign(row, by=world.li)
    assert sees() is signed
    designations.sign(row, by=world.tao)
    assert sees() is in_force
