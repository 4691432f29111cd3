"""The public site, everybody's home page, the inbox."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
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
from zhupei.classes.models import EFFECTIVE, TrainingClass
from zhupei.core import messages
from zhupei.core.frames import shell_of
from zhupei.core.models import Message
from zhupei.core.privacy import declared
from zhupei.institutions.models.standing import ON_THE_LIST
from zhupei.organizations.models import Division, Organization
from zhupei.people.requests import SignedIn
from zhupei.portal import learner, todo
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
        "institutions": _institutions()[:9],
        "prefectures": Division.objects.prefectures(),
    }
    return render(request, "portal/public.html", context)


def _institutions() -> QuerySet[Organization, Any]:
    """The institutions with ``open_classes``: how many of their classes are public now."""
    in_effect = Q(classes__state__in=EFFECTIVE, classes__frozen_since=None)
    open_now = in_effect & Q(classes__ends_on__gte=timezone.localdate())
    rows = admitted().annotate(open_classes=Count("classes", filter=open_now))
    return rows.select_related("prefecture", "admission").order_by("-open_classes", "name")


def admitted() -> QuerySet[Organization, Any]:
    """Those on the public list: admitted, also while suspended; not those that file or have left.

    Source: Measures, art. 9; notice, part 3 (who left is taken off the list).
    """
    return Organization.objects.public().filter(admission__state__in=ON_THE_LIST)


def _public_figures() -> list[dict[str, Any]]:
    """Counts of what is public, each from the rows themselves."""
    open_classes = TrainingClass.objects.public()
    return [
        {"label": _("培训机构"), "value": admitted().count()},
        {"label": _("公开的班"), "value": open_classes.count()},
        {"label": _("已发布大纲"), "value": Syllabus.objects.published().count()},
        {"label": _("有效证书"), "value": Certificate.objects.public().valid().count()},
    ]


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """Every institution on the list, its place, its complaint channel and its open classes."""
    bureau = Organization.objects.bureaus().filter(prefecture=OuterRef("prefecture"))
    rows = _institutions().annotate(local_channel=Subquery(bureau.values("complaint_phone")[:1]))
    prefecture = request.GET.get("prefecture", "")
    if prefecture:
        rows = rows.filter(prefecture=prefecture)
    page = Paginator(rows.order_by("prefecture", "name"), 25).get_page(request.GET.get("page"))
    context = {"page": page, "prefectures": Division.objects.prefectures(), "chosen": prefecture}
    return render(request, "portal/institutions.html", context)


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
    context = {"groups": todo.grouped(lines), "count": len(lines), "late": todo.late(lines)}
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
