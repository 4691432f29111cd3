"""The evidence of a teacher: entering it, its scan, taking it out again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files
from zhupei.core.errors import NotAllowed
from zhupei.people.requests import SignedIn
from zhupei.teachers import actions
from zhupei.teachers.access import may_add_evidence, may_see_file
from zhupei.teachers.forms import EvidenceForm, ScanForm
from zhupei.teachers.models import Qualification
from zhupei.teachers.views.frame import crumbs, entry, load


def _load(request: SignedIn, pk: int) -> Qualification:
    visible = Qualification.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("file", "teacher__person"), pk=pk)
    if not may_see_file(request.user, found.teacher):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Enter one piece of evidence."""
    teacher = load(request, pk)
    if not may_add_evidence(request.user, teacher):
        raise NotAllowed("not_allowed", _("现在不能登记资格证明，请看资料的状态。"))
    page = {
        "heading": _("登记资格证明"),
        "note": teacher.person.name,
        "crumbs": crumbs(teacher, _("登记资格证明")) if request.user.acting else None,
        "back": reverse("teachers:detail", args=[pk]),
    }
    return entry(
        request,
        EvidenceForm(request.POST or None, request.FILES or None, teacher=teacher),
        lambda said: actions.add_qualification(teacher, by=request.user, **said),
        done=_("资格证明已登记。"),
        page=page,
    )


@login_required
@require_http_methods(["GET", "POST"])
def attach(request: SignedIn, pk: int) -> HttpResponse:
    """Add the scan to what was entered without."""
    found = _load(request, pk)
    if not may_add_evidence(request.user, found.teacher):
        raise NotAllowed("not_allowed", _("现在不能登记资格证明，请看资料的状态。"))
    heading = _("上传扫描件")
    page = {
        "heading": heading,
        "note": f"{found.teacher}，{found.name}",
        "crumbs": crumbs(found.teacher, heading) if request.user.acting else None,
        "back": reverse("teachers:detail", args=[found.teacher_id]),
    }
    return entry(
        request,
        ScanForm(request.POST or None, request.FILES or None),
        lambda said: actions.attach_scan(found, by=request.user, **said),
        done=_("扫描件已上传。"),
        page=page,
    )


@login_required
@require_GET
def scan(request: SignedIn, pk: int) -> HttpResponseBase:
    """The bytes of a scan, for those who may see the file."""
    found = _load(request, pk)
    if found.file is None:
        raise Http404
    return files.respond(found.file, inline=True)


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a piece of evidence out of a file that is still being filled in."""
    found = _load(request, pk)
    actions.remove_qualification(found, by=request.user)
    messages.success(request, _("已删除“%(name)s”。") % {"name": found.name})
    return redirect("teachers:detail", found.teacher_id)
