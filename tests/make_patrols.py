"""Builders of duties and patrols: the ledger is kept as the clock keeps it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from django.utils import timezone

from tests import (
    make_classes,
    make_exams,
    make_officials,
    make_pictures,
    make_practical,
)
from zhupei.classes.actions import enrolment as enrolments
from zhupei.classes.models import TrainingClass
from zhupei.core import pictures, uploads
from zhupei.core.deeds import Sent
from zhupei.core.models import StoredFile
from zhupei.core.offline import Outcome
from zhupei.patrols import checklist
from zhupei.patrols.actions import filling, ledger, planning, rolls
from zhupei.patrols.models import Deed, DeedKind, Duty, Patrol, Photo
from zhupei.people.models import Purpose, User


def world_of_inspectors(world: SimpleNamespace) -> SimpleNamespace:
    """The world with its inspectors; twice is once."""
    return world if hasattr(world, "yang") else make_officials.add(world)


def taught(world: SimpleNamespace, *users: User, **fields: Any) -> TrainingClass:
    """A class that was approved, with learners."""
    made = make_classes.approved_class(world, **fields)
    for user in users:
        enrolments.sign_up(made, by=user, consents=(Purpose.TRAINING,))
    return made


def duty(world: SimpleNamespace, *users: User, **fields: Any) -> Duty:
    """What a class owes, entered by the clock."""
    made = taught(world, *users, **fields)
    ledger.keep()
    return Duty.objects.get(training_class=made)


def sitting_duty(world: SimpleNamespace, *users: User) -> Duty:
    sitting = make_exams.sealed_sitting(world, *users)
    ledger.keep()
    return Duty.objects.get(sitting=sitting)


def session_duty(world: SimpleNamespace) -> Duty:
    session = make_practical.fixed_session(world)
    ledger.keep()
    return Duty.objects.get(session=session)


def wish(duty: Duty, *people: User, **said: Any) -> planning.Wish:
    words = {
        "key": uuid.uuid4(),
        "way": "on_site",
        "day": planning.day_to_offer(duty),
        "people": list(people),
    }
    return planning.Wish(**(words | said))


def planned(world: SimpleNamespace, duty: Duty, *people: User, **said: Any) -> Patrol:
    """Li sends Yang, unless told."""
    sent = people or (world_of_inspectors(world).yang,)
    by = said.pop("by", world.li)
    return planning.plan(duty, wish(duty, *sent, **said), by=by)


def during(duty: Duty, minutes: float = 30) -> datetime:
    """A moment while there is something to see."""
    return duty.opens_at + timedelta(minutes=minutes)


def deed(kind: str, about: str = "", value: str = "", **said: Any) -> Sent:
    at = said.get("at") or timezone.now() - timedelta(minutes=said.get("minutes", 0))
    return Sent(said.get("id") or uuid.uuid4(), DeedKind(kind), about, value, at)


def answers(patrol: Patrol, *bad: str, **said: Any) -> list[Sent]:
    """Every item as it should be, but those named."""
    return [
        deed("answer", item.key, "bad" if item.key in bad else "good", **said)
        for item in checklist.items(patrol.form, patrol.duty.kind)
    ]


def shot(user: User, about: str = "", **said: Any) -> Sent:
    """A picture of the place, uploaded by its maker's phone."""
    content = make_pictures.jpeg(size=(32, 32))
    made = uploads.begin("现场.jpg", len(content), by=user)
    key = str(uploads.append(made, 0, content, by=user).pk)
    return deed("photo", about, key, **said)


def whole(patrol: Patrol, user: User, *bad: str, **said: Any) -> list[Sent]:
    """All that a form on the spot needs, where nobody has to be there."""
    return [*answers(patrol, *bad, **said), shot(user)]


def roll_call(patrol: Patrol, found: dict[int, str] | None = None, **said: Any) -> list[Sent]:
    """The sample of this hour, everybody here but those named (by enrolment)."""
    now = timezone.now()
    (offer,) = (one for one in rolls.offers(patrol) if one.hour.around(now))
    marks = [
        deed("roll", str(one.enrolment), (found or {}).get(one.enrolment, "here"), **said)
        for one in offer.sample
    ]
    return [deed("draw", "", offer.ticket, minutes=1), *marks]


def send(patrol: Patrol, user: User, deeds: Sequence[Sent], *, phone: str = "A") -> list[Outcome]:
    now = timezone.now()
    return filling.sync(patrol, by=user, phone=phone, phone_now=now, deeds=deeds)


