"""From taps to a sheet, from sheets to the mark of a turn.

Source: Measures, art. 17.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.deeds import newest
from zhupei.core.errors import Refused
from zhupei.people.models import User
from zhupei.practical.actions import tellings
from zhupei.practical.events import TurnEvent
from zhupei.practical.models import Sheet, Tap, TapKind, Turn
from zhupei.practical.rules import marks
from zhupei.practical.rules.marks import Judgement, Method
from zhupei.practical.sentences import how_they_differ

COUNTED = (TapKind.POINTS, TapKind.NOTE, TapKind.FATAL)  # of these the newest about a thing counts


class Reading(NamedTuple):
    """What counts of the taps of one sheet."""

    points: dict[str, Decimal]
    notes: dict[str, str]
    fatal: tuple[str, ...]


def reading(taps: Iterable[Tap]) -> Reading:
    """Of several taps about one thing the newest counts, in whatever order they came in."""
    rows = list(taps)
    points, notes, fatal = (newest(rows, kind) for kind in COUNTED)
    return Reading(
        {key: Decimal(value) for key, value in points.items()},
        {key: value for key, value in notes.items() if value},
        tuple(sorted(key for key, value in fatal.items() if value)),
    )


def hand_in(sheet: Sheet, at: datetime, *, by: User) -> None:
    """Close a sheet: from here on it says what it says.

    Raises Refused "criteria_open" while something has no points yet.

    Source: Measures, art. 17 (whoever judges answers for it).
    """
    rubric = sheet.session.rubric.values
    found = reading(sheet.taps.all())
    missing = marks.unscored(rubric, found.points, found.fatal)
    if missing:
        names = rubric.criteria()
        raise Refused(
            "criteria_open",
            _("还有 %(count)d 个评分点没有评，第一个是“%(first)s”。"),
            count=len(missing),
            first=names[missing[0]].text,
        )
    sheet.total = marks.total(rubric, found.points)
    sheet.fatal = bool(found.fatal)
    sheet.handed_in_at = at
    sheet.save(update_fields=["total", "fatal", "handed_in_at"])
    turn = sheet.turn
    if turn.arrived_at is None or turn.absent:  # nobody is judged who was not there
        turn.arrived_at, turn.absent = turn.arrived_at or at, False
        turn.save(update_fields=["arrived_at", "absent"])
    audit.record(
        TurnEvent.HANDED_IN,
        turn,
        by=by,
        within=sheet.session,
        place=sheet.place,
        total=str(sheet.total),
        fatal=list(found.fatal),
        points={key: str(value) for key, value in found.points.items()},
    )
    settle(turn)


def settle(turn: Turn) -> None:
    """Give a turn its mark once all who were asked have handed in; or say that two differ.

    Source: Measures, art. 17 (the assessment is fair).
    """
    sheets = list(turn.sheets.order_by("place"))
    session = turn.session
    waiting = len(sheets) < marks.PAIR or any(one.handed_in_at is None for one in sheets)
    if waiting or turn.settled_at is not None:
        return
    judgements = [Judgement(one.total or Decimal(0), one.fatal) for one in sheets]
    pass_mark, deviation = session.pass_mark or Decimal(0), session.deviation or Decimal(0)
    if len(sheets) == marks.PAIR:
        found = marks.differ(*judgements, deviation=deviation, pass_mark=pass_mark)
        if found:
            turn.differences = sorted(found)
            turn.save(update_fields=["differences"])
            how = how_they_differ(turn.differences)
            audit.record(TurnEvent.DIFFERED, turn, by=None, within=session, how=how)
            tellings.third_wanted(turn, how)
            return
    outcome = marks.outcome(judgements, pass_mark=pass_mark, method=Method(session.method))
    turn.mark, turn.passed, turn.fatal = outcome
    turn.settled_at = timezone.now()
    turn.save(update_fields=["mark", "passed", "fatal", "settled_at"])
    audit.record(
        TurnEvent.SETTLED,
        turn,
        by=None,
        within=session,
        mark=str(turn.mark),
        passed=turn.passed,
        fatal=turn.fatal,
        totals=[str(one.total) for one in judgements],
        method=session.method if len(sheets) > marks.PAIR else "mean",
        deviation=str(deviation),
        pass_mark=str(pass_mark),
    )
