"""The online platforms an institution teaches with.

Source: Measures, art. 15; notice, part 1, section 2.
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
from zhupei.institutions.models import Platform
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def add(
    organization: Organization, *, by: User, paper: File[bytes] | None = None, **said: Any
) -> Platform:
    """Enter a platform and the assessment it passed.

    Raises NotAllowed; Refused "platform_known", "in_the_future", "assessment_order" or what a
    file is refused for.
    """
    shared.keeper(organization, by)
    _check(organization, said)
    stored = shared.paper(paper, by=by, field="paper")
    platform = Platform.objects.create(organization=organization, paper=stored, **said)
    audit.record(InstitutionEvent.PLATFORM_ADDED, organization, by=by, name=platform.name)
    return platform


@transaction.atomic
def change(
    platform: Platform, *, by: User, paper: File[bytes] | None = None, **said: Any
) -> Platform:
    """Say something else of a platform in use. Raises as ``add``, and "platform_ended"."""
    row = _in_use(platform, by)
    _check(row.organization, said, than=row)
    stored = shared.paper(paper, by=by, field="paper")
    if stored:
        said["paper"] = stored
    changes = shared.change(row, said)
    verb = InstitutionEvent.PLATFORM_CHANGED
    shared.record_changes(verb, row.organization, changes, by=by, name=row.name)
    return row


@transaction.atomic
def end(platform: Platform, *, by: User, on: date) -> Platform:
    """The platform is not used any more from a day on. Raises NotAllowed; "platform_ended"."""
    row = _in_use(platform, by)
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    facts: dict[str, Any] = {"name": row.name, "day": dated(on)}
    audit.record(InstitutionEvent.PLATFORM_ENDED, row.organization, by=by, **facts)
    return row


def _in_use(platform: Platform, by: User) -> Platform:
    row = shared.held(platform, by)
    if row.ended_on:
        raise Refused(
            "platform_ended",
            _("“%(name)s”已于 %(day)s 停用。要再用，请重新登记。"),
            name=row.name,
            day=dated(row.ended_on),
        )
    return row


def _check(
    organization: Organization, said: dict[str, Any], *, than: Platform | None = None
) -> None:
    others = organization.platforms.filter(name=said["name"], ended_on__isnull=True)
    if shared.others(others, than).exists():
        raise Refused("platform_known", _("这个平台已经登记过。"), field="name")
    assessed, until = said.get("assessed_on"), said.get("valid_until")
    shared.not_in_the_future(assessed, "assessed_on")
    if assessed and until and until < assessed:
        raise Refused("assessment_order", _("结束早于开始，请检查两个日期。"), field="valid_until")
