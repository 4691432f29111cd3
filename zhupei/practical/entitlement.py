"""Whether the practical exam stands in the way of a certificate: asked by those who issue them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from zhupei.classes.models import Enrolment
from zhupei.core.parameters import value
from zhupei.practical.models import Turn
from zhupei.practical.parameters import GOOD_MONTHS, NEEDED
from zhupei.practical.rules import entitled
from zhupei.practical.sentences import LACKS
from zhupei.syllabus.models import Category, Job


class Standing(NamedTuple):
    """What one enrolment has of practice: the turn a certificate may rest on, or the lack."""

    turn: Turn | None
    lack: entitled.Lack | None

    @property
    def sentence(self) -> str:
        """What is lacking, in words; nothing when nothing is."""
        if self.lack is None:
            return ""
        return str(LACKS[self.lack]) % {"months": value(GOOD_MONTHS)}


def needed(job: Job) -> bool:
    """Does a certificate of this job rest on practice as well?

    Source: project register of facts, §5 (theory and practice both pass; by category a parameter).
    """
    return bool(value(NEEDED[Category(job.category)]) == "both")


def standings(job: Job, enrolments: Iterable[Enrolment]) -> dict[int, Standing]:
    """By enrolment, in one question to the database; the enrolments come with class and syllabus.

    What counts is a released turn of the same job and level, by the day its marks were settled.

    Source: Measures, art. 18 (who passes the assessment is certified).
    """
    rows = list(enrolments)
    wanted, months, today = needed(job), value(GOOD_MONTHS), timezone.localdate()
    passed: dict[tuple[int, str], list[Turn]] = {}
    if wanted:
        turns = Turn.objects.passed_in(job).filter(person__in=[one.person_id for one in rows])
        for turn in turns.select_related("session__rubric").order_by("settled_at"):
            passed.setdefault((turn.person_id, turn.session.rubric.level), []).append(turn)
    found = {}
    for one in rows:
        mine = passed.get((one.person_id, one.training_class.syllabus.level), [])
        lack = entitled.lack(
            [_day(turn) for turn in mine], needed=wanted, today=today, months=months
        )
        found[one.pk] = Standing(mine[-1] if mine and lack is None else None, lack)
    return found


def _day(turn: Turn) -> date:
    """A passed turn has its day: a constraint says so."""
    return timezone.localdate(turn.settled_at)
