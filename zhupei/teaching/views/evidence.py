"""Pictures, recordings and papers of a class."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.models import TrainingClass
from zhupei.classes.views.frame import load
from zhupei.core import files
from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn
from zhupei.teaching.access import may_add
from zhupei.teaching.actions import evidence as actions
from zhupei.teaching.forms import EvidenceForm
from zhupei.teaching.models import Evidence
from zhupei.teaching.views.shared import UNPROCESSABLE, beside, part

PER_PAGE = 24


@login_required
@require_http_methods(["GET", "POST"])
def evidence(request: SignedIn, pk: int) -> HttpResponse:
    """What was handed in, newest first; one more."""
    found = load(request, pk)
    initial = {"lesson": request.GET.get("lesson")}
    form = EvidenceForm(found, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _added(request, form, found):
        return redirect("teaching:evidence", pk)
    rows = Evidence.objects.visible_to(request.user).filter(training_class=found)
    rows = rows.select_related("file", "lesson__unit", "added_by").order_by("-added_at", "-pk")
    context = part(request, found, "evidence") | {
        "form": form if may_add(request.user, found) else None,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "teaching/evidence.html", context, status=status)


def _added(request: SignedIn, form: EvidenceForm, found: TrainingClass) -> bool:
    said = form.cleaned_data
    try:
        actions.add(
            found,
            by=request.user,
            found=said["file"],
            caption=said["caption"],
            lesson=said["lesson"],
        )
    except Refused as refusal:
        beside(form, refusal)
        return False
    messages.success(request, _("已上传，校验值和时间已记下。"))
    return True


@login_required
@require_GET
def piece(request: SignedIn, pk: int) -> HttpResponseBase:
    """The bytes of one piece: pictures are shown, the rest is handed out."""
    visible = Evidence.objects.visible_to(request.user).select_related("file")
    file = get_object_or_404(visible, pk=pk).file
    shown = file.media_type in {"image/jpeg", "image/png"}
    return files.respond(file, inline=shown)


@login_required
@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take a piece back, with the reason."""
    row = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    actions.withdraw(row, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("已撤下，原件和经过仍然保留。"))
    return redirect("teaching:evidence", row.training_class_id)
