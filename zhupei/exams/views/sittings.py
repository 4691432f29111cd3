"""The workbench: the list of sittings, one sitting, its seats, its moves."""

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
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_plan, may_run
from zhupei.exams.actions import eligibility
from zhupei.exams.actions import seating as seating_verbs
from zhupei.exams.actions import sittings as actions
from zhupei.exams.forms import SittingFilters, SittingForm
from zhupei.exams.models import Candidate, Sitting, State
from zhupei.exams.sentences import why_not
from zhupei.exams.views import shown
from zhupei.exams.views.frame import tabs
from zhupei.organizations.access import oversees_prefecture
from zhupei.organizations.models import Role
from zhupei.people.requests import SignedIn

PER_PAGE = 25
MOVES = {
    "notify": actions.notify,
    "seal": actions.seal,
    "close": actions.close,
    "release": actions.release,
    "cancel": actions.cancel,
}


def _load(request: SignedIn, pk: int) -> Sitting:
    """A sitting this person works with or looks on; a candidate has pages of their own."""
    if request.user.acting is None:
        raise Http404
    sittings = Sitting.objects.visible_to(request.user).select_related(
        "organization", "prefecture", "job", "room", "blueprint"
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
    form = SittingForm(acting.organization, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sitting = actions.draft(acting.organization, by=request.user, **form.plan())
        except Refused as refusal:
            _beside_the_field(form, refusal)
        else:
            messages.success(request, _("已保存为草稿。下一步：告知考核计划，安排座位。"))
            return redirect("exams:detail", pk=sitting.pk)
    return _form(request, form, _("新的考核场次"), reverse("exams:index"))


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
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(sitting, by=request.user, **form.plan())
        except Refused as refusal:
            _beside_the_field(form, refusal)
        else:
            return redirect("exams:detail", pk=pk)
    return _form(request, form, sitting.title, reverse("exams:detail", args=[pk]))


def _beside_the_field(form: SittingForm, refusal: Refused) -> None:
    """A refusal about one field stands beside it; any other goes its usual way."""
    if refusal.field not in form.fields:
        raise refusal
    form.add_error(refusal.field, str(refusal))


def _form(request: SignedIn, form: SittingForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": back}
    return render(request, "exams/form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One sitting: what it is, what I can do, who sits in it, what happened."""
    return _detail(request, _load(request, pk))


def _detail(request: SignedIn, sitting: Sitting) -> HttpResponse:
    people = _people(sitting)
    runs = may_run(request.user, sitting)
    context = people | {
        "facts": shown.facts(sitting),
        "tabs": tabs(sitting, "detail"),
        "moves": shown.moves(sitting, request.user, len(people["rows"])),
        "may_change": shown.may_change(sitting, request.user),
        "move_url": reverse("exams:move", args=[sitting.pk, "name"]).removesuffix("name/"),
        "papers": list(sitting.papers.defer("sealed", "sealed_keys")),
        "shows_seed": sitting.state in {State.CLOSED, State.RELEASED},
        "late": shown.late(sitting, request.user),
        "may_issue": runs and sitting.state == State.RELEASED,
        "may_pack": sitting.state in {State.CLOSED, State.RELEASED}
        and (runs or oversees_prefecture(request.user, Role.REVIEWER, sitting.prefecture_id)),
        "timeline": audit.timeline(sitting, subject=audit.subject_key(sitting)),
        "of_candidates": audit.timeline(sitting, within=audit.subject_key(sitting)),
    }
    return render(request, "exams/detail.html", context)


@login_required
@require_GET
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """The part that htmx fetches again every few seconds while the sitting runs."""
    return render(request, "exams/detail.html#people", _people(_load(request, pk)))


def _people(sitting: Sitting) -> dict[str, Any]:
    """The candidates with how far they are, in one query."""
    now = timezone.now()
    over = sitting.state in {State.CLOSED, State.RELEASED} or now >= sitting.ends_at
    candidates = sitting.candidates.with_progress().order_by("seat")
    rows = [(one, shown.candidate_badge(one, over=over)) for one in candidates]
    given = [one.attempt for one, _badge in rows if getattr(one, "attempt", None)]
    begun = [attempt for attempt in given if attempt.started_at]
    handed_in = [attempt for attempt in begun if attempt.handed_in_at]
    return {
        "sitting": sitting,
        "badge": shown.badge(sitting, now),
        "rows": rows,
        "live": sitting.state == State.SEALED and sitting.starts_at <= now,
        "figures": [
            {
                "label": _("考生"),
                "value": len(rows),
                "note": _("考场 %(seats)d 座") % {"seats": sitting.room.seats},
            },
            {"label": _("作答中"), "value": len(begun) - len(handed_in)},
            {"label": _("已交卷"), "value": len(handed_in)},
            {"label": _("缺考") if over else _("未开始"), "value": len(rows) - len(begun)},
            {"label": _("合格"), "value": sum(bool(attempt.passed) for attempt in handed_in)},
        ],
    }


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one move of the workflow and show the sitting as it is then."""
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
    return render(request, "exams/seating.html", _choice(sitting, within))


def _choice(sitting: Sitting, within: list[Any]) -> dict[str, Any]:
    """The list of the seating page: who may be ticked first, the others with their reasons."""
    found = eligibility.verdicts(sitting, within)
    rows = [(one, found[one.pk], why_not(found[one.pk])) for one in within]
    return {
        "sitting": sitting,
        "eligible": [row for row in rows if row[1].eligible],
        "barred": [row for row in rows if not row[1].eligible],
        "free": seating_verbs.free_seats(sitting),
        "may_change": sitting.state in {State.DRAFT, State.NOTIFIED},
    }


@login_required
@require_POST
def unseat(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Take one seat back."""
    seats = Candidate.objects.visible_to(request.user).filter(sitting=_load(request, pk))
    seating_verbs.unseat(get_object_or_404(seats, pk=candidate), by=request.user)
    return redirect("exams:detail", pk=pk)
