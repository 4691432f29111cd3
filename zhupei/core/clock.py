"""How long is left, in words: working days while there are days, hours on the last one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core import workdays

AHEAD = timedelta(days=90)  # for which days the calendar is asked


@dataclass(frozen=True)
class Left:
    """Time to a deadline. ``tone`` is late, soon or empty, as the to-do list wants it."""

    words: str
    tone: str
    due: datetime


def calendar(now: datetime) -> dict[date, bool]:
    """The working days around ``now``, asked once for a whole list."""
    today = timezone.localdate(now)
    return workdays.exceptions(today - AHEAD, today + AHEAD)


def left(due: datetime | None, now: datetime, known: dict[date, bool]) -> Left | None:
    """What to say of a deadline at ``now``."""
    if due is None:
        return None
    today, last = timezone.localdate(now), timezone.localdate(due)
    if now > due:
        days = workdays.workdays_between(last, today, known)
        late = _("逾期 %(days)d 个工作日") % {"days": days} if days else _("今天已过时限")
        return Left(late, "late", due)
    if today == last:
        hours, minutes = divmod(int((due - now).total_seconds()) // 60, 60)
        facts = {"hours": hours, "minutes": minutes}
        return Left(_("剩 %(hours)d 小时 %(minutes)d 分") % facts, "soon", due)
    days = workdays.workdays_between(today, last, known)
    tone = "soon" if days <= 1 else ""
    return Left(_("剩 %(days)d 个工作日") % {"days": days}, tone, due)
