"""Pages of bulletins: the list, one of them, its words, its papers; and what everybody may read."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.bulletins import actions
from zhupei.bulletins import render as paper
from zhupei.bulletins.access import may_write, may_write_for
from zhupei.bulletins.forms import DraftForm, FilterForm, IssueForm, TextForm
from zhupei.bulletins.models import Bulletin, State
from zhupei.bulletins.workflow import BULLETIN
from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.requests import SignedIn

PER_PAGE = 20
UNPROCESSABLE = 422
PAPERS = {"docx": "paper", "xlsx": "book"}
BADGES = {
    State.DRAFT: ("pencil", ""),
    State.ISSUED: ("circle-check", "ok"),
    State.WITHDRAWN: ("arrow-back-up", "warn"),
    State.DISCARDED: ("trash", ""),
}


def badge(bulletin: Bulletin) -> dict[str, Any]:
    icon, tone = BADGES[State(bulletin.state)]
    return {"icon": icon, "tone": tone, "word": bulletin.get_state_display()}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The bulletins somebody may read, the latest period first."""
    filters = FilterForm(request.GET)
    rows = filters.narrowed(Bulletin.objects.visible_to(request.user)).select_related("authority")
    page = Paginator(rows.order_by("-since", "kind", "authority__name"), PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    acting = request.user.acting
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": shown,
        "rows": [{"bulletin": one, "badge": badge(one)} for one in shown],
        "may_draft": acting is not None and may_write_for(request.user, acting.organization),
    }
    return render(request, "bulletins/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Choose the period; the figures and the first words come from the record."""
    acting = request.user.acting
    if acting is None or not may_write_for(request.user, acting.organization):
        raise Http404
    own = Bulletin.objects.visible_to(request.user).filter(
        authority=acting.organization, state__in=[State.DRAFT, State.ISSUED]
    )
    taken = own.values_list("kind", "since")
    form = DraftForm(timezone.localdate(), taken, request.POST or None)
    if form.is_valid():
        kind, period = form.chosen
        try:
            made = actions.draft(acting.organization, kind, period, by=request.user)
        except Refused as refusal:
            refusal.beside(form)
        else:
            messages.success(request, _("已起草。请逐节看一遍，改好后印发。"))
            return redirect("bulletins:detail", made.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "bulletins/draft.html", {"form": form}, status=status)


def _load(request: SignedIn, pk: int) -> Bulletin:
    rows = Bulletin.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("authority__prefecture", "paper", "book"), pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One bulletin, section by section."""
    return _detail(request, _load(request, pk))


def _detail(
    request: SignedIn, bulletin: Bulletin, wrong: tuple[str, TextForm] | None = None
) -> HttpResponse:
    acting = request.user.acting
    writes = may_write(request.user, bulletin) and bulletin.state == State.DRAFT
    sections = bulletin.sections
    for one in sections:
        for table in one["tables"]:
            _label(table)
        if one["chart"]:
            one["longest"] = paper.longest(one["chart"])
    if writes:
        for one in sections:
            first = {"text": "\n".join(one["paragraphs"]), "version": bulletin.version}
            form = TextForm(initial=first, auto_id=f"id_{one['key']}_%s")
            one["form"] = wrong[1] if wrong and wrong[0] == one["key"] else form
            one["open"] = bool(wrong and wrong[0] == one["key"])
    context = {
        "bulletin": bulletin,
        "badge": badge(bulletin),
        "sections": [{"numeral": paper.numeral(n), **one} for n, one in enumerate(sections)],
        "writes": writes,
        "details": acting is not None and may_write_for(request.user, acting.organization),
        "issue_form": IssueForm() if writes else None,
        "moves": [m for m in BULLETIN.available(bulletin, request.user) if m.name != "issue"],
        "timeline": audit.timeline(bulletin) if may_write(request.user, bulletin) else [],
    }
    status = UNPROCESSABLE if wrong else 200
    return render(request, "bulletins/detail.html", context, status=status)


def _label(table: dict[str, Any]) -> None:
    """Beside each figure what it is, for a screen on which the head of a table has no room."""
    heads = [paper.head(one) for one in table["columns"]]
    table["heads"] = heads
    table["totals"] = list(zip(heads, table["total"], strict=True))
    for row in table["rows"]:
        row["figures"] = list(zip(heads, row["cells"], strict=True))


@login_required
@require_POST
def rewrite(request: SignedIn, pk: int, section: str) -> HttpResponse:
    """Another text for one section."""
    bulletin = _load(request, pk)
    form = TextForm(request.POST, auto_id=f"id_{section}_%s")
    if form.is_valid():
        try:
            actions.rewrite(bulletin, section, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            bulletin = _load(request, pk)
            form = TextForm(
                {**request.POST.dict(), "version": bulletin.version}, auto_id=f"id_{section}_%s"
            )
            form.is_valid()
            refusal.beside(form)
        else:
            messages.success(request, _("已保存。"))
            return redirect(f"{request.path.rpartition('/sections/')[0]}/#{section}")
    return _detail(request, bulletin, (section, form))


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Issue, gather again, give up or take back."""
    bulletin = _load(request, pk)
    verbs = {
        "issue": lambda: actions.issue(
            bulletin, by=request.user, open_to_public="open_to_public" in request.POST
        ),
        "gather": lambda: actions.gather_again(bulletin, by=request.user),
        "discard": lambda: actions.discard(bulletin, by=request.user),
        "withdraw": lambda: actions.withdraw(
            bulletin, by=request.user, note=request.POST.get("note", "")
        ),
    }
    if name not in verbs:
        raise Http404
    verbs[name]()
    done = {"issue": _("已印发。"), "gather": _("数字已更新。"), "discard": _("草稿已作废。")}
    messages.success(request, done.get(name, _("已撤回。")))
    if name == "discard":
        return redirect("bulletins:index")
    return redirect("bulletins:detail", pk)


@login_required
@require_GET
def download(request: SignedIn, pk: int, kind: str) -> FileResponse | HttpResponse:
    """The paper as issued; of a draft, as it would be."""
    return _paper(_load(request, pk), kind)


def _paper(bulletin: Bulletin, kind: str) -> FileResponse | HttpResponse:
    if kind not in PAPERS:
        raise Http404
    kept = getattr(bulletin, PAPERS[kind])
    if kept is not None:
        return files.respond(kept)
    written, media_type = (
        (paper.word, actions.WORD) if kind == "docx" else (paper.excel, actions.EXCEL)
    )
    name = f"{bulletin.title}（草稿）.{kind}"
    return files.attachment(written(bulletin), name=name, media_type=media_type)


@require_GET
def public(request: SignedIn) -> HttpResponse:
    """What was issued to everybody, without signing in."""
    rows = Bulletin.objects.public().select_related("authority").order_by("-since", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bulletins/public.html", {"page": page})


@require_GET
def public_paper(
    request: SignedIn,  # noqa: ARG001 - the signature of a view
    pk: int,
    kind: str,
) -> FileResponse | HttpResponse:
    """A paper of a bulletin that is open to everybody."""
    rows = Bulletin.objects.public().select_related("paper", "book")
    return _paper(get_object_or_404(rows, pk=pk), kind)
