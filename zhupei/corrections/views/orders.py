"""One order, from either side; issuing one; its moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, clock, files
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.corrections import words
from zhupei.corrections.access import may_answer, may_decide
from zhupei.corrections.actions import answers as answering
from zhupei.corrections.actions import disputes as disputing
from zhupei.corrections.actions import orders as actions
from zhupei.corrections.events import DisputeEvent, ExtensionEvent, FindingEvent, OrderEvent
from zhupei.corrections.forms import GrantForm, IssueForm
from zhupei.corrections.models import (
    AWAITED,
    Answer,
    CorrectedLetter,
    Extension,
    ExtensionState,
    Finding,
    FindingState,
    Order,
    OrderState,
)
from zhupei.corrections.views.shared import (
    UNPROCESSABLE,
    disputes_of,
    is_own,
    load_order,
    tried,
    worker,
)
from zhupei.corrections.workflow import ORDER
from zhupei.organizations.models import Kind
from zhupei.people.requests import SignedIn

MOVES = {
    "submit": answering.submit,
    "recall": answering.recall,
    "withdraw": actions.withdraw,
}
TOLD = [*OrderEvent, *ExtensionEvent, *DisputeEvent, FindingEvent.WITHDRAWN]
MOVE_ICONS = {"submit": "send", "recall": "arrow-back-up", "withdraw": "x"}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, finding: int) -> HttpResponse:
    """Choose what of an institution's open findings goes into one order; then issue it."""
    user = worker(request)
    visible = Finding.objects.visible_to(user).open()
    first = get_object_or_404(visible.select_related("organization", "authority"), pk=finding)
    if not may_decide(user, first):
        raise NotAllowed("not_allowed", _("只有发现问题的部门的经办人能下达整改通知。"))
    offered = visible.of(first.organization).filter(authority=first.authority_id)
    all_of_them = list(offered.select_related("organization"))
    due = timezone.localdate(actions.suggested(all_of_them, timezone.now()))
    initial = {"findings": [one.pk for one in all_of_them], "due": due}
    form = IssueForm(request.POST or None, initial=initial, offered=offered)
    if form.is_valid():
        said = form.cleaned_data
        chosen, until, note = list(said["findings"]), said["due"], said["note"]
        made = tried(form, lambda: actions.issue(chosen, by=user, due=until, note=note))
        if made:
            messages.success(request, _("限期整改通知 %(number)s 已下达。") % {"number": made})
            return redirect("corrections:order", pk=made.pk)
    context = {"form": form, "first": first, "terms": _terms(first)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/issue.html", context, status=status)


def _terms(finding: Finding) -> list[dict[str, Any]]:
    """The terms in force, as a hint beside the day."""
    found = actions.terms(finding.organization)
    labels = {
        "corrections.serious_workdays": _("严重"),
        "corrections.ordinary_workdays": _("一般"),
        "corrections.minor_workdays": _("轻微"),
    }
    return [{"label": label, "days": found[key].value} for key, label in labels.items()]


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One order: its clock, its findings with every answer, and what can be done now."""
    order = load_order(request, pk)
    if order.received_at is None and may_answer(request.user, order):
        received = actions.receive(order, by=request.user)
        order.received_at = received.received_at
    return page(request, order)


def page(request: SignedIn, order: Order, status: int = 200, grant: Any = None) -> HttpResponse:
    """The page of one order."""
    user = request.user
    own = is_own(user, order)
    said = list(Answer.objects.visible_to(user).of(order))
    now = timezone.now()
    wishes = list(order.extensions.order_by("-pk"))
    wish = next((one for one in wishes if one.state == ExtensionState.ASKED), None)
    decides = may_decide(user, order)
    cards = _cards(order, said, user, own=own)
    context = {
        "order": order,
        "own": own,
        "badge": words.order_badge(order, overdue=order.is_overdue(now)),
        "facts": _facts(order),
        "corrected": list(order.corrected_letters.all()),
        "left": _left(order, now),
        "cards": cards,
        "rounds": {one.round_id: one.round for one in said if one.round.submitted_at}.values(),
        "wishes": [{"wish": one, "badge": words.extension_badge(one.state)} for one in wishes],
        "wish": wish,
        "grant": (grant or GrantForm(initial={"until": wish.wanted_until}))
        if wish and decides
        else None,
        "may_judge": decides,
        "may_verify": decides and order.state == OrderState.ANSWERED,
        "may_measure": decides
        and order.state in AWAITED
        and order.organization.kind == Kind.INSTITUTION,
        "may_write": may_answer(user, order) and order.state in AWAITED,
        "may_ask": _may_ask(user, order, wish, now),
        "moves": _moves(user, order, cards),
        "base_url": reverse("corrections:order", args=[order.pk]),
        "timeline": audit.timeline(order, verb__in=TOLD),
    }
    return render(request, "corrections/order.html", context, status=status)


def _cards(order: Order, said: list[Answer], user: Any, *, own: bool) -> list[dict[str, Any]]:
    """Each finding with what was said to it, the newest round first."""
    by_finding: dict[int, list[Answer]] = {}
    for answer in said:
        by_finding.setdefault(answer.finding_id, []).append(answer)
    found = list(order.findings.with_files())
    raised = {one.finding_id: one for one in disputes_of(user, found)}
    until = None
    for finding in found:
        finding.order, finding.organization = order, order.organization
        if own and until is None:
            until = disputing.term(finding)
    return [
        _card(finding, by_finding.get(finding.pk, []), own=own)
        | {
            "dispute": words.disputed(finding, raised.get(finding.pk)),
            "may_dispute": finding.state == FindingState.ORDERED
            and disputing.may_raise(user, finding, until, disputed=finding.pk in raised),
        }
        for finding in found
    ]


def _card(finding: Finding, said: list[Answer], *, own: bool) -> dict[str, Any]:
    pending = finding.state == FindingState.ORDERED
    draft = next((one for one in said if not one.round.submitted_at), None)
    absent = answering.missing(finding, draft) if own and pending else []
    return {
        "finding": finding,
        "badge": words.finding_badge(finding.state),
        "severity": words.severity_badge(finding.severity),
        "said": [one for one in said if one.round.submitted_at],
        "draft": draft,
        "pending": pending,
        "absent": [str(ABSENT[name]) for name in absent],
        "ready": pending and not absent,
    }


ABSENT = {
    "cause": gettext_lazy("原因分析"),
    "corrective": gettext_lazy("整改措施和结果"),
    "preventive": gettext_lazy("防止再发生的措施"),
    "files": gettext_lazy("整改凭据"),
}


def _facts(order: Order) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("机构"), "value": order.organization},
        {"label": _("下达部门"), "value": order.authority},
        {"label": _("下达时间"), "value": beijing(order.issued_at)},
        {"label": _("整改期限"), "value": dated(order.due_at), "law": "第二十三条"},
    ]
    if order.due_at != order.first_due_at:
        facts.append({"label": _("原定期限"), "value": dated(order.first_due_at)})
    received = beijing(order.received_at) if order.received_at else _("还没有签收")
    facts.append({"label": _("机构签收"), "value": received})
    if order.closed_at:
        facts.append({"label": _("销号时间"), "value": beijing(order.closed_at)})
    return facts


def _left(order: Order, now: Any) -> clock.Left | None:
    due = order.due_at if order.state in AWAITED else order.verify_due_at
    return clock.left(due, now, clock.calendar(now)) if order.state in WAITING else None


WAITING = {*AWAITED, OrderState.ANSWERED}


def _may_ask(user: Any, order: Order, wish: Extension | None, now: Any) -> bool:
    """May the institution ask for more time now?"""
    waits = order.state in AWAITED and now <= order.due_at and wish is None
    return waits and may_answer(user, order)


def _moves(user: Any, order: Order, cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    left = sum(card["pending"] and not card["ready"] for card in cards)
    blocked = _("还有 %(count)d 个问题没有写完整改情况或没有凭据") % {"count": left} if left else ""
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "blocked": blocked if move.name == "submit" else "",
        }
        for move in ORDER.available(order, user)
        if move.name in MOVES
    ]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Hand in, take back, or withdraw."""
    if name not in MOVES:
        raise Http404
    done = MOVES[name](load_order(request, pk), by=request.user, note=request.POST.get("note", ""))
    said = {"number": done, "state": done.get_state_display()}
    messages.success(request, _("整改通知 %(number)s：%(state)s。") % said)
    return redirect("corrections:order", pk=pk)


@login_required
@require_GET
def letter(request: SignedIn, pk: int) -> FileResponse:
    """The letter, as it was issued."""
    order = load_order(request, pk)
    if order.letter is None:
        raise Http404
    return files.respond(order.letter, inline=True)


@login_required
@require_GET
def corrected_letter(request: SignedIn, pk: int, number: int) -> FileResponse:
    """A correction of the letter, as it was made."""
    letters = CorrectedLetter.objects.visible_to(worker(request)).select_related("file")
    return files.respond(get_object_or_404(letters, order=pk, number=number).file, inline=True)
