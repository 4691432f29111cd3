"""Results are published; who is late hears of it, and so does the region."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.inspections.events import InspectionEvent
from zhupei.inspections.models import UNPUBLISHED, Draw, DrawState, Inspection, InspectionState
from zhupei.inspections.workflow import DRAW, INSPECTION
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders, regulators
from zhupei.people.models import User

AT_ONCE = 500  # reminders of one run


@transaction.atomic
def publish(inspection: Inspection, *, by: User, note: str = "") -> Inspection:
    """Show the result to everybody; the institution is told. The last one ends the draw.

    Raises NotAllowed or Refused "wrong_state".

    Source: Measures, art. 14 (一公开); project register of facts, section 9.1 (20 working days).
    """
    rows = Inspection.objects.select_for_update(of=("self",))
    row = rows.select_related("draw__authority", "organization").get(pk=inspection.pk)
    INSPECTION.check(row, "publish", by=by)
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    row = INSPECTION.move(row, "publish", by=by, note=note, within=row.draw)
    registrars = holders(Role.REGISTRAR, Organization.objects.filter(pk=row.organization_id))
    title = _("双随机抽查结果已公示：%(object)s") % {"object": row.name}
    messages.tell(registrars, title, url=row.get_absolute_url())
    _finish(row.draw)
    return row


@transaction.atomic
def publish_signed(draw: Draw, *, by: User) -> int:
    """Publish every result all inspectors have signed; returns how many."""
    signed = draw.inspections.filter(state=InspectionState.SIGNED)
    rows = list(signed.select_related("draw__authority", "organization").order_by("place"))
    for row in rows:
        publish(row, by=by)
    return len(rows)


@transaction.atomic
def remind() -> int:
    """Once for each inspection past its time: its inspectors, the authority, the region."""
    now = timezone.now()
    late = Inspection.objects.overdue(now).filter(late_told_at__isnull=True)
    rows = list(late.select_related("draw__authority").order_by("pk")[:AT_ONCE])
    for row in rows:
        going = row.assignments.filter(out_at__isnull=True).select_related("inspector__user")
        authority = Organization.objects.filter(pk=row.draw.authority_id)
        officers = holders(Role.REVIEWER, authority) | holders(Role.REGULATOR, authority)
        told = {*(one.inspector.user for one in going), *officers.distinct(), *regulators()}
        title = _("双随机抽查超过时限：%(object)s") % {"object": row.name}
        url = reverse("inspections:inspection", args=[row.pk])
        messages.tell(sorted(told, key=lambda user: user.pk), title, body=row.draw.title, url=url)
        row.late_told_at = now
        row.save(update_fields=["late_told_at"])
        audit.record(InspectionEvent.LATE, row, by=None, within=row.draw)
    return len(rows)


def _finish(draw: Draw) -> None:
    row = Draw.objects.select_for_update().get(pk=draw.pk)
    unfinished = row.inspections.filter(state__in=UNPUBLISHED)
    if row.state == DrawState.DRAWN and not unfinished.exists():
        DRAW.move(row, "finish", by=None)
