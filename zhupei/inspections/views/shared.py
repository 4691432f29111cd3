"""What the pages of draws share: who may open them, badges, tabs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404

from zhupei.core.errors import beside
from zhupei.inspections.models import Draw, DrawState, Inspection, InspectionState, ListState
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422
DRAWS = {
    DrawState.DRAFT: ("pencil", ""),
    DrawState.FROZEN: ("lock", "info"),
    DrawState.DRAWN: ("clipboard-check", "warn"),
    DrawState.FINISHED: ("circle-check", "ok"),
    DrawState.CALLED_OFF: ("ban", "bad"),
}
INSPECTIONS = {
    InspectionState.ASSIGNED: ("clipboard-list", "info"),
    InspectionState.SIGNING: ("signature", "warn"),
    InspectionState.SIGNED: ("hourglass", "warn"),
    InspectionState.PUBLISHED: ("circle-check", "ok"),
}
LISTS = {
    ListState.DRAFT: ("pencil", ""),
    ListState.IN_FORCE: ("circle-check", "ok"),
    ListState.REPLACED: ("history", ""),
}


def official(request: SignedIn) -> Any:
    """Whoever acts for an authority or an HR department."""
    user = request.user
    if user.acting is None or user.acting.organization.kind not in {*AUTHORITIES, Kind.HR}:
        raise Http404
    return user


def officer(request: SignedIn) -> Any:
    """The same, and does its work: an inspector is none."""
    user = official(request)
    if user.acting.role not in OFFICERS:
        raise Http404
    return user


def load_draw(request: SignedIn, pk: int) -> Draw:
    """The draw, if the person may know about it."""
    visible = Draw.objects.visible_to(official(request))
    related = ("authority__prefecture", "planned__plan", "prefecture", "job", "item_list")
    return get_object_or_404(visible.select_related(*related), pk=pk)


def load(request: SignedIn, pk: int) -> Inspection:
    """The inspection, if the person may know about it; whoever was inspected may, too."""
    if request.user.acting is None:
        raise Http404
    visible = Inspection.objects.visible_to(request.user).with_people()
    found: Inspection = get_object_or_404(
        visible.select_related("organization", "draw__authority", "draw__item_list"), pk=pk
    )
    return found


def badge(thing: Draw | Inspection) -> dict[str, Any]:
    """A state as icon, word and colour."""
    known: Any = DRAWS if isinstance(thing, Draw) else INSPECTIONS
    icon, tone = known[thing.state]
    return {"icon": icon, "tone": tone, "word": thing.get_state_display()}


def done(form: forms.BaseForm, verb: Callable[[], Any]) -> Any:
    """Do it; a refusal stands beside its field, what was typed stays. None when refused."""
    made = None
    with beside(form):
        made = verb()
    return made  # noqa: RET504 - None, when a refusal stands in the form
