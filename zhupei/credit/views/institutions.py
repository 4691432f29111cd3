"""The credit files of institutions, what credit does elsewhere, grades by year."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import tables
from zhupei.core.errors import NotAllowed
from zhupei.credit import consequences
from zhupei.credit.access import may_enter, may_export, may_grade
from zhupei.credit.actions import exports
from zhupei.credit.actions import grades as actions
from zhupei.credit.forms import FileFilters, GradeFilters, GradeForm
from zhupei.credit.models import CreditRecord, Grade, Letter
from zhupei.credit.models.grades import GradeQuerySet
from zhupei.credit.views import frame
from zhupei.organizations.models import Kind, Organization
from zhupei.oversight.access import may_take_measures
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The institutions somebody may see, with what is held against them and their last grade."""
    user = frame.worker(request)
    today = timezone.localdate()
    filters = FileFilters(request.GET)
    if user.acting.organization.kind != Kind.REGION_AUTHORITY:
        del filters.fields["prefecture"]
    page = Paginator(_narrowed(request, filters), frame.A_PAGE).get_page(request.GET.get("page"))
    counts = CreditRecord.objects.visible_to(user).counts(page.object_list, today)
    latest = Grade.objects.visible_to(user).latest_of(page.object_list)
    context = {
        "page": page,
        "rows": [
            {
                "organization": one,
                "records": counts.get(one.pk, 0),
                "grade": latest.get(one.pk),
                "badge": frame.grade_badge(latest.get(one.pk)),
            }
            for one in page
        ],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
    }
    return render(request, "credit/files.html", context)


def _narrowed(request: SignedIn, filters: FileFilters) -> Any:
    rows = Organization.objects.visible_to(request.user).public()
    rows = rows.select_related("prefecture", "admission").order_by("prefecture", "name")
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    for word in said["q"].split():
        rows = rows.filter(name__icontains=word)
    if said.get("prefecture"):
        rows = rows.filter(prefecture=said["prefecture"])
    if said["only"]:
        records = CreditRecord.objects.visible_to(request.user).in_use(timezone.localdate())
        held = Exists(records.filter(organization=OuterRef("pk")))
        rows = rows.filter(held if said["only"] == "held" else ~held)
    return rows


@login_required
@require_GET
def file(request: SignedIn, pk: int) -> HttpResponse:
    """One institution's credit: what is held, its grades, what both do elsewhere."""
    organization = frame.institution(request, pk)
    mine = CreditRecord.objects.visible_to(request.user).of(organization)
    rows = list(mine.select_related("authority").order_by("-decided_on", "-pk"))
    grades = Grade.objects.visible_to(request.user).filter(organization=organization)
    history = list(grades.select_related("set_by").order_by("-year", "-set_at"))
    now = next((one for one in history if one.replaced_at is None), None)
    found = consequences.held(rows, timezone.localdate())
    context = {
        "organization": organization,
        "records": [
            {"record": one, "badge": frame.badge(one), "weight": frame.weight(one)} for one in rows
        ],
        "grades": [{"grade": one, "badge": frame.grade_badge(one)} for one in history],
        "grade": now,
        "badge": frame.grade_badge(now),
        "bearings": consequences.of(consequences.CreditFile(organization, rows, now)),
        "linked": request.user.acting.organization.kind != Kind.HR,
        "held": found,
        "may_enter": may_enter(request.user, organization),
        "may_grade": may_grade(request.user, organization),
        "may_measure": may_take_measures(request.user, organization),
    }
    return render(request, "credit/file.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_grade(request: SignedIn, pk: int) -> HttpResponse:
    """Set or change the grade of a year, having seen what it changes elsewhere."""
    organization = frame.institution(request, pk)
    if not may_grade(request.user, organization):
        raise NotAllowed("not_allowed", _("年度等级由自治区住建厅登记。"))
    form = GradeForm(request.POST or None)
    will = None
    if form.is_valid():
        said = form.cleaned_data

        def act() -> Grade:
            return actions.set_grade(organization, by=request.user, **said)

        if request.POST.get("step") == "enter" and frame.tried(form, act):
            messages.success(request, _("%(year)d 年度等级已登记。") % {"year": said["year"]})
            return redirect("credit:file", pk=pk)
        will = frame.tried(form, lambda: consequences.turned(organization, act))
    context = {"organization": organization, "form": form, "will": will}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "credit/set_grade.html", context, status=status)


@login_required
@require_GET
def grades(request: SignedIn) -> HttpResponse:
    """The grades of one year, with how many got which."""
    user = frame.worker(request)
    mine = Grade.objects.visible_to(user)
    rows, filters, year = _of_year(request, mine)
    page = Paginator(rows, frame.A_PAGE).get_page(request.GET.get("page"))
    of_year = mine.of_year(year).order_by()
    counted = dict(of_year.values_list("grade").annotate(n=Count("pk")))
    context = {
        "page": page,
        "rows": [{"grade": one, "badge": frame.grade_badge(one)} for one in page],
        "filters": filters,
        "filters_active": bool(request.GET.get("grade")),
        "figures": [
            {
                "label": letter.label if letter == Letter.OUT else _("%s 级") % letter.label,
                "value": counted.get(letter, 0),
            }
            for letter in Letter
        ],
        "year": year,
        "export_url": reverse("credit:export-grades") if may_export(user) else "",
    }
    return render(request, "credit/grades.html", context)


def _of_year(request: SignedIn, mine: GradeQuerySet) -> tuple[GradeQuerySet, GradeFilters, int]:
    years = list(mine.current().order_by("-year").values_list("year", flat=True).distinct())
    newest = years[0] if years else actions.year_of(timezone.localdate())
    filters = GradeFilters(years or [newest], request.GET)
    valid = filters.is_valid()
    year = (filters.cleaned_data["year"] if valid else None) or newest
    rows = mine.of_year(year).select_related("organization__prefecture")
    rows = rows.order_by("grade", "-score", "organization__name")
    if valid and filters.cleaned_data["grade"]:
        rows = rows.filter(grade=filters.cleaned_data["grade"])
    return rows, filters, year


@login_required
@require_GET
def export_grades(request: SignedIn) -> HttpResponse:
    """The grades the list shows, as a spreadsheet."""
    user = frame.worker(request)
    rows, _filters, year = _of_year(request, Grade.objects.visible_to(user))
    content = exports.grades(rows, by=user, year=year)
    name = _("%(year)d 年度等级.xlsx") % {"year": year}
    return tables.answer(content, name)
