"""Coverage from above: the map of the region, one prefecture, one institution."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhupei.core.parameters import value
from zhupei.organizations.models import ASSIGNED, AUTHORITIES, Division, Kind, Organization
from zhupei.patrols.forms import PeriodForm
from zhupei.patrols.models import Duty, DutyQuerySet
from zhupei.patrols.parameters import FAIR
from zhupei.patrols.rules.coverage import Tally
from zhupei.patrols.views import shown
from zhupei.people.requests import SignedIn

SHOWN = 8  # rows of the lists beside the figures


def authority(request: SignedIn) -> Organization:
    """The authority somebody looks on for; others have no business here."""
    acting = request.user.acting
    if acting is None or acting.role in ASSIGNED or acting.organization.kind not in AUTHORITIES:
        raise Http404
    found: Organization = acting.organization
    return found


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The region on a map of tiles; whoever looks after one prefecture begins there; whoever was
    looked at sees the records, and who is sent their own visits.
    """
    acting = request.user.acting
    if acting is None:
        raise Http404
    if acting.organization.kind not in AUTHORITIES:
        return redirect("patrols:records")
    if acting.role in ASSIGNED:
        return redirect("patrols:desk")
    if acting.organization.kind != Kind.REGION_AUTHORITY:
        return redirect("patrols:place", code=acting.organization.prefecture_id)
    form = PeriodForm.asked(request.GET)
    rows = form.narrow(Duty.objects.visible_to(request.user))
    tallies = rows.figures_by("prefecture", period=form.period)
    divisions, fair = list(Division.objects.prefectures()), value(FAIR)
    context = _common(request, form, rows) | {
        "tiles": shown.tiles(divisions, tallies, fair, _query(request)),
        "figures": shown.figures(
            sum(tallies.values(), Tally()), fair, _query(request, form.period)
        ),
    }
    return render(request, "patrols/map.html", context)


@login_required
@require_GET
def place(request: SignedIn, code: str) -> HttpResponse:
    """One prefecture: its bureau, day by day, institution by institution."""
    authority(request)
    division = get_object_or_404(Division.objects.prefectures(), pk=code)
    form = PeriodForm.asked(request.GET)
    rows = form.narrow(Duty.objects.visible_to(request.user)).in_prefecture(code)
    if not _oversees(request, code):
        raise Http404
    by_body = rows.figures_by("organization", period=form.period)
    first, last = form.period
    days = sorted(rows.figures_by_day(first, last).items())
    fair = value(FAIR)
    context = _common(request, form, rows) | {
        "division": division,
        "bureau": Organization.objects.bureaus().filter(prefecture=code).first(),
        "figures": shown.figures(
            sum(by_body.values(), Tally()), fair, _query(request, form.period, place=code)
        ),
        "bodies": _bodies(request, by_body, fair),
        "days": [_day(day, tally) for day, tally in days[-MOST_DAYS:]],
        "ledger": reverse("patrols:duties"),
    }
    return render(request, "patrols/place.html", context)


@login_required
@require_GET
def institution(request: SignedIn, pk: int) -> HttpResponse:
    """One institution or assessment body: each of its classes and sittings."""
    authority(request)
    seen = Organization.objects.visible_to(request.user, visiting=True)
    body = get_object_or_404(seen, pk=pk)
    form = PeriodForm.asked(request.GET)
    rows = form.narrow(Duty.objects.visible_to(request.user)).filter(organization=body)
    period = rows.due_between(*form.period)
    context = _common(request, form, rows) | {
        "body": body,
        "figures": shown.figures(
            period.figures(), value(FAIR), _query(request, form.period, q=body.name)
        ),
        "rows": [
            {"duty": duty, "badge": shown.badge(duty)}
            for duty in period.order_by("-closes_at", "pk")[:MOST]
        ],
    }
    return render(request, "patrols/institution.html", context)


MOST_DAYS = 62  # of one page; the ledger has the others
MOST = 200  # classes and sittings of one body in one period; the ledger has them all


def _common(request: SignedIn, form: PeriodForm, rows: DutyQuerySet) -> dict[str, Any]:
    """What stands beside the figures of every level: what ends soon, what nobody explained."""
    soon = rows.ending_soon(timezone.now()).order_by("closes_at", "pk")
    return {
        "filters": form,
        "filters_active": any(request.GET.get(name) for name in form.fields),
        "first": form.period[0],
        "last": form.period[1],
        "query": _query(request),
        "soon": list(soon.select_related("organization", "prefecture")[:SHOWN]),
        "unexplained": list(
            rows.unexplained()
            .select_related("organization", "prefecture")
            .order_by("-closes_at", "pk")[:SHOWN]
        ),
    }


def _oversees(request: SignedIn, code: str) -> bool:
    here = authority(request)
    return here.kind == Kind.REGION_AUTHORITY or str(here.prefecture_id) == code


def _bodies(request: SignedIn, by_body: dict[int, Tally], fair: int) -> list[dict[str, Any]]:
    """The bodies of a place, those with the largest gap first."""
    names = dict(
        Organization.objects.visible_to(request.user)
        .filter(pk__in=by_body)
        .values_list("pk", "name")
    )
    rows = [
        {
            "pk": pk,
            "name": names.get(pk, ""),
            "tally": tally,
            "number": shown.percent(tally.coverage),
            "grade": shown.grade(tally.coverage, fair),
            "linked": pk in names,
        }
        for pk, tally in by_body.items()
    ]
    return sorted(rows, key=_largest_gap)


def _largest_gap(row: dict[str, Any]) -> tuple[float, int, str]:
    tally: Tally = row["tally"]
    coverage = shown.ALL_OF_IT + 1 if tally.coverage is None else float(tally.coverage)
    return (coverage, -tally.all, row["name"])


def _day(day: date, tally: Tally) -> dict[str, Any]:
    return {"day": day, "tally": tally, "today": day == timezone.localdate()}


def _query(request: SignedIn, period: tuple[date, date] | None = None, **more: str) -> str:
    """The filters of this page for another address."""
    said = {name: request.GET[name] for name in ("since", "until", "kind") if request.GET.get(name)}
    if period:
        said |= {"since": period[0].isoformat(), "until": period[1].isoformat()}
    said |= more
    return f"?{urlencode(said)}" if said else ""
