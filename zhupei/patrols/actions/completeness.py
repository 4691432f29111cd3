"""Is a form whole: every item answered, and enough seen for it to count as a look?

The rule is ``rules.substance.lacking``.
"""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.core.parameters import settings_of
from zhupei.live.models import Look, Room, Snapshot
from zhupei.patrols import checklist
from zhupei.patrols import parameters as p
from zhupei.patrols.actions import rolls
from zhupei.patrols.models import Duty, Patrol, RollLine, Way
from zhupei.patrols.reading import Reading
from zhupei.patrols.rules.substance import Held, Lack, Least, lacking
from zhupei.patrols.subjects import field_of

EXCUSES: Mapping[str, tuple[Lack, ...]] = {  # notes that say why, and what they take the place of
    checklist.UNCALLED: (Lack.ROLL, Lack.CALLED),
    checklist.UNPICTURED: (Lack.PICTURES,),
}
CODES = {
    Lack.APPLYING: "nothing_applies",
    Lack.ROLL: "nobody_called",
    Lack.CALLED: "called_in_part",
    Lack.PICTURES: "picture_missing",
}


def check(patrol: Patrol, said: Reading) -> Held:
    """Refuse a form that cannot be handed in yet; what it holds, otherwise.

    Raises Refused "form_incomplete", "seen_missing", "look_missing", "nothing_applies",
    "nobody_called", "called_in_part" or "picture_missing".
    """
    open_ones = checklist.missing(checklist.items(patrol.form, patrol.duty.kind), said.answers)
    if open_ones:
        raise Refused(
            "form_incomplete",
            _("还有 %(count)d 项没有填：%(items)s。不适用的请选“不适用”。"),
            count=len(open_ones),
            items="、".join(str(item.text) for item in open_ones),
        )
    if patrol.way == Way.REMOTE:
        _check_remote(patrol, said.notes)
    held, least = _held(patrol, said), least_of(patrol)
    remote = patrol.way == Way.REMOTE
    excused = {lack for note, lacks in EXCUSES.items() if said.notes.get(note) for lack in lacks}
    for lack in lacking(held, least, remote=remote, excused=excused):
        raise _refusal(lack, held, least, remote=remote)
    return held


def _refusal(lack: Lack, held: Held, least: Least, *, remote: bool) -> Refused:
    """What is missing, in words, and what to do about it."""
    if lack is Lack.PICTURES and remote:
        words = _("远程巡查要有 %(pictures)d 张截图。没有的，请写明原因。")
    else:
        words = {
            Lack.APPLYING: _("至少 %(applying)d 项要选“符合”或“不符”；全部“不适用”等于没有看。"),
            Lack.ROLL: _("当天有应到的人，还没有点名。没法点的，请写明原因。"),
            Lack.CALLED: _("抽出的 %(drawn)d 人还有 %(left)d 人没有点。没法点的，请写明原因。"),
            Lack.PICTURES: _("至少拍 %(pictures)d 张现场照片，才能提交。"),
        }[lack]
    left = held.drawn - held.called
    return Refused(CODES[lack], words, drawn=held.drawn, left=left, **least._asdict())


def least_of(patrol: Patrol) -> Least:
    """How much a form has to hold, by the figures in force on the day of the look."""
    day = timezone.localdate(patrol.looked_at) if patrol.looked_at else None
    figures = settings_of(p.APPLYING, p.PHOTOS, on=day, prefecture=patrol.duty.prefecture_id)
    return Least(figures[p.APPLYING.key].value, figures[p.PHOTOS.key].value)


def _held(patrol: Patrol, said: Reading) -> Held:
    assert patrol.looked_at  # the first deed has set it
    drawn = RollLine.objects.filter(roll__patrol=patrol)
    none = checklist.Answer.NONE
    return Held(
        applying=sum(answer != none for answer in said.answers.values()),
        pictures=patrol.photos.count() + stills(patrol),
        expected=rolls.expected_on(patrol.duty, timezone.localdate(patrol.looked_at)),
        drawn=drawn.count(),
        called=drawn.called().count(),
    )


def _check_remote(patrol: Patrol, notes: Mapping[str, str]) -> None:
    """A remote look says what was seen; where there is a room to look into, it was looked into."""
    if not notes.get(checklist.SEEN):
        raise Refused("seen_missing", _("远程巡查请写明看到了什么。"), field=checklist.SEEN)
    if room_of(patrol.duty) is not None and not looks(patrol).exists():
        raise Refused(
            "look_missing",
            _("“%(title)s”登记了远程画面。请先点“远程查看”看过，再提交。"),
            title=patrol.duty.title,
        )


def room_of(duty: Duty) -> Room | None:
    """Where this class or sitting is looked into, while that is registered."""
    subject = {field_of(duty.kind): duty.subject}
    return Room.objects.filter(**subject, withdrawn_at=None).first()


def looks(patrol: Patrol) -> QuerySet[Look]:
    """What those who were sent saw of the room since they were sent."""
    room = room_of(patrol.duty)
    if room is None:
        return Look.objects.none()
    return room.looks.filter(by__in=patrol.members.all(), opened_at__gte=patrol.planned_at)


def stills(patrol: Patrol) -> int:
    """How many pictures they kept of it."""
    if patrol.way != Way.REMOTE:
        return 0
    return Snapshot.objects.filter(look__in=looks(patrol)).count()
