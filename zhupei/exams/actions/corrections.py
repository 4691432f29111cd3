"""Putting an item of a sitting right after it was answered: proposed, decided by somebody else at
the region, and every attempt that had it marked again.

Source: Measures, art. 20 (results are true) and art. 21 (the region keeps the unified bank).
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules
from zhupei.exams.access import may_propose, may_run
from zhupei.exams.actions import attempts as verbs
from zhupei.exams.actions import items, marks, tellings
from zhupei.exams.events import CorrectionEvent
from zhupei.exams.models import (
    Attempt,
    ItemCorrection,
    Sitting,
    State,
)
from zhupei.exams.rules import Correction, Ruling
from zhupei.exams.workflow import CORRECTION
from zhupei.people.models import User
from zhupei.questions.actions import flags
from zhupei.questions.models import ItemVersion
from zhupei.questions.rules import BY_PEOPLE
from zhupei.questions.rules import faults as faults_of


@dataclass(frozen=True)
class Change:
    """One attempt whose mark would be another."""

    attempt: Attempt
    mark: Decimal | None

    @property
    def passes(self) -> bool:
        limit = self.attempt.sitting.pass_mark
        return self.mark is not None and limit is not None and rules.passes(self.mark, limit)

    @property
    def came_to_pass(self) -> bool:
        return self.passes and not self.attempt.passed

    @property
    def falls(self) -> bool:
        return bool(self.attempt.passed) and not self.passes


@dataclass(frozen=True)
class Outcome:
    """What a correction does: how many attempts had the item, and those whose mark changes."""

    marked: int
    changes: tuple[Change, ...]

    @property
    def passing(self) -> list[Change]:
        return [one for one in self.changes if one.came_to_pass]

    @property
    def falling(self) -> list[Change]:
        return [one for one in self.changes if one.falls]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "marked": self.marked,
            "changed": len(self.changes),
            "passing": len(self.passing),
            "falling": len(self.falling),
        }


# Proposing


@transaction.atomic
def propose(
    sitting: Sitting,
    version: ItemVersion,
    *,
    by: User,
    ruling: str,
    reason: str,
    keys: Sequence[Any] = (),
) -> ItemCorrection:
    """Ask the region to put an item right: the body by itself, the region where experts objected.

    Raises NotAllowed; Refused "not_over", "not_in_sitting", "reason_missing", "proposed_already",
    "experts_not_heard", and as ``_check_ruling``.

    Source: Measures, art. 20 and 21.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not may_propose(by, sitting):
        raise NotAllowed("not_allowed", _("试题更正由考核机构或住建厅提请。"))
    places = items.places_of(sitting, version) if sitting.state in items.OVER else {}
    items.check_where(sitting, places)
    if not reason.strip():
        raise Refused("reason_missing", _("请写明这道题错在哪里、依据是什么。"), field="reason")
    own = may_run(by, sitting)
    if not own and not ItemVersion.objects.found_faulty().filter(pk=version.pk).exists():
        raise Refused(
            "experts_not_heard",
            _("没有专家对这道题提出异议。请考核机构提请，或先请专家重新审题。"),
        )
    if sitting.corrections.waiting().filter(version=version).exists():
        raise Refused("proposed_already", _("这道题已经提请更正，正在等住建厅决定。"))
    _check_ruling(sitting, version, Correction(Ruling(ruling), tuple(keys)))
    row = ItemCorrection.objects.create(
        sitting=sitting,
        version=version,
        label=items.label_of(places.values()),
        ruling=ruling,
        keys=list(keys),
        reason=reason.strip(),
        by_experts=not own,
        proposed_at=timezone.now(),
        proposed_by=by,
    )
    audit.record(
        CorrectionEvent.PROPOSED, row, by=by, within=sitting, note=row.reason, **_facts(row)
    )
    tellings.correction_proposed(row)
    return row


def _facts(row: ItemCorrection) -> dict[str, Any]:
    return {
        "item": row.version_id,
        "ruling": row.ruling,
        "keys": row.keys,
        "what": str(row.get_ruling_display()),
    }


def _check_ruling(sitting: Sitting, version: ItemVersion, asked: Correction) -> None:
    """Raises Refused "key_of_people", "key_missing", "key_impossible", "as_before" or
    "nothing_left".
    """
    if asked.ruling == Ruling.NEW_KEY:
        _check_keys(version, asked.keys)
    held = sitting.corrections.rulings()
    before = held.get(version.pk, Correction(Ruling.NEW_KEY, (version.key,)))
    if before == asked:
        raise Refused("as_before", _("和现在的计分一样，没有什么要更正的。"), field="ruling")
    _check_left(sitting, held | {version.pk: asked})


def _check_left(sitting: Sitting, rulings: dict[int, Correction]) -> None:
    """Every form keeps an item that counts. Raises Refused "nothing_left"."""
    for paper in sitting.papers.order_by("number"):
        if not paper.corrected(rulings).counted:
            raise Refused(
                "nothing_left", _("%(form)s 卷没有别的题了，不能作废。"), form=paper.label
            )


