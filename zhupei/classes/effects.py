"""What other figures would mean for the class plans there are."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from zhupei.classes import parameters
from zhupei.classes.models import EFFECTIVE, Lesson, LessonKind, Mode, State, TrainingClass
from zhupei.classes.rules.timetable import SECONDS_PER_HOUR
from zhupei.core.effects import Change, named

NOT_YET = (State.DRAFT, State.RETURNED)  # judged when they are submitted
OPEN = (*NOT_YET, State.SUBMITTED, State.REFERRED)  # judged until they are decided


def _plans(change: Change, states: Iterable[str]) -> QuerySet[TrainingClass]:
    return change.here(TrainingClass.objects.filter(state__in=states))


def mode(change: Change) -> list[str]:
    """Plans already handed in stay with the way they were taken."""
    waiting = _plans(change, (State.SUBMITTED, State.REFERRED)).count()
    to_come = _plans(change, NOT_YET).count()
    after = {
        Mode.FILING: _("%(count)s 份还没提交的计划，到时提交即备案，不再等审核。"),
        Mode.APPROVAL: _("%(count)s 份还没提交的计划，到时要等审核通过才能开班。"),
    }
    return [
        _("%(count)s 份待审计划仍按提交时的方式审完。") % {"count": waiting},
        after[Mode(change.value)] % {"count": to_come},
    ]


def review_workdays(change: Change) -> list[str]:
    """Deadlines are set when a plan is submitted."""
    waiting = _plans(change, (State.SUBMITTED, State.REFERRED)).count()
    to_come = _plans(change, NOT_YET).count()
    return [
        _("%(count)s 份待审计划仍按原时限。") % {"count": waiting},
        _("%(count)s 份还没提交的计划，提交后须在 %(days)s 个工作日内审完（现为 %(before)s 个）。")
        % {"count": to_come, "days": change.value, "before": change.before},
    ]


def teachers(change: Change) -> list[str]:
    """Open plans with fewer teachers than would be asked for."""
    counted = (
        Lesson.objects.filter(training_class=OuterRef("pk"))
        .order_by()
        .values("training_class")
        .annotate(n=Count("teacher", distinct=True))
        .values("n")
    )
    plans = _plans(change, OPEN).annotate(teachers=Subquery(counted))
    return _short(
        change,
        plans.filter(teachers__lt=change.value),
        _("%(schools)s 家机构的 %(count)s 份计划任课教师不足 %(value)s 人：%(names)s。"),
    )


def daily_hours(change: Change) -> list[str]:
    """Open plans with a day longer than would be allowed."""
    days = (
        change.here(
            Lesson.objects.filter(training_class__state__in=OPEN), "training_class__prefecture"
        )
        .annotate(day=TruncDate("starts_at"))
        .values("training_class", "day")
        .annotate(taught=Sum(F("ends_at") - F("starts_at")))
        .order_by()
    )
    limit = change.value * SECONDS_PER_HOUR
    over = {row["training_class"] for row in days if row["taught"].total_seconds() > limit}
    return _short(
        change,
        TrainingClass.objects.filter(pk__in=over),
        _("%(schools)s 家机构的 %(count)s 份计划有一天排课超过 %(value)s 学时：%(names)s。"),
    )


def learners_per_station(change: Change) -> list[str]:
    """Open plans with more people than the stations they practise at would serve."""
    practice = Lesson.objects.filter(
        training_class=OuterRef("pk"), kind=LessonKind.PRACTICE
    ).order_by("room__stations")
    plans = _plans(change, OPEN).annotate(fewest=Subquery(practice.values("room__stations")[:1]))
    return _short(
        change,
        plans.filter(seats__gt=F("fewest") * change.value),
        _("%(schools)s 家机构的 %(count)s 份计划工位不够（每工位 %(value)s 人）：%(names)s。"),
    )


def _short(change: Change, plans: QuerySet[TrainingClass], words: str) -> list[str]:
    """Who would no longer comply, and that what was decided stays decided."""
    rows = plans.values_list("organization", "organization__name")
    schools = dict(rows.distinct().order_by("organization__name"))
    said: dict[str, Any] = {
        "schools": len(schools),
        "count": rows.count(),
        "value": change.value,
        "names": named(list(schools.values())),
    }
    fixed = _plans(change, EFFECTIVE).count()
    first = words % said if schools else _("还没提交和待审的计划都符合新的值。")
    return [first, _("已通过和已备案的 %(count)s 个班不受影响。") % {"count": fixed}]


EFFECTS = {
    parameters.MODE.key: mode,
    parameters.REVIEW_WORKDAYS.key: review_workdays,
    parameters.TEACHERS.key: teachers,
    parameters.DAILY_HOURS.key: daily_hours,
    parameters.LEARNERS_PER_STATION.key: learners_per_station,
}
