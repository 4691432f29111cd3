"""Builders for the exam room: a sitting that Nur and Dong watch, with candidates at the door."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from django.utils import timezone

from tests import make_exams, make_officials, make_pictures
from zhupei.exams.actions import invigilators
from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.actions import door, incidents, log, safe_browser
from zhupei.invigilation.actions import help as helping
from zhupei.invigilation.identity import Evidence
from zhupei.invigilation.models import CheckIn
from zhupei.people.models import User

CHECKS = {"room_ready": True, "devices_ready": True, "forms_sealed": True}


def watched_sitting(world: SimpleNamespace, *users: User, **fields: Any) -> Sitting:
    """Sealed, for these people (Adil when nobody is named); Nur is chief, Dong the second."""
    if not hasattr(world, "nur"):
        make_officials.add(world)
    sitting = make_exams.sealed_sitting(world, *users, **fields)
    for user in (world.nur, world.dong):
        called = invigilators.call(sitting, user, by=world.chen, chief=user == world.nur)
        invigilators.accept(called, by=user)
    return sitting


def running_sitting(world: SimpleNamespace, *users: User, starts_at: datetime) -> Sitting:
    """One that began at ``starts_at``, by the true clock: for the hot process, whose clock cannot
    be moved. Everybody was admitted.
    """
    with time_machine.travel(starts_at - timedelta(days=1), tick=False):
        sitting = watched_sitting(world, *users, starts_at=starts_at)
    with before_the_start(sitting, 10):
        for seat in sitting.candidates.all():
            admitted(seat, by=world.nur)
    return sitting


def before_the_start(sitting: Sitting, minutes: float = 20) -> time_machine.travel:
    """So many minutes before the start."""
    return time_machine.travel(make_exams.during(sitting, -minutes), tick=False)


def evidence(candidate: Candidate) -> Evidence:
    """What is read from the right document."""
    return Evidence(candidate.person.id_last_four)


def admitted(candidate: Candidate, *, by: User) -> CheckIn:
    """Call it while the door is open."""
    return door.admit(candidate, by=by, method="document", evidence=evidence(candidate))


def opened_room(sitting: Sitting, *, by: User) -> Any:
    return log.open_room(sitting, by=by, checks=CHECKS)


SITE_PEOPLE = {
    "invigilation": "chen",
    "invigilation:enter": "adil",
    "invigilation:heard": "adil",
    "invigilation:call": "adil",
    "invigilation:config": None,
}
SITE_OBJECTS = {
    "invigilation": {
        "pk": "sitting",
        "candidate": "candidate",
        "incident": "incident",
        "call": "help_call",
        "name": "pause",
    },
    "invigilation:heard": {"pk": "attempt"},
    "invigilation:call": {"pk": "candidate"},
    "invigilation:config": {"ticket": "browser_ticket"},
}


def for_the_site(world: SimpleNamespace, sitting: Sitting) -> dict[str, Any]:
    """One of each thing of the room, all of them of Chen's sitting."""
    photo = make_pictures.photo("桌面.jpg")
    seat = sitting.candidates.get()
    seen = incidents.Seen("material", "serious", "桌上有手机", seat, photo)
    return {
        "incident": incidents.note(sitting, seen, by=world.chen),
        "help_call": helping.call(seat, by=world.adil),
    }


def browser_ticket(world: SimpleNamespace) -> str:
    """What fetches the configuration of a coming sitting that requires one."""
    coming = make_exams.notified_sitting(world, starts_at=timezone.now() + timedelta(days=9))
    safe_browser.require(coming, by=world.chen)
    return safe_browser.ticket(coming)
