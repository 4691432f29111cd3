"""Recordings of an exam room."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.archives.access import may_register
from zhupei.archives.actions import recordings as actions
from zhupei.archives.forms import RecordingForm
from zhupei.archives.models import Recording
from zhupei.archives.parameters import VIDEO_YEARS
from zhupei.core import files
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.exams.models import Sitting
from zhupei.people.requests import SignedIn


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedIn, pk: int) -> HttpResponse:
    """The recordings of one sitting; the form that registers one more."""
    if request.user.acting is None:
        raise Http404
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user), pk=pk)
    may = may_register(request.user, sitting)
    initial = {"begins_at": sitting.starts_at, "ends_at": sitting.ends_at}
    form = RecordingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _registered(request, sitting, form):
        messages.success(request, _("已登记，指纹记入考试经过。"))
        return redirect("archives:recordings", pk=pk)
    rows = Recording.objects.visible_to(request.user).filter(sitting=sitting)
    context = {
        "sitting": sitting,
        "rows": rows.select_related("file"),
        "form": form if may else None,
        "years": value(VIDEO_YEARS),
    }
    status = 422 if form.errors else 200
    return render(request, "archives/recordings.html", context, status=status)


def _registered(request: SignedIn, sitting: Sitting, form: RecordingForm) -> bool:
    said = dict(form.cleaned_data)
    try:
        actions.register(sitting, by=request.user, found=said.pop("file"), **said)
    except Refused as refusal:
        refusal.beside(form)
        return False
    return True


def _load(request: SignedIn, pk: int) -> Recording:
    return get_object_or_404(Recording.objects.visible_to(request.user), pk=pk)


@login_required
@require_GET
def fetch(request: SignedIn, pk: int) -> FileResponse:
    """The file."""
    return files.respond(actions.fetch(_load(request, pk), by=request.user), inline=True)


@login_required
@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take one back."""
    found = _load(request, pk)
    actions.withdraw(found, by=request.user, note=request.POST.get("note", ""))
    return redirect("archives:recordings", pk=found.sitting_id)
