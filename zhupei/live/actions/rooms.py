"""Registering how a class or an exam is looked into."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import EFFECTIVE, TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.exams.models import RUNNING, Sitting
from zhupei.live import hooks, rules
from zhupei.live.access import Subject, may_keep, may_register
from zhupei.live.events import RoomEvent
from zhupei.live.models import Room, Way, stream_key
from zhupei.live.parameters import KEY_DAYS
from zhupei.people.models import User
from zhupei.practical.models import RUNNING as SESSION_RUNNING

FAULTS = {
    rules.Fault.LONG: _("链接太长，最多 500 个字符。请复制会议软件给出的短链接。"),
    rules.Fault.STRANGE: _("请填写完整的会议链接，中间不能有空格和引号。"),
    rules.Fault.SCHEME: _("只收 https:// 开头的链接，住建局的人要能放心点开。"),
    rules.Fault.LOGIN: _("链接里不能带账号和密码。口令请填在“入会口令”里。"),
    rules.Fault.HOST: _(
        "链接里的网址不完整，请填公开的网址，例如 https://meeting.tencent.com/dm/…"
    ),
}


@dataclass(frozen=True)
class Details:
    """What somebody says of a room."""

    way: str
    link: str = ""
    passcode: str = ""
    hint: str = ""


@transaction.atomic
def register(subject: Subject, details: Details, *, by: User) -> Room:
    """Say how a class in effect, or an exam to come, is looked into; again after withdrawing it.

    Raises NotAllowed; Refused "already_registered", "not_in_effect", "no_stream_here" (no media
    server is set up), and "link_…" (see rules.Fault).

    Source: Measures, art. 13; notice, part 3 (面授连线主管部门).
    """
    if not may_register(by, subject):
        raise NotAllowed("not_allowed", _("由本机构教务员或考核机构考务员登记远程查看。"))
    _check_running(subject)
    _check(details)
    room = _room_of(subject) or Room(**_place(subject))
    if room.pk and room.withdrawn_at is None:
        raise Refused("already_registered", _("已经登记过了，请直接修改。"))
    room.withdrawn_at = None
    _fill(room, details)
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError:  # two people pressed at once
        raise Refused("already_registered", _("已经登记过了，请直接修改。")) from None
    _record(RoomEvent.REGISTERED, room, by)
    return room


@transaction.atomic
def change(room: Room, details: Details, *, by: User) -> Room:
    """Say it differently; what was on air under the old key goes on until it breaks off.

    Raises NotAllowed; Refused "withdrawn" and as ``register``.
    """
    row = _kept(room, by)
    _check(details)
    _fill(row, details)
    row.save()
    _record(RoomEvent.CHANGED, row, by)
    return row


@transaction.atomic
def renew_key(room: Room, *, by: User) -> Room:
    """A new key; the old one is good for nothing from now on.

    Raises NotAllowed; Refused "withdrawn", "not_a_stream".
    """
    row = _kept(room, by)
    if row.way != Way.STREAM:
        raise Refused("not_a_stream", _("会议链接没有推流密钥。"))
    row.key, row.key_until = stream_key(), _key_until(row.subject)
    row.save(update_fields=["key", "key_until"])
    until = f"{timezone.localtime(row.key_until):%Y-%m-%d %H:%M}"
    audit.record(RoomEvent.KEY_RENEWED, row, by=by, within=row.subject, until=until)
    return row


@transaction.atomic
def withdraw(room: Room, *, by: User, note: str) -> Room:
    """Nothing is shown any more, for a reason the authorities read.

    Raises NotAllowed; Refused "withdrawn", "note_required".
    """
    row = _kept(room, by)
    if not note.strip():
        raise Refused("note_required", _("请写明为什么撤下，住建局会看到。"), field="note")
    row.withdrawn_at, row.key = timezone.now(), stream_key()
    row.save(update_fields=["withdrawn_at", "key"])
    audit.record(RoomEvent.WITHDRAWN, row, by=by, within=row.subject, note=note.strip())
    return row


def is_running(subject: Subject) -> bool:
    """May it be looked into now: in effect and not frozen, or an exam not over and not off."""
    if isinstance(subject, TrainingClass):
        return subject.state in EFFECTIVE and subject.frozen_since is None
    if isinstance(subject, Sitting):
        return subject.state in RUNNING
    return subject.state in SESSION_RUNNING


def _check_running(subject: Subject) -> None:
    if not is_running(subject):
        raise Refused(
            "not_in_effect",
            _("“%(thing)s”现在是“%(state)s”，不能登记远程查看。"),
            thing=subject,
            state=subject.get_state_display(),
        )


def _kept(room: Room, by: User) -> Room:
    """The room, locked, when it is theirs and stands."""
    rows = Room.objects.select_for_update(of=("self",)).select_related(
        "training_class__organization", "sitting__organization", "session__organization"
    )
    row = rows.get(pk=room.pk)
    if not may_keep(by, row):
        raise NotAllowed("not_allowed", _("由登记的单位修改远程查看。"))
    if row.withdrawn_at is not None:
        raise Refused("withdrawn", _("这个登记已经撤下，请重新登记。"))
    return row


def _check(details: Details) -> None:
    if details.way == Way.STREAM:
        if not hooks.publish_address():
            raise Refused(
                "no_stream_here",
                _("本系统还没有接入直播服务器，请先登记会议链接。"),
                field="way",
            )
        return
    fault = rules.link_fault(details.link.strip())
    if fault is not None:
        raise Refused(fault.value, FAULTS[fault], field="link")


def _fill(room: Room, details: Details) -> None:
    meeting = details.way == Way.MEETING
    if not room.pk or room.way != details.way or room.key_until < timezone.now():
        room.key, room.key_until = stream_key(), _key_until(room.subject)
    room.way = details.way
    room.link = details.link.strip() if meeting else ""
    room.passcode = details.passcode.strip() if meeting else ""
    room.hint = details.hint.strip()


def _key_until(subject: Subject) -> datetime:
    return rules.key_until(timezone.now(), ends(subject), value(KEY_DAYS))


def ends(subject: Subject) -> datetime:
    """When the class or the exam is over."""
    if isinstance(subject, TrainingClass):
        return timezone.make_aware(datetime.combine(subject.ends_on, time(23, 59)))
    return subject.ends_at if isinstance(subject, Sitting) else subject.closes_at


def _place(subject: Subject) -> dict[str, object]:
    return {
        kind_field(subject): subject,
        "organization": subject.organization,
        "prefecture_id": subject.prefecture_id,
        "division_id": subject.division_id,
    }


def kind_field(subject: Subject) -> str:
    """The column of a room that holds such a thing."""
    if isinstance(subject, TrainingClass):
        return "training_class"
    return "sitting" if isinstance(subject, Sitting) else "session"


def _room_of(subject: Subject) -> Room | None:
    rows = Room.objects.select_for_update(of=("self",))
    room = rows.filter(**{kind_field(subject): subject.pk}).first()
    if room is not None:
        setattr(room, kind_field(subject), subject)
    return room


def _record(event: RoomEvent, room: Room, by: User) -> None:
    kind = str(room.get_way_display())
    audit.record(event, room, by=by, within=room.subject, kind=kind)
