"""Who writes bulletins: the authority whose they are."""

from typing import Any

from zhupei.bulletins.models import Bulletin
from zhupei.organizations.models import Kind, Organization, Role

WRITERS = (Role.REGULATOR, Role.REVIEWER)
AUTHORS = (Kind.REGION_AUTHORITY, Kind.PREFECTURE_AUTHORITY)


def may_write_for(user: Any, authority: Organization) -> bool:
    """Its regulators and reviewers.

    Source: notice, part 3, section 1 (各地州市开展月小结、季通报).
    """
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role in WRITERS
        and acting.organization_id == authority.pk
        and authority.kind in AUTHORS
    )


def may_write(user: Any, bulletin: Bulletin) -> bool:
    return may_write_for(user, bulletin.authority)
