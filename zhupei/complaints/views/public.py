"""Complaining without an account: find who is meant, tell, keep the receipt; figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from zhupei.complaints import figures as counted
from zhupei.complaints import parameters as p
from zhupei.complaints import targets
from zhupei.complaints.actions import filing
from zhupei.complaints.actions.filing import Receipt, Told
from zhupei.complaints.forms import PeriodForm
from zhupei.complaints.forms_public import ComplaintForm, FindForm, evidence_of, new_key
from zhupei.complaints.targets import Target
from zhupei.complaints.views import receipts
from zhupei.complaints.views.shared import UNPROCESSABLE, channel_of, tried
from zhupei.core import throttle, tus
from zhupei.core.parameters import settings_of, value
from zhupei.core.upload_field import hold
from zhupei.organizations.models import Division, Organization

HOUR = 3600  # seconds
TOO_MANY = 429
RECEIPT = receipts.Page("complain:receipt", "complaints/receipt.html", over="complain:follow")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Who is complained about: by name or number, or at least the place."""
    form = FindForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "asked_for": words,
        "found": targets.search(words) if words else None,
        "places": Division.objects.prefectures(),
        "bureaus": Organization.objects.bureaus().select_related("prefecture").order_by("division"),
        "days": _days(),
    }
    return render(request, "complaints/find.html", context)


def _days() -> dict[str, Any]:
    """The terms a complainant may count on."""
    found = settings_of(p.REPLY_DAYS, p.CLOSE_DAYS, p.REOPEN_DAYS)
    return {key.partition(".")[2]: setting.value for key, setting in found.items()}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Tell it. Who has no script sends everything at once; what was typed is never lost."""
    target = targets.of_address(request.GET.dict())
    if target is None:
        messages.warning(request, _("没有找到投诉的对象，请在这里重新找。"))
        return redirect("complain:find")
    form = _form(request, target)
    status = 200
    if request.method == "POST":
        made, status = _filed(request, target, form)
        if made:
            return receipts.lead_to(request, RECEIPT, made)
        hold(form, by=None, allowed=lambda: tus.within(request))
        form.data["form_key"] = new_key()  # type: ignore[index]  # a copy of what was sent
    context = {
        "form": form,
        "target": target,
        "bureau": channel_of(target),
        "handler": targets.handler_of(target),
        "days": _days(),
    }
    return render(request, "complaints/new.html", context, status=status)


def _account(request: HttpRequest) -> Any:
    """A learner's account; whoever acts for a body complains as anybody else."""
    user = request.user
    return user if user.is_authenticated and user.acting is None else None


def _form(request: HttpRequest, target: Target) -> ComplaintForm:
    account = _account(request)
    kwargs = {
        "known": bool(target.organization or target.certificate),
        "account": account is not None,
    }
    if request.method == "POST":
        return ComplaintForm(request.POST, request.FILES, **kwargs)
    first: dict[str, Any] = {"form_key": new_key()}
    if account is not None and account.person:
        first |= {"name": account.person.name, "phone": account.person.phone}
    return ComplaintForm(initial=first, **kwargs)


def _filed(request: HttpRequest, target: Target, form: ComplaintForm) -> tuple[Receipt | None, int]:
    if not form.is_valid():
        return None, UNPROCESSABLE
    if not throttle.within("filed", throttle.address(request), value(p.FILED_PER_HOUR), HOUR):
        form.add_error(None, _("这个网络地址一小时内提交得太多了。写的内容都还在，请过一会儿再提交，或打投诉电话。"))  # fmt: skip  # noqa: E501
        return None, TOO_MANY
    told = _told(form, target, _account(request))
    made = tried(form, lambda: filing.file(told))
    return (made, 200) if made else (None, UNPROCESSABLE)


def _told(form: ComplaintForm, target: Target, account: Any) -> Told:
    said = form.cleaned_data
    return Told(
        kind=said["kind"],
        text=said["text"],
        target=target,
        wish=said["wish"],
        happened_on=said["happened_on"],
        about=said.get("about", ""),
        named=said["named"] == "yes",
        name=said["name"],
        phone=said["phone"],
        account=account if said.get("keep") else None,
        form_key=said["form_key"],
        **evidence_of(form),
    )


@never_cache
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and code, this once."""
    return receipts.show(request, RECEIPT)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How many, about what, where, and how they were dealt with; small numbers are not shown."""
    form = PeriodForm(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    first, last = counted.period(said.get("first"), said.get("last"))
    fewest = value(p.FEWEST_SHOWN)
    context = {
        "first": first,
        "last": last,
        "fewest": fewest,
        "form": form,
        "figures": counted.for_everybody(first, last, fewest),
    }
    return render(request, "complaints/figures_public.html", context)
