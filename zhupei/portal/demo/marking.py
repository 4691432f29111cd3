"""Written answers of the demo: dealt to three assessors, read by two, one of them by a third."""

from collections.abc import Collection
from decimal import Decimal

from zhupei.exams.models import Sitting
from zhupei.marking import actions
from zhupei.marking.models import Reading
from zhupei.people.models import User
from zhupei.portal.demo import people


def read_all(sitting: Sitting, examiner: User, failing: Collection[int]) -> None:
    """Everybody but those who fail wrote most of what was asked; on the first answer two readers
    differ.
    """
    for one in people.assessors_of(sitting.organization):
        actions.name_marker(sitting, one, by=examiner)
    actions.deal(sitting, by=examiner)
    written = sitting.scripts.exclude(attempt__candidate__person__in=failing)
    first = written.order_by("pk").first()
    while waiting := _waiting(sitting):
        for reading in waiting:
            script = reading.script
            lost = script.attempt.candidate.person_id in failing
            strict = script == first and reading.turn == 1
            rubric = actions.rubric_of(script)
            lines = {
                number: Decimal(0) if lost or strict else Decimal(line["points"]) - Decimal("0.5")
                for number, line in enumerate(rubric)
            }
            note = "没有答到得分点" if lost else "要点基本写到"
            actions.give(reading, lines, by=reading.reader, note=note)


def _waiting(sitting: Sitting) -> list[Reading]:
    rows = Reading.objects.filter(script__sitting=sitting, points=None).order_by("turn", "pk")
    return list(
        rows.select_related("script__attempt__candidate", "script__attempt__paper", "reader")
    )
