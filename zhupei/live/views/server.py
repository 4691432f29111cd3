"""The door of the media server: it asks before it takes or shows anything.

Whoever does not show the secret of its configuration is told nothing. No page leads here.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from zhupei.core.errors import NotAllowed
from zhupei.live import hooks
from zhupei.live.actions import broadcasts

View = Callable[[HttpRequest], HttpResponse]


def ours(view: View) -> View:
    """Only for our own media server."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not hooks.is_ours(request.headers.get(hooks.HEADER, "")):
            return HttpResponse(status=403)
        return view(request)

    return guarded


@csrf_exempt
@require_POST
@ours
def publish(request: HttpRequest) -> HttpResponse:
    """May this camera send?"""
    said = request.POST
    try:
        broadcasts.begin(
            said.get("name", ""), key=said.get("key", ""), client=said.get("clientid", "")
        )
    except NotAllowed as refusal:
        return HttpResponse(f"{refusal.code}\n", status=403, content_type="text/plain")
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
@ours
def unpublish(request: HttpRequest) -> HttpResponse:
    """A camera stopped."""
    broadcasts.end(request.POST.get("name", ""), client=request.POST.get("clientid", ""))
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
@ours
def play(request: HttpRequest) -> HttpResponse:
    """May somebody watch without a browser: with the ticket of an open look, as in one."""
    may = broadcasts.may_watch(request.POST.get("name", ""), ticket=request.POST.get("ticket", ""))
    return HttpResponse(status=204 if may else 403)


@require_GET
@ours
def fragment(request: HttpRequest) -> HttpResponse:
    """May this browser have the next two seconds?"""
    shown = request.headers
    may = broadcasts.may_watch(
        shown.get("X-Zhupei-Stream", ""), ticket=shown.get("X-Zhupei-Ticket", "")
    )
    return HttpResponse(status=204 if may else 403)
