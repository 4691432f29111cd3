"""The scheme of a year: its tree, its figures, its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, longjobs
from zhupei.core.models import LongJob
from zhupei.core.templatetags.ui import dated
from zhupei.evaluation import steps
from zhupei.evaluation.access import (
    may_change_scheme,
    may_move_scheme,
    may_read_tables,
    may_write_schemes,
)
from zhupei.evaluation.actions import computing, experts, results
from zhupei.evaluation.actions import schemes as actions
from zhupei.evaluation.forms.schemes import (
    FIGURES,
    AnnounceForm,
    DaysForm,
    DealForm,
    DraftForm,
    IndicatorForm,
)
from zhupei.evaluation.models import (
    Block,
    Evaluation,
    Indicator,
    Scheme,
    SchemeState,
)
from zhupei.evaluation.parameters import DECLARED_LABELS
from zhupei.evaluation.views import frame
from zhupei.people.requests import SignedIn

BADGES = {
    SchemeState.DRAFT: ("edit", "warn"),
    SchemeState.FROZEN: ("lock", "info"),
    SchemeState.ANNOUNCED: ("news", "ok"),
}


def badge(scheme: Scheme) -> dict[str, Any]:
    """The state of a scheme as icon, word and colour."""
    icon, tone = BADGES[SchemeState(scheme.state)]
    return {"icon": icon, "tone": tone, "word": scheme.get_state_display()}


def load(request: SignedIn, pk: int) -> Scheme:
    """One scheme the person may see. Raises Http404."""
    return get_object_or_404(Scheme.objects.visible_to(request.user), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedIn) -> HttpResponse:
    """The schemes of all years, and a new one."""
    if request.user.acting is None:
        raise Http404
    may_write = may_write_schemes(request.user)
    form = DraftForm(request.POST or None) if may_write else None
    if request.method == "POST" and form and form.is_valid():
        made = frame.tried(form, lambda: actions.draft(by=request.user, **form.cleaned_data))
        if made:
            return redirect("evaluation:scheme", pk=made.pk)
    rows = Scheme.objects.visible_to(request.user).annotate(count=Count("evaluations"))
    context = {
        "rows": [{"scheme": one, "badge": badge(one)} for one in rows.order_by("-year")],
        "form": form,
    }
    status = frame.UNPROCESSABLE if form and form.errors else 200
    return render(request, "evaluation/schemes.html", context, status=status)


@login_required
@require_GET
def scheme(request: SignedIn, pk: int) -> HttpResponse:
    """One scheme: what counts, what is next, how far the institutions are."""
    return _page(request, load(request, pk))


def _page(request: SignedIn, found: Scheme, status: int = 200, **more: Any) -> HttpResponse:
    may_change = may_change_scheme(request.user, found)
    job = LongJob.objects.visible_to(request.user).filter(url=computing.scheme_url(found)).last()
    context = {
        "scheme": found,
        "badge": badge(found),
        "tree": _tree(found),
        "figures": _figures(found),
        "counts": _counts(found),
        "steps": _steps(request, found),
        "may_change": may_change,
        "may_read_tables": may_read_tables(request.user),
        "may_move": may_move_scheme(request.user, found),
        "job": longjobs.part(job) if job else None,
        "announce_form": AnnounceForm(),
        "timeline": audit.timeline(found),
        **more,
    }
    template = "evaluation/scheme.html"
    return render(request, template + "#job" if request.htmx else template, context, status=status)


def _tree(found: Scheme) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for one in found.indicators.all():
        if not blocks or blocks[-1]["block"] != one.block:
            label = Block(one.block).label
            blocks.append({"block": one.block, "label": label, "sum": 0, "lines": []})
        blocks[-1]["sum"] += one.points
        told = [{"label": FIGURES[name], "value": figure} for name, figure in one.figures.items()]
        blocks[-1]["lines"].append(
            {"indicator": one, "points": frame.number(one.points), "figures": told}
        )
    for block in blocks:
        block["sum"] = frame.number(block["sum"])
    return blocks


def _figures(found: Scheme) -> list[dict[str, Any]]:
    """What the scheme froze, by the words of the parameters."""
    return [
        {"label": DECLARED_LABELS[name].label, "value": f"{value} {DECLARED_LABELS[name].unit}"}
        for name, value in _declared(found)
    ]


def _declared(found: Scheme) -> list[tuple[str, Any]]:
    """The figures in the order they are declared in; the database keeps none."""
    order = list(DECLARED_LABELS)
    return sorted(found.figures.items(), key=lambda one: order.index(one[0]))


def _counts(found: Scheme) -> dict[str, int]:
    rows = found.evaluations.order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows.values_list("state", "n"))


def _steps(request: SignedIn, found: Scheme) -> list[dict[str, Any]]:
    """What the region can do with the whole scheme now, each on a page that shows it first."""
    if found.state != SchemeState.FROZEN or not may_move_scheme(request.user, found):
        return []
    reviewed, over = (steps.waiting(found, name).count() for name in ("publicise", "decide"))
    too_early = (
        ""
        if found.is_over
        else _("数据期间到 %(day)s 才满，以后才能公示") % {"day": dated(found.counts_until)}
    )
    return [
        {
            "name": "publicise",
            "label": _("公示结果"),
            "consequence": _("%(n)s 家复核完成；先看名单和等级，再确认") % {"n": reviewed},
            "blocked": too_early or ("" if reviewed else _("没有复核完成的机构")),
            "icon": "speakerphone",
        },
        {
            "name": "decide",
            "label": _("定级"),
            "consequence": _("%(n)s 家公示期满；先看名单和等级，再确认") % {"n": over},
            "blocked": "" if over else _("没有公示期满的机构"),
            "icon": "award",
        },
    ]


def _read(found: Scheme, request: SignedIn) -> str:
    computing.ask(found, by=request.user)
    return _("正在取数计分。")


def _freeze(found: Scheme, request: SignedIn) -> str:
    actions.freeze(found, by=request.user)
    return _("方案已发布，正在取数计分。")


MOVES: dict[str, Callable[[Scheme, SignedIn], str]] = {
    "freeze": _freeze,
    "read": _read,
}


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Freeze; read the facts of everybody who is still open to them."""
    found = load(request, pk)
    if name not in MOVES or not may_move_scheme(request.user, found):
        raise Http404
    messages.success(request, MOVES[name](found, request))
    return redirect("evaluation:scheme", pk=pk)


