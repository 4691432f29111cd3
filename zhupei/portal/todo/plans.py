"""What waits because of class plans: for the bureau that decides, for the region above it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import SecondReading, SecondState, State, TrainingClass
from zhupei.portal.todo.line import Kind, Lines, Now, rows

FRESH = timedelta(days=7)  # how long a filed plan stays on the list of its bureau
NUMBERED = _("%(number)s，%(organization)s，%(seats)s 人")
PLAN = {"title": "title", "number": "number", "seats": "seats"}
# fmt: off
KINDS = {
    "review": Kind("calendar-event", _("开班计划"), "%(title)s", NUMBERED, _("培训机构"),
                   "classes:detail", _("审核"), workdays=True),
    "asked": Kind("help-circle", _("已请示"), "%(title)s", NUMBERED, _("自治区住建厅答复"),
                  "classes:detail", _("查看"), workdays=True),
    "filed": Kind("calendar-event", _("新备案"), "%(title)s", NUMBERED, _("提交已生效，可以退回"),
                  "classes:detail", _("查看")),
    "objection": Kind("alert-triangle", _("复读有异议"), "%(title)s", "%(number)s",
                      _("自治区住建厅"),
                      "classes:second_reading", _("查看")),
    "overdue": Kind("alert-triangle", _("审核逾期"), "%(title)s", "%(number)s", "%(prefecture)s",
                    "classes:detail", _("查看"), workdays=True),
    "referral": Kind("help-circle", _("请示"), "%(title)s", "%(number)s", "%(prefecture)s",
                     "classes:detail", _("答复"), workdays=True),
    "second": Kind("eye-check", _("复读"), "%(title)s", "%(number)s", "%(prefecture)s",
                   "classes:second_reading", _("复读")),
}
# fmt: on


def reviews(user: Any, now: Now) -> Iterator[Lines]:
    """Class plans a bureau has to decide on; its clock runs on while the region is asked. Those
    that took effect by being filed: no decision, a week to look and send back.
    """
    visible = TrainingClass.objects.visible_to(user)
    facts = {**PLAN, "organization": "organization__name"}
    submitted = visible.filter(state=State.SUBMITTED)
    yield rows("review", submitted, facts, "due_at", due="due_at")
    referred = visible.filter(state=State.REFERRED)
    yield rows("asked", referred, facts, "due_at", due="due_at")
    fresh = Q(submitted_at__gt=now.moment - FRESH, ends_on__gte=now.today)
    yield rows("filed", visible.filter(fresh, state=State.FILED), facts, "-submitted_at")


def objections(user: Any, now: Now) -> Iterator[Lines]:
    """Plans of a bureau the region would not have approved: it decides what to do, this week."""
    objected = SecondReading.objects.visible_to(user).filter(
        state=SecondState.OBJECTED,
        read_at__gt=now.moment - FRESH,
        training_class__state=State.APPROVED,
    )
    facts = {"title": "training_class__title", "number": "training_class__number"}
    yield rows("objection", objected, facts, "-read_at")


def of_the_region(user: Any, now: Now) -> Iterator[Lines]:
    """Plans a bureau has kept past its term (the region is told, nothing is approved by itself),
    those it asks about, and those the draw chose to be read again.
    """
    waiting = TrainingClass.objects.visible_to(user).awaiting_review()
    facts = {**PLAN, "prefecture": "prefecture__name"}
    late = waiting.filter(due_at__lt=now.moment)
    yield rows("overdue", late, facts, "due_at", due="due_at")
    referred = waiting.filter(state=State.REFERRED)
    yield rows("referral", referred, facts, "due_at", due="due_at")
    drawn = SecondReading.objects.visible_to(user).waiting().exclude(first_reader=user)
    facts = {
        "title": "training_class__title",
        "number": "training_class__number",
        "prefecture": "training_class__prefecture__name",
    }
    yield rows("second", drawn, facts, "draw__day")
