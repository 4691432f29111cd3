"""If judged today: what an institution would get, and what would raise it most."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.evaluation import words
from zhupei.evaluation.access import may_reckon
from zhupei.evaluation.actions import outlooks
from zhupei.evaluation.models import Block, Outlook, VetoKind
from zhupei.evaluation.views import frame
from zhupei.organizations.models import Kind, Organization
from zhupei.people.requests import SignedIn

BEST = 8  # ways to raise the score that are told


@login_required
@require_GET
def own(request: SignedIn) -> HttpResponse:
    """The reckoning of one's own institution."""
    acting = request.user.acting
    if acting is None or acting.organization.kind != Kind.INSTITUTION:
        raise Http404
    return _page(request, acting.organization)


@login_required
@require_GET
def outlook(request: SignedIn, pk: int) -> HttpResponse:
    """The reckoning of one institution of one's area."""
    return _page(request, _load(request, pk))


def _load(request: SignedIn, pk: int) -> Organization:
    if request.user.acting is None:
        raise Http404
    rows = Organization.objects.visible_to(request.user).public()
    return get_object_or_404(rows, pk=pk)


def _page(request: SignedIn, organization: Organization) -> HttpResponse:
    if not may_reckon(request.user, organization):
        raise Http404
    rows = Outlook.objects.visible_to(request.user).select_related("scheme")
    found = rows.filter(organization=organization).first()
    context: dict[str, Any] = {"organization": organization, "outlook": found}
    if found:
        hidden = frame.hidden(request.user, [case for one in found.lines for case in one["cases"]])
        lines = [_line(one, hidden) for one in found.lines]
        gains = [one for one in lines if one["worth"] > 0 and one["advice"]]
        context |= {
            "grade": frame.grade_badge(found.sums.get("grade", "")),
            "score": frame.number(found.sums.get("score")),
            "blocks": frame.blocks(found.sums),
            "vetoes": [VetoKind(kind).label for kind in found.sums.get("vetoes", [])],
            "bonus": frame.number(found.sums.get("bonus")),
            "best": sorted(gains, key=lambda one: -one["worth"])[:BEST],
            "groups": _groups(lines),
        }
    return render(request, "evaluation/outlook.html", context)


def _line(one: dict[str, Any], hidden: set[tuple[str, Any]]) -> dict[str, Any]:
    deeds = words.deeds(one["cases"], hidden)
    return {
        **one,
        "worth": float(one["gain"]),
        "points": frame.points(one["status"], one["value"], one["of"]),
        "because": words.because(one["because"], one["said"]) if one["rule"] else "",
        "advice": words.ADVICE.get(one["rule"], ""),
        "url": deeds[0]["url"] if deeds else "",
        "deeds": deeds,
    }


def _groups(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in lines:
        if not found or found[-1]["block"] != one["block"]:
            found.append({"block": one["block"], "label": Block(one["block"]).label, "lines": []})
        found[-1]["lines"].append(one)
    return found


@login_required
@require_POST
def reckon(request: SignedIn, pk: int) -> HttpResponse:
    """Reckon it anew, now."""
    organization = _load(request, pk)
    outlooks.reckon_one(organization, by=request.user)
    messages.success(request, _("已按现在的数据算好。"))
    own_page = request.user.acting is not None and request.user.acting.organization_id == pk
    if own_page:
        return redirect("evaluation:outlook")
    return redirect("evaluation:outlook-of", pk=pk)
