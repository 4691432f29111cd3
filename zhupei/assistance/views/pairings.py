"""Pairings, and what each institution did in a year."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.assistance.access import may_assign_any, may_end
from zhupei.assistance.actions import pairings as actions
from zhupei.assistance.forms import EndForm, PairingForm, years
from zhupei.assistance.models import Assistance, Pairing
from zhupei.assistance.views.help import figures
from zhupei.assistance.views.shared import UNPROCESSABLE, tried, worker
from zhupei.core import tables
from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import dated
from zhupei.people.requests import SignedIn

A_PAGE = 50
MOST_ROWS = 10_000


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Who helps whom; those that hold come first."""
    user = worker(request)
    rows = Pairing.objects.visible_to(user).select_related(
        "organization", "county__parent", "authority"
    )
    page = Paginator(rows.order_by("until", "-since", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [_row(one, user, today) for one in page],
        "may_assign": may_assign_any(user),
    }
    return render(request, "assistance/pairings.html", context)


def _row(pairing: Pairing, user: Any, today: Any) -> dict[str, Any]:
    over = pairing.until is not None and pairing.until < today
    word = _("已结束") if over else _("对口中")
    if not over and pairing.since > today:
        word = _("未开始")
    badge = {"icon": "x" if over else "check", "tone": "" if over else "ok", "word": word}
    return {
        "pairing": pairing,
        "badge": badge,
        "may_end": pairing.until is None and may_end(user, pairing),
    }


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: SignedIn) -> HttpResponse:
    """Pair an institution with a county."""
    user = worker(request)
    if not may_assign_any(user):
        raise NotAllowed("not_allowed", _("只有自治区住建厅和地州市住建局能指定对口县市。"))
    initial = {"since": timezone.localdate()}
    form = PairingForm(request.POST or None, initial=initial, authority=user.acting.organization)
    if form.is_valid():
        said = dict(form.cleaned_data)
        body, county = said.pop("organization"), said.pop("county")
        made = tried(form, lambda: actions.assign(body, county, by=user, **said))
        if made:
            messages.success(request, _("已指定：%(pairing)s。") % {"pairing": made})
            return redirect("assistance:pairings")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assistance/assign.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: int) -> HttpResponse:
    """End a pairing."""
    visible = Pairing.objects.visible_to(worker(request))
    found = get_object_or_404(visible.select_related("organization", "county"), pk=pk)
    if not may_end(request.user, found):
        raise NotAllowed("not_allowed", _("只有能指定的部门能结束对口关系。"))
    form = EndForm(request.POST or None, initial={"until": timezone.localdate()})
    if form.is_valid():
        until, note = form.cleaned_data["until"], form.cleaned_data["note"]
        if tried(form, lambda: actions.end(found, by=request.user, until=until, note=note)):
            messages.success(request, _("对口关系已结束。"))
            return redirect("assistance:pairings")
    context = {"form": form, "pairing": found}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assistance/end.html", context, status=status)


@login_required
@require_GET
def totals(request: SignedIn) -> HttpResponse:
    """What was confirmed in a year, by institution; and the same as a spreadsheet."""
    user = worker(request)
    year = _year(request)
    rows = Assistance.objects.visible_to(user).confirmed(year)
    paired = {one["organization"]: one for one in rows.paired().by_organization()}
    lines = [
        one | {"paired": paired.get(one["organization"], {})}
        for one in rows.by_organization()[:MOST_ROWS]
    ]
    if request.GET.get("as") == "xlsx":
        return _sheet(year, lines)
    context = {
        "year": year,
        "years": years(),
        "lines": lines,
        "figures": figures(rows.figures()),
    }
    return render(request, "assistance/totals.html", context)


def _year(request: SignedIn) -> int:
    said = request.GET.get("year", "")
    known = years()
    return int(said) if said.isdecimal() and int(said) in known else known[0]


def _sheet(year: int, lines: list[dict[str, Any]]) -> HttpResponse:
    heads = [
        _("培训机构"),
        _("培训人次"),
        _("其中对口县市"),
        _("实训基地"),
        _("其中对口县市"),
        _("受援县市数"),
        _("截至"),
    ]
    day = dated(timezone.localdate())
    rows = [
        (
            one["name"],
            one["person_times"] or 0,
            one["paired"].get("person_times") or 0,
            one["bases"],
            one["paired"].get("bases", 0),
            one["counties"],
            day,
        )
        for one in lines
    ]
    name = _("帮扶-%(year)s.xlsx") % {"year": year}
    return tables.answer(tables.workbook(tables.Sheet(_("帮扶"), heads, rows)), name)
