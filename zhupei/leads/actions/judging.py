"""Looking at a lead, judging it, handing it on; and forgetting the people of those dismissed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.corrections.actions import findings
from zhupei.corrections.models import Finding
from zhupei.leads.access import may_hand_on, may_judge
from zhupei.leads.events import LeadEvent
from zhupei.leads.models import Lead
from zhupei.leads.parameters import KEEP_DAYS
from zhupei.leads.workflow import LEAD
from zhupei.organizations.models import Interest, Organization
from zhupei.people.models import User


@transaction.atomic
def look(lead: Lead, *, by: User) -> None:
    """Somebody is about to read who it is about: that is an event. Raises NotAllowed."""
    if not may_judge(by, lead):
        raise NotAllowed("not_allowed", _("线索由有关的住建部门判断。"))
    audit.record(LeadEvent.VIEWED, lead, by=by)


@transaction.atomic
def confirm(lead: Lead, *, by: User, note: str) -> Lead:
    """What the record says is so: somebody stood in for somebody. Nothing follows by itself.

    Raises NotAllowed; Refused "wrong_state", "note_required", "must_stay_away", "forgotten".

    Source: notice, part 2, section 2 (4).
    """
    return _judged(lead, "confirm", by, note)


@transaction.atomic
def dismiss(lead: Lead, *, by: User, note: str) -> Lead:
    """There is another explanation. Raises as ``confirm``."""
    return _judged(lead, "dismiss", by, note)


@transaction.atomic
def reopen(lead: Lead, *, by: User, note: str) -> Lead:
    """Something new is known. Raises as ``confirm``; what was forgotten stays as it is."""
    return _judged(lead, "reopen", by, note)


def _judged(lead: Lead, move: str, by: User, note: str) -> Lead:
    bodies = list(lead.places.values_list("organization", flat=True))
    if Interest.objects.between([by.pk], bodies, timezone.localdate()):
        raise Refused(
            "must_stay_away", _("您与有关单位有利害关系或曾在那里任职，应当回避，请交给同事判断。")
        )
    if lead.forgotten_at is not None:
        raise Refused("forgotten", _("这条线索的记录已到期清除，不能再判断。"))
    row = LEAD.move(lead, move, by=by, note=note)
    row.note = note.strip()
    row.judged_at, row.judged_by = timezone.now(), by
    row.save(update_fields=["note", "judged_at", "judged_by"])
    return row


@transaction.atomic
def hand_on(
    lead: Lead, organization: Organization, *, by: User, text: str, law: str, severity: str
) -> Finding:
    """Make a confirmed lead a finding of corrections, in words that somebody wrote.

    Raises NotAllowed; Refused "not_confirmed", "other_body", and what ``findings.find`` raises.

    Source: Measures, art. 23 (what institutions do wrong is put right).
    """
    rows = Lead.objects.select_for_update(of=("self",)).select_related("organization")
    row = rows.get(pk=lead.pk)
    if not may_judge(by, row):
        raise NotAllowed("not_allowed", _("线索由有关的住建部门办理。"))
    if not may_hand_on(by, row):
        raise Refused("not_confirmed", _("只有人判断成立的线索才能转为问题。"))
    if not row.places.filter(organization=organization).exists():
        raise Refused("other_body", _("请选择线索涉及的单位。"), field="organization")
    authority = by.acting.organization
    found = findings.find(
        organization, authority, text=text, law=law, severity=severity, source=row, by=by
    )
    audit.record(
        LeadEvent.HANDED_ON, row, by=by, organization=str(organization), text=text, finding=found.pk
    )
    return found


def forget() -> int:
    """By the clock: of leads dismissed long ago only their number, rule and judgement stay."""
    stale = list(Lead.objects.stale(value(KEEP_DAYS)))
    for lead in stale:
        _forget(lead)
    return len(stale)


@transaction.atomic
def _forget(lead: Lead) -> None:
    row = Lead.objects.select_for_update().get(pk=lead.pk)
    if row.state != "dismissed" or row.forgotten_at is not None:
        return
    row.evidence, row.title = [], str(_("已到期清除"))
    row.forgotten_at = timezone.now()
    row.save(update_fields=["evidence", "title", "forgotten_at"])
    audit.record(LeadEvent.FORGOTTEN, row, by=None)
