"""考核计划: the list of plans, one plan with its sittings and sessions, notified together."""

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
from zhupei.exams.forms import QuestionForm
from zhupei.exams.models import Plan, PlanState, Sitting
from zhupei.exams.views import asking
from zhupei.exams.views.frame import load_plan
from zhupei.organizations.models import ASSIGNED
from zhupei.people.requests import SignedIn
from zhupei.plans.actions import plans as actions
from zhupei.plans.forms import PlanFilters, PlanForm
from zhupei.plans.held import with_counts
from zhupei.plans.views import shown
from zhupei.practical.models import Session

PER_PAGE = 25
FORM = "plans/form.html"
MOVES: dict[str, Any] = {"notify": actions.notify, "cancel": actions.cancel}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The plans of one's body or area, the latest first."""
    acting = request.user.acting
    if acting is None or acting.role in ASSIGNED:
        raise Http404
    filters = PlanFilters(request.GET)
    rows = with_counts(filters.narrow(Plan.objects.visible_to(request.user)))
    rows = rows.select_related("organization", "prefecture").order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [(plan, shown.badge(plan)) for plan in page],
        "may_draft": may_plan(request.user, acting.organization),
    }
    return render(request, "plans/index.html", context)


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
        return redirect("plans:detail", pk=plan.pk)

    page = {"title": _("新的考核计划"), "cancel_url": reverse("plans:index")}
    return form_page(request, form, FORM, save, **page)


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
        return redirect("plans:detail", pk=pk)

    page = {"title": plan.title, "cancel_url": reverse("plans:detail", args=[pk])}
    return form_page(request, form, FORM, save, **page)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One plan: what it is, what I can do, its exams, what was asked, what happened."""
    return _detail(request, load_plan(request, pk), QuestionForm())


def _detail(request: SignedIn, plan: Plan, form: QuestionForm) -> HttpResponse:
    now = timezone.now()
    sittings = Sitting.objects.visible_to(request.user)
    sessions = Session.objects.visible_to(request.user)
    exams = [
        *sittings.filter(plan=plan).with_counts().select_related("job", "room"),
        *sessions.filter(plan=plan).with_counts().select_related("rubric__job", "room"),
    ]
    rows = sorted((shown.row(one, now) for one in exams), key=lambda one: one.begins)
    keeps = may_keep(request.user, plan) and plan.state != PlanState.CANCELLED
    context = {
        "plan": plan,
        "badge": shown.badge(plan),
        "facts": shown.facts(plan),
        "figures": shown.figures(rows),
        "rows": rows,
        "moves": shown.moves(plan, request.user, rows, now),
        "move_url": reverse("plans:move", args=[plan.pk, "name"]).removesuffix("name/"),
        "keeps": keeps,
        "loose": _loose(request, plan) if keeps else [],
        "asked_about": plan.number is not None,
        "timeline": audit.timeline(plan),
        "crumbs": [
            {"label": _("考核计划"), "url": reverse("plans:index")},
            {"label": plan.title},
        ],
    }
    context |= asking.part(request, plan, form)
    status = 422 if form.errors else 200
    return render(request, "plans/detail.html", context, status=status)


def _loose(request: SignedIn, plan: Plan) -> list[shown.Row]:
    """What the body has drafted for this place and put into no plan."""
    here = {"organization": plan.organization_id, "prefecture": plan.prefecture_id}
    now = timezone.now()
    sittings = Sitting.objects.visible_to(request.user).filter(**here).loose()
    sessions = Session.objects.visible_to(request.user).filter(**here).loose()
    return [
        *(shown.row(one, now) for one in sittings.select_related("room", "job")),
        *(shown.row(one, now) for one in sessions.select_related("room", "rubric__job")),
    ]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one move of the workflow and show the plan as it is then."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load_plan(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("plans:detail", pk=pk)


@login_required
@require_POST
def take_in(request: SignedIn, pk: int) -> HttpResponse:
    """Put drafted sittings and sessions into the plan."""
    chosen = {
        kind: [key for key in request.POST.getlist(kind) if key.isdecimal()]
        for kind in ("sittings", "sessions")
    }
    exams = [
        *Sitting.objects.visible_to(request.user).filter(pk__in=chosen["sittings"]),
        *Session.objects.visible_to(request.user).filter(pk__in=chosen["sessions"]),
    ]
    actions.take_in(load_plan(request, pk), exams, by=request.user)
    return redirect("plans:detail", pk=pk)


@login_required
@require_POST
def leave_out(request: SignedIn, pk: int, sitting: int) -> HttpResponse:
    """Take a sitting out again."""
    rows = Sitting.objects.visible_to(request.user).filter(plan=load_plan(request, pk))
    actions.leave_out(get_object_or_404(rows, pk=sitting), by=request.user)
    return redirect("plans:detail", pk=pk)


@login_required
@require_POST
def leave_out_session(request: SignedIn, pk: int, session: int) -> HttpResponse:
    """Take a practical session out again."""
    rows = Session.objects.visible_to(request.user).filter(plan=load_plan(request, pk))
    actions.leave_out(get_object_or_404(rows, pk=session), by=request.user)
    return redirect("plans:detail", pk=pk)


@login_required
@require_POST
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """The bureau asks back."""
    plan = load_plan(request, pk)
    form, asked = asking.ask(request, plan)
    return _detail(request, plan, form) if form.errors else asked


@login_required
@require_POST
def reply(request: SignedIn, pk: int, question: int) -> HttpResponse:
    """The body answers."""
    return asking.reply(request, load_plan(request, pk), question)
