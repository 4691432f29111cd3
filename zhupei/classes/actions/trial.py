"""What a deed would come to: done, judged, undone."""

from collections.abc import Callable

from django.db import transaction

from zhupei.classes.models import TrainingClass
from zhupei.classes.precheck import Report, report


def trial(deed: Callable[[], TrainingClass]) -> Report:
    """Judge a plan as ``deed`` would leave it; nothing of it stays, not even its event.

    Raises whatever the deed refuses.
    """
    with transaction.atomic():
        found = report(deed())
        transaction.set_rollback(True)
    return found
