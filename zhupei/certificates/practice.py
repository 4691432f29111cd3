"""Who passed a sitting, and what of them the practical exam still stands in the way of."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.exams.models import Attempt, Sitting
from zhupei.practical import entitlement
from zhupei.practical.entitlement import Standing


def passed(sitting: Sitting) -> QuerySet[Attempt]:
    """Who passed, in the order of seats, with what a certificate is made from."""
    return (
        Attempt.objects.filter(sitting=sitting, passed=True)
        .select_related(
            "certificate",
            "candidate__person",
            "candidate__enrolment__training_class__organization",
            "candidate__enrolment__training_class__syllabus",
        )
        .order_by("candidate__seat")
    )


def standings(sitting: Sitting, attempts: Iterable[Attempt]) -> dict[int, Standing]:
    """What each of these attempts has of the practical exam, by attempt.

    Source: Measures, art. 18 (who passes the assessment is certified).
    """
    enrolments = {one.pk: one.candidate.enrolment for one in attempts}
    found = entitlement.standings(sitting.job, enrolments.values())
    return {attempt: found[one.pk] for attempt, one in enrolments.items()}


def lacking(sitting: Sitting) -> list[tuple[Attempt, str]]:
    """Who passed this sitting and cannot be certified yet, each with the reason."""
    waiting = [one for one in passed(sitting) if not hasattr(one, "certificate")]
    found = standings(sitting, waiting)
    return [(one, found[one.pk].sentence) for one in waiting if found[one.pk].lack]


def refusal(attempts: Sequence[Attempt], found: Mapping[int, Standing]) -> Refused:
    first = attempts[0]
    return Refused(
        "practice_lacking",
        _("%(person)s 还不能发证：%(why)s。这样的考生共 %(count)d 人。"),
        person=first.candidate.person,
        why=found[first.pk].sentence,
        count=len(attempts),
    )


def facts(standing: Standing) -> dict[str, str]:
    """What the event keeps of the practical exam; nothing where none is asked for."""
    turn = standing.turn
    return {"turn": str(turn.pk), "mark": str(turn.mark)} if turn else {}
