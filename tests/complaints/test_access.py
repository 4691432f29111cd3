"""Who handles complaints: the predicates, one by one."""

import pytest

from tests import make, make_complaints, make_officials
from tests.refusals import refused
from zhupei.complaints import access
from zhupei.complaints.actions import channels, findings
from zhupei.complaints.models import Complaint
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.corrections.models import Finding
from zhupei.organizations.models import Interest

PEOPLE = ["li", "zhou", "yang", "gu", "far_reviewer", "aygul", "chen", "tian", "tao", "adil"]


def yes(world, predicate, *about) -> list[str]:
    if not hasattr(world, "yang"):
        make_officials.add(world)
    return [name for name in PEOPLE if predicate(getattr(world, name), *about)]


@pytest.mark.parametrize(
    ("predicate", "people"),
    [
        (access.may_dispatch, "li zhou gu"),
        (access.may_assign, "li zhou"),
        (access.may_handle, "zhou"),
        (access.may_reply, "li zhou"),
        (access.may_see_identity, "li zhou"),
        (access.may_urge, "gu"),
        (access.is_tied, "aygul"),
    ],
)
def test_who_may_do_what_with_an_assigned_complaint(world, predicate, people):
    row = make_complaints.assigned(world)
    assert yes(world, predicate, row) == people.split()


def test_is_tied_by_a_declared_interest_too(world):
    row = make_complaints.assigned(world)
    Interest.objects.create(
        user=world.zhou, organization=world.school, kind="other", since=make.LONG_AGO
    )
    for predicate in (access.may_handle, access.may_see_identity, access.may_dispatch):
        assert not predicate(world.zhou, row)
    assert access.is_tied(world.zhou, row)


def test_who_takes_down_and_who_answers(world):
    inquiry = make_complaints.asked(world)
    assert yes(world, access.may_take_down) == ["li", "zhou", "gu", "far_reviewer", "tian", "tao"]
    assert yes(world, access.may_answer, inquiry) == ["aygul"]
    assert yes(world, access.may_keep_channel, world.bureau) == ["li", "zhou"]


def test_set_channel_is_a_bureaus_own_business(world):
    hours = "10:00–14:00"
    row = channels.set_channel(world.bureau, by=world.li, phone=" 0994-1 ", hours=hours)

    assert (row.complaint_phone, row.complaint_hours) == ("0994-1", hours)
    assert (
        audit.sentence(audit.own_history(row).last()) == f"李文涛 更新了投诉渠道：0994-1，{hours}"
    )
    with refused("phone_missing"):
        channels.set_channel(world.bureau, by=world.li, phone=" ", hours="")
    with pytest.raises(NotAllowed):
        channels.set_channel(world.bureau, by=world.far_reviewer, phone="1", hours="")


# What was found true has to be put right

SAID = {"law": "第二十三条", "severity": "ordinary", "kind": "conduct"}


def test_what_is_upheld_becomes_a_finding_that_leads_to_the_inquiry(world):
    row = make_complaints.replied(world)
    made = findings.make(row, by=world.zhou, text="收费没有公示。", **SAID)

    assert (made.organization, made.authority) == (world.school, world.bureau)
    assert list(findings.made_of(row.inquiries.all())) == [made]
    assert made.source_label == row.inquiries.get().number
    assert row.number not in made.source_label + made.source_path
    assert audit.own_history(row).last().verb == "complaint.finding_made"


def test_make_refuses_to_name_the_complainant(world):
    row = make_complaints.replied(world)
    with refused("names_complainant"):
        findings.make(row, by=world.zhou, text=f"{make_complaints.NAME}被多收费。", **SAID)
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("build", "who"),
    [
        (make_complaints.accepted, "zhou"),
        (lambda world: make_complaints.replied(world, "not_upheld"), "zhou"),
        (make_complaints.replied, "gu"),
        (make_complaints.replied, "far_reviewer"),
        (make_complaints.replied, "aygul"),
    ],
)
def test_nobody_makes_a_finding_of_what_is_not_upheld_or_not_theirs(world, build, who):
    row = build(world)
    with pytest.raises(NotAllowed):
        findings.make(row, by=getattr(world, who), text="x", **SAID)
    assert Complaint.objects.count() == 1
