"""The rules in the open, with how often each was right; and searching when somebody asks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import longjobs
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import LongJob
from zhupei.leads import figures
from zhupei.leads.access import may_search
from zhupei.leads.actions import searching
from zhupei.leads.forms import SearchForm
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422


@login_required
@require_GET
def rules(request: SignedIn) -> HttpResponse:
    """Every rule: what it looks at, with which figures, and how often people agreed with it."""
    if request.user.acting is None:
        raise Http404
    context: dict[str, Any] = {
        "rules": figures.rules(),
        "alike": figures.alike(),
        "may_search": may_search(request.user),
    }
    return render(request, "leads/rules.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def search(request: SignedIn) -> HttpResponse:
    """Ask for some days to be searched."""
    if not may_search(request.user):
        raise NotAllowed("not_allowed", _("由住建部门按规则查找线索。"))
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm.of_last_month()
    if form.is_bound and form.is_valid():
        try:
            job = searching.ask(by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            refusal.beside(form)
        else:
            return redirect("leads:searching", job.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "leads/search.html", {"form": form}, status=status)


@login_required
@require_GET
def searching_page(request: SignedIn, pk: int) -> HttpResponse:
    """How far a search is."""
    job = get_object_or_404(LongJob.objects.visible_to(request.user), pk=pk)
    context = {"job": longjobs.part(job, result_url=reverse("leads:index") + "?state=open")}
    template = "leads/searching.html"
    return render(request, template + "#job" if request.htmx else template, context)
