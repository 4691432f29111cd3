"""The board: which sittings, one sitting live, its seats and what can be done."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from zhupei.exams.models import Sitting
from zhupei.exams.views import shown
from zhupei.invigilation.models import watched
from zhupei.people.requests import SignedIn

PER_PAGE = 25


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The sittings of today and later that one may look into, the next first."""
    if request.user.acting is None:
        raise Http404
    now = timezone.now()
    rows = watched(Sitting.objects.visible_to(request.user), now)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(sitting, now) for sitting in page]}
    return render(request, "invigilation/index.html", context)


def _row(sitting: Sitting, now: Any) -> dict[str, Any]:
    return {
        "sitting": sitting,
        "state": shown.badge(sitting, now),
        "url": reverse("invigilation:door", args=[sitting.pk]),
    }
