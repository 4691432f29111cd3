"""Letting a blueprint draw from a sealed set: proposing it, agreeing, ending it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from zhupei.core.errors import beside
from zhupei.papers.actions import releases
from zhupei.papers.forms import ReleaseForm
from zhupei.papers.models import Release
from zhupei.papers.views.blueprints import fitting, load, page
from zhupei.people.requests import SignedIn

MOVES = {"confirm": releases.confirm, "end": releases.end}


@login_required
@require_POST
def propose(request: SignedIn, pk: int) -> HttpResponse:
    """Ask that a sealed set may be drawn from."""
    blueprint = load(request, pk, keeping=True)
    form = ReleaseForm(fitting(request, blueprint), request.POST)
    if form.is_valid():
        with beside(form):
            releases.propose(blueprint, by=request.user, **form.cleaned_data)
    if form.errors:
        context = page(request, blueprint, letting=form)
        return render(request, "papers/detail.html", context, status=422)
    return redirect("papers:detail", pk=pk)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Agree to it, or end it."""
    if name not in MOVES:
        raise Http404
    release = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    MOVES[name](release, by=request.user)
    return redirect("papers:detail", pk=release.blueprint_id)
