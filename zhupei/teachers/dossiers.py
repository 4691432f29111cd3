"""What a teacher's file says to people: what is missing in it, and where they work."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from zhupei.teachers import rules
from zhupei.teachers.models import Engagement, EngagementQuerySet, State, Teacher
from zhupei.teachers.sentences import GAPS


def proofs_of(teacher: Teacher) -> list[rules.Proof]:
    """The evidence of a teacher as the rules see it; trades by name."""
    return [
        rules.Proof(
            frozenset(str(trade) for trade in one.trades.all()),
            one.valid_until,
            one.file_id is not None,
        )
        for one in teacher.qualifications.all()
    ]


def unproven(teacher: Teacher, *, on: date | None = None) -> list[str]:
    """The trades of a teacher that no evidence in force proves."""
    trades = sorted(teacher.trades.all(), key=lambda trade: trade.code)
    day = on or timezone.localdate()
    return rules.unproven([str(trade) for trade in trades], proofs_of(teacher), on=day)


def gaps(teacher: Teacher, engagement: Engagement) -> list[str]:
    """Everything missing in what an institution must have of a teacher, as sentences."""
    today = timezone.localdate()
    found = [rules.Gap("trade_unproven", trade) for trade in unproven(teacher, on=today)]
    paper = rules.Employment(
        engagement.full_time,
        engagement.contract_id is not None,
        engagement.contract_until,
        engagement.insurance_id is not None,
        engagement.insured_until,
    )
    found += rules.employment_gaps(paper, on=today)
    return [str(GAPS[gap.code]) % {"what": gap.what} for gap in found]


@dataclass
class Place:
    """One engagement as somebody may see it; of others' only who and whether full-time."""

    engagement: Engagement
    open: bool
    gaps: list[str] = field(default_factory=list)


def places(teacher: Teacher, seen: EngagementQuerySet) -> list[Place]:
    """Where the teacher works now, and worked as far as ``seen`` knows; the present first."""
    known = set(seen.filter(teacher=teacher).values_list("pk", flat=True))
    rows = teacher.engagements.select_related("organization", "contract", "insurance")
    return [_place(teacher, row, row.pk in known) for row in _ordered(rows, known)]


def _ordered(rows: Iterable[Engagement], known: set[int]) -> list[Engagement]:
    listed = [row for row in rows if row.until is None or row.pk in known]
    return sorted(listed, key=lambda row: (row.until is not None, not row.full_time, row.pk))


def _place(teacher: Teacher, row: Engagement, known: bool) -> Place:  # noqa: FBT001 - a fact
    complains = known and row.until is None and teacher.state == State.ADMITTED
    row.teacher = teacher
    said = gaps(teacher, row) if complains else []
    return Place(row, known, said)