@login_required
@require_POST
def announce(request: SignedIn, pk: int) -> HttpResponse:
    """Publish the notice under its number."""
    found, form = load(request, pk), AnnounceForm(request.POST)
    if not may_move_scheme(request.user, found):
        raise Http404
    if form.is_valid():
        number = form.cleaned_data["number"]
        if frame.tried(form, lambda: results.announce(found, by=request.user, number=number)):
            messages.success(request, _("通报已发布，公众可以查看。"))
            return redirect("evaluation:scheme", pk=pk)
    return _page(request, found, frame.UNPROCESSABLE, announce_form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """The days and the title of a draft."""
    found = load(request, pk)
    if not may_change_scheme(request.user, found):
        raise Http404
    form = DaysForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: actions.change(found, by=request.user, **said)):
            return redirect("evaluation:scheme", pk=pk)
    status = frame.UNPROCESSABLE if form.errors else 200
    context = {"scheme": found, "form": form, "title": _("改方案")}
    return render(request, "evaluation/scheme_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: SignedIn, pk: int, code: str) -> HttpResponse:
    """What an indicator of a draft is worth."""
    found = load(request, pk)
    if not may_change_scheme(request.user, found):
        raise Http404
    row: Indicator = get_object_or_404(found.indicators.all(), code=code)
    form = IndicatorForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        points, figures = form.cleaned_data["points"], form.figures
        if frame.tried(
            form,
            lambda: actions.change_indicator(row, by=request.user, points=points, figures=figures),
        ):
            return redirect("evaluation:scheme", pk=pk)
    status = frame.UNPROCESSABLE if form.errors else 200
    context = {"scheme": found, "form": form, "indicator": row, "title": str(row)}
    return render(request, "evaluation/scheme_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deal(request: SignedIn, pk: int) -> HttpResponse:
    """Call experts to all evaluations of a scheme at once."""
    found = load(request, pk)
    if found.state != SchemeState.FROZEN or not may_move_scheme(request.user, found):
        raise Http404
    form = DealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["experts"])
        dealt = frame.tried(form, lambda: experts.deal(found, by=request.user, experts=chosen))
        if dealt:
            called, left = dealt
            said = _("请了 %(called)s 人次，%(left)s 个席位没有合适的人。")
            messages.success(request, said % {"called": called, "left": left})
            return redirect("evaluation:scheme", pk=pk)
    rows = Evaluation.objects.visible_to(request.user).filter(scheme=found)
    context = {
        "scheme": found,
        "form": form,
        "title": _("请专家"),
        "waiting": rows.filter(state__in=experts.BEFORE_REVIEW).count(),
    }
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "evaluation/scheme_form.html", context, status=status)
