"""Pages of marking: the examiner deals and watches, the assessor reads and gives points."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, parameters
from zhupei.core.errors import beside
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.marking import actions
from zhupei.marking.access import may_deal, may_see_points, may_watch
from zhupei.marking.forms import MarkerForm, PointsForm
from zhupei.marking.models import Marker, Reading, Script, ScriptState
from zhupei.marking.parameters import TOLERANCE
from zhupei.people.requests import SignedIn

# Who holds the sitting


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Sittings that are over and whose answers people mark, those that wait first."""
    if not may_watch(request.user):
        raise Http404
    waiting = Q(state=SittingState.CLOSED, attempts__handed_in_at__isnull=False)
    rows = (
        Sitting.objects.visible_to(request.user)
        .filter(waiting & Q(attempts__mark__isnull=True) | Q(scripts__isnull=False))
        .select_related("job", "organization")
        .annotate(
            written=Count("scripts", distinct=True),
            settled=Count("scripts", filter=Q(scripts__state=ScriptState.SETTLED), distinct=True),
        )
        .order_by("state", "-starts_at", "pk")
        .distinct()
    )
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "marking/index.html", {"page": page})


def _sitting(request: SignedIn, pk: int) -> Sitting:
    if not may_watch(request.user):  # candidates and invigilators know of the sitting alone
        raise Http404
    visible = Sitting.objects.visible_to(request.user).select_related("job", "organization")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_GET
def sitting(request: SignedIn, pk: int) -> HttpResponse:
    """One sitting: who marks, how far they are, what is in dispute."""
    found = _sitting(request, pk)
    return render(request, "marking/sitting.html", _sitting_page(request, found))


def _sitting_page(
    request: SignedIn, found: Sitting, form: MarkerForm | None = None
) -> dict[str, Any]:
    may = may_deal(request.user, found) and actions.left_to_mark(found)
    readings = Reading.objects.visible_to(request.user).filter(script__sitting=found)
    done = {row["reader"]: row for row in readings.by_reader()}
    states = dict(found.scripts.values_list("state").annotate(n=Count("pk")).order_by())
    scripts = found.scripts.prefetch_related("readings__reader").order_by("place", "code")
    markers = Marker.objects.visible_to(request.user).filter(sitting=found).select_related("user")
    return {
        "sitting": found,
        "may_deal": may and found.state in {SittingState.CLOSED, SittingState.RELEASED},
        "may_name": may,
        "markers": [(one, done.get(one.user_id)) for one in markers.order_by("user__name", "pk")],
        "figures": [
            {"label": _("待评和评阅中"), "value": states.get(ScriptState.OPEN, 0)},
            {"label": _("仲裁中"), "value": states.get(ScriptState.DISPUTED, 0)},
            {"label": _("已定分"), "value": states.get(ScriptState.SETTLED, 0)},
        ],
        "tolerance": parameters.value(TOLERANCE),
        "shows_points": may_see_points(request.user, found),
        "lacking": found.scripts.short_of_readers().count(),
        "page": Paginator(scripts, 50).get_page(request.GET.get("page")),
        "form": form or MarkerForm(actions.available(found)),
        "timeline": audit.timeline(found, subject=audit.subject_key(found)),
    }


@login_required
@require_POST
def name_marker(request: SignedIn, pk: int) -> HttpResponse:
    """Ask one more assessor."""
    found = _sitting(request, pk)
    form = MarkerForm(actions.available(found), request.POST)
    if form.is_valid():
        with beside(form):
            actions.name_marker(found, form.chosen, by=request.user)
            return redirect("marking:sitting", pk=pk)
    return render(request, "marking/sitting.html", _sitting_page(request, found, form), status=422)


@login_required
@require_POST
def remove_marker(request: SignedIn, pk: int) -> HttpResponse:
    """Take one off; what they have not marked goes to others."""
    markers = Marker.objects.visible_to(request.user)
    marker = get_object_or_404(markers, pk=pk)
    actions.remove_marker(marker, by=request.user)
    return redirect("marking:sitting", pk=marker.sitting_id)


@login_required
@require_POST
def deal(request: SignedIn, pk: int) -> HttpResponse:
    """Give the written answers to two readers each."""
    count = actions.deal(_sitting(request, pk), by=request.user)
    messages.success(request, _("已分出 %(count)d 份答案，考评员收到通知。") % {"count": count})
    return redirect("marking:sitting", pk=pk)


# Who marks


@login_required
@require_GET
def queue(request: SignedIn) -> HttpResponse:
    """What is dealt to me and not marked yet; what I marked and may still put right."""
    if request.user.acting is None:
        raise Http404
    mine = Reading.objects.visible_to(request.user).filter(reader=request.user.pk)
    waiting = Script.objects.visible_to(request.user).waiting_for(request.user)
    done = (
        mine.filter(points__isnull=False)
        .select_related("script__sitting__job")
        .order_by("-given_at", "pk")
    )
    context = {
        "waiting": list(waiting.select_related("sitting__job")[:200]),
        "left": waiting.count(),
        "page": Paginator(done, 25).get_page(request.GET.get("page")),
    }
    return render(request, "marking/queue.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def script(request: SignedIn, pk: int) -> HttpResponse:
    """One answer, its question and its rubric: give points, go on to the next."""
    mine = Reading.objects.visible_to(request.user).filter(reader=request.user.pk)
    reading = get_object_or_404(
        mine.select_related("script__attempt__paper", "script__sitting__job"), script=pk
    )
    rubric = actions.rubric_of(reading.script)
    final = actions.is_final(reading.script, reading)
    form = PointsForm(rubric, request.POST or None, initial=_given(reading))
    if request.method == "POST" and form.is_valid():
        said = {"note": form.cleaned_data["note"], "read": request.GET.get("read")}
        with beside(form):
            actions.give(reading, form.lines, by=request.user, **said)
            return _next(request)
    status = 422 if form.is_bound else 200
    context = {
        "reading": reading,
        "form": form,
        "final": final,
        "given": [
            (line["what"], points) for line, points in zip(rubric, reading.lines, strict=False)
        ],
    } | _shown(reading.script)
    return render(request, "marking/script.html", context, status=status)


def _next(request: SignedIn) -> HttpResponse:
    waiting = Script.objects.visible_to(request.user).waiting_for(request.user).first()
    if waiting is None:
        messages.success(request, _("分给您的都评完了。"))
        return redirect("marking:queue")
    return redirect("marking:script", pk=waiting.pk)


def _given(reading: Reading) -> dict[str, str]:
    points = {f"line-{number}": points for number, points in enumerate(reading.lines)}
    return points | {"note": reading.note}


def _shown(script: Script) -> dict[str, Any]:
    """The question and the answer; nothing that says whose it is."""
    paper = script.attempt.paper
    answer = actions.text_of(script)
    return {
        "script": script,
        "item": paper.places[script.place],
        "key": paper.keys[script.place],
        "answer": answer,
        "read": actions.figure_of(answer),
        "worth": actions.worth_of(script),
    }
