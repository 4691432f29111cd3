"""Putting doubtful items before the experts of the bank, once a version."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from zhupei.analysis import rules
from zhupei.analysis.models import ItemFigures, SittingFigures
from zhupei.analysis.rules import Doubt
from zhupei.analysis.sentences import DOUBTS
from zhupei.core.errors import Refused
from zhupei.questions.actions import flags
from zhupei.questions.models import Cause, ItemVersion, Review


def ask(
    made: SittingFigures,
    doubtful: Sequence[ItemFigures],
    together: Mapping[int, rules.ItemFigures],
) -> int:
    """Flag the versions experts were not asked about before. Returns how many.

    One that is no longer in force, or for which there are too few experts, is only on the page.
    """
    wanted = {row.version_id: row for row in doubtful}
    asked = Review.objects.filter(version__in=wanted, cause=Cause.FLAGGED)
    known = set(asked.values_list("version", flat=True))
    versions = ItemVersion.objects.filter(pk__in=wanted.keys() - known).order_by("pk")
    return sum(
        _flagged(made, version, wanted[version.pk], together[version.pk]) for version in versions
    )


def _flagged(
    made: SittingFigures, version: ItemVersion, row: ItemFigures, found: rules.ItemFigures
) -> bool:
    facts = {
        "sitting": made.sitting.number or "",
        "people": found.people,
        "share": round(found.share, 4),
        "rest": None if found.rest is None else round(found.rest, 4),
        "contrast": round(found.contrast, 4),
        "options": [list(option) for option in found.options],
    }
    reason = "；".join(str(DOUBTS[Doubt(doubt)]) for doubt in row.doubts)
    try:
        with transaction.atomic():
            flags.flag(version, by=None, reason=reason, facts=facts)
    except Refused:
        return False
    return True
