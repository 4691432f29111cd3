"""What anybody reads of credit, without signing in, and no day longer than it may be read.

No answer is kept by browsers, proxies or search engines: a record that ended is gone at once.
"""

from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhupei.credit.forms import RecordFilters
from zhupei.credit.models import CreditRecord
from zhupei.credit.views import frame
from zhupei.organizations.models import Division


def forgotten(view: Any) -> Any:
    """Neither kept nor copied by anybody on the way, nor by search engines."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noarchive, nosnippet, noindex"
        return answer

    return answered


@forgotten
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The records published today, the newest first; found by institution, ground or number."""
    filters = RecordFilters(request.GET)
    del filters.fields["state"]
    rows = CreditRecord.objects.public().with_open_cases()
    rows = rows.select_related("organization__prefecture", "authority")
    if filters.is_valid():
        said = filters.cleaned_data
        rows = rows.found_by(said["q"])
        if said["seriousness"]:
            rows = rows.filter(seriousness=said["seriousness"])
        if said["prefecture"]:
            rows = rows.filter(organization__prefecture=said["prefecture"])
    ordered = rows.order_by("-decided_on", "-pk")
    page = Paginator(ordered, frame.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"record": one, "weight": frame.weight(one)} for one in page],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "prefectures": Division.objects.prefectures(),
    }
    return render(request, "credit/public.html", context)
