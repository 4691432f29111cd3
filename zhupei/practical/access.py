"""Who may do what with rubrics, sessions, turns and sheets."""

from typing import Any

from zhupei.exams.access import may_plan
from zhupei.organizations.access import holds, regulates
from zhupei.organizations.models import Role
from zhupei.practical.models import Rubric, Session, Sheet, Turn


def may_write(user: Any, rubric: Rubric) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region draws up the rubrics, as it does the question bank.

    Source: Measures, art. 21 (the standards of assessment are unified).
    """
    return regulates(user)


def may_run(user: Any, session: Session) -> bool:
    """The examiners of the body that holds the session. Bureaus look on: 告知 is not approval.

    Source: Measures, art. 19 and 20.
    """
    return may_plan(user, session.organization)


def may_score(user: Any, sheet: Sheet) -> bool:
    """Nobody but the assessor a sheet is for, acting as one for the body of the session.

    Source: Measures, art. 17 (whoever judges answers for it).
    """
    own = user is not None and user.pk == sheet.assessor_id
    return own and holds(user, Role.ASSESSOR, sheet.session.organization)


def sees_scores(user: Any, turn: Turn) -> bool:
    """Nobody sees what assessors gave before all of them have handed in: not even the examiner,
    who might tell one of them.

    Source: project register of facts, §5 (two mark apart from each other).
    """
    return turn.settled_at is not None and not (user is None or user.acting is None)


def sees_result(turn: Turn) -> bool:
    """May the candidate see mark and points: once they are released."""
    return turn.session.state == "released" and not turn.void
