"""Sets: the list, one set, its moves, and who may open a sealed one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import beside
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.questions import actions
from zhupei.questions.actions import reviews, sealing
from zhupei.questions.events import CaseEvent, ItemEvent, QuestionEvent, SealEvent
from zhupei.questions.forms import NameForm, SetForm
from zhupei.questions.models import (
    ItemKind,
    ItemState,
    ItemVersion,
    Keyholder,
    QuestionSet,
    VersionState,
)
from zhupei.questions.shown import SEALED, SET_BADGES
from zhupei.questions.views.frame import Button, frame, load, paged
from zhupei.questions.workflow import QUESTION_SET

MOVES = {
    "publish": actions.publish,
    "retire": actions.retire,
    "seal": sealing.seal,
    "ask_unseal": sealing.ask_unseal,
    "unseal": sealing.unseal,
    "keep_sealed": sealing.keep_sealed,
}
SEAL = Button(
    "seal", gettext_lazy("封存"), gettext_lazy("只有具名的人能打开，考核机构不能从中抽题。")
)
ASK_UNSEAL = Button(
    "ask_unseal", gettext_lazy("申请启封"), gettext_lazy("要另一位管理员确认。"), needs_note=True
)
UNSEAL = Button("unseal", gettext_lazy("确认启封"), gettext_lazy("题库管理员都能看，可以抽题。"))
KEEP = Button("keep_sealed", gettext_lazy("继续封存"), gettext_lazy("撤销启封申请。"))
LOOKS = [QuestionEvent.ITEMS_VIEWED, ItemEvent.ITEM_VIEWED]
DEEDS = [
    *(event for event in QuestionEvent if event not in LOOKS),
    *SealEvent,
    *CaseEvent,
    ItemEvent.ITEM_DRAFTED,
    ItemEvent.ITEM_PUBLISHED,
    ItemEvent.ITEM_RETIRED,
]


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedIn) -> HttpResponse:
    """The sets somebody may see; for the region the form that starts a new one."""
    form = SetForm(request.POST or None) if regulates(request.user) else None
    if request.method == "POST" and form and form.is_valid():
        fields = form.cleaned_data
        with beside(form):
            started = actions.start(fields["job"], by=request.user, title=fields["title"])
            return redirect("questions:detail", pk=started.pk)
    rows = QuestionSet.objects.visible_to(request.user).select_related("job")
    in_force = Count("items", filter=Q(items__state=ItemState.PUBLISHED))
    rows = rows.annotate(size=Count("items"), in_force=in_force).order_by("job__code", "-pk")
    page = paged(request, rows)
    for row in page:
        row.badges = [SET_BADGES[row.state]] + ([SEALED] if row.is_sealed else [])
    return render(request, "questions/index.html", {"page": page, "form": form})


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One set: what is in it, its moves, who may open it when it is sealed."""
    question_set = load(request, pk)
    return render(request, "questions/detail.html", _detail(request, question_set))


def _detail(request: SignedIn, question_set: QuestionSet) -> dict[str, Any]:
    context = frame(request, question_set, "detail")
    context |= {
        "moves": [*QUESTION_SET.available(question_set, request.user), *_seals(context, request)],
        "timeline": audit.timeline(question_set, verb__in=DEEDS),
    }
    if context["may_keep"] or context["may_author"]:
        context |= _counts(request, question_set)
    if context["may_keep"]:
        context["looks"] = audit.timeline(question_set, newest=30, verb__in=LOOKS)
    if context["may_keep"] and question_set.is_sealed:
        context |= {"keyholders": _keyholders(request, question_set), "name_form": NameForm()}
    return context


def _seals(context: dict[str, Any], request: SignedIn) -> list[Button]:
    question_set = context["question_set"]
    if not context["may_keep"]:
        return []
    if not question_set.is_sealed:
        return [SEAL]
    if question_set.unseal_asked_at is None:
        return [ASK_UNSEAL]
    second = question_set.unseal_asked_by_id != request.user.pk
    return [UNSEAL, KEEP] if second else [KEEP]


def _counts(request: SignedIn, question_set: QuestionSet) -> dict[str, Any]:
    """How many items are where on their road, by kind; how many drafts are one's own."""
    items = question_set.items.exclude(state=ItemState.RETIRED)
    rows = items.values("latest__kind").annotate(
        all=Count("pk"),
        in_force=Count("pk", filter=Q(state=ItemState.PUBLISHED)),
        in_review=Count("pk", filter=Q(latest__state=VersionState.IN_REVIEW)),
        drafts=Count("pk", filter=Q(latest__state=VersionState.DRAFT)),
        returned=Count("pk", filter=Q(latest__state=VersionState.RETURNED)),
    )
    by_kind: dict[str, Any] = {row["latest__kind"]: row for row in rows.order_by()}
    own = ItemVersion.objects.visible_to(request.user).filter(
        item__question_set=question_set, author=request.user, state=VersionState.DRAFT
    )
    columns = ("in_force", "in_review", "drafts", "returned", "all")
    return {
        "kinds": [
            {"label": kind.label, "counts": [by_kind[kind][name] for name in columns]}
            for kind in ItemKind
            if kind in by_kind
        ],
        "totals": [sum(row[name] for row in by_kind.values()) for name in columns],
        "own_drafts": own.count(),
    }


def _keyholders(request: SignedIn, question_set: QuestionSet) -> list[dict[str, Any]]:
    rows = question_set.keyholders.open().select_related("user", "named_by", "confirmed_by")
    return [
        {
            "row": row,
            "may_confirm": row.confirmed_at is None
            and request.user.pk not in {row.named_by_id, row.user_id},
        }
        for row in rows.order_by("pk")
    ]


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow, or seal and unseal."""
    if name not in MOVES:
        raise Http404
    MOVES[name](load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("questions:detail", pk=pk)


@login_required
@require_POST
def submit_all(request: SignedIn, pk: int) -> HttpResponse:
    """Hand every draft of one's own in this set to the experts."""
    count, left = reviews.submit_all(load(request, pk), by=request.user)
    if count:
        messages.success(request, _("已提交 %(count)d 题审题。") % {"count": count})
    if left:
        words = _("%(left)d 题没有知识点，留作草稿：在试题列表里按“没有写”筛选，逐题补上。")
        messages.warning(request, words % {"left": left})
    return redirect("questions:detail", pk=pk)


@login_required
@require_POST
def name(request: SignedIn, pk: int) -> HttpResponse:
    """Propose somebody who may open a sealed set."""
    question_set, form = load(request, pk), NameForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with beside(form):
            sealing.name(question_set, said["user"], by=request.user, reason=said["reason"])
            return redirect("questions:detail", pk=pk)
    context = _detail(request, question_set) | {"name_form": form}
    return render(request, "questions/detail.html", context, status=422)


HOLDER_MOVES = {"confirm": sealing.confirm, "end": sealing.end}


@login_required
@require_POST
def move_keyholder(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Confirm that somebody may open a sealed set, or take them off its list."""
    if name not in HOLDER_MOVES:
        raise Http404
    holder = get_object_or_404(Keyholder.objects.visible_to(request.user), pk=pk)
    HOLDER_MOVES[name](holder, by=request.user, note=request.POST.get("note", ""))
    return redirect("questions:detail", pk=holder.question_set_id)
