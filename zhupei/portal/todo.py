"""What waits for somebody, sorted by deadline: the home page of everybody who works here.

Nothing is stored: each line is a row of an app below, asked for through ``visible_to``.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zhupei.classes.models import (
    EFFECTIVE,
    Lesson,
    SecondReading,
    SecondState,
    TrainingClass,
)
from zhupei.classes.models import State as ClassState
from zhupei.core import clock
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.organizations.models import Role
from zhupei.portal.todo_filings import filings_away, own_filings, unread_copies
from zhupei.portal.todo_line import AT_MOST, Todo
from zhupei.questions.models import QuestionSet
from zhupei.questions.models import State as QuestionState
from zhupei.syllabus.models import State as SyllabusState
from zhupei.syllabus.models import Syllabus

SOON = timedelta(days=1)
FRESH = timedelta(days=7)  # how long a filed plan stays on the list of its bureau


def todos(user: Any) -> list[Todo]:
    """Everything that waits for ``user`` in the role they wear, the most urgent first."""
    lines = [line for kind in BY_ROLE.get(user.acting.role, ()) for line in kind(user)]
    far = timezone.now() + timedelta(days=10_000)
    return sorted(lines, key=lambda line: line.due or far)


def reviews(user: Any) -> Iterator[Todo]:
    """Class plans a bureau has to decide on; its clock counts working days, as on the plan. It
    runs on while the region is asked.
    """
    now = timezone.now()
    known = clock.calendar(now)
    plans = TrainingClass.objects.visible_to(user).awaiting_review()
    for plan in plans.select_related("organization")[:AT_MOST]:
        left = clock.left(plan.due_at, now, known)
        asked = plan.state == ClassState.REFERRED
        yield Todo(
            "help-circle" if asked else "calendar-event",
            gettext_lazy("已请示") if asked else gettext_lazy("开班计划"),
            plan.title,
            _("%(number)s，%(organization)s，%(seats)s 人")
            % {"number": plan.number, "organization": plan.organization, "seats": plan.seats},
            _("自治区住建厅答复") if asked else _("培训机构"),
            reverse("classes:detail", args=[plan.pk]),
            gettext_lazy("查看") if asked else gettext_lazy("审核"),
            plan.due_at,
            left.words if left else "",
        )


def filings(user: Any) -> Iterator[Todo]:
    """Plans that took effect by being filed: no decision, a week to look and send back."""
    since = timezone.now() - FRESH
    plans = TrainingClass.objects.visible_to(user).filter(
        state=ClassState.FILED, submitted_at__gt=since, ends_on__gte=timezone.localdate()
    )
    for plan in plans.select_related("organization").order_by("-submitted_at")[:AT_MOST]:
        yield Todo(
            "calendar-event",
            gettext_lazy("新备案"),
            plan.title,
            _("%(number)s，%(organization)s，%(seats)s 人")
            % {"number": plan.number, "organization": plan.organization, "seats": plan.seats},
            _("提交已生效，可以退回"),
            reverse("classes:detail", args=[plan.pk]),
            gettext_lazy("查看"),
        )


def returned_plans(user: Any) -> Iterator[Todo]:
    """Plans the bureau sent back, and drafts nobody has submitted yet."""
    plans = TrainingClass.objects.visible_to(user).filter(
        state__in=[ClassState.RETURNED, ClassState.DRAFT]
    )
    for plan in plans.order_by("-state", "starts_on")[:AT_MOST]:
        returned = plan.state == ClassState.RETURNED
        yield Todo(
            "arrow-back-up" if returned else "edit",
            gettext_lazy("退回补正") if returned else gettext_lazy("草稿"),
            plan.title,
            plan.number or _("还没有提交"),
            _("住建局") if returned else _("本机构"),
            reverse("classes:detail", args=[plan.pk]),
            gettext_lazy("补正") if returned else gettext_lazy("继续"),
        )


def ended_classes(user: Any) -> Iterator[Todo]:
    """Classes whose last day has passed and which nobody has closed."""
    over = TrainingClass.objects.visible_to(user).filter(
        state__in=EFFECTIVE, frozen_since=None, ends_on__lt=timezone.localdate()
    )
    for plan in over.order_by("ends_on")[:AT_MOST]:
        yield Todo(
            "flag",
            gettext_lazy("结班"),
            plan.title,
            str(plan.number),
            _("学员"),
            reverse("classes:detail", args=[plan.pk]),
            gettext_lazy("结班"),
        )


def lessons_today(user: Any) -> Iterator[Todo]:
    """The lessons whose roll one keeps, still to be held today or past midnight, until they end."""
    now = timezone.now()
    lessons = Lesson.objects.visible_to(user).filter(
        starts_at__date__lte=timezone.localdate(),
        ends_at__gt=now,
        training_class__state__in=EFFECTIVE,
        training_class__frozen_since=None,
    )
    if user.acting.role == Role.TEACHER:  # a colleague's lesson is not theirs to open
        lessons = lessons.filter(teacher__person=user.person_id)
    for lesson in lessons.select_related("training_class", "unit", "room")[:AT_MOST]:
        yield Todo(
            "qrcode",
            gettext_lazy("今天上课"),
            lesson.training_class.title,
            f"{lesson.unit.title}，{lesson.room}",
            _("学员"),
            reverse("attendance:roll", args=[lesson.pk]),
            gettext_lazy("签到"),
            lesson.starts_at if lesson.starts_at > now else lesson.ends_at,
        )


SITTING_STEPS = {
    SittingState.DRAFT: gettext_lazy("告知"),
    SittingState.NOTIFIED: gettext_lazy("排座、封卷"),
    SittingState.SEALED: gettext_lazy("查看"),
    SittingState.CLOSED: gettext_lazy("公布成绩"),
}


def sittings(user: Any) -> Iterator[Todo]:
    """Sittings an assessment body still has to bring to their end."""
    open_ones = Sitting.objects.visible_to(user).filter(state__in=list(SITTING_STEPS))
    for sitting in open_ones.select_related("room").order_by("starts_at")[:AT_MOST]:
        yield Todo(
            "clipboard-check",
            gettext_lazy("考核"),
            sitting.title,
            f"{sitting.number or ''} {sitting.room}，{sitting.get_state_display()}".strip(),
            _("考生"),
            reverse("exams:detail", args=[sitting.pk]),
            SITTING_STEPS[SittingState(sitting.state)],
            _due(sitting),
        )


def _due(sitting: Sitting) -> datetime | None:
    """A plan waits until its start, a sealed sitting until it ends; marks have no date set."""
    if sitting.state == SittingState.CLOSED:
        return None
    begun = sitting.state == SittingState.SEALED and sitting.starts_at <= timezone.now()
    return sitting.ends_at if begun else sitting.starts_at


def drafts_of_the_region(user: Any) -> Iterator[Todo]:
    """Syllabi and question sets that are not published yet."""
    syllabi = Syllabus.objects.visible_to(user).filter(state=SyllabusState.DRAFT)
    for syllabus in syllabi.select_related("job")[:AT_MOST]:
        yield Todo(
            "books", gettext_lazy("培训大纲"), str(syllabus), _("起草中"), _("培训机构"),
            reverse("syllabus:detail", args=[syllabus.pk]), gettext_lazy("发布"),
        )  # fmt: skip
    sets = QuestionSet.objects.visible_to(user).filter(state=QuestionState.DRAFT)
    for questions in sets.select_related("job")[:AT_MOST]:
        yield Todo(
            "file-check", gettext_lazy("题库"), questions.title, str(questions.job), _("考核机构"),
            reverse("questions:detail", args=[questions.pk]), gettext_lazy("发布"),
        )  # fmt: skip


def overdue_reviews(user: Any) -> Iterator[Todo]:
    """Plans a bureau has kept past its term: the region is told, nothing is approved by itself."""
    now = timezone.now()
    known = clock.calendar(now)
    late = TrainingClass.objects.visible_to(user).awaiting_review().filter(due_at__lt=now)
    for plan in late.select_related("prefecture")[:AT_MOST]:
        left = clock.left(plan.due_at, now, known)
        yield Todo(
            "alert-triangle",
            gettext_lazy("审核逾期"),
            plan.title,
            str(plan.number),
            str(plan.prefecture),
            reverse("classes:detail", args=[plan.pk]),
            gettext_lazy("查看"),
            plan.due_at,
            left.words if left else "",
        )


def referrals(user: Any) -> Iterator[Todo]:
    """Plans a bureau asks the region about, while the bureau's clock runs."""
    now = timezone.now()
    known = clock.calendar(now)
    asked = TrainingClass.objects.visible_to(user).filter(state=ClassState.REFERRED)
    for plan in asked.select_related("prefecture").order_by("due_at", "pk")[:AT_MOST]:
        left = clock.left(plan.due_at, now, known)
        yield Todo(
            "help-circle",
            gettext_lazy("请示"),
            plan.title,
            str(plan.number),
            str(plan.prefecture),
            reverse("classes:detail", args=[plan.pk]),
            gettext_lazy("答复"),
            plan.due_at,
            left.words if left else "",
        )


