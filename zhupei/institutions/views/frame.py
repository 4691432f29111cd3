"""What every page about one file shows: its head and its tabs; and how a line of it is entered."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.access import may_enter_licence, may_keep_file
from zhupei.institutions.models import Standing
from zhupei.organizations.models import Kind, Organization
from zhupei.organizations.rules import credit_code_fault
from zhupei.people.requests import SignedIn

UNPROCESSABLE = 422
A_PAGE = 25
EVERYBODY = {Kind.INSTITUTION, Kind.ASSESSMENT_BODY}
INSTITUTIONS = {Kind.INSTITUTION}
TABS = (
    ("detail", gettext_lazy("概览"), EVERYBODY),
    ("people", gettext_lazy("许可与人员"), INSTITUTIONS),
    ("places", gettext_lazy("场地与工位"), EVERYBODY),
    ("equipment", gettext_lazy("设备"), INSTITUTIONS),
    ("consumables", gettext_lazy("耗材"), INSTITUTIONS),
    ("policies", gettext_lazy("制度与平台"), INSTITUTIONS),
)
STANDINGS = {
    Standing.FILING: ("folder", ""),
    Standing.APPLIED: ("hourglass", "warn"),
    Standing.RETURNED: ("arrow-back-up", "bad"),
    Standing.ACTIVE: ("circle-check", "ok"),
    Standing.SUSPENDED: ("player-pause", "bad"),
    Standing.LEFT: ("logout", ""),
}
Part = TypeVar("Part", bound=models.Model)


def load(request: SignedIn, pk: int, *, kinds: set[Kind] = INSTITUTIONS) -> Organization:
    """The organization whose file it is, if the person may read it and it has this part. A bureau
    reads that of whoever trains or examines in its place.
    """
    visible = Organization.objects.visible_to(request.user, visiting=True).filter(kind__in=kinds)
    related = visible.with_bureau().select_related("prefecture", "division", "admission")
    return get_object_or_404(related, pk=pk)


def kept(request: SignedIn, pk: int, *, kinds: set[Kind] = INSTITUTIONS) -> Organization:
    """The organization whose file this person keeps."""
    organization = load(request, pk, kinds=kinds)
    if not may_keep_file(request.user, organization):
        raise Http404
    return organization


def part(request: SignedIn, model: type[Part], pk: int, *related: str) -> Part:
    """A row of a file this person may read."""
    visible = model.objects.visible_to(request.user)  # type: ignore[attr-defined]
    row: Part = get_object_or_404(
        visible.select_related("organization__prefecture", "organization__admission", *related),
        pk=pk,
    )
    return row


def kept_part(request: SignedIn, model: type[Part], pk: int, *related: str) -> Any:
    """A row of the file this person keeps."""
    row: Any = part(request, model, pk, *related)
    if not may_keep_file(request.user, row.organization):
        raise Http404
    return row


def standing(organization: Organization) -> dict[str, Any] | None:
    """The standing of an institution as icon, word and colour."""
    admission = getattr(organization, "admission", None)
    if admission is None:
        return None
    state = Standing(admission.state)
    icon, tone = STANDINGS[state]
    return {"icon": icon, "tone": tone, "word": state.label}


def frame(request: SignedIn, organization: Organization, tab: str) -> dict[str, Any]:
    """The context all tabs share."""
    mine = request.user.acting and request.user.acting.organization_id == organization.pk
    crumbs = [{"label": _("培训机构"), "url": reverse("institutions:index")}]
    return {
        "organization": organization,
        "badge": standing(organization),
        "facts": _facts(organization),
        "tabs": [
            {
                "label": label,
                "url": reverse(f"institutions:{name}", args=[organization.pk]),
                "current": name == tab,
            }
            for name, label, kinds in TABS
            if organization.kind in kinds
        ],
        "crumbs": [] if mine else [*crumbs, {"label": organization.name}],
        "may_keep_file": may_keep_file(request.user, organization),
        "may_enter_licence": may_enter_licence(request.user, organization),
    }


def _facts(organization: Organization) -> list[dict[str, Any]]:
    fault = credit_code_fault(organization.uscc)
    checked = {
        None: _("校验通过"),
        "credit_code_missing": _("未登记"),
    }.get(fault, _("校验不符"))
    facts: list[dict[str, Any]] = [
        {"label": _("类别"), "value": organization.get_kind_display()},
        {"label": _("所在地"), "value": organization.division},
        {
            "label": _("统一社会信用代码"),
            "value": organization.uscc or "—",
            "note": checked,
            "law": "GB 32100",
        },
        {"label": _("本单位投诉电话"), "value": organization.complaint_phone or "—"},
    ]
    admission = getattr(organization, "admission", None)
    if admission and admission.admitted_on:
        facts.append({"label": _("准入"), "value": dated(admission.admitted_on)})
    return facts


def paged(request: SignedIn, rows: Any, size: int = A_PAGE) -> Any:
    """One page of a list."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def entry(
    request: SignedIn,
    organization: Organization,
    form: Any,
    verb: Callable[..., Any],
    **words: Any,
) -> HttpResponse:
    """A form that changes one line of the file; a refusal stands beside its field.

    ``words``: heading and tab, perhaps text (said above the form), submit, danger (the button is
    red), and back (the address to return to, else the tab).
    """
    tab = reverse(f"institutions:{words['tab']}", args=[organization.pk])
    back = words.get("back") or tab
    if request.method == "POST" and form.is_valid() and _done(form, partial(verb, by=request.user)):
        messages.success(request, _("已登记。"))
        return redirect(back)
    context = frame(request, organization, words["tab"]) | {"form": form, "back": back} | words
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "institutions/form.html", context | {"back": back}, status=status)


def _done(form: Any, verb: Callable[..., Any]) -> bool:
    try:
        verb(**form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as refusal:
        refusal.beside(form)
        return False
    return True


def paper(stored: StoredFile | None) -> HttpResponseBase:
    """The bytes of an uploaded paper, when there is one."""
    if stored is None:
        raise Http404
    return files.respond(stored)
