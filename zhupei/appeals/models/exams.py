"""What doubts and cases are about: one theory exam of somebody, or one practical one.

A row points at either, never at both; from here on the two are read alike. A sitting and a
practical session have body, place, title, number and state in common, under the same names.
"""

from typing import Any

from django.db.models import Q

from zhupei.exams.models import Attempt, Candidate, Sitting
from zhupei.people.models import Person
from zhupei.practical.models import Exam, Session, Turn


def person_of(about: Attempt | Candidate | Turn) -> Person:
    """Whose exam it is."""
    return about.candidate.person if isinstance(about, Attempt) else about.person


def exam_of(about: Attempt | Candidate | Turn) -> Exam:
    """Where they took it."""
    return about.session if isinstance(about, Turn) else about.sitting


def own(user: Any, theory: str) -> Q:
    """Rows about this very person; about nobody for who has no record as a learner."""
    if user.person_id is None:
        return Q(pk__in=[])
    return Q(**{theory: user.person_id}) | Q(turn__person=user.person_id)


def overseen(user: Any, theory: str) -> Q:
    """Rows of the exams an officer may see."""
    sittings, sessions = Sitting.objects.visible_to(user), Session.objects.visible_to(user)
    return Q(**{f"{theory}__in": sittings}) | Q(turn__session__in=sessions)
