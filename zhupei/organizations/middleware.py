"""Which of their memberships somebody wears in this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

CHOSEN = "acting_membership"  # session key


class ActingMiddleware:
    """Load the memberships once, put the chosen one on the user as ``acting``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            today = timezone.localdate()
            worn = [
                membership
                for membership in request.user.memberships.select_related(
                    "organization__prefecture", "organization__division"
                ).order_by("pk")
                if membership.since <= today
                and (membership.until is None or membership.until >= today)
            ]
            chosen = request.session.get(CHOSEN)
            request.user.acting = next((m for m in worn if m.pk == chosen), (worn or [None])[0])
            request.user.worn = worn
        return self.get_response(request)
