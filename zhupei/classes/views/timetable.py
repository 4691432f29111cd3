"""The timetable: a grid week by week for those who write it, a list for everybody else."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.classes import plan_facts, precheck
from zhupei.classes.access import may_change, may_keep_roll, may_plan
from zhupei.classes.actions import rescheduling
from zhupei.classes.actions import timetable as actions
from zhupei.classes.actions.shared import version_of
from zhupei.classes.forms import EMPTY_ROWS, LessonFormSet, Parts, WishesForm, row_of
from zhupei.classes.models import EFFECTIVE, Lesson, LessonKind, State, TrainingClass
from zhupei.classes.rules.plan import room_clashes, teacher_clashes
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.plan import UNPROCESSABLE, returned
from zhupei.core.errors import NotAllowed, Refused

WEEK = timedelta(days=7)
SHOWN = 5  # clashes told above the grid


@login_required
@require_http_methods(["GET", "POST"])
def timetable(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the timetable, or take one week of it as it was written."""
    found = load(request, pk)
    if not may_change(me(request), found) and not _was_writing(request, found):
        return _read(request, found)
    monday = monday_of(request, found)
    parts = Parts(found, me(request))
    if request.method == "GET":
        return written(request, found, parts)
    rows: Any = LessonFormSet(_grown(request), prefix="rows", form_kwargs={"parts": parts})
    if "more" not in request.POST and rows.is_valid() and _saved(request, found, monday, rows):
        return redirect(_address(found, _week_to_show(monday, rows.lessons())))
    return written(request, found, parts, rows=rows)


