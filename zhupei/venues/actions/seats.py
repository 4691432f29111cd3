"""The seats of an examination room: laid out by rows and columns, changed one by one, checked.

Source: project register of facts, §5 (machine rooms: 99 machines, one spare for every ten).
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.people.models import User
from zhupei.venues import rules
from zhupei.venues.actions.sites import locked
from zhupei.venues.events import SiteEvent
from zhupei.venues.models import Condition, ExamRoom, RoomCheck, Seat, SeatQuerySet, Site
from zhupei.venues.parameters import CHECK_HOURS, ONE_SPARE_IN, SEATS_A_ROOM
from zhupei.venues.sentences import CHECKLIST
from zhupei.venues.words import SEAT

MOST = 30  # rows, and seats in a row
# What one press in the seat map does to a seat.
TOOLS = ("usable", "spare", "broken")


@transaction.atomic
def lay_out(place: ExamRoom, layout: rules.Layout, *, by: User) -> list[Seat]:
    """Draw the seats of a room anew, row by row.

    Raises NotAllowed; Refused "grid_size", "too_many_seats", "spares_too_many", or "seats_in_use"
    when somebody has a seat here, in a sitting to come or in the record of one.
    """
    site = locked(place.site, by)
    _check_grid(layout)
    old = Seat.objects.filter(room=place.room_id)
    if in_use(old):
        raise Refused(
            "seats_in_use",
            _("“%(room)s”的座位已安排过考生，不能重新生成。请逐个座位修改，或另设一个考场。"),
            room=place.room,
        )
    old.delete()
    seats = Seat.objects.bulk_create(
        Seat(
            room=place.room,
            number=number,
            row=at.row,
            column=at.column,
            spare=number > layout.total - layout.spares,
            machine=f"{layout.prefix}{number:02d}" if layout.prefix else "",
        )
        for number, at in rules.grid(layout.rows, layout.columns, snake=layout.snake)
    )
    facts: dict[str, Any] = {"rows": layout.rows, "columns": layout.columns, "count": len(seats)}
    audit.record(SiteEvent.SEATS_LAID_OUT, site, by=by, room=place.room.name, **facts)
    return seats


def in_use(seats: SeatQuerySet) -> bool:
    """Does a row of an app above point at one of these seats?"""
    above = [one.name for one in Seat._meta.related_objects]
    return any(seats.filter(**{f"{name}__isnull": False}).exists() for name in above)


def _check_grid(layout: rules.Layout) -> None:
    if not (1 <= layout.rows <= MOST and 1 <= layout.columns <= MOST):
        raise Refused(
            "grid_size", _("排数和列数应在 1 到 %(most)d 之间。"), field="rows", most=MOST
        )
    at_most = value(SEATS_A_ROOM)
    if layout.total > at_most:
        raise Refused(
            "too_many_seats",
            _("%(rows)d 排 %(columns)d 列共 %(count)d 个座位，一个考场至多 %(at_most)d 个。"),
            field="columns",
            rows=layout.rows,
            columns=layout.columns,
            count=layout.total,
            at_most=at_most,
        )
    if not 0 <= layout.spares < layout.total:
        raise Refused("spares_too_many", _("备用座位应少于全部座位。"), field="spares")


@transaction.atomic
def press(seat: Seat, tool: str, *, by: User) -> Seat:
    """Turn one property of a seat round: in use or not, spare or not, broken or in order.

    Raises NotAllowed; Refused "tool_unknown".
    """
    if tool not in TOOLS:
        raise Refused("tool_unknown", _("请先选择点座位时要改什么。"), field="tool")
    row = _locked_seat(seat, by)
    if tool == "broken":
        working = row.condition == Condition.BROKEN
        return _note_condition(row, by=by, working=working)
    setattr(row, tool, not getattr(row, tool))
    row.save(update_fields=[tool])
    what = {
        ("usable", True): _("可用"),
        ("usable", False): _("不用"),
        ("spare", True): _("备用"),
        ("spare", False): _("考试用"),
    }[tool, getattr(row, tool)]
    _record(SiteEvent.SEAT_CHANGED, row, by, what=str(what))
    return row


@transaction.atomic
def describe(seat: Seat, *, by: User, **fields: Any) -> Seat:
    """Machine number, asset tag, number of the seat, note. Raises Refused "seat_number_taken"."""
    row = _locked_seat(seat, by)
    number = fields.get("number", row.number)
    others = Seat.objects.filter(room=row.room_id, number=number).exclude(pk=row.pk)
    if others.exists():
        raise Refused(
            "seat_number_taken",
            _("“%(room)s”已有 %(number)d 号座位。"),
            field="number",
            room=row.room,
            number=number,
        )
    changed = [name for name, said in fields.items() if getattr(row, name) != said]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
        what = "，".join(f"{SEAT[name]} {fields[name]}" for name in changed)
        _record(SiteEvent.SEAT_CHANGED, row, by, what=what)
    return row


def _note_condition(row: Seat, *, by: User, working: bool) -> Seat:
    """Somebody looked at the machine."""
    row.condition = Condition.OK if working else Condition.BROKEN
    row.checked_at, row.checked_by = timezone.now(), by
    row.save(update_fields=["condition", "checked_at", "checked_by"])
    seats, what = str(row.number), str(row.get_condition_display())
    _record(SiteEvent.SEATS_CHECKED, row, by, seats=seats, what=what)
    return row


@transaction.atomic
def check_room(
    place: ExamRoom,
    *,
    by: User,
    working: Collection[int],
    done: Collection[str],
    note: str = "",
) -> RoomCheck:
    """Note the check before a day of exams: which machines are in order (keys of seats), the
    others are broken; which points of the checklist are done.

    Raises NotAllowed; Refused "no_seats", "checklist_unknown", "note_required" when a point of the
    checklist is missing and nothing says why.

    Source: project register of facts, §5 (rooms are cleared and machines looked at beforehand).
    """
    site = locked(place.site, by)
    if strange := set(done) - set(CHECKLIST):
        raise Refused("checklist_unknown", _("没有这一项：%(keys)s"), keys="、".join(strange))
    seats = list(Seat.objects.select_for_update().filter(room=place.room_id, usable=True))
    if not seats:
        raise Refused("no_seats", _("“%(room)s”还没有座位。请先生成座位。"), room=place.room)
    if set(done) != set(CHECKLIST) and not note.strip():
        raise Refused("note_required", _("有没打勾的项目，请写明情况和怎样处理。"), field="note")
    now, chosen = timezone.now(), set(working)
    for seat in seats:
        seat.condition = Condition.OK if seat.pk in chosen else Condition.BROKEN
        seat.checked_at, seat.checked_by = now, by
    Seat.objects.bulk_update(seats, ["condition", "checked_at", "checked_by"])
    broken = [seat.number for seat in seats if seat.condition == Condition.BROKEN]
    made = RoomCheck.objects.create(
        room=place.room,
        done=sorted(done),
        working=len(seats) - len(broken),
        broken=len(broken),
        note=note.strip(),
        made_at=now,
        made_by=by,
    )
    audit.record(
        SiteEvent.ROOM_CHECKED,
        site,
        by=by,
        room=place.room.name,
        working=made.working,
        broken=made.broken,
        seats=broken,
        done=made.done,
        note=made.note,
    )
    return made


def facts_of(room: int, *, now: Any) -> rules.RoomFacts:
    """What the rules ask of the seats of a room, in one question."""
    fresh = now - timedelta(hours=value(CHECK_HOURS))
    working = Q(usable=True) & ~Q(condition=Condition.BROKEN)
    counts = Seat.objects.filter(room=room).aggregate(
        seats=Count("pk", filter=working & Q(spare=False)),
        spares=Count("pk", filter=working & Q(spare=True)),
        broken=Count("pk", filter=Q(usable=True, condition=Condition.BROKEN)),
        checked=Count("pk", filter=Q(usable=True, condition=Condition.OK, checked_at__gte=fresh)),
    )
    return rules.RoomFacts(**counts, at_most=value(SEATS_A_ROOM), one_in=value(ONE_SPARE_IN))


def _locked_seat(seat: Seat, by: User) -> Seat:
    """The locked seat of a room whose site ``by`` keeps."""
    rows = Seat._base_manager.select_for_update(of=("self",))
    row = rows.select_related("room__exam_room__site").get(pk=seat.pk)
    locked(_site(row), by)
    return row


def _site(seat: Seat) -> Site:
    room: Any = seat.room
    site: Site = room.exam_room.site
    return site


def _record(verb: SiteEvent, seat: Seat, by: User, **facts: Any) -> None:
    audit.record(verb, _site(seat), by=by, room=seat.room.name, number=seat.number, **facts)
