"""A learner signs in to a lesson, and out of it where that is asked for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhupei.attendance import parameters as p
from zhupei.attendance import rules
from zhupei.attendance.actions.shared import check_in_effect, credit, opens
from zhupei.attendance.events import AttendanceEvent
from zhupei.attendance.models import Attendance, Method
from zhupei.attendance.parameters import Figures
from zhupei.classes.models import Enrolment, EnrolmentState, Lesson
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.people.models import User

SEEN_LASTS = timedelta(minutes=5)  # time to sign in to the site after scanning
LOOK_BACK = 30  # minutes in which a dead code is recognised as one

# One phone at a time: two sign-ins from it at the same moment would each see no other.
ONE_PHONE = "SELECT pg_advisory_xact_lock(hashtextextended(%(phone)s, %(lesson)s))"


def screen_secret() -> bytes:
    """The key of all codes on screens; a code is derived, never stored."""
    return f"attendance:{settings.SECRET_KEY}".encode()


def code_now(lesson: Lesson, moment: datetime) -> str:
    """What the room's screen shows at ``moment``."""
    every = value(p.CODE_SECONDS)
    return rules.code_for(screen_secret(), lesson.pk, moment, every=every)


@transaction.atomic
def sign_in(
    lesson: Lesson, *, by: User, code: str, seen_at: datetime | None = None, device: str = ""
) -> Attendance:
    """A learner signs in with the code on the room's screen.

    ``seen_at`` is when a scanned code reached the server, for those who had to log in first; a
    typed code is judged now. ``device`` tells phones apart: from a phone that others used in this
    lesson a sign-in is kept, but waits for the teacher. Signing in twice changes nothing.

    Raises NotAllowed when ``by`` is not enrolled; Refused "class_frozen", "class_not_in_effect",
    "not_open_yet", "lesson_over", "code_wrong", "code_old", "seen_too_long_ago", "set_absent".

    Source: Measures, art. 13 (strict attendance).
    """
    now = timezone.now()
    enrolment = _enrolment(lesson, by)
    check_in_effect(lesson.training_class)
    figures = p.figures(lesson.training_class.prefecture_id)
    _check_time(lesson, now, figures)
    moment = seen_at or now
    _check_code(lesson, code, moment, now, figures)
    row = _line(lesson, enrolment) or Attendance(lesson=lesson, enrolment=enrolment)
    if row.signed_at is not None:
        return row
    if row.corrected and row.arrived_at is None:
        raise Refused(
            "set_absent",
            _("这节课您已被更正为缺勤，扫码不再改变记录。您如果在教室，请现在告诉教师。"),
            field="code",
        )
    return _enter(row, figures, by=by, moment=moment, scanned=bool(seen_at), device=device)


@transaction.atomic
def sign_out(lesson: Lesson, *, by: User, code: str, seen_at: datetime | None = None) -> Attendance:
    """A learner signs out at the end, where the prefecture asks for it. Doing it twice is once.

    Raises NotAllowed; Refused "no_sign_out", "not_signed_in", "sign_out_not_open",
    "sign_out_over", "code_wrong", "code_old", "seen_too_long_ago".

    Source: Measures, art. 13 (strict attendance).
    """
    now = timezone.now()
    enrolment = _enrolment(lesson, by)
    figures = p.figures(lesson.training_class.prefecture_id)
    row = _line(lesson, enrolment)
    _check_sign_out(lesson, row, now, figures)
    moment = seen_at or now
    _check_code(lesson, code, moment, now, figures)
    assert row is not None
    if row.signed_out_at is None:
        row.signed_out_at = moment
        row.save(update_fields=["signed_out_at"])
        within = lesson.training_class
        audit.record(
            AttendanceEvent.SIGNED_OUT, enrolment, by=by, within=within, lesson=str(lesson)
        )
    return row


def sign_out_window(lesson: Lesson, figures: Figures) -> tuple[datetime, datetime]:
    """Between which moments people sign out."""
    before, after = figures.sign_out_before, figures.sign_out_after
    return lesson.ends_at - timedelta(minutes=before), lesson.ends_at + timedelta(minutes=after)


