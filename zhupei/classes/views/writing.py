"""Writing a plan: a new one, one like the last, and changing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhupei.classes import words
from zhupei.classes.access import may_change, may_draft
from zhupei.classes.actions import copying, plan
from zhupei.classes.actions.shared import changed_since, version_of
from zhupei.classes.events import ClassEvent
from zhupei.classes.forms import CopyForm, PlanForm
from zhupei.classes.models import TrainingClass
from zhupei.classes.snapshots import Change
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.plan import UNPROCESSABLE, returned
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import Organization
from zhupei.people.models import User


def _drafting(request: HttpRequest) -> tuple[User, Organization]:
    user = me(request)
    owner: Organization = user.acting.organization
    if not may_draft(user, owner):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能起草开班计划。"))
    return user, owner


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Start a plan for the institution one acts for."""
    user, owner = _drafting(request)
    blank = TrainingClass(division=owner.division, contact_phone=owner.complaint_phone, seats=40)
    form = PlanForm(request.POST or None, instance=blank, organization=owner, user=user)
    if form.is_valid():
        made = plan.draft(owner, by=user, **form.cleaned_data)
        messages.success(request, _("草稿已保存。接着排课。"))
        return redirect("classes:timetable", made.pk)
    context = {"form": form, "new": True, "check_url": reverse("classes:check_draft")}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classes/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest) -> HttpResponse:
    """Start a plan like an earlier one; what could not be copied is said."""
    user, owner = _drafting(request)
    mine = TrainingClass.objects.visible_to(user).filter(organization=owner)
    form = CopyForm(request.POST or None, initial=request.GET.dict(), classes=mine)
    if form.is_valid():
        source = get_object_or_404(mine, pk=form.cleaned_data["source"].pk)
        said = {name: form.cleaned_data[name] for name in ("title", "starts_on")}
        made = copying.copy(source, by=user, **said)
        messages.success(request, _("已照搬“%(title)s”。名册不照搬。") % {"title": source.title})
        for line in made.left_out:
            messages.warning(request, line)
        return redirect("classes:detail", made.training_class.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classes/copy.html", {"form": form, "any": mine.exists()}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a draft or returned plan says; reasons stand beside the fields they are about.
    Whoever sends a plan that can no longer be changed is told so with all they typed before them.
    """
    user, found = me(request), load(request, pk)
    if request.method == "GET" and not may_change(user, found):
        raise NotAllowed("not_allowed", _("这份计划现在不能修改，请看它的状态。"))
    form = PlanForm(
        request.POST or None, instance=found, organization=found.organization, user=user
    )
    meanwhile: list[Change] = []
    if form.is_valid() and _changed(request, form, pk, meanwhile):
        return redirect("classes:detail", pk)
    for reason in returned(found):
        if reason["field"] in form.fields:
            field: Any = form.fields[reason["field"]]
            field.reasons = [*getattr(field, "reasons", []), reason]
    context = frame(request, load(request, pk), "") | {
        "form": form,
        "others": _elsewhere(form, found),
        "meanwhile": meanwhile,
        "before_label": _("对方保存的"),
        "after_label": _("您填的"),
        "seen": version_of(found),
        "check_url": reverse("classes:check", args=[pk]),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classes/edit.html", context, status=status)


def _changed(request: HttpRequest, form: PlanForm, pk: int, meanwhile: list[Change]) -> bool:
    seen = int(said) if (said := request.POST.get("seen", "")).isdecimal() else None
    try:
        plan.change(load(request, pk), by=me(request), seen=seen, **form.cleaned_data)
    except Refused as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        refusal.beside(form)
        if refusal.code == "changed_meanwhile":
            meanwhile += _compared(form, load(request, pk), seen or 0)
        return False
    messages.success(request, _("草稿已保存。"))
    return True


def _compared(form: PlanForm, stored: TrainingClass, seen: int) -> list[Change]:
    """Where both changed a field, both values; what only the other one changed is taken over."""
    before: dict[str, Any] = {}
    for event in changed_since(stored, ClassEvent.CHANGED, seen):
        before = event.facts["before"] | before
    sent: Any = form.data
    data = sent.copy()
    differences = []
    for name, old in before.items():
        theirs, mine = (plan.plain(x) for x in (getattr(stored, name), form.cleaned_data.get(name)))
        if mine == old:
            value = getattr(stored, name)
            data[name] = str(getattr(value, "pk", value))
        elif mine != theirs:
            differences.append(Change(words.FIELDS[name], str(theirs), str(mine), ""))
    form.data = data
    return differences


def _elsewhere(form: PlanForm, training_class: TrainingClass) -> list[dict[str, Any]]:
    """Reasons about what other tabs hold."""
    return [x for x in returned(training_class) if x["field"] not in form.fields]
