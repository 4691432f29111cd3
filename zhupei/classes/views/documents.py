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
from zhupei.classes.models import ClassDocument
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.plan import UNPROCESSABLE, returned
from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused


@login_required
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """List the papers; take one more."""
    found, user = load(request, pk), me(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.attach(found, by=user, upload=said["file"], kind=said["kind"])
        except Refused as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("附件已上传。"))
            return redirect("classes:documents", pk)
    papers = ClassDocument.objects.visible_to(user).filter(training_class=found)
    context: dict[str, Any] = frame(request, found, "documents") | {
        "papers": papers.select_related("file").order_by("kind", "pk"),
        "form": form if may_change(user, found) else None,
        "returned": [x for x in returned(found) if x["field"] == "documents"],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classes/documents.html", context, status=status)


@login_required
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes of a paper, for those who may see it."""
    visible = ClassDocument.objects.visible_to(me(request)).select_related("file")
    return files.respond(get_object_or_404(visible, pk=pk).file)


@login_required
@require_POST
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper off the plan."""
    visible = ClassDocument.objects.visible_to(me(request)).select_related("file", "training_class")
    paper = get_object_or_404(visible, pk=pk)
    actions.remove(paper, by=me(request))
    messages.success(request, _("已删除“%(name)s”。") % {"name": paper.file.name})
    return redirect("classes:documents", paper.training_class_id)
