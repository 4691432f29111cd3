"""From whom an official must stay away: declared by them, or by who keeps the body's people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core.errors import Refused
from zhupei.organizations.actions import interests
from zhupei.organizations.forms_interests import EndInterestForm, InterestForm
from zhupei.organizations.models import Interest, Membership
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: SignedIn) -> HttpResponse:
    """One's own ties."""
    if request.user.acting is None:
        raise Http404
    return _page(request, request.user.acting)


@login_required
@require_http_methods(["GET", "POST"])
def of_member(request: SignedIn, pk: int) -> HttpResponse:
    """The ties of a member, declared for them."""
    return _page(request, _membership(request, pk))


@login_required
@require_POST
def end(request: SignedIn, pk: int, tie: int) -> HttpResponse:
    """Say when a tie was over."""
    membership = _membership(request, pk)
    found = get_object_or_404(_ties(request, membership), pk=tie)
    form = EndInterestForm(request.POST)
    if form.is_valid():
        try:
            interests.end(found, membership, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.beside(form)
        else:
            messages.success(request, _("已记下结束日期；按规定的年数继续回避。"))
            return redirect("organizations:member-interests", pk)
    return _shown(request, membership, InterestForm(), ended=(found.pk, form))


def _membership(request: SignedIn, pk: int) -> Membership:
    own = request.user.memberships.filter(pk=pk)
    rows = own if own.exists() else Membership.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("user__person", "organization"), pk=pk)


def _ties(request: SignedIn, membership: Membership) -> Any:
    rows = Interest.objects.visible_to(request.user).filter(user=membership.user_id)
    return rows.select_related("organization").order_by("organization__name", "kind")


def _page(request: SignedIn, membership: Membership) -> HttpResponse:
    form = InterestForm(request.POST or None)
    if form.is_valid():
        try:
            interests.declare(membership, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.beside(form)
        else:
            messages.success(request, _("已申报。安排检查、评审时会自动避开这家单位。"))
            return redirect(request.path)
    return _shown(request, membership, form)


def _shown(
    request: SignedIn, membership: Membership, form: InterestForm, ended: Any = (None, None)
) -> HttpResponse:
    rows = [
        {"tie": tie, "form": ended[1] if tie.pk == ended[0] else EndInterestForm()}
        for tie in _ties(request, membership)
    ]
    context = {"membership": membership, "rows": rows, "form": form}
    status = UNPROCESSABLE if form.errors or ended[0] else 200
    return render(request, "organizations/interests.html", context, status=status)
