"""Trying a blueprint out: the run, what came of it, a form as a candidate sees it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import longjobs
from zhupei.core.errors import Refused
from zhupei.core.models import LongJob
from zhupei.papers.access import may_look
from zhupei.papers.actions import assembling, trying
from zhupei.papers.forms import TrialForm
from zhupei.papers.models import Assembly, Form
from zhupei.papers.views import shown
from zhupei.papers.views.blueprints import load
from zhupei.people.requests import SignedIn


@login_required
@require_POST
def rehearse(request: SignedIn, pk: int) -> HttpResponse:
    """Have trial forms made, here or by the worker; what is missing is said in full."""
    blueprint = load(request, pk, keeping=True)
    form = TrialForm(request.POST)
    context = {"blueprint": blueprint, "form": form}
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = trying.ask(blueprint, forms=said["count"], seed=said["seed"], by=request.user)
        except Refused as refusal:
            context |= {"refusal": refusal, "reasons": refusal.facts.get("reasons", [])}
        else:
            where = "papers:making" if isinstance(made, LongJob) else "papers:assembly"
            return redirect(where, pk=made.pk)
    return render(request, "papers/rehearse.html", context, status=422)


@login_required
@require_GET
def making(request: SignedIn, pk: int) -> HttpResponse:
    """How far a run is that takes longer."""
    job = get_object_or_404(LongJob.objects.visible_to(request.user), pk=pk)
    here = reverse("papers:making", args=[job.pk])
    context = {"job": longjobs.part(job, result_url="" if job.url == here else job.url)}
    template = "papers/making.html"
    return render(request, template + "#job" if request.htmx else template, context)


@login_required
@require_GET
def assembly(request: SignedIn, pk: int) -> HttpResponse:
    """The forms of one run side by side."""
    visible = Assembly.objects.visible_to(request.user).select_related("blueprint__job")
    found = get_object_or_404(visible.prefetch_related("forms"), pk=pk)
    forms = list(found.forms.all())
    context = {
        "assembly": found,
        "asked": shown.asked_rows(found),
        "may_look": bool(forms) and may_look(request.user, forms[0]),
        **shown.side_by_side(found, forms),
    }
    return render(request, "papers/assembly.html", context)


@login_required
@require_GET
def form(request: SignedIn, pk: int) -> HttpResponse:
    """A trial form as a candidate sees it; every look is an event."""
    return _form(request, pk, keys=False)


@login_required
@require_GET
def keys(request: SignedIn, pk: int) -> HttpResponse:
    """The same with what is right; an event of its own."""
    return _form(request, pk, keys=True)


def _form(request: SignedIn, pk: int, *, keys: bool) -> HttpResponse:
    visible = Form.objects.visible_to(request.user).select_related("assembly__blueprint__job")
    found = get_object_or_404(visible, pk=pk)
    content = assembling.look(found, by=request.user, keys=keys)
    seen = shown.as_seen(content.places, content.points, content.keys if keys else None)
    context = {"form": found, "places": seen, "with_keys": keys}
    return render(request, "papers/form.html", context)
