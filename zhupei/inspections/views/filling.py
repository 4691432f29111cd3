"""Filling in a check list: what phones kept comes in, and what a page without script sends."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhupei.core import deeds, offline, pictures
from zhupei.core.deeds import Sent
from zhupei.inspections.actions import filling
from zhupei.inspections.forms import AnswersForm, PictureForm, ResultForm
from zhupei.inspections.models import DeedKind, Inspection
from zhupei.inspections.views import filling_shown as fields
from zhupei.inspections.views.checks import page_of
from zhupei.inspections.views.shared import UNPROCESSABLE, done, load
from zhupei.people.requests import SignedIn


@login_required
@never_cache
@require_POST
def sync(request: SignedIn, pk: int) -> JsonResponse:
    """Take in what a phone kept; the same twice is once. Answers JSON, whatever happens."""
    found = load(request, pk)
    return offline.answer(
        request,
        deeds.reader(DeedKind),
        lambda sent: _taken(request, found, sent),
        lambda: {"removed": fields.removed(found)},
    )


def _taken(
    request: SignedIn, found: Inspection, sent: offline.Batch[Sent]
) -> list[offline.Outcome]:
    return filling.sync(
        found, by=request.user, phone=sent.phone, phone_now=sent.phone_now, done=sent.marks
    )


@login_required
@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what was found so far, and a photo; with ``record``, put the result down as well."""
    found = load(request, pk)
    items = list(found.draw.items.all())
    form = AnswersForm(request.POST, items=items, known={})
    shot = PictureForm(request.POST, request.FILES)
    initial = fields.result(filling.reading(found.deeds.all()))
    result = ResultForm(request.POST if "record" in request.POST else None, initial=initial)
    good = form.is_valid() and shot.is_valid() and (not result.is_bound or result.is_valid())
    if good and _kept(request, found, form, shot) and _recorded(request, found, result):
        return redirect("inspections:inspection", pk)
    more = {"form": form, "result_form": result, "picture_form": shot}
    return page_of(request, load(request, pk), UNPROCESSABLE, **more)


def _kept(request: SignedIn, found: Inspection, form: AnswersForm, shot: PictureForm) -> bool:
    whole = {name: request.POST.get(name, "").strip() for name in ("outcome", "remark")}
    if not done(form, lambda: filling.answer(found, by=request.user, said=form.said(), **whole)):
        return False
    upload = shot.cleaned_data["file"]
    if upload is None:
        return True
    made = done(shot, lambda: filling.attach(found, by=request.user, upload=upload))
    if made:
        words = pictures.said(made.removed)
        messages.success(request, _("照片已保存。%(removed)s") % {"removed": words})
    return bool(made)


def _recorded(request: SignedIn, found: Inspection, result: ResultForm) -> bool:
    if not result.is_bound:
        messages.success(request, _("已保存，还没有提交。"))
        return True
    said = result.cleaned_data
    moved = done(result, lambda: filling.hand_in(found, by=request.user, **said))
    if moved:
        state = {"state": moved.get_state_display()}
        messages.success(request, _("%(state)s：检查结果已提交。") % state)
    return bool(moved)
