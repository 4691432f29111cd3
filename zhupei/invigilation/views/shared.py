"""What every page of a room begins with: the sitting, its tabs, the seat."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.exams.access import may_run
from zhupei.exams.models import Candidate, Sitting
from zhupei.exams.views import shown
from zhupei.invigilation.access import may_invigilate, may_look, may_set_up
from zhupei.people.requests import SignedIn

BESIDE = ("organization", "prefecture", "job", "room")


def load(request: SignedIn, pk: int) -> Sitting:
    """A sitting whose room this person may look into; to anybody else there is none."""
    if request.user.acting is None:
        raise Http404
    sittings = Sitting.objects.visible_to(request.user).select_related(*BESIDE)
    sitting = get_object_or_404(sittings, pk=pk)
    if not may_look(request.user, sitting):
        raise Http404
    return sitting


def seat_in(request: SignedIn, sitting: Sitting, pk: int) -> Candidate:
    """One seat of this sitting."""
    seats = Candidate.objects.visible_to(request.user).filter(sitting=sitting)
    return get_object_or_404(seats.select_related("person", "sitting", "attempt"), pk=pk)


def head(request: SignedIn, sitting: Sitting, page: str) -> dict[str, Any]:
    """What ``_head.html`` draws: the sitting, its state, the pages side by side."""
    pages = {
        "board": _("看板"),
        "door": _("入场核验"),
        "incidents": _("情况记录"),
        "notices": _("通知"),
        "log": _("监考日志"),
        "safe_browser": _("考试浏览器"),
    }
    return {
        "sitting": sitting,
        "state": shown.badge(sitting, timezone.now()),
        "acts": may_invigilate(request.user, sitting),
        "runs": may_run(request.user, sitting),
        "sets_up": may_set_up(request.user, sitting),
        "tabs": [
            {
                "label": label,
                "url": reverse(f"invigilation:{name}", args=[sitting.pk]),
                "current": name == page,
            }
            for name, label in pages.items()
        ],
    }
