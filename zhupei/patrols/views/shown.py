"""How duties, patrols and coverage look: icon, word and colour, and the map of tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Division
from zhupei.patrols.models import Duty, Patrol, PatrolState, State, Way
from zhupei.patrols.rules.coverage import Tally

ALL_OF_IT = 100


@dataclass(frozen=True)
class Badge:
    """A state as the badge component wants it."""

    icon: str
    word: str | Promise
    tone: str


STATES: Mapping[str, Badge] = {
    State.OWED: Badge("hourglass", _("待安排"), "warn"),
    State.PLANNED: Badge("calendar-event", _("已安排"), "info"),
    State.DONE: Badge("circle-check", _("已巡查"), "ok"),
    State.MISSED: Badge("alert-triangle", _("漏巡"), "bad"),
    State.LIFTED: Badge("circle", _("不需要"), ""),
}
PAUSED = Badge("player-pause", _("暂停业务"), "")
VISITS: Mapping[str, Badge] = {
    PatrolState.PLANNED: Badge("calendar-event", _("待巡查"), "info"),
    PatrolState.FILED: Badge("circle-check", _("已提交"), "ok"),
    PatrolState.CALLED_OFF: Badge("x", _("已取消安排"), ""),
}
WAYS: Mapping[str, Badge] = {
    Way.ON_SITE: Badge("map-pin", _("现场"), ""),
    Way.REMOTE: Badge("video", _("远程"), ""),
}


def badge(duty: Duty) -> Badge:
    if duty.paused_since is not None and duty.state in {State.OWED, State.PLANNED}:
        return PAUSED
    return STATES[duty.state]


def visit_badge(patrol: Patrol) -> Badge:
    return VISITS[patrol.state]


class Grade(NamedTuple):
    """Coverage as a colour and a word beside its number."""

    tone: str
    word: str


def grade(coverage: Decimal | None, fair: int) -> Grade:
    """All of it is what the rule asks for; less is a gap, much less a large one."""
    if coverage is None:
        return Grade("none", _now("无到期"))
    if coverage >= ALL_OF_IT:
        return Grade("ok", _now("全覆盖"))
    return Grade("warn", _now("有漏巡")) if coverage >= fair else Grade("bad", _now("漏巡多"))


def percent(coverage: Decimal | None) -> str:
    if coverage is None:
        return "—"
    return f"{coverage:.0f}%" if coverage == int(coverage) else f"{coverage:.1f}%"


# Where each prefecture stands on the map: column, row. No borders: neighbours in truth are near
# each other here, that is all.
PLACES: Mapping[str, tuple[int, int]] = {
    "654200": (3, 1), "654300": (4, 1),
    "652700": (2, 2), "650200": (3, 2), "652300": (4, 2),
    "654000": (2, 3), "650100": (3, 3), "650400": (4, 3), "650500": (5, 3),
    "653000": (1, 4), "652900": (2, 4), "652800": (3, 4),
    "653100": (1, 5), "653200": (2, 5),
}  # fmt: skip


class Tile(NamedTuple):
    """One prefecture on the map."""

    division: Division
    column: int
    row: int
    tally: Tally
    number: str
    grade: Grade
    url: str


def tiles(
    divisions: Sequence[Division], tallies: Mapping[str, Tally], fair: int, query: str = ""
) -> list[Tile]:
    """The prefectures in the order of their codes; those without a place stand in a row below."""
    found, below = [], 0
    for division in divisions:
        place = PLACES.get(division.pk)
        if place is None:
            below += 1
            place = (below, 6)
        tally = tallies.get(division.pk, Tally())
        url = reverse("patrols:place", args=[division.pk]) + query
        found.append(
            Tile(division, *place, tally, percent(tally.coverage), grade(tally.coverage, fair), url)
        )
    return found


def figures(tally: Tally, fair: int, query: str = "") -> list[dict[str, Any]]:
    """The numbers above every page of the ledger, each leading to its rows."""
    ledger = reverse("patrols:duties")
    join = f"{query}&" if query else "?"
    share = grade(tally.coverage, fair)
    return [
        {
            "label": _now("覆盖率"),
            "value": percent(tally.coverage),
            "note": _now("已巡 %(done)d / 到期 %(all)d")
            % {"done": tally.done, "all": tally.settled},
            "tone": share.tone if share.tone in {"warn", "bad"} else "",
        },
        {"label": _now("应巡"), "value": tally.all, "url": f"{ledger}{query}"},
        {
            "label": _now("待安排"),
            "value": tally.owed,
            "tone": "warn" if tally.owed else "",
            "url": f"{ledger}{join}state=owed",
        },
        {"label": _now("已安排"), "value": tally.planned, "url": f"{ledger}{join}state=planned"},
        {
            "label": _now("漏巡"),
            "value": tally.missed,
            "tone": "bad" if tally.missed else "",
            "url": f"{ledger}{join}state=missed",
        },
    ]
