"""The papers of a sitting as PDF: slips, the list for the door, the seating plan, desk labels.

Typeset by ``core.typeset`` from ``template/papers.typ``. This module gathers what they say.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.core.parameters import settings_of
from zhupei.core.templatetags.ui import beijing
from zhupei.core.typeset import press, qr_svg
from zhupei.exams import slips
from zhupei.exams.actions import seating
from zhupei.exams.models import CALLED, Candidate, Sitting
from zhupei.exams.parameters import DOOR_OPENS, LATE_MINUTES
from zhupei.institutions.models import Room
from zhupei.venues.models import ExamRoom, Seat

TEMPLATE: Final = Path(__file__).with_name("template") / "papers.typ"
NOT_REAL: Final = "演示数据：姓名、号码均为虚构。"
KINDS: Final = {
    "slips": _("准考证"),
    "door": _("入场名单"),
    "plan": _("座位图"),
    "labels": _("桌贴"),
}
FOR_THE_DOOR: Final = ("door", "plan", "labels")
RULES: Final = (
    "凭本人有效身份证件和准考证入场，{}起核对身份，{}后不准入场。",
    "手机、手表和其他通信设备关机，放在指定位置，不得带到座位。",
    "按座位号入座，听从监考员指挥；机器有故障请举手，答案和时间不会丢。",
    "座位以当天考场公布的为准。",
)


def slip(candidate: Candidate) -> bytes:
    """One slip. Raises Refused "missing_glyphs"."""
    return _printed(candidate.sitting, "slips", people=[_person(candidate)])


def batch(sitting: Sitting) -> bytes:
    """The slips of everybody, in the order of the seats. Raises Refused "missing_glyphs"."""
    return _printed(sitting, "slips", people=[_person(one) for one in _candidates(sitting)])


def for_the_rooms(sitting: Sitting, kind: str) -> bytes:
    """The list for the door, the plan or the labels, a room after the other.

    Raises Refused "missing_glyphs", or "nobody_seated" when there is nothing to print.
    """
    candidates = list(_candidates(sitting))
    if not candidates:
        raise Refused("nobody_seated", _("这场还没有考生，没有可以打印的名单。"))
    rooms = [
        _room(sitting, room, [one for one in candidates if _room_of(one, sitting) == room.pk])
        for room in seating.rooms_of(sitting)
    ]
    return _printed(sitting, kind, rooms=[room for room in rooms if room["people"]])


def number(candidate: Candidate) -> str:
    """The number of a slip: that of the plan and of the seat."""
    return f"{candidate.sitting.number or 'KH'}-{candidate.seat:03d}"


def _candidates(sitting: Sitting) -> Iterable[Candidate]:
    related = sitting.candidates.select_related(
        "person", "sitting", "place__room", "enrolment__training_class__organization"
    )
    return related.order_by("seat")


def _room_of(candidate: Candidate, sitting: Sitting) -> int:
    return candidate.place.room_id if candidate.place else sitting.room_id


def _person(one: Candidate) -> dict[str, Any]:
    return {
        "name": one.person.name,
        "id_number": one.person.masked_id_number,
        "number": number(one),
        "seat": _desk(one),
        "machine": one.place.machine if one.place else "",
        "room": str(one.place.room if one.place else one.sitting.room),
        "class": one.enrolment.training_class.title,
        "school": str(one.enrolment.training_class.organization),
        "token": slips.token(one),
    }


def _desk(one: Candidate) -> str:
    """The number on the desk."""
    return str(one.place.number if one.place else one.seat)


def _room(sitting: Sitting, room: Room, people: Sequence[Candidate]) -> dict[str, Any]:
    called = sitting.invigilators.filter(state__in=CALLED).select_related("user")
    here = [one for one in called if (one.room_id or sitting.room_id) == room.pk]
    on_seat = {one.place_id: one for one in people}
    seats = list(Seat.objects.filter(room=room))
    return {
        "name": room.name,
        "watching": "、".join(str(one.user) for one in here) or "—",
        "people": [_person(one) for one in people],
        **_grid(seats, on_seat),
    }


def _grid(seats: Sequence[Seat], on_seat: dict[int | None, Candidate]) -> dict[str, Any]:
    rows = max((seat.row for seat in seats), default=1)
    columns = max((seat.column for seat in seats), default=1)
    by_place = {(seat.row, seat.column): seat for seat in seats if seat.usable}
    cells = [
        _cell(by_place.get((row, column)), on_seat)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    ]
    return {"rows": rows, "columns": columns, "cells": cells}


def _cell(seat: Seat | None, on_seat: dict[int | None, Candidate]) -> dict[str, str] | None:
    if seat is None:
        return None
    sits = on_seat.get(seat.pk)
    return {
        "seat": str(seat.number),
        "name": sits.person.name if sits else "",
        "word": "备用" if seat.spare else "空",
    }


def _printed(sitting: Sitting, kind: str, **said: Any) -> bytes:
    values = {**_head(sitting), "kind": kind, "people": [], "rooms": [], **said}
    people = values["people"]
    codes = {f"code-{n}.svg": qr_svg(one["token"]) for n, one in enumerate(people)}
    for n, one in enumerate(people):
        one["code"] = f"code-{n}.svg"
    printer = press(settings.FONTS_DIR)
    if missing := printer.missing(_texts(values)):
        raise Refused(
            "missing_glyphs",
            _("字体中没有“%(characters)s”，无法印出。请在系统设置中补充含有该字的字体后重试。"),
            characters=missing,
        )
    return printer.compile(TEMPLATE.read_bytes(), values, codes, timezone.localdate())


def _head(sitting: Sitting) -> dict[str, Any]:
    place = ExamRoom.objects.filter(room=sitting.room_id).select_related("site").first()
    site = place.site if place else None
    end = timezone.localtime(sitting.ends_at)
    when = f"{beijing(sitting.starts_at)}–{end:%H:%M}（北京时间），{sitting.minutes} 分钟"
    return {
        "title": sitting.title,
        "body": str(sitting.organization),
        "sitting": f"{sitting.title}　{sitting.job}",
        "when": when,
        "site": f"{site.name}（{site.contact} {site.contact_phone}）" if site else "—",
        "address": f"{site.division} {site.address}" if site else sitting.room.address or "—",
        "directions": site.directions if site else "",
        "rules": rules_of(sitting),
        "note": "" if settings.PRODUCTION else NOT_REAL,
    }


def rules_of(sitting: Sitting) -> list[str]:
    """What a slip tells its candidate, the hours of the door first."""
    said = settings_of(DOOR_OPENS, LATE_MINUTES, prefecture=sitting.prefecture_id)
    opens = sitting.starts_at - timedelta(minutes=said[DOOR_OPENS.key].value)
    shuts = sitting.starts_at + timedelta(minutes=said[LATE_MINUTES.key].value)
    first, *others = RULES
    at = [f"{timezone.localtime(moment):%H:%M}" for moment in (opens, shuts)]
    return [first.format(*at), *others]


def _texts(value: Any) -> Iterable[str]:
    """Every text in nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "token":
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