def _check_sign_out(
    lesson: Lesson, row: Attendance | None, now: datetime, figures: Figures
) -> None:
    if figures.sign_out != "yes":
        raise Refused("no_sign_out", _("这节课不用签退，下课就可以走。"), field="code")
    if row is None or row.arrived_at is None:
        raise Refused(
            "not_signed_in", _("您还没有签到，不能签退。确实在场的，请告诉教师。"), field="code"
        )
    first, last = sign_out_window(lesson, figures)
    if now < first:
        raise Refused(
            "sign_out_not_open",
            _("签退 %(time)s（北京时间）开放。要提前离开，请告诉教师登记。"),
            field="code",
            time=f"{timezone.localtime(first):%H:%M}",
        )
    if now > last:
        raise Refused(
            "sign_out_over",
            _("签退已在 %(time)s（北京时间）截止。学时照记，等教师确认您上到下课。"),
            field="code",
            time=f"{timezone.localtime(last):%H:%M}",
        )


def _enrolment(lesson: Lesson, user: User) -> Enrolment:
    mine = Enrolment.objects.filter(
        training_class=lesson.training_class_id,
        person=user.person_id,
        state=EnrolmentState.ENROLLED,
    )
    found = mine.select_related("person", "training_class").first()
    if user.person_id is None or found is None:
        raise NotAllowed("not_enrolled", _("您不在这个班的名单里，不能签到。请与班级教务联系。"))
    lesson.training_class = found.training_class
    return found


def _check_time(lesson: Lesson, now: datetime, figures: Figures) -> None:
    first = opens(lesson, figures)
    if now < first:
        raise Refused(
            "not_open_yet",
            _("签到 %(time)s（北京时间）开放，到时再扫一次就行。"),
            field="code",
            time=date_format(timezone.localtime(first), "n月j日 H:i"),
        )
    if now > lesson.ends_at:
        raise Refused(
            "lesson_over", _("这节课已经结束，不能再签到。确实在场的，请教师更正。"), field="code"
        )


def _check_code(
    lesson: Lesson, code: str, moment: datetime, now: datetime, figures: Figures
) -> None:
    if now - moment > SEEN_LASTS:
        raise Refused("seen_too_long_ago", _("扫码已超过 5 分钟，请再扫一次。"), field="code")
    every, secret = figures.code_seconds, screen_secret()
    if rules.code_is_right(
        code, secret, lesson.pk, moment, every=every, margin=figures.code_margin
    ):
        return
    minutes = rules.minutes_old(code, secret, lesson.pk, moment, every=every, back=LOOK_BACK)
    if minutes is not None:
        raise Refused(
            "code_old",
            _(
                "这是 %(minutes)s 分钟以内的旧码，已经失效：码每 %(every)s 秒换一次，照片和转发的码"
                "不能签到。请对着教室屏幕再扫一次；人在教室却扫不上的，请教师登记。"
            ),
            field="code",
            minutes=minutes,
            every=every,
        )
    raise Refused(
        "code_wrong",
        _("这个码不是“%(lesson)s”现在的码。码每 %(every)s 秒换一次，请看屏幕再输一次。"),
        field="code",
        lesson=lesson.training_class,
        every=every,
    )


def _line(lesson: Lesson, enrolment: Enrolment) -> Attendance | None:
    """The learner's line of the roll, locked, if there is one."""
    rows = Attendance.objects.select_for_update()
    row = rows.filter(lesson=lesson, enrolment=enrolment).first()
    if row is not None:
        row.lesson, row.enrolment = lesson, enrolment
    return row


def _enter(
    row: Attendance,
    figures: Figures,
    *,
    by: User,
    moment: datetime,
    scanned: bool,
    device: str,
) -> Attendance:
    """Write what the learner's own sign-in says; an earlier arrival on the roll stays."""
    lesson, method = row.lesson, Method.SCAN if scanned else Method.TYPED
    others = _others(lesson, row, device)
    row.signed_at, row.device = moment, device
    if row.arrived_at is None or moment < row.arrived_at:
        row.arrived_at, row.method = moment, method
        row.waiting = rules.waits(others, accepted=figures.per_phone)
    row.credited_seconds = credit(lesson, row, figures)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same learner's other phone was quicker
        return Attendance.objects.get(lesson=lesson, enrolment=row.enrolment)
    event = AttendanceEvent.HELD if row.waiting else AttendanceEvent.SIGNED_IN
    facts: dict[str, str | int] = {"lesson": str(lesson), "method": str(method.label)}
    facts |= {"others": others} if row.waiting else {}
    audit.record(event, row.enrolment, by=by, within=lesson.training_class, **facts)
    return row


def _others(lesson: Lesson, row: Attendance, device: str) -> int:
    """How many other people signed in to this lesson from the same phone."""
    if not device:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(ONE_PHONE, {"phone": device, "lesson": lesson.pk})
    same = Attendance.objects.filter(lesson=lesson, device=device)
    return same.exclude(enrolment=row.enrolment).count()
