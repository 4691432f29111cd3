"""The figures of the rules."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import parameters
from zhupei.core.errors import Refused
from zhupei.core.parameters import DECLARED, Parameter
from zhupei.organizations import actions
from zhupei.organizations.access import may_set_parameters
from zhupei.organizations.forms import ParameterForm
from zhupei.organizations.models import Division
from zhupei.people.requests import SignedIn


def _declared() -> dict[str, Parameter]:
    """Every parameter of every app; declaring is importing the app's ``parameters.py``."""
    for app in apps.get_app_configs():
        if app.name.startswith("zhupei.") and module_has_submodule(app.module, "parameters"):
            import_module(f"{app.name}.parameters")
    return DECLARED


@login_required
@require_GET
def parameter_list(request: SignedIn) -> HttpResponse:
    """The figures in force today, each with its source; anyone who works here may read them."""
    if request.user.acting is None:
        raise Http404
    declared = _declared()
    rows = [
        {"parameter": declared[key], "setting": now, "shown": declared[key].show(now.value)}
        for key, now in parameters.settings_of(*declared.values()).items()
    ]
    context = {"rows": rows, "may_set": may_set_parameters(request.user)}
    return render(request, "organizations/parameters.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def parameter(request: SignedIn, key: str) -> HttpResponse:
    """One figure: its values so far, and the form for the next one."""
    found = _declared().get(key)
    if found is None or request.user.acting is None:
        raise Http404
    form = ParameterForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(request, found, form):
        messages.success(request, _("已定，到生效日期起按新的值。"))
        return redirect("organizations:parameter", key=key)
    context: dict[str, Any] = {
        "parameter": found,
        "setting": parameters.setting(found),
        "history": _history(found),
        "default": found.show(found.default),
        "form": form,
        "may_set": may_set_parameters(request.user),
    }
    return render(request, "organizations/parameter.html", context)


def _history(found: Parameter) -> list[dict[str, Any]]:
    names = {one.code: one.short_name for one in Division.objects.prefectures()}
    return [
        {"row": row, "shown": found.show(row.value), "where": names.get(row.prefecture, _("全区"))}
        for row in parameters.history(found)
    ]


def _set(request: SignedIn, found: Parameter, form: ParameterForm) -> bool:
    try:
        actions.set_parameter(
            found, form.cleaned_data.pop("value"), by=request.user, **form.cleaned_data
        )
    except Refused as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return False
    return True
