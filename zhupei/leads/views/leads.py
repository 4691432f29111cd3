"""The queue, one lead with its evidence, the judgement, and what becomes of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.corrections.models import Finding
from zhupei.exams.models import Sitting
from zhupei.leads.access import may_hand_on, may_search
from zhupei.leads.actions import judging
from zhupei.leads.definitions import DEFINITIONS
from zhupei.leads.forms import HandOnForm, LeadFilters
from zhupei.leads.models import Lead, LeadPlace, StandInQuerySet
from zhupei.leads.workflow import LEAD
from zhupei.patrols.models import Patrol
from zhupei.people.requests import SignedIn
from zhupei.practical.models import Turn

A_PAGE = 25
UNPROCESSABLE = 422
MOVES = {"confirm": judging.confirm, "dismiss": judging.dismiss, "reopen": judging.reopen}
PAGES: dict[str, Any] = {  # where a piece of evidence is shown, and who may see that page
    "teaching:lesson": Lesson,
    "classes:roster": TrainingClass,
    "exams:detail": Sitting,
    "practical:turn": Turn,
    "patrols:record": Patrol,
}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The leads somebody may judge, open ones first. Nobody is named before one is opened."""
    if not may_search(request.user):
        raise Http404
    filters = LeadFilters(request.GET)
    rows = Lead.objects.visible_to(request.user)
    tally = rows.tally()
    shown = _narrowed(rows, filters).select_related("organization__prefecture").queue()
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "figures": [
            {
                "label": definition.rule.label,
                "value": tally.get(rule, {}).get("open", 0),
                "note": _("待判断"),
                "url": f"{reverse('leads:index')}?rule={rule}&state=open",
            }
            for rule, definition in DEFINITIONS.items()
        ],
    }
    return render(request, "leads/index.html", context)


def _narrowed(rows: StandInQuerySet, filters: LeadFilters) -> StandInQuerySet:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["q"]:
        rows = rows.matching(said["q"])
    only = {name: said[name] for name in ("rule", "state") if said[name]}
    return rows.filter(**only)


def _load(request: SignedIn, pk: int) -> Lead:
    visible = Lead.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("organization", "judged_by"), pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One lead: what the record says, by which rule, what else may explain it, what was decided."""
    lead = _load(request, pk)
    judging.look(lead, by=request.user)
    places = LeadPlace.objects.visible_to(request.user).filter(lead=lead)
    context = {
        "lead": lead,
        "definition": DEFINITIONS[lead.rule],
        "moves": LEAD.available(lead, request.user),
        "base_url": reverse("leads:detail", args=[pk]),
        "rows": _rows(request, lead),
        "figures": _figures(lead),
        "places": places.select_related("organization", "prefecture").order_by("pk"),
        "may_hand_on": may_hand_on(request.user, lead),
        "findings": Finding.objects.visible_to(request.user).about(lead),
        "timeline": audit.timeline(lead),
    }
    return render(request, "leads/lead.html", context)


def _rows(request: SignedIn, lead: Lead) -> list[dict[str, Any]]:
    """The evidence, with a link where its page is one this person may see."""
    seen = _seen(request, lead.evidence)
    return [
        row
        | {
            "since": _moment(row["since"]),
            "until": _moment(row["until"]),
            "url": reverse(row["page"], args=[row["pk"]]) if _key(row) in seen else "",
        }
        for row in lead.evidence
    ]


def _key(row: dict[str, Any]) -> tuple[str, int | None]:
    return row["page"], row["pk"]


def _seen(request: SignedIn, rows: list[dict[str, Any]]) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for page in {row["page"] for row in rows} & set(PAGES):
        keys = [row["pk"] for row in rows if row["page"] == page]
        visible = PAGES[page].objects.visible_to(request.user).filter(pk__in=keys)
        found |= {(page, pk) for pk in visible.values_list("pk", flat=True)}
    return found


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _figures(lead: Lead) -> list[dict[str, Any]]:
    """The figures the rule used then."""
    return [
        {"label": one.label, "value": f"{lead.figures[one.key]['value']} {one.unit}"}
        for one in DEFINITIONS[lead.rule].figures
        if one.key in lead.figures
    ]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Judge a lead, with the reason."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("leads:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def hand_on(request: SignedIn, pk: int) -> HttpResponse:
    """Make a confirmed lead a finding, in words somebody writes."""
    lead = _load(request, pk)
    if not may_hand_on(request.user, lead):
        raise NotAllowed("not_allowed", _("只有判断成立的线索才能转为问题。"))
    form = HandOnForm(lead, request.POST or None, initial={"text": lead.title})
    if form.is_valid():
        try:
            found = judging.hand_on(lead, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            refusal.beside(form)
        else:
            messages.success(request, _("已转为问题。下一步在“整改”里下达通知。"))
            return redirect(found.get_absolute_url())
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "leads/hand_on.html", {"lead": lead, "form": form}, status=status)
