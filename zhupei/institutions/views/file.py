"""概览: how whole a file is, what is missing, and what happened to it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhupei.core import audit, panels
from zhupei.institutions import completeness, licensing
from zhupei.institutions.events import InstitutionEvent as E
from zhupei.institutions.views.frame import EVERYBODY, frame, load
from zhupei.organizations.models import Kind, Organization
from zhupei.people.requests import SignedIn

DAILY = (E.EQUIPMENT_ADDED, E.USE_ENTERED, E.USE_STRUCK, E.CONSUMABLE_ADDED, E.CONSUMABLE_MOVED)
NEWEST, ALL = 12, 300  # events


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """Licence, completeness, and the timeline with every change, before and after."""
    organization = load(request, pk, kinds=EVERYBODY)
    found = completeness.of(organization)
    everything = request.GET.get("events") == "all"
    context = frame(request, organization, "detail") | {
        "completeness": found,
        "licence": licensing.seen(found.right),
        "trains": organization.kind == Kind.INSTITUTION,
        "panels": panels.of("institutions:detail", request.user, organization),
        "complain_about": f"institution={organization.pk}",
        "everything": everything,
        "timeline": timeline(organization, everything=everything),
    }
    return render(request, "institutions/detail.html", context)


def timeline(organization: Organization, *, everything: bool) -> list[audit.Line]:
    """What happened to a file, newest first; the daily lines of the ledgers would bury it."""
    events = audit.history(organization).order_by("-id")
    shown = events[:ALL] if everything else events.exclude(verb__in=DAILY)[:NEWEST]
    return [
        audit.Line(event, audit.sentence(event), str(event.facts.get("note", "")))
        for event in shown
    ]
