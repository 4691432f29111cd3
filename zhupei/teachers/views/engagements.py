"""Engaging a teacher, the papers of it, and its end."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import files
from zhupei.core.errors import NotAllowed
from zhupei.people.requests import SignedIn
from zhupei.teachers import actions
from zhupei.teachers.access import may_end, may_engage, may_propose
from zhupei.teachers.forms import EndForm, EngageForm, PapersForm
from zhupei.teachers.models import Engagement
from zhupei.teachers.views.frame import crumbs, entry, load


def _load(request: SignedIn, pk: int) -> Engagement:
    visible = Engagement.objects.visible_to(request.user)
    related = visible.select_related("teacher__person", "organization", "contract", "insurance")
    return get_object_or_404(related, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def engage(request: SignedIn, pk: int) -> HttpResponse:
    """Engage somebody of the pool."""
    teacher, user = load(request, pk), request.user
    if not may_engage(user, teacher):
        raise NotAllowed("not_allowed", _("只能由培训机构教务员聘用在库、本机构还没有聘用的教师。"))
    initial = {"since": timezone.localdate()}
    page = {
        "heading": _("聘用教师"),
        "note": teacher.person.name,
        "crumbs": crumbs(teacher, _("聘用")),
        "back": reverse("teachers:detail", args=[pk]),
    }
    return entry(
        request,
        EngageForm(request.POST or None, request.FILES or None, initial=initial),
        lambda said: actions.engage(teacher, user.acting.organization, by=user, **said),
        done=_("已聘用。开班排课时可以选这位教师。"),
        page=page,
    )


@login_required
@require_http_methods(["GET", "POST"])
def renew(request: SignedIn, pk: int) -> HttpResponse:
    """Bring the papers up to date."""
    found = _load(request, pk)
    if not may_propose(request.user, found.organization) or found.until:
        raise NotAllowed("not_allowed", _("只有聘用机构的教务员能更新在聘教师的材料。"))
    initial = {
        "full_time": "1" if found.full_time else "0",
        "contract_until": found.contract_until,
        "insured_until": found.insured_until,
    }
    page = {
        "heading": _("更新聘用材料"),
        "note": _("%(name)s；不选文件就保留原来的") % {"name": found.teacher.person.name},
        "crumbs": crumbs(found.teacher, _("更新聘用材料")),
        "back": reverse("teachers:detail", args=[found.teacher_id]),
    }
    return entry(
        request,
        PapersForm(request.POST or None, request.FILES or None, initial=initial),
        lambda said: actions.renew(found, by=request.user, **said),
        done=_("聘用材料已更新。"),
        page=page,
    )


@login_required
@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: int) -> HttpResponse:
    """End an engagement: the institution, or the teacher."""
    found = _load(request, pk)
    if not may_end(request.user, found):
        raise NotAllowed("not_allowed", _("只有聘用机构的教务员或教师本人能办理。"))
    page = {
        "heading": _("结束聘用"),
        "note": f"{found.teacher}，{found.organization}",
        "crumbs": crumbs(found.teacher, _("结束聘用")) if request.user.acting else None,
        "back": reverse("teachers:detail", args=[found.teacher_id]),
        "submit_label": _("确定结束"),
    }
    return entry(
        request,
        EndForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda said: actions.end_engagement(found, by=request.user, **said),
        done=_("聘用已结束。已排的课请另选教师。"),
        page=page,
    )


@login_required
@require_GET
def contract(request: SignedIn, pk: int) -> HttpResponseBase:
    """The contract or letter of engagement."""
    found = _load(request, pk)
    if found.contract is None:
        raise Http404
    return files.respond(found.contract, inline=True)


@login_required
@require_GET
def insurance(request: SignedIn, pk: int) -> HttpResponseBase:
    """The record of paid insurance."""
    found = _load(request, pk)
    if found.insurance is None:
        raise Http404
    return files.respond(found.insurance, inline=True)
