"""Assembling the paper of a sitting: drawn, put in order, its keys kept apart."""

import secrets
from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.exams import rules
from zhupei.exams.models import Paper, Sitting
from zhupei.papers.rules import digest
from zhupei.questions.models import ItemVersion
from zhupei.questions.models import State as SetState


def assemble(sitting: Sitting, *, now: datetime) -> Paper:
    """Draw the items and freeze the paper.

    The seed is stored with it: whoever holds the question set as it was can repeat the draw.
    Raises Refused "set_not_published" or "items_missing".
    """
    if sitting.question_set.state != SetState.PUBLISHED:
        raise Refused(
            "set_not_published",
            _("题库“%(set)s”现在没有发布，不能组卷。请换一个题库，或等厅里发布后再封卷。"),
            field="question_set",
            set=sitting.question_set,
        )
    drawable = ItemVersion.objects.drawable(sitting.question_set).filter(kind__in=rules.KINDS)
    bank = {version.pk: version for version in drawable}
    if len(bank) < sitting.item_count:
        raise Refused(
            "items_missing",
            _("题库“%(set)s”只有 %(held)d 题，本场要 %(wanted)d 题。请减少题数或换一个题库。"),
            field="item_count",
            set=sitting.question_set,
            held=len(bank),
            wanted=sitting.item_count,
        )
    seed = secrets.token_hex(16)
    chosen = [bank[pk] for pk in rules.draw(_by_kind(bank), sitting.item_count, seed)]
    items = [
        {"item": item.pk, "kind": item.kind, "stem": item.stem, "options": item.options}
        for item in chosen
    ]
    return Paper.objects.create(
        sitting=sitting,
        items=items,
        keys={str(place): item.key for place, item in enumerate(chosen)},
        seed=seed,
        sha256=digest(items),
        sealed_at=now,
    )


def _by_kind(bank: dict[int, ItemVersion]) -> dict[str, list[int]]:
    pool: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(bank):
        pool[bank[pk].kind].append(pk)
    return pool
