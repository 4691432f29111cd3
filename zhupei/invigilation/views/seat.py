"""One seat, and what is done to it, to several or to the whole room: previewed, then done."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import audit
from zhupei.core.errors import beside
from zhupei.exams.actions import seating
from zhupei.exams.models import Attempt, Sitting
from zhupei.invigilation.actions import acts, places
from zhupei.invigilation.forms import ActForm, MoveForm
from zhupei.invigilation.views import shown
from zhupei.invigilation.views.shared import head, load, seat_in
from zhupei.people.requests import SignedIn

DEEDS = {
    "pause": (gettext_lazy("暂停计时"), "player-pause", "primary"),
    "resume": (gettext_lazy("恢复计时"), "player-play", "primary"),
    "add_time": (gettext_lazy("补时"), "clock-plus", "primary"),
    "end": (gettext_lazy("结束作答"), "player-stop", "danger"),
}
CAUSES = {
    "pause": gettext_lazy("从现在起停表，屏幕盖住，不收答案；恢复后停了多久补多久。"),
    "resume": gettext_lazy("从现在起继续计时，停的时间补在各人的结束时间上。"),
    "add_time": gettext_lazy("各人的结束时间往后推；考生的屏幕几秒内显示。"),
    "end": gettext_lazy("马上收卷，已保存的答案算数，之后不能再答。不能撤回。"),
}
BRIEF = {
    "pause": gettext_lazy("从现在起停表，记入日志"),
    "resume": gettext_lazy("停的时间自动补上"),
    "add_time": gettext_lazy("结束时间往后推，须填原因"),
    "end": gettext_lazy("先看后果，须填原因"),
}
DONE = {
    "pause": gettext_lazy("已暂停 %(count)d 名考生。"),
    "resume": gettext_lazy("已恢复 %(count)d 名考生。"),
    "add_time": gettext_lazy("已给 %(count)d 名考生补时。"),
    "end": gettext_lazy("已结束 %(count)d 名考生的作答。"),
}


@login_required
@require_GET
@never_cache
def seat(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Everything about one seat; beside the board only its first panel is fetched."""
    sitting = load(request, pk)
    found = seat_in(request, sitting, candidate)
    attempt = getattr(found, "attempt", None)
    context = head(request, sitting, "board") | {
        "seat": found,
        "attempt": attempt,
        "cell": shown.mine(found, shown.picture(sitting)),
        "deeds": _deeds(sitting, attempt) if attempt else [],
        "call": found.help_calls.filter(answered_at__isnull=True).first(),
        "check_ins": found.check_ins.select_related("by"),
        "incidents": found.incidents.select_related("by"),
        "needs_browser": getattr(getattr(sitting, "safe_browser", None), "required", False),
        "waiver": getattr(found, "safe_browser_waiver", None),
    }
    if request.headers.get("HX-Request"):
        return render(request, "invigilation/seat.html#panel", context)
    context["timeline"] = audit.timeline(found)
    context["deeds_done"] = audit.timeline(attempt) if attempt else []
    return render(request, "invigilation/seat.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """To a spare machine or a free seat; answers and time go with the person."""
    sitting = load(request, pk)
    found = seat_in(request, sitting, candidate)
    form = MoveForm(places.free(sitting), request.POST or None)
    if request.method == "POST" and form.is_valid():
        place, note = form.cleaned_data["place"], form.cleaned_data["note"]
        with beside(form):
            moved = seating.reseat(found, place, by=request.user, note=note)
            said = _("%(name)s 已换到 %(seat)d 号座位，请他在新机器上登录，接着答。")
            messages.success(request, said % {"name": found.person.name, "seat": moved.seat})
            return redirect("invigilation:board", pk=pk)
    context = head(request, sitting, "board") | {
        "seat": found,
        "form": form,
        "cancel_url": reverse("invigilation:seat", args=[pk, candidate]),
    }
    status = 422 if form.errors else 200
    return render(request, "invigilation/move.html", context, status=status)


def _deeds(sitting: Sitting, attempt: Attempt) -> list[dict[str, Any]]:
    """The buttons of a seat: those that apply to it now."""
    return [
        {
            "name": name,
            "label": label,
            "icon": icon,
            "tone": tone,
            "cause": BRIEF[name],
            "url": _address(sitting, name, attempt.candidate_id),
        }
        for name, (label, icon, tone) in DEEDS.items()
        if acts.APPLIES[name](attempt)
    ]


def _address(sitting: Sitting, name: str, candidate: int) -> str:
    there = reverse("invigilation:act", args=[sitting.pk, name])
    return f"{there}?seat={candidate}"


@login_required
@require_http_methods(["GET", "POST"])
def act(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Whom it would touch, by name and number; then the reason; then it is done."""
    if name not in DEEDS:
        raise Http404
    sitting = load(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, sitting, asked.getlist("seat"))
    touched = [one for one in chosen if acts.APPLIES[name](one)]
    form = ActForm(request.POST or None, with_minutes=name == "add_time")
    if request.method == "POST" and form.is_valid():
        with beside(form, note="reason"):
            done = acts.do(
                sitting, name, chosen, by=request.user, asked=_asked(form, request.POST["seen"])
            )
            messages.success(request, str(DONE[name]) % {"count": len(done)})
            return redirect("invigilation:board", pk=pk)
    label, icon, tone = DEEDS[name]
    context = head(request, sitting, "board") | {
        "form": form,
        "chosen": asked.getlist("seat"),
        "touched": touched,
        "untouched": len(chosen) - len(touched),
        "seen": acts.mark(touched),
        "label": label,
        "icon": icon,
        "tone": tone,
        "cause": CAUSES[name],
        "cancel_url": reverse("invigilation:board", args=[pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "invigilation/act.html", context, status=status)


def _asked(form: ActForm, seen: str) -> acts.Asked:
    return acts.Asked(form.cleaned_data["reason"], form.cleaned_data.get("minutes") or 0, seen)


def _chosen(request: SignedIn, sitting: Sitting, seats: Sequence[str]) -> list[Attempt]:
    """The attempts of those seats, or of the whole room when none is named."""
    rows = Attempt.objects.visible_to(request.user).filter(sitting=sitting)
    if seats:
        if not all(one.isdigit() for one in seats):
            raise Http404
        rows = rows.filter(candidate__in=[int(one) for one in seats])
    return list(rows.select_related("candidate__person").order_by("candidate__seat"))
