"""A learner's own classes: where they are, where they wait, leaving, changing over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.classes.access import may_enrol, may_withdraw
from zhupei.classes.actions import enrolment as actions
from zhupei.classes.actions import transfer as transfers
from zhupei.classes.models import EFFECTIVE, Enrolment, Invitation, Waiting
from zhupei.core import audit
from zhupei.people.requests import SignedIn

SHOWN = 20  # classes to change into; further ones are found in the catalogue


@never_cache
@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """My classes, the lines I stand in, and the invitations that wait for me."""
    if not may_enrol(request.user):
        raise Http404
    enrolments = Enrolment.objects.visible_to(request.user).with_coming_lessons()
    waiting = Waiting.objects.visible_to(request.user).in_line().with_number()
    context = {
        "enrolments": enrolments.select_related(
            "training_class__organization", "training_class__room"
        ).order_by("state", "-training_class__starts_on"),
        "waiting": waiting.filter(training_class__state__in=EFFECTIVE).select_related(
            "training_class__organization", "training_class__division"
        ),
        "invitations": Invitation.objects.visible_to(request.user)
        .public()
        .open()
        .select_related("training_class__organization", "training_class__division"),
    }
    return render(request, "join/mine.html", context)


def _own(request: SignedIn, pk: int) -> Enrolment:
    found = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related("training_class__organization"),
        pk=pk,
    )
    if not may_withdraw(request.user, found):
        raise Http404
    return found


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """What leaving means, then the deed; a reason is welcome and not needed."""
    found = _own(request, pk)
    if request.method == "POST":
        actions.withdraw(found, by=request.user, note=request.POST.get("note", "")[:500])
        title = found.training_class.title
        messages.success(request, _("已退出“%(title)s”，名额已放开。") % {"title": title})
        return redirect("join:mine")
    context = {"enrolment": found, "timeline": audit.timeline(found)}
    return render(request, "join/withdraw.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: SignedIn, pk: int) -> HttpResponse:
    """The classes one could change into, and the deed; the hours come along."""
    found = _own(request, pk)
    options = transfers.options(found)
    if request.method == "POST":
        chosen = get_object_or_404(options, pk=_number(request.POST.get("to")))
        arrived = transfers.transfer(found, chosen, by=request.user)
        facts = {"title": arrived.training_class.title}
        messages.success(request, _("已转到“%(title)s”，已记的学时带过来了。") % facts)
        return redirect("join:mine")
    related = options.select_related("organization", "division__parent")
    context = {"enrolment": found, "options": [_option(row) for row in related[:SHOWN]]}
    return render(request, "join/transfer.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _option(row: Any) -> dict[str, Any]:
    return {"class": row, "left": row.seats - row.taken - row.kept}
