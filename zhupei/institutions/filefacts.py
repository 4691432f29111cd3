"""What the files of institutions say, gathered for the rules: two questions to the database,
however many institutions are asked about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject

from zhupei.core.queries import number_of
from zhupei.institutions.models import (
    Condition,
    Consumable,
    Equipment,
    EquipmentUse,
    Licence,
    Platform,
    Policy,
    Post,
    Room,
    StaffMember,
    Station,
    Tenure,
)
from zhupei.institutions.rules.completeness import FileFacts, PlatformFacts, RoomFacts
from zhupei.institutions.rules.licences import LicenceFacts
from zhupei.organizations.models import Kind, Organization
from zhupei.organizations.rules import credit_code_fault
from zhupei.syllabus.models import Syllabus
from zhupei.teachers.models import Engagement

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Gathered:
    """One file: for the rule of licences, and for those of completeness."""

    organization: Organization
    licences: tuple[LicenceFacts, ...]
    file: FileFacts


def gather(organizations: Iterable[Organization], today: date) -> dict[int, Gathered]:
    """The facts of these files by key, in the order of ``organizations``."""
    keys = [organization.pk for organization in organizations]
    rows: dict[int, Any] = _annotated(Organization.objects.filter(pk__in=keys), today).in_bulk()
    jobs = {job for row in rows.values() for one in row.in_licences for job in one["jobs"]}
    syllabi = _syllabi(jobs, today)
    return {key: _gathered(rows[key], syllabi, today) for key in keys}


def _annotated(rows: QuerySet[Organization], today: date) -> QuerySet[Organization]:
    own = {"organization": OuterRef("pk")}
    jobs = Licence.jobs.through.objects.filter(licence=OuterRef("pk")).values("job_id")
    licences = Licence.objects.filter(**own).annotate(scope=ArraySubquery(jobs))
    rooms = Room.objects.filter(**own).filter(Q(closed_on=None) | Q(closed_on__gt=today))
    platforms = Platform.objects.filter(**own).filter(Q(ended_on=None) | Q(ended_on__gt=today))
    policies = Policy.objects.filter(**own, adopted_on__lte=today)
    in_force = policies.filter(Q(replaced_on=None) | Q(replaced_on__gt=today))
    stations = Station.objects.filter(**own, room__closed_on=None)
    working = Equipment.objects.filter(**own).exclude(condition=Condition.RETIRED)
    uses = EquipmentUse.objects.filter(**own, used_on__gt=today - YEAR, used_on__lte=today)
    return rows.annotate(
        in_licences=_listed(
            licences.order_by("valid_until"),
            number="number",
            first="valid_from",
            last="valid_until",
            jobs="scope",
        ),
        in_rooms=_listed(
            rooms.order_by("name"),
            name="name",
            use="use",
            seats="seats",
            computers="computers",
            tenure="tenure",
            term="lease_until",
            fire="fire_valid_until",
            paper="fire_paper_id",
        ),
        in_staff=_listed(
            StaffMember.objects.filter(**own).on(today).order_by("post", "name"),
            post="post",
            name="name",
            proof="proof_id",
        ),
        in_platforms=_listed(platforms.order_by("name"), name="name", until="valid_until"),
        in_policies=ArraySubquery(in_force.values("kind").distinct()),
        in_stations=ArraySubquery(stations.values("job_id").distinct()),
        in_equipment=number_of(working),
        in_uses=number_of(uses),
        in_consumables=number_of(Consumable.objects.filter(**own, closed_on=None)),
        in_teachers=number_of(Engagement.objects.filter(**own).on(today)),
    )


def _listed(rows: QuerySet[Any], **fields: str) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**fields)))


@dataclass(frozen=True)
class _Job:
    name: str
    practised: bool
    online: bool


def _syllabi(jobs: Iterable[int], today: date) -> dict[int, _Job]:
    """What the published syllabi ask for each job: practice at all, something online."""
    published = Syllabus.objects.published().filter(job__in=list(jobs), effective_from__lte=today)
    asked = published.values("job_id", "job__name").annotate(
        practice=Sum("units__practice_hours"), online=Sum("online_hours_limit"), n=Count("pk")
    )
    return {
        row["job_id"]: _Job(row["job__name"], bool(row["practice"]), bool(row["online"]))
        for row in asked
    }


def _gathered(row: Any, syllabi: Mapping[int, _Job], today: date) -> Gathered:
    licences = tuple(
        LicenceFacts(
            one["number"],
            date.fromisoformat(one["first"]),
            date.fromisoformat(one["last"]),
            frozenset(map(str, one["jobs"])),
        )
        for one in row.in_licences
    )
    living = [one for one in licences if one.first <= today <= one.last]
    jobs = [syllabi[int(job)] for one in living for job in one.jobs if int(job) in syllabi]
    stations = {syllabi[job].name for job in row.in_stations if job in syllabi}
    file = FileFacts(
        today=today,
        trains=row.kind == Kind.INSTITUTION,
        credit_code="" if credit_code_fault(row.uscc) else row.uscc,
        licensed_until=max((one.last for one in living), default=None),
        heads=sum(one["post"] == Post.HEAD for one in row.in_staff),
        managers=sum(one["post"] == Post.MANAGER for one in row.in_staff),
        unproved=[one["name"] for one in row.in_staff if not one["proof"]],
        policies=frozenset(row.in_policies),
        rooms=[_room(one) for one in row.in_rooms],
        practised=frozenset(job.name for job in jobs if job.practised),
        stations=frozenset(stations),
        equipment=row.in_equipment,
        used=row.in_uses,
        consumables=row.in_consumables,
        teachers=row.in_teachers,
        online=any(job.online for job in jobs),
        platforms=[PlatformFacts(one["name"], _day(one["until"])) for one in row.in_platforms],
    )
    return Gathered(row, licences, file)


def _room(one: Mapping[str, Any]) -> RoomFacts:
    return RoomFacts(
        name=one["name"],
        use=one["use"],
        seats=one["seats"],
        computers=one["computers"],
        term=None if one["tenure"] == Tenure.OWNED else _day(one["term"]),
        fire_until=_day(one["fire"]),
        fire_paper=bool(one["paper"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
