"""The two steps of a sitting nothing brings back: what each will cause, then the button."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhupei.core import effects, panels
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.exams.access import may_run
from zhupei.exams.actions import late, readiness, sittings
from zhupei.exams.models import Sitting
from zhupei.exams.parameters import ADMISSION, PASS_MARK
from zhupei.exams.views import shown
from zhupei.exams.views.frame import load
from zhupei.exams.workflow import SITTING
from zhupei.people.requests import SignedIn

VERBS: dict[str, Callable[..., Sitting]] = {"seal": sittings.seal, "release": sittings.release}
CONFLICT = 409


@login_required
@require_http_methods(["GET", "POST"])
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Say what the step will cause, with counts; do it when that was read and still holds."""
    if name not in VERBS:
        raise Http404
    sitting = load(request, pk)
    if not may_run(request.user, sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能做这一步。"))
    if name not in {move.name for move in SITTING.available(sitting, request.user)}:
        return redirect("exams:detail", pk=pk)
    context = _page(request, sitting, name)
    if request.method == "POST" and request.POST.get("seen") == context["seen"]:
        VERBS[name](sitting, by=request.user)
        return redirect("exams:detail", pk=pk)
    context["changed"] = request.method == "POST"
    status = CONFLICT if context["changed"] else 200
    return render(request, "exams/step.html", context, status=status)


def _page(request: SignedIn, sitting: Sitting, name: str) -> dict[str, Any]:
    figures, hints = _SAID[name](sitting)
    move = SITTING.moves[name]
    return {
        "sitting": sitting,
        "badge": shown.badge(sitting, timezone.now()),
        "facts": shown.facts(sitting),
        "step": {"label": move.label, "icon": shown.MOVE_ICONS[name], "law": "第二十条"},
        "figures": figures,
        "hints": hints,
        "blocked": _blocked(request, sitting, name),
        "panels": panels.of(f"exams:step-{name}", request.user, sitting),
        "seen": "-".join(str(one["value"]) for one in figures),
    }


def _blocked(request: SignedIn, sitting: Sitting, name: str) -> dict[str, str] | None:
    """Why it cannot be done now, and where that is put right. Forms are assembled only when the
    step is taken: it may take the solver seconds.
    """
    try:
        if name == "seal":
            sittings.check_ready(sitting)
        else:
            effects.rehearsed(lambda: VERBS[name](sitting, by=request.user), lambda _done: None)
    except Refused as refusal:
        page, label = MENDED.get(refusal.code, ("exams:detail", _("回到场次")))
        return {"text": str(refusal), "url": reverse(page, args=[sitting.pk]), "label": str(label)}
    return None


MENDED = {
    "late_undecided": ("exams:late", gettext_lazy("去决定迟到的答案")),
    "no_candidates": ("exams:seating", gettext_lazy("去安排座位")),
    "not_eligible": ("exams:seating", gettext_lazy("去看谁不符合条件")),
    "invigilators_missing": ("exams:watch", gettext_lazy("去安排监考")),
}


def _of_seal(sitting: Sitting) -> tuple[list[dict[str, Any]], list[str]]:
    """Who is told, what is made, and what is fixed for good."""
    seated = sitting.candidates.count()
    admitted = value(ADMISSION, prefecture=sitting.prefecture_id) == "yes"
    figures = [
        {"label": _("考生收到考试通知"), "value": seated},
        {"label": _("平行卷"), "value": sitting.forms, "note": str(sitting.blueprint)},
        {"label": _("监考员已接受"), "value": readiness.agreed(sitting)},
        {"label": _("合格线"), "value": value(PASS_MARK)},
        {"label": _("先核对身份才能开始"), "value": _("是") if admitted else _("否")},
    ]
    return figures, [
        _("试题、座位表和时间从此不能再改；机器坏了，监考员当天可以换座位。"),
        _("合格线和入场核对按现在的参数定下，以后改参数不影响这一场。"),
        _("封存的卷在开考前谁也打不开。封卷以后只能取消整场，不能退回。"),
    ]


def _of_release(sitting: Sitting) -> tuple[list[dict[str, Any]], list[str]]:
    """Who gets which mark, and what still waits."""
    told = sitting.attempts.outcome()
    waits = late.waiting(sitting)
    figures: list[dict[str, Any]] = [
        {"label": _("考生收到成绩通知"), "value": told["sat"]},
        {"label": _("合格"), "value": told["passing"]},
        {"label": _("不合格"), "value": told["failing"]},
        {"label": _("缺考"), "value": told["absent"]},
        {"label": _("没有评完"), "value": told["unmarked"]},
        {"label": _("迟到的答案未决定"), "value": waits},
    ]
    for figure in figures[-2:]:
        if figure["value"]:
            figure |= {"tone": "warn", "note": _("先办完才能公布")}
    if told["voided"]:
        figures.append({"label": _("成绩无效"), "value": told["voided"]})
    return figures, [
        _("合格的可以发证；考生可以在期限内申请复核。"),
        _("公布以后不能收回。要改成绩，只能通过复核，或由住建厅更正试题。"),
    ]


_SAID = {"seal": _of_seal, "release": _of_release}
