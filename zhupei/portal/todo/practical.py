"""What waits because of practical exams: sessions to hold, turns in dispute, sheets to fill in."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zhupei.portal.todo.line import NEVER, Kind, Lines, Now, by_state, or_empty, rows
from zhupei.practical.models import Rubric, RubricState, Session, Sheet, State, Turn

STEPS = {
    State.DRAFT: _("告知"),
    State.NOTIFIED: _("排轮次"),
    State.FIXED: _("查看"),
    State.CLOSED: _("公布成绩"),
}
PAIR = 2  # assessors of every turn
# fmt: off
KINDS = {
    **{
        f"session_{state}": Kind("tool", _("实操"), "%(title)s", "%(number)s %(room)s",
                                 _("考生"), "practical:session", step)
        for state, step in STEPS.items()
    },
    "turn_third": Kind("scale", _("评分不一致"), "%(person)s", _("%(title)s，待指定第三人"),
                       _("考生"), "practical:turn", _("指定")),
    "sheet": Kind("clipboard-check", _("实操评分"), _("%(person)s，%(station)s 号工位"),
                  "%(title)s %(room)s", _("考生"), "practical:sheet", _("评分")),
    "rubric": Kind("list-check", _("评分表"), "%(job)s %(version)s", _("起草中"),
                   _("考核机构"), "practical:rubric", _("发布")),
}
# fmt: on


def sessions(user: Any, now: Now) -> Iterator[Lines]:
    """Sessions an assessment body still has to bring to their end, and turns that need a third."""
    open_ones = Session.objects.visible_to(user).filter(state__in=list(STEPS))
    closed = When(state=State.CLOSED, then=NEVER)
    begun = When(state=State.FIXED, opens_at__lte=now.moment, then=F("closes_at"))
    due = Case(closed, begun, default=F("opens_at"))
    facts = {"title": F("title"), "number": or_empty("number"), "room": F("room__name")}
    yield rows(by_state("session"), open_ones, facts, "opens_at", due=due)
    disputed = (
        Turn.objects.visible_to(user)
        .standing()
        .filter(settled_at__isnull=True, session__state=State.FIXED)
        .exclude(differences=[])
        .exclude(sheets__place__gt=PAIR)
    )
    names = {"person": F("person__name"), "title": F("session__title")}
    yield rows("turn_third", disputed, names, "starts_at", due="ends_at")


def sheets(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """The sheets an assessor has not handed in."""
    open_ones = Sheet.objects.own(user).live()
    open_ones = open_ones.filter(
        handed_in_at__isnull=True, session__state=State.FIXED, turn__absent=False
    )
    facts = {
        "person": F("turn__person__name"),
        "station": F("turn__station"),
        "title": F("session__title"),
        "room": F("session__room__name"),
    }
    yield rows("sheet", open_ones, facts, "starts_at", due="ends_at")


def rubrics(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Rubrics that are not published yet."""
    drafts = Rubric.objects.visible_to(user).filter(state=RubricState.DRAFT)
    facts = {"job": Coalesce("job__name", "version"), "version": F("version")}
    yield rows("rubric", drafts, facts)
