"""The list of records, entering one, the page of one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, tables
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import dated
from zhupei.credit import consequences
from zhupei.credit.access import may_ask, may_enter, may_export
from zhupei.credit.actions import exports, repairs
from zhupei.credit.actions import records as actions
from zhupei.credit.forms import RecordFilters, RecordForm
from zhupei.credit.models import CreditRecord, Objection, RecordState, Repair
from zhupei.credit.models.records import CreditRecordQuerySet
from zhupei.credit.views import frame, origins
from zhupei.credit.workflow import OBJECTION, RECORD, REPAIR
from zhupei.organizations.models import AUTHORITIES, Kind, Organization
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The records somebody may see, the newest first."""
    user = frame.worker(request)
    filters = _filters(request)
    rows = _narrowed(CreditRecord.objects.visible_to(user), filters).with_open_cases()
    page = Paginator(rows, frame.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one) for one in page],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "export_url": reverse("credit:export") if may_export(user) else "",
        "own": user.acting.organization.kind not in AUTHORITIES | {Kind.HR},
    }
    return render(request, "credit/index.html", context)


def _row(record: CreditRecord) -> dict[str, Any]:
    return {"record": record, "badge": frame.badge(record), "weight": frame.weight(record)}


def _filters(request: SignedIn) -> RecordFilters:
    filters = RecordFilters(request.GET)
    if request.user.acting.organization.kind != Kind.REGION_AUTHORITY:
        del filters.fields["prefecture"]  # it is their own
    return filters


def _narrowed(rows: CreditRecordQuerySet, filters: RecordFilters) -> CreditRecordQuerySet:
    related = rows.select_related("organization__prefecture", "authority")
    rows = related.order_by("-decided_on", "-pk")
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    rows = rows.found_by(said["q"])
    if said["seriousness"]:
        rows = rows.filter(seriousness=said["seriousness"])
    if said.get("prefecture"):
        rows = rows.filter(organization__prefecture=said["prefecture"])
    state = said["state"]
    if state == "shown":
        return rows.published(timezone.localdate())
    if state in {"repairing", "objected"}:
        return rows.with_open_cases().filter(**{state: True})
    return rows.filter(state=state) if state else rows


@login_required
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """What the list shows, all pages of it, as a spreadsheet."""
    user = frame.worker(request)
    rows = _narrowed(CreditRecord.objects.visible_to(user), _filters(request))
    content = exports.records(rows, by=user)
    name = _("信用记录 %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return tables.answer(content, name)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedIn, institution: int) -> HttpResponse:
    """Enter a record, having seen how long it will last and who will read it."""
    organization = frame.institution(request, institution)
    if not may_enter(request.user, organization):
        raise NotAllowed("not_allowed", _("信用记录由属地住建局或者自治区住建厅登记。"))
    origin = origins.of(request, organization)
    first = {"decided_on": timezone.localdate()} | origin.initial
    form = RecordForm(request.POST or None, initial=first)
    will = None
    if form.is_valid():
        said = form.cleaned_data | {"authority": origin.authority, "source": origin.source}

        def act() -> CreditRecord:
            return actions.enter(organization, by=request.user, **said)

        if request.POST.get("step") == "enter" and (made := frame.tried(form, act)):
            messages.success(request, _("已登记信用记录 %(number)s。") % {"number": made.number})
            return redirect("credit:record", pk=made.pk)
        will = frame.tried(form, lambda: _will(organization, act))
    context = {"organization": organization, "form": form, "will": will, "origin": origin}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "credit/enter.html", context, status=status)


def _will(organization: Organization, act: Callable[[], CreditRecord]) -> dict[str, Any]:
    """What entering would cause, from a rehearsal. Raises what entering refuses."""
    row, turns = consequences.turned(organization, act)
    at_once = row.shortest_until == row.decided_on
    return {"record": row, "turns": turns, "at_once": at_once}


