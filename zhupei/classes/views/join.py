"""Finding a class, joining it, waiting for a place in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.actions import enrolment, waiting
from zhupei.classes.forms_join import CatalogueFilters
from zhupei.classes.models import Waiting
from zhupei.classes.views.offer import consent_form, offer, places_left, public_classes
from zhupei.people.requests import SignedIn

PER_PAGE = 20


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """The classes anybody may join; what is looked for stands in the address."""
    filters = CatalogueFilters(request.GET or None)
    classes = public_classes()
    if filters.is_bound:
        classes = filters.narrow(classes, timezone.localdate())
    rows = classes.with_online().order_by("starts_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found: Any
    for found in page:
        found.left = places_left(found)
    active = any(request.GET.get(name) for name in filters.fields)
    context = {
        "filters": filters,
        "filters_active": active,
        "page": page,
        "institution": getattr(filters, "cleaned_data", {}).get("institution"),
    }
    return render(request, "join/catalogue.html", context)


@require_GET
def training_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything somebody wants to know before they decide."""
    found = get_object_or_404(public_classes(), pk=pk)
    return render(request, "join/class.html", offer(request, found))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sign_up(request: SignedIn, pk: int) -> HttpResponse:
    """What is collected and why, the consents, and the deed."""
    found = get_object_or_404(public_classes(), pk=pk)
    context = offer(request, found)
    if context["works"] or context["joined"]:
        return redirect("join:class", pk)
    form = consent_form(request)
    if request.method == "POST" and form.is_valid():
        enrolment.sign_up(found, by=request.user, consents=form.agreed())
        messages.success(request, _("已报名“%(title)s”。") % {"title": found.title})
        return redirect("join:mine")
    status = 422 if form.errors else 200
    return render(request, "join/sign_up.html", context | {"form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def wait(request: SignedIn, pk: int) -> HttpResponse:
    """The same for a class that is full: what waiting means, the consents, and the deed."""
    found = get_object_or_404(public_classes(), pk=pk)
    context = offer(request, found)
    if context["works"] or context["joined"] or context["waiting"] or context["can_join"]:
        return redirect("join:class", pk)
    form = consent_form(request)
    if request.method == "POST" and form.is_valid():
        waiting.join(found, by=request.user, consents=form.agreed())
        messages.success(request, _("已排队候补。有名额时发短信和站内信通知您。"))
        return redirect("join:class", pk)
    status = 422 if form.errors else 200
    return render(
        request, "join/sign_up.html", context | {"form": form, "to_wait": True}, status=status
    )


@login_required
@require_POST
def take(request: SignedIn, pk: int) -> HttpResponse:
    """Take the place that was kept."""
    mine = get_object_or_404(Waiting.objects.visible_to(request.user), pk=pk)
    joined = waiting.take(mine, by=request.user)
    title = joined.training_class.title
    messages.success(request, _("已报名“%(title)s”。") % {"title": title})
    return redirect("join:mine")


@login_required
@require_POST
def leave_line(request: SignedIn, pk: int) -> HttpResponse:
    """One tap, and the next in line moves up."""
    mine = get_object_or_404(Waiting.objects.visible_to(request.user), pk=pk)
    left = waiting.leave(mine, by=request.user)
    title = left.training_class.title
    messages.success(request, _("已退出“%(title)s”的候补。") % {"title": title})
    return redirect("join:mine")
