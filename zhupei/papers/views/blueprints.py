"""The list of blueprints, one of them, its matrix."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import beside
from zhupei.organizations.access import regulates
from zhupei.papers import assembly, rules, sentences
from zhupei.papers.access import may_keep, releasable_by
from zhupei.papers.actions import assembling, blueprints
from zhupei.papers.bank import Bank, rows_of, units_of
from zhupei.papers.forms import (
    CopyForm,
    Filters,
    HeadForm,
    Matrix,
    NewForm,
    ReleaseForm,
    TrialForm,
    by_kind,
)
from zhupei.papers.models import Assembly, Blueprint, Release, State
from zhupei.papers.rules import Row
from zhupei.papers.workflow import BLUEPRINT
from zhupei.people.requests import SignedIn
from zhupei.questions.models import QuestionSet

MOVES = {"publish": blueprints.publish, "retire": blueprints.retire}
LATEST = 10


def load(request: SignedIn, pk: int, *, keeping: bool = False) -> Blueprint:
    """One of those somebody may see; with ``keeping``, of those they keep."""
    visible = Blueprint.objects.visible_to(request.user).select_related("job", "question_set")
    found = get_object_or_404(visible.with_size(), pk=pk)
    if keeping and not may_keep(request.user, found):
        raise Http404
    return found


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The blueprints somebody may see: by title and size."""
    filters = Filters(request.GET)
    rows = Blueprint.objects.visible_to(request.user).select_related("job").with_size()
    if filters.is_valid():
        rows = rows.matching(filters.cleaned_data["q"], filters.cleaned_data["state"])
    page = Paginator(rows.order_by("job__code", "-pk"), 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in ("q", "state")),
        "keeper": regulates(request.user),
    }
    return render(request, "papers/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Begin one: in the proportions of a set, or empty."""
    if not regulates(request.user):
        raise Http404
    quick = request.POST.get("way") == "proportional"
    sent = request.POST or None
    form = NewForm(sent if quick else None, prefix="quick")
    empty = HeadForm(None if quick else sent)
    asked = form if quick else empty
    if sent and asked.is_valid():
        with beside(asked):
            made = _begun(request, form if quick else empty)
            return redirect("papers:edit", pk=made.pk)
    status = 422 if sent else 200
    return render(request, "papers/new.html", {"form": form, "empty": empty}, status=status)


def _begun(request: SignedIn, form: NewForm | HeadForm) -> Blueprint:
    said = form.cleaned_data
    if isinstance(form, NewForm):
        return blueprints.proportional(said.pop("question_set"), by=request.user, **said)
    return blueprints.draft(said["job"], by=request.user, **form.head)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One blueprint: what it asks, its moves, what was made from it, what happened."""
    return render(request, "papers/detail.html", page(request, load(request, pk)))


def page(request: SignedIn, blueprint: Blueprint, letting: Any = None) -> dict[str, Any]:
    """What the page of one blueprint shows; ``letting`` is the form of a release that was sent."""
    keeper = may_keep(request.user, blueprint)
    rows = rows_of(blueprint) if keeper else []
    return {
        "blueprint": blueprint,
        "keeper": keeper,
        "moves": BLUEPRINT.available(blueprint, request.user),
        "base_url": reverse("papers:detail", args=[blueprint.pk]) + "move/",
        "kinds": by_kind(rows),
        "matrix": Matrix(rows, [], []) if keeper else None,
        "assemblies": Assembly.objects.visible_to(request.user).latest_of(blueprint)[:LATEST],
        "trial": TrialForm(),
        "copy": CopyForm(initial={"title": _("%(title)s 副本") % {"title": blueprint.title}}),
        "editable": keeper and blueprint.state == State.DRAFT,
        "timeline": audit.timeline(blueprint) if keeper else [],
        **_let(request, blueprint, letting),
    }


def _let(request: SignedIn, blueprint: Blueprint, form: Any) -> dict[str, Any]:
    """The sealed sets it may draw from, with what the reader may do about each; the form for those
    named on one it could use.
    """
    visible = Release.objects.visible_to(request.user).standing(timezone.localdate())
    rows = visible.filter(blueprint=blueprint).select_related(
        "question_set", "proposed_by", "confirmed_by"
    )
    if form is None and blueprint.state != State.RETIRED:
        sets = fitting(request, blueprint)
        form = ReleaseForm(sets) if sets.exists() else None
    named = set(releasable_by(request.user).values_list("pk", flat=True))
    return {
        "releases": [_release(request, row, named) for row in rows.order_by("pk")],
        "release_form": form,
    }


def fitting(request: SignedIn, blueprint: Blueprint) -> QuerySet[QuestionSet]:
    """The sealed sets the reader may let this blueprint draw from."""
    published = QuestionSet.objects.visible_to(request.user).published()
    sets = published.filter(pk__in=releasable_by(request.user), job=blueprint.job_id)
    return sets.filter(pk=blueprint.question_set_id) if blueprint.question_set_id else sets


def _release(request: SignedIn, row: Release, named: set[int]) -> dict[str, Any]:
    mine = row.question_set_id in named
    second = row.confirmed_at is None and row.proposed_by_id != request.user.pk
    return {"row": row, "may_confirm": mine and second, "may_end": mine}


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """The matrix, with what the bank is good for beside it."""
    blueprint = load(request, pk, keeping=True)
    if blueprint.state != State.DRAFT:
        return redirect("papers:detail", pk=pk)
    bank = Bank.of(blueprint)
    head = HeadForm(request.POST or None, instance=blueprint)
    matrix = _matrix(request, blueprint, bank)
    valid = head.is_valid() and matrix.is_valid()  # also writes what was typed into blueprint
    if valid and "check" not in request.POST:
        with beside(head):
            _save(request, pk, head, matrix)
            messages.success(request, _("细目表已保存。"))
            return redirect("papers:detail", pk=pk)
    context = {
        "blueprint": blueprint,
        "head": head,
        "matrix": matrix,
        "points": bank.points,
        **_sum(blueprint, bank, matrix.rows),
    }
    status = 422 if request.method == "POST" and "check" not in request.POST else 200
    return render(request, "papers/edit.html", context, status=status)


def _matrix(request: SignedIn, blueprint: Blueprint, bank: Bank) -> Matrix:
    data = request.POST if request.method == "POST" else None
    return Matrix(rows_of(blueprint), units_of(blueprint), bank.items, data)


def _save(request: SignedIn, pk: int, head: HeadForm, matrix: Matrix) -> None:
    mark = head.cleaned_data["seen"]
    blueprints.change(load(request, pk), by=request.user, mark=mark, rows=matrix.rows, **head.head)


@login_required
@require_POST
def feasible(request: SignedIn, pk: int) -> HttpResponse:
    """What the counts typed so far come to, and how many forms the bank is good for."""
    blueprint = load(request, pk, keeping=True)
    HeadForm(request.POST, instance=blueprint).is_valid()  # takes over the limits typed so far
    bank = Bank.of(blueprint)
    matrix = _matrix(request, blueprint, bank)
    context = {"blueprint": blueprint, "matrix": matrix, **_sum(blueprint, bank, matrix.rows)}
    return render(request, "papers/edit.html#sum", context)


def _sum(blueprint: Blueprint, bank: Bank, rows: list[Row]) -> dict[str, Any]:
    limits = bank.limits(blueprint, rows)
    most = assembling.MOST_FORMS
    possible = assembly.most_forms(bank.items, rows, limits, most) if rows else 0
    missing = []
    if rows and possible < most:
        found = assembly.shortages(bank.items, rows, limits, possible + 1)
        missing = sentences.why_not(found, blueprints.labels(rows))
    return {
        "kinds": by_kind(rows),
        "size": sum(row.count for row in rows),
        "worth": rules.total_points(rows),
        "held": len(bank.items),
        "possible": possible,
        "next": possible + 1,
        "most": most,
        "missing": missing,
        "overlap_items": limits.overlap,
    }


@login_required
@require_POST
def copy(request: SignedIn, pk: int) -> HttpResponse:
    """A draft that says the same under another title."""
    blueprint = load(request, pk, keeping=True)
    form = CopyForm(request.POST)
    title = form.cleaned_data["title"] if form.is_valid() else blueprint.title
    made = blueprints.copy(blueprint, by=request.user, title=title)
    return redirect("papers:edit", pk=made.pk)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("papers:detail", pk=pk)
