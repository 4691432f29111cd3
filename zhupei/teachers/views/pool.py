"""The lists: the pool, what waits for review, who works in several places, studies to confirm."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhupei.core import clock
from zhupei.core.parameters import value
from zhupei.teachers.access import sees_shared
from zhupei.teachers.forms import PoolFilters
from zhupei.teachers.models import Engagement, State, Study, Teacher, TeacherQuerySet
from zhupei.teachers.parameters import WARNING_DAYS
from zhupei.teachers.views.frame import PER_PAGE, at_work, badge, decides, proposes, tabs

WAITING = [State.DRAFT, State.RETURNED, State.APPLIED]


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The pool; what is looked for stands in the address."""
    user = at_work(request)
    filters = PoolFilters(request.GET or None)
    found = _narrowed(Teacher.objects.visible_to(user), filters)
    rows = found.select_related("person", "proposed_by").with_places()
    page = _page(request, rows.order_by("-in_pool_since", "pk"))
    context = {
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [{"teacher": one, "badge": badge(one.state)} for one in page],
        "tabs": tabs(user, "index"),
        "may_propose": proposes(user),
    }
    return render(request, "teachers/index.html", context)


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _narrowed(rows: TeacherQuerySet, filters: PoolFilters) -> TeacherQuerySet:
    """Without a word about the state: those in the pool."""
    if not filters.is_valid():
        return rows.in_pool()
    said = filters.cleaned_data
    rows = rows.filter(state=said["state"]) if said["state"] else rows.in_pool()
    if said["q"]:
        rows = rows.found_by(said["q"])
    if said["trade"]:
        rows = rows.filter(trades=said["trade"])
    if said["prefecture"]:
        rows = rows.working_in(said["prefecture"])
    if said["only"] == "shared":
        rows = rows.shared()
    if said["only"] == "expiring":
        rows = rows.expiring(timezone.localdate() + timedelta(days=value(WARNING_DAYS)))
    return rows


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """What the association has to decide on; for an institution what it handed in."""
    user = at_work(request)
    rows = Teacher.objects.visible_to(user)
    if decides(user):
        rows = rows.awaiting_review()
    elif proposes(user):
        rows = rows.filter(state__in=WAITING, proposed_by=user.acting.organization_id)
        rows = rows.order_by("-state", "pk")
    else:
        raise Http404
    rows = rows.select_related("person", "proposed_by").with_trades()
    page = _page(request, rows)
    context = {
        "page": page,
        "rows": _waiting(page),
        "tabs": tabs(user, "reviews"),
        "decides": decides(user),
    }
    return render(request, "teachers/reviews.html", context)


def _waiting(page: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    known = clock.calendar(now)
    return [
        {"teacher": one, "badge": badge(one.state), "left": clock.left(one.due_at, now, known)}
        for one in page
    ]


@login_required
@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    """Who works for several institutions now, on what papers.

    Source: notice, part 2, section 2 (one teacher shared by several institutions).
    """
    user = at_work(request)
    if not sees_shared(user):
        raise Http404
    here = Engagement.objects.visible_to(user).current()
    rows = Teacher.objects.visible_to(user).shared().filter(pk__in=here.values("teacher"))
    rows = rows.select_related("person").with_places()
    page = _page(request, rows.order_by("person__name", "pk"))
    context = {"page": page, "tabs": tabs(user, "shared"), "today": timezone.localdate()}
    return render(request, "teachers/shared.html", context)


@login_required
@require_GET
def studies(request: HttpRequest) -> HttpResponse:
    """Courses that wait for the confirmation of the association."""
    user = at_work(request)
    if not decides(user):
        raise Http404
    rows = Study.objects.visible_to(user).awaiting_confirmation()
    page = _page(request, rows.select_related("teacher__person", "file"))
    return render(request, "teachers/studies.html", {"page": page, "tabs": tabs(user, "studies")})
