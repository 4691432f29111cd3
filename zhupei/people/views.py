"""Registering, and everything about oneself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, privacy
from zhupei.core import messages as short_messages
from zhupei.core.errors import Refused
from zhupei.core.frames import shell_of
from zhupei.people import accounts, actions, ledger
from zhupei.people.forms import CodedForm, PasswordForm, RegisterForm, ResetForm
from zhupei.people.models import Person, Purpose
from zhupei.people.privacy import WORDINGS
from zhupei.people.requests import SignedIn

GONE = 410
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Open an account; then on to where they came from."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = RegisterForm(request.POST or None)
    if "send_code" in request.POST:
        return _with_code(request, "people/register.html", RegisterForm)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.register(**form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, _("注册好了。以后用手机号和密码登录。"))
            return redirect(_next(request))
    return _coded_page(request, "people/register.html", form)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """A new password by a code to the phone."""
    form = ResetForm(request.POST or None)
    if "send_code" in request.POST:
        return _with_code(request, "people/reset.html", ResetForm)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reset_password(**form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            messages.success(request, _("新密码已生效，请用它登录。"))
            return redirect("account_login")
    return _coded_page(request, "people/reset.html", form)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by the link sent to one's phone."""
    link = accounts.link_of(token)
    if link is None:
        raise Http404
    if refusal := accounts.fault_of(link):
        return render(request, "people/access.html", {"refusal": refusal}, status=GONE)
    form = PasswordForm(link.user, request.POST or None)
    if form.is_valid():
        user = accounts.choose_password(link, form.cleaned_data["password"])
        words = _("密码已设好。请用手机号或账号 %(username)s 登录。")
        messages.success(request, words % {"username": user.username})
        return redirect("account_login")
    context = {"form": form, "account": link.user}
    return render(request, "people/access.html", context, status=422 if form.errors else 200)


def _with_code(request: HttpRequest, template: str, form_class: type[CodedForm]) -> HttpResponse:
    """Send the code and draw the form again as it was typed, without complaints about the rest."""
    form = form_class(initial={name: request.POST.get(name, "") for name in form_class.base_fields})
    refusal = None
    try:
        actions.request_code(request.POST.get("phone", ""))
    except Refused as refused:
        refusal = refused
    return _coded_page(request, template, form, sent=refusal is None, refusal=refusal)


def _coded_page(
    request: HttpRequest,
    template: str,
    form: CodedForm,
    *,
    sent: bool = False,
    refusal: Refused | None = None,
) -> HttpResponse:
    if request.headers.get("HX-Request") and "send_code" in request.POST:
        template = "people/_code.html"
    context = {
        "form": form,
        "sent": sent,
        "refusal": refusal,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo": settings.DEMO,
    }
    wrong = bool(form.errors or refusal)
    return render(request, template, context, status=422 if wrong else 200)


def _beside(form: CodedForm, refusal: Refused) -> None:
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))


def _next(request: HttpRequest) -> str:
    """Where they came from, if that is a page of this site."""
    url = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if ours else reverse(settings.LOGIN_REDIRECT_URL)


@never_cache
@login_required
@require_GET
def me(request: SignedIn) -> HttpResponse:
    """Who I am here, what I agreed to, who looked."""
    return _me(request)


@never_cache
@login_required
@require_POST
def reveal(request: SignedIn) -> HttpResponse:
    """My own numbers in full, once; the look is written down like anybody's."""
    person = _own_person(request)
    fields = [_("身份证号码"), _("手机号")]
    actions.look_at(person, by=request.user, reason=_("本人查看"), fields=fields)
    return _me(request, unmasked=True)


def _me(request: SignedIn, *, unmasked: bool = False) -> HttpResponse:
    person: Person | None = request.user.person
    context: dict[str, Any] = {
        "person": person,
        "unmasked": unmasked,
        "consents": _consents(person) if person else [],
        "ledger": ledger.lines(person) if person else [],
        "registers": privacy.declared(),
        "timeline": audit.timeline(person, newest=20) if person else [],
        "shell": shell_of(request),
    }
    return render(request, "people/me.html", context)


def _consents(person: Person) -> list[dict[str, Any]]:
    given = {consent.purpose: consent for consent in person.consents.filter(withdrawn_at=None)}
    return [
        {"purpose": purpose, "text": WORDINGS[purpose].text, "given": given.get(purpose.value)}
        for purpose in Purpose
    ]


def _own_person(request: SignedIn) -> Person:
    if request.user.person is None:
        raise Http404
    return request.user.person


def _purpose(word: str) -> Purpose:
    if word not in Purpose.values:
        raise Http404
    return Purpose(word)


@login_required
@require_POST
def consent(request: SignedIn, purpose: str) -> HttpResponse:
    """Agree to one purpose."""
    actions.consent(_own_person(request), _purpose(purpose), by=request.user)
    messages.success(request, _("已记下您的同意，随时可以撤回。"))
    return redirect("people:me")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_consent(request: SignedIn, purpose: str) -> HttpResponse:
    """Take one consent back: what it causes first, then the deed."""
    person, wanted = _own_person(request), _purpose(purpose)
    if request.method == "POST":
        actions.withdraw_consent(person, wanted, by=request.user)
        messages.success(request, _("已撤回。此前已经办成的事不受影响。"))
        return redirect("people:me")
    context = {
        "purpose": wanted,
        "text": WORDINGS[wanted].text,
        "shell": shell_of(request),
    }
    return render(request, "people/withdraw_consent.html", context)


@never_cache
@require_GET
def demo_messages(request: HttpRequest) -> HttpResponse:
    """In the demo no phone rings: its short messages are read here."""
    if not settings.DEMO:
        raise Http404
    return render(request, "people/demo_messages.html", {"texts": short_messages.newest_texts()})
