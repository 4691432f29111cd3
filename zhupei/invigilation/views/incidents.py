"""What went wrong: the list, a new one, the photo, how it was settled."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files
from zhupei.core.errors import beside
from zhupei.invigilation.actions import incidents as actions
from zhupei.invigilation.forms import IncidentForm, SettleForm
from zhupei.invigilation.models import Incident
from zhupei.invigilation.views.shared import head, load
from zhupei.people.requests import SignedIn

PER_PAGE = 50


@login_required
@require_GET
def index(request: SignedIn, pk: int) -> HttpResponse:
    """Everything noted in this sitting, the newest first; what is open before the rest."""
    sitting = load(request, pk)
    rows = Incident.objects.visible_to(request.user).filter(sitting=sitting)
    rows = rows.select_related("candidate__person", "by", "settled_by", "photo")
    shown_open = request.GET.get("open") == "1"
    rows = rows.filter(settled_at__isnull=True) if shown_open else rows
    context = head(request, sitting, "incidents") | {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "only_open": shown_open,
        "settle": SettleForm(),
    }
    return render(request, "invigilation/incidents.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def note(request: SignedIn, pk: int) -> HttpResponse:
    """A new one."""
    sitting = load(request, pk)
    first = {"candidate": request.GET.get("candidate"), "kind": request.GET.get("kind")}
    form = IncidentForm(
        sitting, request.user, request.POST or None, request.FILES or None, initial=first
    )
    if request.method == "POST" and form.is_valid():
        with beside(form, file="photo"):
            actions.note(sitting, actions.Seen(**form.cleaned_data), by=request.user)
            messages.success(request, _("已记入监考日志。"))
            return redirect("invigilation:incidents", pk=pk)
    context = head(request, sitting, "incidents") | {
        "form": form,
        "cancel_url": reverse("invigilation:incidents", args=[pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "invigilation/incident.html", context, status=status)


@login_required
@require_POST
def settle(request: SignedIn, pk: int, incident: int) -> HttpResponse:
    """How it was dealt with."""
    actions.settle(
        _incident(request, pk, incident), by=request.user, outcome=request.POST.get("outcome", "")
    )
    return redirect("invigilation:incidents", pk=pk)


@login_required
@require_GET
def photo(request: SignedIn, pk: int, incident: int) -> HttpResponseBase:
    """What was photographed."""
    found = _incident(request, pk, incident)
    if found.photo is None:
        raise Http404
    return files.respond(found.photo, inline=True)


def _incident(request: SignedIn, pk: int, incident: int) -> Incident:
    rows = Incident.objects.visible_to(request.user).filter(sitting=load(request, pk))
    return get_object_or_404(rows.select_related("photo"), pk=incident)
