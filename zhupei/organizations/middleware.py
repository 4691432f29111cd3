"""Which of their memberships somebody wears in this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from zhupei.organizations.models import Membership
from zhupei.people.models import User

CHOSEN = "acting_membership"  # session key


def worn_today(user: User) -> list[Membership]:
    """The memberships ``user`` may wear today, oldest first."""
    today = timezone.localdate()
    rows = Membership.objects.filter(user=user, since__lte=today).select_related(
        "organization__prefecture", "organization__division"
    )
    return [row for row in rows.order_by("pk") if row.until is None or row.until >= today]


class ActingMiddleware:
    """Load the memberships once, put the chosen one on the user as ``acting``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            worn = worn_today(request.user)
            chosen = request.session.get(CHOSEN)
            first = worn[0] if worn else None
            request.user.acting = next((m for m in worn if m.pk == chosen), first)
            request.user.worn = worn
        return self.get_response(request)
