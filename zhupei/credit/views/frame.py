"""What the pages of credit have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhupei.core.errors import Refused
from zhupei.credit.models import (
    CreditRecord,
    Grade,
    Letter,
    ObjectionState,
    RecordState,
    RepairState,
    Seriousness,
)
from zhupei.organizations.models import OFFICERS, Organization
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422
ENDED = {
    RecordState.REPAIRED: ("circle-check", "ok"),
    RecordState.EXPIRED: ("calendar-off", ""),
    RecordState.WITHDRAWN: ("ban", ""),
}
WEIGHT = {
    Seriousness.MINOR: ("info-circle", "info"),
    Seriousness.ORDINARY: ("alert-triangle", "warn"),
    Seriousness.SERIOUS: ("flag", "bad"),
}
CASES = {
    RepairState.FILED: ("hourglass", "warn"),
    RepairState.GRANTED: ("circle-check", "ok"),
    RepairState.REFUSED: ("circle-x", "bad"),
    RepairState.WITHDRAWN: ("arrow-back-up", ""),
    ObjectionState.UPHELD: ("circle-check", "ok"),
    ObjectionState.AMENDED: ("pencil", "info"),
    ObjectionState.DISMISSED: ("circle-x", "bad"),
}
GRADES = {
    Letter.A: ("award", "ok"),
    Letter.B: ("circle-check", "info"),
    Letter.C: ("alert-triangle", "warn"),
    Letter.D: ("alert-triangle", "bad"),
    Letter.OUT: ("logout", "bad"),
}


def _badge(drawing: tuple[str, str], word: Any) -> dict[str, Any]:
    return {"icon": drawing[0], "tone": drawing[1], "word": word}


def badge(record: CreditRecord) -> dict[str, Any]:
    """Whether it holds, and whether the public reads it."""
    state = RecordState(record.state)
    if state != RecordState.IN_FORCE:
        return _badge(ENDED[state], record.get_state_display())
    if record.shown:
        return _badge(("eye", "bad"), _("公示中"))
    return _badge(("eye-off", "info"), _("有效，不公示"))


def weight(record: CreditRecord) -> dict[str, Any]:
    """How serious it is."""
    level = Seriousness(record.seriousness)
    return _badge(WEIGHT[level], level.label)


def case_badge(case: Any) -> dict[str, Any]:
    """Where an application or an objection stands."""
    return _badge(CASES[case.state], case.get_state_display())


def grade_badge(grade: Grade | None) -> dict[str, Any]:
    """A grade, or that there is none."""
    if grade is None:
        return _badge(("minus", ""), _("未评"))
    letter = Letter(grade.grade)
    word = letter.label if letter == Letter.OUT else _("%(letter)s 级") % {"letter": letter.label}
    return _badge(GRADES[letter], word)


def worker(request: SignedIn) -> Any:
    """Whoever does the work of a body that has to do with credit."""
    acting = request.user.acting
    if acting is None or acting.role not in OFFICERS:
        raise Http404
    return request.user


def load(request: SignedIn, pk: int) -> CreditRecord:
    """One record somebody may see."""
    rows = CreditRecord.objects.visible_to(request.user).with_open_cases()
    related = ("organization__prefecture", "authority", "entered_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def institution(request: SignedIn, pk: int) -> Organization:
    """One institution somebody may see the file of."""
    rows = Organization.objects.visible_to(worker(request)).public()
    return get_object_or_404(rows.select_related("prefecture", "admission"), pk=pk)


def tried(form: forms.Form, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field."""
    try:
        return verb() or True
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        refusal.beside(form)
        return None
