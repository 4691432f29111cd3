"""Taking down what somebody says by phone or at the counter."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.complaints import targets
from zhupei.complaints.access import may_take_down
from zhupei.complaints.actions import filing
from zhupei.complaints.forms_public import FindForm, TakeDownForm, evidence_of
from zhupei.complaints.views import receipts
from zhupei.complaints.views.shared import UNPROCESSABLE, tried
from zhupei.core.upload_field import hold
from zhupei.people.requests import SignedIn

RECEIPT = receipts.Page("complaints:receipt", "complaints/taken_down.html", over="complaints:index")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def take_down(request: SignedIn) -> HttpResponse:
    """Find who is meant, then write down what is said; the receipt is read to the caller."""
    if not may_take_down(request.user):
        raise Http404
    target = targets.of_address(request.GET.dict())
    if target is None:
        return _whom(request)
    form = TakeDownForm(
        request.POST or None, request.FILES or None, known=target.organization is not None
    )
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: filing.file(_told(form, target), by=request.user))
        if made:
            return receipts.lead_to(request, RECEIPT, made)
    if form.errors:
        hold(form, by=None)
    context = {"form": form, "target": target, "handler": targets.handler_of(target)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "complaints/take_down.html", context, status=status)


@never_cache
@login_required
@require_GET
def receipt(request: SignedIn) -> HttpResponse:
    """Number and code, this once, to be read out or printed."""
    if not may_take_down(request.user):
        raise Http404
    return receipts.show(request, RECEIPT)


def _whom(request: SignedIn) -> HttpResponse:
    form = FindForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = targets.search(words) if words else None
    context = {
        "form": form,
        "asked_for": words,
        "found": found,
        "place": targets.here(request.user),
    }
    return render(request, "complaints/take_down_whom.html", context)


def _told(form: TakeDownForm, target: targets.Target) -> filing.Told:
    said = form.cleaned_data
    return filing.Told(
        kind=said["kind"],
        text=said["text"],
        target=target,
        wish=said["wish"],
        happened_on=said["happened_on"],
        about=said.get("about", ""),
        named=said["named"] == "yes",
        name=said["name"],
        phone=said["phone"],
        channel=said["channel"],
        **evidence_of(form),
    )
