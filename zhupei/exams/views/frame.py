"""What the pages about one sitting share: its head, its tabs, the way to its plan."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.exams.access import may_plan
from zhupei.exams.models import Plan, PlanState, Sitting
from zhupei.exams.views import shown
from zhupei.organizations.models import ASSIGNED
from zhupei.people.models import User
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


def load_plan(request: SignedIn, pk: Any) -> Plan:
    """A plan of one's body, or one the bureau was told of."""
    plans = Plan.objects.visible_to(request.user).select_related("organization", "prefecture")
    return get_object_or_404(plans, pk=pk)


def plan_asked_for(request: SignedIn) -> Plan | None:
    """The plan a new exam is for, as the address says."""
    pk = request.GET.get("plan", "")
    return load_plan(request, pk) if pk.isdecimal() else None


def plan_url(user: User, exam: Any) -> str:
    """The page of the plan of a sitting or session, for those who may see it."""
    if exam.plan is None or user.acting is None or user.acting.role in ASSIGNED:
        return ""
    seen = exam.plan.state != PlanState.DRAFT or may_plan(user, exam.organization)
    return reverse("plans:detail", args=[exam.plan.pk]) if seen else ""


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
