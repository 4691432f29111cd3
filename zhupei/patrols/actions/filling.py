"""What people do on a form comes in, once, whatever their phones' clocks; handing in files it.

Source: Measures, art. 6.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, deeds, pictures
from zhupei.core.deeds import A_MOMENT, WEB, Sent
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.offline import Outcome
from zhupei.core.parameters import settings_of
from zhupei.core.pictures import Kept
from zhupei.core.templatetags.ui import beijing
from zhupei.patrols import checklist
from zhupei.patrols import parameters as p
from zhupei.patrols.access import may_fill
from zhupei.patrols.actions import completeness, filing, rolls
from zhupei.patrols.actions.planning import locked as locked_duty
from zhupei.patrols.events import PatrolEvent
from zhupei.patrols.models import Deed, DeedKind, Patrol, PatrolState, Photo
from zhupei.patrols.rules import coverage
from zhupei.people.models import User

LONGEST_NOTE = 500
MOST_PHOTOS = 20  # of one patrol
IN_THE_ROOM = (DeedKind.DRAW, DeedKind.ROLL)  # only while it goes on


@transaction.atomic
def sync(
    patrol: Patrol, *, by: User, phone: str, phone_now: datetime, deeds: Sequence[Sent]
) -> list[Outcome]:
    """Take over what a phone kept. The same deeds sent twice are taken once: one patrol.

    What rules forbid comes back with its reason and stays on the phone. Handing in files the
    patrol and does everything that follows from it (``filing.file``).

    Raises NotAllowed; Refused "clock_too_wrong".

    Source: Measures, art. 6 (whoever looks answers for what they saw).
    """
    judge = Judge(_own(patrol, by), timezone.now(), by=by, phone=phone, phone_now=phone_now)
    return judge.take_all(deeds)


def _own(patrol: Patrol, by: User) -> Patrol:
    row = locked(patrol)
    if not may_fill(by, row):
        raise NotAllowed("not_allowed", _("只有派去的人能填这张巡查表。"))
    return row


def locked(patrol: Patrol) -> Patrol:
    """The patrol with its duty, which is locked first."""
    duty = locked_duty(patrol.duty)
    row = Patrol.objects.select_for_update(of=("self",)).get(pk=patrol.pk)
    row.duty = duty
    return row


class Judge(deeds.Judge[Deed]):
    """The facts all deeds of one form are judged by, fetched once."""

    table, form = Deed, "patrol"

    def __init__(self, patrol: Patrol, now: datetime, **whose: Any) -> None:
        super().__init__(patrol, now, **whose)
        self.patrol = patrol
        self.keys = {item.key for item in checklist.items(patrol.form, patrol.duty.kind)}
        early, offline = settings_of(p.EARLY_MINUTES, p.OFFLINE_HOURS).values()
        self.early = timedelta(minutes=early.value)
        self.deadline = patrol.duty.closes_at + timedelta(hours=offline.value)

    def columns(self) -> dict[str, Any]:
        return {"made_by": self.by}

    def _first(self, at: datetime) -> None:
        """The look was taken when the first thing on its form was done."""
        if self.patrol.looked_at is None or at < self.patrol.looked_at:
            self.patrol.looked_at = at
            self.patrol.save(update_fields=["looked_at"])

    def follow(self, deed: Deed) -> None:
        self._first(deed.at)
        if deed.kind == DeedKind.PHOTO:
            attach(deed, self.file_of(deed), by=self.by)
        elif deed.kind == DeedKind.DRAW:
            rolls.take_up(self.patrol, deed)
        elif deed.kind == DeedKind.ROLL:
            rolls.mark(self.patrol, deed)
        elif deed.kind == DeedKind.HAND_IN:
            self.patrol = filing.file(self.patrol, by=self.by)

    def check(self, sent: Sent, at: datetime) -> None:
        self._check_state()
        self._check_time(sent.kind, at)
        self._check_value(sent)
        if sent.kind == DeedKind.PHOTO and self.patrol.photos.count() >= MOST_PHOTOS:
            raise Refused("too_many_photos", _("一次巡查最多 %(most)d 张照片。"), most=MOST_PHOTOS)

    def _check_state(self) -> None:
        state = self.patrol.state
        if state == PatrolState.FILED:
            raise Refused("filed_already", _("这次巡查已经提交，不能再改。"))
        if state == PatrolState.CALLED_OFF:
            raise Refused("called_off", _("这次巡查已取消安排，不再收记录。"))

    def _check_time(self, kind: str, at: datetime) -> None:
        duty = self.patrol.duty
        if self.now > self.deadline:
            raise Refused(
                "synced_too_late",
                _("巡查表最迟 %(time)s（北京时间）上传。请联系本局说明情况。"),
                time=beijing(self.deadline),
            )
        began = self.patrol.looked_at is not None and kind not in IN_THE_ROOM
        seen = began or coverage.met(
            at, opens_at=duty.opens_at, closes_at=duty.closes_at, early=self.early
        )
        if at > self.now + A_MOMENT or not seen:
            raise Refused(
                "nothing_to_see",
                _("这一条是 %(time)s（北京时间）填的，那时没有课或考试可看。"),
                time=beijing(at),
            )

    def _check_value(self, sent: Sent) -> None:
        """Raises Refused "no_such_item", "no_such_answer" or "note_too_long"."""
        about = {
            DeedKind.ANSWER: self.keys,
            DeedKind.NOTE: {*self.keys, "", checklist.SEEN, *completeness.EXCUSES},
            DeedKind.PHOTO: {*self.keys, ""},
            DeedKind.HAND_IN: {""},
        }.get(DeedKind(sent.kind))
        if about is not None and sent.about not in about:
            raise Refused("no_such_item", _("巡查表里没有这一项。请刷新页面。"))
        if sent.kind == DeedKind.ANSWER and sent.value not in set(checklist.Answer):
            raise Refused("no_such_answer", _("只能选：符合、不符、不适用。"))
        if sent.kind == DeedKind.NOTE and len(sent.value) > LONGEST_NOTE:
            raise Refused("note_too_long", _("备注最多 %(most)d 个字。"), most=LONGEST_NOTE)

    def record(self, **facts: Any) -> None:
        told = [_told(deed) for deed in self.fresh]
        within = self.patrol.duty
        audit.record(
            PatrolEvent.FILLED, self.patrol, by=self.by, within=within, deeds=told, **facts
        )


@transaction.atomic
def add_photo(patrol: Patrol, sent: Sent, kept: Kept, *, by: User) -> None:
    """A picture from a page without script.

    Raises NotAllowed; Refused as ``sync`` says of one deed.
    """
    judge = Judge(_own(patrol, by), timezone.now(), by=by, phone=WEB, phone_now=sent.at)
    judge.take_file(sent, lambda: kept)


def attach(deed: Deed, kept: Kept, *, by: User) -> Photo:
    """Put a picture to a patrol, with what was taken out of it.

    Raises Refused "not_a_picture".
    """
    patrol, file = deed.patrol, kept.file
    if file.media_type not in pictures.FORMATS.values():
        raise Refused("not_a_picture", _("“%(name)s”不是照片。"), field="file", name=file.name)
    made = Photo.objects.create(
        patrol=patrol,
        deed=deed,
        about=deed.about,
        file=file,
        removed=list(kept.removed),
        taken_at=deed.at,
    )
    audit.record(
        PatrolEvent.PHOTO_ADDED,
        patrol,
        by=by,
        within=patrol.duty,
        file=file.name,
        sha256=file.sha256,
        short=file.sha256[:8],
        removed=list(kept.removed),
    )
    return made


def _told(deed: Deed) -> str:
    """A deed in the record; a sealed sample says nothing there."""
    value = "" if deed.kind == DeedKind.DRAW else deed.value
    return f"{deed.kind} {deed.about} {value} {deed.at.isoformat()}"
