"""The figures of the rules: what holds today, what held, and what another value would change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import effects, parameters
from zhupei.core.errors import Refused
from zhupei.core.parameters import Parameter
from zhupei.organizations import actions, figures
from zhupei.organizations.access import may_set_parameters
from zhupei.organizations.forms import ParameterFilters, ParameterForm
from zhupei.organizations.models import Division
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def parameter_list(request: SignedIn) -> HttpResponse:
    """The figures in force today, each with its source; anyone who works here may read them."""
    if request.user.acting is None:
        raise Http404
    filters = ParameterFilters(request.GET or None)
    found = _narrowed(figures.figures(), filters)
    context = {
        "rows": found,
        "groups": figures.grouped(found),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "may_set": may_set_parameters(request.user),
    }
    return render(request, "organizations/parameters.html", context)


def _narrowed(rows: list[figures.Figure], filters: ParameterFilters) -> list[figures.Figure]:
    if not filters.is_valid():
        return rows
    words, wanted = filters.cleaned_data["q"].split(), filters.cleaned_data["standing"]
    return [
        row
        for row in rows
        if all(word in f"{row.parameter.label} {row.setting.source}" for word in words)
        and wanted in {"", row.standing.key}
    ]


@login_required
@require_http_methods(["GET", "POST"])
def parameter(request: SignedIn, key: str) -> HttpResponse:
    """One figure: its values so far, and the form for the next one, which is previewed first."""
    found = figures.declared().get(key)
    if found is None or request.user.acting is None:
        raise Http404
    form = ParameterForm(found, request.POST or None)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data.pop("previewed") == form.meant
        if not seen and _possible(request, found, form):
            preview = _preview(found, form)
        elif seen and _set(request, found, form):
            messages.success(request, _("已定，到生效日期起按新的值。"))
            return redirect("organizations:parameter", key=key)
    return render(request, "organizations/parameter.html", _context(request, found, form) | preview)


@login_required
@require_POST
def withdraw(request: SignedIn, key: str, pk: int) -> HttpResponse:
    """Take back a value whose day has not come."""
    found = figures.declared().get(key)
    rows = parameters.history(found) if found and request.user.acting else []
    row = next((one for one in rows if one.pk == pk), None)
    if row is None:
        raise Http404
    actions.withdraw_value(row, by=request.user)
    messages.success(request, _("已撤回，仍按原来的值。"))
    return redirect("organizations:parameter", key=key)


def _possible(request: SignedIn, found: Parameter, form: ParameterForm) -> bool:
    names = ("valid_from", "prefecture")
    said: dict[str, Any] = {name: form.cleaned_data.get(name) for name in names}
    return _try(form, lambda: actions.refuse_impossible(found, by=request.user, **said))


def _context(request: SignedIn, found: Parameter, form: ParameterForm) -> dict[str, Any]:
    places = {one.code: one.short_name for one in Division.objects.prefectures()}
    setting = parameters.setting(found)
    return {
        "parameter": found,
        "setting": setting,
        "shown": found.show(setting.value),
        "standing": figures.standing(found, setting),
        "history": figures.entries(found, places),
        "default": found.show(found.default),
        "form": form,
        "may_set": may_set_parameters(request.user),
        "today": timezone.localdate(),
    }


def _preview(found: Parameter, form: ParameterForm) -> dict[str, Any]:
    """What would change; sent back with the form, it says what was looked at."""
    said = form.cleaned_data
    prefecture = said.get("prefecture")
    change = effects.Change(
        found, said["value"], said["valid_from"], prefecture.code if prefecture else ""
    )
    form.data = dict(form.data.items()) | {"previewed": form.meant}
    return {
        "effects": effects.of(change),
        "preview": {
            "before": found.show(change.before),
            "after": found.show(change.value),
            "where": prefecture or _("全区"),
            "valid_from": change.valid_from,
        },
    }


def _set(request: SignedIn, found: Parameter, form: ParameterForm) -> bool:
    said = dict(form.cleaned_data)
    new = said.pop("value")
    return _try(form, lambda: actions.set_parameter(found, new, by=request.user, **said))


def _try(form: ParameterForm, verb: Callable[[], Any]) -> bool:
    """Call the action; a refusal goes beside its field and nothing typed is lost."""
    try:
        verb()
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return False
    return True
