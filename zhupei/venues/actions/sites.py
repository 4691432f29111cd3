"""Sites 考点 and the rooms that belong to them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Level, Organization
from zhupei.people.models import User
from zhupei.venues import words
from zhupei.venues.access import may_add_site, may_keep_site
from zhupei.venues.events import SiteEvent
from zhupei.venues.models import ExamRoom, Site


@transaction.atomic
def add(organization: Organization, *, by: User, **fields: Any) -> Site:
    """Enter a site. ``fields`` are those of words.SITE.

    Raises NotAllowed; Refused "site_name_taken"; ValidationError where a constraint says no.
    """
    if not may_add_site(by, organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能登记考点。"))
    site = Site(organization=organization, **fields)
    _check(site)
    site.save()
    audit.record(SiteEvent.ADDED, site, by=by)
    return site


@transaction.atomic
def change(site: Site, *, by: User, **fields: Any) -> Site:
    """Say something else of a site. Raises as ``add``, and Refused "site_closed"."""
    row = locked(site, by)
    before = {name: str(getattr(row, name)) for name in words.SITE}
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    changed = [name for name in words.SITE if before[name] != str(getattr(row, name))]
    if changed:
        said = "、".join(str(words.SITE[name]) for name in changed)
        audit.record(SiteEvent.CHANGED, row, by=by, fields=said)
    return row


@transaction.atomic
def close(site: Site, *, by: User, on: date, note: str) -> Site:
    """The site is not used from a day on. Raises NotAllowed; Refused "site_closed",
    "note_required".
    """
    row = locked(site, by)
    if not note.strip():
        raise Refused("note_required", _("请写明停用的原因。"), field="note")
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    facts: dict[str, Any] = {"note": note.strip(), "on": on.isoformat()}
    audit.record(SiteEvent.CLOSED, row, by=by, **facts)
    return row


@transaction.atomic
def place_room(site: Site, room: Room, *, by: User, front: str = "", spacing: str = "") -> ExamRoom:
    """A room of the body becomes an examination room of this site, or says something else.

    Raises NotAllowed; Refused "room_not_yours", "room_closed", "site_closed".
    """
    row = locked(site, by)
    if room.organization_id != row.organization_id:
        raise Refused("room_not_yours", _("“%(room)s”不是本机构的场地。"), field="room", room=room)
    if room.closed_on and room.closed_on <= timezone.localdate():
        raise Refused("room_closed", _("“%(room)s”已停用，不能作考场。"), field="room", room=room)
    placed, _made = ExamRoom.objects.update_or_create(
        room=room, defaults={"site": row, "front": front, "spacing": spacing}
    )
    audit.record(SiteEvent.ROOM_PLACED, row, by=by, room=room.name)
    return placed


def locked(site: Site, by: User) -> Site:
    """The locked row of an open site ``by`` keeps. Raises NotAllowed; Refused "site_closed"."""
    row = Site._base_manager.select_for_update(of=("self",)).get(pk=site.pk)
    if not may_keep_site(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改考点。"))
    if row.closed_on:
        raise Refused("site_closed", _("“%(site)s”已停用，不能再改。"), site=row)
    return row


def _check(site: Site) -> None:
    division = site.division
    county = division.level == Level.COUNTY and division.parent
    site.prefecture = county if isinstance(county, Division) else division
    same = Site.objects.filter(organization=site.organization_id, name=site.name)
    if same.exclude(pk=site.pk).exists():
        raise Refused(
            "site_name_taken",
            _("已有一个考点叫“%(name)s”。请换一个名称。"),
            field="name",
            name=site.name,
        )
    site.full_clean()
