"""Safe Exam Browser: required or not, the file, the way in for candidates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files
from zhupei.core.errors import beside
from zhupei.core.tickets import BadTicket
from zhupei.exams.models import Candidate
from zhupei.invigilation.actions import safe_browser as actions
from zhupei.invigilation.forms import SafeBrowserForm, WaiverForm
from zhupei.invigilation.middleware import opener
from zhupei.invigilation.models import SafeBrowser
from zhupei.invigilation.views.shared import head, load, seat_in
from zhupei.people.requests import SignedIn


@login_required
@require_http_methods(["GET", "POST"])
def setting(request: SignedIn, pk: int) -> HttpResponse:
    """What is required, the file and its key, who may do without."""
    sitting = load(request, pk)
    rows = SafeBrowser.objects.visible_to(request.user).filter(sitting=sitting)
    rule = rows.first()
    form = SafeBrowserForm(request.POST or None, instance=rows.first())
    if request.method == "POST" and form.is_valid():
        with beside(form):
            actions.require(sitting, by=request.user, exam_keys=form.cleaned_data["exam_keys"])
            messages.success(request, _("本场必须使用安全考试浏览器。请把配置文件装到考试机上。"))
            return redirect("invigilation:safe_browser", pk=pk)
    seats = Candidate.objects.visible_to(request.user).filter(sitting=sitting)
    waived = seats.filter(safe_browser_waiver__isnull=False)
    config = reverse("invigilation:config", args=[actions.ticket(sitting)])
    context = head(request, sitting, "safe_browser") | {
        "rule": rule,
        "form": form,
        "waived": waived.select_related("person", "safe_browser_waiver__by").order_by("seat"),
        "config_url": config,
        "open_url": opener(config),
    }
    status = 422 if form.errors else 200
    return render(request, "invigilation/safe_browser.html", context, status=status)


@login_required
@require_POST
def lift(request: SignedIn, pk: int) -> HttpResponse:
    """Any browser will do."""
    actions.lift(load(request, pk), by=request.user)
    messages.success(request, _("本场可以用任何浏览器。"))
    return redirect("invigilation:safe_browser", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def waive(request: SignedIn, pk: int, candidate: int) -> HttpResponse:
    """Let one candidate sit in another browser."""
    sitting = load(request, pk)
    seat = seat_in(request, sitting, candidate)
    form = WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.waive(seat, by=request.user, reason=form.cleaned_data["reason"])
        said = _("%(name)s 可以不用安全考试浏览器，请他刷新页面。")
        messages.success(request, said % {"name": seat.person.name})
        return redirect("invigilation:seat", pk=pk, candidate=candidate)
    context = head(request, sitting, "safe_browser") | {
        "seat": seat,
        "form": form,
        "cancel_url": reverse("invigilation:seat", args=[pk, candidate]),
    }
    status = 422 if form.errors else 200
    return render(request, "invigilation/waive.html", context, status=status)


@require_GET
def config(request: SignedIn, ticket: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The configuration itself; the ticket is the authority, for the safe browser has no login."""
    try:
        rule = actions.fetched(ticket)
    except BadTicket:
        rule = None
    if rule is None:
        raise Http404
    name = f"zhupei-exam-{rule.sitting_id}.seb"
    return files.attachment(bytes(rule.config), name=name, media_type="application/seb")


@login_required
@require_GET
def enter(request: SignedIn, pk: int) -> HttpResponse:
    """Where the safe browser starts: the candidate's own door of this sitting."""
    seat = get_object_or_404(Candidate.objects.own(request.user), sitting=pk)
    return redirect("sit:door", pk=seat.pk)
