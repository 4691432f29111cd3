"""Which institution helps which county: who says so."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import make_assistance
from tests.refusals import refused
from zhupei.assistance.access import may_assign, may_confirm, may_end
from zhupei.assistance.actions import pairings
from zhupei.assistance.models import Pairing
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message


def test_the_region_pairs_anybody_with_any_county(world):
    row = make_assistance.pairing(world)
    assert (row.organization, row.county_id) == (world.school, "653101")
    assert "喀什市" in Message.objects.get(recipient=world.aygul).title


def test_a_bureau_pairs_its_own_institutions_with_its_own_counties(world):
    home = make_assistance.county("652301")
    assert make_assistance.pairing(world, by=world.li, county=home).authority == world.bureau
    for person, county in ((world.li, None), (world.far_reviewer, home), (world.aygul, home)):
        with pytest.raises(NotAllowed):
            make_assistance.pairing(world, by=person, county=county or make_assistance.county())


def test_what_cannot_be_paired(world):
    with refused("not_an_institution"):
        make_assistance.pairing(world, organization=world.body)
    with refused("not_a_county"):
        make_assistance.pairing(world, county=make_assistance.county("653100"))
    with refused("ground_required"):
        make_assistance.pairing(world, ground=" ")
    make_assistance.pairing(world)
    with refused("paired_already"):
        make_assistance.pairing(world, since=timezone.localdate())


def test_a_pairing_ends_with_a_day_and_may_begin_again(world):
    row = make_assistance.pairing(world)
    today = timezone.localdate()
    with refused("note_required"):
        pairings.end(row, by=world.gu, until=today, note="")
    with refused("ends_before_it_begins"):
        pairings.end(row, by=world.gu, until=date(2020, 1, 1), note="调整")
    with pytest.raises(NotAllowed):
        pairings.end(row, by=world.li, until=today, note="调整")

    row = pairings.end(row, by=world.gu, until=today, note="调整")

    assert row.until == today
    with refused("ended_already"):
        pairings.end(row, by=world.gu, until=today, note="再一次")
    again = make_assistance.pairing(world, since=today + timedelta(days=1))
    assert Pairing.objects.in_force(today).get() == row
    assert Pairing.objects.in_force(today + timedelta(days=1)).get() == again


def test_who_may_do_what(world):
    row = make_assistance.submitted(world)
    held = make_assistance.pairing(world)
    people = ["li", "gu", "aygul", "far_reviewer", "wang", "tian", "adil"]

    def those(ask):
        return [name for name in people if ask(getattr(world, name))]

    home = make_assistance.county("652301")
    assert those(lambda user: may_assign(user, world.school, home)) == ["li", "gu"]
    assert those(lambda user: may_end(user, held)) == ["gu"]
    assert those(lambda user: may_confirm(user, row)) == ["gu", "far_reviewer"]
    assert [
        name for name in people if Pairing.objects.visible_to(getattr(world, name)).exists()
    ] == ["li", "gu", "aygul", "far_reviewer"]
