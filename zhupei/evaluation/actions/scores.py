"""Scores people give: one row each, kept for ever, never over somebody else's head."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.evaluation.access import may_regulate, may_score_locally
from zhupei.evaluation.actions import computing
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import (
    Answer,
    Block,
    Evaluation,
    Score,
    Source,
    State,
)
from zhupei.evaluation.rules.points import Status
from zhupei.evaluation.rules.settle import Stage
from zhupei.evaluation.workflow import EVALUATION
from zhupei.organizations.models import AUTHORITIES, Organization
from zhupei.organizations.offices import regulators
from zhupei.people.models import User


@dataclass(frozen=True)
class Entry:
    """What somebody put beside one indicator. ``seen`` is the key of the newest score their page
    showed (0: none), so that nobody writes over what they have not read.
    """

    answer: int
    status: str
    value: Decimal | None
    reason: str
    seen: int = 0


@transaction.atomic
def score_locally(evaluation: Evaluation, entries: Sequence[Entry], *, by: User) -> list[Score]:
    """The bureau scores its part and checks what the system proposes.

    Raises NotAllowed; Refused "wrong_state", "scored_meanwhile", "score_out_of_range",
    "reason_required", "not_by_people".
    """
    row = locked(evaluation)
    if not may_score_locally(by, row):
        raise NotAllowed(
            "not_allowed",
            gettext_lazy("只有负责这家机构的属地住建局能评分；和机构有利害关系的人要回避。"),
        )
    if row.state != State.REPORTED:
        raise Refused(
            "wrong_state",
            gettext_lazy("现在是“%(state)s”，不是属地评分的时候。"),
            state=row.get_state_display(),
        )
    return put(row, entries, stage=Stage.BUREAU, by=by)


@transaction.atomic
def finish(evaluation: Evaluation, *, by: User, note: str = "") -> Evaluation:
    """The bureau is done. Raises NotAllowed; Refused "wrong_state", "not_all_scored"."""
    row = EVALUATION.move(evaluation, "finish", by=by, note=note)
    wanted = row.answers.filter(indicator__block=Block.BUREAU, indicator__source=Source.HUMAN)
    check_all_scored(wanted.exclude(scores__stage=Stage.BUREAU))
    row.scored_at, row.scored_by_name = timezone.now(), str(by)
    row.save(update_fields=["scored_at", "scored_by_name"])
    title = _("属地评分完成，待请专家：%(name)s") % {"name": row.organization}
    messages.tell(regulators(), title, url=f"/evaluation/{row.pk}/")
    return row


def check_all_scored(missing: QuerySet[Answer]) -> None:
    """Raises Refused "not_all_scored" with the codes of the answers that lack a score."""
    codes = [one.indicator.code for one in missing.select_related("indicator")]
    if codes:
        raise Refused(
            "not_all_scored",
            gettext_lazy("还有 %(count)s 项没有评分：%(codes)s。不适用的请选“不适用”。"),
            count=len(codes),
            codes="、".join(codes),
        )


@transaction.atomic
def reassign(
    evaluation: Evaluation,
    *,
    by: User,
    scorer: Organization,
    sponsor: Organization | None,
    note: str,
) -> Evaluation:
    """Let another authority score the local part: a bureau that runs the institution does not.

    Raises NotAllowed; Refused "note_required", "scores_itself", "not_an_authority",
    "wrong_state".
    """
    row = locked(evaluation)
    if not may_regulate(by, row):
        raise NotAllowed("not_allowed", gettext_lazy("只有自治区住建厅能指定评分单位。"))
    if row.state not in {State.OPEN, State.REPORTED}:
        raise Refused("wrong_state", gettext_lazy("属地评分已经完成，不能再换评分单位。"))
    if not note.strip():
        raise Refused("note_required", gettext_lazy("请写明理由，对方会看到。"), field="note")
    if scorer.kind not in AUTHORITIES:
        raise Refused("not_an_authority", gettext_lazy("评分单位要是住建部门。"), field="scorer")
    if scorer in {row.organization, sponsor}:
        raise Refused(
            "scores_itself",
            gettext_lazy(
                "“%(name)s”是这家机构的举办单位，不能给自己办的机构评分。请另选一个单位。"
            ),
            field="scorer",
            name=scorer,
        )
    row.scorer, row.sponsor = scorer, sponsor
    row.save(update_fields=["scorer", "sponsor"])
    audit.record(
        EvaluationEvent.REASSIGNED,
        row,
        by=by,
        scorer=str(scorer),
        sponsor=str(sponsor or ""),
        note=note.strip(),
    )
    return row


def newest(evaluation: Evaluation, stage: Stage, *, by: User | None = None) -> dict[int, Score]:
    """The newest score of each answer in one stage, perhaps only of one person."""
    rows = Score.objects.filter(answer__evaluation=evaluation, stage=stage).order_by("pk")
    return {one.answer_id: one for one in (rows.filter(by=by) if by else rows)}


def behind(answers: Iterable[Answer], stages: Collection[str]) -> dict[int, list[str]]:
    """Why people gave what holds now, by answer: the newest reason of each person in the stage
    that holds, where it is one of ``stages``.
    """
    holding = {one.pk: one.stage for one in answers if one.stage in stages}
    latest: dict[int, dict[int, str]] = {}
    for one in Score.objects.filter(answer__in=holding).order_by("pk") if holding else ():
        if one.stage == holding[one.answer_id]:
            latest.setdefault(one.answer_id, {})[one.by_id] = one.reason
    return {
        key: list(dict.fromkeys(why for why in given.values() if why))
        for key, given in latest.items()
    }


def of_others(evaluation: Evaluation, expert: User) -> dict[int, list[Score]]:
    """What the other expert gave, for who comes back or third."""
    found: dict[int, list[Score]] = {}
    rows = Score.objects.filter(answer__evaluation=evaluation, stage=Stage.EXPERT)
    for one in rows.exclude(by=expert).order_by("pk"):
        found.setdefault(one.answer_id, []).append(one)
    return found


def locked(evaluation: Evaluation) -> Evaluation:
    """The row, locked: scores of one evaluation are written one after the other."""
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "organization", "scheme"
    )
    return rows.get(pk=evaluation.pk)


def put(evaluation: Evaluation, entries: Sequence[Entry], *, stage: Stage, by: User) -> list[Score]:
    """Write what is new among ``entries``, and let it hold. The caller holds the lock.

    Raises Refused "scored_meanwhile", "score_out_of_range", "reason_required", "not_by_people".
    """
    answers = {one.pk: one for one in evaluation.answers.select_related("indicator")}
    latest = {
        one.answer_id: one
        for one in Score.objects.filter(answer__in=answers, stage=stage).order_by("pk")
        if stage in {Stage.BUREAU, Stage.RESCORING} or one.by_id == by.pk
    }
    new = [
        entry
        for entry in entries
        if entry.answer in answers and not _same(entry, latest.get(entry.answer))
    ]
    for entry in new:
        check(answers[entry.answer], entry, latest.get(entry.answer), by, stage)
    made = Score.objects.bulk_create(
        Score(
            answer=answers[entry.answer],
            stage=stage.value,
            status=entry.status,
            value=entry.value,
            reason=entry.reason.strip(),
            by=by,
            by_name=str(by),
            organization_name=str(by.acting.organization) if by.acting else "",
            at=timezone.now(),
        )
        for entry in new
    )
    if made:
        computing.resettle(evaluation)
        _record(evaluation, made, stage, by)
    return made


def _record(evaluation: Evaluation, made: Sequence[Score], stage: Stage, by: User) -> None:
    given = {one.answer.indicator.code: str(one.value or one.status) for one in made}
    audit.record(
        EvaluationEvent.SCORED,
        evaluation,
        by=by,
        count=len(made),
        codes="、".join(given),
        stage=stage.value,
        given=given,
    )


def _same(entry: Entry, last: Score | None) -> bool:
    """Nothing was put in, or nothing new."""
    if last is None:
        return entry.status == Status.SCORED and entry.value is None
    return (entry.status, entry.value, entry.reason.strip()) == (
        last.status,
        last.value,
        last.reason,
    )


def check(answer: Answer, entry: Entry, last: Score | None, by: User, stage: Stage) -> None:
    """Raises Refused when this entry cannot stand."""
    indicator, value = answer.indicator, entry.value
    if not indicator.by_people and stage != Stage.RESCORING:
        raise Refused(
            "not_by_people",
            gettext_lazy("指标 %(number)s 由系统取数，不由人评分。"),
            number=indicator.code,
        )
    if last is not None and last.pk != entry.seen and last.by_id != by.pk:
        raise Refused(
            "scored_meanwhile",
            gettext_lazy(
                "%(name)s 在 %(when)s 已给这一项评 %(value)s 分。"
                "您填的还在这里，没有保存；核对后再保存会以您的为准。"
            ),
            field=f"value-{answer.pk}",
            name=last.by_name,
            when=beijing(last.at),
            value="—" if last.value is None else last.value.normalize(),
        )
    if entry.status == Status.SCORED and (value is None or not 0 <= value <= indicator.points):
        raise Refused(
            "score_out_of_range",
            gettext_lazy("指标 %(number)s 应在 0 到 %(most)s 分之间。"),
            field=f"value-{answer.pk}",
            number=indicator.code,
            most=indicator.points.normalize(),
        )
    if not entry.reason.strip() and needs_reason(answer, entry):
        raise Refused(
            "reason_required",
            gettext_lazy("指标 %(number)s 和系统算的不同，或者没有给满分，请写明理由。"),
            field=f"reason-{answer.pk}",
            number=indicator.code,
        )


def needs_reason(answer: Answer, entry: Entry) -> bool:
    """Who differs from what was computed says why; where nothing was, who takes points off."""
    if answer.indicator.source != Source.HUMAN and answer.computed_status == Status.SCORED:
        return (entry.status, entry.value) != (answer.computed_status, answer.computed)
    if answer.indicator.block == Block.BONUS:
        return bool(entry.value)  # who adds points says for what
    return entry.status != Status.SCORED or entry.value != answer.indicator.points
