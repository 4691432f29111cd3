"""What people judged, told to the floor that computes marks."""

from collections.abc import Iterable
from fractions import Fraction

from zhupei.exams.models import Attempt
from zhupei.marking.models import Script


def judged(attempts: Iterable[Attempt]) -> dict[int, dict[int, Fraction]]:
    """The shares settled so far, by attempt and place."""
    return Script.objects.filter(attempt__in=[one.pk for one in attempts]).shares()


JUDGED = judged
