"""Answers too alike: the queue, one pair with its evidence, the judgement."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.analysis.access import may_accuse
from zhupei.analysis.actions import leads
from zhupei.analysis.forms import LeadFilters
from zhupei.analysis.models import Lead
from zhupei.analysis.printing import NAME, lines
from zhupei.analysis.workflow import LEAD
from zhupei.appeals.forms import FactsForm
from zhupei.appeals.models import Misconduct
from zhupei.appeals.rules import Breach
from zhupei.core import audit
from zhupei.core.errors import beside
from zhupei.people.requests import SignedIn

MOVES = {"confirm": leads.confirm, "dismiss": leads.dismiss, "reopen": leads.reopen}
PEOPLE = ("study__sitting__organization", "first__person", "second__person")


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The pairs somebody may judge, open ones and unlikely ones first."""
    filters = LeadFilters(request.GET)
    rows = Lead.objects.visible_to(request.user).select_related(*PEOPLE)
    if filters.is_valid() and filters.cleaned_data["state"]:
        rows = rows.filter(state=filters.cleaned_data["state"])
    page = Paginator(rows.open_first(), 25).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "filters_active": bool(request.GET.get("state"))}
    return render(request, "analysis/leads.html", context)


def _load(request: SignedIn, pk: int) -> Lead:
    visible = Lead.objects.visible_to(request.user)
    related = visible.select_related(*PEOPLE, "study__sitting__room", "first__place__room")
    return get_object_or_404(related.select_related("second__place__room", *PEOPLE), pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One pair: how alike, how unlikely, answer by answer, what people made of it."""
    lead = _load(request, pk)
    context = {
        "lead": lead,
        "moves": LEAD.available(lead, request.user),
        "base_url": reverse("analysis:lead", args=[pk]),
        "rows": [_row(n, row) for n, row in enumerate(lead.evidence, 1)],
        "different": lead.both - lead.same,
        "times": f"{1 / lead.chance:,.0f}" if lead.chance else "",
        "timeline": audit.timeline(lead),
        "may_accuse": may_accuse(request.user, lead),
        "accused": [lead.first, lead.second],
        "cases": _cases(request, lead),
    }
    return render(request, "analysis/lead.html", context)


def _cases(request: SignedIn, lead: Lead) -> list[Misconduct]:
    """What was opened against the two because of it."""
    both = [lead.first_id, lead.second_id]
    rows = Misconduct.objects.visible_to(request.user).standing()
    rows = rows.filter(candidate__in=both, breach=Breach.ALIKE.value)
    return list(rows.select_related("candidate__person").order_by("pk"))


@login_required
@require_http_methods(["GET", "POST"])
def open_case(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """A case against one of the two, the facts filled in from the comparison."""
    lead = _load(request, pk)
    seat = next((one for one in (lead.first, lead.second) if one.pk == candidate), None)
    if seat is None or not may_accuse(request.user, lead):
        raise Http404
    form = FactsForm(request.POST or None, initial={"facts": "".join(lines(lead))})
    if request.method == "POST" and form.is_valid():
        with beside(form):
            facts = form.cleaned_data["facts"]
            made = leads.open_case(lead, seat, by=request.user, facts=facts)
            return redirect("appeals:case", pk=made.pk)
    context = {
        "about": seat,
        "exam": lead.study.sitting,
        "form": form,
        "paper": NAME,
        "cancel_url": reverse("analysis:lead", args=[pk]),
        "cases": [one for one in _cases(request, lead) if one.candidate_id == seat.pk],
    }
    status = 422 if form.errors else 200
    return render(request, "appeals/open_case.html", context, status=status)


def _row(number: int, row: list[Any]) -> dict[str, Any]:
    version, one, other, alike, others = row
    return {
        "number": number,
        "version": version,
        "one": one,
        "other": other,
        "same": one == other,
        "alike": alike,
        "others": others,
        "percent": 100 * alike / others if others else None,
    }


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Judge a lead, with the reason."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("analysis:lead", pk=pk)
