"""What holds of one indicator when a system computed it and people scored it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhupei.evaluation.rules.points import Points, Status, not_assessed, rounded


class Stage(StrEnum):
    """In whose turn a score was given."""

    BUREAU = "bureau"
    EXPERT = "expert"
    THIRD = "third"
    RESCORING = "rescoring"


@dataclass(frozen=True)
class Given:
    """One score by one person, in the order they were given."""

    stage: Stage
    by: int
    status: Status
    value: Decimal | None


@dataclass(frozen=True)
class Settled:
    """What holds. ``stage`` is "" where the computed points hold; ``differ`` when two experts are
    further apart than allowed and nobody has settled it yet.
    """

    status: Status
    value: Decimal | None
    stage: str
    differ: bool = False


def apart(first: Given, second: Given, of: Decimal, allowed: int) -> bool:
    """Do two experts differ by more than ``allowed`` per cent of the points?

    Source: project register of facts, §10 (experts review; the figure is a proposal).
    """
    if first.status != second.status:
        return True
    if first.value is None or second.value is None:
        return False
    return abs(first.value - second.value) * 100 > of * allowed


def settled(computed: Points | None, given: Sequence[Given], *, allowed: int) -> Settled:
    """A re-scoring holds before the third expert, he before the two, they before the bureau, and
    the bureau before the system. Without any of them it is not assessed.

    Source: project register of facts, §10 (self-report, bureau, experts, objection).
    """
    latest = {(one.stage, one.by): one for one in given}
    for stage in (Stage.RESCORING, Stage.THIRD):
        found = [one for one in given if one.stage == stage]
        if found:
            return Settled(found[-1].status, found[-1].value, stage)
    of = computed.of if computed else Decimal(0)
    experts = [one for (stage, _by), one in latest.items() if stage == Stage.EXPERT]
    if experts:
        return _of_experts(experts, of, allowed)
    bureau = [one for one in given if one.stage == Stage.BUREAU]
    if bureau:
        return Settled(bureau[-1].status, bureau[-1].value, Stage.BUREAU)
    known = computed or not_assessed(of, "no_data")
    return Settled(known.status, known.value, "")


def _of_experts(experts: Sequence[Given], of: Decimal, allowed: int) -> Settled:
    values = [one.value for one in experts if one.value is not None]
    differ = any(
        apart(first, second, of, allowed)
        for n, first in enumerate(experts)
        for second in experts[n + 1 :]
    )
    if not values:
        return Settled(experts[0].status, None, Stage.EXPERT, differ)
    mean = rounded(sum(values, Decimal(0)) / len(values))
    return Settled(Status.SCORED, mean, Stage.EXPERT, differ)


def unsettled(found: Iterable[tuple[str, Settled]]) -> list[str]:
    """The codes on which experts are still apart."""
    return [code for code, one in found if one.differ]