def _check_keys(version: ItemVersion, keys: Sequence[Any]) -> None:
    if version.kind in BY_PEOPLE:
        raise Refused(
            "key_of_people",
            _("主观题按评分细则由人评，没有可以更正的答案。请选全员给分或作废。"),
            field="ruling",
        )
    if not keys:
        raise Refused("key_missing", _("请填正确的答案。"), field="keys")
    for key in keys:
        if faults_of(version.kind, version.stem, version.options, key):
            raise Refused(
                "key_impossible",
                _("这个答案和题型、选项或空数对不上。请照题目填。"),
                field="keys",
            )


# Deciding


@transaction.atomic
def agree(correction: ItemCorrection, *, by: User, note: str = "") -> ItemCorrection:
    """Put it into force: a correction from before gives way, every attempt that had the item is
    marked again, and those whose mark is another are told once marks are known.

    Certificates stay as they are; their issuer is asked about those whose ground is gone.
    Raises NotAllowed; Refused "wrong_state", and "nothing_left" where others were agreed to since.

    Source: Measures, art. 20 (results are true) and art. 21.
    """
    # Not its key: a marker who holds an attempt refers to the sitting when committing.
    sitting = Sitting.objects.select_for_update(no_key=True).get(pk=correction.sitting_id)
    row = ItemCorrection.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    CORRECTION.check(row, "agree", by=by)
    _check_left(sitting, _rulings_with(row))
    verbs.locked(_answered(row, items.places_of(sitting, row.version)))  # markers wait
    found = outcome(row)
    for old in sitting.corrections.in_force().filter(version=row.version_id):
        CORRECTION.move(old, "replace", by=by, within=sitting)
    row.decided_at, row.decided_by = timezone.now(), by
    row.answer, row.outcome = note.strip(), found.counts
    row.save(update_fields=["decided_at", "decided_by", "answer", "outcome"])
    facts = _facts(row) | found.counts
    row = CORRECTION.move(row, "agree", by=by, note=note, within=sitting, **facts)
    why = str(_("%(item)s：%(what)s")) % {"item": row.label, "what": facts["what"]}
    for change in found.changes:
        marks.again(change.attempt, by=by, note=why)
    _doubt(row, why)
    tellings.correction_decided(row)
    if sitting.state == State.RELEASED:
        tellings.marks_corrected(row, found.changes)
    return row


def _doubt(row: ItemCorrection, why: str) -> None:
    """An item with a wrong key, or that counts for nobody, is drawn no longer until the experts of
    the bank have read it again. One that is not in use any more is only in the correction.
    """
    as_it_was = row.keys == [row.version.key]
    faulty = ItemVersion.objects.found_faulty().contains(row.version)
    if row.ruling == Ruling.ALL or as_it_was or faulty:
        return
    with suppress(Refused), transaction.atomic():
        flags.hold_back(row.version, by=None, reason=f"{why}。{row.reason}")


@transaction.atomic
def reject(correction: ItemCorrection, *, by: User, note: str) -> ItemCorrection:
    """The item stays as it was. Raises NotAllowed, Refused "wrong_state" or "note_required"."""
    row = CORRECTION.move(correction, "reject", by=by, note=note, within=correction.sitting)
    row.decided_at, row.decided_by, row.answer = timezone.now(), by, note.strip()
    row.save(update_fields=["decided_at", "decided_by", "answer"])
    tellings.correction_decided(row)
    return row


@transaction.atomic
def withdraw(correction: ItemCorrection, *, by: User, note: str = "") -> ItemCorrection:
    """Whoever proposed it thinks better of it."""
    return CORRECTION.move(correction, "withdraw", by=by, note=note, within=correction.sitting)


# What it does


def outcome(correction: ItemCorrection) -> Outcome:
    """What putting this correction into force does to marks. The page shows it, ``agree`` does it.

    Marks taken away by a decision on misconduct stay away.
    """
    held = _rulings_with(correction)
    touched = items.places_of(correction.sitting, correction.version)
    papers = {pk: paper.corrected(held) for pk, (paper, _place) in touched.items()}
    attempts = list(_answered(correction, papers).filter(void=False))
    answers = items.answers_of(attempts)
    people = marks.people_gave(attempts)
    changes = []
    for one in attempts:
        mark = _mark(papers[one.paper_id], answers.get(one.pk, {}), people.get(one.pk, {}))
        if mark != one.mark:
            changes.append(Change(one, mark))
    return Outcome(len(attempts), tuple(changes))


def _rulings_with(correction: ItemCorrection) -> dict[int, Correction]:
    """What holds of the items of the sitting once this one is in force."""
    held = correction.sitting.corrections.rulings()
    return held | {
        correction.version_id: Correction(Ruling(correction.ruling), tuple(correction.keys))
    }


def _answered(correction: ItemCorrection, papers: Iterable[int]) -> models.QuerySet[Attempt]:
    """The attempts on these forms that were handed in."""
    rows = correction.sitting.attempts.filter(handed_in_at__isnull=False, paper__in=list(papers))
    return rows.select_related("sitting", "candidate__person").order_by("pk")


def _mark(
    marking: rules.Marking, answers: dict[int, str], people: dict[int, Fraction]
) -> Decimal | None:
    if not marking.counted:  # ``agree`` refuses it
        return None
    shares = rules.by_machine(marking, answers)
    return rules.final_mark(
        marking,
        {place: people.get(place) if share is None else share for place, share in shares.items()},
    )
