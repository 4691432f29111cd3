"""What the link of an invitation opens: for a stranger, for whoever was invited."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.access import may_answer
from zhupei.classes.actions import enrolment as actions
from zhupei.classes.actions import proving
from zhupei.classes.actions.places import CLOSED
from zhupei.classes.forms_join import ProveForm
from zhupei.classes.models import Invitation
from zhupei.classes.views.offer import consent_form, offer, public_classes
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.people.forms import ConsentForm
from zhupei.people.requests import SignedIn

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@never_cache
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the short message opens: for a stranger the class only, nobody's name."""
    if not request.user.is_authenticated:
        found = _public(token)
        context = {"invitation": found, "found": found.training_class, "phone": found.phone[-4:]}
        return render(request, "join/invitation_public.html", context)
    here = cast("SignedIn", request)
    return _page(here, _mine(here, token), consent_form(here))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody without an account shows that they are the one invited: by a code to the phone
    that was invited, and their identity number. Name and phone need not be typed again.
    """
    found = _public(token)
    if request.user.is_authenticated or not found.phone:
        return redirect("join:invitation", token)
    if "send_code" in request.POST:
        return _with_code(request, found)
    form = ProveForm(request.POST or None)
    if form.is_valid():
        try:
            user = proving.prove(found, **form.cleaned_data)
        except Refused as refusal:
            refusal.beside(form)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, _("账号开好了。以后用手机号和密码登录。"))
            return redirect("join:invitation", token)
    return _prove_page(request, found, form)


def _with_code(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Send the code, and draw the form as it was typed."""
    typed = {name: request.POST.get(name, "") for name in ProveForm.base_fields}
    refusal = None
    try:
        proving.send_code(found)
    except Refused as refused:
        refusal = refused
    return _prove_page(request, found, ProveForm(initial=typed), refusal, sent=refusal is None)


def _prove_page(
    request: HttpRequest,
    found: Invitation,
    form: ProveForm,
    refusal: Refused | None = None,
    *,
    sent: bool = False,
) -> HttpResponse:
    part = "#code" if request.headers.get("HX-Request") and "send_code" in request.POST else ""
    context = {
        "invitation": found,
        "found": found.training_class,
        "phone": found.phone[-4:],
        "form": form,
        "refusal": refusal,
        "sent": sent,
        "demo": settings.DEMO,
    }
    status = 422 if form.errors or refusal else 200
    return render(request, f"join/prove.html{part}", context, status=status)


def _public(token: str) -> Invitation:
    found = Invitation.objects.public().select_related("training_class__organization")
    return get_object_or_404(found, token=token)


def _mine(request: SignedIn, token: str) -> Invitation:
    """Only the person invited finds it; for everybody else there is no such page."""
    found = get_object_or_404(
        Invitation.objects.visible_to(request.user).select_related("training_class"), token=token
    )
    if not may_answer(request.user, found):
        raise Http404
    return found


def _page(request: SignedIn, found: Invitation, form: ConsentForm) -> HttpResponse:
    offered = public_classes().filter(pk=found.training_class_id).first()
    if offered is None:
        code = "class_frozen" if found.training_class.frozen_since else "class_not_open"
        raise Refused(code, CLOSED[code], thing=found.training_class)
    context = offer(request, offered) | {"invitation": found, "form": form}
    context["timeline"] = audit.timeline(found)
    status = 422 if form.errors else 200
    return render(request, "join/invitation.html", context, status=status)


@login_required
@require_POST
def confirm(request: SignedIn, token: str) -> HttpResponse:
    """Accept, with the consents."""
    found = _mine(request, token)
    form = consent_form(request)
    if not form.is_valid():
        return _page(request, found, form)
    actions.confirm(found, by=request.user, consents=form.agreed())
    messages.success(request, _("已确认参加“%(title)s”。") % {"title": found.training_class.title})
    return redirect("join:mine")


@login_required
@require_POST
def decline(request: SignedIn, token: str) -> HttpResponse:
    """Say no; nothing follows from it."""
    found = actions.decline(_mine(request, token), by=request.user)
    messages.success(request, _("已回复不参加，没有任何影响。改主意了可以再打开短信里的链接。"))
    return redirect("join:invitation", found.token)
