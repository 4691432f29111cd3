"""The institution answers; the bureau verifies; more time is asked for and given."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import rules, words
from zhupei.corrections.access import may_answer, may_decide
from zhupei.corrections.actions import answers as actions
from zhupei.corrections.actions import extensions, orders, verifying
from zhupei.corrections.forms import AnswerForm, GrantForm, VerifyForm, WishForm
from zhupei.corrections.models import (
    AWAITED,
    Answer,
    AnswerFile,
    Extension,
    FindingState,
    Order,
    OrderState,
)
from zhupei.corrections.rules import Gravity
from zhupei.corrections.views.orders import page
from zhupei.corrections.views.shared import UNPROCESSABLE, load_order, tried, worker
from zhupei.people.requests import SignedIn


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: int, finding: int) -> HttpResponse:
    """Write about one finding; what is half is kept as a draft."""
    order = load_order(request, pk)
    if not may_answer(request.user, order) or order.state not in AWAITED:
        raise NotAllowed("not_allowed", _("这份通知现在不能由您填写整改情况。"))
    pending = order.findings.filter(state=FindingState.ORDERED).select_related("repeats")
    about = get_object_or_404(pending, pk=finding)
    draft = _draft(order, about.pk)
    must_prevent = rules.needs_prevention(Gravity(about.severity))
    form = AnswerForm(
        request.POST or None,
        request.FILES or None,
        instance=draft or Answer(),
        must_prevent=must_prevent,
    )
    if form.is_valid():
        said = form.cleaned_data
        upload = said["file"]
        typed = {name: said[name] for name in actions.FIELDS}
        if tried(
            form,
            lambda: actions.save(order, about, by=request.user, words=typed, upload=upload),
        ):
            messages.success(request, _("已保存。全部写完后在通知页报送。"))
            again = "more" in request.POST
            return redirect("corrections:answer", pk, finding) if again else redirect(order)
    context = {
        "order": order,
        "finding": about,
        "severity": words.severity_badge(about.severity),
        "evidence": about.files.select_related("file"),
        "form": form,
        "draft": draft,
        "returned": _last_remark(order, about.pk),
        "must_prevent": must_prevent,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/answer.html", context, status=status)


def _draft(order: Order, finding: int) -> Answer | None:
    draft = actions.draft_of(order)
    found = draft.answers.all() if draft else []
    return next((one for one in found if one.finding_id == finding), None)


def _last_remark(order: Order, finding: int) -> str:
    """Why it came back the last time."""
    rounds = order.rounds.verified().order_by("-number").prefetch_related("answers")
    for one in rounds:
        for said in one.answers.all():
            if said.finding_id == finding:
                return said.remark
    return ""


@login_required
@require_GET
def file(request: SignedIn, pk: int) -> FileResponse:
    """The bytes of a paper, for those who may see the answer."""
    visible = AnswerFile.objects.visible_to(worker(request)).select_related("file")
    found = get_object_or_404(visible, pk=pk).file
    return files.respond(found, inline=found.media_type.startswith("image/"))


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a paper off a draft."""
    visible = AnswerFile.objects.visible_to(worker(request))
    found = get_object_or_404(visible.select_related("file", "answer__round"), pk=pk)
    actions.remove(found, by=request.user)
    messages.success(request, _("已删除“%(name)s”。") % {"name": found.file.name})
    return redirect("corrections:answer", found.answer.round.order_id, found.answer.finding_id)


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: SignedIn, pk: int) -> HttpResponse:
    """Look at what waits, finding by finding, and decide."""
    order = load_order(request, pk)
    if not may_decide(request.user, order):
        raise NotAllowed("not_allowed", _("只有下达通知的部门的经办人能核查。"))
    waiting = order.rounds.submitted().filter(verified_at__isnull=True).last()
    if order.state != OrderState.ANSWERED or waiting is None:
        messages.info(request, _("这份通知现在没有待核查的整改情况。"))
        return redirect(order)
    answers = waiting.answers.filter(finding__state=FindingState.ORDERED)
    rows = list(
        answers.select_related("finding__repeats").prefetch_related(
            "files__file", "finding__files__file"
        )
    )
    initial = {"seen": verifying.mark_of(waiting), "method": "papers"}
    form = VerifyForm(request.POST or None, initial=initial, answers=rows)
    if form.is_valid():
        done = tried(form, lambda: _verified(order, request.user, form))
        if done:
            said = {"number": done, "state": done.get_state_display()}
            messages.success(request, _("整改通知 %(number)s：%(state)s。") % said)
            return redirect(order)
    context = {"order": order, "round": waiting, "form": form, "rows": _to_judge(rows, form)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/verify.html", context, status=status)


def _verified(order: Order, user: Any, form: VerifyForm) -> Order:
    said = form.cleaned_data
    look: verifying.Look = {
        "method": said["method"],
        "visited_on": said["visited_on"],
        "note": said["note"],
    }
    return verifying.verify(order, by=user, seen=said["seen"], verdicts=form.verdicts(), look=look)


def _to_judge(answers: list[Answer], form: VerifyForm) -> list[dict[str, Any]]:
    parts = form.parts()
    return [
        {
            "answer": one,
            "finding": one.finding,
            "severity": words.severity_badge(one.finding.severity),
            "verdict": parts[one.finding_id][0],
            "remark": parts[one.finding_id][1],
        }
        for one in answers
    ]


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for more time."""
    order = load_order(request, pk)
    if not may_answer(request.user, order):
        raise NotAllowed("not_allowed", _("只有被通知机构的教务员或考务员能申请延期。"))
    form = WishForm(request.POST or None)
    if form.is_valid():
        until, reason = form.cleaned_data["wanted_until"], form.cleaned_data["reason"]
        if tried(form, lambda: extensions.ask(order, by=request.user, until=until, reason=reason)):
            messages.success(request, _("延期申请已提交。答复前原期限照算。"))
            return redirect(order)
    last = beijing(orders.not_later_than(order.issued_at))
    context = {"order": order, "form": form, "last": last}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/ask.html", context, status=status)


@login_required
@require_POST
def answer_wish(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Grant more time or refuse it."""
    visible = Extension.objects.visible_to(worker(request)).select_related("order__organization")
    wish = get_object_or_404(visible, pk=pk)
    if name not in {"grant", "refuse"}:
        raise Http404
    form = GrantForm(request.POST)
    if form.is_valid() and tried(form, lambda: _answered(wish, name, request.user, form)):
        messages.success(request, _("已答复，机构收到通知。"))
        return redirect("corrections:order", pk=wish.order_id)
    return page(request, load_order(request, wish.order_id), UNPROCESSABLE, form)


def _answered(wish: Extension, name: str, user: Any, form: GrantForm) -> Extension:
    said = form.cleaned_data
    if name == "refuse":
        return extensions.refuse(wish, by=user, note=said["note"])
    return extensions.grant(wish, by=user, note=said["note"], until=said["until"])
