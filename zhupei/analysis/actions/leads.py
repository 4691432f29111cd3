"""Judging a lead: people do, with a reason; nothing follows by itself. The body is told of one that
is confirmed, and may open a case from it.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.analysis.access import may_accuse
from zhupei.analysis.models import Lead
from zhupei.analysis.printing import NAME, comparison
from zhupei.analysis.workflow import LEAD
from zhupei.appeals.actions import cases
from zhupei.appeals.models import Misconduct
from zhupei.appeals.rules import Breach
from zhupei.core import files, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.models import Candidate
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


@transaction.atomic
def confirm(lead: Lead, *, by: User, note: str) -> Lead:
    """The two answer sheets are too alike; what follows is another procedure, and the body's to
    begin: its examiners are told.

    Raises NotAllowed; Refused "wrong_state", "note_required".

    Source: Measures, art. 20.
    """
    row = _judged(lead, "confirm", by, note)
    sitting = row.study.sitting
    body = Organization.objects.filter(pk=sitting.organization_id)
    messages.tell(
        holders(Role.EXAMINER, body),
        _("雷同线索成立，请研究是否立案：%(sitting)s") % {"sitting": sitting},
        body=row.note,
        url=reverse("analysis:lead", args=[row.pk]),
    )
    return row


@transaction.atomic
def open_case(lead: Lead, candidate: Candidate, *, by: User, facts: str) -> Misconduct:
    """Begin a case against one of the two, with the comparison beside it.

    Raises NotAllowed; Refused "other_lead", and what ``cases.open_case`` refuses.

    Source: Measures, art. 20; project register of facts, §5 (the person is heard before anything
    is decided).
    """
    row = Lead.objects.select_for_update(of=("self",)).get(pk=lead.pk)
    if not may_accuse(by, row):
        raise NotAllowed(
            "not_allowed", _("线索成立以后，只有举办这场考核的考核机构的考务员能立案。")
        )
    if candidate.pk not in {row.first_id, row.second_id}:
        raise Refused("other_lead", _("这名考生不在这条线索里。"))
    paper = files.keep(comparison(row), name=NAME, media_type="application/pdf", by=by)
    return cases.open_case(candidate, by=by, breach=Breach.ALIKE.value, facts=facts, photos=[paper])


@transaction.atomic
def dismiss(lead: Lead, *, by: User, note: str) -> Lead:
    """There is another explanation. Raises as ``confirm``."""
    return _judged(lead, "dismiss", by, note)


@transaction.atomic
def reopen(lead: Lead, *, by: User, note: str) -> Lead:
    """Something new is known. Raises as ``confirm``."""
    return _judged(lead, "reopen", by, note)


def _judged(lead: Lead, move: str, by: User, note: str) -> Lead:
    row = LEAD.move(lead, move, by=by, note=note)
    row.note = note.strip()
    row.judged_at, row.judged_by_name = timezone.now(), str(by)
    row.save(update_fields=["note", "judged_at", "judged_by_name"])
    return row
