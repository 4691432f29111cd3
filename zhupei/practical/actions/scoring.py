"""What assessors tap comes in, once, whatever their phones' clocks; from it sheets, from sheets a
mark.

Source: Measures, art. 17.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, deeds
from zhupei.core.deeds import A_MOMENT, WEB, Sent
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.offline import Outcome
from zhupei.core.parameters import settings_of, value
from zhupei.core.pictures import Kept
from zhupei.people.models import User
from zhupei.practical import parameters as p
from zhupei.practical.access import may_score
from zhupei.practical.actions import results
from zhupei.practical.actions.turns import THIRD, signed_in
from zhupei.practical.events import TurnEvent
from zhupei.practical.models import Picture, Session, Sheet, State, Tap, TapKind, Turn
from zhupei.practical.rules import rubric as rubrics

LONGEST_NOTE = 300
MOST_EVIDENCE = 30  # pictures and recordings of one sheet


@transaction.atomic
def sync(
    sheet: Sheet, *, by: User, phone: str, phone_now: datetime, taps: Sequence[Sent]
) -> list[Outcome]:
    """Take over what a phone kept. The same taps sent twice are taken once.

    What rules forbid comes back with its reason and stays on the phone. Handing in closes the
    sheet; the last one of a turn settles its mark.

    Raises NotAllowed; Refused "clock_too_wrong".

    Source: Measures, art. 17 (whoever judges answers for it).
    """
    judge = Judge(_own(sheet, by), timezone.now(), by=by, phone=phone, phone_now=phone_now)
    return judge.take_all(taps)


@transaction.atomic
def add_evidence(sheet: Sheet, sent: Sent, file: Callable[[], Kept], *, by: User) -> Picture:
    """A picture or recording from a page without script.

    Raises NotAllowed; Refused as ``sync`` says of a tap, and what keeping a file raises.
    """
    judge = Judge(_own(sheet, by), timezone.now(), by=by, phone=WEB, phone_now=sent.at)
    return judge.take_file(sent, file).evidence


def _own(sheet: Sheet, by: User) -> Sheet:
    row = locked(sheet)
    if not may_score(by, row):
        raise NotAllowed("not_allowed", _("只有这张评分表的考评员本人能评分。"))
    return row


def opens_at(sheet: Sheet) -> datetime:
    """From when on the pair may sign the candidate in and score."""
    return sheet.turn.starts_at - timedelta(minutes=value(p.EARLY_MINUTES))


def locked(sheet: Sheet) -> Sheet:
    """The sheet with its turn; the session is locked first, as every verb does, and shared, so
    that assessors do not wait for each other.
    """
    session = (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization", "rubric")
        .get(pk=sheet.session_id)
    )
    turn = (
        Turn.objects.select_for_update(of=("self",)).select_related("person").get(pk=sheet.turn_id)
    )
    row = Sheet.objects.select_for_update(of=("self",)).select_related("assessor").get(pk=sheet.pk)
    turn.session = session
    row.turn, row.session = turn, session
    return row


class Judge(deeds.Judge[Tap]):
    """The facts all taps of one sheet are judged by, fetched once."""

    table, form = Tap, "sheet"

    def __init__(self, sheet: Sheet, now: datetime, **whose: Any) -> None:
        super().__init__(sheet, now, **whose)
        self.sheet = sheet
        self.rubric = sheet.session.rubric.values
        self.criteria = self.rubric.criteria()
        late, offline = settings_of(p.LATE_HOURS, p.OFFLINE_HOURS).values()
        self.opens = opens_at(sheet)
        self.closes = sheet.turn.ends_at + timedelta(hours=late.value)
        self.deadline = sheet.turn.ends_at + timedelta(hours=offline.value)

    def follow(self, deed: Tap) -> None:
        if deed.kind == TapKind.EVIDENCE:
            attach(deed, self.file_of(deed), by=self.by)
        elif deed.kind == TapKind.HERE:
            signed_in(self.sheet.turn, deed.at, by=self.by)
        elif deed.kind == TapKind.HAND_IN:
            results.hand_in(self.sheet, deed.at, by=self.by)

    def check(self, sent: Sent, at: datetime) -> None:
        self._check_state()
        self._check_time(at)
        self._check_value(sent)
        if sent.kind == TapKind.EVIDENCE and self.sheet.evidence.count() >= MOST_EVIDENCE:
            raise Refused(
                "too_much_evidence", _("一张评分表最多 %(most)d 份取证。"), most=MOST_EVIDENCE
            )

    def _check_state(self) -> None:
        sheet = self.sheet
        if sheet.turn.void or not sheet.live:
            raise Refused("turn_void", _("这个轮次已经作废，改在重考的轮次上评。"))
        if sheet.session.state != State.FIXED:
            raise Refused("session_not_open", _("这场实操现在不收评分。"))
        if sheet.handed_in_at is not None:
            raise Refused("handed_in", _("这张评分表已经提交，不能再改。"))

    def _check_time(self, at: datetime) -> None:
        if self.sheet.place == THIRD:  # judges from evidence, when they are asked
            return
        if self.now > self.deadline:
            raise Refused(
                "synced_too_late",
                _("这一轮的评分最迟 %(time)s（北京时间）上传。请联系考务员安排重考。"),
                time=f"{timezone.localtime(self.deadline):%m-%d %H:%M}",
            )
        if not self.opens <= at <= min(self.closes, self.now + A_MOMENT):
            raise Refused(
                "outside_the_turn",
                _("这一下是 %(time)s（北京时间）点的，不在这一轮的评分时间里。"),
                time=f"{timezone.localtime(at):%m-%d %H:%M}",
            )

    def _check_value(self, sent: Sent) -> None:
        """Raises Refused "no_such_criterion", "points_not_allowed" or "note_too_long"."""
        keys = {
            TapKind.POINTS: set(self.criteria),
            TapKind.NOTE: {*self.criteria, ""},
            TapKind.FATAL: {one.key for one in self.rubric.fatal},
            TapKind.BEGIN: {task.key for task in self.rubric.tasks},
            TapKind.END: {task.key for task in self.rubric.tasks},
            TapKind.EVIDENCE: {*(task.key for task in self.rubric.tasks), ""},
        }.get(TapKind(sent.kind), {""})
        if sent.about not in keys:
            raise Refused("no_such_criterion", _("评分表里没有这一项。请刷新页面。"))
        if len(sent.value) > LONGEST_NOTE:
            raise Refused("note_too_long", _("备注最多 %(most)d 个字。"), most=LONGEST_NOTE)
        if sent.kind == TapKind.POINTS and _points(sent.value) not in rubrics.allowed(
            self.criteria[sent.about]
        ):
            raise Refused(
                "points_not_allowed",
                _("“%(text)s”不能给 %(value)s 分。"),
                text=self.criteria[sent.about].text,
                value=sent.value,
            )

    def record(self, **facts: Any) -> None:
        """Handing in has its own event besides."""
        audit.record(
            TurnEvent.SCORED,
            self.sheet.turn,
            by=self.by,
            within=self.sheet.session,
            place=self.sheet.place,
            taps=[f"{tap.kind} {tap.about} {tap.value} {tap.at.isoformat()}" for tap in self.fresh],
            **facts,
        )


def attach(tap: Tap, kept: Kept, *, by: User) -> Picture:
    """Put a stored file to the sheet of ``tap``; what was taken out of a picture is on record."""
    sheet, file = tap.sheet, kept.file
    made = Picture.objects.create(sheet=sheet, tap=tap, file=file, taken_at=tap.at)
    audit.record(
        TurnEvent.EVIDENCE_ADDED,
        sheet.turn,
        by=by,
        within=sheet.session,
        file=file.name,
        sha256=file.sha256,
        short=file.sha256[:8],
        place=sheet.place,
        removed=list(kept.removed),
    )
    return made


def _points(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
