"""Pages about the standing of institutions: the list, one institution's, a new institution."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.institutions import staffing
from zhupei.institutions.access import may_keep_file
from zhupei.institutions.actions import admission as actions
from zhupei.institutions.forms.admission import ListForm, RegisterForm, StandingForm
from zhupei.institutions.models import Admission, Standing
from zhupei.institutions.workflow import ADMISSION
from zhupei.organizations.access import may_register
from zhupei.organizations.models import AUTHORITIES, Organization
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422
BADGES = {
    Standing.FILING: ("folder", ""),
    Standing.APPLIED: ("hourglass", "warn"),
    Standing.RETURNED: ("arrow-back-up", "bad"),
    Standing.ACTIVE: ("circle-check", "ok"),
    Standing.SUSPENDED: ("player-pause", "bad"),
    Standing.LEFT: ("logout", ""),
}
HERE = {"apply": "send", "admit": "check", "send_back": "arrow-back-up"}
ELSEWHERE = {"suspend": "player-pause", "reinstate": "player-play", "leave": "logout"}
VERBS = {"apply": actions.apply, "admit": actions.admit, "send_back": actions.send_back}


def badge(organization: Organization) -> dict[str, Any]:
    """The standing as icon, word and colour; without a row nobody has opened a file."""
    admission: Admission | None = getattr(organization, "admission", None)
    if admission is None:
        return {"icon": "circle-dashed", "tone": "", "word": _("未建档")}
    icon, tone = BADGES[Standing(admission.state)]
    return {"icon": icon, "tone": tone, "word": admission.get_state_display()}


def found(request: SignedIn, form: ListForm) -> QuerySet[Organization]:
    """The institutions of somebody's area, narrowed by name and prefecture."""
    if request.user.acting is None or request.user.acting.organization.kind not in AUTHORITIES:
        raise Http404
    rows = Organization.objects.visible_to(request.user).public()
    rows = rows.select_related("prefecture", "admission").order_by("prefecture", "name")
    if not form.is_valid():
        return rows
    for word in form.cleaned_data["q"].split():
        rows = rows.filter(name__icontains=word)
    if prefecture := form.cleaned_data.get("prefecture"):
        rows = rows.filter(prefecture=prefecture)
    return rows


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The institutions and how they stand; a registrar goes straight to their own."""
    acting = request.user.acting
    if acting and may_keep_file(request.user, acting.organization):
        return redirect("institutions:admission", pk=acting.organization_id)
    if acting is None:
        raise Http404
    form = StandingForm(request.GET, user=request.user)
    rows = found(request, form)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    if state:
        rows = rows.filter(
            **({"admission__isnull": True} if state == "none" else {"admission__state": state})
        )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            {
                "organization": one,
                "badge": badge(one),
                "admission": getattr(one, "admission", None),
            }
            for one in page
        ],
        "filters": form,
        "filters_active": any(request.GET.get(name) for name in form.fields),
        "may_register": may_register(request.user),
    }
    return render(request, "institutions/admissions.html", context)


def _load(request: SignedIn, pk: int) -> Organization:
    rows = Organization.objects.visible_to(request.user).public()
    return get_object_or_404(rows.select_related("prefecture", "admission"), pk=pk)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """How one institution stands, what it lacks, and what can be done now."""
    organization = _load(request, pk)
    admission: Admission | None = getattr(organization, "admission", None)
    verdicts = staffing.for_admission(organization)
    bad = sum(verdict.tone == "bad" for verdict in verdicts)
    context = {
        "organization": organization,
        "admission": admission,
        "badge": badge(organization),
        "facts": _facts(organization, admission),
        "verdicts": verdicts,
        "bad": bad,
        "moves": _moves(request.user, admission, bad),
        "elsewhere": _elsewhere(request.user, admission),
        "base_url": reverse("institutions:admission", args=[pk]),
        "may_open": admission is None and may_register(request.user),
        "timeline": audit.timeline(admission) if admission else [],
        "returned": _returned(admission),
    }
    return render(request, "institutions/admission.html", context)


def _facts(organization: Organization, admission: Admission | None) -> list[dict[str, Any]]:
    prefecture = organization.prefecture
    facts = [
        {"label": _("所在地"), "value": prefecture.name if prefecture else "—"},
        {"label": _("统一社会信用代码"), "value": organization.uscc or _("未登记")},
    ]
    if admission and admission.applied_at:
        facts.append({"label": _("申请"), "value": beijing(admission.applied_at)})
    if admission and admission.admitted_on:
        facts.append({"label": _("准入日期"), "value": dated(admission.admitted_on)})
    return facts


def _moves(user: Any, admission: Admission | None, bad: int) -> list[dict[str, Any]]:
    """The steps taken on this page; what would be refused says so beforehand."""
    if admission is None:
        return []
    blocked = _("还有 %(count)d 项不符，见下表；补齐后才能办理") % {"count": bad} if bad else ""
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": HERE[move.name],
            "blocked": blocked if move.name in {"apply", "admit"} else "",
        }
        for move in ADMISSION.available(admission, user)
        if move.name in HERE
    ]


def _elsewhere(user: Any, admission: Admission | None) -> list[dict[str, Any]]:
    """The steps with consequences: each has a page of its own that shows them first."""
    if admission is None:
        return []
    return [
        {
            "label": move.label,
            "consequence": move.consequence,
            "danger": move.tone == "danger",
            "icon": ELSEWHERE[move.name],
            "url": reverse(f"oversight:{move.name}", args=[admission.organization_id]),
        }
        for move in ADMISSION.available(admission, user)
        if move.name in ELSEWHERE
    ]


def _returned(admission: Admission | None) -> str:
    """Why it was last sent back, while that is still to be answered."""
    if admission is None or admission.state != Standing.RETURNED:
        return ""
    last = audit.own_history(admission).order_by("-seq").first()
    return str(last.facts.get("note", "")) if last else ""


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Take one step and show the page again."""
    organization = _load(request, pk)
    if name not in VERBS:
        raise Http404
    moved = VERBS[name](organization, by=request.user, note=request.POST.get("note", ""))
    words = {"name": organization.name, "state": moved.get_state_display()}
    messages.success(request, _("“%(name)s”：%(state)s。") % words)
    return redirect("institutions:admission", pk=pk)


@login_required
@require_POST
def open_file(request: SignedIn, pk: int) -> HttpResponse:
    """Open the file of an institution that is in the register without one."""
    actions.open_file(_load(request, pk), by=request.user)
    messages.success(request, _("已建档。机构补齐档案后可以申请准入。"))
    return redirect("institutions:admission", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def register(request: SignedIn) -> HttpResponse:
    """Enter a new institution; its file is opened with it."""
    if not may_register(request.user):
        raise NotAllowed("not_allowed", _("单位名册由自治区住建厅管理。"))
    form = RegisterForm(request.POST or None)
    if form.is_valid() and (made := _registered(request, form)):
        messages.success(request, _("已登记并建档。机构补齐档案后可以申请准入。"))
        return redirect("institutions:admission", pk=made.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "institutions/admission_register.html", {"form": form}, status=status)


def _registered(request: SignedIn, form: RegisterForm) -> Organization | None:
    try:
        return actions.register(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
    except ValidationError as fault:
        for name, told in fault.message_dict.items():
            form.add_error(name if name in form.fields else None, told)
    return None
