"""师资研修: entering a course, confirming it, its proof."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.requests import SignedIn
from zhupei.teachers import actions
from zhupei.teachers.access import may_enter_study, may_see_file
from zhupei.teachers.forms import StudyForm
from zhupei.teachers.models import Study
from zhupei.teachers.views.frame import crumbs, entry, load


def _load(request: SignedIn, pk: int) -> Study:
    visible = Study.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("file", "teacher__person"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a course a teacher took."""
    teacher = load(request, pk)
    if not may_enter_study(request.user, teacher):
        raise NotAllowed("not_allowed", _("研修由教师本人或聘用机构登记。"))
    form = StudyForm(request.POST or None, request.FILES or None)
    page = {
        "heading": _("登记研修"),
        "note": _("%(name)s；协会确认后计入学时") % {"name": teacher.person.name},
        "crumbs": crumbs(teacher, _("登记研修")) if request.user.acting else None,
        "back": reverse("teachers:detail", args=[pk]),
    }
    return entry(
        request,
        form,
        lambda _said: actions.add_study(teacher, by=request.user, **form.course()),
        done=_("已登记，等待协会确认。"),
        page=page,
    )


@login_required
@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    """The association counts the hours."""
    found = actions.confirm_study(_load(request, pk), by=request.user)
    messages.success(request, _("已确认“%(name)s”。") % {"name": found.title})
    return redirect(_back(request, found))


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a course off the record before it is confirmed; the association says why."""
    found = _load(request, pk)
    try:
        actions.remove_study(found, by=request.user, note=request.POST.get("note", ""))
    except Refused as refusal:
        if refusal.code != "note_required":
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已删除“%(name)s”。") % {"name": found.title})
    return redirect(_back(request, found))


def _back(request: SignedIn, study: Study) -> str:
    """To the list it was pressed on, or to the teacher."""
    if request.POST.get("from") == "list":
        return reverse("teachers:studies")
    return reverse("teachers:detail", args=[study.teacher_id])


@login_required
@require_GET
def proof(request: SignedIn, pk: int) -> HttpResponseBase:
    """The proof of a course, for those who may see the file."""
    found = _load(request, pk)
    if found.file is None or not may_see_file(request.user, found.teacher):
        raise Http404
    return files.respond(found.file, inline=True)
