"""What suspending an institution would stop, and what reinstating it would set going: names and
counts, before anybody decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from zhupei.certificates.models import Certificate, CertificateQuerySet
from zhupei.classes.actions import freezing
from zhupei.classes.models import EFFECTIVE, Enrolment, State, TrainingClass
from zhupei.organizations.models import Organization

UNHANDED = (State.DRAFT, State.RETURNED)  # not frozen: they cannot be submitted meanwhile
UNFINISHED = (State.SUBMITTED, State.REFERRED, State.RETURNED, *EFFECTIVE)
SPANS = (90, 365)  # days: ranges offered for the certificates to be marked


@dataclass(frozen=True)
class Touched:
    """A class that would stand still: its learners, and where they could go on instead.

    ``here`` are open classes of other institutions for the same syllabus in the same prefecture,
    ``anywhere`` those of the region.
    """

    training_class: TrainingClass
    learners: int
    here: Sequence[TrainingClass]
    anywhere: int


@dataclass(frozen=True)
class Consequences:
    """Everything a suspension would touch."""

    classes: Sequence[Touched]
    plans: Sequence[TrainingClass]
    drafts: Sequence[TrainingClass]
    counts: dict[str, int]
    certificates: int


def of(organization: Organization, *, issued_from: date | None = None) -> Consequences:
    """What suspending would stop now; certificates issued from a day on, or none."""
    rows = list(_with_learners(freezing.freezable(organization)))
    running = [row for row in rows if row.state in EFFECTIVE]
    others = _others(organization, running)
    drafts = TrainingClass.objects.filter(organization=organization, state__in=UNHANDED)
    return Consequences(
        classes=[_touched(row, others) for row in running],
        plans=[row for row in rows if row.state not in EFFECTIVE],
        drafts=list(drafts.order_by("starts_on", "pk")),
        counts=freezing.counted(rows),
        certificates=to_mark(organization, issued_from).count(),
    )


@dataclass(frozen=True)
class Undone:
    """Everything a reinstatement would set going again."""

    classes: Sequence[TrainingClass]
    plans: Sequence[TrainingClass]
    learners: int
    missed: int
    certificates: int


def undone(organization: Organization) -> Undone:
    """What reinstating would set going now, and how many lessons were missed meanwhile."""
    rows: list[Any] = list(frozen(organization))
    running = [row for row in rows if row.state in EFFECTIVE]
    return Undone(
        classes=running,
        plans=[row for row in rows if row.state not in EFFECTIVE],
        learners=sum(row.learners for row in running),
        missed=sum(freezing.missed(row).count() for row in rows),
        certificates=Certificate.objects.under_review().filter(institution=organization).count(),
    )


def to_mark(organization: Organization, issued_from: date | None) -> CertificateQuerySet:
    """The certificates that would be marked."""
    rows = Certificate.objects.valid().filter(
        institution=organization, review_since__isnull=True, issued_on__gte=issued_from or date.max
    )
    return rows if issued_from else rows.none()


def ranges(organization: Organization) -> list[dict[str, Any]]:
    """From which day certificates could be marked, and how many each choice would mark."""
    today = timezone.localdate()
    days = [today - timedelta(days=span) for span in SPANS]
    held = Certificate.objects.valid().filter(institution=organization, review_since__isnull=True)
    counted = held.aggregate(
        **{f"of_{n}": Count("pk", filter=Q(issued_on__gte=day)) for n, day in enumerate(days)},
        all=Count("pk"),
    )
    first = held.order_by("issued_on").values_list("issued_on", flat=True).first()
    found = [
        {"days": span, "day": day, "count": counted[f"of_{n}"]}
        for n, (span, day) in enumerate(zip(SPANS, days, strict=True))
    ]
    return [*found, {"days": None, "day": first, "count": counted["all"]}] if first else []


def frozen(organization: Organization) -> QuerySet[TrainingClass]:
    """The classes that stand still now."""
    rows = TrainingClass.objects.filter(organization=organization, frozen_since__isnull=False)
    return _with_learners(rows).order_by("starts_on", "pk")


def unfinished(organization: Organization) -> QuerySet[TrainingClass]:
    """The classes and plans that have to end before an institution can leave."""
    rows = TrainingClass.objects.filter(organization=organization, state__in=UNFINISHED)
    return rows.order_by("starts_on", "pk")


def learners(classes: QuerySet[TrainingClass]) -> list[Enrolment]:
    """Those enrolled, with their person."""
    found = Enrolment.objects.active().filter(training_class__in=classes)
    return list(found.select_related("person", "training_class").order_by("pk"))


def _with_learners(rows: QuerySet[TrainingClass]) -> QuerySet[TrainingClass]:
    enrolled = Count("enrolments", filter=Q(enrolments__state="enrolled"), distinct=True)
    return rows.select_related("syllabus__job", "prefecture").annotate(learners=enrolled)


def _others(
    organization: Organization, running: Sequence[TrainingClass]
) -> dict[int, list[TrainingClass]]:
    """Open classes elsewhere with a place left, by syllabus, in one question."""
    wanted = {row.syllabus_id for row in running}
    rows = TrainingClass.objects.open_to_late_comers().filter(syllabus__in=wanted)
    rows = rows.exclude(organization=organization).with_places().select_related("organization")
    found: dict[int, list[TrainingClass]] = {}
    for row in rows.filter(seats__gt=F("taken") + F("kept")).order_by("starts_on", "pk"):
        found.setdefault(row.syllabus_id, []).append(row)
    return found


def _touched(row: Any, others: dict[int, list[TrainingClass]]) -> Touched:
    elsewhere = others.get(row.syllabus_id, [])
    here = [other for other in elsewhere if other.prefecture_id == row.prefecture_id]
    return Touched(row, row.learners, here, len(elsewhere))
