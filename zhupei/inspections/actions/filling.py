"""The check list comes in deed by deed, from phones that had no network and from pages without
script. The newest about each thing is the draft; handing in puts the result down.

Source: Measures, art. 14.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, deeds, pictures
from zhupei.core.deeds import A_MOMENT, WEB, Sent, newest
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.offline import Outcome as Taken
from zhupei.core.pictures import Kept
from zhupei.inspections.access import may_inspect
from zhupei.inspections.actions import checking
from zhupei.inspections.events import InspectionEvent
from zhupei.inspections.models import (
    Answer,
    Deed,
    DeedKind,
    Inspection,
    InspectionState,
    ListItem,
    Outcome,
    Picture,
    Severity,
    Verdict,
)
from zhupei.people.models import User

OF_ITEMS = (DeedKind.VERDICT, DeedKind.SEVERITY, DeedKind.NOTE)
MOST_PICTURES = 60  # of one inspection
LONGEST = {DeedKind.NOTE: 1000, DeedKind.REMARK: 2000}
CHOICES = {
    DeedKind.VERDICT: {"", *Verdict.values},
    DeedKind.SEVERITY: {"", *Severity.values},
    DeedKind.OUTCOME: {"", *Outcome.values},
}


class Said(NamedTuple):
    """What an inspector says of one item."""

    verdict: str
    severity: str = ""
    note: str = ""

    @property
    def complete(self) -> bool:
        """What does not comply says how badly, and why."""
        return bool(self.verdict) and (
            self.verdict != Verdict.BAD or bool(self.severity and self.note.strip())
        )


class Reading(NamedTuple):
    """What the check list says so far."""

    items: dict[int, Said]
    visited: str
    outcome: str
    remark: str


def reading(done: Iterable[Deed]) -> Reading:
    rows = list(done)
    verdicts, severities, notes = (newest(rows, kind) for kind in OF_ITEMS)
    items = {
        int(key): Said(verdicts.get(key, ""), severities.get(key, ""), notes.get(key, ""))
        for key in {*verdicts, *severities, *notes}
    }
    whole = (newest(rows, kind).get("", "") for kind in ("visited", "outcome", "remark"))
    return Reading(items, *whole)


@transaction.atomic
def sync(
    inspection: Inspection, *, by: User, phone: str, phone_now: datetime, done: Sequence[Sent]
) -> list[Taken]:
    """Take over what a phone kept. The same deeds sent twice are taken once.

    What rules forbid comes back with its reason and stays on the phone. Handing in puts the result
    down and signs it (``checking.record``).

    Raises NotAllowed; Refused "clock_too_wrong".

    Source: Measures, art. 14.
    """
    return _judge(inspection, timezone.now(), by=by, phone=phone, phone_now=phone_now).take_all(
        done
    )


@transaction.atomic
def answer(
    inspection: Inspection,
    *,
    by: User,
    said: Mapping[int, Said],
    outcome: str = "",
    remark: str = "",
) -> Inspection:
    """Keep what was found so far from a page, by item and as a whole; nothing is decided yet.

    Raises NotAllowed; Refused "wrong_state", "item_unknown" or "note_required" (for what does not
    comply, with the field of the item).
    """
    judge = _web(inspection, by)
    known = reading(judge.row.deeds.all())
    wanted = [(DeedKind.OUTCOME, "", outcome)] if outcome not in {"", known.outcome} else []
    wanted += [(DeedKind.REMARK, "", remark)] if remark not in {"", known.remark} else []
    for pk, one in said.items():
        item = judge.items.get(str(pk))
        if item is not None and one.verdict and not one.complete:
            raise Refused(
                "note_required",
                _("“%(item)s”不符合的，请选轻重并写明事实。"),
                field=f"note_{pk}",
                item=item.title,
            )
        new = one._replace(note=one.note.strip())
        pairs = zip(OF_ITEMS, new, known.items.get(pk, Said("")), strict=True)
        wanted += [(kind, str(pk), value) for kind, value, before in pairs if value != before]
    return _done(judge, wanted)


@transaction.atomic
def hand_in(
    inspection: Inspection, *, by: User, visited_on: date, outcome: str, remark: str = ""
) -> Inspection:
    """Put the result down from a page. Raises as ``checking.record``."""
    said = [
        (DeedKind.VISITED, "", visited_on.isoformat()),
        (DeedKind.OUTCOME, "", outcome),
        (DeedKind.REMARK, "", remark.strip()),
        (DeedKind.HAND_IN, "", ""),
    ]
    return _done(_web(inspection, by), said)


@transaction.atomic
def attach(
    inspection: Inspection, *, by: User, upload: File[bytes], item: ListItem | None = None
) -> Picture:
    """Keep a photo, without the place it was taken at, or a paper as evidence.

    Raises NotAllowed, Refused "wrong_state" or what ``pictures.kept`` refuses.
    """
    judge = _web(inspection, by)
    about = str(item.pk) if item else ""
    sent = Sent(uuid4(), DeedKind.PHOTO, about, "", judge.now)
    return judge.take_file(sent, lambda: pictures.kept(upload, by=by)).picture


class Judge(deeds.Judge[Deed]):
    """The facts all deeds of one check list are judged by, fetched once."""

    table, form = Deed, "inspection"

    def __init__(self, inspection: Inspection, now: datetime, **whose: Any) -> None:
        super().__init__(inspection, now, **whose)
        self.row = inspection
        self.items = {str(item.pk): item for item in inspection.draw.items.all()}

    def columns(self) -> dict[str, Any]:
        return {"made_by": self.by}

    def check(self, sent: Sent, at: datetime) -> None:
        if self.row.state != InspectionState.ASSIGNED:
            raise Refused(
                "wrong_state",
                _("“%(object)s”现在是“%(state)s”，不再收检查记录。"),
                object=self.row.name,
                state=self.row.get_state_display(),
            )
        if at > self.now + A_MOMENT:
            raise Refused("clock_too_wrong", _("这一条的时间在以后。请校准手机时钟再填。"))
        kind = DeedKind(sent.kind)
        self._check_about(kind, sent.about)
        _check_value(kind, sent.value)

    def _check_about(self, kind: DeedKind, about: str) -> None:
        known = {""} if kind not in {*OF_ITEMS, DeedKind.PHOTO} else set(self.items)
        if about not in known and (kind, about) != (DeedKind.PHOTO, ""):
            raise Refused("item_unknown", _("这一项不在这次抽查的事项里。"))
        if kind == DeedKind.PHOTO and self.row.pictures.count() >= MOST_PICTURES:
            words = _("一次检查最多 %(most)d 张照片和材料。")
            raise Refused("too_many_pictures", words, most=MOST_PICTURES)

    def follow(self, deed: Deed) -> None:
        if deed.kind == DeedKind.PHOTO:
            _attach(deed, self.items.get(deed.about), self.file_of(deed), by=self.by)
        elif deed.kind == DeedKind.HAND_IN:
            said = reading(self.row.deeds.all())
            visited = date.fromisoformat(said.visited) if said.visited else None
            self.row = checking.record(
                self.row,
                by=self.by,
                visited_on=visited or timezone.localdate(deed.at),
                outcome=said.outcome,
                remark=said.remark,
            )
        elif deed.about:
            _settle(self.row, self.items[deed.about])

    def record(self, **facts: Any) -> None:
        told = [f"{one.kind} {one.about} {one.value} {one.at.isoformat()}" for one in self.fresh]
        within = self.row.draw
        audit.record(
            InspectionEvent.FILLED, self.row, by=self.by, within=within, deeds=told, **facts
        )


def _judge(inspection: Inspection, now: datetime, *, by: User, **whose: Any) -> Judge:
    row = checking.locked(inspection)
    if not may_inspect(by, row):
        raise NotAllowed("not_allowed", _("只有派去检查的人能填检查清单。"))
    return Judge(row, now, by=by, **whose)


def _web(inspection: Inspection, by: User) -> Judge:
    """Of a page without script: what it says is newer than whatever is known."""
    now = timezone.now()
    last = inspection.deeds.aggregate(last=Max("at"))["last"]
    if last is not None and last >= now:
        now = last + timedelta(microseconds=1)
    return _judge(inspection, now, by=by, phone=WEB, phone_now=now)


def _done(judge: Judge, said: Iterable[tuple[DeedKind, str, str]]) -> Inspection:
    """All of it, or what refuses it."""
    for outcome in judge.take_all([Sent(uuid4(), *one, judge.now) for one in said]):
        if outcome.refusal:
            raise outcome.refusal
    return judge.row


def _check_value(kind: DeedKind, value: str) -> None:
    allowed, longest = CHOICES.get(kind), LONGEST.get(kind)
    if allowed is not None and value not in allowed:
        raise Refused("no_such_answer", _("没有这个选项。请刷新页面。"))
    if longest is not None and len(value) > longest:
        raise Refused("too_long", _("最多 %(most)d 个字。"), most=longest)
    if kind == DeedKind.VISITED:
        try:
            date.fromisoformat(value)
        except ValueError as fault:
            raise Refused("visited_when", _("请填写检查日期。"), field="visited_on") from fault


def _settle(row: Inspection, item: ListItem) -> None:
    """What the draft says of an item counts once it is complete."""
    known = reading(row.deeds.filter(about=str(item.pk))).items[item.pk]
    if not known.complete:
        Answer.objects.filter(inspection=row, item=item).delete()
        return
    bad = known.verdict == Verdict.BAD
    said = {"severity": known.severity if bad else None, "note": known.note.strip()}
    Answer.objects.update_or_create(
        inspection=row, item=item, defaults={"verdict": known.verdict} | said
    )


def _attach(deed: Deed, item: ListItem | None, kept: Kept, *, by: User) -> Picture:
    row, file, removed = deed.inspection, kept.file, list(kept.removed)
    made = Picture.objects.create(inspection=row, item=item, deed=deed, file=file, removed=removed)
    audit.record(
        InspectionEvent.PICTURE_ADDED,
        row,
        by=by,
        within=row.draw,
        name=file.name,
        sha256=file.sha256,
        removed=removed,
    )
    return made
