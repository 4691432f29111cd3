"""Who may write syllabi."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.syllabus.models import Syllabus


def may_write(user: Any, syllabus: Syllabus) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region draws up the syllabi.

    Source: Measures, art. 5 and 8.
    """
    return regulates(user)