def filed(
    world: SimpleNamespace, duty: Duty, *bad: str, absent: Sequence[int] = (), **said: Any
) -> Patrol:
    """Yang goes, calls the roll where there is one, and hands in."""
    patrol = planned(world, duty, **said)
    with time_machine.travel(during(duty), tick=False):
        deeds = whole(patrol, world.yang, *bad)
        if rolls.hours(duty, duty.opens_at, duty.opens_at + timedelta(hours=1)):
            deeds += roll_call(patrol, dict.fromkeys(absent, "absent"))
        for outcome in send(patrol, world.yang, [*deeds, deed("hand_in")]):
            if outcome.refusal:
                raise outcome.refusal
    patrol.refresh_from_db()
    return patrol


def codes(outcomes: Sequence[Outcome]) -> list[str]:
    return [one.refusal.code if one.refusal else "" for one in outcomes]


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A class whose patrol is planned, and one that was looked at, with a photo and a roll call."""
    world_of_inspectors(world)
    today = timezone.localdate()
    waiting = duty(world, starts_on=today + timedelta(days=100))
    seen = duty(world, world.sun, starts_on=today + timedelta(days=110))
    visit = planned(world, waiting, day=timezone.localdate(waiting.opens_at))
    patrol = planned(world, seen)
    with time_machine.travel(during(seen), tick=False):
        photo = deed("photo", "safety")
        kept = pictures.accept(make_pictures.photo(), by=world.yang)
        filling.add_photo(patrol, photo, kept, by=world.yang)
        deeds = [*answers(patrol, "log"), *roll_call(patrol), deed("hand_in")]
        assert set(codes(send(patrol, world.yang, deeds))) == {""}
    return {
        "duty": waiting,
        "planned_patrol": visit,
        "filed_patrol": patrol,
        "patrol_photo": patrol.photos.get(),
    }


def grow(things: dict[str, Any], wanted: int, many: Any, every: Any) -> None:
    """As many duties, visits, records, and photos of one (by the copiers of ``make_many``)."""
    first = Duty.objects.get(pk=things["duty"])
    classes = list(TrainingClass._base_manager.filter(patrol_duty=None).order_by("-pk")[:wanted])
    moments = [timezone.now() - timedelta(days=n % 25) for n in range(len(classes))]
    where = {"opens_at": moments, "closes_at": moments, "training_class": classes}
    duties = many([first], len(classes), state="owed", **where)

    def key(_row: Any) -> uuid.UUID:
        return uuid.uuid4()

    for name in ("planned_patrol", "filed_patrol"):
        rows = every(Patrol, pk=things[name])
        yang = rows[0].members.get()
        owing = [first] * wanted if name == "planned_patrol" else duties
        for patrol in many(rows, len(owing), key=key, duty=owing):
            patrol.members.add(yang)
    shots = many(every(Deed, patrol=things["filed_patrol"], kind="photo"), wanted)
    files = many(every(StoredFile)[:1], wanted, path=lambda _row: f"patrols/{uuid.uuid4()}")
    many(every(Photo, patrol=things["filed_patrol"]), wanted, deed=shots, file=files)


SITE_PEOPLE = {
    "patrols": "li",
    "patrols:worker": None,
    "patrols:desk": "yang",
    "patrols:visit": "yang",
    "patrols:sync": "yang",
    "patrols:add-photo": "yang",
}
SITE_OBJECTS = {
    "patrols": {"pk": "duty", "code": "prefecture_code"},
    "patrols:institution": {"pk": "school"},
    "patrols:visit": {"pk": "planned_patrol"},
    "patrols:sync": {"pk": "planned_patrol"},
    "patrols:add-photo": {"pk": "planned_patrol"},
    "patrols:move": {"pk": "planned_patrol", "name": "call_off"},
    "patrols:record": {"pk": "filed_patrol"},
    "patrols:photo": {"pk": "patrol_photo"},
}
LISTS = {
    "patrols:map": "gu",
    "patrols:place": "li gu",
    "patrols:institution": "li",
    "patrols:duties": "li gu",
    "patrols:duty": "li",
    "patrols:plan": "li",
    "patrols:desk": "yang",
    "patrols:visit": "yang",
    "patrols:records": "li aygul",
    "patrols:record": "li aygul",
}
