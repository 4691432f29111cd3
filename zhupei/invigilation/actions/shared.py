"""What every verb of the room begins with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import NotAllowed
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.access import may_invigilate


def check_invigilator(user: Any, sitting: Sitting) -> None:
    """Raises NotAllowed for whoever does not invigilate this sitting."""
    if not may_invigilate(user, sitting):
        raise NotAllowed("not_allowed", _("只有本场的监考员和考核机构的考务员能这样做。"))


def locked(candidate: Candidate) -> Candidate:
    """The seat, held against a second invigilator until the end of the transaction."""
    rows = Candidate.objects.select_for_update(of=("self",))
    return rows.select_related("sitting", "person").get(pk=candidate.pk)


def named(candidate: Candidate) -> dict[str, Any]:
    """What an event says of the candidate."""
    return {"person": candidate.person.name, "seat": candidate.seat, "candidate": candidate.pk}
