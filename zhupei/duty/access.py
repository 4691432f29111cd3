"""Who sees how the bureaus did: the region all of them, a bureau itself."""

from typing import Any

from zhupei.organizations.models import Kind, Role


def may_see(user: Any) -> bool:
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and acting.role in {Role.REGULATOR, Role.REVIEWER}
        and acting.organization.kind in {Kind.REGION_AUTHORITY, Kind.PREFECTURE_AUTHORITY}
    )