@login_required
@require_POST
def lay_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the whole timetable from the syllabus."""
    found, user = load(request, pk), me(request)
    parts = Parts(found, user)
    form = WishesForm(request.POST, prefix="wishes", parts=parts)
    if form.is_valid():
        try:
            actions.lay_out(found, by=user, wishes=actions.Wishes(**form.wishes()))
        except Refused as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            refusal.beside(form)
        else:
            messages.success(request, _("已按大纲排好课程表，可以逐节修改。"))
            return redirect("classes:timetable", found.pk)
    return written(request, found, parts, wishes=form)


def _was_writing(request: HttpRequest, found: TrainingClass) -> bool:
    """Somebody who plans the class sends rows that can no longer be stored: they see them again,
    and why. Raises NotAllowed for anybody else who sends some.
    """
    if request.method == "POST" and not may_plan(me(request), found):
        raise NotAllowed("not_allowed", _("这份计划只有本机构教务员能修改。"))
    return request.method == "POST"


def _saved(request: HttpRequest, found: TrainingClass, monday: date, rows: Any) -> bool:
    """Store the week; a refusal goes to the top of the grid and nothing typed is lost."""
    between = (monday, monday + WEEK - timedelta(days=1))
    seen = int(said) if (said := request.POST.get("seen", "")).isdecimal() else None
    lessons = rows.lessons()
    try:
        actions.set_timetable(found, by=me(request), lessons=lessons, between=between, seen=seen)
    except Refused as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        rows.refusal = str(refusal)
        rows.others = _not_typed(found, between, lessons)
        return False
    messages.success(request, _("这一周的课程表已保存。"))
    return True


def _not_typed(
    found: TrainingClass, between: tuple[date, date], lessons: list[dict[str, Any]]
) -> list[Lesson]:
    """The lessons of these days that are stored and not among those just typed."""
    typed = {(one["starts_at"], one["teacher"].pk, one["unit"].pk) for one in lessons}
    stored = found.lessons.select_related("unit", "teacher__person", "room").filter(
        starts_at__date__range=between
    )
    return [one for one in stored if (one.starts_at, one.teacher_id, one.unit_id) not in typed]


def _grown(request: HttpRequest) -> QueryDict:
    """What was posted, with empty rows added when more were asked for."""
    if "more" not in request.POST:
        return request.POST
    data = request.POST.copy()
    said = data.get("rows-TOTAL_FORMS", "")
    count = int(said) if said.isdecimal() else 0
    data["rows-TOTAL_FORMS"] = str(count + EMPTY_ROWS)
    for row in range(count, count + EMPTY_ROWS):  # as a new row comes: nothing but the usual kind
        data[f"rows-{row}-kind"] = LessonKind.THEORY
    return data


def written(
    request: HttpRequest,
    found: TrainingClass,
    parts: Parts,
    *,
    rows: Any = None,
    wishes: Any = None,
    judged: dict[str, Any] | None = None,
) -> HttpResponse:
    """The grid of one week, as it is stored or as it was typed; ``judged`` is its pre-check."""
    monday = monday_of(request, found)
    status = UNPROCESSABLE if _wrong(rows) or _wrong(wishes) else 200
    lessons = plan_facts.lessons_of(found)
    here = [x for x in lessons if _week_of(timezone.localdate(x.starts_at)) == monday]
    if rows is None:
        first = [row_of(lesson) for lesson in here]
        rows = LessonFormSet(prefix="rows", initial=first, form_kwargs={"parts": parts})
    first_wishes = {"first_day": found.starts_on, "room": found.room_id}
    context = frame(request, found, "timetable") | {
        "rows": rows,
        "weeks": _weeks(found, lessons, monday),
        "monday": monday,
        **_judged(found, lessons, parts.units.values()),
        "wishes": wishes or WishesForm(prefix="wishes", parts=parts, initial=first_wishes),
        "lay_out_open": wishes is not None or not lessons,
        "returned": [x for x in returned(found) if x["field"] in ("timetable", "teachers")],
        "seen": version_of(found),
        "check_url": reverse("classes:check_week", args=[found.pk]) + f"?week={monday:%Y-%m-%d}",
        **(judged or {}),
    }
    return render(request, "classes/timetable.html", context, status=status)


def _judged(found: TrainingClass, lessons: list[Lesson], units: Any) -> dict[str, Any]:
    """Hours by unit, and who is in two places."""
    planned = [plan_facts.planned_lesson(found, lesson) for lesson in lessons]
    clashes = [*teacher_clashes(planned), *room_clashes(planned)]
    return {
        "bars": precheck.bars(plan_facts.units_of(units), planned),
        "clashes": clashes[:SHOWN],
    }


def _wrong(form: Any) -> bool:
    return form is not None and (not form.is_valid() or bool(getattr(form, "refusal", "")))


def _read(request: HttpRequest, found: TrainingClass) -> HttpResponse:
    lessons = plan_facts.lessons_of(found)
    days: dict[date, list[Lesson]] = {}
    for lesson in lessons:
        days.setdefault(timezone.localdate(lesson.starts_at), []).append(lesson)
    context = frame(request, found, "timetable") | {
        "days": [{"day": day, "lessons": held} for day, held in days.items()],
        "kept": _kept(request, found, lessons),
        **_movable(request, found, lessons),
        **_judged(found, lessons, found.syllabus.units.all()),
    }
    return render(request, "classes/timetable_read.html", context)


def _movable(
    request: HttpRequest, found: TrainingClass, lessons: list[Lesson]
) -> dict[str, set[int]]:
    """The lessons the registrar may still change: those to come, and those nobody held because
    the class stood still.
    """
    if not found.in_effect or not may_plan(me(request), found):
        return {"movable": set(), "lost": set()}
    now = timezone.now()
    lost = rescheduling.lost(found, [lesson for lesson in lessons if lesson.starts_at <= now])
    return {"movable": {x.pk for x in lessons if x.starts_at > now} | lost, "lost": lost}


def _kept(request: HttpRequest, found: TrainingClass, lessons: list[Lesson]) -> set[int]:
    """The lessons whose roll this person keeps, once the class may be held."""
    if found.state not in {*EFFECTIVE, State.FINISHED}:
        return set()
    return {lesson.pk for lesson in lessons if may_keep_roll(me(request), lesson)}


# Weeks


def _week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def monday_of(request: HttpRequest, found: TrainingClass) -> date:
    """The week asked for; else the first one with lessons, else the first one of the class."""
    try:
        asked = parse_date(request.GET.get("week", ""))
    except ValueError:
        asked = None
    if asked:
        return _week_of(asked)
    first = found.lessons.order_by("starts_at").first()
    return _week_of(timezone.localdate(first.starts_at) if first else found.starts_on)


def _week_to_show(monday: date, saved: list[dict[str, Any]]) -> date:
    """The week just written, or where its lessons went when all of them left it."""
    weeks = {_week_of(timezone.localdate(lesson["starts_at"])) for lesson in saved}
    return monday if monday in weeks or not weeks else min(weeks)


def _address(found: TrainingClass, monday: date) -> str:
    return reverse("classes:timetable", args=[found.pk]) + f"?week={monday:%Y-%m-%d}"


def _weeks(found: TrainingClass, lessons: list[Lesson], current: date) -> list[dict[str, Any]]:
    """Every week of the class, and those outside of it that have lessons."""
    mondays = {_week_of(timezone.localdate(lesson.starts_at)) for lesson in lessons} | {current}
    monday = _week_of(found.starts_on)
    while monday <= found.ends_on:
        mondays.add(monday)
        monday += WEEK
    seconds: dict[date, int] = dict.fromkeys(mondays, 0)
    for lesson in lessons:
        seconds[_week_of(timezone.localdate(lesson.starts_at))] += lesson.seconds
    return [
        {
            "monday": monday,
            "sunday": monday + WEEK - timedelta(days=1),
            "seconds": seconds[monday],
            "url": _address(found, monday),
            "current": monday == current,
        }
        for monday in sorted(mondays)
    ]
