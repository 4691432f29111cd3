"""Designations: the list, one of them, writing and signing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import AUTHORITIES, Kind
from zhupei.people.requests import SignedIn
from zhupei.venues.access import may_change, may_propose
from zhupei.venues.actions import designations as actions
from zhupei.venues.forms.designations import DesignationFilters, DesignationForm, PaperForm
from zhupei.venues.models import Designation, DesignationDocument
from zhupei.venues.views import shown

PER_PAGE = 25
UNPROCESSABLE = 422
CONCERNED = AUTHORITIES | {Kind.HR, Kind.ASSESSMENT_BODY}
MOVES = {
    "sign": actions.sign,
    "complete": actions.sign,
    "return": actions.send_back,
    "suspend": actions.suspend,
    "lift": actions.lift,
    "withdraw": actions.withdraw,
    "drop": actions.drop,
}


def _worker(request: SignedIn) -> Any:
    """Whoever works for a body that has to do with designations."""
    user = request.user
    if user.acting is None or user.acting.organization.kind not in CONCERNED:
        raise Http404
    return user


def _load(request: SignedIn, pk: int) -> Designation:
    visible = Designation.objects.visible_to(_worker(request)).select_related(
        "organization",
        "prefecture",
        "housing",
        "hr",
        "housing_signed_by",
        "hr_signed_by",
    )
    return get_object_or_404(visible.prefetch_related("jobs", "affiliates"), pk=pk)


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The designations somebody may see, those that end soonest first."""
    user = _worker(request)
    filters = DesignationFilters(request.GET or None)
    if user.acting.organization.prefecture_id:
        del filters.fields["prefecture"]
    rows = Designation.objects.visible_to(user)
    if filters.is_valid():
        said = filters.cleaned_data
        rows = rows.found_by(said["q"])
        rows = rows.filter(state=said["state"]) if said["state"] else rows
        if said.get("prefecture"):
            rows = rows.filter(prefecture=said["prefecture"])
    sort = "-valid_until" if request.GET.get("sort") == "-valid_until" else "valid_until"
    related = rows.select_related("organization", "prefecture", "housing", "hr")
    ordered = related.prefetch_related("jobs").order_by(sort, "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "sort": sort,
        "page": page,
        "rows": [(one, shown.badge(one, today), shown.waits_for(one, user)) for one in page],
        "may_draft": may_propose(user),
    }
    return render(request, "venues/designations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn) -> HttpResponse:
    """Begin a designation."""
    user = _worker(request)
    if not may_propose(user):
        raise NotAllowed("not_allowed", _("考核机构由地州市住建局和人社部门共同确定。"))
    form = DesignationForm(request.POST or None, prefecture=user.acting.organization.prefecture)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(by=user, **form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            messages.success(request, _("已保存。下一步：上传评审材料，签署。"))
            return redirect("venues:designation", made.pk)
    return _form(request, form, _("确定考核机构"), reverse("venues:designations"))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a draft."""
    row = _load(request, pk)
    if not may_change(request.user, row):
        raise NotAllowed("not_allowed", _("只有两个部门的办理人能在起草时修改。"))
    form = DesignationForm(request.POST or None, prefecture=row.prefecture, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(_load(request, pk), by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            return redirect("venues:designation", pk)
    return _form(request, form, str(row.organization), reverse("venues:designation", args=[pk]))


def _beside(form: Any, refusal: Refused) -> None:
    """A refusal about one field stands beside it; any other goes its usual way."""
    if refusal.field not in form.fields:
        raise refusal
    form.add_error(refusal.field, str(refusal))


def _form(request: SignedIn, form: Any, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "venues/designation_form.html", context, status=status)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One designation: what it says, who has signed, its papers, what happened."""
    return _detail(request, _load(request, pk), PaperForm())


def _detail(request: SignedIn, one: Designation, paper_form: PaperForm) -> HttpResponse:
    papers = list(one.documents.select_related("file").order_by("pk"))
    changeable = may_change(request.user, one)
    context = {
        "designation": one,
        "badge": shown.badge(one, timezone.localdate()),
        "waits": shown.waits_for(one, request.user),
        "facts": shown.facts(one),
        "signatures": shown.signatures(one),
        "moves": shown.moves(one, request.user, papers=len(papers)),
        "base_url": reverse("venues:designation", args=[one.pk]),
        "papers": papers,
        "paper_form": paper_form if changeable else None,
        "may_change": changeable,
        "timeline": audit.timeline(one),
        "crumbs": [
            {"label": _("考核机构确定"), "url": reverse("venues:designations")},
            {"label": str(one.organization)},
        ],
    }
    status = UNPROCESSABLE if paper_form.errors else 200
    return render(request, "venues/designation.html", context, status=status)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Sign, send back, stop, go on."""
    if name not in MOVES:
        raise Http404
    verb: Any = MOVES[name]
    verb(_load(request, pk), by=request.user, note=request.POST.get("note", ""))
    return redirect("venues:designation", pk)


@login_required
@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Add a paper."""
    one = _load(request, pk)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            said = form.cleaned_data
            actions.attach(one, by=request.user, upload=said["file"], kind=said["kind"])
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "file", str(refusal))
    if form.errors:
        return _detail(request, one, form)
    return redirect(reverse("venues:designation", args=[pk]) + "#papers")


@login_required
@require_GET
def paper(request: SignedIn, pk: int) -> HttpResponseBase:
    """The file of a paper."""
    papers = DesignationDocument.objects.visible_to(_worker(request)).select_related("file")
    return files.respond(get_object_or_404(papers, pk=pk).file)


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a paper off."""
    papers = DesignationDocument.objects.visible_to(_worker(request))
    document = get_object_or_404(papers.select_related("designation", "file"), pk=pk)
    actions.remove(document, by=request.user)
    return redirect(reverse("venues:designation", args=[document.designation_id]) + "#papers")
