"""When versions come into force: each by itself; those of a changed case all at once.

A case that follows another is in force when the first item is in use with it. Until then nothing of
it is: whoever is examined never sees old items beside the new text, or new ones beside the old.
"""

from collections.abc import Iterable

from django.utils import timezone

from zhupei.core import audit
from zhupei.people.models import User
from zhupei.questions.events import CaseEvent
from zhupei.questions.models import (
    Case,
    Item,
    ItemState,
    ItemVersion,
    Outcome,
    VersionState,
)
from zhupei.questions.workflow import ITEM, VERSION


def waits(case: Case | None) -> bool:
    """Is this a changed case that is not in force yet?"""
    return (
        case is not None
        and case.follows_id is not None
        and not Item.objects.filter(current__case=case).exists()
    )


def standing(case: Case) -> list[Item]:
    """The items that come into force with this case: what was given up or retired does not."""
    rows = Item.objects.filter(latest__case=case).exclude(state=ItemState.RETIRED)
    rows = rows.exclude(latest__state=VersionState.DROPPED)
    return list(rows.select_related("latest", "current").order_by("latest__position"))


def agreed(case: Case) -> Iterable[int]:
    """The versions of this case two experts have agreed to."""
    return ItemVersion.objects.filter(case=case).agreed().values_list("pk", flat=True)


def come_together(case: Case, *, by: User) -> int:
    """Put all items of a changed case into use, once every one of them was agreed on; return how
    many. The caller holds the transaction.

    The case is locked, so that of two experts who agree to the last two items at once one waits,
    and sees what the other has said.

    Source: Measures, art. 21 (experts complete the bank in time; what is in use fits together).
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    versions = [item.latest for item in standing(case) if item.latest]
    ready = set(agreed(case))
    if not versions or any(version.pk not in ready for version in versions):
        return 0
    for version in versions:
        publish(version, by)
    audit.record(
        CaseEvent.CASE_IN_FORCE, case, by=by, within=case.question_set, count=len(versions)
    )
    return len(versions)


def publish(version: ItemVersion, by: User) -> None:
    """Put one version into use instead of the one before."""
    item = version.item
    if item.current is not None:
        old = item.current
        VERSION.move(old, "replace", by=by, within=item, number=old.number)
        old.reviews.open().update(outcome=Outcome.CALLED_OFF, closed_at=timezone.now())
    row = VERSION.move(version, "publish", by=by, within=item, number=version.number)
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    item.current = row
    item.save(update_fields=["current"])
    if item.state == ItemState.DRAFT:
        ITEM.move(item, "publish", by=by, within=item.question_set)
