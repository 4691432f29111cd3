"""What the pages of this app have in common."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404

from zhupei.assistance.models import State
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422
ICONS = {
    State.DRAFT: ("pencil", ""),
    State.SUBMITTED: ("hourglass", "warn"),
    State.RETURNED: ("arrow-back-up", "bad"),
    State.CONFIRMED: ("circle-check", "ok"),
    State.REVOKED: ("ban", "bad"),
    State.CANCELLED: ("x", ""),
}


def worker(request: SignedIn) -> Any:
    """An officer of an institution or an authority."""
    user = request.user
    kinds = AUTHORITIES | {Kind.INSTITUTION}
    acting = user.acting
    if acting is None or acting.role not in OFFICERS or acting.organization.kind not in kinds:
        raise Http404
    return user


def badge(state: str) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = ICONS[State(state)]
    return {"icon": icon, "tone": tone, "word": State(state).label}


def tried(form: BaseForm, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field."""
    try:
        return verb() or True
    except Refused as refusal:
        if isinstance(refusal, NotAllowed) or refusal.code == "wrong_state":
            raise
        refusal.beside(form)
        return None
