"""The receipt of a hand-in: what a candidate keeps, and how they see that nothing was changed."""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhupei.attendance import qr
from zhupei.core import audit
from zhupei.exams import rules
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Attempt
from zhupei.people.requests import SignedIn


def facts(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    """What a page says of the answers of ``attempt``: how many, their figure, whether it is that
    of the record, whether an invigilator ended it; and whether the figure somebody brought
    (``?receipt=``) is the same.
    """
    choices = attempt.choices()
    figure = rules.receipt(choices)
    said: dict[str, Any] = {"answered": len(choices), "receipt": figure}
    if attempt.handed_in_at is None:
        return said
    address = reverse("sit:result", args=[attempt.pk]) + f"?receipt={figure}"
    brought = re.sub(r"\s", "", request.GET.get("receipt", "")).lower()
    deeds = audit.own_history(attempt).filter(verb__in=[AttemptEvent.ENDED, AttemptEvent.HANDED_IN])
    recorded = {event.verb: event.facts for event in deeds}
    return said | {
        "ended": AttemptEvent.ENDED in recorded,
        # the figure as the record of deeds has it, from which the archive is made
        "recorded": recorded.get(AttemptEvent.HANDED_IN, {}).get("sha256") == figure,
        "brought": brought,
        "same": brought == figure,
        "code": qr.as_picture(request.build_absolute_uri(address)),
    }


@login_required
@require_GET
@never_cache
def download(request: SignedIn, pk: int) -> HttpResponse:
    """The receipt as a text, to keep."""
    attempts = Attempt.objects.own(request.user).select_related(
        "paper", "sitting__organization", "sitting__room", "candidate__person"
    )
    attempt = get_object_or_404(attempts, pk=pk)
    if attempt.handed_in_at is None:
        raise Http404
    context = {"attempt": attempt, "sitting": attempt.sitting} | facts(request, attempt)
    response = HttpResponse(
        render_to_string("sit/receipt.txt", context), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="receipt-{attempt.pk}.txt"'
    return response
