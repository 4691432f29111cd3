"""Complaints counted, for those who supervise; and where a bureau is reached."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.complaints import figures as counted
from zhupei.complaints.access import may_keep_channel, may_take_down
from zhupei.complaints.actions import channels
from zhupei.complaints.forms import ChannelForm, PeriodForm
from zhupei.complaints.models import Complaint
from zhupei.complaints.views.shared import UNPROCESSABLE, tried
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def figures(request: SignedIn) -> HttpResponse:
    """By kind, by who handles them, upheld, in time, satisfied."""
    if not may_take_down(request.user):
        raise Http404
    form = PeriodForm(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    first, last = counted.period(said.get("first"), said.get("last"))
    rows = Complaint.objects.visible_to(request.user).filed(first, last)
    context = {
        "filters": PeriodForm(initial={"first": first, "last": last}),
        "first": first,
        "last": last,
        "sum": counted.summed(rows),
        "kinds": counted.kinds(rows),
        "handlers": counted.by(rows, "handler__name", "handler"),
        "bodies": counted.by(
            rows.filter(organization__isnull=False), "organization__name", "organization"
        )[:20],
    }
    return render(request, "complaints/figures.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def channel(request: SignedIn) -> HttpResponse:
    """Phone and hours of one's own bureau, as every page of the place prints them."""
    acting = request.user.acting
    if acting is None or not may_keep_channel(request.user, acting.organization):
        raise Http404
    here = acting.organization
    now: dict[str, Any] = {"phone": here.complaint_phone, "hours": here.complaint_hours}
    form = ChannelForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: channels.set_channel(here, by=request.user, **said)):
            messages.success(request, _("已更新，机构、班级和学员的页面马上显示新的渠道。"))
            return redirect("complaints:channel")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "complaints/channel.html", {"form": form, "here": here}, status=status)
