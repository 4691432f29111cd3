"""What the pages about one sitting share: its head and its tabs."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.exams.models import Sitting
from zhupei.exams.views import shown
from zhupei.people.requests import SignedIn

TABS = ("detail", "map", "watch", "papers", "live:sitting")


def load(request: SignedIn, pk: int) -> Sitting:
    """A sitting this person works with, watches or looks on; a candidate has pages of their own."""
    if request.user.acting is None:
        raise Http404
    sittings = Sitting.objects.visible_to(request.user).select_related(
        "organization", "prefecture", "job", "room"
    )
    return get_object_or_404(sittings, pk=pk)


def tabs(sitting: Sitting, current: str) -> list[dict[str, Any]]:
    labels = {
        "detail": _("考生"),
        "map": _("座位图"),
        "watch": _("监考"),
        "papers": _("材料"),
        "live:sitting": _("远程查看"),
    }
    return [
        {
            "label": labels[name],
            "url": reverse(name if ":" in name else f"exams:{name}", args=[sitting.pk]),
            "current": name == current,
        }
        for name in TABS
    ]


def frame(sitting: Sitting, current: str) -> dict[str, Any]:
    """The context all tabs share."""
    return {
        "sitting": sitting,
        "badge": shown.badge(sitting, timezone.now()),
        "facts": shown.facts(sitting),
        "tabs": tabs(sitting, current),
        "crumbs": [
            {"label": _("考核场次"), "url": reverse("exams:index")},
            {"label": sitting.title},
        ],
    }
