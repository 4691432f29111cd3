"""Looking at who complained, and at what they handed in: every look is an event."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints.access import may_reply, may_see_identity
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import Attachment, Complainant, Complaint
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.people.models import User


class Identity(NamedTuple):
    """Who complained."""

    name: str
    phone: str


@transaction.atomic
def look(complaint: Complaint, *, by: User, reason: str) -> Identity:
    """Who complained, for a reason that is written down.

    Raises NotAllowed; Refused "reason_missing".

    Source: PIPL, art. 6 and 51.
    """
    if not may_see_identity(by, complaint):
        raise NotAllowed("not_allowed", _("只有办理单位的经办人能看投诉人身份。"))
    if not reason.strip():
        raise Refused(
            "reason_missing", gettext_lazy("请写明为什么要看，会记下来。"), field="reason"
        )
    who = Complainant.objects.get(complaint=complaint)
    audit.record(ComplaintEvent.IDENTITY_SEEN, complaint, by=by, note=reason.strip())
    return Identity(who.name, who.phone)


@transaction.atomic
def look_at_paper(attachment: Attachment, *, by: User) -> StoredFile:
    """Open what the complainant handed in. Raises NotAllowed.

    The region sees the course of a complaint, not its papers: they may show who complained.
    """
    complaint = attachment.complaint
    if not may_reply(by, complaint):
        raise NotAllowed("not_allowed", _("只有办理单位的经办人能看投诉材料。"))
    audit.record(ComplaintEvent.PAPER_SEEN, complaint, by=by)
    return attachment.file
