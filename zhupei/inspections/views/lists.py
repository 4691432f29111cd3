"""抽查事项清单: versions, one version, writing the next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.inspections.access import may_keep_list
from zhupei.inspections.actions import lists as actions
from zhupei.inspections.forms import ItemForm
from zhupei.inspections.models import ItemList, ListItem, ListState, Target
from zhupei.inspections.views.shared import LISTS, UNPROCESSABLE, done, official
from zhupei.inspections.workflow import ITEM_LIST
from zhupei.people.requests import SignedIn


def badge(row: ItemList) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = LISTS[ListState(row.state)]
    return {"icon": icon, "tone": tone, "word": row.get_state_display()}


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Every version, the newest first."""
    user = official(request)
    rows = ItemList.objects.visible_to(user).annotate(size=Count("items")).order_by("-number")
    context = {
        "rows": [{"list": row, "badge": badge(row)} for row in rows],
        "may_keep": may_keep_list(user),
    }
    return render(request, "inspections/lists.html", context)


@login_required
@require_POST
def draft(request: SignedIn) -> HttpResponse:
    """Begin the next version."""
    official(request)
    made = actions.draft(by=request.user)
    messages.success(request, _("已起草，内容取自现行版。改好后发布。"))
    return redirect("inspections:list", made.pk)


def _load(request: SignedIn, pk: int) -> ItemList:
    return get_object_or_404(ItemList.objects.visible_to(official(request)), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One version; its keeper adds items while it is a draft."""
    found = _load(request, pk)
    writing = found.state == ListState.DRAFT and may_keep_list(request.user)
    form = ItemForm(request.POST or None) if writing else None
    if form and form.is_valid():
        said = form.cleaned_data
        if done(form, lambda: actions.add_item(found, by=request.user, **said)):
            messages.success(request, _("已增加“%(item)s”。") % {"item": said["title"]})
            return redirect("inspections:list", pk)
    items = list(ListItem.objects.visible_to(request.user).filter(item_list=found))
    groups = [
        {"label": target.label, "items": [item for item in items if item.target == target]}
        for target in Target
    ]
    context = {
        "list": found,
        "badge": badge(found),
        "groups": [group for group in groups if group["items"]],
        "form": form,
        "moves": [one for one in ITEM_LIST.available(found, request.user) if one.name != "replace"],
        "writing": writing,
        "timeline": audit.timeline(found),
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "inspections/list.html", context, status=status)


def _item(request: SignedIn, pk: int) -> ListItem:
    visible = ListItem.objects.visible_to(official(request)).select_related("item_list")
    return get_object_or_404(visible, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: SignedIn, pk: int) -> HttpResponse:
    """Change one item of a draft."""
    found = _item(request, pk)
    if found.item_list.state != ListState.DRAFT or not may_keep_list(request.user):
        raise Http404
    form = ItemForm(request.POST or None, instance=found)
    if form.is_valid():
        said = form.cleaned_data
        if done(form, lambda: actions.change_item(_item(request, pk), by=request.user, **said)):
            messages.success(request, _("已保存。"))
            return redirect("inspections:list", found.item_list_id)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "inspections/item.html", {"item": found, "form": form}, status=status)


@login_required
@require_POST
def remove_item(request: SignedIn, pk: int) -> HttpResponse:
    """Take one item off a draft."""
    found = _item(request, pk)
    actions.remove_item(found, by=request.user)
    messages.success(request, _("已删除“%(item)s”。") % {"item": found.title})
    return redirect("inspections:list", found.item_list_id)


@login_required
@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Put a version into force."""
    moved = actions.publish(_load(request, pk), by=request.user)
    messages.success(request, _("“%(list)s”已发布。") % {"list": moved})
    return redirect("inspections:list", pk)
