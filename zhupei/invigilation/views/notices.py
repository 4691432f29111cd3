"""Words to all screens or to one; and what a candidate's page asks for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core.errors import beside
from zhupei.exams.models import Attempt, Candidate
from zhupei.invigilation.actions import help as helping
from zhupei.invigilation.actions import notices as actions
from zhupei.invigilation.forms import NoticeForm
from zhupei.invigilation.models import Notice
from zhupei.invigilation.views.shared import head, load
from zhupei.people.requests import SignedIn

MOST = 100


@login_required
@require_http_methods(["GET", "POST"])
def notices(request: SignedIn, pk: int) -> HttpResponse:
    """What was said so far, and a form to say something."""
    sitting = load(request, pk)
    first = {"candidate": request.GET.get("candidate")}
    form = NoticeForm(sitting, request.user, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            actions.announce(sitting, by=request.user, **form.cleaned_data)
            messages.success(request, _("已发出，考生的屏幕几秒内显示。"))
            return redirect("invigilation:notices", pk=pk)
    said = Notice.objects.visible_to(request.user).filter(sitting=sitting).order_by("-at")
    context = head(request, sitting, "notices") | {
        "form": form,
        "said": said.select_related("candidate__person", "by")[:MOST],
        "candidates": sitting.candidates.count(),
    }
    status = 422 if form.errors else 200
    return render(request, "invigilation/notices.html", context, status=status)


@login_required
@require_GET
@never_cache
def heard(request: SignedIn, pk: int) -> HttpResponse:
    """For the candidate's own page: everything said to them, the oldest first."""
    attempts = Attempt.objects.own(request.user).select_related("candidate")
    attempt = get_object_or_404(attempts, pk=pk)
    said = actions.said_to(attempt.candidate)
    lines = [{"text": one.text, "at": int(one.at.timestamp() * 1000)} for one in said]
    return JsonResponse({"notice": attempt.notice, "notices": lines})


@login_required
@require_POST
def call(request: SignedIn, pk: int) -> HttpResponse:
    """The candidate raises a hand, from a page or from a script."""
    seat = get_object_or_404(Candidate.objects.own(request.user), pk=pk)
    helping.call(seat, by=request.user, text=request.POST.get("text", ""))
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"code": "called"})
    messages.success(request, _("已举手，监考员马上过来。"))
    return redirect("sit:door", pk=pk)
