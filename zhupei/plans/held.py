"""What a plan holds, read alike: sittings and practical sessions have body, place, room, title,
number, state and plan in common, under the same names; their hours and jobs not.
"""

from datetime import datetime

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, Least

from zhupei.core.queries import number_of
from zhupei.exams.models import Candidate, Plan, PlanQuerySet, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.practical.models import Exam, Session, Turn
from zhupei.practical.models import State as SessionState


def begins(exam: Exam) -> datetime:
    """When the first of its candidates may begin."""
    return exam.opens_at if isinstance(exam, Session) else exam.starts_at


def subject(exam: Exam) -> str:
    """Its job; of practice with the level."""
    return exam.rubric.subject if isinstance(exam, Session) else str(exam.job)


def is_draft(exam: Exam) -> bool:
    """Nobody was told of it yet."""
    return exam.state in {SittingState.DRAFT, SessionState.DRAFT}


def of(plan: Plan) -> list[Exam]:
    """Everything in it that is not called off: sittings, then sessions, each by time."""
    sittings = plan.sittings.exclude(state=SittingState.CANCELLED)
    sessions = plan.sessions.exclude(state=SessionState.CANCELLED)
    return [*sittings.order_by("starts_at", "pk"), *sessions.order_by("opens_at", "pk")]


def with_counts(plans: PlanQuerySet) -> QuerySet[Plan]:
    """Adds ``held`` (exams that are not called off), ``seated`` (who has a seat or a turn in them),
    ``first`` and ``last`` (the moments they begin).
    """
    here = OuterRef("pk")
    sittings = Sitting.objects.filter(plan=here).exclude(state=SittingState.CANCELLED)
    sessions = Session.objects.filter(plan=here).exclude(state=SessionState.CANCELLED)
    seats = Candidate.objects.filter(sitting__plan=here)
    turns = Turn.objects.standing().filter(session__plan=here)
    return plans.annotate(
        held=number_of(sittings) + number_of(sessions),
        seated=number_of(seats.exclude(sitting__state=SittingState.CANCELLED)) + number_of(turns),
        first=Least(_one(sittings, Min("starts_at")), _one(sessions, Min("opens_at"))),
        last=Greatest(_one(sittings, Max("starts_at")), _one(sessions, Max("opens_at"))),
    )


def _one(rows: QuerySet[Sitting] | QuerySet[Session], figure: Min | Max) -> Subquery:
    """A figure of all ``rows`` of a plan."""
    return Subquery(rows.order_by().values("plan").annotate(one=figure).values("one"))
