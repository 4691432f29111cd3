"""The public site, everybody's home page, the inbox."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from zhupei.certificates.models import Certificate
from zhupei.classes.models import TrainingClass
from zhupei.core import messages
from zhupei.core.frames import shell_of
from zhupei.core.models import Message
from zhupei.core.privacy import declared
from zhupei.credit.views.public import forgotten
from zhupei.organizations.models import Division, Organization, channel
from zhupei.people.requests import SignedIn
from zhupei.portal import institutions, learner, todo
from zhupei.portal.overview import overview
from zhupei.syllabus.models import Syllabus
from zhupei.venues.models import Designation


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Find a class, check a certificate, see who trains: without signing in."""
    classes = TrainingClass.objects.public()
    context = {
        "figures": _public_figures(),
        "soon": classes.filter(starts_on__gte=timezone.localdate())
        .with_places()
        .select_related("organization", "division", "syllabus__job")
        .order_by("starts_on", "pk")[:7],
        "institutions": institutions.with_credit(institutions.listed()[:9]),
        "prefectures": Division.objects.prefectures(),
    }
    return render(request, "portal/public.html", context)


def _public_figures() -> list[dict[str, Any]]:
    """Counts of what is public, each from the rows themselves."""
    open_classes = TrainingClass.objects.public()
    return [
        {"label": _("培训机构"), "value": institutions.admitted().count()},
        {"label": _("公开的班"), "value": open_classes.count()},
        {"label": _("已发布大纲"), "value": Syllabus.objects.published().count()},
        {"label": _("有效证书"), "value": Certificate.objects.public().valid().count()},
    ]


@forgotten
@require_safe
def institution_list(request: HttpRequest) -> HttpResponse:
    """Every institution on the list: its place, credit, complaint channel and open classes."""
    rows = institutions.listed().annotate(**channel())
    prefecture = request.GET.get("prefecture", "")
    if prefecture:
        rows = rows.filter(prefecture=prefecture)
    page = Paginator(rows.order_by("prefecture", "name"), 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": institutions.with_credit(page),
        "prefectures": Division.objects.prefectures(),
        "chosen": prefecture,
    }
    return render(request, "portal/institutions.html", context)


@forgotten
@require_safe
def institution(request: HttpRequest, pk: int) -> HttpResponse:
    """One institution, also when it has no class open or is off the list."""
    rows = Organization.objects.public().with_bureau()
    found = get_object_or_404(rows.select_related("prefecture", "admission"), pk=pk)
    return render(request, "portal/institution.html", institutions.page(found))


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every assessment body both departments have determined: learners choose among them.

    Source: Measures, art. 18 and 19.
    """
    today = timezone.localdate()
    rows = Designation.objects.public().on(today)
    prefecture = request.GET.get("prefecture", "")
    if prefecture:
        rows = rows.filter(prefecture=prefecture)
    related = rows.select_related("organization", "prefecture").prefetch_related("jobs")
    ordered = related.order_by("prefecture", "organization__name", "pk")
    page = Paginator(ordered, 25).get_page(request.GET.get("page"))
    context = {"page": page, "prefectures": Division.objects.prefectures(), "chosen": prefecture}
    return render(request, "portal/bodies.html", context)


@require_safe
def syllabi(request: HttpRequest) -> HttpResponse:
    """The published syllabi with their units and hours."""
    rows = Syllabus.objects.published().select_related("job").prefetch_related("units")
    return render(
        request, "portal/syllabi.html", {"syllabi": rows.order_by("job__code", "-version")}
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and how long: written from the registers of all apps."""
    return render(request, "portal/privacy.html", {"rows": declared()})


@login_required
@require_GET
def home(request: SignedIn) -> HttpResponse:
    """The to-do list of whoever works here; the day of whoever learns."""
    if request.user.acting is None:
        return render(request, "portal/learner.html", learner.day(request.user))
    lines = todo.todos(request.user)
    late, later_ones = todo.late(lines)
    context = {
        "groups": todo.grouped(lines),
        "count": len(lines) + sum(line.more for line in lines),
        "late": late,
        "at_least": later_ones,
    }
    return render(request, "portal/home.html", context | overview(request.user))


@login_required
@require_GET
def inbox(request: SignedIn) -> HttpResponse:
    """What somebody was told, the newest first; all of it, or what they have not read."""
    mine = Message.objects.visible_to(request.user)
    unread_only = "unread" in request.GET
    rows = mine.unread() if unread_only else mine
    context = {
        "page": Paginator(rows.order_by("-sent_at", "-pk"), 25).get_page(request.GET.get("page")),
        "unread_only": unread_only,
        "unread": mine.unread().count(),  # the shell need not count again
        "shell": shell_of(request),
    }
    return render(request, "portal/inbox.html", context)


@login_required
@require_POST
def read_all(request: SignedIn) -> HttpResponse:
    """Mark everything in one's own inbox as read."""
    messages.read_all(request.user)
    return redirect("portal:inbox")


@login_required
@require_http_methods(["GET", "POST"])
def open_message(request: SignedIn, pk: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return redirect(message.url or "portal:inbox")
