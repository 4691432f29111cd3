"""考核计划: the list of plans, one plan with its sittings, notified together."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.form_pages import form_page
from zhupei.exams.access import may_keep, may_plan
from zhupei.exams.actions import plans as actions
from zhupei.exams.forms import PlanFilters, PlanForm
from zhupei.exams.models import Plan, PlanState, Sitting
from zhupei.exams.views import shown
from zhupei.organizations.models import ASSIGNED
from zhupei.people.requests import SignedIn

PER_PAGE = 25
MOVES: dict[str, Any] = {"notify": actions.notify, "cancel": actions.cancel}


def load_plan(request: SignedIn, pk: Any) -> Plan:
    """A plan of one's body, or one the bureau was told of."""
    plans = Plan.objects.visible_to(request.user).select_related("organization", "prefecture")
    return get_object_or_404(plans, pk=pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The plans of one's body or area, the latest first."""
    acting = request.user.acting
    if acting is None or acting.role in ASSIGNED:
        raise Http404
    filters = PlanFilters(request.GET)
    rows = filters.narrow(Plan.objects.visible_to(request.user).with_counts())
    rows = rows.select_related("organization", "prefecture").order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [(plan, shown.plan_badge(plan)) for plan in page],
        "may_draft": may_plan(request.user, acting.organization),
    }
    return render(request, "exams/plans.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Begin a plan."""
    acting = request.user.acting
    if acting is None or not may_plan(request.user, acting.organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能安排考核。"))
    organization = acting.organization
    form = PlanForm(organization, request.POST or None)

    def save() -> HttpResponse:
        plan = actions.draft(organization, by=request.user, **form.cleaned_data)
        messages.success(request, _("已保存为草稿。下一步：把各场安排进来，再一起告知。"))
        return redirect("exams:plan", pk=plan.pk)

    page = {"title": _("新的考核计划"), "cancel_url": reverse("exams:plans")}
    return form_page(request, form, "exams/form.html", save, **page)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Say it in other words."""
    plan = load_plan(request, pk)
    if not may_keep(request.user, plan):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改这份计划。"))
    form = PlanForm(plan.organization, request.POST or None, instance=load_plan(request, pk))

    def save() -> HttpResponse:
        actions.change(plan, by=request.user, **form.cleaned_data)
        return redirect("exams:plan", pk=pk)

    page = {"title": plan.title, "cancel_url": reverse("exams:plan", args=[pk])}
    return form_page(request, form, "exams/form.html", save, **page)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One plan: what it is, what I can do, its sittings, what happened."""
    plan = load_plan(request, pk)
    now = timezone.now()
    seen = Sitting.objects.visible_to(request.user)
    sittings = list(
        seen.filter(plan=plan).with_counts().select_related("job", "room").order_by("starts_at")
    )
    keeps = may_keep(request.user, plan) and plan.state != PlanState.CANCELLED
    loose = seen.filter(organization=plan.organization_id, prefecture=plan.prefecture_id)
    context = {
        "plan": plan,
        "plan_key": str(plan.pk),
        "badge": shown.plan_badge(plan),
        "facts": shown.plan_facts(plan),
        "figures": shown.plan_figures(sittings),
        "rows": [(one, shown.badge(one, now)) for one in sittings],
        "moves": shown.plan_moves(plan, request.user, sittings, now),
        "move_url": reverse("exams:move-plan", args=[pk, "name"]).removesuffix("name/"),
        "keeps": keeps,
        "loose": loose.loose().select_related("room") if keeps else [],
        "timeline": audit.timeline(plan),
        "crumbs": [
            {"label": _("考核计划"), "url": reverse("exams:plans")},
            {"label": plan.title},
        ],
    }
    return render(request, "exams/plan.html", context)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one move of the workflow and show the plan as it is then."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load_plan(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("exams:plan", pk=pk)


@login_required
@require_POST
def take_in(request: SignedIn, pk: int) -> HttpResponse:
    """Put drafted sittings into the plan."""
    chosen = [key for key in request.POST.getlist("sitting") if key.isdigit()]
    sittings = Sitting.objects.visible_to(request.user).filter(pk__in=chosen)
    actions.take_in(load_plan(request, pk), sittings, by=request.user)
    return redirect("exams:plan", pk=pk)


@login_required
@require_POST
def leave_out(request: SignedIn, pk: int, sitting: int) -> HttpResponse:
    """Take one out again."""
    sittings = Sitting.objects.visible_to(request.user).filter(plan=load_plan(request, pk))
    actions.leave_out(get_object_or_404(sittings, pk=sitting), by=request.user)
    return redirect("exams:plan", pk=pk)
