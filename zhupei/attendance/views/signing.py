"""A learner's sign-in on a phone: one tap after scanning, or six digits."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.attendance import actions, rules
from zhupei.attendance import parameters as p
from zhupei.attendance.actions.shared import opens
from zhupei.attendance.actions.signing import sign_out_window
from zhupei.attendance.forms import CodeForm
from zhupei.attendance.models import Attendance
from zhupei.attendance.parameters import Figures
from zhupei.attendance.views.shared import any_lesson
from zhupei.classes.models import Enrolment, Lesson
from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn

SEEN = "attendance_seen"  # session key: the code that was scanned, and when
PHONE = "zhupei_phone"  # cookie: a number that tells this phone from others and says nothing else
PHONE_LASTS = 400 * 24 * 3600  # seconds; no browser keeps one longer


@require_GET
@never_cache
def scan(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Where the QR code leads: remember what was seen and when, then ask who it was."""
    seen = {"lesson": pk, "code": code, "at": timezone.now().isoformat()}
    request.session[SEEN] = seen
    return redirect("attendance:sign", pk=pk)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, pk: int) -> HttpResponse:
    """Sign in, or out at the end; and what is credited so far."""
    lesson = _lesson(request, pk)
    visible = Attendance.objects.visible_to(request.user).filter(lesson=lesson)
    mine = visible.filter(enrolment__person=request.user.person_id).first()
    posted = request.method == "POST"
    form = CodeForm(request.POST if posted else None)
    phone = request.get_signed_cookie(PHONE, default="", salt=PHONE) or secrets.token_hex(16)
    ready = posted and (_scanned(request, pk) or form.is_valid())
    if ready and _done(request, lesson, mine, form, _marked(phone)):
        return _remember(redirect("attendance:sign", pk=pk), phone)
    context = _stage(lesson, mine) | {
        "lesson": lesson,
        "form": form,
        "scanned": _scanned(request, pk),
        "mine": mine,
    }
    return _remember(render(request, "attendance/sign.html", context), phone)


def _lesson(request: SignedIn, pk: int) -> Lesson:
    """A lesson of a class the person learns in: hundreds ask at once, and two short questions are
    cheaper than the one that looks at everybody's ways of seeing a lesson.
    """
    mine = Enrolment.objects.visible_to(request.user).filter(
        person=request.user.person_id, training_class__lessons=pk
    )
    found = mine.select_related("training_class").order_by("-pk").first()
    if found is None:
        return any_lesson(request, pk)
    lesson: Lesson = found.training_class.lessons.select_related("unit", "room").get(pk=pk)
    lesson.training_class = found.training_class
    return lesson


def _marked(phone: str) -> str:
    """What the roll keeps of a phone: enough to tell it from others."""
    return hashlib.sha256(phone.encode()).hexdigest()[:32]


def _remember(response: HttpResponse, phone: str) -> HttpResponse:
    response.set_signed_cookie(
        PHONE,
        phone,
        salt=PHONE,
        max_age=PHONE_LASTS,
        path="/attendance/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _scanned(request: SignedIn, pk: int) -> bool:
    return bool((request.session.get(SEEN) or {}).get("lesson") == pk)


def _done(
    request: SignedIn, lesson: Lesson, mine: Attendance | None, form: CodeForm, device: str
) -> bool:
    """Try the typed digits, or else what was scanned; a refusal goes beside the field."""
    seen = request.session.pop(SEEN, None) or {}
    code, seen_at = request.POST.get("code", "").strip(), None
    if not code and seen.get("lesson") == lesson.pk:
        code, seen_at = seen["code"], datetime.fromisoformat(seen["at"])
    leaving = request.POST.get("deed") == "out"
    try:
        actions.check_tries(request.user)
        if leaving:
            actions.sign_out(lesson, by=request.user, code=code, seen_at=seen_at)
        else:
            actions.sign_in(lesson, by=request.user, code=code, seen_at=seen_at, device=device)
    except Refused as refusal:
        actions.note_try(request.user, refusal)
        if refusal.field not in form.fields:
            raise
        form.full_clean()
        form.errors.clear()  # after a scan nothing was typed, and nothing is missing
        form.add_error(refusal.field, str(refusal))
        return False
    again = mine is not None and mine.signed_at is not None
    said = _("签退成功。") if leaving else _("您已经签到，不用再签。") if again else _("签到成功。")
    messages.success(request, said)
    return True


def _stage(lesson: Lesson, mine: Attendance | None) -> dict[str, Any]:
    """Where the learner stands: ``stage`` and the figures its words need."""
    now = timezone.now()
    figures = p.figures(lesson.training_class.prefecture_id)
    first, grace = opens(lesson, figures), timedelta(minutes=figures.late_after)
    phase = rules.phase(
        now, opens=first, starts_at=lesson.starts_at, ends_at=lesson.ends_at, grace=grace
    )
    context: dict[str, Any] = {"stage": str(phase), "opens": first}
    if mine is not None and mine.arrived_at is not None:
        return context | _signed(lesson, mine, figures, now)
    if mine is not None and mine.corrected:
        return context | {"stage": "absent"}
    if not lesson.training_class.in_effect:
        return context | {"stage": "stopped"}
    return context


def _signed(lesson: Lesson, mine: Attendance, figures: Figures, now: datetime) -> dict[str, Any]:
    assert mine.arrived_at is not None
    grace = timedelta(minutes=figures.late_after)
    late = rules.late_by(lesson.starts_at, mine.arrived_at, grace=grace)
    first, last = sign_out_window(lesson, figures)
    asked = figures.sign_out == "yes" and mine.left_at is None
    open_now = asked and mine.signed_out_at is None and first <= now <= last
    return {
        "stage": "waiting" if mine.waiting else "signed",
        "late_minutes": int(late.total_seconds()) // 60,
        "sign_out": asked,
        "sign_out_open": open_now,
        "sign_out_from": first,
        "sign_out_until": last,
    }
