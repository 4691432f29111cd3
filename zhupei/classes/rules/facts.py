"""What the checks of a plan look at, and what they find: plain values."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What one check found. ``items`` are its cases, one after the other in the sentence."""

    code: str
    tone: Tone
    law: str
    field: str = ""
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    items: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class UnitHours:
    """A unit of the syllabus; what it requires, in seconds."""

    position: int
    title: str
    theory: int
    practice: int
    is_ethics: bool = False
    online: int = 0  # of the theory, what may be learnt online

    @property
    def required(self) -> int:
        return self.theory + self.practice


@dataclass(frozen=True)
class Clash:
    """Somebody or some room is elsewhere at the time of a lesson."""

    name: str
    place: str
    starts_at: datetime


@dataclass(frozen=True)
class PlannedLesson:
    """One lesson as a check sees it. ``unit`` is None when the syllabus does not have its unit."""

    unit: int | None
    practice: bool
    day: date
    seconds: int
    teacher: str
    engaged: bool
    room: str
    seats: int
    stations: int
    teacher_clash: Clash | None = None
    room_clash: Clash | None = None
    online: bool = False
    usable_until: date | None = None  # the last day of the room's lease, or before it is closed
    fire_checked: bool = True  # a fire-safety check is on file
    fire_until: date | None = None


@dataclass(frozen=True)
class LicenceFacts:
    number: str
    valid_from: date
    valid_until: date
    covers_job: bool


@dataclass(frozen=True)
class RosterFacts:
    """How many were invited and have not answered, said yes, said no; how many are enrolled."""

    waiting: int = 0
    confirmed: int = 0
    declined: int = 0
    enrolled: int = 0


@dataclass(frozen=True)
class PlatformFacts:
    """An online platform in use, and until when its assessment holds, if it passed one."""

    name: str
    assessed: bool
    valid_until: date | None


@dataclass(frozen=True)
class Limits:
    """The figures of the region, which are parameters. Shares are per cent of all hours."""

    teachers: int
    daily_hours: int
    learners_per_station: int
    hours_least: int = 0
    practice_share: int = 0
    online_share: int = 100


@dataclass(frozen=True)
class Plan:
    """A class plan in plain values."""

    today: date
    starts_on: date
    ends_on: date
    seats: int
    job: str
    units: Sequence[UnitHours]
    lessons: Sequence[PlannedLesson]
    licences: Sequence[LicenceFacts]
    roster: RosterFacts
    has_scheme: bool
    documents: int
    submitted: bool
    limits: Limits
    standing: str = ""  # why the institution may not train, in a word; empty when it may
    destination: str = ""  # the prefecture, when it is not the institution's own
    filing: str = ""  # the number of the filing that covers the class there
    filed_with: str = ""  # the department it is filed with
    online_limit: int = 0  # seconds of the whole syllabus
    platforms: Sequence[PlatformFacts] = ()
