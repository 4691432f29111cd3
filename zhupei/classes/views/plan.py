"""The list of classes, one class, and writing its plan."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.classes import parameters, precheck
from zhupei.classes.access import OPEN_TO_CHANGE, may_change, may_draft
from zhupei.classes.actions import plan
from zhupei.classes.events import ClassEvent
from zhupei.classes.forms import ClassFilters, ReasonFormSet
from zhupei.classes.models import Mode, State, TrainingClass
from zhupei.classes.models.plan import ClassQuerySet
from zhupei.classes.returns import DECISIONS, SUBMISSIONS
from zhupei.classes.returns import reasons as reasons_of
from zhupei.classes.snapshots import differences, take
from zhupei.classes.views.desk import beside
from zhupei.classes.views.frame import badge, frame, load, me, moves
from zhupei.core import audit, clock, panels
from zhupei.core.errors import Refused
from zhupei.core.models import Event
from zhupei.core.templatetags.ui import beijing_day

MOVES = {
    "submit": plan.submit,
    "file": plan.submit,
    "approve": plan.approve,
    "refer": plan.refer,
    "advise": plan.advise,
    "recall": plan.recall,
    "withdraw": plan.withdraw,
    "revoke": plan.revoke,
    "cancel": plan.cancel,
    "finish": plan.finish,
}
PER_PAGE = 25
NEWEST = 50  # events of a timeline
ALL_EVENTS = 500  # with those of the people: sign-ups, sign-ins, corrections
UNPROCESSABLE = 422


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The classes somebody may see; what is looked for stands in the address."""
    user = me(request)
    filters = ClassFilters(request.GET or None)
    rows = _narrowed(TrainingClass.objects.visible_to(user), filters).with_places()
    related = rows.select_related("organization", "division", "syllabus__job")
    page = Paginator(related.order_by(*_order(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "sort": request.GET.get("sort", ""),
        "page": page,
        "rows": _rows(page),
        "waiting_only": request.GET.get("state") == State.SUBMITTED,
        "may_draft": may_draft(user, user.acting.organization),
    }
    return render(request, "classes/index.html", context)


def _narrowed(rows: ClassQuerySet, filters: ClassFilters) -> ClassQuerySet:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["q"]:
        rows = rows.found_by(said["q"]) | rows.filter(number__icontains=said["q"].strip())
    if said["state"]:
        rows = rows.filter(state=said["state"])
    return rows.filter(syllabus__job=said["job"]) if said["job"] else rows


def _order(request: HttpRequest) -> list[str]:
    known = {"starts_on", "-starts_on", "due_at", "-due_at"}
    sort = request.GET.get("sort", "")
    usual = ["due_at"] if request.GET.get("state") == State.SUBMITTED else ["-starts_on"]
    return [*([sort] if sort in known else usual), "pk"]


def _rows(page: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    waiting = any(row.state == State.SUBMITTED for row in page)
    known = clock.calendar(now) if waiting else {}
    return [
        {
            "class": row,
            "badge": badge(row.state),
            "left": clock.left(row.due_at, now, known) if row.state == State.SUBMITTED else None,
        }
        for row in page
    ]


@login_required
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: the pre-check, the hours, what changed since the last time, and what happened."""
    return _detail(request, load(request, pk), ReasonFormSet(prefix="reasons"))


def _detail(
    request: HttpRequest,
    training_class: TrainingClass,
    reasons: Any,
    status: int = 200,
    fault: str = "",
) -> HttpResponse:
    report = precheck.report(training_class)
    mode = Mode(report.settings[parameters.MODE.key].value)
    everything = request.GET.get("events") == "all"
    timeline = _timeline(training_class, everything=everything)
    decisions = _decisions(training_class, timeline)
    context = frame(request, training_class, "detail") | {
        "report": report,
        "checks": _linked(request, training_class, report.checks),
        "tally": {tone: report.count(tone) for tone in ("bad", "warn", "ok")},
        "bars": precheck.bars(report.plan.units, report.plan.lessons),
        "hours": _hours(report),
        "moves": moves(me(request), training_class, mode=mode, bad=len(report.bad)),
        "panels": panels.of("classes:detail", me(request), training_class),
        "timeline": timeline,
        "everything": everything,
        "reasons": reasons,
        "more_reasons": any(form.has_changed() for form in reasons.forms[1:]),
        "note": request.POST.get("note", ""),
        "note_fault": fault,
        **_compared(training_class, report, decisions),
    }
    context |= beside(me(request), training_class, report.checks, context, decisions)
    return render(request, "classes/detail.html", context, status=status)


def _timeline(training_class: TrainingClass, *, everything: bool) -> list[audit.Line]:
    """What happened to the plan; with ``everything`` also to its people, who would bury it."""
    if everything:
        return audit.timeline(training_class, newest=ALL_EVENTS)
    own = audit.subject_key(training_class)
    return audit.timeline(training_class, newest=NEWEST, subject=own)


def _linked(
    request: HttpRequest, training_class: TrainingClass, checks: list[precheck.Check]
) -> list[precheck.Check]:
    """For those who can put it right, each check leads to the page where."""
    if not may_change(me(request), training_class):
        return checks
    return [replace(check, url=_remedy(training_class, check)) for check in checks]


def _remedy(training_class: TrainingClass, check: precheck.Check) -> str:
    """The page where what a check found is put right."""
    if check.code == "filing_missing":
        return reverse("filings:draft")
    if check.field in {"institution", "staffing"}:
        return reverse("institutions:detail", args=[training_class.organization_id])
    tabs = {name: f"classes:{name}" for name in ("timetable", "roster", "documents")}
    return reverse(tabs.get(check.field, "classes:edit"), args=[training_class.pk])


def _hours(report: precheck.Report) -> dict[str, int]:
    lessons = report.plan.lessons
    return {
        "theory": sum(lesson.seconds for lesson in lessons if not lesson.practice),
        "practice": sum(lesson.seconds for lesson in lessons if lesson.practice),
        "planned": sum(lesson.seconds for lesson in lessons),
        "required": sum(unit.required for unit in report.plan.units),
    }


def _decisions(training_class: TrainingClass, timeline: list[audit.Line]) -> list[Event]:
    """``DECISIONS``, the newest first; a timeline cut short does not have them all."""
    if len(timeline) < NEWEST:
        return [line.event for line in timeline if line.event.verb in DECISIONS]
    return list(audit.own_history(training_class).filter(verb__in=DECISIONS).order_by("-seq"))


def returned(training_class: TrainingClass) -> list[dict[str, Any]]:
    """The reasons the plan was last sent back for, while they are still to be answered."""
    if training_class.state != State.RETURNED:
        return []
    verbs = [ClassEvent.RETURNED]
    history = audit.own_history(training_class).filter(verb__in=verbs).order_by("-seq")
    return reasons_of(list(history[:1]), None)


def _compared(
    training_class: Any, report: precheck.Report, decisions: list[Event]
) -> dict[str, Any]:
    """What the newest submission changed of the one before; for its writers, what is new now."""
    rounds = [event for event in decisions if event.verb in SUBMISSIONS]
    if not rounds:
        return {}
    if training_class.state in OPEN_TO_CHANGE:
        before, label = rounds[0], _("现在（未提交）")
        after = take(training_class, lessons=report.lessons, roster=_listed(training_class))
    elif len(rounds) > 1:
        before, after = rounds[1], rounds[0].facts["plan"]
        label = _("本次（%(day)s）") % {"day": beijing_day(rounds[0].at)}
    else:
        return {}
    back = [x for x in decisions if x.verb == ClassEvent.RETURNED and x.seq > before.seq]
    reasons = back[0].facts["reasons"] if back else []
    return {
        "round": rounds[0].facts["round"],
        "changes": differences(before.facts["plan"], after, reasons),
        "before_label": _("上次（%(day)s）") % {"day": beijing_day(before.at)},
        "after_label": label,
        "after": after,
    }


def _listed(training_class: Any) -> int:
    counts = training_class.around
    return int(counts["waiting"] + counts["confirmed"] + counts["declined"])


@login_required
@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow and show the class again."""
    if name not in MOVES:
        raise Http404
    said = {"note": request.POST.get("note", "")}
    if name == "approve":
        said["seen"] = request.POST.get("seen", "")
    moved = MOVES[name](load(request, pk), by=me(request), **said)
    state = {"title": moved.title, "state": moved.get_state_display()}
    messages.success(request, _("“%(title)s”：%(state)s。") % state)
    return redirect("classes:detail", pk)


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a plan with reasons; what was typed stays when something is missing."""
    found = load(request, pk)
    reasons = ReasonFormSet(request.POST, prefix="reasons")
    if not reasons.is_valid():
        return _detail(request, found, reasons, UNPROCESSABLE)
    said = [form.cleaned_data for form in reasons if form.cleaned_data.get("text")]
    try:
        plan.send_back(found, by=me(request), note=request.POST.get("note", ""), reasons=said)
    except Refused as refusal:
        if refusal.code != "note_required":
            raise
        fault = _("请至少写一条理由，或者写一句总的说明。机构会看到。")
        return _detail(request, found, reasons, UNPROCESSABLE, fault)
    messages.success(request, _("已退回补正，机构收到通知。"))
    return redirect("classes:detail", pk)
