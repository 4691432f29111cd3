"""What a review or a decision on misconduct does to the mark of a turn.

A correction is tapped like a score, by the office instead of a phone (``OFFICE``): what assessors
tapped stays, the newest tap about a criterion counts, and the mark follows from the sheets by the
same rule as before.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.practical.access import may_run
from zhupei.practical.actions import results
from zhupei.practical.events import TurnEvent
from zhupei.practical.models import Session, Sheet, Tap, TapKind, Turn
from zhupei.practical.rules import marks
from zhupei.practical.rules import rubric as rubrics
from zhupei.practical.rules.marks import Judgement, Method

OFFICE = "office"  # the phone's name of a correction


class Said(NamedTuple):
    """What one sheet should say: points by criterion, and the fatal errors."""

    points: Mapping[str, Decimal]
    fatal: frozenset[str]


@transaction.atomic
def correct(turn: Turn, sheets: Mapping[int, Said], *, by: User, note: str) -> Turn:
    """Put sheets right after a review, ``sheets`` by place, and write the mark anew.

    Raises NotAllowed; Refused "not_settled", "annulled", "points_not_allowed", "still_differ".

    Source: Measures, art. 17 (the assessment is fair) and art. 20 (results are true).
    """
    row = _locked(turn, by)
    if row.settled_at is None:
        raise Refused("not_settled", _("这个轮次还没有定成绩，没有可以更正的。"))
    if row.annulled:
        raise Refused("annulled", _("这次实操成绩已被认定无效，不能再更正。"))
    now, rows = timezone.now(), list(row.sheets.order_by("place"))
    for sheet in rows:
        if sheet.place in sheets:
            _put_right(sheet, sheets[sheet.place], now)
    before = row.mark
    row.mark, row.passed, row.fatal = _outcome(row.session, rows)
    row.save(update_fields=["mark", "passed", "fatal"])
    audit.record(
        TurnEvent.CORRECTED,
        row,
        by=by,
        within=row.session,
        before=str(before),
        mark=str(row.mark),
        passed=row.passed,
        fatal=row.fatal,
        totals={str(one.place): str(one.total) for one in rows},
        note=note.strip(),
    )
    return row


def _put_right(sheet: Sheet, said: Said, now: datetime) -> None:
    rubric = sheet.session.rubric.values
    known = results.reading(sheet.taps.all())
    for key, one in rubric.criteria().items():
        points = said.points.get(key, known.points.get(key))
        if points is None or points == known.points.get(key):
            continue
        if points not in rubrics.allowed(one):
            raise Refused(
                "points_not_allowed",
                _("“%(text)s”不能给 %(value)s 分。"),
                field=f"sheet-{sheet.place}-{key}",
                text=one.text,
                value=points,
            )
        _tap(sheet, TapKind.POINTS, (key, str(points)), now)
    for key in said.fatal.symmetric_difference(known.fatal):
        _tap(sheet, TapKind.FATAL, (key, "yes" if key in said.fatal else ""), now)
    found = results.reading(sheet.taps.all())
    sheet.total, sheet.fatal = marks.total(rubric, found.points), bool(found.fatal)
    sheet.save(update_fields=["total", "fatal"])


def _tap(sheet: Sheet, kind: TapKind, said: tuple[str, str], now: datetime) -> None:
    about, value = said
    Tap.objects.create(
        id=uuid4(),
        sheet=sheet,
        kind=kind,
        about=about,
        value=value,
        phone=OFFICE,
        phone_at=now,
        at=now,
        clock_error=0,
        received_at=now,
    )


def _outcome(session: Session, sheets: list[Sheet]) -> marks.Outcome:
    """Raises Refused "still_differ": two sheets have to agree as far as two must."""
    judgements = [Judgement(one.total or Decimal(0), one.fatal) for one in sheets]
    pass_mark, deviation = session.pass_mark or Decimal(0), session.deviation or Decimal(0)
    if len(judgements) == marks.PAIR and marks.differ(
        *judgements, deviation=deviation, pass_mark=pass_mark
    ):
        raise Refused(
            "still_differ",
            _("更正后两张评分表不一致：相差不能超过 %(most)s 分，合格和否决的结论要相同。"),
            most=deviation,
        )
    return marks.outcome(judgements, pass_mark=pass_mark, method=Method(session.method))


@transaction.atomic
def annul(turn: Turn, *, by: User, note: str) -> Turn:
    """Take the mark away after a decision on misconduct; what was judged stays on the sheets.

    Source: Measures, art. 20; the categories are those of ``appeals.rules``.
    """
    row = _locked(turn, by)
    before = row.mark
    row.mark, row.passed, row.annulled = row.mark or Decimal(0), False, True
    row.settled_at = row.settled_at or timezone.now()
    row.save(update_fields=["mark", "passed", "annulled", "settled_at"])
    shown = None if before is None else str(before)
    audit.record(
        TurnEvent.ANNULLED, row, by=by, within=row.session, before=shown, note=note.strip()
    )
    return row


def _locked(turn: Turn, by: User) -> Turn:
    """The turn with its session, locked in the order every verb locks them. Raises NotAllowed."""
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("organization", "rubric")
        .get(pk=turn.session_id)
    )
    if not may_run(by, session):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能更正成绩。"))
    row = Turn.objects.select_for_update(of=("self",)).select_related("person").get(pk=turn.pk)
    row.session = session
    return row
