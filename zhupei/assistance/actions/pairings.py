"""Pairing an institution with a county, and ending that."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.assistance.access import may_assign, may_end
from zhupei.assistance.events import PairingEvent
from zhupei.assistance.models import Pairing
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import dated
from zhupei.organizations.models import Division, Kind, Level, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


@transaction.atomic
def assign(
    organization: Organization, county: Division, *, by: User, since: date, ground: str
) -> Pairing:
    """Pair an institution with a county from a day on.

    Raises NotAllowed; Refused "not_an_institution", "not_a_county", "ground_required",
    "paired_already".

    Source: notice, part 1, section 3.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    if not may_assign(by, organization, county):
        raise NotAllowed(
            "not_allowed", _("住建局只能指定本地机构帮扶本地县市；跨地州的由自治区住建厅指定。")
        )
    if organization.kind != Kind.INSTITUTION:
        raise Refused("not_an_institution", _("只有培训机构有对口县市。"), field="organization")
    if county.level != Level.COUNTY:
        raise Refused("not_a_county", _("请选择一个县（市、区）。"), field="county")
    if not ground.strip():
        raise Refused("ground_required", _("请写明依据的文件或会议。"), field="ground")
    if Pairing.objects.in_force(since).filter(organization=organization, county=county).exists():
        raise Refused("paired_already", _("这一天已经是对口关系，不用再指定。"), field="county")
    row = Pairing.objects.create(
        organization=organization,
        county=county,
        since=since,
        ground=ground.strip(),
        authority=by.acting.organization,
        assigned_by=by,
    )
    facts: dict[str, Any] = {"county": str(county), "since": dated(since), "ground": row.ground}
    audit.record(PairingEvent.ASSIGNED, row, by=by, organization=str(organization), **facts)
    registrars = holders(Role.REGISTRAR, Organization.objects.filter(pk=organization.pk))
    title = str(_("对口帮扶：%(county)s")) % {"county": county}
    messages.tell(registrars, title, body=row.ground, url=reverse("assistance:pairings"))
    return row


@transaction.atomic
def end(pairing: Pairing, *, by: User, until: date, note: str) -> Pairing:
    """End a pairing with a day. What was done until then stays what it was.

    Raises NotAllowed; Refused "ended_already", "note_required", "ends_before_it_begins".
    """
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("organization", "county")
    row: Pairing = rows.get(pk=pairing.pk)
    if not may_end(by, row):
        raise NotAllowed("not_allowed", _("只有能指定的部门能结束对口关系。"))
    if row.until is not None:
        raise Refused("ended_already", _("这个对口关系已经有结束日期。"), field="until")
    if not note.strip():
        raise Refused("note_required", _("请写明理由，对方会看到。"), field="note")
    if until < row.since:
        raise Refused("ends_before_it_begins", _("结束日期早于开始日期。"), field="until")
    row.until = until
    row.save(update_fields=["until"])
    audit.record(PairingEvent.ENDED, row, by=by, until=dated(until), note=note.strip())
    return row
