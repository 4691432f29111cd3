"""Who assigns counties, who records help, who confirms it."""

from typing import Any

from django.utils import timezone

from zhupei.assistance.models import OPEN_TO_CHANGE, Assistance, Pairing
from zhupei.organizations.access import holds, works_for
from zhupei.organizations.models import Division, Interest, Kind, Organization, Role

DECIDING = frozenset({Role.REGULATOR, Role.REVIEWER})


def covers(authority: Organization, county: Division) -> bool:
    """Does the area of an authority contain a county?"""
    if authority.kind == Kind.REGION_AUTHORITY:
        return True
    if authority.kind == Kind.PREFECTURE_AUTHORITY:
        return county.parent_id == authority.prefecture_id
    return authority.kind == Kind.COUNTY_AUTHORITY and county.pk == authority.division_id


def may_assign_any(user: Any) -> bool:
    """Does this person assign counties at all: officers of the region and of prefectures?"""
    acting = getattr(user, "acting", None)
    authorities = {Kind.REGION_AUTHORITY, Kind.PREFECTURE_AUTHORITY}
    return bool(acting and acting.role in DECIDING and acting.organization.kind in authorities)


def may_assign(user: Any, organization: Organization, county: Division) -> bool:
    """The region pairs anybody with any county; a prefecture's bureau its own institutions with
    its own counties.

    Source: notice, part 1, section 3.
    """
    if not may_assign_any(user):
        return False
    here = user.acting.organization
    if here.kind == Kind.REGION_AUTHORITY:
        return True
    return here.prefecture_id == organization.prefecture_id and covers(here, county)


def may_end(user: Any, pairing: Pairing) -> bool:
    """Whoever may assign it."""
    return may_assign(user, pairing.organization, pairing.county)


def may_record(user: Any, organization: Organization) -> bool:
    """The registrar of a training institution records its help."""
    return organization.kind == Kind.INSTITUTION and holds(user, Role.REGISTRAR, organization)


def may_file(user: Any, assistance: Assistance) -> bool:
    return may_record(user, assistance.organization)


def may_change(user: Any, assistance: Assistance) -> bool:
    """It is changed while nobody is reading it."""
    return assistance.state in OPEN_TO_CHANGE and may_file(user, assistance)


def may_confirm(user: Any, assistance: Assistance) -> bool:
    """An officer of the authority over the county that was helped; never of the institution.

    Source: notice, part 1, section 3 (the county that was helped knows).
    """
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role in DECIDING
        and covers(acting.organization, assistance.county)
        and not works_for(user, assistance.organization)
    )


def stays_away(user: Any, organization: Organization) -> bool:
    """Has this person a tie with the institution, today or lately?"""
    pair = (user.pk, organization.pk)
    return pair in Interest.objects.between([pair[0]], [pair[1]], timezone.localdate())