def second_readings(user: Any) -> Iterator[Todo]:
    """Approved plans the draw chose to be read again."""
    drawn = SecondReading.objects.visible_to(user).waiting().exclude(first_reader=user)
    related = drawn.select_related("training_class__prefecture", "draw")
    for second in related[:AT_MOST]:
        yield Todo(
            "eye-check",
            gettext_lazy("复读"),
            second.training_class.title,
            str(second.training_class.number),
            str(second.training_class.prefecture),
            reverse("classes:second_reading", args=[second.pk]),
            gettext_lazy("复读"),
        )


def objections(user: Any) -> Iterator[Todo]:
    """Plans of a bureau the region would not have approved: it decides what to do, this week."""
    since = timezone.now() - FRESH
    objected = SecondReading.objects.visible_to(user).filter(
        state=SecondState.OBJECTED, read_at__gt=since, training_class__state=ClassState.APPROVED
    )
    for second in objected.select_related("training_class").order_by("-read_at")[:AT_MOST]:
        yield Todo(
            "alert-triangle",
            gettext_lazy("复读有异议"),
            second.training_class.title,
            str(second.training_class.number),
            _("自治区住建厅"),
            reverse("classes:second_reading", args=[second.pk]),
            gettext_lazy("查看"),
        )


BY_ROLE: dict[str, tuple[Callable[[Any], Iterator[Todo]], ...]] = {
    Role.REVIEWER: (reviews, filings, objections, filings_away, unread_copies),
    Role.REGISTRAR: (returned_plans, own_filings, lessons_today, ended_classes),
    Role.TEACHER: (lessons_today,),
    Role.EXAMINER: (sittings,),
    Role.REGULATOR: (drafts_of_the_region, overdue_reviews, referrals, second_readings),
}


