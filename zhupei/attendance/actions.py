"""Signing in to a lesson, and correcting the roll."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhupei.attendance import parameters as p
from zhupei.attendance import rules
from zhupei.attendance.events import AttendanceEvent
from zhupei.attendance.models import Attendance, Method
from zhupei.classes.access import may_keep_roll
from zhupei.classes.models import Enrolment, EnrolmentState, Lesson
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.people.models import User

SEEN_LASTS = timedelta(minutes=5)  # time to sign in to the site after scanning


def screen_secret() -> bytes:
    """The key of all codes on screens; a code is derived, never stored."""
    return f"attendance:{settings.SECRET_KEY}".encode()


def code_now(lesson: Lesson, moment: datetime) -> str:
    """What the room's screen shows at ``moment``."""
    every = value(p.CODE_SECONDS)
    return rules.code_for(screen_secret(), lesson.pk, moment, every=every)


@transaction.atomic
def sign_in(lesson: Lesson, *, by: User, code: str, seen_at: datetime | None = None) -> Attendance:
    """A learner signs in with the code on the room's screen.

    ``seen_at`` is when a scanned code reached the server, for those who had to log in first; a
    typed code is judged now. Signing in twice changes nothing.

    Raises NotAllowed when ``by`` is not enrolled; Refused "not_open_yet", "lesson_over",
    "code_wrong", "seen_too_long_ago".

    Source: Measures, art. 13 (strict attendance).
    """
    now = timezone.now()
    enrolment = _enrolment(lesson, by)
    _check_time(lesson, now)
    moment = seen_at or now
    if now - moment > SEEN_LASTS:
        raise Refused("seen_too_long_ago", _("扫码已超过 5 分钟，请再扫一次。"), field="code")
    every, margin = value(p.CODE_SECONDS), value(p.CODE_MARGIN)
    if not rules.code_is_right(
        code, screen_secret(), lesson.pk, moment, every=every, margin=margin
    ):
        raise Refused(
            "code_wrong",
            _("这个码不是“%(lesson)s”现在的码。码每 %(every)s 秒换一次，请看屏幕再输一次。"),
            field="code",
            lesson=lesson.training_class,
            every=every,
        )
    return _enter(lesson, enrolment, by=by, arrived_at=moment, scanned=seen_at is not None)


def _enrolment(lesson: Lesson, user: User) -> Enrolment:
    mine = Enrolment.objects.filter(
        training_class=lesson.training_class_id,
        person=user.person_id,
        state=EnrolmentState.ENROLLED,
    )
    found = mine.select_related("person", "training_class").first()
    if user.person_id is None or found is None:
        raise NotAllowed("not_enrolled", _("您不在这个班的名单里，不能签到。请与班级教务联系。"))
    return found


def _opens(lesson: Lesson) -> datetime:
    return rules.sign_in_opens(lesson.starts_at, minutes_before=value(p.OPENS_BEFORE))


def _check_time(lesson: Lesson, now: datetime) -> None:
    opens = _opens(lesson)
    if now < opens:
        raise Refused(
            "not_open_yet",
            _("签到 %(time)s（北京时间）开放，到时再扫一次就行。"),
            field="code",
            time=date_format(timezone.localtime(opens), "n月j日 H:i"),
        )
    if now > lesson.ends_at:
        raise Refused(
            "lesson_over", _("这节课已经结束，不能再签到。确实在场的，请教师更正。"), field="code"
        )


def _enter(
    lesson: Lesson, enrolment: Enrolment, *, by: User, arrived_at: datetime, scanned: bool
) -> Attendance:
    method = Method.SCAN if scanned else Method.TYPED
    row, entered = Attendance.objects.get_or_create(
        lesson=lesson,
        enrolment=enrolment,
        defaults={
            "method": method,
            "arrived_at": arrived_at,
            "credited_seconds": _credit(lesson, arrived_at, None),
        },
    )
    if entered:
        facts = {"lesson": str(lesson), "method": str(method.label)}
        audit.record(
            AttendanceEvent.SIGNED_IN, enrolment, by=by, within=lesson.training_class, **facts
        )
    return row


