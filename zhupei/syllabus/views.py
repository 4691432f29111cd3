"""Pages about syllabi."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.syllabus import actions
from zhupei.syllabus.forms import SyllabusForm, UnitFormSet
from zhupei.syllabus.models import Syllabus
from zhupei.syllabus.workflow import SYLLABUS

MOVES = {"publish": actions.publish, "retire": actions.retire}


def _load(request: SignedIn, pk: int) -> Syllabus:
    visible = Syllabus.objects.visible_to(request.user).select_related("job")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The syllabi somebody may see, by job."""
    rows = Syllabus.objects.visible_to(request.user).with_hours().select_related("job")
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(job__name__icontains=words)
    page = Paginator(rows.order_by("job__code", "-version"), 25).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "may_write": regulates(request.user)}
    return render(request, "syllabus/index.html", context)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    syllabus = _load(request, pk)
    units = list(syllabus.units.all())
    context = {
        "syllabus": syllabus,
        "units": units,
        "theory": sum(unit.theory_hours for unit in units),
        "practice": sum(unit.practice_hours for unit in units),
        "moves": SYLLABUS.available(syllabus, request.user),
        "may_change": syllabus.state == "draft" and regulates(request.user),
        "timeline": audit.timeline(syllabus),
    }
    return render(request, "syllabus/detail.html", context)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow."""
    if name not in MOVES:
        raise Http404
    MOVES[name](_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("syllabus:detail", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    return _edit(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(request, _load(request, pk))


def _edit(request: SignedIn, syllabus: Syllabus | None) -> HttpResponse:
    """One page for a new draft and for an old one."""
    if not regulates(request.user):
        raise Http404
    form = SyllabusForm(request.POST or None, instance=syllabus)
    units = UnitFormSet(
        request.POST or None,
        prefix="units",
        initial=_units_of(syllabus),
        form_kwargs={"empty_permitted": True},
    )
    if request.method == "POST" and form.is_valid() and units.is_valid():
        saved = _save(request, syllabus, form, units)
        if saved:
            return redirect("syllabus:detail", pk=saved.pk)
    context = {"form": form, "units": units, "syllabus": syllabus}
    return render(request, "syllabus/form.html", context)


def _units_of(syllabus: Syllabus | None) -> list[dict[str, Any]]:
    names = ("title", "theory_hours", "practice_hours", "is_ethics")
    return list(syllabus.units.values(*names)) if syllabus else []


def _save(request: SignedIn, syllabus: Syllabus | None, form: Any, units: Any) -> Any:
    """Call the action; a refusal goes beside its field and nothing typed is lost."""
    rows = [unit.cleaned_data for unit in units if unit.cleaned_data.get("title")]
    fields = dict(form.cleaned_data)
    try:
        if syllabus is None:
            return actions.draft(fields.pop("job"), by=request.user, units=rows, **fields)
        return actions.change(Syllabus(pk=syllabus.pk), by=request.user, units=rows, **fields)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
