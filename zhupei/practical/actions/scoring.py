"""What assessors tap comes in, once, whatever their phones' clocks; from it sheets, from sheets a
mark.

Source: Measures, art. 17.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance.rules import true_time
from zhupei.core import audit, uploads
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile, Upload
from zhupei.core.offline import Outcome, check_clock
from zhupei.core.parameters import settings_of
from zhupei.people.models import User
from zhupei.practical import parameters as p
from zhupei.practical.access import may_score
from zhupei.practical.actions import results
from zhupei.practical.actions.turns import THIRD, signed_in
from zhupei.practical.events import TurnEvent
from zhupei.practical.models import Picture, Session, Sheet, State, Tap, TapKind, Turn
from zhupei.practical.rules import rubric as rubrics

A_MOMENT = timedelta(minutes=2)  # between a tap and the phone's "now" lies a slow network
LONGEST_NOTE = 300
MOST_EVIDENCE = 30  # pictures and recordings of one sheet


class Sent(NamedTuple):
    """One tap as the phone tells it, by the phone's clock."""

    id: UUID
    kind: TapKind
    about: str
    value: str
    at: datetime


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
    now = timezone.now()
    row = locked(sheet)
    if not may_score(by, row):
        raise NotAllowed("not_allowed", _("只有这张评分表的考评员本人能评分。"))
    check_clock(phone_now, now)
    judge = Judge(row, now, by=by, phone=phone, phone_now=phone_now)
    judge.known = {one.pk: one for one in Tap.objects.filter(pk__in=[tap.id for tap in taps])}
    outcomes = [judge.take(tap) for tap in taps]
    judge.record()
    return outcomes


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


class Judge:
    """The facts all taps of one sheet are judged by, fetched once."""

    def __init__(
        self, sheet: Sheet, now: datetime, *, by: User, phone: str, phone_now: datetime
    ) -> None:
        self.sheet, self.now, self.by = sheet, now, by
        self.phone, self.phone_now = phone, phone_now
        self.rubric = sheet.session.rubric.values
        self.criteria = self.rubric.criteria()
        early, late, offline = settings_of(p.EARLY_MINUTES, p.LATE_HOURS, p.OFFLINE_HOURS).values()
        self.opens = sheet.turn.starts_at - timedelta(minutes=early.value)
        self.closes = sheet.turn.ends_at + timedelta(hours=late.value)
        self.deadline = sheet.turn.ends_at + timedelta(hours=offline.value)
        self.known: dict[UUID, Tap] = {}
        self.fresh: list[Tap] = []

    def take(self, sent: Sent) -> Outcome:
        """Judge one tap and keep it."""
        try:
            with transaction.atomic():
                self._take(sent)
        except Refused as refusal:
            return Outcome(sent.id, refusal)
        return Outcome(sent.id, None)

    def _take(self, sent: Sent) -> None:
        before = self.known.get(sent.id)
        if before is not None:
            if (before.sheet_id, before.kind, before.about) == (
                self.sheet.pk, sent.kind, sent.about,
            ):  # fmt: skip
                return
            raise Refused("tap_exists", _("这个编号的记录已经传过，内容不同。请重新点一次。"))
        at = true_time(sent.at, phone_now=self.phone_now, server_now=self.now)
        self.check(sent, at)
        tap = Tap.objects.create(
            id=sent.id,
            sheet=self.sheet,
            kind=sent.kind,
            about=sent.about,
            value=sent.value,
            phone=self.phone,
            phone_at=sent.at,
            at=at,
            clock_error=round((self.phone_now - self.now).total_seconds()),
            received_at=self.now,
        )
        if sent.kind == TapKind.EVIDENCE:
            self._keep(tap)
        if sent.kind == TapKind.HERE:
            signed_in(self.sheet.turn, at, by=self.by)
        if sent.kind == TapKind.HAND_IN:
            results.hand_in(self.sheet, at, by=self.by)
        self.known[tap.pk] = tap
        self.fresh.append(tap)

    def check(self, sent: Sent, at: datetime) -> None:
        """Refuse one tap, or not."""
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
        }.get(sent.kind, {""})
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

    def _keep(self, tap: Tap) -> None:
        """Take over the file an evidence tap names: an upload of the assessor's own."""
        try:
            key = UUID(tap.value)
        except ValueError as fault:
            raise Refused("no_such_upload", _("取证文件没有传完，请重新拍。")) from fault
        attach(tap, uploads.take(Upload(pk=key), by=self.by), by=self.by)

    def record(self) -> None:
        """One event for all that came in; handing in has its own."""
        if not self.fresh:
            return
        audit.record(
            TurnEvent.SCORED,
            self.sheet.turn,
            by=self.by,
            within=self.sheet.session,
            count=len(self.fresh),
            place=self.sheet.place,
            phone=self.phone,
            clock_error=self.fresh[0].clock_error,
            taps=[f"{tap.kind} {tap.about} {tap.value} {tap.at.isoformat()}" for tap in self.fresh],
        )


def attach(tap: Tap, file: StoredFile, *, by: User) -> Picture:
    """Put a stored file to the sheet of ``tap``."""
    sheet = tap.sheet
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
    )
    return made


def _points(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
