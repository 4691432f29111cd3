"""The papers of a plan."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.access import may_change
from zhupei.classes.actions import documents as actions
from zhupei.classes.forms import DocumentForm
from zhupei.classes.models import ClassDocument, DocumentKind, TrainingClass
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.plan import UNPROCESSABLE, returned
from zhupei.core import files, office
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.syllabus.models import Unit

PDF = "application/pdf"
PREVIEWED = {PDF, "image/png", "image/jpeg"}


@login_required
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """List the papers; take one more."""
    found, user = load(request, pk), me(request)
    form = DocumentForm(request.POST or None, request.FILES or None, training_class=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.attach(
                found, by=user, upload=said["file"], kind=said["kind"], unit=said["unit"]
            )
        except Refused as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            refusal.beside(form)
        else:
            messages.success(request, _("附件已上传。"))
            return redirect("classes:documents", pk)
    papers = (
        ClassDocument.objects.visible_to(user)
        .filter(training_class=found)
        .select_related("file", "unit")
        .order_by("kind", "unit__position", "pk")
    )
    context: dict[str, Any] = frame(request, found, "documents") | {
        "papers": papers,
        "looks": {one.pk for one in papers if _can_be_looked_at(one.file)},
        "bare_units": _without_plan(found, papers),
        "form": form if may_change(user, found) else None,
        "returned": [x for x in returned(found) if x["field"] == "documents"],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classes/documents.html", context, status=status)


def _can_be_looked_at(file: StoredFile) -> bool:
    return file.media_type in PREVIEWED or office.is_office(file)


def _without_plan(found: TrainingClass, papers: Any) -> list[Unit]:
    """The units nobody has written a lesson plan for; none when the plans are not by unit."""
    has = {paper.unit_id for paper in papers if paper.kind == DocumentKind.LESSON_PLAN}
    if not has - {None}:
        return []
    return [unit for unit in found.syllabus.units.all() if unit.pk not in has]


@login_required
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes of a paper, for those who may see it: to keep, or to look at where that is safe.

    A browser's own reader of PDF does not start in a sandbox; it may fetch nothing either way.
    """
    visible = ClassDocument.objects.visible_to(me(request)).select_related("file")
    paper = get_object_or_404(visible, pk=pk).file
    if "look" in request.GET and (text := office.shown(paper)):
        return render(request, "classes/paper.html", {"paper": paper, "text": text, "pk": pk})
    look = "look" in request.GET and paper.media_type in PREVIEWED
    response = files.respond(paper, inline=look)
    if look and paper.media_type == PDF:
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


@login_required
@require_POST
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper off the plan."""
    visible = ClassDocument.objects.visible_to(me(request)).select_related("file", "training_class")
    paper = get_object_or_404(visible, pk=pk)
    actions.remove(paper, by=me(request))
    messages.success(request, _("已删除“%(name)s”。") % {"name": paper.file.name})
    return redirect("classes:documents", paper.training_class_id)
