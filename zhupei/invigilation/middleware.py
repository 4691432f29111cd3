"""The door and the paper of a sitting that requires Safe Exam Browser open in nothing else.

Asked before a page of ``sit:`` is shown: does the request carry the proof that the browser runs the
configuration of this very sitting? The exam's own views know nothing of it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhupei.core import parameters
from zhupei.exams.models import Candidate
from zhupei.invigilation.actions import safe_browser
from zhupei.invigilation.models import SafeBrowser
from zhupei.invigilation.parameters import EXAM_KEYS
from zhupei.invigilation.rules.safe_browser import keys_in, proves

CONFIG_HEADER = "X-SafeExamBrowser-ConfigKeyHash"
EXAM_HEADER = "X-SafeExamBrowser-RequestHash"
BY_SEAT = {"sit:door", "sit:start"}  # whose number is a candidate's; of the others an attempt's
BY_ATTEMPT = {"sit:paper", "sit:ticket", "sit:save"}


class SafeBrowserMiddleware:
    """Asks for the proof where a sitting requires it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *called: Any) -> HttpResponse | None:
        """None lets the page be shown."""
        _view, _args, kwargs = called
        match = request.resolver_match
        if match is None or match.view_name not in BY_SEAT | BY_ATTEMPT:
            return None
        if not request.user.is_authenticated:
            return None
        seat = _seat(request, match.view_name, kwargs["pk"])
        if seat is None:
            return None
        rule: SafeBrowser = seat.sitting.safe_browser
        if hasattr(seat, "safe_browser_waiver") or proved(request, rule):
            return None
        return refusal(request, seat)


def _seat(request: HttpRequest, name: str, pk: int) -> Candidate | None:
    """The seat of this person, if its sitting requires the browser."""
    key = {"pk": pk} if name in BY_SEAT else {"attempt": pk}
    rows = Candidate.objects.own(request.user).filter(sitting__safe_browser__required=True, **key)
    return rows.select_related("sitting__safe_browser", "safe_browser_waiver").first()


def proved(request: HttpRequest, rule: SafeBrowser) -> bool:
    """Does the browser run this configuration, and, where keys were entered, is it one of those?"""
    address = settings.PUBLIC_URL.rstrip("/") + request.get_full_path()
    if not proves(request.headers.get(CONFIG_HEADER, ""), address, [rule.config_key]):
        return False
    keys = keys_in(f"{rule.exam_keys} {parameters.value(EXAM_KEYS)}")
    return not keys or proves(request.headers.get(EXAM_HEADER, ""), address, keys)


def refusal(request: HttpRequest, seat: Candidate) -> HttpResponse:
    """What to do now: open the configuration, or ask the invigilator."""
    config = reverse("invigilation:config", args=[safe_browser.ticket(seat.sitting)])
    context = {
        "seat": seat,
        "sitting": seat.sitting,
        "config_url": config,
        "open_url": opener(config),
        "inside": "SEB/" in request.headers.get("User-Agent", ""),
    }
    return render(request, "invigilation/safe_browser_needed.html", context, status=403)


def opener(path: str) -> str:
    """The address that starts Safe Exam Browser with the configuration behind ``path``."""
    scheme, _colon, rest = settings.PUBLIC_URL.rstrip("/").partition("://")
    return f"{'sebs' if scheme == 'https' else 'seb'}://{rest}{path}"
