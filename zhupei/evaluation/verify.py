"""Scoring kept facts again by the rules of their day: the same facts give the same number."""

from collections.abc import Iterator
from typing import NamedTuple

from zhupei.evaluation import scoring
from zhupei.evaluation.actions.schemes import digest as scheme_digest
from zhupei.evaluation.facts import digest
from zhupei.evaluation.models import Answer, Evaluation, Scheme, SchemeState, Score


class Wrong(NamedTuple):
    """One number that does not come out again. ``fault``: facts, points, score, sums, scheme."""

    where: str
    code: str
    fault: str
    kept: str
    again: str


def recompute(evaluation: Evaluation) -> list[Wrong]:
    """Every answer of one evaluation from its facts, and what they come to."""
    where, wrong = str(evaluation), list[Wrong]()
    rows = evaluation.answers.select_related("indicator").order_by("indicator__position")
    answers = list(rows)
    scores: dict[int, list[Score]] = {}
    for one in Score.objects.filter(answer__in=answers).order_by("pk"):
        scores.setdefault(one.answer_id, []).append(one)
    allowed = int(evaluation.scheme.figures["experts_apart"])
    again = []
    for answer in answers:
        fresh = Answer(evaluation=evaluation, indicator=answer.indicator)
        scoring.compute(fresh, answer.facts)
        scoring.settle(fresh, scores.get(answer.pk, []), allowed)
        wrong += _differences(where, answer, fresh)
        again.append(fresh)
    if answers:
        total = scoring.total(again, evaluation.scheme.figures)
        if total.score != evaluation.score:
            wrong.append(Wrong(where, "", "sums", str(evaluation.score), str(total.score)))
    return wrong


def _differences(where: str, kept: Answer, again: Answer) -> Iterator[Wrong]:
    code = kept.indicator.code
    if digest(kept.facts) != kept.facts_sha256:
        yield Wrong(where, code, "facts", kept.facts_sha256[:8], digest(kept.facts)[:8])
    points = (kept.computed_status, kept.computed), (again.computed_status, again.computed)
    if points[0] != points[1]:
        yield Wrong(where, code, "points", str(kept.computed), str(again.computed))
    holds = (kept.status, kept.value), (again.status, again.value)
    if holds[0] != holds[1]:
        yield Wrong(where, code, "score", str(kept.value), str(again.value))


def check(scheme: Scheme) -> Iterator[Wrong]:
    """A scheme that is no longer what was frozen; then every evaluation of it."""
    if scheme.state != SchemeState.DRAFT and scheme_digest(scheme) != scheme.sha256:
        yield Wrong(str(scheme), "", "scheme", scheme.sha256[:8], scheme_digest(scheme)[:8])
    for evaluation in scheme.evaluations.select_related("scheme", "organization").order_by("pk"):
        yield from recompute(evaluation)
