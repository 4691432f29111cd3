"""Who of the authorities came to look at a class or an exam, and what they found 巡考记录.

As whoever was looked at may know it: looks that were handed in, of a roll call the numbers.

Source: Measures, art. 6 and 20; project register of facts, §5 (一场一档: the record of patrols).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.urls import reverse

from zhupei.archives.contents import papers
from zhupei.archives.contents.evidence import Packed, Piece
from zhupei.archives.contents.papers import Files
from zhupei.classes.models import TrainingClass
from zhupei.core import pictures
from zhupei.exams.models import Sitting
from zhupei.patrols import checklist
from zhupei.patrols.checklist import Answer
from zhupei.patrols.models import Found, Patrol, Photo, Roll
from zhupei.practical.models import Session

LOOKS: Final = "巡查记录.csv"
ROLLS: Final = "巡查点名.csv"
PHOTOS: Final = "巡查照片.csv"
FOLDER: Final = "巡查照片"
ANSWERS: Final = {Answer.GOOD: "符合", Answer.BAD: "不符合", Answer.NONE: "不适用"}

Seen = TrainingClass | Sitting | Session


def pieces(thing: Seen) -> Iterator[Piece]:
    """The pictures taken, drawn anew without place and camera."""
    for photo in _photos(thing):
        yield Piece(FOLDER, photo.file, reverse("patrols:photo", args=[photo.pk]))


def gather(thing: Seen, packed: Packed) -> Files:
    """The forms line by line, the roll calls in numbers, the pictures and where they lie."""
    patrols = list(_patrols(thing).prefetch_related("members"))
    lines = [line for patrol in patrols for line in _lines(patrol)]
    rolls = Roll.objects.filter(patrol__in=patrols).prefetch_related("lines")
    heads = ("巡查", "方式", "巡查人员", "开始", "提交", "事项", "依据", "结论", "备注")
    return {
        LOOKS: papers.as_csv(heads, lines),
        ROLLS: papers.as_csv(
            ("巡查", "时间", "应到", "抽点", *map(str, Found.labels), "没有点"),
            [_roll(one) for one in rolls],
        ),
        PHOTOS: papers.as_csv(
            ("巡查", "时间", "事项", "去除的信息", "SHA-256", "存放"),
            [_photo(one, packed) for one in _photos(thing)],
        ),
    }


def _patrols(thing: Seen) -> Any:
    name = {TrainingClass: "training_class", Sitting: "sitting", Session: "session"}[type(thing)]
    return Patrol.objects.filed().filter(**{f"duty__{name}": thing}).select_related("duty")


def _photos(thing: Seen) -> Any:
    return Photo.objects.filter(patrol__in=_patrols(thing)).select_related("file")


def _lines(patrol: Patrol) -> Iterator[Sequence[Any]]:
    """One a line of the form; what was said of the whole stands last."""
    people = "、".join(sorted(str(one) for one in patrol.members.all()))
    head = (patrol.pk, patrol.get_way_display(), people, patrol.looked_at, patrol.filed_at)
    answers, notes = (patrol.answers.get(name, {}) for name in ("answers", "notes"))
    for item in checklist.items(patrol.form, patrol.duty.kind):
        said = ANSWERS.get(answers.get(item.key), "")
        yield (*head, item.text, item.law, said, notes.get(item.key, ""))
    yield (*head, "总体情况", "", "", notes.get("", ""))


def _roll(roll: Roll) -> Sequence[Any]:
    counts = Counter(line.found for line in roll.lines.all())
    drawn = counts.total()
    return (roll.patrol_id, roll.at, roll.expected, drawn, *(counts[found] for found in Found),
            counts[None])  # fmt: skip


def _photo(photo: Photo, packed: Packed) -> Sequence[Any]:
    taken_out = pictures.said(photo.removed)
    place = packed.where(photo.file)
    return (photo.patrol_id, photo.taken_at, photo.about, taken_out, photo.file.sha256, place)