@login_required
@require_GET
def record(request: SignedIn, pk: int) -> HttpResponse:
    """One record: its terms, what was said against it, what can be done now."""
    found = frame.load(request, pk)
    open_cases = {name for name in ("repairing", "objected") if getattr(found, name)}
    asks = may_ask(request.user, found) and found.state == RecordState.IN_FORCE
    why_not = _why_not(found) if asks else None
    context = {
        "record": found,
        "badge": frame.badge(found),
        "weight": frame.weight(found),
        "facts": _facts(request, found),
        "moves": [one for one in RECORD.available(found, request.user) if one.name == "withdraw"],
        "cases": [
            *(_repair(request, one) for one in _cases(request, Repair, found)),
            *(_objection(request, one) for one in _cases(request, Objection, found)),
        ],
        "may_repair": asks and "repairing" not in open_cases and why_not is None,
        "why_not": why_not,
        "may_object": asks and "objected" not in open_cases,
        "timeline": audit.timeline(found),
        "term": _term(found),
    }
    return render(request, "credit/record.html", context)


def _why_not(record: CreditRecord) -> str | None:
    try:
        repairs.check_repairable(record)
    except Refused as refusal:
        return str(refusal)
    return None


def _cases(request: SignedIn, kind: Any, record: CreditRecord) -> Any:
    rows = kind.objects.visible_to(request.user).filter(record=record)
    papers = ("proof", "commitment") if kind is Repair else ("evidence",)
    return rows.select_related(
        "record__organization", "record__authority", "answered_by", *papers
    ).order_by("-filed_at")


def _repair(request: SignedIn, one: Repair) -> dict[str, Any]:
    names = {"proof": _("整改证明"), "commitment": _("信用承诺书")}
    return _case(one, "repair", REPAIR.available(one, request.user)) | {
        "title": _("修复申请"),
        "text": one.account,
        "papers": [
            (reverse("credit:paper", args=[one.pk, name]), label) for name, label in names.items()
        ],
        "who": one.record.authority,
    }


def _objection(request: SignedIn, one: Objection) -> dict[str, Any]:
    url = reverse("credit:evidence", args=[one.pk])
    return _case(one, "objection", OBJECTION.available(one, request.user)) | {
        "title": _("异议"),
        "text": one.grounds,
        "papers": [(url, one.evidence.name)] if one.evidence else [],
        "who": _("%(who)s或者自治区住建厅的另一人") % {"who": one.record.authority},
    }


def _case(one: Repair | Objection, kind: str, moves: Sequence[Any]) -> dict[str, Any]:
    return {
        "case": one,
        "badge": frame.case_badge(one),
        "moves": [move for move in moves if move.name != "amend"],
        "may_amend": any(move.name == "amend" for move in moves),
        "base_url": reverse(f"credit:{kind}-move", args=[one.pk, "x"])[:-2],
    }


def _term(record: CreditRecord) -> dict[str, Any]:
    """How far the record is through its longest term, in days."""
    today = record.ended_on or timezone.localdate()
    whole = (record.longest_until - record.decided_on).days
    return {
        "days": whole,
        "passed": min(max((today - record.decided_on).days, 0), whole),
        "left": max((record.longest_until - today).days, 0),
    }


def _facts(request: SignedIn, record: CreditRecord) -> list[dict[str, Any]]:
    inside = request.user.acting.organization.kind in AUTHORITIES
    who = record.get_about_display()
    facts: list[dict[str, Any]] = [
        {
            "label": _("记在谁名下"),
            "value": f"{who}：{record.person_name}" if record.person_name else who,
        },
        {"label": _("事由"), "value": record.ground},
        {"label": _("依据"), "value": record.law},
        {"label": _("文书号"), "value": record.paper or "—"},
        {"label": _("认定单位"), "value": record.authority},
        {"label": _("认定日期"), "value": dated(record.decided_on)},
        {"label": _("最短期限到"), "value": dated(record.shortest_until)},
        {"label": _("最长期限到"), "value": dated(record.longest_until)},
        {
            "label": _("公示"),
            "value": _("向社会公示") if record.shown else _("不公示"),
            "note": record.shown_why,
        },
        {"label": _("登记"), "value": record.entered_by, "note": dated(record.entered_on)},
    ]
    if record.ended_on:
        facts.append({"label": _("停止日期"), "value": dated(record.ended_on)})
    if record.source_label:
        url = record.source_path if inside else ""
        facts.append({"label": _("来源"), "value": record.source_label, "url": url})
    return facts


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Withdraw a record."""
    if name != "withdraw":
        raise Http404
    found = frame.load(request, pk)
    actions.withdraw(found, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("记录已撤销，公示页不再显示。"))
    return redirect("credit:record", pk=pk)
