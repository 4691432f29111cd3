"""The workbench: the list of sittings, one sitting, its seats, its moves."""

from datetime import datetime, timedelta
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

from zhupei.core import audit, panels
from zhupei.core.errors import NotAllowed
from zhupei.core.form_pages import form_page
from zhupei.exams.access import may_plan, may_propose, may_run
from zhupei.exams.actions import eligibility
from zhupei.exams.actions import seating as seating_verbs
from zhupei.exams.actions import sittings as actions
from zhupei.exams.forms import SittingFilters, SittingForm
from zhupei.exams.models import Candidate, Plan, Sitting, State
from zhupei.exams.sentences import why_not
from zhupei.exams.views import shown
from zhupei.exams.views.frame import plan_asked_for, plan_url, tabs
from zhupei.organizations.access import oversees_prefecture
from zhupei.organizations.models import ASSIGNED, Role
from zhupei.people.requests import SignedIn

PER_PAGE = 25
MOVES = {
    "notify": actions.notify,
    "close": actions.close,
    "cancel": actions.cancel,
}


def _load(request: SignedIn, pk: int) -> Sitting:
    """A sitting this person works with or looks on; a candidate has pages of their own."""
    if request.user.acting is None:
        raise Http404
    sittings = Sitting.objects.visible_to(request.user).select_related(
        "organization", "prefecture", "job", "room", "blueprint", "plan"
    )
    return get_object_or_404(sittings, pk=pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The sittings of one's body or area, the next one first."""
    if request.user.acting is None:
        raise Http404
    filters = SittingFilters(request.GET)
    sort = "starts_at" if request.GET.get("sort") == "starts_at" else "-starts_at"
    rows = Sitting.objects.visible_to(request.user).with_counts()
    rows = filters.narrow(rows).select_related("job", "room", "organization", "prefecture")
    page = Paginator(rows.order_by(sort, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "sort": sort,
        "page": page,
        "rows": [(sitting, shown.badge(sitting, now)) for sitting in page],
        "may_draft": may_plan(request.user, request.user.acting.organization),
    }
    return render(request, "exams/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Plan a new sitting."""
    acting = request.user.acting
    if acting is None or not may_plan(request.user, acting.organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能安排考核。"))
    organization = acting.organization
    plan = plan_asked_for(request)
    form = SittingForm(
        organization, request.user, request.POST or None, plan=plan, initial=_like_the_last(plan)
    )

    def save() -> HttpResponse:
        sitting = actions.draft(organization, by=request.user, **form.plan())
        if plan:
            messages.success(request, _("“%(title)s”已放进计划。") % {"title": sitting.title})
            return redirect("plans:detail", pk=plan.pk)
        messages.success(request, _("已保存为草稿。下一步：告知考核计划，安排座位。"))
        return redirect("exams:detail", pk=sitting.pk)

    back = reverse("plans:detail", args=[plan.pk]) if plan else reverse("exams:index")
    title = _("计划里的新场次") if plan else _("新的考核场次")
    return form_page(request, form, "exams/form.html", save, title=title, cancel_url=back)


def _like_the_last(plan: Plan | None) -> dict[str, Any]:
    """The next sitting of a plan is mostly the last one, a day later."""
    last = plan.sittings.order_by("-starts_at", "-pk").first() if plan else None
    if last is None:
        return {}
    same = ("title", "blueprint", "room", "minutes", "forms")
    start = max(last.starts_at, timezone.now()) + timedelta(days=1)
    return {
        **{name: getattr(last, name) for name in same},
        "more_rooms": last.more_rooms.all(),
        "starts_at": datetime.combine(start.date(), last.starts_at.timetz()),
    }


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change the plan of a sitting that is not sealed."""
    sitting = _load(request, pk)
    if not may_run(request.user, sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改这场考核。"))
    form = SittingForm(
        sitting.organization, request.user, request.POST or None, instance=_load(request, pk)
    )

    def save() -> HttpResponse:
        actions.change(sitting, by=request.user, **form.plan())
        return redirect("exams:detail", pk=pk)

    page = {"title": sitting.title, "cancel_url": reverse("exams:detail", args=[pk])}
    return form_page(request, form, "exams/form.html", save, **page)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One sitting: what it is, what I can do, who sits in it, what happened."""
    return _detail(request, _load(request, pk))


def _detail(request: SignedIn, sitting: Sitting) -> HttpResponse:
    people = _people(request, sitting)
    runs = may_run(request.user, sitting)
    context = people | {
        "facts": shown.facts(sitting),
        "tabs": tabs(sitting, "detail"),
        "moves": shown.moves(sitting, request.user, len(people["rows"])),
        "may_change": shown.may_change(sitting, request.user),
        "move_url": reverse("exams:move", args=[sitting.pk, "name"]).removesuffix("name/"),
        "papers": list(sitting.papers.defer("sealed", "sealed_keys")),
        "plan_url": plan_url(request.user, sitting),
        "shows_seed": sitting.state in {State.CLOSED, State.RELEASED},
        "late": shown.late(sitting, request.user),
        "may_correct": sitting.state in {State.CLOSED, State.RELEASED}
        and may_propose(request.user, sitting),
        "may_issue": runs and sitting.state == State.RELEASED,
        "may_pack": sitting.state in {State.CLOSED, State.RELEASED}
        and (runs or oversees_prefecture(request.user, Role.REVIEWER, sitting.prefecture_id)),
        "timeline": audit.timeline(sitting, subject=audit.subject_key(sitting)),
        "of_candidates": []
        if people["blind"]
        else audit.timeline(sitting, within=audit.subject_key(sitting)),
    }
    return render(request, "exams/detail.html", context)


@login_required
@require_GET
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """The part that htmx fetches again every few seconds while the sitting runs."""
    return render(request, "exams/detail.html#people", _people(request, _load(request, pk)))


def _people(request: SignedIn, sitting: Sitting) -> dict[str, Any]:
    """The candidates with how far they are, in one query. Who is only called to the sitting may
    mark it as well: they see no mark before all do.
    """
    now = timezone.now()
    acting = request.user.acting
    blind = sitting.state != State.RELEASED and acting is not None and acting.role in ASSIGNED
    over = sitting.state in {State.CLOSED, State.RELEASED} or now >= sitting.ends_at
    candidates = sitting.candidates.with_progress().order_by("seat")
    rows = [(one, shown.candidate_badge(one, over=over)) for one in candidates]
    given = [one.attempt for one, _badge in rows if getattr(one, "attempt", None)]
    begun = [attempt for attempt in given if attempt.started_at]
    handed_in = [attempt for attempt in begun if attempt.handed_in_at]
    passed = sum(bool(attempt.passed) for attempt in handed_in)
    return {
        "sitting": sitting,
        "badge": shown.badge(sitting, now),
        "rows": rows,
        "blind": blind,
        "live": sitting.state == State.SEALED and sitting.starts_at <= now,
        "may_accuse": may_run(request.user, sitting)
        and sitting.starts_at <= now
        and sitting.state in {State.SEALED, State.CLOSED, State.RELEASED},
        "figures": [
            {
                "label": _("考生"),
                "value": len(rows),
                "note": _("考场 %(seats)d 座") % {"seats": sitting.room.seats},
            },
            {"label": _("作答中"), "value": len(begun) - len(handed_in)},
            {"label": _("已交卷"), "value": len(handed_in)},
            {"label": _("缺考") if over else _("未开始"), "value": len(rows) - len(begun)},
            {"label": _("合格"), "value": "—" if blind else passed},
        ],
    }


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one move of the workflow and show the sitting as it is then. The two nothing brings back
    have a page of their own (steps).
    """
    if name not in MOVES:
        raise Http404
    verb: Any = MOVES[name]
    verb(_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("exams:detail", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def seating(request: SignedIn, pk: int) -> HttpResponse:
    """Who can be seated, each with the verdict and its reasons; tick and seat them."""
    sitting = _load(request, pk)
    if not may_run(request.user, sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能安排座位。"))
    within = list(eligibility.within_reach(sitting))
    if request.method == "POST":
        chosen = set(request.POST.getlist("enrolment"))
        seated = seating_verbs.seat(
            sitting, [one for one in within if str(one.pk) in chosen], by=request.user
        )
        messages.success(request, _("已安排 %(count)d 名考生的座位。") % {"count": len(seated)})
        return redirect("exams:detail", pk=pk)
    return render(request, "exams/seating.html", _choice(request, sitting, within))


def _choice(request: SignedIn, sitting: Sitting, within: list[Any]) -> dict[str, Any]:
    """The list of the seating page: who may be ticked first, the others with their reasons."""
    found = eligibility.verdicts(sitting, within)
    rows = [(one, found[one.pk], why_not(found[one.pk])) for one in within]
    return {
        "sitting": sitting,
        "eligible": [row for row in rows if row[1].eligible],
        "barred": [row for row in rows if not row[1].eligible],
        "free": seating_verbs.free_seats(sitting),
        "panels": panels.of("exams:seating", request.user, sitting),
        "may_change": sitting.state in {State.DRAFT, State.NOTIFIED},
    }


@login_required
@require_POST
def unseat(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Take one seat back."""
    seats = Candidate.objects.visible_to(request.user).filter(sitting=_load(request, pk))
    seating_verbs.unseat(get_object_or_404(seats, pk=candidate), by=request.user)
    return redirect("exams:detail", pk=pk)
