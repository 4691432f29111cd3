"""What leaves the house: its words, and what could not be delivered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import wordings
from zhupei.core.errors import Refused
from zhupei.core.messages import CHANNELS
from zhupei.core.models import Delivery
from zhupei.core.wordings import Wording
from zhupei.organizations.access import may_keep_messages
from zhupei.organizations.actions import messages as actions
from zhupei.organizations.forms_messages import DeliveryFilters, WordingForm
from zhupei.people.requests import SignedIn
from zhupei.people.rules import mask_phone

PER_PAGE = 25
UNPROCESSABLE = 422


def _refuse_others(request: SignedIn) -> None:
    """For everybody but the region these pages are not there."""
    if not may_keep_messages(request.user):
        raise Http404


@login_required
@require_GET
def wording_list(request: SignedIn) -> HttpResponse:
    """Every text that leaves the house, as it reads today."""
    _refuse_others(request)
    rows = [
        {"wording": one, "shown": one.filled(wordings.words(one))}
        for one in wordings.declared().values()
    ]
    return render(request, "organizations/wordings.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def wording(request: SignedIn, key: str) -> HttpResponse:
    """One text: how it reads, how it read, and the form for other words."""
    _refuse_others(request)
    found = wordings.declared().get(key)
    if found is None:
        raise Http404
    words = wordings.words(found)
    form = WordingForm(
        request.POST or None, initial={"text": words, "valid_from": timezone.localdate()}
    )
    preview = ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if "preview" in request.POST:
            preview = found.filled(text) if _sound(form, found, text) else ""
        elif _set(request, found, form):
            messages.success(request, _("已定，到启用日期起按新的文字发。"))
            return redirect("organizations:wording", key=key)
    context = _context(found, words) | {"form": form, "preview": preview}
    context["parts"] = wordings.parts(preview) if preview else 0
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/wording.html", context, status=status)


def _context(found: Wording, words: str) -> dict[str, Any]:
    shown = found.filled(words)
    return {
        "wording": found,
        "shown": shown,
        "shown_parts": wordings.parts(shown),
        "blanks": [f"%({name})s" for name in found.blanks],
        "history": _history(found),
    }


def _history(found: Wording) -> list[dict[str, Any]]:
    """Each text beside the one it took the place of, the latest first."""
    rows = wordings.history(found)
    earlier = [row.text for row in rows[1:]] + [str(found.default)]
    return [{"row": row, "before": earlier[n]} for n, row in enumerate(rows)]


def _sound(form: WordingForm, found: Wording, text: str) -> bool:
    return _try(form, lambda: actions.refuse_broken(found, text))


def _set(request: SignedIn, found: Wording, form: WordingForm) -> bool:
    said = form.cleaned_data
    return _try(
        form,
        lambda: actions.set_wording(
            found, said["text"], by=request.user, valid_from=said["valid_from"]
        ),
    )


def _try(form: WordingForm, verb: Any) -> bool:
    """Call the action; a refusal goes beside its field and nothing typed is lost."""
    try:
        verb()
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return False
    return True


@login_required
@require_GET
def deliveries(request: SignedIn, channel: str) -> HttpResponse:
    """What was handed over and what was not; whose it is stays hidden."""
    _refuse_others(request)
    model = CHANNELS.get(channel)
    if model is None:
        raise Http404
    rows: Any = model.objects.visible_to(request.user)
    filters = DeliveryFilters(request.GET or None)
    wanted = filters.cleaned_data["delivery"] if filters.is_valid() else ""
    counts = dict(rows.order_by().values_list("delivery").annotate(n=Count("pk")))
    shown = rows.filter(delivery=wanted) if wanted else rows
    page = Paginator(shown.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "channel": channel,
        "channels": [("phone", _("短信")), ("mail", _("邮件"))],
        "page": page,
        "rows": [{"row": row, "to": _masked(row)} for row in page],
        "failed": counts.get(Delivery.FAILED, 0),
        "figures": [
            {"label": label, "value": counts.get(value, 0)} for value, label in Delivery.choices
        ],
        "filters": filters,
        "filters_active": bool(wanted),
    }
    return render(request, "organizations/deliveries.html", context)


def _masked(row: Any) -> str:
    """A phone or an address with its middle hidden."""
    if hasattr(row, "phone"):
        return mask_phone(row.phone)
    name, _at, host = row.address.rpartition("@")
    return f"{name[:1]}***@{host}"


@login_required
@require_POST
def send_again(request: SignedIn, channel: str, pk: int) -> HttpResponse:
    """One that failed, once more."""
    _refuse_others(request)
    model = CHANNELS.get(channel)
    if model is None:
        raise Http404
    row = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    actions.send_again([row], by=request.user)
    messages.success(request, _("已排队，马上再发。"))
    return redirect("organizations:deliveries", channel=channel)


@login_required
@require_POST
def send_all_again(request: SignedIn, channel: str) -> HttpResponse:
    """All that failed, once more."""
    _refuse_others(request)
    model = CHANNELS.get(channel)
    if model is None:
        raise Http404
    failed = model.objects.visible_to(request.user).filter(delivery=Delivery.FAILED)
    count = actions.send_again(failed, by=request.user)
    messages.success(request, _("%(count)s 条已排队，马上再发。") % {"count": count})
    return redirect("organizations:deliveries", channel=channel)