def _credit(lesson: Lesson, arrived_at: datetime | None, left_at: datetime | None) -> int:
    late_after = value(p.LATE_AFTER, prefecture=lesson.training_class.prefecture_id)
    return rules.credited_seconds(
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        arrived_at=arrived_at,
        left_at=left_at,
        grace=timedelta(minutes=late_after),
    )


@transaction.atomic
def correct(
    lesson: Lesson,
    enrolment: Enrolment,
    *,
    by: User,
    arrived_at: datetime | None,
    left_at: datetime | None = None,
    note: str,
) -> Attendance:
    """The teacher or registrar says what really happened; the learner is told.

    ``arrived_at`` None means absent. Raises NotAllowed; Refused "note_required", "wrong_class",
    "lesson_not_begun", "outside_the_lesson", "left_before_arriving".

    Source: Measures, art. 13; notice, part 2, section 2 (signatures on rolls are not rigorous).
    """
    if not may_keep_roll(by, lesson):
        raise NotAllowed("not_allowed", _("只有任课教师和本机构教务能更正这节课的考勤。"))
    _check_correction(lesson, enrolment, arrived_at, left_at, note)
    row = Attendance.objects.select_for_update().filter(lesson=lesson, enrolment=enrolment).first()
    before = describe(row.arrived_at, row.left_at) if row else describe(None, None)
    row = row or Attendance(lesson=lesson, enrolment=enrolment)
    row.method, row.corrected = Method.TEACHER, True
    row.arrived_at, row.left_at = arrived_at, left_at if arrived_at else None
    row.credited_seconds = _credit(lesson, row.arrived_at, row.left_at)
    row.save()
    after = describe(row.arrived_at, row.left_at)
    facts: dict[str, str | int] = {
        "learner": str(enrolment.person),
        "lesson": str(lesson),
        "note": note.strip(),
    }
    facts |= {"before": before, "after": after, "credited_seconds": row.credited_seconds}
    audit.record(AttendanceEvent.CORRECTED, enrolment, by=by, within=lesson.training_class, **facts)
    messages.tell(
        User.objects.filter(person=enrolment.person_id),
        str(_("您的考勤有更正")),
        body=f"{lesson}：{before} → {after}（{note.strip()}）",
        url=f"/attendance/hours/{enrolment.pk}/",
    )
    return row


def _check_correction(
    lesson: Lesson,
    enrolment: Enrolment,
    arrived_at: datetime | None,
    left_at: datetime | None,
    note: str,
) -> None:
    if not note.strip():
        raise Refused("note_required", _("请写明为什么更正，学员会看到。"), field="note")
    if enrolment.training_class_id != lesson.training_class_id:
        raise Refused("wrong_class", _("这名学员不在这个班。"))
    if timezone.now() < lesson.starts_at:
        raise Refused("lesson_not_begun", _("这节课还没开始，没有可更正的考勤。"))
    opens = _opens(lesson)
    if arrived_at and not opens <= arrived_at <= lesson.ends_at:
        raise Refused(
            "outside_the_lesson",
            _("到达时间应在 %(first)s 到 %(last)s 之间（北京时间）。"),
            field="arrived_at",
            first=f"{timezone.localtime(opens):%H:%M}",
            last=f"{timezone.localtime(lesson.ends_at):%H:%M}",
        )
    if arrived_at and left_at and left_at < arrived_at:
        raise Refused("left_before_arriving", _("离开时间早于到达时间，请检查。"), field="left_at")


def describe(arrived_at: datetime | None, left_at: datetime | None) -> str:
    """A row of the roll in words: 缺勤, 08:55 到, 09:20 到 11:00 离开."""
    if arrived_at is None:
        return "缺勤"
    words = f"{timezone.localtime(arrived_at):%H:%M} 到"
    return words + (f" {timezone.localtime(left_at):%H:%M} 离开" if left_at else "")
