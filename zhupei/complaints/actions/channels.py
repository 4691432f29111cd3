"""Where a bureau is reached: its own officers say so, and every page of the place prints it."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints.access import may_keep_channel
from zhupei.complaints.events import ChannelEvent
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def set_channel(organization: Organization, *, by: User, phone: str, hours: str) -> Organization:
    """Say by which phone and at which hours complaints are taken.

    Raises NotAllowed; Refused "phone_missing".

    Source: Measures, art. 24 (bureaus publish how to complain).
    """
    if not may_keep_channel(by, organization):
        raise NotAllowed("not_allowed", _("投诉渠道由本单位的审核员维护。"))
    if not phone.strip():
        raise Refused("phone_missing", gettext_lazy("请写投诉电话，办法要求公布。"), field="phone")
    row = Organization.objects.select_for_update().get(pk=organization.pk)
    row.complaint_phone, row.complaint_hours = phone.strip(), hours.strip()
    row.save(update_fields=["complaint_phone", "complaint_hours"])
    audit.record(
        ChannelEvent.CHANGED, row, by=by, phone=row.complaint_phone, hours=row.complaint_hours
    )
    return row
