"""Plans of a year: which there are, one of them, its draws."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core import audit
from zhupei.inspections.access import may_plan, may_plan_for
from zhupei.inspections.actions import plans as actions
from zhupei.inspections.forms import PlanForm, PlannedForm
from zhupei.inspections.models import Plan, PlannedDraw, PlanState
from zhupei.inspections.views.shared import A_PAGE, UNPROCESSABLE, done, officer
from zhupei.inspections.workflow import PLAN
from zhupei.people.requests import SignedIn


def badge(plan: Plan) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = ("circle-check", "ok") if plan.state == PlanState.PUBLISHED else ("pencil", "")
    return {"icon": icon, "tone": tone, "word": plan.get_state_display()}


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedIn) -> HttpResponse:
    """The plans one may see; an authority begins the one of a year."""
    user = officer(request)
    here = user.acting.organization
    form = None
    if may_plan_for(user, here):
        form = PlanForm(request.POST or None, initial={"year": timezone.localdate().year})
        if form.is_valid():
            said = form.cleaned_data
            made = done(form, lambda: actions.draft(here, by=user, **said))
            if made:
                return redirect("inspections:plan", made.pk)
    rows = Plan.objects.visible_to(user).select_related("authority")
    ordered = rows.annotate(size=Count("rows")).order_by("-year", "authority", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"plan": row, "badge": badge(row)} for row in page],
        "form": form,
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "inspections/plans.html", context, status=status)


def _load(request: SignedIn, pk: int) -> Plan:
    visible = Plan.objects.visible_to(officer(request)).select_related("authority")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One plan: its draws, what was drawn of them, one more."""
    plan = _load(request, pk)
    published = plan.state == PlanState.PUBLISHED
    form = None
    if may_plan(request.user, plan):
        form = PlannedForm(request.POST or None, published=published)
        if form.is_valid():
            said = form.cleaned_data
            if done(form, lambda: actions.add_row(plan, by=request.user, **said)):
                messages.success(request, _("已增加“%(row)s”。") % {"row": said["title"]})
                return redirect("inspections:plan", pk)
    rows = PlannedDraw.objects.visible_to(request.user).filter(plan=plan).with_draws()
    context = {
        "plan": plan,
        "badge": badge(plan),
        "rows": rows,
        "form": form,
        "moves": PLAN.available(plan, request.user),
        "may_draw": form is not None and published,
        "crumbs": [
            {"label": _("年度计划"), "url": reverse("inspections:plans")},
            {"label": str(plan)},
        ],
        "timeline": audit.timeline(plan),
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "inspections/plan.html", context, status=status)


@login_required
@require_POST
def remove_row(request: SignedIn, pk: int) -> HttpResponse:
    """Take a draw off a plan nobody has read yet."""
    visible = PlannedDraw.objects.visible_to(officer(request))
    found = get_object_or_404(visible.select_related("plan__authority"), pk=pk)
    actions.remove_row(found, by=request.user)
    messages.success(request, _("已删除“%(row)s”。") % {"row": found.title})
    return redirect("inspections:plan", found.plan_id)


@login_required
@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Promise the plan to everybody."""
    plan = actions.publish(_load(request, pk), by=request.user)
    messages.success(request, _("%(plan)s已公布。") % {"plan": plan})
    return redirect("inspections:plan", pk)
