"""The list of syllabi, one version, its head, its copy, its difference from another."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.frames import shell_of
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.syllabus import actions
from zhupei.syllabus.compare import lines
from zhupei.syllabus.forms import CopyForm, HeadForm, SyllabusFilters
from zhupei.syllabus.models import State, Syllabus
from zhupei.syllabus.precheck import checks, hours_of
from zhupei.syllabus.workflow import SYLLABUS

MOVES = {"publish": actions.publish, "retire": actions.retire}
PER_PAGE = 25
UNPROCESSABLE = 422


def load(request: SignedIn, pk: int) -> Syllabus:
    """A syllabus somebody may see."""
    visible = Syllabus.objects.visible_to(request.user).select_related("job")
    return get_object_or_404(visible, pk=pk)


def load_own(request: SignedIn, pk: int) -> Syllabus:
    """One for whoever writes syllabi; for everybody else such a page is not there."""
    if not regulates(request.user):
        raise Http404
    return load(request, pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The syllabi somebody may see, by job; the version in force is marked."""
    filters = SyllabusFilters(request.GET or None)
    rows = _narrowed(Syllabus.objects.visible_to(request.user), filters)
    rows = rows.with_hours().select_related("job")
    ordered = rows.order_by("job__category", "job__code", "level", "-effective_from", "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    in_force = Syllabus.objects.visible_to(request.user).in_force()
    shown = [row.pk for row in page.object_list]
    context = {
        "page": page,
        "in_force": set(in_force.filter(pk__in=shown).values_list("pk", flat=True)),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "may_write": regulates(request.user),
        "shell": shell_of(request),
    }
    return render(request, "syllabus/index.html", context)


def _narrowed(rows: Any, filters: SyllabusFilters) -> Any:
    if not filters.is_valid():
        return rows
    wanted = filters.cleaned_data
    for word in wanted["q"].split():
        rows = rows.filter(job__name__icontains=word)
    exact = {"job__category": "category", "level": "level", "state": "state"}
    given = {path: wanted[name] for path, name in exact.items() if wanted[name]}
    return rows.filter(**given)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One version: its hours against the figures, its tree, the other versions, what happened."""
    syllabus = load(request, pk)
    units = list(syllabus.units.prefetch_related("topics"))
    writes = regulates(request.user)
    context = {
        "syllabus": syllabus,
        "in_force": Syllabus.objects.visible_to(request.user).in_force().filter(pk=pk).exists(),
        "units": units,
        "hours": hours_of(units),
        "checks": checks(syllabus, units),
        "moves": SYLLABUS.available(syllabus, request.user),
        "may_write": writes,
        "may_change": writes and syllabus.state == State.DRAFT,
        "others": _others(request, syllabus),
        "timeline": audit.timeline(syllabus) if writes else [],
        "shell": shell_of(request),
    }
    return render(request, "syllabus/detail.html", context)


def _others(request: SignedIn, syllabus: Syllabus) -> Any:
    """The other versions for the same job, the newest first."""
    same = Syllabus.objects.visible_to(request.user).filter(job=syllabus.job)
    rows = same.exclude(pk=syllabus.pk).select_related("job")
    return rows.order_by("-effective_from", "-pk")[:PER_PAGE]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("syllabus:detail", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Start a version: its head first, then its tree."""
    if not regulates(request.user):
        raise Http404
    form = HeadForm(request.POST or None, initial={"job": request.GET.get("job")})
    if request.method == "POST" and form.is_valid():
        fields = _fields(form)
        made = _try(form, lambda: actions.draft(fields.pop("job"), by=request.user, **fields))
        if made:
            return redirect("syllabus:tree", pk=made.pk)
    return _head(request, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """The head of a draft."""
    syllabus = load_own(request, pk)
    form = HeadForm(request.POST or None, instance=load_own(request, pk))
    if request.method == "POST" and form.is_valid():
        seen, fields = form.cleaned_data["seen"], _fields(form)
        if _try(form, lambda: actions.change(syllabus, by=request.user, seen=seen, **fields)):
            return redirect("syllabus:detail", pk=pk)
        form.data = dict(form.data.items()) | {
            "seen": str(load_own(request, pk).mark)
        }  # they read it now
    return _head(request, form, syllabus)


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: SignedIn, pk: int) -> HttpResponse:
    """A new version that begins as this one is."""
    syllabus = load_own(request, pk)
    first = {"level": syllabus.level, "basis": syllabus.basis}
    form = CopyForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        made = _try(form, lambda: actions.copy(syllabus, by=request.user, **fields))
        if made:
            return redirect("syllabus:tree", pk=made.pk)
    context = {"form": form, "syllabus": syllabus}
    return render(request, "syllabus/copy.html", context, status=_status(form))


def _fields(form: HeadForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}


def _try(form: Any, verb: Any) -> Any:
    """Call the action; a refusal goes beside its field and nothing typed is lost."""
    try:
        return verb()
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        return None


def _status(form: Any) -> int:
    return UNPROCESSABLE if form.errors else 200


def _head(request: SignedIn, form: HeadForm, syllabus: Syllabus | None) -> HttpResponse:
    back = reverse("syllabus:index")
    if syllabus:
        back = reverse("syllabus:detail", args=[syllabus.pk])
    context = {"form": form, "syllabus": syllabus, "back": back}
    return render(request, "syllabus/form.html", context, status=_status(form))


@login_required
@require_GET
def difference(request: SignedIn, pk: int, other: int) -> HttpResponse:
    """What the later of two versions of a job changed."""
    pair = [load(request, pk), load(request, other)]
    if pair[0].job_id != pair[1].job_id:
        raise Http404
    before, after = sorted(pair, key=lambda one: (one.effective_from, one.pk))
    context = {
        "before": before,
        "after": after,
        "lines": lines(before, after),
        "hours_before": hours_of(before.units.all()),
        "hours_after": hours_of(after.units.all()),
        "shell": shell_of(request),
    }
    return render(request, "syllabus/difference.html", context)
