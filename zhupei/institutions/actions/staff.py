"""Who runs an institution: a head and its managers, each with the paper that proves it.

Source: notice, part 1, section 1 (a head with a senior title, managers for each category).
"""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Post, StaffMember
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def appoint(
    organization: Organization, *, by: User, proof: File[bytes] | None = None, **said: Any
) -> StaffMember:
    """Enter a head or a manager.

    Raises NotAllowed; Refused "head_in_office" (one at a time), "in_the_future", "managing_since"
    or what a file is refused for.
    """
    organization = shared.keeper(organization, by)
    _check(organization, said)
    stored = shared.paper(proof, by=by, field="proof")
    member = StaffMember.objects.create(organization=organization, proof=stored, **said)
    facts: dict[str, Any] = {**_named(member), "day": dated(member.since)}
    audit.record(InstitutionEvent.STAFF_APPOINTED, organization, by=by, **facts)
    return member


@transaction.atomic
def change(
    member: StaffMember, *, by: User, proof: File[bytes] | None = None, **said: Any
) -> StaffMember:
    """Say something else of somebody in office. Raises as ``appoint``, and "has_left"."""
    row = _in_office(member, by)
    _check(row.organization, said, than=row)
    stored = shared.paper(proof, by=by, field="proof")
    if stored:
        said["proof"] = stored
    changes = shared.change(row, said)
    verb = InstitutionEvent.STAFF_CHANGED
    shared.record_changes(verb, row.organization, changes, by=by, **_named(row))
    return row


@transaction.atomic
def leave(member: StaffMember, *, by: User, on: date) -> StaffMember:
    """Somebody's last day in office. Raises NotAllowed; Refused "has_left", "leaves_before"."""
    row = _in_office(member, by)
    if on < row.since:
        raise Refused(
            "leaves_before",
            _("%(name)s在 %(day)s 才任职，不会在那之前离任。"),
            field="on",
            name=row.name,
            day=dated(row.since),
        )
    row.until = on
    row.save(update_fields=["until"])
    facts: dict[str, Any] = {**_named(row), "day": dated(on)}
    audit.record(InstitutionEvent.STAFF_LEFT, row.organization, by=by, **facts)
    return row


def _named(member: StaffMember) -> dict[str, Any]:
    return {"post": member.get_post_display(), "name": member.name}


def _in_office(member: StaffMember, by: User) -> StaffMember:
    row = shared.held(member, by)
    if row.until:
        raise Refused(
            "has_left",
            _("%(name)s已于 %(day)s 离任，记录不再修改。"),
            name=row.name,
            day=dated(row.until),
        )
    return row


def _check(
    organization: Organization, said: dict[str, Any], *, than: StaffMember | None = None
) -> None:
    shared.not_in_the_future(said["since"], "since")
    shared.not_in_the_future(said.get("managing_since"), "managing_since")
    others = organization.staff.filter(post=Post.HEAD, until__isnull=True)
    head = shared.others(others, than).first()
    if said["post"] == Post.HEAD and head:
        raise Refused(
            "head_in_office",
            _("%(name)s是在任的负责人。请先登记离任日期。"),
            field="post",
            name=head.name,
        )
