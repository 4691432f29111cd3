"""The workbench: the list of sessions, one session with its board, its plan, its people."""

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
from zhupei.exams.access import may_plan
from zhupei.exams.models import Plan
from zhupei.exams.views.frame import plan_asked_for, plan_url
from zhupei.organizations.access import oversees_prefecture
from zhupei.organizations.models import ASSIGNED, Role
from zhupei.people.requests import SignedIn
from zhupei.practical.access import may_run
from zhupei.practical.actions import candidates, timetable
from zhupei.practical.actions import sessions as actions
from zhupei.practical.forms import SessionFilters, SessionForm
from zhupei.practical.models import CHANGEABLE, Session, State
from zhupei.practical.rules import marks
from zhupei.practical.sentences import why_not
from zhupei.practical.views import shown

PER_PAGE = 25
FORM = "practical/session_form.html"
MOVES: dict[str, Any] = {
    "notify": actions.notify,
    "fix": actions.fix,
    "close": actions.close,
    "release": actions.release,
    "cancel": actions.cancel,
}


def load(request: SignedIn, pk: int) -> Session:
    """A session this person works with or looks on; candidates and assessors have pages of their
    own.
    """
    acting = request.user.acting
    if acting is None or acting.role in ASSIGNED:
        raise Http404
    sessions = Session.objects.visible_to(request.user).select_related(
        "organization", "prefecture", "rubric__job", "room", "plan"
    )
    return get_object_or_404(sessions, pk=pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The sessions of one's body or area, the latest first."""
    acting = request.user.acting
    if acting is None or acting.role in ASSIGNED:
        raise Http404
    filters = SessionFilters(request.GET)
    sort = "opens_at" if request.GET.get("sort") == "opens_at" else "-opens_at"
    rows = filters.narrow(Session.objects.visible_to(request.user).with_counts())
    rows = rows.select_related("rubric__job", "room", "organization").order_by(sort, "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "sort": sort,
        "page": page,
        "rows": [(session, shown.badge(session, now)) for session in page],
        "may_draft": may_plan(request.user, acting.organization),
    }
    return render(request, "practical/sessions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Plan a new session."""
    acting = request.user.acting
    if acting is None or not may_plan(request.user, acting.organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能安排实操考核。"))
    organization = acting.organization
    plan = plan_asked_for(request)
    form = SessionForm(
        organization, request.user, request.POST or None, plan=plan, initial=_like_the_last(plan)
    )

    def save() -> HttpResponse:
        session = actions.draft(organization, by=request.user, **form.plan())
        if plan:
            messages.success(request, _("“%(title)s”已放进计划。") % {"title": session.title})
            return redirect("plans:detail", pk=plan.pk)
        messages.success(request, _("已保存为草稿。下一步：告知考核计划，选考生和考评员。"))
        return redirect("practical:session", pk=session.pk)

    back = reverse("plans:detail", args=[plan.pk]) if plan else reverse("practical:sessions")
    title = _("计划里的新实操场次") if plan else _("新的实操场次")
    return form_page(request, form, FORM, save, title=title, cancel_url=back)


def _like_the_last(plan: Plan | None) -> dict[str, Any]:
    """The next session of a plan is mostly the last one, a day later."""
    last = plan.sessions.order_by("-opens_at", "-pk").first() if plan else None
    if last is None:
        return {}
    opens = timezone.localtime(max(last.opens_at, timezone.now()) + timedelta(days=1))
    opens = datetime.combine(opens.date(), timezone.localtime(last.opens_at).timetz())
    pause = dict(zip(("pause_begins", "pause_ends"), last.pause or (), strict=False))
    same = ("title", "rubric", "room", "stations", "change_minutes")
    return {
        **{name: getattr(last, name) for name in same},
        **{name: timezone.localtime(at).time() for name, at in pause.items()},
        "opens_at": opens,
        "closes_at": opens + (last.closes_at - last.opens_at),
    }


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change the plan of a session whose turns are not fixed."""
    session = load(request, pk)
    if not may_run(request.user, session):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改这场考核。"))
    form = SessionForm(
        session.organization, request.user, request.POST or None, instance=load(request, pk)
    )

    def save() -> HttpResponse:
        actions.change(session, by=request.user, **form.cleaned_data)
        return redirect("practical:session", pk=pk)

    page = {"title": session.title, "cancel_url": reverse("practical:session", args=[pk])}
    return form_page(request, form, FORM, save, **page)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One session: what it is, what I can do, the board of turns, what happened."""
    session = load(request, pk)
    context = board(session)
    runs = may_run(request.user, session)
    context |= {
        "facts": shown.facts(session),
        "plan_url": plan_url(request.user, session),
        "moves": shown.moves(session, request.user, context["counts"]),
        "may_change": runs and session.state in CHANGEABLE,
        "runs": runs,
        "may_pack": session.state in {State.CLOSED, State.RELEASED}
        and (runs or oversees_prefecture(request.user, Role.REVIEWER, session.prefecture_id)),
        "move_url": reverse("practical:move", args=[pk, "name"]).removesuffix("name/"),
        "timeline": audit.timeline(session, subject=audit.subject_key(session)),
        "of_turns": audit.timeline(session, within=audit.subject_key(session)),
    }
    return render(request, "practical/session.html", context)


@login_required
@require_GET
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """The part that htmx fetches again while the session runs."""
    return render(request, "practical/session.html#board", board(load(request, pk)))


def board(session: Session) -> dict[str, Any]:
    """Every turn with its sheets, in waves by time; in two queries."""
    now = timezone.now()
    turns = list(
        session.turns.all()
        .select_related("person", "enrolment__training_class__organization")
        .prefetch_related("sheets__assessor")
        .order_by("starts_at", "station", "pk")
    )
    for turn in turns:
        turn.session = session
    rows = [(turn, list(turn.sheets.all())) for turn in turns]
    lines: list[dict[str, Any]] = [
        {"turn": turn, "sheets": sheets, "state": shown.standing(turn, sheets, now)}
        for turn, sheets in rows
    ]
    live = [line for line in lines if not line["turn"].void]
    counts = _counts(live)
    waves: dict[Any, list[Any]] = {}
    for line in live:
        waves.setdefault((line["turn"].starts_at, line["turn"].ends_at), []).append(line)
    begun = now >= session.opens_at
    return {
        "session": session,
        "badge": shown.badge(session, now),
        "lines": lines,
        "waves": [(shown.times(*span), wave) for span, wave in waves.items()],
        "counts": counts,
        "live": session.state == State.FIXED and begun,
        "shows_marks": session.state in {State.CLOSED, State.RELEASED, State.FIXED},
        "figures": _figures(session, counts),
    }


def _counts(live: list[dict[str, Any]]) -> dict[str, int]:
    settled = [line for line in live if line["turn"].settled_at]
    absent = [line for line in live if line["turn"].absent]
    third = [line for line in live if line["turn"].differences and not line["turn"].settled_at]
    return {
        "turns": len(live),
        "settled": len(settled),
        "absent": len(absent),
        "third": len(third),
        "passed": sum(bool(line["turn"].passed) for line in settled),
        "short": sum(len(line["sheets"]) < marks.PAIR for line in live),
        "open": sum(
            line["turn"].arrived_at is not None and not line["turn"].settled_at for line in live
        ),
    }


def _figures(session: Session, counts: dict[str, int]) -> list[dict[str, Any]]:
    room = len(timetable.slots(session))
    figures = [
        {
            "label": _("考生"),
            "value": counts["turns"],
            "note": _("这一天最多 %(room)d 个轮次") % {"room": room},
        },
        {"label": _("成绩已定"), "value": counts["settled"]},
        {
            "label": _("待第三人"),
            "value": counts["third"],
            "tone": "warn" if counts["third"] else "",
        },
        {"label": _("缺考"), "value": counts["absent"]},
    ]
    if session.state in {State.CLOSED, State.RELEASED}:
        figures.append({"label": _("合格"), "value": counts["passed"]})
    return figures


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Make one move of the workflow and show the session as it is then."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("practical:session", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def people(request: SignedIn, pk: int) -> HttpResponse:
    """Who takes part, each with the verdict and its reasons, and who judges."""
    session = load(request, pk)
    if not may_run(request.user, session):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能安排轮次。"))
    turns = session.turns.standing().select_related(
        "enrolment__person", "enrolment__training_class__organization"
    )
    placed = [turn.enrolment for turn in turns]
    within = list(candidates.within_reach(session))
    members = [one.user for one in timetable.assessors_of(session)]
    if request.method == "POST":
        chosen = set(request.POST.getlist("enrolment"))
        judges = set(request.POST.getlist("panel"))
        laid = timetable.choose(
            session,
            by=request.user,
            enrolments=[one for one in [*placed, *within] if str(one.pk) in chosen],
            panel=[one for one in members if str(one.pk) in judges],
        )
        messages.success(request, _("已编排 %(count)d 个轮次。") % {"count": len(laid)})
        return redirect("practical:session", pk=pk)
    found = candidates.verdicts(session, within)
    rows = [(one, found[one.pk], why_not(found[one.pk])) for one in within]
    panel = set(session.panel.values_list("pk", flat=True))
    context = {
        "session": session,
        "placed": placed,
        "eligible": [row for row in rows if row[1].eligible],
        "barred": [row for row in rows if not row[1].eligible],
        "members": [(one, one.pk in panel) for one in members],
        "room": len(timetable.slots(session)),
        "may_change": session.state in CHANGEABLE,
        "panels": panels.of("practical:people", request.user, session),
    }
    return render(request, "practical/people.html", context)
