"""Reading the facts and scoring them: of one institution, or of all by the worker."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from zhupei.core import audit, longjobs, messages
from zhupei.core.models import LongJob
from zhupei.evaluation import scoring
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.facts import Reading, in_parts
from zhupei.evaluation.models import (
    Answer,
    Evaluation,
    Indicator,
    Scheme,
    SchemeState,
    Score,
    State,
    Veto,
)
from zhupei.organizations.offices import regulators
from zhupei.people.models import User

COMPUTE = "zhupei.evaluation.jobs.compute"  # named, because jobs import this module
COMPUTED = [
    "facts", "facts_sha256", "computed_status", "computed", "because", "said", "computed_at",
    "status", "value", "stage", "differ",
]  # fmt: skip
SUMS = ["sums", "score", "assessed", "applicable", "grade", "computed_at"]
OPEN_TO_FACTS = (State.OPEN, State.REPORTED)
BEFORE_PUBLICITY = (*OPEN_TO_FACTS, State.SCORED, State.REVIEWED)


def scheme_url(scheme: Scheme) -> str:
    """The page that shows how far a scheme is."""
    return reverse("evaluation:scheme", args=[scheme.pk])


def ask(scheme: Scheme, *, by: User) -> LongJob:
    """Have the worker compute everything that is still open to facts."""
    title = _("取数计分：%(scheme)s") % {"scheme": scheme}
    job = longjobs.ask(title, by=by, total=to_read(scheme).count(), url=scheme_url(scheme))
    jobs.configure_task(COMPUTE).defer(scheme=scheme.pk, progress=job.pk, membership=by.acting.pk)
    return job


def to_read(scheme: Scheme) -> QuerySet[Evaluation]:
    """Whose facts are read now: while the report is open; and once more when the period is over,
    before anything is published, whose facts were read before its end.
    """
    rows = Evaluation.objects.filter(scheme=scheme)
    wanted = Q(state__in=OPEN_TO_FACTS)
    if scheme.is_over:
        wanted |= Q(state__in=BEFORE_PUBLICITY, computed_at__lt=scheme.ends_at)
    return rows.filter(wanted).select_related("organization", "scheme")


def job_of(scheme: Scheme) -> LongJob:
    """The newest job that computes a scheme."""
    return LongJob.objects.filter(url=scheme_url(scheme)).select_related("owner").latest("pk")


def run(scheme: Scheme, job: LongJob) -> int:
    """Compute them part by part, each in a transaction of its own; run twice, it does no harm."""
    done = 0
    for part in _computed(scheme, list(to_read(scheme).order_by("pk")), by=job.owner):
        done += part
        longjobs.advance(job, done)
    with transaction.atomic():
        longjobs.finish(job, _("%(count)s 家机构已取数计分。") % {"count": done})
    return done


def read_last() -> int:
    """Read, by the clock, the facts of every period that ended since they were read. How many."""
    done = 0
    for scheme in Scheme.objects.filter(state=SchemeState.FROZEN):
        if not scheme.is_over:
            continue
        rows = to_read(scheme).filter(computed_at__lt=scheme.ends_at)
        read = sum(_computed(scheme, list(rows.order_by("pk")), by=None))
        if read:
            title = _("%(title)s：数据期满，%(count)s 家已最后取数") % {
                "title": scheme.title,
                "count": read,
            }
            body = _("变了的指标在每家的“经过”里；公示前请看一遍。")
            messages.tell(regulators(), title, body=body, url=scheme_url(scheme))
        done += read
    return done


@transaction.atomic
def refresh(evaluation: Evaluation, *, by: User | None) -> Evaluation:
    """Read the facts of one institution again, as they are now; what people said holds on."""
    row = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    list(_computed(row.scheme, [row], by=by))
    row.refresh_from_db()
    return row


def _computed(scheme: Scheme, rows: Sequence[Evaluation], *, by: User | None) -> Iterable[int]:
    """Read and score these, some at a time; how many each time."""
    indicators = list(scheme.indicators.all())
    by_body = {row.organization_id: row.pk for row in rows}
    reading = reading_of(scheme, rows)
    for organizations, found in in_parts(reading):
        with transaction.atomic():
            part = _locked([by_body[one.pk] for one in organizations])
            before = {row.pk: (row.computed_at, row.score) for row in part}
            changed = lay_in(part, indicators, found)
            for row in part:
                _record(row, *before[row.pk], changed[row.pk], by)
        yield len(part)


def _locked(keys: Sequence[int]) -> list[Evaluation]:
    """The rows as they are now: somebody may have scored, or published, meanwhile."""
    rows = Evaluation.objects.select_for_update(of=("self",)).filter(
        pk__in=keys, state__in=BEFORE_PUBLICITY
    )
    return list(rows.select_related("organization", "scheme").order_by("pk"))


def reading_of(scheme: Scheme, rows: Sequence[Evaluation], day: date | None = None) -> Reading:
    """What is to be read for these evaluations."""
    today = day or timezone.localdate()
    return Reading(
        organizations=[row.organization for row in rows],
        since=scheme.counts_from,
        until=scheme.counts_until,
        day=min(today, scheme.counts_until),
        declared={row.organization_id: row.declared_pass_rate for row in rows},
        certified={row.organization_id: row.declared_certificate_rate for row in rows},
    )


def lay_in(
    rows: Sequence[Evaluation],
    indicators: Sequence[Indicator],
    found: Mapping[int, Mapping[str, Any]],
) -> Mapping[int, list[str]]:
    """Write facts, points and sums of these evaluations in a few statements. Returns the codes of
    what is computed otherwise than before, by evaluation.
    """
    now = timezone.now()
    answers, scores = _answers(rows), _scores(rows)
    vetoed = set(
        Veto.objects.standing().filter(evaluation__in=rows).values_list("evaluation", flat=True)
    )
    written: list[Answer] = []
    changed: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        own = []
        for indicator in indicators:
            answer = answers.get((row.pk, indicator.pk)) or Answer(
                evaluation=row, indicator=indicator
            )
            answer.indicator, answer.computed_at = indicator, now
            was = answer.computed_status, answer.computed
            scoring.compute(answer, found[row.organization_id].get(indicator.rule, {}))
            if was != (answer.computed_status, answer.computed):
                changed[row.pk].append(indicator.code)
            apart = int(row.scheme.figures["experts_apart"])
            own.append(scoring.settle(answer, scores[answer.pk], apart))
        row.computed_at = now
        scoring.lay_down(row, own, vetoed=row.pk in vetoed)
        written += own
    Answer.objects.bulk_create(
        written,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["evaluation", "indicator"],
        update_fields=COMPUTED,
    )
    Evaluation.objects.bulk_update(rows, SUMS, batch_size=500)
    return changed


def _answers(rows: Sequence[Evaluation]) -> dict[tuple[int, int], Answer]:
    there = Answer.objects.filter(evaluation__in=rows)
    return {(one.evaluation_id, one.indicator_id): one for one in there}


def _scores(rows: Sequence[Evaluation]) -> Mapping[int | None, list[Score]]:
    found: dict[int | None, list[Score]] = defaultdict(list)
    for one in Score.objects.filter(answer__evaluation__in=rows).order_by("pk"):
        found[one.answer_id].append(one)
    return found


def _record(
    row: Evaluation,
    was: datetime | None,
    before: Decimal | None,
    changed: Sequence[str],
    by: User | None,
) -> None:
    score, ends_at = str(row.score or "—"), row.scheme.ends_at
    if was is None or was >= ends_at or not row.scheme.is_over:
        assessed = str(row.assessed or 0)
        audit.record(EvaluationEvent.COMPUTED, row, by=by, score=score, assessed=assessed)
        return
    codes = "、".join(changed) or _("无")
    was_score = str(before or "—")
    audit.record(EvaluationEvent.READ_LAST, row, by=by, before=was_score, score=score, codes=codes)


def resettle(evaluation: Evaluation) -> Evaluation:
    """Let the scores there are now hold, and add up; the facts stay as they are.

    The caller holds the lock of the evaluation.
    """
    answers = list(evaluation.answers.select_related("indicator"))
    scores = _scores([evaluation])
    allowed = int(evaluation.scheme.figures["experts_apart"])
    for answer in answers:
        scoring.settle(answer, scores[answer.pk], allowed)
    Answer.objects.bulk_update(answers, ["status", "value", "stage", "differ"])
    vetoed = evaluation.vetoes.standing().exists()
    scoring.lay_down(evaluation, answers, vetoed=vetoed)
    evaluation.save(update_fields=SUMS)
    return evaluation
