"""The questions every other app's access.py is built from.

Both look only at the membership worn now: who is registrar here and reviewer there is, at any
moment, one of the two.
"""

from typing import Any

from django.utils import timezone

from zhupei.organizations.models import (
    AUTHORITIES,
    OFFICERS,
    Interest,
    Kind,
    Membership,
    Organization,
    Role,
)


def holds(user: Any, role: Role, organization: Organization) -> bool:
    """Is ``user`` acting in ``role`` for this very organization?"""
    acting = getattr(user, "acting", None)
    return bool(acting and acting.role == role and acting.organization_id == organization.pk)


def oversees(user: Any, role: Role, organization: Organization) -> bool:
    """Is ``user`` acting in ``role`` for an authority whose area contains ``organization``?"""
    return oversees_prefecture(user, role, organization.prefecture_id)


def oversees_prefecture(user: Any, role: Role, prefecture: str | None) -> bool:
    """Is ``user`` acting in ``role`` for an authority over this prefecture (division code)?"""
    acting = getattr(user, "acting", None)
    if not acting or acting.role != role or acting.organization.kind not in AUTHORITIES:
        return False
    if acting.organization.kind == Kind.REGION_AUTHORITY:
        return True
    return (
        acting.organization.kind == Kind.PREFECTURE_AUTHORITY
        and prefecture is not None
        and acting.organization.prefecture_id == prefecture
    )


def regulates(user: Any) -> bool:
    """Is ``user`` acting for the region regulator?"""
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role == Role.REGULATOR
        and acting.organization.kind == Kind.REGION_AUTHORITY
    )


def works_for(user: Any, organization: Organization) -> bool:
    """Does the person hold any membership in ``organization``, whichever one they wear now?

    Nobody decides on what a body they work for has handed in.
    """
    worn = getattr(user, "worn", None)
    if worn is not None:
        return any(membership.organization_id == organization.pk for membership in worn)
    return bool(user.memberships.filter(organization=organization).exists())


def tied(user: Any, organization: Organization) -> bool:
    """Must the person stay away from judging this body today: by what they declared, or by having
    worked for it? Asked when somebody decides, as it costs a question or three.
    """
    today = timezone.localdate()
    return bool(Interest.objects.between([user.pk], [organization.pk], today))


def may_register(user: Any) -> bool:
    """The region keeps the register of bodies; None is the set-up of a new system."""
    return user is None or regulates(user)


def may_appoint(user: Any, organization: Organization) -> bool:
    """The region; and the officers of a body for it."""
    acting = getattr(user, "acting", None)
    return may_register(user) or bool(
        acting and acting.organization_id == organization.pk and acting.role in OFFICERS
    )


def may_declare(user: Any, membership: Membership) -> bool:
    """Who holds the membership; and who decides on the people of that body."""
    return membership.user_id == user.pk or may_appoint(user, membership.organization)


def may_keep_identities(user: Any) -> bool:
    """The region decides which two records are one human, and by which phone a login is found.

    Source: Measures, art. 15 (real names; one person is one identity).
    """
    return regulates(user)


def may_keep_messages(user: Any) -> bool:
    """The region words what leaves the house, and looks after what could not be delivered."""
    return regulates(user)


def may_set_parameters(user: Any) -> bool:
    """The region sets the figures of the rules, also those of a prefecture.

    Source: Measures, art. 5 (the region establishes policies and rules).
    """
    return regulates(user)
