"""What the pages of this app have in common."""

from collections.abc import Callable
from typing import Any

from django import forms

from zhupei.complaints.models import Complaint, Inquiry, InquiryState, State
from zhupei.complaints.targets import Target
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import Organization

A_PAGE = 25
UNPROCESSABLE = 422

TONES = {
    State.REGISTERED: ("inbox", "warn"),
    State.REOPENED: ("refresh", "warn"),
    State.ASSIGNED: ("user-check", "info"),
    State.ACCEPTED: ("search", "info"),
    State.DECIDED: ("writing-sign", "info"),
    State.REPLIED: ("message-report", "ok"),
    State.REFUSED: ("ban", ""),
    State.JOINED: ("copy", "info"),
    State.REFERRED: ("transfer", ""),
    State.CLOSED: ("circle-check", ""),
}


def badge(complaint: Complaint) -> dict[str, Any]:
    """Its state as icon, word and colour."""
    icon, tone = TONES[State(complaint.state)]
    return {"icon": icon, "tone": tone, "word": complaint.get_state_display()}


def inquiry_badge(inquiry: Inquiry) -> dict[str, Any]:
    asked = inquiry.state == InquiryState.ASKED
    icon, tone = ("clock", "warn") if asked else ("circle-check", "")
    return {"icon": icon, "tone": tone, "word": inquiry.get_state_display()}


def tried(form: forms.Form, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field. What has
    been done meanwhile has no form any more: that is said on a page of its own.
    """
    try:
        return verb() or True
    except NotAllowed:
        raise
    except Refused as refusal:
        if refusal.code == "wrong_state":
            raise
        refusal.beside(form)
        return None


def channel_of(target: Target) -> Organization | None:
    """The bureau of the place, with its phone and hours."""
    if target.prefecture is None:
        return None
    return Organization.objects.bureaus().filter(prefecture=target.prefecture).first()
