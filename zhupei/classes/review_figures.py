"""How reviews go: what each reviewer and each bureau decided, how fast, after how much reading.

Everything is counted from the record of deeds, in five questions to the database however many
decisions there are. A figure keeps the plans behind it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhupei.classes import parameters, words
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import IN_REVIEW, SecondReading, SecondState, TrainingClass
from zhupei.classes.returns import SUBMISSIONS
from zhupei.core import workdays
from zhupei.core.models import Event
from zhupei.core.parameters import value
from zhupei.organizations.models import Kind, Organization

TOP = 3  # reasons named
COLUMNS = (
    "subject", "seq", "verb", "at", "actor_id", "actor_name", "organization_id",
    "organization_name", "facts__reasons", "facts__evidence",
)  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """One approval or return, and what came before it."""

    plan: int
    approved: bool
    reader: int
    reader_name: str
    bureau: int
    bureau_name: str
    days: int | None
    late: bool
    fields: list[str]
    seconds: list[int]  # of each paper opened


@dataclass
class Row:
    """The figures of one reviewer or of one bureau."""

    key: int
    name: str
    place: str
    enough: int  # seconds on every paper that count as reading it
    decisions: list[Decision] = field(default_factory=list)
    seconds: list[tuple[int, str]] = field(default_factory=list)  # second readings: plan, state
    waiting_late: list[int] = field(default_factory=list)

    @property
    def approved(self) -> list[Decision]:
        return [x for x in self.decisions if x.approved]

    @property
    def returned(self) -> list[Decision]:
        return [x for x in self.decisions if not x.approved]

    @property
    def median_days(self) -> float | None:
        days = [x.days for x in self.decisions if x.days is not None]
        return median(days) if days else None

    @property
    def returned_share(self) -> int | None:
        return _share(len(self.returned), len(self.decisions))

    @property
    def reasons(self) -> list[tuple[Any, int]]:
        """The fields most often sent back for, and how often."""
        told = Counter(name for x in self.returned for name in x.fields)
        return [(words.FIELDS[name], count) for name, count in told.most_common(TOP)]

    @property
    def median_seconds(self) -> int | None:
        spent = [sum(x.seconds) for x in self.decisions if x.seconds]
        return round(median(spent)) if spent else None

    @property
    def read_well(self) -> list[Decision]:
        return [x for x in self.approved if x.seconds and min(x.seconds) > self.enough]

    @property
    def read_share(self) -> int | None:
        return _share(len(self.read_well), len(self.approved))

    @property
    def late(self) -> list[Decision]:
        return [x for x in self.decisions if x.late]

    def again(self, state: str) -> list[int]:
        """Plans whose second reading came to this."""
        return [plan for plan, found in self.seconds if found == state]

    def plans(self, what: str) -> list[int]:
        """The plans behind a figure."""
        behind: dict[str, list[int]] = {
            "decided": [x.plan for x in self.decisions],
            "returned": [x.plan for x in self.returned],
            "read": [x.plan for x in self.read_well],
            "skimmed": [x.plan for x in self.approved if x not in self.read_well],
            "late": [x.plan for x in self.late],
            "waiting_late": self.waiting_late,
            "agreed": self.again(SecondState.AGREED),
            "objected": self.again(SecondState.OBJECTED),
        }
        return behind.get(what, [])


Here = Mapping[str | None, Row]  # the row of the bureau of a prefecture


@dataclass(frozen=True)
class Figures:
    """Both tables, each by name: nobody is ranked."""

    readers: list[Row]
    bureaus: list[Row]

    def row(self, *, reader: int | None, bureau: int | None) -> Row | None:
        rows = self.readers if reader is not None else self.bureaus
        wanted = reader if reader is not None else bureau
        return next((row for row in rows if row.key == wanted), None)


def gather(user: Any, since: date, until: date) -> Figures:
    """The decisions made between two days, as far as ``user`` may see whose they are."""
    decisions = _decisions(user, since, until)
    enough = value(parameters.EVIDENCE_SECONDS)
    readers: dict[int, Row] = {}
    bodies = list(Organization.objects.visible_to(user).bureaus().order_by("name"))
    bureaus = {body.pk: Row(body.pk, body.name, "", enough) for body in bodies}
    here = {body.prefecture_id: bureaus[body.pk] for body in bodies}
    for made in decisions:
        reader = readers.setdefault(
            made.reader, Row(made.reader, made.reader_name, made.bureau_name, enough)
        )
        bureau = bureaus.setdefault(made.bureau, Row(made.bureau, made.bureau_name, "", enough))
        reader.decisions.append(made)
        bureau.decisions.append(made)
    _add_second_readings(user, (since, until), readers, here)
    _add_waiting(user, here)
    return Figures(_by_name(readers.values()), _by_name(bureaus.values()))


def _decisions(user: Any, since: date, until: date) -> list[Decision]:
    start, end = (timezone.make_aware(datetime.combine(day, time())) for day in (since, until))
    verbs = [ClassEvent.APPROVED, ClassEvent.RETURNED]
    made = Event.objects.filter(verb__in=verbs, at__gte=start, at__lt=end + timedelta(days=1))
    if user.acting.organization.kind != Kind.REGION_AUTHORITY:
        made = made.filter(organization_id=user.acting.organization_id)
    rows = list(made.order_by("at").values(*COLUMNS))
    before = _before({row["subject"] for row in rows})
    known = workdays.exceptions(since - timedelta(days=90), until)
    return [_decision(row, before[row["subject"]], known) for row in rows]


def _before(subjects: set[str]) -> Mapping[str, list[dict[str, Any]]]:
    """Submissions and reminders of these plans, in order."""
    verbs = [*SUBMISSIONS, ClassEvent.OVERDUE]
    events = Event.objects.filter(Q(subject__in=subjects), verb__in=verbs).order_by("seq")
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events.values("subject", "seq", "verb", "at"):
        found[event["subject"]].append(dict(event))
    return found


def _decision(
    row: dict[str, Any], before: list[dict[str, Any]], known: dict[date, bool]
) -> Decision:
    earlier = [event for event in before if event["seq"] < row["seq"]]
    handed_in = next((x for x in reversed(earlier) if x["verb"] in SUBMISSIONS), None)
    late = handed_in is not None and any(
        x["verb"] == ClassEvent.OVERDUE and x["seq"] > handed_in["seq"] for x in earlier
    )
    days = None
    if handed_in:
        first, last = timezone.localdate(handed_in["at"]), timezone.localdate(row["at"])
        days = workdays.workdays_between(first, last, known)
    return Decision(
        plan=int(row["subject"].rpartition("/")[2]),
        approved=row["verb"] == ClassEvent.APPROVED,
        reader=row["actor_id"] or 0,
        reader_name=row["actor_name"],
        bureau=row["organization_id"] or 0,
        bureau_name=row["organization_name"],
        days=days,
        late=late,
        fields=[reason["field"] for reason in row["facts__reasons"] or []],
        seconds=[paper["seconds"] for paper in row["facts__evidence"] or []],
    )


def _add_second_readings(
    user: Any, days: tuple[date, date], readers: dict[int, Row], here: Here
) -> None:
    rows = SecondReading.objects.visible_to(user).filter(draw__day__range=days)
    for plan, reader, prefecture, state in rows.values_list(
        "training_class", "first_reader", "training_class__prefecture", "state"
    ):
        for row in (readers.get(reader or 0), here.get(prefecture)):
            if row:
                row.seconds.append((plan, state))


def _add_waiting(user: Any, here: Here) -> None:
    """Plans past their time that nobody has decided on yet."""
    late = TrainingClass.objects.visible_to(user).filter(
        state__in=IN_REVIEW, due_at__lt=timezone.now()
    )
    for plan, prefecture in late.values_list("pk", "prefecture"):
        row = here.get(prefecture)
        if row:
            row.waiting_late.append(plan)


def _by_name(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.place, row.name, row.key))


def _share(part: int, whole: int) -> int | None:
    return round(part * 100 / whole) if whole else None
