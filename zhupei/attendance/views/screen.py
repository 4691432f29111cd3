"""The room's screen."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhupei.attendance import actions, qr, rules
from zhupei.attendance import parameters as p
from zhupei.attendance.actions.shared import opens
from zhupei.attendance.actions.signing import sign_out_window
from zhupei.attendance.parameters import Figures
from zhupei.attendance.rules import Phase
from zhupei.attendance.views.shared import kept_lesson, on_the_roll
from zhupei.classes.models import Lesson
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def screen(request: SignedIn, pk: int) -> HttpResponse:
    """The page for the screen in the room."""
    lesson = kept_lesson(request, pk)
    context = {
        "code_url": reverse("attendance:code", args=[lesson.pk]),
        "roll_url": reverse("attendance:roll", args=[lesson.pk]),
        "site_url": request.get_host(),
        "lesson": lesson,
    }
    return render(request, "core/screen.html", context)


@login_required
@require_GET
@never_cache
def code(request: SignedIn, pk: int) -> JsonResponse:
    """The code of this moment as the screen shows it, and the figures beside it."""
    lesson = kept_lesson(request, pk)
    now = timezone.now()
    figures = p.figures(lesson.training_class.prefecture_id)
    digits = actions.code_now(lesson, now)
    address = request.build_absolute_uri(reverse("attendance:scan", args=[lesson.pk, digits]))
    there = lesson.attendance.filter(arrived_at__isnull=False).values_list("waiting", flat=True)
    waiting = list(there)
    return JsonResponse(
        {
            "code": digits,
            "svg": qr.drawn(address),
            "seconds_left": rules.seconds_left(now, every=figures.code_seconds),
            "class": lesson.training_class.title,
            "lesson": f"{lesson.unit.title}（{lesson.get_kind_display()}）",
            "present": len(waiting),
            "waiting": sum(waiting),
            "expected": on_the_roll(lesson).count(),
        }
        | _phase(lesson, now, figures)
    )


def _phase(lesson: Lesson, now: Any, figures: Figures) -> dict[str, Any]:
    """What the room should know: from when, until when; ``live`` while a code is worth anything."""
    first, grace = opens(lesson, figures), timedelta(minutes=figures.late_after)
    phase = rules.phase(
        now, opens=first, starts_at=lesson.starts_at, ends_at=lesson.ends_at, grace=grace
    )
    closes = sign_out_window(lesson, figures)[1]
    signing_out = phase == Phase.OVER and figures.sign_out == "yes" and now <= closes
    words = {
        Phase.CLOSED: _("签到 %(opens)s 开放"),
        Phase.OPEN: _("%(starts)s 上课，%(late)s 以后签到算迟到"),
        Phase.LATE: _("已经上课，现在签到算迟到；%(ends)s 下课"),
        Phase.OVER: _("这节课 %(ends)s 已经结束，不再签到"),
    }
    said = _("已经下课，请扫码签退，%(closes)s 截止") if signing_out else words[phase]
    moments = {
        "opens": first,
        "starts": lesson.starts_at,
        "late": lesson.starts_at + grace,
        "ends": lesson.ends_at,
        "closes": closes,
    }
    clocks = {name: f"{timezone.localtime(moment):%H:%M}" for name, moment in moments.items()}
    live = phase in {Phase.OPEN, Phase.LATE} or signing_out
    return {"phase": said % clocks, "live": live}
