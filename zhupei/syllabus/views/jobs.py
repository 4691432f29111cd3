"""The list of jobs and the codes others know them by."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.frames import shell_of
from zhupei.people.requests import SignedIn
from zhupei.syllabus.access import may_keep_jobs
from zhupei.syllabus.actions import jobs as actions
from zhupei.syllabus.forms import CodeForm, EndCodeForm, JobFilters, JobForm
from zhupei.syllabus.models import Job, JobCode, State, Syllabus
from zhupei.syllabus.views.syllabi import PER_PAGE, UNPROCESSABLE


@login_required
@require_GET
def jobs(request: SignedIn) -> HttpResponse:
    """Every job with the codes that hold today."""
    filters = JobFilters(request.GET or None)
    today = JobCode.objects.visible_to(request.user).on(timezone.localdate())
    coded = JobCode.objects.visible_to(request.user)
    rows = _narrowed(Job.objects.visible_to(request.user), filters, coded)
    rows = rows.prefetch_related(Prefetch("codes", today.select_related("system"), to_attr="known"))
    published = Count("syllabi", filter=Q(syllabi__state=State.PUBLISHED), distinct=True)
    ordered = rows.annotate(published=published).order_by("category", "code")
    context = {
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "may_keep": may_keep_jobs(request.user),
        "shell": shell_of(request),
    }
    return render(request, "syllabus/jobs.html", context)


def _narrowed(rows: Any, filters: JobFilters, coded: Any) -> Any:
    if not filters.is_valid():
        return rows
    wanted = filters.cleaned_data
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(pk__in=coded.filter(code__icontains=word).values("job"))
        )
    return rows.filter(category=wanted["category"]) if wanted["category"] else rows


@login_required
@require_http_methods(["GET", "POST"])
def job(request: SignedIn, pk: int) -> HttpResponse:
    """One job: what others call it, its syllabi, and the form of whoever keeps the list."""
    row = _load(request, pk)
    form = JobForm(request.POST or None, instance=_load(request, pk))
    if request.method == "POST" and form.is_valid():
        actions.change(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("syllabus:job", pk=pk)
    return _job(request, row, form=form)


def _load(request: SignedIn, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user), pk=pk)


def _job(request: SignedIn, row: Job, *, form: Any = None, code: Any = None) -> HttpResponse:
    versions = Syllabus.objects.visible_to(request.user).filter(job=row).select_related("job")
    may_keep = may_keep_jobs(request.user)
    context = {
        "job": row,
        "codes": row.codes.select_related("system"),
        "today": timezone.localdate(),
        "syllabi": versions.order_by("level", "-effective_from", "-pk")[:PER_PAGE],
        "form": form or JobForm(instance=row),
        "code_form": code or CodeForm(),
        "may_keep": may_keep,
        "timeline": audit.timeline(row) if may_keep else [],
        "shell": shell_of(request),
    }
    wrong = bool(form and form.errors) or bool(code and code.errors)
    return render(request, "syllabus/job.html", context, status=UNPROCESSABLE if wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def enter_job(request: SignedIn) -> HttpResponse:
    """Add a job to the list."""
    if not may_keep_jobs(request.user):
        raise Http404
    form = JobForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        made = _try(
            form,
            lambda: actions.enter(
                fields.pop("code"), fields.pop("name"), by=request.user, **fields
            ),
        )
        if made:
            return redirect("syllabus:job", pk=made.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "syllabus/enter_job.html", {"form": form}, status=status)


@login_required
@require_POST
def add_code(request: SignedIn, pk: int) -> HttpResponse:
    """Say how others know this job."""
    row, form = _load(request, pk), CodeForm(request.POST)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        system, code = fields.pop("system"), fields.pop("code")
        if _try(form, lambda: actions.add_code(row, system, code, by=request.user, **fields)):
            messages.success(request, _("已录入编码。"))
            return redirect("syllabus:job", pk=pk)
    return _job(request, row, code=form)


@login_required
@require_http_methods(["GET", "POST"])
def end_code(request: SignedIn, pk: int) -> HttpResponse:
    """The last day of a code."""
    if not may_keep_jobs(request.user):
        raise Http404
    found = JobCode.objects.visible_to(request.user).select_related("job", "system")
    row = get_object_or_404(found, pk=pk)
    form = EndCodeForm(request.POST or None, initial={"valid_until": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["valid_until"]
        if _try(form, lambda: actions.end_code(row, by=request.user, on=on)):
            return redirect("syllabus:job", pk=row.job_id)
    context = {"form": form, "code": row}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "syllabus/end_code.html", context, status=status)


def _try(form: Any, verb: Any) -> Any:
    """Call the action; a refusal goes beside its field. Who may not at all is told so."""
    try:
        return verb()
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return None
