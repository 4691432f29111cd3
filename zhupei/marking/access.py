"""Who may do what with written answers."""

from typing import Any

from zhupei.exams.access import may_run
from zhupei.exams.models import Sitting
from zhupei.marking.models import Reading
from zhupei.organizations.models import OFFICERS


def may_deal(user: Any, sitting: Sitting) -> bool:
    """The examiners of the body name the markers and deal the answers out.

    Source: Measures, art. 20.
    """
    return may_run(user, sitting)


def may_read(user: Any, reading: Reading) -> bool:
    """Nobody marks but the one it was dealt to."""
    return user is not None and user.pk == reading.reader_id


def may_watch(user: Any) -> bool:
    """The officers of the body and of the bureaus over it see how far the marking of a sitting is.
    Whoever wears a role for single tasks never does, not even where they are called to watch it:
    markers may be called as well.

    Source: Measures, art. 20 (results are true: two judge, neither knowing what the other gave).
    """
    acting = getattr(user, "acting", None)
    return acting is not None and acting.role in OFFICERS


def may_see_points(user: Any, sitting: Sitting) -> bool:
    """An officer who marks as well sees what others gave once nothing of theirs is left to give.

    Source: Measures, art. 20.
    """
    owed = Reading.objects.filter(script__sitting=sitting, reader=user.pk, points__isnull=True)
    return may_watch(user) and not owed.exists()
