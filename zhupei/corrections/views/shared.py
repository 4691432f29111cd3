"""What the pages of this app have in common."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404

from zhupei.core.errors import NotAllowed, Refused
from zhupei.corrections.models import Dispute, Finding, Order
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422


def worker(request: SignedIn) -> Any:
    """Whoever is signed in and works for a body."""
    if request.user.acting is None:
        raise Http404
    return request.user


def load_order(request: SignedIn, pk: int) -> Order:
    """The order, if the person may know about it."""
    visible = Order.objects.visible_to(worker(request))
    related = ("organization__prefecture", "authority", "issued_by", "letter")
    return get_object_or_404(visible.select_related(*related), pk=pk)


def load_finding(request: SignedIn, pk: int) -> Finding:
    """The finding, if the person may know about it."""
    visible = Finding.objects.visible_to(worker(request))
    related = ("organization__prefecture", "authority", "found_by", "order", "repeats")
    return get_object_or_404(visible.select_related(*related), pk=pk)


def disputes_of(user: Any, findings: Collection[Finding]) -> QuerySet[Dispute]:
    """What institutions have against these findings, with their papers."""
    rows = Dispute.objects.visible_to(user).filter(finding__in=findings)
    return rows.select_related("raised_by", "answered_by").prefetch_related("files__file")


def tried(form: BaseForm, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field. Where the
    thing has moved on meanwhile there is no form any more: the refusal is a page of its own.
    """
    try:
        return verb() or True
    except Refused as refusal:
        if isinstance(refusal, NotAllowed) or refusal.code == "wrong_state":
            raise
        refusal.beside(form)
        return None


def is_own(user: Any, thing: Finding | Order) -> bool:
    """Does the person look at it from the institution's side?"""
    return bool(user.acting.organization_id == thing.organization_id)
