"""From the tables to the rules and back: what an answer's facts make, what people make of it, what
the whole comes to. Changes no row; the actions do.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from zhupei.evaluation.facts import digest
from zhupei.evaluation.models import Answer, Evaluation, Indicator, Score, Source
from zhupei.evaluation.parameters import scale
from zhupei.evaluation.rules import points, totals
from zhupei.evaluation.rules.points import Points, Status
from zhupei.evaluation.rules.settle import Given, Stage, settled
from zhupei.evaluation.rules.totals import Line, Total


def points_of(indicator: Indicator, facts: Mapping[str, Any]) -> Points:
    """What the rule of an indicator makes of facts; without a rule nobody but people can tell."""
    if not indicator.rule:
        return points.not_assessed(indicator.points, "no_data")
    return points.apply(
        indicator.rule, indicator.rule_version, facts, indicator.points, indicator.figures
    )


def compute(answer: Answer, facts: Mapping[str, Any]) -> Answer:
    """Lay facts into an answer and what they make."""
    found = points_of(answer.indicator, facts)
    answer.facts, answer.facts_sha256 = dict(facts), digest(facts)
    answer.computed_status, answer.computed = found.status.value, found.value
    answer.because, answer.said = found.because, dict(found.said)
    return answer


def settle(answer: Answer, scores: Iterable[Score], allowed: int) -> Answer:
    """Let what people said hold over what was computed."""
    given = [Given(Stage(one.stage), one.by_id, Status(one.status), one.value) for one in scores]
    found = settled(proposed(answer), given, allowed=allowed)
    answer.status, answer.value = found.status.value, found.value
    answer.stage, answer.differ = found.stage, found.differ
    return answer


def proposed(answer: Answer) -> Points:
    """What the system says by itself. Where people have to tell, it only gives a starting point,
    unless it knows that the indicator does not apply.
    """
    indicator, status = answer.indicator, Status(answer.computed_status)
    known = indicator.source != Source.HUMAN or status == Status.NOT_APPLICABLE
    if indicator.block == totals.BONUS and indicator.source == Source.HUMAN:
        known = False
    if not known:
        return points.not_assessed(indicator.points, "no_data")
    return Points(indicator.points, status, answer.computed, answer.because, answer.said)


def total(answers: Iterable[Answer], figures: Mapping[str, Any]) -> Total:
    """What the answers of one evaluation come to."""
    lines = [
        Line(one.indicator.block, one.indicator.points, Status(one.status), one.value)
        for one in answers
    ]
    return totals.total(lines, scale(figures), least=int(figures["least_assessed"]))


def lay_down(evaluation: Evaluation, answers: Sequence[Answer], *, vetoed: bool) -> Evaluation:
    """Write the sums of its answers into an evaluation."""
    figures = evaluation.scheme.figures
    found = total(answers, figures)
    evaluation.sums = as_json(found)
    evaluation.score = found.score
    evaluation.assessed, evaluation.applicable = found.whole.assessed, found.whole.applicable
    evaluation.grade = totals.grade(found, scale(figures), vetoed=vetoed)
    return evaluation


def as_json(found: Total) -> dict[str, Any]:
    """Sums as a row keeps them; figures as text, so that none loses a decimal."""
    blocks = {
        name: {
            "value": str(one.value),
            "assessed": str(one.assessed),
            "applicable": str(one.applicable),
            "of": str(one.of),
        }
        for name, one in [*found.blocks.items(), ("whole", found.whole)]
    }
    return {"blocks": blocks, "bonus": str(found.bonus), "enough": found.enough}


def decimal(text: Any) -> Decimal:
    return Decimal(str(text))
