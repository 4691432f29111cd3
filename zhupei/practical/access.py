"""Who may do what with rubrics, sessions, turns and sheets."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.practical.models import Rubric


def may_write(user: Any, rubric: Rubric) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region draws up the rubrics, as it does the question bank.

    Source: Measures, art. 21 (the standards of assessment are unified).
    """
    return regulates(user)
