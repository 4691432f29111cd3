"""Findings: noted, seen by whom, repeated, settled on the spot, taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_corrections, make_officials, make_pictures
from tests.refusals import refused
from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed
from zhupei.corrections.actions import findings
from zhupei.corrections.events import FindingEvent, OrderEvent
from zhupei.corrections.models import Finding, FindingState, Order, OrderState
from zhupei.organizations.models import Interest, Membership, Role


def test_a_finding_keeps_what_it_came_of_and_what_shows_it(world):
    source = make_corrections.order(world)  # any row with an address
    photo = files.accept(make_corrections.photo(), by=world.li)

    row = make_corrections.finding(world, source=source, evidence=[photo], severity="serious")

    assert row.source == audit.subject_key(source)
    assert row.source_label == source.number
    assert row.source_path == source.get_absolute_url()
    assert list(Finding.objects.about(source)) == [row]
    assert row.files.get().file == photo
    event = audit.own_history(row).get()
    assert (event.verb, event.within) == (FindingEvent.FOUND, audit.subject_key(source))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": "  "}, "finding_empty"),
        ({"law": ""}, "law_required"),
        ({"severity": "bad"}, "severity_unknown"),
        ({"kind": "weather"}, "kind_unknown"),
    ],
)
def test_a_finding_says_what_is_wrong_and_by_which_article(world, said, code):
    with refused(code) as refusal:
        make_corrections.finding(world, **said)
    assert refusal.value.field in said
    assert not Finding.objects.exists()


def test_officers_and_inspectors_of_the_place_find_and_nobody_else(world):
    make_officials.add(world)
    for person in (world.li, world.yang, world.mo):
        make_corrections.finding(world, by=person)
    make_corrections.finding(world, authority=world.region, by=world.guan)
    for person in (world.aygul, world.far_reviewer, world.tao, world.adil, world.gu):
        with pytest.raises(NotAllowed):
            make_corrections.finding(world, by=person)
    with pytest.raises(NotAllowed):
        make_corrections.finding(world, organization=world.other_school)


def test_who_has_a_tie_with_the_institution_stays_away(world):
    Interest.objects.create(
        user=world.li, organization=world.school, kind="relative", since=make.LONG_AGO
    )
    with refused("stays_away"):
        make_corrections.finding(world)
    found = make_corrections.finding(world, by=world.zhou)
    with refused("stays_away"):
        findings.settle(found, by=world.li, note="已改")


def test_the_same_kind_within_a_year_is_a_repetition(world):
    first = make_corrections.finding(world)
    again = make_corrections.finding(world)
    other = make_corrections.finding(world, kind="teachers")
    vague = [make_corrections.finding(world, kind="other") for _ in range(2)]

    assert again.repeats == first
    assert again.is_repeated
    assert [other.repeats, vague[1].repeats] == [None, None]
    assert list(Finding.objects.repeated()) == [again]
    with time_machine.travel(timezone.now() + timedelta(days=370)):
        assert make_corrections.finding(world).repeats is None


def test_after_what_was_no_fault_nothing_is_a_repetition(world):
    first = make_corrections.finding(world)
    again = make_corrections.finding(world)

    findings.withdraw(first, by=world.li, note="看错了")

    again.refresh_from_db()
    assert not again.is_repeated
    assert not Finding.objects.repeated().exists()


def test_what_is_minor_can_be_settled_on_the_spot(world):
    row = make_corrections.finding(world, severity="minor")
    with refused("note_required"):
        findings.settle(row, by=world.li, note=" ")

    row = findings.settle(row, by=world.li, note="当场补贴标识")

    assert row.state == FindingState.CORRECTED
    assert row.resolved_at is not None
    with refused("not_minor"):
        findings.settle(make_corrections.finding(world), by=world.li, note="已改")
    with refused("wrong_state"):
        findings.settle(row, by=world.li, note="再一次")


def test_evidence_is_added_until_it_is_resolved(world):
    make_officials.add(world)
    row = make_corrections.finding(world, by=world.yang, severity="minor")
    for person in (world.yang, world.li):
        findings.add_evidence(row, by=person, upload=make_corrections.photo())
    with pytest.raises(NotAllowed):
        findings.add_evidence(row, by=world.kang, upload=make_corrections.photo())
    findings.settle(row, by=world.li, note="当场改正")
    with refused("finding_resolved"):
        findings.add_evidence(row, by=world.li, upload=make_corrections.photo())
    assert row.files.count() == 2


def test_the_institution_sees_a_finding_once_it_is_put_to_it(world):
    row = make_corrections.finding(world)
    assert not Finding.objects.visible_to(world.aygul).exists()
    assert Finding.objects.visible_to(world.gu).get() == row
    assert not Finding.objects.visible_to(world.far_reviewer).exists()

    make_corrections.order(world, row)

    assert Finding.objects.visible_to(world.aygul).get() == row
    assert not Finding.objects.visible_to(world.ma).exists()
    assert not Finding.objects.visible_to(world.wang).exists()


def test_an_inspector_sees_what_they_found(world):
    make_officials.add(world)
    row = make_corrections.finding(world, by=world.yang)
    assert Finding.objects.visible_to(world.yang).get() == row
    assert not Finding.objects.visible_to(world.kang).exists()


def test_a_finding_nobody_ordered_is_withdrawn_and_the_institution_never_hears(world):
    row = make_corrections.finding(world)

    row = findings.withdraw(row, by=world.li, note="记错机构")

    assert row.state == FindingState.WITHDRAWN
    assert not Finding.objects.visible_to(world.aygul).exists()
    assert not Finding.objects.standing().exists()
    with pytest.raises(NotAllowed):
        findings.withdraw(make_corrections.finding(world), by=world.gu, note="不是厅里的")


def test_a_photo_loses_where_it_was_taken_and_the_record_says_so(world):
    row = make_corrections.finding(world, uploads=[make_pictures.photo(place=True)])
    findings.add_evidence(row, by=world.li, upload=make_pictures.photo(place=True))
    for event in audit.own_history(row):
        assert "拍摄地点（GPS）" in event.facts["note"]
    for paper in row.files.all():
        assert b"GPS" not in files.read(paper.file)


def test_an_order_without_findings_goes_with_its_last_one(world):
    row = make_corrections.finding(world)
    order = make_corrections.order(world, row)

    findings.withdraw(row, by=world.li, note="复核后不成立")

    order.refresh_from_db()
    assert order.state == OrderState.WITHDRAWN
    assert audit.own_history(order).last().verb == OrderEvent.WITHDRAWN
    assert not Order.objects.standing().exists()


def test_an_order_closes_when_its_last_pending_finding_is_taken_back(world):
    good, doubtful = make_corrections.finding(world), make_corrections.finding(world)
    order = make_corrections.answered(world, make_corrections.order(world, good, doubtful))
    order = make_corrections.verified(world, order, back=[doubtful])
    assert order.state == OrderState.RETURNED

    findings.withdraw(doubtful, by=world.li, note="复核后不成立")

    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    assert order.closed_at is not None


def test_an_order_stays_while_another_finding_is_pending(world):
    one, other = make_corrections.finding(world), make_corrections.finding(world)
    order = make_corrections.order(world, one, other)

    findings.withdraw(one, by=world.zhou, note="重复登记")

    order.refresh_from_db()
    assert order.state == OrderState.ISSUED
    other.refresh_from_db()
    assert other.state == FindingState.ORDERED


def test_a_person_who_works_for_the_school_as_well_decides_nothing(world):
    Membership.objects.create(
        user=world.li, organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
    )
    with pytest.raises(NotAllowed):
        make_corrections.finding(world)
