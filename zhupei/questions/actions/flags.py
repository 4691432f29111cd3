"""A version in use put before experts again: with a doubt about it, or held back meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations import offices
from zhupei.people.models import User
from zhupei.questions.access import keeps
from zhupei.questions.actions import reviews
from zhupei.questions.actions.turns import Turns
from zhupei.questions.events import ReviewEvent
from zhupei.questions.models import (
    Cause,
    Decision,
    ItemState,
    ItemVersion,
    Outcome,
    Review,
    VersionState,
)


@transaction.atomic
def flag(
    version: ItemVersion,
    *,
    by: User | None = None,
    reason: str,
    facts: Mapping[str, Any] | None = None,
) -> Review:
    """Put a version in force before two experts again, with the reason and the figures behind it.

    Meanwhile it is drawn as before; when both say that it has to be changed, no longer. A round
    that is open gets the reason, as ``hold_back`` gives it; one nobody could be asked in when it
    was held back is put before experts now. Raises Refused "not_in_force", "reason_missing",
    "too_few_experts"; NotAllowed for anybody but the region and the system.
    """
    row = _in_use(version, by, reason)
    review = _round(row, by, reason.strip(), facts)
    _noted(ReviewEvent.FLAGGED, review, by)
    if not review.opinions.exists():
        reviews.ask(review, Turns(row.item.question_set))
    return review


@transaction.atomic
def hold_back(
    version: ItemVersion,
    *,
    by: User | None = None,
    reason: str,
    facts: Mapping[str, Any] | None = None,
) -> Review:
    """Keep a version in force out of new papers until two experts have agreed to it, knowing why.

    A round that is open gets the reason; where somebody has spoken in it, it is asked anew with
    both. Where too few may be asked it is held all the same, and the region is told.
    Raises Refused "not_in_force", "reason_missing"; NotAllowed as ``flag``.

    Source: Measures, art. 20 (results are true) and art. 21 (the region keeps the unified bank).
    """
    row = _in_use(version, by, reason)
    review = _round(row, by, reason.strip(), facts, holds_back=True)
    _noted(ReviewEvent.HELD_BACK, review, by)
    if not review.opinions.exists():
        _ask_or_tell(review)
    return review


def _in_use(version: ItemVersion, by: User | None, reason: str) -> ItemVersion:
    """The locked row, about which experts may be asked for this reason."""
    row = (
        ItemVersion.objects.select_for_update(of=("self",))
        .select_related("item__question_set", "case")
        .get(pk=version.pk)
    )
    if by is not None and not keeps(by, row.item):
        raise NotAllowed("not_allowed", gettext_lazy("请专家再审由题库管理员提出。"))
    if row.state != VersionState.PUBLISHED or row.item.state != ItemState.PUBLISHED:
        raise Refused("not_in_force", gettext_lazy("只有在用的试题才能请专家再审。"))
    if not reason.strip():
        raise Refused("reason_missing", gettext_lazy("请写明疑点，专家会看到。"), field="reason")
    return row


def _round(
    row: ItemVersion,
    by: User | None,
    why: str,
    facts: Mapping[str, Any] | None,
    *,
    holds_back: bool = False,
) -> Review:
    """The round that is open, with this reason and these figures too; another one where somebody
    has spoken in it without knowing them, or where there is none.
    """
    review = row.reviews.open().select_for_update().first() or Review(
        version=row, cause=Cause.FLAGGED, opened_by=by
    )
    known = f"\n{why}\n" in f"\n{review.reason}\n"
    if review.pk and not known and review.opinions.exclude(decision=Decision.NONE).exists():
        reviews.close(review, Outcome.CALLED_OFF)
        review = Review(
            version=row,
            cause=Cause.FLAGGED,
            opened_by=by,
            reason=review.reason,
            facts=review.facts,
            holds_back=review.holds_back,
        )
    if not known:
        review.reason = f"{review.reason}\n{why}".strip()
    review.facts = {**review.facts, **(facts or {})}
    review.holds_back |= holds_back
    review.save()
    return review


def _noted(event: str, review: Review, by: User | None) -> None:
    audit.record(
        event,
        review.version,
        by=by,
        within=review.version.item,
        number=review.version.number,
        note=review.reason,
        figures=review.facts,
    )


def _ask_or_tell(review: Review) -> None:
    item = review.version.item
    try:
        reviews.ask(review, Turns(item.question_set))
    except Refused:
        title = _("%(item)s 更正过答案，已暂停抽用；能审的专家不足两人，请增补后再请")
        sealed = item.question_set.is_sealed  # not everybody who may name experts opens the item
        url = (
            reverse("questions:detail", args=[item.question_set_id])
            if sealed
            else reverse("questions:item", args=[item.pk])
        )
        messages.tell(offices.regulators(), title % {"item": item}, url=url)
