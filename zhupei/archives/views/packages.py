"""The packages somebody may see, making one, fetching it, checking it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.archives import actions, rules
from zhupei.archives.access import may_open
from zhupei.archives.forms import FilterForm
from zhupei.archives.models import Package, Subject, unmade
from zhupei.archives.subjects import KINDS, Kind, Thing
from zhupei.core import audit, files, longjobs
from zhupei.core.models import LongJob
from zhupei.people.requests import SignedIn

A_PAGE = 25
OFFERED = 10  # of each kind on the list page; the rest are on their own pages


def _load(request: SignedIn, pk: int) -> Package:
    visible = Package.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("file", "organization", "prefecture", "division"), pk=pk
    )


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The packages made so far, and what waits to be archived."""
    filters = FilterForm(request.GET)
    rows = _filtered(Package.objects.visible_to(request.user), filters)
    rows = rows.select_related("file", "organization").order_by("-made_at", "-pk")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "waiting": _waiting(request.user) if request.user.acting else [],
    }
    return render(request, "archives/index.html", context)


def _filtered(rows: QuerySet[Package], form: FilterForm) -> QuerySet[Package]:
    if not form.is_valid():
        return rows
    if words := form.cleaned_data["q"].strip():
        rows = rows.filter(Q(title__icontains=words) | Q(file__name__icontains=words))
    if form.cleaned_data["subject"]:
        rows = rows.filter(subject=form.cleaned_data["subject"])
    return rows


def _waiting(user: Any) -> list[dict[str, Any]]:
    """The person's own classes, sittings and sessions that are over and have no package."""
    own = Q(organization=user.acting.organization_id)
    over = {
        Subject.CLASS: Q(state__in=rules.ENDED)
        | Q(state__in=rules.HELD, ends_on__lt=timezone.localdate()),
        Subject.SITTING: Q(state__in=rules.MARKED),
        Subject.SESSION: Q(state__in=rules.MARKED),
    }
    return [
        _offer(kind, one)
        for subject, kind in KINDS.items()
        for one in kind.model.objects.visible_to(user)
        .filter(own, over[Subject(subject)], unmade(kind.subject))
        .select_related("organization")
        .order_by(kind.newest)[:OFFERED]
        if kind.may_make(user, one)
    ]


def _offer(kind: Kind, thing: Thing) -> dict[str, Any]:
    return {
        "title": thing.title,
        "number": thing.number,
        "kind": kind.subject.label,
        "url": reverse(kind.page, args=[thing.pk]),
        "make_url": reverse(kind.make, args=[thing.pk]),
    }


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One package: what it is, its digest, what happened to it."""
    return render(request, "archives/detail.html", _detail(request, _load(request, pk)))


def _detail(request: SignedIn, package: Package) -> dict[str, Any]:
    return {
        "package": package,
        "facts": _facts(package, _subject_url(request.user, package)),
        "may_open": may_open(request.user, package),
        "timeline": audit.timeline(package),
    }


def _facts(package: Package, url: str) -> list[dict[str, Any]]:
    kind = package.get_subject_display()
    return [
        {"label": _("种类"), "value": kind},
        {"label": _("内容"), "value": package.title.removeprefix(f"{kind} "), "url": url},
        {"label": _("单位"), "value": package.organization},
        {"label": _("归档人"), "value": package.made_by_name},
        {"label": _("文件"), "value": package.file.name},
        {"label": "SHA-256", "value": package.file.sha256},
    ]


def _subject_url(user: Any, package: Package) -> str:
    kind = KINDS[package.subject]
    if not kind.model.objects.visible_to(user).filter(pk=package.subject_id).exists():
        return ""
    return reverse(kind.page, args=[package.subject_id])


@login_required
@require_GET
def download(request: SignedIn, pk: int) -> FileResponse:
    """The ZIP."""
    return files.respond(actions.fetch(_load(request, pk), by=request.user))


@login_required
@require_POST
def check(request: SignedIn, pk: int) -> HttpResponse:
    """Look at every byte again and say what was found."""
    package = _load(request, pk)
    faults = actions.check(package, by=request.user)
    context = _detail(request, package) | {"checked": True, "faults": faults}
    return render(request, "archives/detail.html", context)


@login_required
@require_POST
def make(request: SignedIn, pk: int, subject: str) -> HttpResponse:
    """Seal one, now or by a job."""
    kind = KINDS[subject]
    seen = kind.model.objects.visible_to(request.user).select_related(*kind.beside)
    outcome = actions.ask(get_object_or_404(seen, pk=pk), by=request.user)
    if isinstance(outcome, LongJob):
        return redirect(outcome.url)
    messages.success(request, _("档案包已制成。"))
    return redirect("archives:detail", pk=outcome.pk)


@login_required
@require_GET
def making(request: SignedIn, pk: int) -> HttpResponse:
    """How far a package is that takes longer."""
    job = get_object_or_404(LongJob.objects.visible_to(request.user), pk=pk)
    here = reverse("archives:making", args=[job.pk])
    context = {"job": longjobs.part(job, result_url="" if job.url == here else job.url)}
    template = "archives/making.html"
    return render(request, template + "#job" if request.htmx else template, context)
