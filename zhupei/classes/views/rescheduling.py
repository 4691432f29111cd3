"""Changing one lesson of a class in effect."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhupei.classes.access import may_reschedule
from zhupei.classes.actions import rescheduling as actions
from zhupei.classes.forms import Parts, RescheduleForm, row_of
from zhupei.classes.models import Lesson
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.plan import UNPROCESSABLE
from zhupei.core.errors import NotAllowed, Refused


@login_required
@require_http_methods(["GET", "POST"])
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, room or teacher for one lesson; what was typed stays when a rule says no."""
    user = me(request)
    visible = Lesson.objects.visible_to(user).select_related("training_class__organization")
    lesson = get_object_or_404(visible.select_related("unit", "teacher__person", "room"), pk=pk)
    if not may_reschedule(user, lesson):
        raise NotAllowed("not_allowed", _("只有本机构教务员能调课。"))
    found = load(request, lesson.training_class_id)
    form = RescheduleForm(request.POST or None, parts=Parts(found, user), initial=row_of(lesson))
    if form.is_valid() and _moved(request, lesson, form):
        return redirect("classes:timetable", found.pk)
    context: dict[str, Any] = frame(request, found, "timetable") | {
        "lesson": lesson,
        "slot": actions.slot_of(lesson),
        "form": form,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classes/reschedule.html", context, status=status)


def _moved(request: HttpRequest, lesson: Lesson, form: RescheduleForm) -> bool:
    slot = actions.Slot(**form.slot())
    try:
        actions.reschedule(lesson, by=me(request), to=slot, note=form.cleaned_data["note"])
    except Refused as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        refusal.beside(form)
        return False
    messages.success(request, _("已调课，学员、教师和住建局收到通知。"))
    return True
