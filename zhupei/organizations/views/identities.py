"""One human, one record: the region's list of likely duplicates, and joining two."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, files
from zhupei.core.crypto import blind_index
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.access import may_keep_identities
from zhupei.organizations.actions import identities as actions
from zhupei.organizations.forms_identities import (
    ApartForm,
    IdentityFilters,
    MergeForm,
    NumbersForm,
)
from zhupei.people import merging
from zhupei.people.duplicates import Alike, Pair
from zhupei.people.models import Merger, Person
from zhupei.people.requests import SignedIn
from zhupei.people.rules import normalise_id_number

PER_PAGE = 25
UNPROCESSABLE = 422


def _refuse_others(request: SignedIn) -> None:
    """For everybody but the region these pages are not there."""
    if not may_keep_identities(request.user):
        raise Http404


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def identities(request: SignedIn) -> HttpResponse:
    """Records that may be one human; or two numbers somebody brings, to be compared."""
    _refuse_others(request)
    form = NumbersForm(request.POST or None)
    if form.is_valid() and (pair := _brought(request, form)):
        return redirect("organizations:identity-pair", *pair)
    filters = IdentityFilters(request.GET or None)
    name = filters.cleaned_data["q"].strip() if filters.is_valid() else ""
    rows: Any = Alike(name)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "filters_active": bool(name),
        "form": form,
        "tab": "alike",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/identities.html", context, status=status)


def _brought(request: SignedIn, form: NumbersForm) -> list[int] | None:
    """The records of two numbers, or None with the reason beside its field."""
    people = Person.objects.visible_to(request.user)
    found = {}
    for field, number in list(form.cleaned_data.items()):
        index = blind_index(normalise_id_number(number), purpose="id_number")
        found[field] = people.known_by(index).first()
        if found[field] is None:
            form.add_error(field, _("没有用这个号码登记过的人。请对照证件检查。"))
    if form.errors:
        return None
    if found["one"] == found["other"]:
        form.add_error("other", _("两个号码已经是同一份登记，不用合并。"))
        return None
    return sorted(one.pk for one in found.values() if one)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def pair(request: SignedIn, first: int, second: int) -> HttpResponse:
    """Two records side by side, what joining them would move, and the deed."""
    return _pair(request, _people(request, first, second))


def _people(request: SignedIn, first: int, second: int) -> Pair:
    _refuse_others(request)
    if first >= second:
        raise Http404
    seen = Person.objects.visible_to(request.user).select_related("account")
    return Pair(get_object_or_404(seen, pk=first), get_object_or_404(seen, pk=second))


def _pair(request: SignedIn, two: Pair, apart: ApartForm | None = None) -> HttpResponse:
    into = two.second if request.GET.get("keep") == str(two.second.pk) else _likely(request, two)
    duplicate = two.first if into == two.second else two.second
    posted = request.method == "POST" and apart is None
    form = MergeForm(duplicate, into, *([request.POST, request.FILES] if posted else []))
    if posted and form.is_valid() and _merged(request, duplicate, into, form):
        messages.success(request, _("已合成一份。旧号码今后都指向“%(name)s”。") % {"name": into})
        return redirect("organizations:mergers")
    outcome = merging.rehearse(duplicate, into)
    context = {
        "pair": two,
        "sides": [_side(one, into) for one in (into, duplicate)],
        "tables": _tables(into, duplicate),
        "into": into,
        "duplicate": duplicate,
        "outcome": outcome,
        "clashes": [{"tone": "bad", "text": words} for words in outcome.clashes],
        "form": form,
        "apart_form": apart or ApartForm(),
        "crumbs": [
            {"label": _("一人一档"), "url": reverse("organizations:identities")},
            {"label": _("比对")},
        ],
        "timeline": audit.timeline(into, newest=10),
    }
    status = UNPROCESSABLE if form.errors or (apart and apart.errors) else 200
    return render(request, "organizations/identity_pair.html", context, status=status)


def _likely(request: SignedIn, two: Pair) -> Person:
    """Which stays when nobody said so: the one they sign in with, else the one with more rows."""
    if request.GET.get("keep") == str(two.first.pk):
        return two.first

    def weight(one: Person) -> tuple[bool, int]:
        login = getattr(one, "account", None)
        return bool(login and merging.in_use(login)), sum(n for _noun, n in merging.counted(one))

    return max(two, key=weight)


def _side(one: Person, into: Person) -> dict[str, Any]:
    login = getattr(one, "account", None)
    return {"person": one, "stays": one == into, "login": login}


def _tables(into: Person, duplicate: Person) -> list[dict[str, Any]]:
    """How much hangs on each, table by table; where nothing does, no line."""
    pairs = zip(merging.counted(into), merging.counted(duplicate), strict=True)
    rows = [{"noun": noun, "into": here, "duplicate": there} for (noun, here), (_n, there) in pairs]
    return [row for row in rows if row["into"] or row["duplicate"]]


def _merged(request: SignedIn, duplicate: Person, into: Person, form: MergeForm) -> bool:
    said = form.cleaned_data
    try:
        actions.merge(
            duplicate,
            into,
            by=request.user,
            reason=said["reason"],
            evidence=said["evidence"],
            keep=form.keep(),
        )
    except Refused as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        field = {"file": "evidence"}.get(refusal.field or "", refusal.field)
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


@login_required
@require_POST
def apart(request: SignedIn, first: int, second: int) -> HttpResponse:
    """They are two humans: the list shows them no more."""
    two = _people(request, first, second)
    form = ApartForm(request.POST)
    if not form.is_valid():
        return _pair(request, two, form)
    actions.tell_apart(*two, by=request.user, note=form.cleaned_data["note"])
    messages.success(request, _("已记下：两个人，今后不再列出。"))
    return redirect("organizations:identities")


@never_cache
@login_required
@require_GET
def mergers(request: SignedIn) -> HttpResponse:
    """What was joined, by whom it was decided, and on what evidence."""
    _refuse_others(request)
    rows = Merger.objects.visible_to(request.user)
    rows = rows.select_related("duplicate", "into", "evidence").order_by("-merged_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tab": "mergers"}
    return render(request, "organizations/mergers.html", context)


@login_required
@require_GET
def evidence(request: SignedIn, pk: int) -> FileResponse:
    """The paper a merger rests on."""
    found = Merger.objects.visible_to(request.user).select_related("evidence")
    return files.respond(get_object_or_404(found, pk=pk).evidence)
