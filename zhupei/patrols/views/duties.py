"""The ledger and one line of it: planned, called off, explained."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, tables
from zhupei.core.errors import NotAllowed, Refused, beside
from zhupei.organizations.models import Kind
from zhupei.patrols import sheet
from zhupei.patrols.access import may_explain, may_export, may_plan
from zhupei.patrols.actions import explaining, planning, reminders
from zhupei.patrols.crew import situations
from zhupei.patrols.forms import ExplainForm, LedgerFilters, PlanForm
from zhupei.patrols.models import Duty, Patrol, PatrolState, State
from zhupei.patrols.views import shown
from zhupei.patrols.views.overview import authority
from zhupei.people.requests import SignedIn

PER_PAGE = 25
MOST_ROWS = 20_000  # of one export
UNPROCESSABLE = 422
SORTS = {"closes_at", "-closes_at", "organization__name", "-organization__name"}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The ledger by what is looked for, what ends next first."""
    filters, rows = _asked(request)
    sort = request.GET.get("sort", "")
    order = sort if sort in SORTS else "-closes_at"
    page = Paginator(rows.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "sort": sort,
        "page": page,
        "rows": [_row(request, duty) for duty in page],
        "may_tick": any(planning.owing(duty, by=request.user) for duty in page),
        "back": request.GET.urlencode(),
        "export_url": "export/" if may_export(request.user) else "",
    }
    return render(request, "patrols/duties.html", context)


def _row(request: SignedIn, duty: Duty) -> dict[str, Any]:
    free = planning.owing(duty, by=request.user)
    return {"duty": duty, "badge": shown.badge(duty), "free": free}


@login_required
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The rows of the list as a spreadsheet."""
    _filters, rows = _asked(request)
    if not may_export(request.user):
        raise NotAllowed("not_allowed", _("由住建部门的经办人导出台账。"))
    content = sheet.workbook(rows.select_related("authority").order_by("closes_at")[:MOST_ROWS])
    name = _("巡查督考台账 %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return tables.answer(content, name)


def _asked(request: SignedIn) -> tuple[LedgerFilters, Any]:
    here = authority(request)
    filters = LedgerFilters(request.GET, region=here.kind == Kind.REGION_AUTHORITY)
    rows = filters.narrow(Duty.objects.visible_to(request.user))
    return filters, rows.select_related("organization", "prefecture")


def load(request: SignedIn, pk: int) -> Duty:
    """A duty of the area somebody looks after."""
    authority(request)
    rows = Duty.objects.visible_to(request.user).select_related(
        "organization",
        "prefecture",
        "authority",
        "training_class",
        "sitting",
        "session",
        "explained_by",
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One class or sitting: who looked, who will, what the bureau says of a miss."""
    return _page(request, load(request, pk))


def _page(request: SignedIn, duty: Duty, form: ExplainForm | None = None) -> HttpResponse:
    user = request.user
    missed = duty.state == State.MISSED
    asks = missed and duty.explained_at is None and may_explain(user, duty)
    planner = may_plan(user, duty)
    patrols = Patrol.objects.visible_to(user).filter(duty=duty).prefetch_related("members")
    context = {
        "duty": duty,
        "badge": shown.badge(duty),
        "may_plan": planning.plannable(duty, by=user),
        "begun": duty.opens_at <= timezone.now(),
        "patrols": [
            _line(user, patrol, planner=planner)
            for patrol in patrols.order_by("-planned_for", "-pk")
        ],
        "explain_form": (form or ExplainForm()) if asks else None,
        "explain_due": reminders.explained_by(duty) if missed and duty.missed_at else None,
        "timeline": audit.timeline(duty),
    }
    return render(request, "patrols/duty.html", context, status=UNPROCESSABLE if form else 200)


def _line(user: Any, patrol: Patrol, *, planner: bool) -> dict[str, Any]:
    members = list(patrol.members.all())
    planned = patrol.state == PatrolState.PLANNED
    return {
        "patrol": patrol,
        "badge": shown.visit_badge(patrol),
        "way": shown.WAYS[patrol.way],
        "people": "、".join(one.name for one in members),
        "own": planned and user in members,
        "may_call_off": planned and planner,
    }


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedIn, pk: int) -> HttpResponse:
    """Send somebody. Those who must stay away are shown with the reason."""
    duty = load(request, pk)
    if not may_plan(request.user, duty):
        raise NotAllowed("not_allowed", _("由办学地住建局或自治区住建厅安排巡查。"))
    if request.method == "GET":
        planning.check_duty(duty)  # nobody chooses people for what cannot be looked at
    day = _day(request.POST.get("day") or request.GET.get("day"), duty)
    known = situations([duty], by=request.user, day=day)[duty.pk]
    way = request.GET.get("way", "on_site")
    initial = {"day": day.isoformat(), "way": way, "seen": known.newest}
    form = PlanForm(planning.days(duty), known.people, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            patrol = planning.plan(duty, form.wish(), by=request.user)
        if not form.errors:
            return _planned(request, patrol)
        form.look_again(situations([duty], by=request.user, day=day)[duty.pk].newest)
    context = {"duty": duty, "badge": shown.badge(duty), "form": form, "people": known.people}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "patrols/plan.html", context, status=status)


def _planned(request: SignedIn, patrol: Patrol) -> HttpResponse:
    """Whoever goes today themself is led to the form at once."""
    if patrol.planned_for == timezone.localdate() and request.user in patrol.members.all():
        return redirect("patrols:visit", pk=patrol.pk)
    messages.success(request, _("已安排，巡查人员收到了通知。"))
    return redirect("patrols:duty", pk=patrol.duty_id)


def _day(said: str | None, duty: Duty) -> date:
    offered = planning.day_to_offer(duty)
    try:
        return date.fromisoformat(said) if said else offered
    except ValueError:
        return offered


@login_required
@require_POST
def call_off(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Somebody need not go. ``name`` is that of the move, as its button says it."""
    authority(request)
    rows = Patrol.objects.visible_to(request.user).select_related("duty")
    patrol = get_object_or_404(rows, pk=pk)
    if name != "call_off":
        raise Refused("no_such_move", _("没有这一步。"))
    planning.call_off(patrol, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("已取消安排，巡查人员收到了通知。"))
    return redirect("patrols:duty", pk=patrol.duty_id)


@login_required
@require_POST
def explain(request: SignedIn, pk: int) -> HttpResponse:
    """Why nobody looked."""
    duty = load(request, pk)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, form)
    explaining.explain(duty, by=request.user, **form.cleaned_data)
    messages.success(request, _("已说明原因，自治区住建厅能看到。"))
    return redirect("patrols:duty", pk=pk)
