"""Nobody who can change something for others works without a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

OPEN = ("/account/", "/static/")


class SecondFactorMiddleware:
    """Send a member without a second factor to the page where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.user.is_authenticated
            and request.user.acting
            and not request.path.startswith(OPEN)
            and not is_mfa_enabled(request.user)
        ):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)
