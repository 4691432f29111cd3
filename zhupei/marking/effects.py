"""What people judged, told to the floor that computes marks; and what it tells them."""

from collections.abc import Iterable
from fractions import Fraction

from zhupei.exams.models import Attempt
from zhupei.marking.actions import set_aside
from zhupei.marking.models import Script


def judged(attempts: Iterable[Attempt]) -> dict[int, dict[int, Fraction]]:
    """The shares settled so far, by attempt and place."""
    return Script.objects.filter(attempt__in=[one.pk for one in attempts]).shares()


JUDGED = judged
REWRITTEN = set_aside
