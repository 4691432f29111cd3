"""The officers' pages: the list, one complaint and what may be done with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.complaints import rules, sheet
from zhupei.complaints.access import (
    may_keep_channel,
    may_reply,
    may_see_identity,
    may_take_down,
)
from zhupei.complaints.actions import (
    clocks,
    extending,
    findings,
    identity,
    joining,
)
from zhupei.complaints.forms import (
    IdentityForm,
    ListForm,
)
from zhupei.complaints.models import Attachment, Complaint
from zhupei.complaints.rules import Kind
from zhupei.complaints.views.acts import FORMS, acts, perform
from zhupei.complaints.views.shared import (
    A_PAGE,
    UNPROCESSABLE,
    badge,
    inquiry_badge,
    tried,
)
from zhupei.core import audit, clock, files, tables
from zhupei.people.models import User
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The complaints somebody may see, the most urgent first."""
    if request.user.acting is None:
        raise Http404
    form = ListForm(request.GET)
    rows = _filtered(request, form)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    known = clock.calendar(now)
    context = {
        "page": page,
        "rows": [
            {"complaint": row, "badge": badge(row), "left": clock.left(row.due, now, known)}
            for row in page
        ],
        "filters": form,
        "filters_active": any(request.GET.get(name) for name in form.fields),
        "may_take_down": may_take_down(request.user),
        "may_keep_channel": may_keep_channel(request.user, request.user.acting.organization),
    }
    return render(request, "complaints/index.html", context)


def _filtered(request: SignedIn, form: ListForm) -> QuerySet[Complaint, Any]:
    rows = Complaint.objects.visible_to(request.user)
    if form.is_valid():
        said = form.cleaned_data
        for word in said["q"].split():
            named = Q(number__icontains=word) | Q(about__icontains=word)
            rows = rows.filter(named | Q(organization__name__icontains=word))
        for name in ("state", "kind"):
            if said[name]:
                rows = rows.filter(**{name: said[name]})
        rows = _only(rows, said["only"], request.user)
    related: Any = rows.with_due().select_related(
        "organization", "handler", "investigator", "leading"
    )
    found: QuerySet[Complaint, Any] = related.order_by("due", "-filed_at", "-pk")
    return found


def _only(rows: Any, only: str, user: User) -> Any:
    if only == "mine":
        return rows.filter(investigator=user)
    if only == "open":
        return rows.open()
    if only == "late":
        return rows.overdue(timezone.now())
    return rows.filter(escalated_at__isnull=False) if only == "escalated" else rows


@login_required
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The list as a spreadsheet: no words of a complaint, nobody's name."""
    if not may_take_down(request.user):
        raise Http404
    rows = _filtered(request, ListForm(request.GET))
    content = sheet.export(rows, by=request.user)
    return tables.answer(content, "投诉清单.xlsx")


# One complaint


def load(request: SignedIn, pk: int) -> Complaint:
    """One somebody may see."""
    if request.user.acting is None:
        raise Http404
    rows = (
        Complaint.objects.visible_to(request.user).with_due().annotate(time_wanted=extending.wish())
    )
    related = rows.select_related(
        "organization",
        "handler",
        "training_class",
        "certificate",
        "prefecture",
        "investigator",
        "leading",
    )
    return get_object_or_404(related, pk=pk)


@never_cache
@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One complaint; ``?act=`` opens the form of something that may be done."""
    row = load(request, pk)
    opened = request.GET.get("act", "")
    form = None
    if opened == "join":
        form = FORMS["join"](row, None)
        form.initial = {"leading": request.GET.get("leading")}
    context = page(request, row, opened=opened, form=form)
    return render(request, "complaints/detail.html", context)


@never_cache
@login_required
@require_POST
def act(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Do one of the things the page offers."""
    row = load(request, pk)
    if name not in FORMS:
        raise Http404
    form = FORMS[name](row, request.POST)
    if form.is_valid() and tried(form, lambda: perform(row, name, form.cleaned_data, request.user)):
        if name == "transfer":
            messages.success(request, _("已转办，投诉人收到告知。"))
            return redirect("complaints:index")
        return redirect("complaints:detail", pk=pk)
    context = page(request, row, opened=name, form=form)
    return render(request, "complaints/detail.html", context, status=UNPROCESSABLE)


@never_cache
@login_required
@require_POST
def show_identity(request: SignedIn, pk: int) -> HttpResponse:
    """Who complained, this once; the look is an event."""
    row = load(request, pk)
    form = IdentityForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        found = tried(form, lambda: identity.look(row, by=request.user, reason=reason))
        if found:
            context = page(request, row) | {"identity": found}
            return render(request, "complaints/detail.html", context)
    context = page(request, row) | {"identity_form": form}
    return render(request, "complaints/detail.html", context, status=UNPROCESSABLE)


@login_required
@require_GET
def paper(request: SignedIn, pk: int, attachment: int) -> FileResponse:
    """Open what the complainant handed in; the look is an event."""
    row = load(request, pk)
    found: Attachment = get_object_or_404(
        row.attachments.select_related("file", "complaint"), pk=attachment
    )
    return files.respond(identity.look_at_paper(found, by=request.user))


def page(
    request: SignedIn, row: Complaint, *, opened: str = "", form: forms.Form | None = None
) -> dict[str, Any]:
    """What the page of a complaint shows to this reader."""
    user = request.user
    reads = may_reply(user, row)
    joined, alike = joining.around(row, by=user, compare=reads and row.is_open)
    joinable = not joined and any(one.joinable for one in alike)
    offered = acts(row, user, joinable=joinable, opened=opened, form=form)
    papers = list(row.attachments.select_related("file"))
    asked = list(row.inquiries.select_related("organization").order_by("pk"))
    return {
        "complaint": row,
        "badge": badge(row),
        "late": clocks.late_by(row, timezone.now()),
        "acts": offered,
        "reads": reads,
        "ground": rules.grounds()[Kind(row.kind)],
        "words": _words(row, papers) if reads else [],
        "papers": [paper for paper in papers if paper.word_id is None],
        "inquiries": [{"inquiry": one, "badge": inquiry_badge(one)} for one in asked],
        "findings": findings.made_of(asked) if row.outcome else [],
        "likely": [_other(one) for one in alike if one.likely],
        "others": [_other(one) for one in alike if not one.likely],
        "may_join": any(act.name == "join" for act in offered),
        "joined": [{"complaint": one, "badge": badge(one)} for one in joined],
        "may_see_identity": may_see_identity(user, row),
        "identity_form": IdentityForm(),
        "time_wanted": extending.wish_of(row),
        "timeline": audit.timeline(row),
    }


def _other(one: joining.Alike) -> dict[str, Any]:
    return {"alike": one, "badge": badge(one.complaint)}


def _words(row: Complaint, papers: list[Attachment]) -> list[dict[str, Any]]:
    """What was said, each with what was handed in beside it."""
    said = row.words.select_related("by")
    return [{"word": one, "papers": [p for p in papers if p.word_id == one.pk]} for one in said]
