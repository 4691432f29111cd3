"""The mark of an attempt, once every place of its form has its share."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.rooms import gathered
from zhupei.exams import rules
from zhupei.exams.actions import attempts as verbs
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Attempt
from zhupei.people.models import User


def by_people(attempt: Attempt) -> list[int]:
    """The places of this attempt whose share people have to give, in the order of the form."""
    return [place for place, share in _by_machine(attempt).items() if share is None]


def people_gave(attempts: Iterable[Attempt]) -> dict[int, dict[int, Fraction]]:
    """The shares people have settled, by attempt and place. The app above that has them judge says
    so in its ``effects.py``, as ``JUDGED``.
    """
    rows = list(attempts)
    found: dict[int, dict[int, Fraction]] = {}
    for judged in gathered("effects", "JUDGED"):
        for attempt, shares in judged(rows).items():
            found.setdefault(attempt, {}).update(shares)
    return found


def rewritten(attempt: Attempt, places: Sequence[int]) -> None:
    """Tell those who judge that these places say something else now than what they may have read:
    their verb stands as ``REWRITTEN`` in their ``effects.py``. The caller locked the attempt.
    """
    for heard in gathered("effects", "REWRITTEN"):
        heard(attempt, places)


@transaction.atomic
def settle(
    attempt: Attempt, shares: Mapping[int, Fraction], *, by: User | None = None, note: str = ""
) -> Attempt:
    """Write the mark: the machine's part computed anew, people's part as given (0 to 1 by place).

    Settling again, after an arbitration or a review, replaces the mark; the event keeps the one
    before. Raises Refused "void", "not_handed_in", "share_missing"; ValueError for a share out of
    range or
    of a place the machine marks.

    Source: Measures, art. 20 (results are recorded truthfully).
    """
    [row] = verbs.locked([attempt])
    if row.void:
        raise Refused("void", _("%(person)s 这次成绩已被认定无效，不能再评分。"), person=row)
    if row.handed_in_at is None:
        raise Refused("not_handed_in", _("%(person)s 还没有交卷，不能评分。"), person=row)
    machine = _by_machine(row)
    for place, share in shares.items():
        if machine.get(place, 0) is not None or not 0 <= share <= 1:
            raise ValueError(f"{share} for place {place}: expected 0 to 1, of a place for people")
    mark = rules.final_mark(row.paper.in_force, machine | dict(shares))
    if mark is None:
        raise Refused("share_missing", _("%(person)s 还有主观题没有评分。"), person=row)
    before = row.mark
    assert row.sitting.pass_mark is not None, "it is fixed when the sitting is sealed"
    row.mark, row.passed = mark, rules.passes(mark, row.sitting.pass_mark)
    row.save(update_fields=["mark", "passed"])
    audit.record(
        AttemptEvent.MARKED,
        row,
        by=by,
        within=row.sitting,
        mark=str(mark),
        pass_mark=str(row.sitting.pass_mark),
        passed=row.passed,
        before=None if before is None else str(before),
        note=note,
    )
    return row


@transaction.atomic
def void(attempt: Attempt, *, by: User, note: str) -> Attempt:
    """Take the mark away after a decision on misconduct; nothing gives it back but another one.

    What was answered stays as it is. An attempt that is still open is handed in first.

    Source: Measures, art. 20; the categories are those of ``appeals.rules``.
    """
    [row] = verbs.locked([attempt])
    if row.handed_in_at is None:
        [row] = verbs.locked([verbs.hand_in(row, by=None)])
    before = row.mark
    row.mark, row.passed, row.void = row.mark or Decimal(0), False, True
    row.save(update_fields=["mark", "passed", "void"])
    shown = None if before is None else str(before)
    audit.record(
        AttemptEvent.VOIDED, row, by=by, within=row.sitting, before=shown, note=note.strip()
    )
    return row


@transaction.atomic
def again(attempt: Attempt, *, by: User | None, note: str) -> Attempt:
    """Its answers have changed: mark it anew, or take the mark away until people have judged.

    A void one stays as it is.
    """
    [row] = verbs.locked([attempt])
    if row.void:
        return row
    needed, given = by_people(row), people_gave([row]).get(row.pk, {})
    if set(needed) <= set(given):
        return settle(row, {place: given[place] for place in needed}, by=by, note=note)
    row.mark = row.passed = None
    row.save(update_fields=["mark", "passed"])
    return row


def _by_machine(attempt: Attempt) -> dict[int, Fraction | None]:
    return rules.by_machine(attempt.paper.in_force, attempt.choices())
