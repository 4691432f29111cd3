"""What the QR code of an admission slip carries, and who it stands for.

The code is read at the door, where the network may be slow: a ticket of ``core.tickets``, good
until the day after the sitting, with two letters before it so that other codes are told apart.
"""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from zhupei.core import tickets
from zhupei.core.errors import Refused
from zhupei.exams.models import Candidate

PURPOSE: Final = "exams.slip"
MARK: Final = "ZK"
LASTS: Final = timedelta(days=1)  # after the end


def token(candidate: Candidate) -> str:
    """What the code of this candidate's slip says."""
    until = candidate.sitting.ends_at + LASTS
    return MARK + tickets.issue(PURPOSE, candidate.pk, until)


def read(text: str) -> Candidate:
    """Whose slip it is, with person, sitting and place. The seat may have changed since it was
    printed: the slip names the person, not the seat.

    Raises Refused "slip_unknown", "slip_expired" or "slip_void" (the seat was taken back).
    """
    said = text.strip()
    if not said.startswith(MARK):
        raise Refused("slip_unknown", _("这不是准考证上的二维码。请扫准考证左下角的码。"))
    try:
        key = tickets.read(PURPOSE, said.removeprefix(MARK))
    except tickets.BadTicket as bad:
        if bad.code == "expired_ticket":
            raise Refused("slip_expired", _("这张准考证的场次已经结束。")) from bad
        raise Refused("slip_unknown", _("这张准考证的二维码不是本系统签发的。")) from bad
    related = Candidate.objects.select_related("person", "sitting", "place__room")
    found = related.filter(pk=key).first()
    if found is None:
        raise Refused("slip_void", _("这张准考证的座位已经取消。请到考务处查询。"))
    return found