def grouped(lines: list[Todo]) -> list[dict[str, Any]]:
    """The lines by urgency; the first button of the page is the primary one."""
    now = timezone.now()
    tonight = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    groups: dict[str, list[dict[str, Any]]] = {
        _("已逾期"): [], _("今天"): [], _("之后"): [], _("没有时限"): [],
    }  # fmt: skip
    late, today, later, open_end = groups
    for line in lines:
        if line.due is None:
            label, tone = open_end, ""
        elif line.due < now:
            label, tone = late, "late"
        elif line.due <= tonight:
            label, tone = today, "soon"
        else:
            label, tone = later, ""
        groups[label].append(_row(line, now, tone))
    filled = [{"label": label, "items": items} for label, items in groups.items() if items]
    if filled:
        filled[0]["items"][0]["primary"] = True  # type: ignore[index]  # a list of rows
    return filled


def late(lines: list[Todo]) -> int:
    """How many are past their deadline."""
    now = timezone.now()
    return sum(line.due is not None and line.due < now for line in lines)


def _row(line: Todo, now: datetime, tone: str) -> dict[str, Any]:
    names = ("icon", "kind", "title", "note", "who", "url", "due", "step")
    row = {name: getattr(line, name) for name in names}
    left = line.left or time_left(line.due, now)
    return row | {"tone": tone, "left": left, "primary": False}


def time_left(due: datetime | None, now: datetime) -> str:
    """How long until ``due``, in the largest unit that says something."""
    if due is None:
        return "—"
    late = due < now
    minutes = int(abs(due - now).total_seconds() // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        text = ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}
    elif hours:
        text = _("%(h)s 小时 %(m)s 分") % {"h": hours, "m": minutes % 60}
    else:
        text = _("%(m)s 分钟") % {"m": minutes}
    return (_("逾期 %(time)s") if late else _("剩 %(time)s")) % {"time": text}
