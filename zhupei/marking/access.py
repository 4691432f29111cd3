"""Who may do what with written answers."""

from typing import Any

from zhupei.exams.access import may_run
from zhupei.exams.models import Sitting
from zhupei.marking.models import Reading, Script


def may_deal(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body name the markers and deal the answers out.

    Source: Measures, art. 20.
    """
    return may_run(user, sitting)


def may_read(user: Any, reading: Reading) -> bool:
    """Nobody marks but the one it was dealt to."""
    return user is not None and user.pk == reading.reader_id


def may_see_outcome(user: Any, script: Script) -> bool:
    """Who holds the sitting sees all readings; a reader never sees another's."""
    return may_run(user, script.sitting)
