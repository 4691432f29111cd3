"""Coming back: with number and code, or from one's own account. Both read the same page.

Who came in by code carries a signed cookie for half an hour, on these pages only: no session of the
server ties an account to a complaint.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.complaints.actions import complainant as actions
from zhupei.complaints.forms_public import AddForm, FollowForm, RateForm, ReopenForm, evidence_of
from zhupei.complaints.models import Complaint, Side, State
from zhupei.complaints.views.shared import A_PAGE, UNPROCESSABLE, badge, tried
from zhupei.core import throttle, tus
from zhupei.core.upload_field import hold
from zhupei.people.requests import SignedIn

COOKIE, SALT = "complaint", "zhupei.complaints.follow"
LASTS = timedelta(minutes=30)
FORMS = {"add": AddForm, "rate": RateForm, "reopen": ReopenForm}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code."""
    form = FollowForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            said, address = form.cleaned_data, throttle.address(request)
            found = tried(form, lambda: actions.find(said["number"], said["code"], address=address))
            if found:
                return _remember(request, redirect("complain:case"), found)
    return render(request, "complaints/follow.html", {"form": form}, status=status)


def _remember(request: HttpRequest, response: HttpResponse, found: Complaint) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        signing.dumps(found.pk, salt=SALT),
        max_age=LASTS,
        path=reverse("complain:follow"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def _followed(request: HttpRequest) -> Complaint | None:
    """The complaint this browser has shown the code of, within the last half hour."""
    try:
        key = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return actions.opened(int(key))


@never_cache
@require_GET
def case(request: HttpRequest) -> HttpResponse:
    """State and answers, for whoever has the code."""
    found = _followed(request)
    if found is None:
        return redirect("complain:follow")
    return render(request, "complaints/case.html", _page(found, own=False))


@never_cache
@require_POST
def say(request: HttpRequest, name: str) -> HttpResponse:
    """Add, rate, or have it looked at again, for whoever has the code."""
    if name not in FORMS:
        raise Http404
    found = _followed(request)
    if found is None:
        return redirect("complain:follow")
    return _say(request, found, name, own=False)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Forget it on this device."""
    response = redirect("complain:follow")
    response.delete_cookie(COOKIE, path=reverse("complain:follow"), samesite="Strict")
    return response


@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """The complaints an account wanted to find again."""
    if request.user.acting is not None:
        raise Http404
    rows = Complaint.objects.visible_to(request.user).select_related(
        "organization", "handler", "certificate"
    )
    page = Paginator(rows.order_by("-filed_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    shown = [{"complaint": row, "badge": badge(row)} for row in page]
    return render(request, "complaints/mine.html", {"page": page, "rows": shown})


def _own(request: SignedIn, pk: int) -> Complaint:
    if request.user.acting is not None:
        raise Http404
    rows = Complaint.objects.visible_to(request.user)
    related = rows.select_related("organization", "handler", "training_class", "certificate")
    return get_object_or_404(related, pk=pk)


@never_cache
@login_required
@require_GET
def own(request: SignedIn, pk: int) -> HttpResponse:
    """State and answers, under 我的."""
    return render(request, "complaints/case.html", _page(_own(request, pk), own=True))


@never_cache
@login_required
@require_POST
def say_own(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Add, rate, or have it looked at again, under 我的."""
    return _say(request, _own(request, pk), name, own=True)


def _say(request: HttpRequest, found: Complaint, name: str, *, own: bool) -> HttpResponse:
    if name not in FORMS:
        raise Http404
    form = FORMS[name](request.POST, request.FILES)
    if form.is_valid() and tried(form, lambda: _done(found, name, form)):
        where = reverse("complain:own", args=[found.pk]) if own else reverse("complain:case")
        return redirect(where)
    hold(form, by=None, allowed=lambda: tus.within(request))
    context = _page(found, own=own) | {name: form, "open": name}
    return render(request, "complaints/case.html", context, status=UNPROCESSABLE)


def _done(found: Complaint, name: str, form: Any) -> Any:
    said = form.cleaned_data
    if name == "add":
        return actions.add(found, text=said["text"], **evidence_of(form))
    if name == "rate":
        return actions.rate(found, score=said["score"], text=said["text"])
    return actions.reopen(found, text=said["text"])


def _page(found: Complaint, *, own: bool) -> dict[str, Any]:
    """What the complainant reads: their words, the answers, what they may do. Nothing of the
    investigation.
    """
    base = reverse("complain:own", args=[found.pk]) if own else reverse("complain:follow")
    answered = found.state in {State.REPLIED, State.CLOSED}
    again = actions.why_not_again(found)
    said = found.words.exclude(side=Side.INTERNAL)
    return {
        "shell": "core/learner.html" if own else "core/public.html",
        "complaint": found,
        "badge": badge(found),
        "own": own,
        "base": base,
        "said": said.prefetch_related("attachments__file"),
        "attachments": found.attachments.filter(word=None).select_related("file"),
        "add": AddForm() if found.is_open else None,
        "rate": RateForm() if answered and found.rating is None else None,
        "reopen": ReopenForm() if again is None else None,
        "last_day": actions.last_day(found),
    }
