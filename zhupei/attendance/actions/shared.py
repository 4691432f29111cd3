"""What several verbs need: the credit of a line, a line in words, whether a class goes on."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance import rules
from zhupei.attendance.models import Attendance
from zhupei.attendance.parameters import Figures
from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core import messages
from zhupei.core.errors import Refused
from zhupei.people.models import User


def credit(lesson: Lesson, row: Attendance, figures: Figures) -> int:
    """The seconds the rule gives for a line; none while it waits for the teacher."""
    if row.waiting:
        return 0
    return rules.credited_seconds(
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        grace=timedelta(minutes=figures.late_after),
        leave_grace=timedelta(minutes=figures.early_leave),
    )


def opens(lesson: Lesson, figures: Figures) -> datetime:
    """From when on people may sign in."""
    return rules.sign_in_opens(lesson.starts_at, minutes_before=figures.opens_before)


def check_in_effect(training_class: TrainingClass) -> None:
    """Nobody earns hours in a class that must not be held.

    Raises Refused "class_frozen" (its institution is suspended) or "class_not_in_effect".
    """
    if training_class.frozen_since is not None:
        raise Refused(
            "class_frozen",
            _("“%(thing)s”已暂停：培训机构正在停业整顿，暂停期间不记考勤。恢复上课会通知您。"),
            field="code",
            thing=training_class,
        )
    if not training_class.in_effect:
        raise Refused(
            "class_not_in_effect",
            _("“%(thing)s”现在是“%(state)s”，不能签到。请与班级教务联系。"),
            field="code",
            thing=training_class,
            state=training_class.get_state_display(),
        )


def describe(arrived_at: datetime | None, left_at: datetime | None) -> str:
    """A row of the roll in words: 缺勤, 08:55 到, 09:20 到 11:00 离开."""
    if arrived_at is None:
        return "缺勤"
    words = f"{timezone.localtime(arrived_at):%H:%M} 到"
    return words + (f" {timezone.localtime(left_at):%H:%M} 离开" if left_at else "")


def tell_learner(row: Attendance, title: str, body: str) -> None:
    """A line in the learner's inbox, leading to their hours."""
    messages.tell(
        User.objects.filter(person=row.enrolment.person_id),
        title,
        body=body,
        url=f"/attendance/hours/{row.enrolment_id}/",
    )
