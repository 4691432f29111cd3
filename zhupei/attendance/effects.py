"""What other figures would mean for the lessons to come."""

from datetime import datetime, time, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.attendance import parameters
from zhupei.attendance.models import Attendance
from zhupei.classes.models import EFFECTIVE, Lesson
from zhupei.core.effects import Change

LOOKED_BACK = timedelta(days=30)


def _to_come(change: Change) -> QuerySet[Lesson]:
    first = timezone.make_aware(datetime.combine(change.valid_from, time.min))
    lessons = Lesson.objects.filter(starts_at__gte=first, training_class__state__in=EFFECTIVE)
    return change.here(lessons, "training_class__prefecture")


def late_after(change: Change) -> list[str]:
    """The sign-ins of the last month, judged by both figures."""
    lately = change.here(
        Attendance.objects.filter(lesson__starts_at__gte=timezone.now() - LOOKED_BACK),
        "lesson__training_class__prefecture",
    )
    late = {
        minutes: lately.filter(
            arrived_at__gt=F("lesson__starts_at") + timedelta(minutes=minutes)
        ).count()
        for minutes in (change.before, change.value)
    }
    return [
        _("最近 30 天的 %(count)s 人次签到里，按新的值有 %(after)s 人次算迟到（现在 %(before)s）。")
        % {
            "count": lately.count(),
            "after": late[change.value],
            "before": late[change.before],
        },
        _coming(change),
    ]


def opens_before(change: Change) -> list[str]:
    """When the door opens."""
    return [
        _coming(change),
        _("签到在上课前 %(value)s 分钟开放（现为 %(before)s 分钟）。")
        % {"value": change.value, "before": change.before},
    ]


def code_seconds(change: Change) -> list[str]:
    """How long a code photographed in the room can be used elsewhere."""
    return [
        _coming(change),
        _("屏幕每 %(value)s 秒换一次码（现为 %(before)s 秒）：照片传出去最多还能用这么久。")
        % {"value": change.value, "before": change.before},
    ]


def _coming(change: Change) -> str:
    words = _("从那天起要上的 %(count)s 节课按新的值，已上的课不重算。")
    return words % {"count": _to_come(change).count()}


EFFECTS = {
    parameters.LATE_AFTER.key: late_after,
    parameters.OPENS_BEFORE.key: opens_before,
    parameters.CODE_SECONDS.key: code_seconds,
}
